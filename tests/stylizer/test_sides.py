"""Which side of a mask is the foreground can be asked for."""

from __future__ import annotations

import numpy as np
import pytest

from semcs.errors import InputError
from semcs.style.presets import PRESETS
from semcs.stylizer.request import ForAll, check_request

NOTHING_FOUND = (pytest.fail, pytest.fail)  # by words, by clicks
COMMON = {"for_all": ForAll(), "size": 64, "seed": 0}


def request(**options):
    return check_request(None, "gold", None, None, **{"mask": None, **COMMON, **options})


@pytest.mark.parametrize("invert", [False, True])
def test_a_mask_that_is_handed_in_can_be_inverted(invert, disc):
    regions, mask = request(mask=disc, invert_mask=invert).regions_of(
        disc.shape, PRESETS["semcs"], lambda: pytest.fail("there is one"), *NOTHING_FOUND
    )
    np.testing.assert_allclose(mask, 1 - disc if invert else disc, atol=1e-6)
    np.testing.assert_array_equal(regions[0].mask, mask)


def test_a_mask_that_is_found_comes_as_asked_for(disc):
    asked = request(rule="border", invert_mask=True)
    assert (asked.rule, asked.invert_mask) == ("border", True)
    _, mask = asked.regions_of(disc.shape, PRESETS["semcs"], lambda: disc, *NOTHING_FOUND)
    assert mask is disc


@pytest.mark.parametrize("wrong", [{"rule": "middle"}, {"invert_mask": 1}, {"rule": None}])
def test_other_values_are_refused(wrong):
    with pytest.raises(InputError, match=next(iter(wrong))):
        request(**wrong)
