"""What the text side of the image-text model learns from, and the head that learns it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from semcs.training.data import Item
from semcs.training.edits import EDIT_FORMS, EDIT_WORDS
from semcs.training.vocabulary import STYLES, caption, color_words

PHRASES = 1024  # told apart by name in a step


class PhraseLearner(nn.Module):
    """A text head to train, and the meanings (P, 384) of each class's phrases, plain name first."""

    def __init__(self, text_head: nn.Module, class_meanings: Sequence[Tensor]) -> None:
        super().__init__()
        self.text_head = text_head
        self.class_meanings = list(class_meanings)
        self.names = torch.stack([meanings[0] for meanings in class_meanings])
        self.meanings = torch.cat(self.class_meanings)
        counts = torch.tensor([len(meanings) for meanings in class_meanings])
        self.owners = torch.arange(len(counts)).repeat_interleave(counts).to(self.meanings.device)

    def project(self, meanings: Tensor) -> Tensor:
        """Meanings (N, 384) to unit embeddings (N, 256)."""
        return F.normalize(self.text_head(meanings), dim=-1)

    def draw_texts(self, rng: np.random.Generator) -> tuple[Tensor, list[int]]:
        """Embeddings (C, 256) of one phrase for each class, and which phrases."""
        drawn = [int(rng.integers(len(m))) for m in self.class_meanings]
        meanings = [m[index] for m, index in zip(self.class_meanings, drawn)]
        return self.project(torch.stack(meanings)), drawn

    def name_loss(
        self, scale: float | Tensor, rng: np.random.Generator, *, shake: float = 0.0
    ) -> Tensor:
        """Cross-entropy of phrases among the plain names of all classes.

        Args:
            scale: What cosines are multiplied with.
            rng: Draws the phrases.
            shake: Deviation of noise on each of a meaning's numbers, for wordings never seen.
        """
        drawn = rng.choice(len(self.meanings), PHRASES, replace=False)
        meanings = self.meanings[drawn]
        if shake:
            noise = torch.from_numpy(rng.normal(size=meanings.shape)).to(meanings)
            meanings = F.normalize(meanings + shake * noise, dim=-1)
        cosines = self.project(meanings) @ self.project(self.names).T
        return F.cross_entropy(scale * cosines, self.owners[drawn])

    def edit_loss(
        self,
        moves: Tensor,
        photo: Tensor,
        meanings: Sequence[Tensor],
        words: Tensor,
        scale: float | Tensor,
        rng: np.random.Generator,
    ) -> Tensor:
        """Tell by which word photos were edited, and move along with it.

        Args:
            moves: (B, 256) unit directions from a photo to its edit.
            photo: (1, 256) embedding of "a photo".
            meanings: Of the phrases of each word of `EDIT_WORDS`, one of which is drawn.
            words: (B,) indices.
            scale: What cosines are multiplied with.
            rng: Draws the phrases.
        """
        drawn = torch.stack([m[int(rng.integers(len(m)))] for m in meanings])
        cosines = moves @ F.normalize(self.project(drawn) - photo, dim=-1).T
        by_word = F.cross_entropy(scale * cosines, words)
        return by_word + (1 - cosines.gather(1, words[:, None])).mean()


@torch.no_grad()
def meanings_of(trunk: nn.Module, texts: list[str]) -> Tensor:
    """Sentence meanings (N, 384), a thousand texts at a time."""
    return torch.cat([trunk(texts[i : i + 1000]) for i in range(0, len(texts), 1000)])


def meanings_of_edits(trunk: nn.Module) -> list[Tensor]:
    """Meanings of the phrases of each word of `EDIT_WORDS`."""
    return [meanings_of(trunk, [form.format(word) for form in EDIT_FORMS]) for word in EDIT_WORDS]


@dataclass(frozen=True)
class Scenes:
    """What people wrote about each photo, as meanings: (T, 384) each, T may be 0."""

    meanings: list[Tensor]

    @classmethod
    def collect(cls, photos: list[Item], held_out: set[Path], trunk: nn.Module) -> Scenes:
        """Captions where there are some, or "a photo of a LABEL"; nothing of those held out."""
        told = [[] if photo.path in held_out else texts_about(photo) for photo in photos]
        flat = meanings_of(trunk, [text for texts in told for text in texts])
        return cls(list(flat.split([len(texts) for texts in told])))

    def draw_photos(self, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Photos that have texts; half of them such that people wrote several about."""
        written = np.array([len(m) for m in self.meanings])
        by_people = rng.choice(np.flatnonzero(written > 1), count // 2, replace=False)
        others = rng.choice(np.flatnonzero(written == 1), count - count // 2, replace=False)
        return np.concatenate([by_people, others])

    def draw_texts(self, photos: NDArray[np.intp], rng: np.random.Generator) -> Tensor:
        """The meaning of one text about each photo, (K, 384)."""
        return torch.stack(
            [self.meanings[p][int(rng.integers(len(self.meanings[p])))] for p in photos]
        )


def texts_about(photo: Item) -> list[str]:
    """What is known of a photo, in sentences."""
    if photo.captions:
        return list(photo.captions)
    return [f"a photo of a {photo.label}"] if photo.label else []


def colored_captions(images: NDArray[np.uint8], styles: NDArray[np.int64], seed: int) -> list[str]:
    """A caption of each rendering that names its style and, mostly, its colours."""
    rng = np.random.default_rng(seed)
    names = list(STYLES)
    captions = []
    for image, style in zip(images, styles):
        words = color_words(image.astype(np.float32) / 255)
        count = min(len(words), int(rng.integers(0, 3)))
        words = [words[i] for i in sorted(rng.choice(len(words), count, replace=False))]
        captions.append(caption(names[style], rng, color_words=words))
    return captions


def matching_loss(logits: Tensor) -> Tensor:
    """Symmetric InfoNCE: row i belongs to column i."""
    labels = torch.arange(len(logits), device=logits.device)
    return (F.cross_entropy(logits, labels) + F.cross_entropy(logits.T, labels)) / 2
