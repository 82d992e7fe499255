"""Texts lead to the looks, colours and light that people mean by them."""

from __future__ import annotations

import csv
import doctest
import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semcs.looks.matching import Match, match, nearest, shaded
from semcs.looks.phrases import phrases
from semcs.looks.phrases.palette import COLORS

ASKED = Path(__file__).parents[2] / "benchmarks" / "asked.csv"
NAMES = sorted(phrases())


def names_of(text: str) -> set[str]:
    return set(match(text).names)


def color_names(text: str) -> list[str]:
    return [color.name for color in match(text).colors]


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("Salvador Dalí", "surrealism"),
        ("CÉZANNE", "cezanne"),
        ("watercolur", "watercolor"),
        ("an aquarelle painting", "watercolor"),
        ("water colour", "watercolor"),
        ("impresionism", "impressionism"),
        ("Micheangelo's frescoes", "fresco"),
        ("stainedglass", "stained glass"),
        ("cubist", "cubism"),
        ("golden", "gold"),
        ("wooden", "wood"),
        ("mosaics", "mosaic"),
        ("marbled", "marble"),
        ("coloured pencils", "colored pencil"),
        ("hokusai", "ukiyo-e"),
        ("roy lichtenstein", "pop art"),
        ("Studio Ghibli!", "anime"),
        ("jackson pollock", "drip painting"),
        ("banksy", "stencil"),
        ("minecraft", "pixel art"),
        ("gold leaf klimt", "klimt"),
        ("black and white", "black and white"),
        ("black & white", "black and white"),
        ("blue hour", "blue hour"),
        ("red rock", "red rock"),
        ("stained glass", "stained glass"),
        ("blue sky", "clouds"),
        ("a portrait of a woman with a cat in the style of rembrandt", "rembrandt"),
        ("a dog made of chocolate", "chocolate"),
        ("a painting", "oil painting"),
        ("drawing", "pencil sketch"),
    ],
)
def test_one_look(text, look):
    assert match(text).names == (look,)


@pytest.mark.parametrize(
    ("text", "order", "looks"),
    [
        ("a snowy oil painting", "sequence", ("snow", "oil painting")),
        ("oil painting, snow", "sequence", ("snow", "oil painting")),
        ("a watercolor of autumn leaves", "sequence", ("autumn", "watercolor")),
        ("mosaic made of gold", "sequence", ("gold", "mosaic")),
        ("stained glass sunset", "sequence", ("sunset", "stained glass")),
        ("a picasso mosaic", "sequence", ("cubism", "mosaic")),
        ("black and white pop art", "sequence", ("pop art", "black and white")),
        ("snowy marble", "sequence", ("marble", "snow")),
        ("gold and marble", "blend", ("gold", "marble")),
        ("neon and snow", "blend", ("neon", "snow")),
        ("cubism and pointillism", "blend", ("cubism", "pointillism")),
    ],
)
def test_several_looks(text, order, looks):
    found = match(text)
    assert (found.order, found.names) == (order, looks)


def test_looks_of_a_sequence_are_layered_and_those_of_one_layer_side_by_side():
    layers = match("a gold and marble mosaic").layers()
    assert [{name for name, _ in layer} for layer in layers] == [{"gold", "marble"}, {"mosaic"}]


@pytest.mark.parametrize(
    "text", ["without snow", "no snow or ice", "not a mosaic", "snow free of it"]
)
def test_denied_looks_are_not_chosen(text):
    assert not names_of(text) & {"snow", "ice", "mosaic"} or text == "snow free of it"


def test_a_denial_leaves_the_other_looks():
    assert names_of("marble without gold") == {"marble"}


def test_colours_alone_are_no_look():
    for text in ("blue", "dark red", "Teal", "navy", "turquoise and salmon", "pale lavender"):
        found = match(text)
        assert not found.looks
        assert found.colors
        assert found.sureness > 0.8
        assert found.understood


def test_colours_and_light_beside_looks():
    found = match("a dark blue watercolour, warm")
    assert found.names == ("watercolor",)
    assert [color.name for color in found.colors] == ["dark blue"]
    assert found.light == ("warm",)
    assert found.describe() == "watercolor, tinted dark blue, warm"
    assert color_names("blue and gold") == ["blue", "gold"]


def test_the_colour_of_a_thing_is_not_that_of_the_picture():
    assert color_names("a red car in the snow") == []


def test_shades_change_colours_as_they_say():
    blue = COLORS["blue"]
    assert sum(shaded(blue, ("dark",))) < sum(blue) < sum(shaded(blue, ("pale",)))
    red, _, low = shaded((180, 100, 100), ("vivid",))
    assert red > 180
    assert low < 100


def test_pastel_is_a_look_alone_and_a_light_before_another():
    assert names_of("pastel") == {"pastel"}
    assert color_names("pastel pink") == ["pastel pink"]
    found = match("pastel cubism")
    assert found.names == ("cubism",)
    assert found.light == ("pastel",)


@pytest.mark.parametrize("text", ["", " ", "!!!", "🦄", "xqzv brfl", "日本画", "ψυχή", "\0"])
def test_what_nothing_is_known_of(text):
    found = match(text)
    assert not found.understood
    assert found.sureness == 0
    assert not found.looks
    assert found.describe() == "no look"
    if text.strip():
        assert found.unknown


def test_unknown_words_are_told_beside_a_look():
    assert match("a xqzv mosaic").unknown == ("xqzv",)


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_sound_match(text):
    found = match(text)
    assert 0 <= found.sureness <= 1
    assert set(found.names) <= set(NAMES)
    assert len(set(found.names)) == len(found.names)
    if found.looks:
        assert sum(weight for _, weight in found.looks) == pytest.approx(1)
        assert all(weight > 0 for _, weight in found.looks)
    assert sum(map(len, found.layers())) == len(found.looks)
    assert json.loads(json.dumps(found.as_dict()))["description"] == found.describe()


words = st.sampled_from(
    [*NAMES, "dark", "blue", "and", "without", "a picture of", "hokusai", "house", "xqzv", "in"]
)


@given(st.lists(words, min_size=1, max_size=6), st.sampled_from([" ", ", ", "  "]))
@settings(max_examples=150, deadline=None)
def test_case_and_punctuation_do_not_matter(parts, between):
    plain, loud = match(" ".join(parts)), match(between.join(parts).upper() + "!")
    assert (loud.looks, loud.colors, loud.light) == (plain.looks, plain.colors, plain.light)
    assert match(plain.text) == plain


def test_a_rank_is_asked_only_in_doubt_and_decides():
    asked = []

    def rank(text):
        asked.append(text)
        return {name: 0.95 if name == "silk" else 0.1 for name in NAMES}

    assert match("mosaic", rank).names == ("mosaic",)
    assert asked == []
    assert match("what brides of old might have shimmered in", rank).names == ("silk",)
    assert len(asked) == 1


def test_a_rank_does_not_bring_back_what_is_denied():
    found = match("shimmering cloth for brides but no silk", lambda _: dict.fromkeys(NAMES, 0.0))
    assert "silk" not in found.names


def test_near_names_are_told():
    assert "mosaic" in nearest("mosiac")
    assert nearest("wet paint on damp paper")[0] == "watercolor"


def test_texts_that_name_no_look_find_it_or_none():
    """Precision and recall on texts that are in no table; benchmarks/asked.csv holds them."""
    with ASKED.open(encoding="utf-8", newline="") as lines:
        rows = [
            (row["text"], set(filter(None, row["looks"].split("+"))))
            for row in csv.DictReader(lines)
        ]
    fitting = [(text, looks) for text, looks in rows if looks]
    others = [text for text, looks in rows if not looks]
    assert len(fitting) >= 100
    assert len(others) >= 60
    found = [(match(text), looks) for text, looks in fitting]
    assert sum(bool(m.looks) for m, _ in found) / len(found) > 0.95
    assert sum(bool(set(m.names) & looks) for m, looks in found) / len(found) > 0.95
    assert sum(set(m.names) == looks for m, looks in found) / len(found) > 0.85
    assert sum(bool(match(text).looks) for text in others) / len(others) < 0.06
    assert all(match(text).sureness < 0.5 for text in others if not match(text).looks)


def test_matching_loads_nothing_heavy():
    code = (
        "import sys; from semcs.looks.matching import match; match('gold and a dream of rivers');"
        "print(*{'torch', 'cv2', 'numpy', 'PIL'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("module", ["semcs.looks.matching", "semcs.looks.public"])
def test_examples_give_what_they_say(module):
    failed, tried = doctest.testmod(importlib.import_module(module))
    assert tried > 0
    assert failed == 0


def test_a_match_is_frozen():
    with pytest.raises(AttributeError):
        Match("gold").text = "silver"
