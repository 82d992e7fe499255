"""Any value for any parameter of `stylize_video`: an error of semcs's own, or styled pictures."""

from __future__ import annotations

import numpy as np
import pytest
from fuzzing.memory import limited_memory
from fuzzing.outcome import check_message
from fuzzing.profile import examples
from fuzzing.values import anything, parameters
from hypothesis import given
from hypothesis import strategies as st
from tiny_regions import TinyRegions

import semcs
from semcs.errors import SemcsError

PHOTO = np.random.default_rng(0).integers(0, 256, (32, 40, 3), np.uint8)
NAMES = sorted(parameters(semcs.stylize_video))


@pytest.fixture(autouse=True)
def memory():
    with limited_memory():
        yield


@examples(150)
@given(name=st.sampled_from(NAMES), value=anything())
def test_a_value_gives_semcs_s_own_error_or_a_result(name, value, make_family):
    working = {"source": [PHOTO, PHOTO], "style": "blue", "size": 32, "progress": False}
    working["models"] = make_family(regions=TinyRegions)
    try:
        styled = list(semcs.stylize_video(**{**working, name: value}))
    except SemcsError as error:
        check_message(error)
    else:
        assert name == "source" or [one.shape for one in styled] == [PHOTO.shape] * len(styled)


def test_the_parameters_are_all_there():
    assert {"source", "output", "fg", "regions", "workers", "quality", "callback"} <= set(NAMES)
