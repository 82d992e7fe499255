"""Adversarial examples: photos that an optimiser pushes toward a text's direction.

An encoder that has only seen photos and paintings may like a photo that was pushed along its own
gradients better than a painting. So a pool of photo crops is pushed toward the looks while the
encoder learns, and it has to find each of them worse than the painting of the same crop in the
same look. Every example is pushed for a random number of rounds and then replaced by a new crop,
so that the pool always has weakly and strongly pushed ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from semcs.models.families import BUNDLED_SETTINGS
from semcs.style.losses import DirectionalLoss
from semcs.style.presets import PRESETS
from semcs.style.stylenet import without_blocks

POOL, BATCH = 192, 12
PUSHES = 2  # in a round
MOST_ROUNDS = 14
PUSH_LENGTH = 0.025  # root mean square of a push's change, pixels in [0, 1]
MARGIN = 0.15  # by which a painting's loss has to be the smaller

Encoder = Callable[[Tensor], Tensor]
DrawPairs = Callable[[int, np.random.Generator], "Pairs"]


@dataclass(frozen=True)
class Pairs:
    """Crops of photos, and the same crops painted.

    Attributes:
        photos: (B, 3, S, S) RGB in [0, 1].
        paintings: (B, 3, S, S) RGB in [0, 1].
        styles: (B,) indices of the looks.
    """

    photos: Tensor
    paintings: Tensor
    styles: Tensor


class AdversarialExamples:
    """The pool: crops of photos, their paintings, and what has been added to the photos."""

    def __init__(self, draw: DrawPairs, seed: int) -> None:
        """Fill the pool.

        Args:
            draw: Gives so many pairs.
            seed: Of the first draw.
        """
        rng = np.random.default_rng((seed, 1))
        self.draw = draw
        pairs = draw(POOL, rng)
        self.photos, self.paintings, self.styles = pairs.photos, pairs.paintings, pairs.styles
        self.changes = torch.zeros_like(self.photos)
        self.rounds_left = rng.integers(1, MOST_ROUNDS + 1, POOL)

    def loss(self, encoder: Encoder, text_directions: Tensor, rng: np.random.Generator) -> Tensor:
        """Push some of the pool, then ask that the encoder prefers their paintings.

        Args:
            encoder: Images (B, 3, S, S) to unit embeddings.
            text_directions: (L, D) of the looks' texts.
            rng: Of the step.
        """
        chosen = torch.from_numpy(rng.choice(POOL, BATCH, replace=False))
        directional = directional_loss(text_directions)
        photos, styles = self.photos[chosen], self.styles[chosen]
        with torch.no_grad():
            sources = encoder(photos)

        def loss_of(pushed: Tensor) -> Tensor:
            return directional(encoder(pushed), sources, styles).sum()

        changes = push(loss_of, photos, self.changes[chosen])
        self.changes[chosen] = changes
        pushed = (photos + changes).clamp(0, 1)
        embedded = encoder(torch.cat([pushed, self.paintings[chosen], photos])).split(BATCH)
        of_pushed, of_paintings = (
            directional(outputs, embedded[2], styles) for outputs in embedded[:2]
        )
        self._renew(chosen.numpy(), rng)
        return F.relu(of_paintings - of_pushed + MARGIN).mean()

    def _renew(self, chosen: NDArray[np.intp], rng: np.random.Generator) -> None:
        """Replace those whose rounds are over."""
        self.rounds_left[chosen] -= 1
        done = torch.from_numpy(chosen[self.rounds_left[chosen] <= 0])
        if not len(done):
            return
        new = self.draw(len(done), rng)
        self.photos[done], self.paintings[done] = new.photos, new.paintings
        self.styles[done] = new.styles
        self.changes[done] = 0
        self.rounds_left[done.numpy()] = rng.integers(1, MOST_ROUNDS + 1, len(done))


def directional_loss(text_directions: Tensor) -> DirectionalLoss:
    """The loss of preset "semcs" with the bundled models, all looks being rivals."""
    preset = PRESETS["semcs"].resolve(BUNDLED_SETTINGS)
    return DirectionalLoss(
        text_directions, rivals=text_directions.detach(), rival_share=preset.losses.rival_share
    )


def push(loss_of: Callable[[Tensor], Tensor], photos: Tensor, changes: Tensor) -> Tensor:
    """Go a round of steps down the loss of photos (B, 3, S, S) with changes added.

    Returns:
        The new changes (B, 3, S, S), smooth as a StyleNet's.
    """
    for _ in range(PUSHES):
        moved = changes.detach().requires_grad_()
        (gradient,) = torch.autograd.grad(loss_of((photos + moved).clamp(0, 1)), moved)
        step = without_blocks(gradient)
        size = step.square().mean((1, 2, 3), keepdim=True).sqrt().clamp(min=1e-8)
        changes = (changes - PUSH_LENGTH * step / size).detach()
    return changes
