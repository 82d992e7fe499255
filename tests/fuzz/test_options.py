"""Any value for any option of a preset, which come from the code: refused, or it can be run."""

from __future__ import annotations

import numpy as np
import pytest
from fuzzing.memory import limited_memory
from fuzzing.outcome import check_message
from fuzzing.profile import examples
from fuzzing.values import anything, fits, options, plausible
from hypothesis import given
from hypothesis import strategies as st

import semcs
from semcs.errors import InputError, SemcsError
from semcs.style.options import FAMILY

OPTIONS = {name: (part, kind) for part, name, kind in options()}
PHOTO = np.random.default_rng(0).integers(0, 256, (32, 24, 3), np.uint8)
# Few steps of few crops, unless an example says otherwise; two steps are taken of any number.
QUICK = {"steps": 2, "patches": 3, "least_size": 0}


@pytest.fixture(autouse=True)
def memory():
    with limited_memory():
        yield


def test_every_option_is_tried():
    assert {name for part, name, _ in options() for _ in [part]} == set(OPTIONS)
    assert {"patch_weight", "patches", "stylenet", "steps", "contrast", "half"} <= set(OPTIONS)


@pytest.mark.parametrize("name", OPTIONS)
@examples(60)
@given(data=st.data())
def test_a_value_is_refused_or_becomes_a_plain_one_of_its_type(name, data):
    part, kind = OPTIONS[name]
    value = data.draw(anything() | plausible(kind))
    try:
        made = getattr(part(**{name: value}), name)
    except InputError as error:
        check_message(error)
        assert value is not FAMILY
    else:
        assert fits(made, kind), made


@st.composite
def changes(draw):
    """One to three options of a preset, changed."""
    names = draw(st.lists(st.sampled_from([*OPTIONS]), min_size=1, max_size=3, unique=True))
    return {name: draw(plausible(OPTIONS[name][1])) for name in names}


@examples(60)
@given(preset=st.sampled_from([*semcs.PRESETS]), changed=changes(), two=st.booleans())
def test_what_is_accepted_can_be_run(preset, changed, two, make_family):
    steps = []

    def stop(step):
        steps.append(step)
        return len(steps) < 2

    texts = {"fg": "gold", "bg": "snow"} if two else {"style": "gold"}
    mask = np.zeros(PHOTO.shape[:2], np.float32)
    mask[8:24, 6:18] = 1
    try:
        chosen = semcs.PRESETS[preset].change(**{**QUICK, **changed})
        stylizer = semcs.Stylizer(make_family())
        call = {"mask": mask, "preset": chosen, "size": 32, "callback": stop, "progress": False}
        made = stylizer(PHOTO, **texts, **call).image
    except SemcsError as error:
        check_message(error)
    else:
        assert made.shape == PHOTO.shape
        assert made.dtype == np.uint8
