"""What a text says of the region that it means: which thing, of which colour, on which side.

"the left red cars" is things that `knows` takes ("cars"), a colour ("red") and a side ("left").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from semcs.errors import InputError, shown
from semcs.finding.colours import COLOURS

Side = Literal["left", "right", "top", "bottom"]
LONGEST = 200  # letters of a text

_SIDES: dict[str, Side] = {
    **dict.fromkeys(("left", "leftmost", "left-hand"), "left"),
    **dict.fromkeys(("right", "rightmost", "right-hand"), "right"),
    **dict.fromkeys(("top", "upper", "topmost"), "top"),
    **dict.fromkeys(("bottom", "lower", "bottommost"), "bottom"),
}
_ARTICLES = frozenset(
    (
        *("the", "a", "an", "this", "that", "these", "those", "all", "every", "any", "some"),
        *("my", "his", "her", "their", "our", "your"),
    )
)
_HALVES = frozenset(("half", "side", "part", "of", "picture", "photo", "image"))
_ANYTHING = frozenset(("one", "ones", "thing", "things", "object", "objects", "part", "parts"))
_FOREGROUND = frozenset(("foreground", "subject", "main subject", "main object"))
_BACKGROUND = frozenset(("background", "backdrop"))
_REST = frozenset(("rest", "everything else", "other", "others"))
_AT_A_SIDE = re.compile(r"\b(?:on|at|to|in) (\S+)(?: side| half| of (?:picture|photo|image))*$")
_SHADES = frozenset(("dark", "light", "bright", "pale", "deep"))


@dataclass(frozen=True)
class Wanted:
    """One region that a text means.

    Attributes:
        text: As it was typed, for errors.
        thing: What a region model is asked for; None for everything of a colour or on a side.
        colour: A name of `COLOURS`, or None.
        side: The side that it is on, or None.
        stands_out: True for the foreground, False for the background; None where it is neither.
    """

    text: str
    thing: str | None = None
    colour: str | None = None
    side: Side | None = None
    stands_out: bool | None = None


def read_text(text: object, knows: Callable[[str], bool]) -> tuple[Wanted, ...]:
    """The regions that a text means: one, or those that "and", "," or "&" join.

    Args:
        text: Such as "the sky", "trees and grass", "the red car", "the dog on the left".
        knows: Whether a thing, in lower case, can be looked for. (The answer names things that
            can't, too.)

    Raises:
        InputError: It isn't a text, is empty, or means the rest.
    """
    if not isinstance(text, str) or len(text) > LONGEST:
        raise InputError(f"text is {shown(text)}: words of up to {LONGEST} letters are allowed")
    phrases = [phrase for phrase in re.split(r"\band\b|[,;&+]", text.lower()) if phrase.strip()]
    if not phrases:
        raise InputError("text is empty: say what to find, such as 'the sky'")
    return tuple(_read_phrase(" ".join(phrase.split()), knows) for phrase in phrases)


def _read_phrase(text: str, knows: Callable[[str], bool]) -> Wanted:
    phrase = _without_articles(text.strip(" .!?\"'"))
    if phrase in _FOREGROUND or phrase in _BACKGROUND:
        return Wanted(text, stands_out=phrase in _FOREGROUND)
    if phrase in _REST:
        raise InputError(
            f"{shown(text)} is what other regions leave over, which one search can't tell: name "
            "the thing and take invert=True, or give regions in order, the rest as the last"
        )
    if not phrase:
        raise InputError(f"{shown(text)} names nothing to find")
    phrase, side = _side_of(phrase)
    if not phrase:
        return Wanted(text, side=side)
    colour, thing = _colour_of(phrase, knows)
    return Wanted(text, thing, colour, side)


def _without_articles(phrase: str) -> str:
    return " ".join(word for word in phrase.split() if word not in _ARTICLES)


def _side_of(phrase: str) -> tuple[str, Side | None]:
    """A phrase without the side that it names, and that side."""
    found = _AT_A_SIDE.search(phrase)
    if found and found[1] in _SIDES:
        return phrase[: found.start()].strip(), _SIDES[found[1]]
    words = phrase.split()
    if words and words[0] in _SIDES:
        rest = words[1:]
        return " ".join([] if _HALVES.issuperset(rest) else rest), _SIDES[words[0]]
    return phrase, None


def _colour_of(phrase: str, knows: Callable[[str], bool]) -> tuple[str | None, str | None]:
    """The colour and the thing that a phrase names.

    A thing whose name begins with a colour, such as the red panda of a model that knows it, is
    that thing.
    """
    words = phrase.split()
    if words[0] in _SHADES and words[1:] and words[1] in COLOURS:
        words = words[1:]
    first, rest = words[0], words[1:]
    if first not in COLOURS or (rest and not _ANYTHING.issuperset(rest) and knows(phrase)):
        return None, phrase
    return COLOURS[first], None if _ANYTHING.issuperset(rest) else " ".join(rest)
