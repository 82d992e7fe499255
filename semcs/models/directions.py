"""Texts to directions: what to say to the text tower, and how the source is called."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.errors import InputError
from semcs.models.interfaces import ImageTextModel

SOURCE_TEXT = "a photo"

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

PLAIN: tuple[str, ...] = ("{}", "{} style", "in the style of {}", "made of {}", "a picture of {}")
"""A few phrases, for the bundled model, which was trained on style phrases."""


def check_text(text: object, what: str = "text") -> str:
    """The text without surrounding space; InputError where nothing is left."""
    if not isinstance(text, str):
        raise InputError(f"{what} is {type(text).__name__}, not a text such as 'watercolor'")
    if not text.strip():
        raise InputError(f"{what} is empty: say how it should look, such as 'watercolor'")
    return text.strip()


@torch.no_grad()
def embed_text(clip: ImageTextModel, text: str, templates: Sequence[str] = TEMPLATES) -> Tensor:
    """Mean embedding (D,) of a text in all templates, of unit length."""
    embeddings = clip.encode_text([template.format(text) for template in templates])
    return F.normalize(embeddings.mean(0), dim=0)


def text_directions(
    clip: ImageTextModel, texts: Sequence[str], templates: Sequence[str] = TEMPLATES
) -> Tensor:
    """ΔT of each text, (R, D): its embedding minus that of "a photo"."""
    source = embed_text(clip, SOURCE_TEXT, templates)
    return torch.stack([embed_text(clip, text, templates) - source for text in texts])


@torch.no_grad()
def name_directions(clip: ImageTextModel, names: Sequence[str]) -> Tensor:
    """ΔT of many plain names at once, (N, D), without templates."""
    return clip.encode_text(names) - clip.encode_text([SOURCE_TEXT])
