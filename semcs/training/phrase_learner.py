"""The text side of the image-text model in training.

A text's meaning is its sentence embedding by the frozen trunk (384 numbers). The text head, which
is trained here, carries meanings into the space (256 numbers) that texts share with images.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.training.edits import EDIT_FORMS, EDIT_WORDS
from semcs.training.losses import direction_loss, unit_directions

PHRASES = 1024  # classified in a step
TEXTS_AT_ONCE = 1000


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
        self, scale: float | Tensor, rng: np.random.Generator, *, noise: float = 0.0
    ) -> Tensor:
        """Cross-entropy of phrases among the plain names of all classes.

        Args:
            scale: What cosines are multiplied with.
            rng: Draws the phrases.
            noise: Deviation of noise on each of a meaning's numbers, for wordings never seen.
        """
        drawn = rng.choice(len(self.meanings), PHRASES, replace=False)
        meanings = self.meanings[drawn]
        if noise:
            added = torch.from_numpy(rng.normal(size=meanings.shape)).to(meanings)
            meanings = F.normalize(meanings + noise * added, dim=-1)
        cosines = self.project(meanings) @ self.project(self.names).T
        return F.cross_entropy(scale * cosines, self.owners[drawn])

    def edit_loss(
        self,
        directions: Tensor,
        photo: Tensor,
        meanings: Sequence[Tensor],
        words: Tensor,
        scale: float | Tensor,
        rng: np.random.Generator,
    ) -> Tensor:
        """`direction_loss` of edited photos with the words that say how they were edited.

        Args:
            directions: (B, 256), unit, from the photos to their edits.
            photo: (1, 256) embedding of "a photo".
            meanings: Of the phrases of each word of `EDIT_WORDS`, one of which is drawn.
            words: (B,) indices.
            scale: What cosines are multiplied with.
            rng: Draws the phrases.
        """
        drawn = torch.stack([m[int(rng.integers(len(m)))] for m in meanings])
        text_directions = unit_directions(self.project(drawn), photo)
        return direction_loss(directions @ text_directions.T, words, scale)


@torch.no_grad()
def meanings_of(trunk: nn.Module, texts: Sequence[str]) -> Tensor:
    """Sentence meanings (N, 384)."""
    starts = range(0, len(texts), TEXTS_AT_ONCE)
    return torch.cat([trunk(texts[start : start + TEXTS_AT_ONCE]) for start in starts])


def meanings_of_edits(trunk: nn.Module) -> list[Tensor]:
    """Meanings of the phrases of each word of `EDIT_WORDS`."""
    return [meanings_of(trunk, [form.format(word) for form in EDIT_FORMS]) for word in EDIT_WORDS]
