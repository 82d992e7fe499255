"""Pictures that please the image encoder without being painted: what an optimiser makes of photos.

An encoder that has only seen photos and paintings may like a photo that was pushed uphill on its
own gradients better than a painting. So a pool of photo crops is pushed toward the looks while the
encoder learns, and it has to find each of them worse than the painting of the same crop in the
same look. Every picture of the pool is pushed for a random number of rounds and then begun anew, so
that weak and strong ones are there at any time.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from semcs.style.losses import DirectionalLoss
from semcs.style.stylenet import without_blocks

POOL, BATCH = 192, 12
PUSHES = 2  # in a round
MOST_ROUNDS = 14
LENGTH = 0.025  # root mean square of a push's change, pixels in [0, 1]
MARGIN = 0.15  # by which a painting's loss has to be the smaller
RIVAL_SHARE = 0.7  # as in preset "semcs" with the bundled models

Encoder = Callable[[Tensor], Tensor]


class Adversaries:
    """The pool: crops of photos, their paintings, and what has been added to the photos."""

    def __init__(
        self, draw: Callable[[int, np.random.Generator], tuple[Tensor, Tensor, Tensor]], seed: int
    ) -> None:
        """Fill the pool.

        Args:
            draw: Gives as many photos (B, 3, S, S), their paintings and the looks' indices (B,).
            seed: Of the first draw.
        """
        rng = np.random.default_rng((seed, 1))
        self.draw = draw
        self.photos, self.paintings, self.styles = draw(POOL, rng)
        self.changes = torch.zeros_like(self.photos)
        self.rounds_left = rng.integers(1, MOST_ROUNDS + 1, POOL)

    def loss(self, encoder: Encoder, moves: Tensor, rng: np.random.Generator) -> Tensor:
        """Push some of the pool, then ask that the encoder prefers their paintings.

        Args:
            encoder: Images (B, 3, S, S) to unit embeddings.
            moves: (L, D) direction of each look's text.
            rng: Of the step.
        """
        chosen = torch.from_numpy(rng.choice(POOL, BATCH, replace=False))
        directional = DirectionalLoss(moves, rivals=moves.detach(), rival_share=RIVAL_SHARE)
        photos, styles = self.photos[chosen], self.styles[chosen]
        with torch.no_grad():
            sources = encoder(photos)
        changes = self._pushed(encoder, directional, photos, sources, styles, self.changes[chosen])
        self.changes[chosen] = changes
        pushed = (photos + changes).clamp(0, 1)
        seen = encoder(torch.cat([pushed, self.paintings[chosen], photos]))
        liked, painted, source = seen.split(BATCH)
        losses = [directional(one, source, styles) for one in (liked, painted)]
        self._renew(chosen.numpy(), rng)
        return F.relu(losses[1] - losses[0] + MARGIN).mean()

    def _pushed(
        self,
        encoder: Encoder,
        directional: DirectionalLoss,
        photos: Tensor,
        sources: Tensor,
        styles: Tensor,
        changes: Tensor,
    ) -> Tensor:
        """Changes (B, 3, S, S) after a round of steps downhill, smooth as a StyleNet's."""
        for _ in range(PUSHES):
            moved = changes.detach().requires_grad_()
            embedded = encoder((photos + moved).clamp(0, 1))
            loss = directional(embedded, sources, styles).sum()
            (gradient,) = torch.autograd.grad(loss, moved)
            step = without_blocks(gradient)
            size = step.square().mean((1, 2, 3), keepdim=True).sqrt().clamp(min=1e-8)
            changes = (changes - LENGTH * step / size).detach()
        return changes

    def _renew(self, chosen: NDArray[np.intp], rng: np.random.Generator) -> None:
        """Begin those anew whose rounds are over."""
        self.rounds_left[chosen] -= 1
        done = torch.from_numpy(chosen[self.rounds_left[chosen] <= 0])
        if not len(done):
            return
        self.photos[done], self.paintings[done], self.styles[done] = self.draw(len(done), rng)
        self.changes[done] = 0
        self.rounds_left[done.numpy()] = rng.integers(1, MOST_ROUNDS + 1, len(done))
