"""Photos whose colours or light are edited, and the words that say how.

A renderer changes texture and colours together, so that the embeddings of an image encoder trained
on renderings alone hardly change when a photo is merely darkened or tinted. These edits show what
words of colour and light mean by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from semcs.training.vocabulary import COLOR_WORDS, LIGHT_WORDS

EDIT_WORDS = (*COLOR_WORDS, *LIGHT_WORDS)
EDIT_FORMS = (
    "{}",
    "a {} photo",
    "a {} picture",
    "{} tones",
    "everything {}",
    "{} light",
    "very {}",
)


@dataclass(frozen=True)
class Edits:
    """Edited photos (B, 3, H, W), and the index of each one's word in `EDIT_WORDS`."""

    pictures: Tensor
    words: Tensor


def draw_edits(photos: Tensor, rng: np.random.Generator) -> Edits:
    """Edit each of (B, 3, H, W) photos, RGB in [0, 1], by a random word."""
    words = rng.integers(len(EDIT_WORDS), size=len(photos))
    edited = [edit(photo, EDIT_WORDS[word], rng) for photo, word in zip(photos, words)]
    return Edits(torch.stack(edited), torch.from_numpy(words).to(photos.device))


def edit(photo: Tensor, word: str, rng: np.random.Generator) -> Tensor:
    """Make a photo (3, H, W) what the word says, by a random amount."""
    grey = photo.mean(0, keepdim=True)
    if word in COLOR_WORDS:
        anchors = COLOR_WORDS[word]
        color = photo.new_tensor(anchors[rng.integers(len(anchors))])[:, None, None] / 255
        if rng.random() < 0.5:
            goal = color.expand_as(photo)
            amount = rng.uniform(0.3, 0.8)
        else:  # from black through the colour to white
            goal = torch.where(grey < 0.5, 2 * grey * color, 1 - 2 * (1 - grey) * (1 - color))
            amount = rng.uniform(0.6, 1.0)
    else:
        cast = photo.new_tensor([1.35, 1.0, 0.6])[:, None, None]
        goal = {
            "dark": 0.15 * photo,
            "bright": 1 - 0.25 * (1 - photo),
            "pale": 0.35 + 0.5 * grey + 0.15 * photo,
            "vivid": grey + 2.5 * (photo - grey),
            "warm": photo * cast,
            "cold": photo * cast.flip(0),
        }[word]
        amount = rng.uniform(0.5, 1.0)
    return (photo + amount * (goal - photo)).clamp(0, 1)
