"""Pixels that can't be seen count for nothing: what lies under alpha 0 is filled from around it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]


def fill_hidden(rgb: Array, alpha: Array | None) -> Array:
    """The picture with the visible colours carried on into its invisible pixels.

    The colours that an editor left under alpha 0 then reach neither features nor edges, strokes
    nor statistics.

    Args:
        rgb: (H, W, 3) in [0, 1].
        alpha: (H, W) in [0, 1], or None where everything is visible.

    Returns:
        (H, W, 3) in [0, 1], its visible pixels untouched; grey throughout where nothing is
        visible, and the picture itself where all is.
    """
    if alpha is None or (alpha > 0).all():
        return rgb
    hidden = alpha <= 0
    if hidden.all():
        return np.full_like(rgb, 0.5)
    filled = carry_on(rgb, ~hidden)
    return np.where(hidden[..., None], filled, rgb).astype(rgb.dtype, copy=False)


def hide(mask: npt.NDArray[Any], alpha: Array | None) -> npt.NDArray[Any]:
    """A mask (H, W) that stays inside alpha: 0, or False, where nothing is visible."""
    return mask if alpha is None else np.where(alpha > 0, mask, np.zeros((), mask.dtype))


def carry_on(colours: Array, known: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    """Colours (H, W, 3) of any range, carried on from where `known` (H, W) is 1 to where it is 0.

    Source: push-pull, Gortler et al., The Lumigraph (1996).
    """
    pulled = _pull(np.asarray(colours, np.float32), known.astype(np.float32))
    return np.asarray(pulled, np.float32)


def _pull(colours: Array, known: Array) -> Array:
    """Fill (H, W, 3) where `known` (H, W) is under 1 from the same picture at half the size."""
    import cv2

    height, width = known.shape
    if known.min() >= 1 or max(height, width) <= 1:
        return colours
    half = (max(1, width // 2), max(1, height // 2))
    weight = cv2.resize(known, half, interpolation=cv2.INTER_AREA)
    summed = cv2.resize(colours * known[..., None], half, interpolation=cv2.INTER_AREA)
    smaller = summed / np.maximum(weight, 1e-6)[..., None]
    filled = _pull(smaller, np.minimum(weight * 4, 1))
    wide = cv2.resize(filled, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(wide + (colours - wide) * known[..., None])
