"""How alike the statistics of two feature maps are, channel by channel, as in DISTS."""

from __future__ import annotations

import torch
from torch import Tensor

from semcs.metrics.inputs import region_mean

STABILISER = 1e-6


def similarities(these: Tensor, those: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """Texture and structure similarity of each channel (Ding et al. 2020, eqs. 4 and 5).

    Args:
        these: (B, C, h, w).
        those: (B, C, h, w).
        mask: (B, 1, H, W) or (1, 1, H, W) weights of the means, variances and covariances; the
            whole map by default. For one pair, (R, 1, H, W) gives R answers.

    Returns:
        (B, C) similarity of the means, and (B, C) of what remains without them; 1 where equal.
    """
    if mask is not None and len(mask) > len(these):  # one by one, for the memory's sake
        regions = [similarities(these, those, region[None]) for region in mask]
        texture, structure = (torch.cat(kind) for kind in zip(*regions))
        return texture, structure
    mean, other_mean = region_mean(these, mask), region_mean(those, mask)
    rest, other_rest = these - mean[..., None, None], those - other_mean[..., None, None]
    variances = region_mean(rest.square(), mask) + region_mean(other_rest.square(), mask)
    covariance = region_mean(rest * other_rest, mask)
    texture = _ratio(2 * mean * other_mean, mean.square() + other_mean.square())
    return texture, _ratio(2 * covariance, variances)


def _ratio(over: Tensor, under: Tensor) -> Tensor:
    return (over + STABILISER) / (under + STABILISER)
