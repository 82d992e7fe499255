"""From a text to looks, colours and light.

Names are looked for first: of looks, painters, films, materials, weathers. A text that names none
but describes one is compared with what people say of each look.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from typing import Any, Literal

from semcs.looks.described import likeness
from semcs.looks.lexicon import METAL_COLORS
from semcs.looks.phrases import phrases
from semcs.looks.phrases.kinds import KINDS, LAYERS, MANNERS
from semcs.looks.phrases.palette import COLORS, RGB, SHADES
from semcs.looks.reading import Reading, read

MOST_LETTERS = 1000  # of a text that are read
MOST_LOOKS = 3
SURE_ENOUGH = 0.5  # a look that is less sure is none
NAMED = 0.5  # sureness of its names under which a text is taken as a description

Order = Literal["one", "sequence", "blend"]
Rank = Callable[[str], Mapping[str, float]]


@dataclass(frozen=True)
class Color:
    """A colour that a text names."""

    name: str
    rgb: RGB


@dataclass(frozen=True)
class Match:
    """What a text asks for.

    Attributes:
        text: What was read of it.
        looks: Names and weights, which sum to 1; in a sequence, the first is painted first. Empty
            where no look is near.
        order: Whether there is one look (or none), one is painted over the other, or all are
            painted side by side.
        colors: Colours that the text names.
        light: Any of "dark", "bright", "pale", "vivid", "warm", "cold", "muted", "pastel",
            "contrast", "soft".
        sureness: How likely the looks, or the colours where there are only those, are what is
            meant, 0 to 1.
        unknown: Words that nothing is known of.
        understood: Whether anything is known of the text.
        cut: Whether the text went on.
    """

    text: str
    looks: tuple[tuple[str, float], ...] = ()
    order: Order = "one"
    colors: tuple[Color, ...] = ()
    light: tuple[str, ...] = ()
    sureness: float = 0.0
    unknown: tuple[str, ...] = ()
    understood: bool = False
    cut: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the looks."""
        return tuple(name for name, _ in self.looks)

    def layers(self) -> tuple[tuple[tuple[str, float], ...], ...]:
        """Looks that are painted side by side, those of the first layer first."""
        if self.order != "sequence":
            return (self.looks,) if self.looks else ()
        by_layer = groupby(self.looks, lambda look: layer_of(look[0]))
        return tuple(tuple(looks) for _, looks in by_layer)

    def describe(self) -> str:
        """One line for people, such as "oil painting over snow, tinted dark blue"."""
        layers = [" and ".join(name for name, _ in layer) for layer in self.layers()]
        parts = [" over ".join(reversed(layers))] if layers else []
        if self.colors:
            colors = " and ".join(color.name for color in self.colors)
            parts.append(f"tinted {colors}" if layers else colors)
        parts += self.light
        return ", ".join(parts) or "no look"

    def as_dict(self) -> dict[str, Any]:
        """Everything, as JSON can hold it."""
        return {
            "text": self.text,
            "looks": dict(self.looks),
            "order": self.order,
            "colors": {color.name: list(color.rgb) for color in self.colors},
            "light": list(self.light),
            "sureness": round(self.sureness, 3),
            "unknown": list(self.unknown),
            "understood": self.understood,
            "cut": self.cut,
            "description": self.describe(),
        }


def nearest(text: str, count: int = 3) -> list[str]:
    """Names of looks near a text, at most so many: those spelled alike first, then those described.

    Args:
        text: Any, such as a name with a typing error.
        count: Most names.
    """
    text = text[:MOST_LETTERS].casefold()
    names = [*phrases()]
    parts = (text, *read(text).unknown[:9])
    spelled = [name for part in parts for name in _alike(part, names, count)]
    said = {name: score for name, (score, _) in likeness(text).items()}
    near = sorted(said, key=lambda name: (-said[name], name))
    return list(dict.fromkeys([*spelled, *near]))[:count]


def _alike(text: str, names: list[str], count: int) -> list[str]:
    return get_close_matches(text, names, count, 0.6) if len(text) > 3 else []


def match(text: str, rank: Rank | None = None) -> Match:
    """Find the looks, the colours and the light that a text asks for.

        >>> from semcs.looks import match
        >>> match("a dark blue watercolour of autumn leaves").describe()
        'watercolor over autumn, tinted dark blue'

    Args:
        text: A few words, such as "a snowy oil painting"; of a longer one than 1,000 letters the
            start is read.
        rank: From a text encoder: a function of a text that gives a score in [0, 1] for the name
            of every look. It is asked where the words alone leave doubt.

    Returns:
        What was found, with empty `looks` where no look is near. No text is an error.
    """
    cut, text = len(text) > MOST_LETTERS, text[:MOST_LETTERS]
    reading = read(text)
    named = _named(reading)
    in_doubt = named.sureness < NAMED or reading.is_description
    if reading.understood and reading.has_other_words and in_doubt:
        described = _described(text, reading, rank)
        named = described if described.sureness >= named.sureness else named
    looks = named.looks if named.sureness >= SURE_ENOUGH else {}
    order, ordered = _order(looks, reading.side_by_side)
    colors = _colors(reading, bool(looks))
    sureness = named.sureness
    if not looks and (colors or reading.light):
        sureness = max(0.95 * reading.share_of_tints, sureness)
    return Match(
        text=text,
        looks=ordered,
        order=order,
        colors=colors,
        light=reading.light,
        sureness=min(sureness, 1.0) if reading.understood else 0.0,
        unknown=reading.unknown,
        understood=reading.understood,
        cut=cut,
    )


@dataclass(frozen=True)
class _Found:
    looks: dict[str, float]
    sureness: float


def _named(reading: Reading) -> _Found:
    """Looks that the text names, the clearest few, and how much of the text they are."""
    evidence: dict[str, float] = {}
    for hit in reading.looks:
        evidence[hit.look] = max(evidence.get(hit.look, 0.0), hit.certainty)
    if not evidence:
        return _Found({}, 0.0)
    best = max(evidence.values())
    share = reading.coverage
    sureness = best ** (1 - share) * (0.4 + 0.6 * share) * (0.75 + 0.25 * best)
    # In a longer text, words that are common in it name no second look beside a clear one.
    least = best * (0.45 if reading.coverage > 0.7 else 0.75)
    chosen = sorted(evidence, key=lambda name: -evidence[name])[:MOST_LOOKS]
    return _Found(
        {n: evidence[n] for n in evidence if n in chosen and evidence[n] >= least}, sureness
    )


HIT_WEIGHT = 2.0  # what a name in a description adds to its likeness
RANK_WEIGHT = 8.0  # of a rank's score beside the likeness


def _described(text: str, reading: Reading, rank: Rank | None) -> _Found:
    """The look that the text describes best.

    The weights of sureness come from logistic regressions, on descriptions left out one by one and
    on the first half of `benchmarks/asked.csv`, and were set by hand from there.
    """
    found = likeness(reading.described)
    scores = {name: score for name, (score, _) in found.items()}
    for hit in reading.looks:
        scores[hit.look] = scores.get(hit.look, 0.0) + HIT_WEIGHT * hit.certainty
    for name in reading.denied:
        scores.pop(name, None)
    best, lead = _first(scores)
    count = min(found[best][1], 4) if best in found else 0
    sureness = _logistic(0.45 * scores.get(best, 0.0) + 0.4 * lead + 0.5 * count - 4.4)
    if rank is None or sureness > RANK_UNDER:
        return _Found({best: 1.0} if best else {}, sureness if best else 0.0)
    ranked = {name: score for name, score in rank(text).items() if name not in reading.denied}
    together = {
        name: scores.get(name, 0.0) + RANK_WEIGHT * ranked.get(name, 0.0)
        for name in {*scores, *ranked}
    }
    best, lead = _first(together)
    if not best:
        return _Found({}, 0.0)
    score = scores.get(best, 0.0)
    sureness = _logistic(0.8 * score + 0.25 * lead + 9.0 * ranked.get(best, 0.0) - 8.4)
    return _Found({best: 1.0}, sureness)


RANK_UNDER = 0.9  # sureness of words alone above which no rank is asked


def _first(scores: Mapping[str, float]) -> tuple[str, float]:
    """The name with the highest score, and its lead on the next; "" where there is none."""
    ranking = sorted(scores, key=lambda name: (-scores[name], name))[:2]
    if not ranking:
        return "", 0.0
    return ranking[0], scores[ranking[0]] - (scores[ranking[1]] if len(ranking) > 1 else 0.0)


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def layer_of(name: str) -> int:
    """In which layer a look is painted, 0 first."""
    return LAYERS[KINDS[name]]


def _order(
    looks: Mapping[str, float], side_by_side: bool
) -> tuple[Order, tuple[tuple[str, float], ...]]:
    """How looks go together; and the looks as they are painted, with weights that sum to 1."""
    total = sum(looks.values())
    if len(looks) < 2:
        return "one", tuple((name, 1.0) for name in looks)
    painted_in = any(KINDS[name] in MANNERS for name in looks)
    if len({*map(layer_of, looks)}) == 1 or (side_by_side and not painted_in):
        return "blend", tuple((name, weight / total) for name, weight in looks.items())
    ordered = sorted(looks, key=layer_of)
    return "sequence", tuple((name, looks[name] / total) for name in ordered)


def _colors(reading: Reading, painted: bool) -> tuple[Color, ...]:
    colors = {}
    for hit in reading.colors:
        if painted and hit.of_a_thing:
            continue
        colors[hit.name] = Color(hit.name, shaded(COLORS[hit.color], hit.shades))
    for metal in reading.metals if colors else ():
        colors[metal] = Color(metal, METAL_COLORS[metal])
    return tuple(colors.values())


def shaded(rgb: RGB, shades: tuple[str, ...]) -> RGB:
    """A colour as the words before it change it: "dark", "pale"."""
    values = [c / 255 for c in rgb]
    for shade in reversed(shades):
        to_black, to_white, saturation = SHADES[shade]
        gray = sum(values) / 3
        values = [gray + (v - gray) * saturation for v in values]
        values = [v * (1 - to_black) for v in values]
        values = [v + (1 - v) * to_white for v in values]
        values = [min(max(v, 0.0), 1.0) for v in values]
    return tuple(round(255 * v) for v in values)  # type: ignore[return-value]
