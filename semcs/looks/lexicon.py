"""What phrases mean: every name of a look, word of colour, word of light, and filler, by its words.

A phrase's key is its words without articles, written as one, so that "pop art" is "popart" and
"water colour" is "watercolor".
"""

from __future__ import annotations

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
    clear: float = 1.0
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


LAST_RESORTS = frozenset({"painting", "drawing", "statue", "sculpture", "monument", "sketch"})
"""Words of templates, "a painting of snow", that name a look where nothing else does."""

MERE_MEANS = frozenset({"paper", "ink", "blackink", "canva", "canvas", "brushstroke", "brushwork",
                        "dot", "oil", "thread", "clock", "stripe", "striped"})  # fmt: skip
"""Words that name no second medium beside a clearer one: "pencil on paper"."""

OTHERWISE: dict[str, str] = {
    "lavender": "color", "coral": "color", "rose": "color", "pastel": "light",
}  # fmt: skip
"""Names of looks that before another look, or after a shade, mean a colour or a light."""

OWN_COLORS = {"gold": (212, 168, 60), "silver": (190, 194, 200), "bronze": (150, 100, 55),
              "copper": (190, 110, 75)}  # fmt: skip
"""Metals that "blue and gold" means as colours too."""


@cache
def lexicon() -> Lexicon:
    """The lexicon of all tables."""
    entries: dict[str, Entry] = {}
    words: set[str] = set()
    longest = 1

    def add(phrase: str, entry: Entry) -> None:
        nonlocal longest
        parts = [word for word in split(phrase) if word not in ARTICLES]
        if not parts:
            return
        longest = max(longest, len(parts))
        entries.setdefault("".join(parts), entry)
        if entry.meaning != "nothing":
            words.update(parts)

    commonness = _commonness()
    for table in ({name: (name,) for name in phrases()}, phrases(), known_names()):
        for name, names in table.items():
            for phrase in names:
                add(phrase, Entry("look", name, _clear(phrase, name, commonness)))
    for color in COLORS:
        add(color, Entry("color", color))
    for light, synonyms in LIGHTS.items():
        for synonym in synonyms:
            add(synonym, Entry("light", light))
    for shade in SHADES:
        add(shade, Entry("shade", shade))
    for phrase in compounds():
        add(phrase, Entry("nothing"))
    for word in ("free of", "instead of", "rather than", "apart from", *NEGATIONS):
        add(word, Entry("negation"))
    for word in ("not only", *FILLER):
        add(word, Entry("filler"))
    for table in (phrases(), known_names()):
        for name, names in table.items():
            for phrase in names:
                if shorter := _without_template(phrase):
                    add(shorter, Entry("look", name))
    said = chain.from_iterable(descriptions().values())
    understood = words | {word for text in said for word in split(text)} | ARTICLES
    return Lexicon(entries, frozenset(words), frozenset(understood), longest)


def _commonness() -> dict[str, int]:
    """In how many looks' descriptions each word is."""
    count: dict[str, int] = {}
    for texts in descriptions().values():
        for word in {word for text in texts for word in split(text)}:
            count[word] = count.get(word, 0) + 1
    return count


def _clear(phrase: str, name: str, commonness: dict[str, int]) -> float:
    parts = [word for word in split(phrase) if word not in ARTICLES]
    if len(parts) != 1:
        return 1.0
    if parts[0] in LAST_RESORTS:
        return 0.9
    clear = 1 / (1 + 0.25 * max(0, commonness.get(parts[0], 0) - 1))
    return max(clear, 0.75) if phrase == name else clear


_STARTS = ("in the style of ", "a painting by ", "a painting of ", "made of ", "covered in ",
           "painted with ", "painted in ", "drawn with ")  # fmt: skip
_ENDS = (" painting", " style", " texture", " drawing")


def _without_template(phrase: str) -> str:
    """The phrase without the template around it, where two or more words are left."""
    shorter = phrase
    for start in _STARTS:
        shorter = shorter.removeprefix(start)
    for end in _ENDS:
        shorter = shorter.removesuffix(end)
    return shorter if shorter != phrase and " " in shorter else ""
