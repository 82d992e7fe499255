"""What phrases mean: every name of a look, word of colour, word of light, and filler, by its words.

A phrase's key is its words without articles, written as one, so that "pop art" is "popart" and
"water colour" is "watercolor".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Literal

from semcs.looks.phrases import compounds, descriptions, known_names, phrases
from semcs.looks.phrases.palette import COLORS, LIGHTS, SHADES
from semcs.looks.words import ARTICLES, FILLER, NEGATIONS, split

Meaning = Literal["look", "color", "light", "shade", "negation", "filler", "nothing"]


@dataclass(frozen=True)
class Entry:
    """What a phrase means, and which look, colour or light it names."""

    meaning: Meaning
    value: str = ""
    certainty: float = 1.0
    """How surely the phrase alone asks for this look, 0 to 1: "van gogh" does, "paper" less."""


@dataclass(frozen=True)
class Lexicon:
    """All entries by key, and the words that they are made of."""

    entries: dict[str, Entry]
    words: frozenset[str]
    """Folded words of entries: what a mistyped word may have been meant to be."""
    understood: frozenset[str]
    """Those, and the words of descriptions."""
    longest: int
    """Most words of an entry."""


GENERIC_NAMES = frozenset({"painting", "drawing", "statue", "sculpture", "monument", "sketch"})
"""Words of templates, "a painting of snow", that name a look where nothing else does."""

SIDE_MEDIA = frozenset({"paper", "ink", "blackink", "canva", "canvas", "brushstroke", "brushwork",
                        "dot", "oil", "thread", "clock", "stripe", "striped"})  # fmt: skip
"""Words that name no second medium beside a clearer one: "pencil on paper"."""

OTHER_MEANINGS: dict[str, str] = {
    "lavender": "color", "coral": "color", "rose": "color", "pastel": "light",
}  # fmt: skip
"""Names of looks that before another look, or after a shade, mean a colour or a light."""

METAL_COLORS = {"gold": (212, 168, 60), "silver": (190, 194, 200), "bronze": (150, 100, 55),
                "copper": (190, 110, 75)}  # fmt: skip
"""Metals that "blue and gold" means as colours too."""


@cache
def lexicon() -> Lexicon:
    """The lexicon of all tables; of phrases with one key, the first of `_all_phrases` counts."""
    entries: dict[str, Entry] = {}
    words: set[str] = set()
    longest = 1
    for phrase, entry in _all_phrases():
        parts = _words_of(phrase)
        if not parts:
            continue
        longest = max(longest, len(parts))
        entries.setdefault("".join(parts), entry)
        if entry.meaning != "nothing":
            words.update(parts)
    described = chain.from_iterable(descriptions().values())
    understood = words | {word for text in described for word in split(text)} | ARTICLES
    return Lexicon(entries, frozenset(words), frozenset(understood), longest)


def _all_phrases() -> Iterator[tuple[str, Entry]]:
    """Every phrase of the tables with its meaning, the most telling first."""
    yield from _look_names()
    yield from ((color, Entry("color", color)) for color in COLORS)
    for light, synonyms in LIGHTS.items():
        yield from ((synonym, Entry("light", light)) for synonym in synonyms)
    yield from ((shade, Entry("shade", shade)) for shade in SHADES)
    yield from ((phrase, Entry("nothing")) for phrase in compounds())
    negations = ("free of", "instead of", "rather than", "apart from", *NEGATIONS)
    yield from ((phrase, Entry("negation")) for phrase in negations)
    yield from ((phrase, Entry("filler")) for phrase in ("not only", *FILLER))
    yield from _shortened_names()


def _look_names() -> Iterator[tuple[str, Entry]]:
    commonness = _commonness()
    for table in ({name: (name,) for name in phrases()}, phrases(), known_names()):
        for name, names in table.items():
            for phrase in names:
                yield phrase, Entry("look", name, _certainty(phrase, name, commonness))


def _shortened_names() -> Iterator[tuple[str, Entry]]:
    for table in (phrases(), known_names()):
        for name, names in table.items():
            shorter = (_without_template(phrase) for phrase in names)
            yield from ((phrase, Entry("look", name)) for phrase in shorter if phrase)


def _words_of(phrase: str) -> list[str]:
    return [word for word in split(phrase) if word not in ARTICLES]


def _commonness() -> dict[str, int]:
    """In how many looks' descriptions each word is."""
    count: dict[str, int] = {}
    for texts in descriptions().values():
        for word in {word for text in texts for word in split(text)}:
            count[word] = count.get(word, 0) + 1
    return count


def _certainty(phrase: str, name: str, commonness: dict[str, int]) -> float:
    """How surely a phrase alone asks for a look: single words less, the commoner they are."""
    parts = _words_of(phrase)
    if len(parts) != 1:
        return 1.0
    if parts[0] in GENERIC_NAMES:
        return 0.9
    certainty = 1 / (1 + 0.25 * max(0, commonness.get(parts[0], 0) - 1))
    return max(certainty, 0.75) if phrase == name else certainty


_STARTS = ("in the style of ", "a painting by ", "a painting of ", "made of ", "covered in ",
           "painted with ", "painted in ", "drawn with ")  # fmt: skip
_ENDS = (" painting", " style", " texture", " drawing")


def _without_template(phrase: str) -> str:
    """The phrase without the template around it; "" where there is none or one word is left."""
    shorter = phrase
    for start in _STARTS:
        shorter = shorter.removeprefix(start)
    for end in _ENDS:
        shorter = shorter.removesuffix(end)
    return shorter if shorter != phrase and " " in shorter else ""
