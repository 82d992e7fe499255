"""Texts of any script, length and content, and what is no text."""

from __future__ import annotations

import unicodedata
from functools import cache
from random import Random
from typing import Any

import numpy as np

import semcs
from semcs.looks import match, names, render

ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz ", "ABCXYZ -,.;:!?'\"()[]{}%$\\/", "äéîõüçñßøåœ", "золотоснег",
    "水墨画油彩金", "ذهبثلج", "זהב", "🦄🎨❄️👩‍🎨", "\u200b\u200d\u202e\ufeff\u00ad",
    "\0\a\b\x1b\x7f",    "\ud800\udfff", "e\u0301a\u0308", "\n\r\t\v\f\u2028\u2029", "0123456789",
)  # fmt: skip
LENGTHS = (0, 1, 2, 5, 20, 80, 300, 2000)
FORMS = ("NFC", "NFD", "NFKC", "NFKD")


def looked_up(rng: Random) -> None:
    """What looks a text asks for."""
    found = match(any_text(rng))
    assert all(name in names() for name, _ in found.looks), found.looks
    assert all(0 <= weight <= 1 for _, weight in found.looks), found.looks
    found.describe()


def painted(rng: Random) -> None:
    """The look of a text, painted."""
    photo = np.full((12, 16, 3), 90, np.uint8)
    assert render(photo, any_text(rng)).shape == photo.shape


def embedded(rng: Random) -> None:
    """The embedding of texts, by the bundled encoder."""
    drawn = [any_text(rng) for _ in range(rng.choice((1, 1, 3)))]
    texts = [text for text in drawn if isinstance(text, str)] or ["gold"]
    found = clip().encode_text(texts)
    assert len(found) == len(texts), found.shape
    assert bool(found.isfinite().all()), "NaN or infinite embedding"


@cache
def clip() -> Any:
    return semcs.load_family("bundled", "cpu").clip


def any_text(rng: Random) -> Any:
    kind = rng.randrange(8)
    if kind == 0:
        return rng.choice((None, 3, 1.5, b"gold", ["gold"], object(), True, np.str_("gold"), {}))
    if kind == 1:
        return rng.choice(names()) * rng.choice((1, 2, 5000))
    if kind == 2:
        return rng.choice(("x", " ", "a ", "gold, ", "水", "é")) * rng.choice(
            (1000, 100_000, 1_000_000)
        )
    words = [rng.choice(names()) for _ in range(rng.randrange(6))]
    words += [_drawn(rng) for _ in range(rng.randrange(3))]
    rng.shuffle(words)
    text = rng.choice((" ", ", ", " and ", " over ", "")).join(words)
    return _respelt(text, rng) if kind < 6 else text


def _drawn(rng: Random) -> str:
    letters = "".join(rng.sample(ALPHABETS, rng.choice((1, 1, 2))))
    return "".join(rng.choice(letters) for _ in range(rng.choice(LENGTHS)))


def _respelt(text: str, rng: Random) -> str:
    """The text with letters changed, left out or doubled."""
    letters = list(text)
    for _ in range(rng.choice((0, 1, 3)) if letters else 0):
        place = rng.randrange(len(letters))
        letters[place] = rng.choice(("", letters[place] * 2, chr(rng.randrange(1, 0x3000))))
    return unicodedata.normalize(
        rng.choice(FORMS), rng.choice((str, str.upper, str.title))("".join(letters))
    )
