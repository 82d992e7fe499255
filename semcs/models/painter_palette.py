"""Palettes: mean and spread of a picture's colours, and how to bring a painting near them.

A painting network of this size mutes the colours of its style; a linear map of colours gives them
back (the linear Monge-Kantorovich mapping, Pitié & Kokaram 2007).
"""

from __future__ import annotations

import torch
from torch import Tensor

PALETTE = 9
"""Numbers of a palette: the mean colour, and the upper triangle of the spread's square root."""

MOST_GAIN = 2.0  # of contrast: a flat sky stays free of blotches
LEAST_VARIANCE = 1e-4
_UPPER = ((0, 0, 0, 1, 1, 2), (0, 1, 2, 1, 2, 2))


def palette_of(picture: Tensor) -> Tensor:
    """The palette (1, 9) of a picture (1, 3, h, w)."""
    colours = picture[0].flatten(1)
    mean = colours.mean(1, keepdim=True)
    spread = square_root((colours - mean) @ (colours - mean).T / colours.shape[1])
    return torch.cat([mean[:, 0], spread[_UPPER]])[None]


def recolouring(means: Tensor, covariances: Tensor, palettes: Tensor) -> tuple[Tensor, Tensor]:
    """Matrices (R, 3, 3) and shifts (R, 3) that carry colours to palettes.

    Args:
        means: (R, 3) of the colours as they are.
        covariances: (R, 3, 3) of the colours as they are.
        palettes: (R, 9) of the colours as they should be.
    """
    spread = palettes.new_zeros(len(palettes), 3, 3)
    spread[:, _UPPER[0], _UPPER[1]] = spread[:, _UPPER[1], _UPPER[0]] = palettes[:, 3:]
    root = square_root(covariances + LEAST_VARIANCE * torch.eye(3).to(covariances))
    back = torch.linalg.inv(root)
    matrices = back @ square_root(root @ spread @ spread @ root) @ back
    gains, axes = torch.linalg.eigh(matrices)
    matrices = (axes * gains.clamp_max(MOST_GAIN)[:, None]) @ axes.transpose(1, 2)
    return matrices, palettes[:, :3] - (matrices @ means[..., None])[..., 0]


def square_root(matrices: Tensor) -> Tensor:
    """Square roots of symmetric matrices (..., 3, 3) that have no negative eigenvalue."""
    values, axes = torch.linalg.eigh(matrices)
    return (axes * values.clamp_min(0).sqrt()[..., None, :]) @ axes.transpose(-1, -2)
