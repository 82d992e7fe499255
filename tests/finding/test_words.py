"""What texts mean, and the words of the bundled models."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from semcs.errors import InputError
from semcs.finding.words import read_text
from semcs.models.region_words import KINDS, SYNONYMS, WIDER, kinds_of, known_words, nearest_words

PAGE = (Path(__file__).parents[2] / "docs" / "regions.md").read_text(encoding="utf-8")


def meaning(text):
    """(thing, colour, side, stands out) of each region that a text means."""
    wanted = read_text(text, lambda thing: bool(kinds_of(thing)) or thing == "red panda")
    return [(one.thing, one.colour, one.side, one.stands_out) for one in wanted]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Sky", ("sky", None, None, None)),
        ("  trees. ", ("trees", None, None, None)),
        ("the red car", ("car", "red", None, None)),
        ("a dark blue flower", ("flower", "blue", None, None)),
        ("gray dogs", ("dogs", "grey", None, None)),
        ("the red one", (None, "red", None, None)),
        ("Red", (None, "red", None, None)),
        ("red panda", ("red panda", None, None, None)),
        ("the left car", ("car", None, "left", None)),
        ("the car on the left", ("car", None, "left", None)),
        ("the leftmost red car", ("car", "red", "left", None)),
        ("bird at the top of the picture", ("bird", None, "top", None)),
        ("left", (None, None, "left", None)),
        ("the upper half of the photo", (None, None, "top", None)),
        ("the right-hand side", (None, None, "right", None)),
        ("background", (None, None, None, False)),
        ("the foreground", (None, None, None, True)),
        ("violin", ("violin", None, None, None)),
    ],
)
def test_one_region(text, expected):
    assert meaning(text) == [expected]


@pytest.mark.parametrize(
    "text", ["sky and water", "the sky, the water", "sky & water", "Sky; water"]
)
def test_several_are_joined(text):
    assert [thing for thing, *_ in meaning(text)] == ["sky", "water"]


def test_sand_is_one_word():
    assert meaning("sand") == [("sand", None, None, None)]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("", "empty"), (" , ", "empty"), (5, "5"), (None, "None"), ("x" * 201, "200 letters")],
)
def test_refused(text, complaint):
    with pytest.raises(InputError, match=complaint):
        meaning(text)


@pytest.mark.parametrize("text", ["the", "a, the"])
def test_articles_alone_say_nothing(text):
    with pytest.raises(InputError, match="names nothing"):
        meaning(text)


@pytest.mark.parametrize("text", ["rest", "the rest", "everything else"])
def test_the_rest_is_for_regions_in_order(text):
    with pytest.raises(InputError, match="invert=True"):
        meaning(text)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"other"}))
def test_every_kind_can_be_named(kind):
    assert kind in kinds_of(kind)
    assert kind in kinds_of(f"{kind}s") or kind in ("sky", "bus", "grass", "sheep")


def test_other_is_no_word():
    assert not kinds_of("other")


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        *(("skies", "sky"), ("buses", "bus"), ("leaves", "leaf"), ("people", "person")),
        *(("benches", "bench"), ("bushes", "bush"), ("puppies", "dog"), ("horses", "horse")),
        *(("grasses", "grass"), ("men", "person"), ("beaches", "sand"), ("calves", "cow")),
    ],
)
def test_plurals(plural, singular):
    assert kinds_of(plural) == kinds_of(singular) != ()


@pytest.mark.parametrize("word", ["gras", "violin", "s", "es", "", "glass", "busy"])
def test_what_only_looks_like_one_is_none(word):
    assert kinds_of(word) == ()


def test_meanings_are_of_kinds_that_there_are():
    assert set().union(*map(kinds_of, known_words())) == set(KINDS) - {"other"}
    assert set(WIDER) <= set(SYNONYMS)
    listed = [word for line in SYNONYMS.values() for word in line.split()] + list(SYNONYMS)
    assert len(listed) == len(set(listed)), "a word stands for two things"


def test_wide_words_hold_narrow_ones():
    assert set(kinds_of("person")) > set(kinds_of("face"))
    assert set(kinds_of("animal")) > set(kinds_of("dog"))
    assert set(kinds_of("vehicle")) > set(kinds_of("car")) | set(kinds_of("truck"))
    assert set(kinds_of("ground")) > set(kinds_of("road"))


def test_nearest_words():
    assert nearest_words("chruch")[0] == "church"
    assert nearest_words("tall building")[0] == "building"
    assert nearest_words("zzzzzz") == []


def test_the_page_lists_the_words():
    rows = re.findall(r"^\| (\w[^|]*?) \| ([^|]*?) \|$", PAGE, re.M)
    listed = {word: others for word, others in rows if word in SYNONYMS}
    expected = {word: ", ".join(others.split()) or "–" for word, others in SYNONYMS.items()}
    assert listed == expected
