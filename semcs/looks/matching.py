"""From a text to looks, colours and light.

Names are looked for first: of looks, painters, films, materials, weathers. A text that names none
but describes one is compared with what people say of each look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import groupby
from typing import Any, Literal

from semcs.errors import InputError
from semcs.looks.choosing import Rank, choose
from semcs.looks.described import likeness
from semcs.looks.lexicon import METAL_COLORS
from semcs.looks.phrases import phrases
from semcs.looks.phrases.kinds import KINDS, LAYERS, MANNERS
from semcs.looks.phrases.palette import COLORS, RGB, SHADES
from semcs.looks.reading import Reading, read
from semcs.looks.unused import left_out, unused_words, without_grammar
from semcs.plugins import PAINTERS, offers

MOST_LETTERS = 1000  # of a text that are read
MOST_QUOTED = 60  # letters of a text that messages repeat
SURE_ENOUGH = 0.5  # a look that is less sure is none

Order = Literal["one", "sequence", "blend"]


@dataclass(frozen=True)
class Color:
    """A colour that a text names."""

    name: str
    rgb: RGB


@dataclass(frozen=True)
class Match:
    """What a text asks for.

    Attributes:
        text: What was read of it, with single spaces between its words.
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
        unused: Words that had no part in what was found, filler such as "a picture of" left out;
            those that nothing is known of are among them.
        left_out: Looks that the text names clearly, too, but that aren't among `looks`.
        understood: Whether anything is known of a word that says something.
        cut: Whether the text went on.
    """

    text: str
    looks: tuple[tuple[str, float], ...] = ()
    order: Order = "one"
    colors: tuple[Color, ...] = ()
    light: tuple[str, ...] = ()
    sureness: float = 0.0
    unknown: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
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

    def told(self) -> tuple[str, ...]:
        """What of the text isn't read or painted though it asks for it, a line each, for people."""
        said = quoted(self.text)
        lines = []
        if self.cut:
            lines.append(f"of {said} the first {len(self.text):,} letters are read")
        if self.left_out:
            lines.append(f"{said} gives {self.describe()}; left out: {', '.join(self.left_out)}")
        if unknown := without_grammar(self.unknown):
            lines.append(f"in {said} nothing is known of {quoted(' '.join(unknown))}")
        return tuple(lines)

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
            "unused": list(self.unused),
            "left_out": list(self.left_out),
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
    text = start_of(text)[0].casefold()
    names = [*phrases()]
    parts = (text, *read(text).unknown[:9])
    spelled = [name for part in parts for name in _alike(part, names, count)]
    said = {name: score for name, (score, _) in likeness(text).items()}
    near = sorted(said, key=lambda name: (-said[name], name))
    return list(dict.fromkeys([*spelled, *near]))[:count]


def _alike(text: str, names: list[str], count: int) -> list[str]:
    return get_close_matches(text, names, count, 0.6) if len(text) > 3 else []


def match(text: str, rank: Rank | None = None, *, denied: frozenset[str] = frozenset()) -> Match:
    """Find the looks, the colours and the light that a text asks for.

        >>> from semcs.looks import match
        >>> match("a dark blue watercolour of autumn leaves").describe()
        'watercolor over autumn, tinted dark blue'

    Args:
        text: A few words, such as "a snowy oil painting". Of more than 1,000 letters, the words
            that fit are read, and `Match.cut` says so.
        rank: From a text encoder: a function of a text that gives a score in [0, 1] for the name
            of every look. It is asked where the words alone leave doubt.
        denied: Names of looks that are out of the question, whatever the text says.

    Returns:
        What was found, with empty `looks` where no look is near. Case, accents, white space and
        control characters make no difference.

    Raises:
        InputError: If it is no text.
    """
    text, cut = start_of(text)
    if text.casefold() in offers(PAINTERS):
        return Match(text, ((text.casefold(), 1.0),), sureness=1.0, understood=True, cut=cut)
    reading = _without_looks(read(text), denied)
    found = choose(text, reading, rank)
    looks = found.looks if found.sureness >= SURE_ENOUGH else {}
    order, ordered = _order(looks, reading.side_by_side)
    colors = _colors(reading, bool(looks))
    sureness = found.sureness
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
        unused=reading.unknown if found.ranked and looks else unused_words(reading, looks),
        left_out=left_out(reading, looks),
        understood=reading.understood,
        cut=cut,
    )


def _without_looks(reading: Reading, denied: frozenset[str]) -> Reading:
    """What was read, its names of these looks as words that describe something."""
    if not denied:
        return reading
    hits = tuple(hit for hit in reading.looks if hit.look not in denied)
    return replace(reading, looks=hits, denied=reading.denied | denied, has_other_words=True)


def start_of(text: str) -> tuple[str, bool]:
    """What is read of a text, with single spaces between its words, and whether it goes on.

    Raises:
        InputError: If it is no text.
    """
    if not isinstance(text, str):
        raise InputError(f"the text is {type(text).__name__}: a few words are needed")
    # Each word takes a letter and a space: what comes after so many words isn't read.
    words = text.encode("utf-8", "replace").decode().split(maxsplit=MOST_LETTERS)
    whole = " ".join(words)
    start = whole[:MOST_LETTERS]
    cut = len(whole) > MOST_LETTERS
    if cut and whole[MOST_LETTERS] != " " and " " in start:
        start = start[: start.rindex(" ")]  # half a word would be another one: "gold(en)"
    return start.rstrip(), cut


def quoted(text: str) -> str:
    """A text as messages repeat it, on one line."""
    return repr(text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…")


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
