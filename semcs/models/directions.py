"""Directions of texts in embedding space: the sentences around them, and where they start."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.errors import InputError
from semcs.models.interfaces import ImageTextModel

SOURCE_TEXT = "a photo"
MIN_DIRECTION_NORM = 0.2
"""Changes of an embedding shorter than this count as this long: they have no direction yet."""

MOST_LETTERS = 1000  # of a text: what is longer is no description of a look
MOST_QUOTED = 60  # letters of a text that messages repeat
MANY_WORDS = 15  # a text of fewer fits every text encoder, templates and all
SAME = 1e-5  # embeddings that differ by less in each value are of what is read as one text

_log = logging.getLogger("semcs")

# Averaging over many ways to say it takes the wording out of an embedding (Radford et al. 2021).
# The list is our own. It varies what the published one varies: medium, quality, light, size,
# number, cropping, and art forms.
_MEDIA = (
    "photo", "picture", "image", "painting", "drawing", "sketch", "rendering", "sculpture",
    "cartoon", "illustration", "tattoo", "print", "close-up", "snapshot", "video frame",
)  # fmt: skip
_QUALITIES = (
    "", "good ", "bad ", "clean ", "dirty ", "blurry ", "sharp ", "bright ", "dark ", "cropped ",
    "low resolution ", "black and white ", "jpeg corrupted ", "large ", "small ", "weird ",
    "nice ", "cool ",
)  # fmt: skip


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"


TEMPLATES: tuple[str, ...] = (
    *(f"a {quality}photo of {{}}." for quality in _QUALITIES),
    *(f"a {quality}photo of the {{}}." for quality in _QUALITIES),
    *(f"{_article(medium)} {medium} of a {{}}." for medium in _MEDIA),
    *(f"the {medium} of the {{}}." for medium in _MEDIA),
    "a photo of many {}.",
    "a photo of one {}.",
    "a photo of my {}.",
    "a photo of a hard to see {}.",
    "itap of a {}.",
    "itap of my {}.",
    "art of {}.",
    "{} in a video game.",
    "{} as an origami.",
    "{} in embroidery.",
    "a toy {}.",
    "a plastic {}.",
    "a doodle of a {}.",
)
"""79 sentences around a style, for models trained on captions from the web."""

BARE = ("{}",)
"""The text alone."""

PLAIN: tuple[str, ...] = ("{}", "{} style", "in the style of {}", "made of {}", "a picture of {}")
"""A few phrases, for the bundled model, which was trained on style phrases."""


def check_text(text: object, what: str = "text") -> str:
    """The text without surrounding space.

    Raises:
        InputError: If it is no text, holds no character that can be seen, has more than
            `MOST_LETTERS`, or holds bytes that aren't UTF-8.
    """
    if not isinstance(text, str):
        kind = type(text).__name__
        raise InputError(f"{what} is {kind}: say how it should look, such as 'watercolor'")
    said = text.strip()
    if len(said) > MOST_LETTERS:
        raise InputError(f"{what} has {len(said):,} letters: at most {MOST_LETTERS:,} are read")
    # Categories C and Z of Unicode are controls, marks of direction, joiners and spaces.
    if all(unicodedata.category(character)[0] in "CZ" for character in said):
        raise InputError(f"{what} is empty: say how it should look, such as 'watercolor'")
    if not said.isascii() and any(unicodedata.category(character) == "Cs" for character in said):
        raise InputError(f"{what} is {said!a}: it holds bytes that aren't UTF-8")
    return said


@torch.no_grad()
def embed_texts(
    clip: ImageTextModel, texts: Sequence[str], templates: Sequence[str] = TEMPLATES
) -> Tensor:
    """Mean embeddings (T, D) of texts in all templates, of unit length."""
    embedded = clip.encode_text([t.format(text) for text in texts for t in templates])
    return F.normalize(embedded.unflatten(0, (len(texts), len(templates))).mean(1), dim=1)


def text_directions(
    clip: ImageTextModel, texts: Sequence[str], templates: Sequence[str] = TEMPLATES
) -> Tensor:
    """ΔT of each text, (T, D): its embedding minus that of "a photo".

    A text whose end the model doesn't read, as it is too long for it, is warned of.

    Raises:
        InputError: If the model reads nothing of a text: one in a script that it doesn't know
            embeds as no text does.
    """
    for text in texts:
        _check_read(clip, text, templates[-1])
    embedded = embed_texts(clip, [SOURCE_TEXT, *texts], templates)
    return embedded[1:] - embedded[:1]


@torch.no_grad()
def _check_read(clip: ImageTextModel, text: str, template: str) -> None:
    """Compare a doubtful text's embedding with that of no text, and of all but its last word.

    Every model reads ASCII letters and digits, and as many words as captions have.
    """
    words = text.split()
    is_strange = not any(c.isascii() and c.isalnum() for c in text)
    if not is_strange and len(words) < MANY_WORDS:
        return
    others = ["", " ".join(words[:-1])]
    own, nothing, shorter = clip.encode_text([template.format(t) for t in (text, *others)])
    if is_strange and torch.allclose(own, nothing, atol=SAME):
        raise InputError(f"the text encoder reads nothing of {_quoted(text)}: try it in English")
    if len(words) >= MANY_WORDS and torch.allclose(own, shorter, atol=SAME):
        _log.warning("the text encoder doesn't read the end of %s: it is too long", _quoted(text))


def _quoted(text: str) -> str:
    return repr(text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…")


def cosines(these: Tensor, those: Tensor) -> Tensor:
    """Cosine of every pair of (A, D) and (B, D), as of `cosine`: (A, B)."""
    return as_directions(these) @ as_directions(those).T


def cosine(these: Tensor, those: Tensor) -> Tensor:
    """Cosine of each of (B, D) with its own of (B, D), (B,).

    Vectors shorter than `MIN_DIRECTION_NORM` count as that long, and the gradient is that of this
    value: torch's `cosine_similarity` gives half of it there.
    """
    return (as_directions(these) * as_directions(those)).sum(-1)


def as_directions(moves: Tensor) -> Tensor:
    """Vectors (B, D) over their lengths, or over `MIN_DIRECTION_NORM` where that is more."""
    return F.normalize(moves, dim=-1, eps=MIN_DIRECTION_NORM)
