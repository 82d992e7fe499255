"""Captions of photos, by people, and of renderings, generated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from semcs.training.crops import RenderedCrops
from semcs.training.data import Item
from semcs.training.phrase_learner import meanings_of
from semcs.training.vocabulary import STYLES, caption, color_words


@dataclass(frozen=True)
class PhotoCaptions:
    """Meanings (T, 384) of the T texts about each photo; T may be 0."""

    meanings: list[Tensor]

    @classmethod
    def collect(
        cls, photos: Sequence[Item], held_out: set[Path], trunk: nn.Module
    ) -> PhotoCaptions:
        """Captions where there are some, or "a photo of a LABEL"; nothing of those held out."""
        texts = [[] if photo.path in held_out else texts_about(photo) for photo in photos]
        flat = meanings_of(trunk, [text for of_photo in texts for text in of_photo])
        return cls(list(flat.split([len(of_photo) for of_photo in texts])))

    def draw_photos(self, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Photos that have texts; half of them such that people wrote several about."""
        counts = np.array([len(m) for m in self.meanings])
        by_people = rng.choice(np.flatnonzero(counts > 1), count // 2, replace=False)
        others = rng.choice(np.flatnonzero(counts == 1), count - count // 2, replace=False)
        return np.concatenate([by_people, others])

    def draw_texts(self, photos: NDArray[np.intp], rng: np.random.Generator) -> Tensor:
        """The meaning of one text about each of the chosen photos, (K, 384)."""
        return torch.stack(
            [self.meanings[p][int(rng.integers(len(self.meanings[p])))] for p in photos]
        )


def texts_about(photo: Item) -> list[str]:
    """The captions of a photo, or a sentence about its label, or nothing."""
    if photo.captions:
        return list(photo.captions)
    return [f"a photo of a {photo.label}"] if photo.label else []


def rendering_captions(crops: RenderedCrops, seed: int) -> list[str]:
    """A caption of each rendering that names its style and, mostly, its colours."""
    rng = np.random.default_rng(seed)
    names = list(STYLES)
    captions = []
    for image, style in zip(crops.rendered, crops.styles):
        words = color_words(image.astype(np.float32) / 255)
        count = min(len(words), int(rng.integers(0, 3)))
        words = [words[i] for i in sorted(rng.choice(len(words), count, replace=False))]
        captions.append(caption(names[style], rng, color_words=words))
    return captions
