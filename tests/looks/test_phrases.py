"""Every phrase of the tables leads to the look, colour or light that it stands for."""

from __future__ import annotations

import pytest

from semcs.looks.matching import match
from semcs.looks.phrases import compounds, descriptions, known_names, phrases
from semcs.looks.phrases.kinds import KINDS, LAYERS
from semcs.looks.phrases.palette import COLORS, LIGHTS
from semcs.looks.registry import LOOKS
from semcs.looks.words import fold

NAMES = sorted(phrases())


def names_of(text: str) -> set[str]:
    return set(match(text).names)


@pytest.mark.parametrize("name", NAMES)
def test_a_look_is_found_by_its_name_and_in_templates(name):
    for text in (name, name.upper(), f"{name}!", f"in the style of {name}", f"a {name} texture"):
        found = match(text)
        assert found.names == (name,), text
        assert found.order == "one"
        assert found.sureness > 0.7


@pytest.mark.parametrize("name", NAMES)
def test_synonyms_lead_to_their_look(name):
    missed = [phrase for phrase in phrases()[name] if name not in names_of(phrase)]
    assert set(missed) <= {"dune"}  # "dunes" are a desert's


@pytest.mark.parametrize("name", NAMES)
def test_known_names_lead_to_their_look(name):
    missed = [phrase for phrase in known_names()[name] if name not in names_of(phrase)]
    assert missed == []


def test_no_known_name_belongs_to_two_looks():
    owners: dict[str, set[str]] = {}
    for table in (phrases(), known_names()):
        for name, said in table.items():
            for phrase in said:
                owners.setdefault(phrase, set()).add(name)
    assert {phrase: names for phrase, names in owners.items() if len(names) > 1} == {}


def test_every_look_has_a_kind_and_the_tables_know_every_look():
    import semcs.looks.painters  # noqa: F401

    assert set(KINDS) == set(phrases()) == set(known_names()) == set(descriptions()) == set(LOOKS)
    assert set(KINDS.values()) == set(LAYERS)


@pytest.mark.parametrize("text", compounds())
def test_compounds_name_no_look(text):
    assert not match(text).looks


@pytest.mark.parametrize("color", COLORS)
def test_every_colour_is_known_in_two_spellings(color):
    for text in {color, color.replace("gray", "grey"), color.replace(" ", "")}:
        found = match(f"{text} watercolor")
        assert "watercolor" in found.names
        assert [fold(c.name) for c in found.colors] == [fold(color)]


@pytest.mark.parametrize(
    ("text", "light"),
    [(word, light) for light, words in LIGHTS.items() for word in words],
)
def test_light_words(text, light):
    assert light in match(f"{text}, mosaic").light
