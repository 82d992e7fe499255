"""What is to be avoided isn't painted."""

from __future__ import annotations

import dis

import numpy as np
import pytest

import semcs.looks.painters  # noqa: F401  fills the table of looks
from semcs.errors import InputError
from semcs.looks.avoiding import OPPOSITE, match_without, read_avoided, take_back
from semcs.looks.lexicon import lexicon
from semcs.looks.oklab import to_oklab
from semcs.looks.registry import LOOKS

BLUE, GREEN, BLACK, WHITE = (40, 85, 200), (40, 145, 60), (14, 14, 17), (248, 248, 248)


def without(text, avoided):
    return match_without(text, read_avoided(avoided))


def flat(rgb):
    return np.full((4, 4, 3), rgb, np.float32) / 255


class TestMatch:
    def test_of_several_looks_the_others_stay(self):
        found = without("a snowy oil painting", "snow")
        assert (found.looks, found.order) == ((("oil painting", 1.0),), "one")

    def test_colours_of_one_hue_are_the_same_colour(self):
        assert without("navy watercolor", "blue").colors == ()
        assert [color.name for color in without("red watercolor", "blue").colors] == ["red"]

    def test_light(self):
        assert without("a dark mosaic", "dark").light == ()

    def test_nothing_of_it_changes_nothing(self):
        assert without("a snowy oil painting", "gold") == without("a snowy oil painting", "xqzv")

    def test_what_means_a_look_without_naming_it_finds_another(self):
        assert without("winter", "blue").names == ("snow",)
        assert "snow" not in without("winter", "snow").names

    @pytest.mark.parametrize(
        ("text", "avoided"), [("snow", "snow"), ("blue", "blue"), ("golden", "a gold look")]
    )
    def test_what_is_named_and_avoided_is_an_error(self, text, avoided):
        with pytest.raises(InputError, match="nothing is left to paint"):
            without(text, avoided)


class TestTakeBack:
    def test_a_hue_loses_its_chroma_and_others_stay(self):
        blue, green = (to_oklab(take_back(flat(c), [BLUE]))[0, 0] for c in (BLUE, GREEN))
        assert np.hypot(*blue[1:]) < 1
        np.testing.assert_allclose(blue[0], to_oklab(flat(BLUE))[0, 0, 0], atol=0.5)
        np.testing.assert_allclose(green, to_oklab(flat(GREEN))[0, 0], atol=0.5)

    def test_black_and_white_come_nearer_to_grey(self):
        assert to_oklab(take_back(flat(BLACK), [BLACK]))[0, 0, 0] > 25
        assert to_oklab(take_back(flat(WHITE), [WHITE]))[0, 0, 0] < 88
        np.testing.assert_allclose(take_back(flat(WHITE), [BLACK]), flat(WHITE), atol=2e-3)

    @pytest.mark.parametrize("word", ["dark", "bright"])
    def test_light_turns_to_its_opposite(self, word):
        grey = np.random.default_rng(0).random((16, 16, 3), np.float32)
        change = take_back(grey, [], [word]).mean() - grey.mean()
        assert change > 0.05 if word == "dark" else change < -0.05

    def test_every_light_has_an_opposite(self):
        lights = {e.value for e in lexicon().entries.values() if e.meaning == "light"}
        assert lights <= {*OPPOSITE}
        assert {*OPPOSITE.values()} <= {*OPPOSITE}


@pytest.mark.parametrize("name", sorted(LOOKS))
def test_every_painter_asks_for_the_size_of_strokes(name):
    code = LOOKS[name].paint.__code__
    loads = [one.argval for one in dis.get_instructions(code) if one.opname.startswith("LOAD")]
    # Python 3.13 loads two by one instruction.
    loaded = {name for each in loads for name in (each if isinstance(each, tuple) else (each,))}
    assert code.co_varnames[2] in loaded
