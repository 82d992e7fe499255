"""Partial renderings: pictures between a photo and its rendering.

An image encoder that has only seen photos and finished renderings has a loss that stays flat until
a picture is nearly a rendering, so that its gradients don't paint. It learns from these, too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

WHOLE, BLENDED, RECOLORED, MIXED = range(4)
SHARES = (0.40, 0.28, 0.16, 0.16)


@dataclass(frozen=True)
class PartialRenderings:
    """Pictures, and which styles they show how far.

    Attributes:
        pictures: (B, 3, H, W) RGB in [0, 1].
        styles: (B, S) how much of a picture's look is which style's, rows sum to 1.
        amounts: (B,) in (0, 1], how far each is rendered.
    """

    pictures: Tensor
    styles: Tensor
    amounts: Tensor


def partial_renderings(
    photos: Tensor, rendered: Tensor, styles: Tensor, rng: np.random.Generator
) -> PartialRenderings:
    """Make each rendering one of four kinds, drawn anew.

    - whole: the rendering as it is;
    - blended with its photo;
    - recolored: the photo, blended with itself in the rendering's colours;
    - mixed: the rendering in the colours of the next one, half of the one style and half of the
      other.

    Args:
        photos: (B, 3, H, W) crops.
        rendered: (B, 3, H, W), the same crops in styles.
        styles: (B, S) one-hot.
        rng: Draws kinds and amounts.
    """
    count, device = len(photos), photos.device
    kinds = torch.from_numpy(rng.choice(4, count, p=SHARES)).to(device)
    blends = torch.from_numpy(rng.uniform(0.1, 1.0, count)).float().to(device)
    amounts = torch.where((kinds == BLENDED) | (kinds == RECOLORED), blends, 1.0)
    next_one = rendered.roll(-1, 0)

    def where(kind: int, pictures: Tensor, otherwise: Tensor) -> Tensor:
        return torch.where((kinds == kind)[:, None, None, None], pictures, otherwise)

    goal = where(RECOLORED, in_colors_of(rendered, photos), rendered)
    goal = where(MIXED, in_colors_of(next_one, rendered), goal)
    halves = (styles + styles.roll(-1, 0)) / 2
    return PartialRenderings(
        pictures=photos + amounts[:, None, None, None] * (goal - photos),
        styles=torch.where((kinds == MIXED)[:, None], halves, styles),
        # Colours are a half of a style at most.
        amounts=torch.where(kinds == RECOLORED, amounts / 2, amounts),
    )


def in_colors_of(models: Tensor, pictures: Tensor) -> Tensor:
    """Pictures (B, 3, H, W) with the mean and deviation of each channel of their models."""

    def statistics(images: Tensor) -> tuple[Tensor, Tensor]:
        return images.mean((2, 3), keepdim=True), images.std((2, 3), keepdim=True) + 0.02

    (mean, spread), (new_mean, new_spread) = statistics(pictures), statistics(models)
    return ((pictures - mean) / spread * new_spread + new_mean).clamp(0, 1)
