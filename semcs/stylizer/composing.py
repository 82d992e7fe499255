"""The photo and the regions' pictures put together at full size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from semcs.image import to_array, to_tensor
from semcs.image.foreground_colours import estimate_foreground
from semcs.style.regions import bands, composite, weigh

Array = NDArray[np.float32]


def compose(
    photo: Array, pictures: Sequence[Array], shares: Tensor, strengths: Sequence[float]
) -> Array:
    """The photo with each region's picture where its share is, band by band.

    Where a region that keeps its pixels has a soft edge to a painted one, the photo's pixels hold
    some of the old background: what is kept there are the estimated colours of the kept side alone.
    Pixels that no painted region touches are those of the photo, bit for bit.

    Args:
        photo: (H, W, 3) RGB in [0, 1].
        pictures: Each painted region's, (H, W, 3) RGB in [0, 1].
        shares: (R, 1, H, W) of the painted regions, summing to at most 1.
        strengths: R numbers in [0, 1].

    Returns:
        (H, W, 3) RGB in [0, 1].
    """
    if not pictures:
        return photo
    kept = _kept_colors(photo, shares)
    composed = np.empty_like(photo)
    for rows in bands(*photo.shape[:2]):
        styled = torch.cat([to_tensor(picture[rows]) for picture in pictures])
        share = shares[..., rows, :]
        band = composite(to_tensor(photo[rows]), styled, share, strengths)
        if kept is not None:
            band += _rim(share, strengths) * (to_tensor(kept[rows]) - to_tensor(photo[rows]))
        composed[rows] = to_array(band.clamp_(0, 1))
    return composed


def _kept_colors(photo: Array, shares: Tensor) -> Array | None:
    """The photo's colours without what is painted over; None where no edge is soft."""
    kept = (1 - shares.sum(0)[0]).clamp_(0, 1)
    if not ((kept > 0) & (kept < 1)).any() or not (kept == 1).any():
        return None
    return estimate_foreground(photo, kept.numpy())


def _rim(shares: Tensor, strengths: Sequence[float]) -> Tensor:
    """How much of the estimated colours shows at each pixel, (1, 1, H, W).

    Their share is what no painted region takes, as far as the painted ones beside them show.
    """
    painted = shares.sum(0, keepdim=True)
    shown = weigh(shares, strengths).sum(0, keepdim=True) / painted.clamp(min=1e-6)
    return (1 - painted).clamp(min=0) * shown * (painted > 0)
