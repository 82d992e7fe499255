"""Which look a text describes: how much of it fits what people say of each look.

Words count by how few looks share them (TF-IDF), by their stems.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from semcs.looks.phrases import descriptions, known_names, phrases
from semcs.looks.words import ARTICLES, FILLER, split, stem


@dataclass(frozen=True)
class Index:
    """How much each stem says for each look, and how rare it is."""

    weights: dict[str, dict[str, float]]
    rarity: dict[str, float]


def build_index(texts: Mapping[str, Iterable[str]]) -> Index:
    """The index of the texts of each look."""
    counts = {
        name: Counter(s for text in said for s in stems(text)) for name, said in texts.items()
    }
    spread = Counter(s for counter in counts.values() for s in counter)
    rarity = {s: math.log(1 + len(counts) / n) for s, n in spread.items()}
    weights: dict[str, dict[str, float]] = {}
    for name, counter in counts.items():
        for s, n in counter.items():
            weights.setdefault(s, {})[name] = n / (n + 0.6)
    return Index(weights, rarity)


@cache
def index() -> Index:
    """The index of all that people call the looks and say of them."""
    tables = (phrases(), known_names(), descriptions())
    return build_index(
        {name: [name, *(t for table in tables for t in table[name])] for name in phrases()}
    )


def stems(text: str) -> set[str]:
    """Stems of the words of a text that say something."""
    return {stem(w) for w in split(text) if w not in ARTICLES and w not in EMPTY}


def likeness(text: str, found: Index | None = None) -> dict[str, tuple[float, int]]:
    """How much of a text fits each look that shares any word with it, and how many words do."""
    found = found or index()
    scores: dict[str, tuple[float, int]] = {}
    for s in sorted(stems(text)):
        for name, weight in found.weights.get(s, {}).items():
            score, count = scores.get(name, (0.0, 0))
            scores[name] = score + weight * found.rarity[s], count + 1
    return scores


EMPTY = FILLER - {
    "painting", "drawing", "drawn", "painted", "paint", "print", "printed", "photo",
    "photograph", "carved", "built", "light", "lights", "lighting", "portrait", "art", "scene",
    "old", "day", "tiny", "color", "colors", "colored", "detailed", "period", "era", "century",
    "cover", "covered", "new", "background", "effect", "texture",
}  # fmt: skip
"""Filler beside a name, without the words that say something in a description."""
