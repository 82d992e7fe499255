"""Any value for any parameter of the calls, which come from the code: an error, or a result."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
from fuzzing.memory import limited_memory
from fuzzing.outcome import check_message
from fuzzing.profile import examples
from fuzzing.unmended import PARAMETERS
from fuzzing.values import anything, parameters
from huggingface_hub import constants
from hypothesis import given
from hypothesis import strategies as st

import semcs
from semcs.errors import SemcsError

PHOTO = np.random.default_rng(0).integers(0, 256, (32, 32, 3), np.uint8)
MASK = np.pad(np.ones((16, 16), np.float32), 8)
METRICS = [
    value
    for value in (getattr(semcs.metrics, name) for name in semcs.metrics.__all__)
    if inspect.isfunction(value)
]
CALLS = {f.__name__: f for f in (semcs.stylize, semcs.saliency_mask, semcs.looks.render, *METRICS)}
# Values with which the calls work, by the parameter's name; parameters without one that have a
# default keep it, and others are given anything.
PICTURES = {"image", "img", "content", "output", "a", "b"}
WORKING = {
    **dict.fromkeys(PICTURES, PHOTO),
    **dict.fromkeys(("mask", "truth"), MASK),
    "masks": [MASK],
    "truths": [MASK],
    **dict.fromkeys(("style", "text", "look_or_text"), "gold"),
    "size": 32,
    "progress": False,
}


@pytest.fixture(scope="module", autouse=True)
def offline():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(constants, "HF_HUB_OFFLINE", True)
        yield


@pytest.fixture(autouse=True)
def memory():
    with limited_memory():
        yield


@pytest.fixture
def working(make_family):
    """Values that work, with tiny networks and few steps."""
    family = make_family()
    preset = semcs.PRESETS["semcs"].change(steps=2, patches=3, least_size=0)
    own = {"models": family, "clip": family.clip, "preset": preset, "callback": two_steps()}
    return {**WORKING, **own}


def two_steps():
    """A callback that stops after two steps, however many were asked for."""
    seen = []

    def callback(step):
        seen.append(step)
        return len(seen) % 2 == 1

    return callback


def tried():
    """Every call with each of its parameters."""
    for name, call in CALLS.items():
        for parameter in parameters(call):
            reason = PARAMETERS.get(parameter)
            marks = [pytest.mark.xfail(run=False, reason=reason)] if reason else []
            yield pytest.param(name, parameter, marks=marks)


@pytest.mark.parametrize(("name", "parameter"), tried())
@examples(12)
@given(data=st.data())
def test_a_value_gives_semcs_s_own_error_or_a_result(name, parameter, data, working):
    call = CALLS[name]
    said = {each: working[each] for each in parameters(call) if each in working}
    for each in required(call) - {parameter, *said}:
        said[each] = data.draw(anything(), label=each)
    said[parameter] = data.draw(anything(), label=parameter)
    try:
        call(**said)
    except SemcsError as error:
        check_message(error)


def required(call):
    """Names of the parameters that have no default."""
    known = inspect.signature(call).parameters.values()
    return {each.name for each in known if each.default is inspect.Parameter.empty}


@pytest.mark.parametrize("name", CALLS)
def test_the_working_values_work(name, working):
    call = CALLS[name]
    said = {each: working[each] for each in parameters(call) if each in working}
    if name.startswith("load_") or name in ("dists", "nima"):
        with pytest.raises(semcs.ModelUnavailableError):
            call(**said)
    else:
        assert call(**said) is not None
