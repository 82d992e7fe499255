"""Directions of texts in embedding space: the sentences around them, and where they start."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.errors import InputError
from semcs.models.interfaces import ImageTextModel

SOURCE_TEXT = "a photo"
MIN_DIRECTION_NORM = 0.2
"""Changes of an embedding shorter than this count as this long: they have no direction yet."""

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
    """The text without surrounding space; InputError where nothing is left."""
    if not isinstance(text, str):
        kind = type(text).__name__
        raise InputError(f"{what} is {kind}: say how it should look, such as 'watercolor'")
    if not text.strip():
        raise InputError(f"{what} is empty: say how it should look, such as 'watercolor'")
    return text.strip()


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
    """ΔT of each text, (T, D): its embedding minus that of "a photo"."""
    embedded = embed_texts(clip, [SOURCE_TEXT, *texts], templates)
    return embedded[1:] - embedded[:1]


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
