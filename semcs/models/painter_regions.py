"""Regions of a picture whose maps and colours are styled each by itself, in one pass."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor

from semcs.models.painter_palette import recolouring

VARIANCE = 1e-5  # added before a division, as the published network does
WHOLE = 0.02  # of the picture's weight counts in each region's statistics: a region can be tiny


class Regions:
    """Each region's share of every pixel, at any size of map.

    Statistics are each region's own: a bright sky doesn't darken the face in front of it, and a
    region is painted about as if it were the whole picture.
    """

    def __init__(self, masks: Tensor) -> None:
        """Take (R, 1, H, W) shares that sum to 1."""
        self._masks = masks
        self._sized: dict[tuple[int, int], Tensor] = {}

    def restyle(self, maps: Tensor, scales: Tensor, shifts: Tensor) -> Tensor:
        """Normalise (1, C, h, w) in every region, then scale and shift by (R, C) each."""
        shares = self._at((maps.shape[2], maps.shape[3]))
        flat = maps[0].flatten(1)
        weights, centre = _weights(shares), flat.mean(1, keepdim=True)
        flat = flat - centre  # so that a mean of squares keeps its digits
        means = weights @ flat.T
        variances = weights @ flat.square().T - means.square()
        slopes = scales / (variances.clamp_min(0) + VARIANCE).sqrt()
        offsets = shifts - means * slopes
        return (flat * (slopes.T @ shares) + offsets.T @ shares).view_as(maps)

    def recolour(self, painted: Tensor, palettes: Tensor) -> Tensor:
        """Bring the colours of every region of (1, 3, h, w) near its palette (R, 9)."""
        shares = self._at((painted.shape[2], painted.shape[3]))
        flat = painted[0].flatten(1)
        weights = _weights(shares)
        means = weights @ flat.T
        centred = flat - means[:, :, None]
        covariances = (centred * weights[:, None]) @ centred.transpose(1, 2)
        turned = recolouring(means, covariances, palettes)
        changed = sum(
            share * (matrix @ flat + shift[:, None])
            for share, matrix, shift in zip(shares, *turned)
        )
        return changed.view_as(painted)

    def _at(self, size: tuple[int, int]) -> Tensor:
        """Shares (R, N) at a map's size, pooled from the full-size ones."""
        if size not in self._sized:
            pooled = F.interpolate(self._masks, size, mode="bilinear", antialias=True)
            self._sized[size] = pooled.flatten(1)
        return self._sized[size]


def _weights(shares: Tensor) -> Tensor:
    """Weights (R, N) of the pixels in each region's statistics; they sum to 1."""
    weights = shares + WHOLE
    return weights / weights.sum(1, keepdim=True)
