"""A text read phrase by phrase: which names of looks, colours and lights are in it, and where."""

from __future__ import annotations

from dataclasses import dataclass, replace

from semcs.looks.described import EMPTY
from semcs.looks.lexicon import METAL_COLORS
from semcs.looks.phrases.palette import BASIC_COLORS, SHADES
from semcs.looks.spans import Span, Word, spans_of
from semcs.looks.words import NEGATIONS, raw_words

LEAST_DESCRIBING, MOST_NAMED = 2, 0.7  # words besides names, and share of names, of a description
TEMPLATE_CERTAINTY = 0.7  # least certainty of a name after filler: "a picture of sand"


@dataclass(frozen=True)
class LookHit:
    """A name of a look, and how surely it asks for it, 0 to 1."""

    look: str
    certainty: float


@dataclass(frozen=True)
class ColorHit:
    """A colour, and the words before it that change it."""

    color: str
    shades: tuple[str, ...] = ()
    of_a_thing: bool = False
    """Whether it is the colour of the thing named after it: "a red car"."""

    @property
    def name(self) -> str:
        """As the text has it: "dark blue"."""
        return " ".join((*self.shades, self.color))


@dataclass(frozen=True)
class Reading:
    """What was found in a text, in its order.

    Attributes:
        looks: Names of looks.
        colors: Colours.
        light: Words of light, as the table has them.
        denied: Looks, colours and lights that the text does without.
        metals: Metals said beside a colour, as in "blue and gold".
        side_by_side: Whether two looks are said with "and" between them.
        coverage: Share of the words, filler left out, that name looks, colours or light.
        share_of_tints: Share of the words, filler left out, that name colours or light.
        unknown: Words that nothing is known of.
        understood: Whether anything is known of a word that says something: of one besides
            filler, negations and numbers.
        described: Its words, those of phrases that name no look ("orange juice") left out.
        has_other_words: Whether there are words besides those that name something.
        is_description: Whether those are many.
        spans: Its phrases.
    """

    looks: tuple[LookHit, ...]
    colors: tuple[ColorHit, ...]
    light: tuple[str, ...]
    denied: frozenset[str]
    metals: tuple[str, ...]
    side_by_side: bool
    coverage: float
    share_of_tints: float
    unknown: tuple[str, ...]
    understood: bool
    described: str
    has_other_words: bool
    is_description: bool
    spans: tuple[Span, ...]


def read(text: str) -> Reading:
    """Find everything that is named in a text."""
    spans = spans_of(text)
    known = {word for span in spans for word in span.words if word.known or span.entry}
    understood = any(span.value for span in spans) or any(map(_says_something, known))
    unknown = [word.raw for span in spans for word in span.words if word not in known]
    named = sum(len(span.words) for span in spans if span.meaning == "look")
    tints = sum(span.meaning in ("color", "light", "shade") for span in spans)
    others = sum(len(span.words) for span in spans if span.meaning in ("word", "nothing"))
    total = max(1, named + tints + others)
    coverage = (named + tints) / total
    said = [word.folded for span in spans if span.meaning != "nothing" for word in span.words]
    return Reading(
        looks=_look_hits(spans),
        colors=_color_hits(spans),
        light=_lights(spans),
        denied=frozenset(s.value for s in spans if s.meaning == "negation" and s.value),
        metals=_metals(spans),
        side_by_side=any(pair == {"look"} for pair in map(_meanings, _joined_by_and(spans))),
        coverage=coverage,
        share_of_tints=tints / total,
        unknown=tuple(dict.fromkeys(unknown if understood else raw_words(text) or text.split())),
        understood=understood,
        described=" ".join(said),
        has_other_words=any(span.meaning == "word" for span in spans),
        is_description=others >= LEAST_DESCRIBING and coverage < MOST_NAMED,
        spans=tuple(spans),
    )


def _says_something(word: Word) -> bool:
    empty = word.folded in EMPTY or word.folded in NEGATIONS
    return not empty and not word.folded.isdecimal()


def _look_hits(spans: list[Span]) -> tuple[LookHit, ...]:
    hits = []
    for before, span in zip([None, *spans], spans):
        if span.entry is not None and span.meaning == "look":
            certainty = span.entry.certainty
            if before is not None and before.meaning == "filler":
                certainty = max(certainty, TEMPLATE_CERTAINTY)
            hits.append(LookHit(span.value, certainty))
    return tuple(hits)


def _color_hits(spans: list[Span]) -> tuple[ColorHit, ...]:
    colors: list[ColorHit] = []
    shades: list[str] = []
    for at, span in enumerate(spans):
        if _shades_a_color(spans, at):
            shades.append(_shade_of(span))
            continue
        if span.meaning == "color":
            of_a_thing = spans[at + 1].meaning in ("word", "nothing") if spans[at + 1 :] else False
            before = spans[at - 1] if at else None
            if before is not None and before.meaning == "color" and _is_finer(before, span):
                colors.append(replace(colors.pop(), of_a_thing=of_a_thing))
            else:
                colors.append(ColorHit(span.value, tuple(shades), of_a_thing))
        shades = []
    return tuple(colors)


def _is_finer(before: Span, span: Span) -> bool:
    """Whether two colours are one, as "emerald green" is."""
    return span.value in BASIC_COLORS - {before.value}


_LIGHT_OF = {"light": "bright", "deep": "dark", "rich": "vivid", "neon": "", "faded": "muted",
             "dusty": "muted", "electric": "vivid", "fluorescent": "vivid", "pastel": "pastel",
             "lighter": "bright", "icy": "cold", "dirty": "muted"}  # fmt: skip
"""The light that a shade means where no colour follows."""


def _lights(spans: list[Span]) -> tuple[str, ...]:
    light = []
    for at, span in enumerate(spans):
        if span.meaning in ("light", "shade") and not _shades_a_color(spans, at):
            light.append(span.value if span.meaning == "light" else _LIGHT_OF.get(span.value, ""))
    return tuple(dict.fromkeys(word for word in light if word))


def _joined_by_and(spans: list[Span]) -> list[tuple[Span, Span]]:
    """Neighbours with nothing but "and" between them."""
    return [
        (first, last)
        for first, middle, last in zip(spans, spans[1:], spans[2:])
        if middle.words[0].folded == "and" and len(middle.words) == 1
    ]


def _meanings(pair: tuple[Span, Span]) -> set[str]:
    return {span.meaning for span in pair}


def _metals(spans: list[Span]) -> tuple[str, ...]:
    pairs = [pair for pair in _joined_by_and(spans) if _meanings(pair) == {"look", "color"}]
    looks = [span.value for pair in pairs for span in pair if span.meaning == "look"]
    return tuple(look for look in looks if look in METAL_COLORS)


def _shades_a_color(spans: list[Span], at: int) -> bool:
    """Whether a span changes the colour that follows, with nothing but shades between."""
    if spans[at].meaning not in ("shade", "light") or not _shade_of(spans[at]):
        return False
    for span in spans[at + 1 :]:
        if span.meaning == "color":
            return True
        if not _shade_of(span):
            return False
    return False


def _shade_of(span: Span) -> str:
    """The shade that a word before a colour stands for, as the table has it; "" for none."""
    return span.key if span.key in SHADES else ""
