from __future__ import annotations

from dataclasses import fields
from typing import Literal, get_args, get_origin, get_type_hints

import numpy as np
import pytest

from semcs.errors import InputError
from semcs.style.options import FAMILY, Losses, Network, Optimiser, Output, Sampling
from semcs.style.presets import Preset, Published

PARTS = (Losses, Sampling, Network, Optimiser, Output, Published)
OPTIONS = [(part, each.name) for part in PARTS for each in fields(part)]
NUMBERS = [(part, name) for part, name in OPTIONS if get_type_hints(part)[name] in (int, float)]
WHOLE_NUMBERS = [(part, name) for part, name in NUMBERS if get_type_hints(part)[name] is int]


def test_every_name_is_in_one_part():
    names = [name for _, name in OPTIONS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("part", "name"), OPTIONS)
class TestEveryOption:
    @pytest.mark.parametrize("value", ["", "x", object(), [], {}, np.zeros(2), b"1"])
    def test_another_type_gets_one_line(self, part, name, value):
        if name == "two_text_clip" and isinstance(value, str) and value:
            return  # any name will do
        with pytest.raises(InputError, match=f"^{name} is ") as caught:
            part(**{name: value})
        assert "\n" not in str(caught.value)

    def test_the_familys_value_is_allowed(self, part, name):
        assert getattr(part(**{name: FAMILY}), name) is FAMILY

    def test_choices_name_what_is_allowed(self, part, name):
        kind = get_type_hints(part)[name]
        if get_origin(kind) is Literal:
            for choice in get_args(kind):
                assert getattr(part(**{name: choice}), name) == choice
            with pytest.raises(InputError, match=f"choose from {', '.join(get_args(kind))}"):
                part(**{name: "other"})


@pytest.mark.parametrize(("part", "name"), NUMBERS)
@pytest.mark.parametrize("value", [-1, True, float("nan"), float("inf"), "3", 1e400, None, 3 + 0j])
def test_numbers_out_of_range(part, name, value):
    with pytest.raises(InputError, match=f"^{name} is .* is allowed$"):
        part(**{name: value})


@pytest.mark.parametrize(
    ("part", "name"), [o for o in NUMBERS if get_type_hints(o[0])[o[1]] is int]
)
@pytest.mark.parametrize("value", [1.5, 100.0])
def test_whole_numbers(part, name, value):
    with pytest.raises(InputError, match=f"^{name} is {value}: a whole number from"):
        part(**{name: value})


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [
        ("patches", 0, "0: a whole number from 1 to 4096"),
        ("patch_size", 0, "0: a whole number from 8"),
        ("patch_span", 0.5, "0.5: a number from 1 to 64"),
        ("halve_every", 0, "0: a whole number from 1"),
        ("learning_rate", 0.0, "0.0: a number over 0"),
        ("rival_share", 1.1, "1.1: a number from 0 to 1"),
        ("distortion", 1.0, "1.0: a number from 0 to 0.99"),
        ("patch_scales", (1.0,), r"\(1.0,\): a tuple of 2 numbers"),
        ("patch_scales", (1.0, -1), "-1: a number from 0"),
        ("half", 1, "1: True or False"),
        ("source", "fll", "'fll': choose from masked, full"),
    ],
)
def test_ranges(option, value, complaint):
    with pytest.raises(InputError, match=f"^{option} is {complaint}"):
        Preset("own").change(**{option: value})


def test_numpy_numbers_become_plain_ones():
    part = Optimiser(steps=np.int64(3), learning_rate=np.float32(0.5))
    assert (type(part.steps), type(part.learning_rate)) == (int, float)
