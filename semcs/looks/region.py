"""A region alone: its bounding box, and its own colours in place of the photo around it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks.registry import Array


def bounding_box(mask: Array, margin: int) -> tuple[slice, slice]:
    """Rows and columns that hold all of a mask (H, W) that is over 0, and a margin in pixels.

    They are empty where the mask is.
    """
    rows, columns = (np.flatnonzero((mask > 0).any(axis)) for axis in (1, 0))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return tuple(  # type: ignore[return-value]
        slice(max(0, int(at[0]) - margin), min(length, int(at[-1]) + 1 + margin))
        for at, length in zip((rows, columns), mask.shape)
    )


def continue_outside(photo: Array, mask: Array) -> NDArray[np.float32]:
    """The photo inside the mask, and its own colours carried on outside.

    Strokes and cells at the outline then take no colour from the other side, and percentiles,
    palettes and thresholds of the picture are about those of the region.

    Args:
        photo: (H, W, 3), of any range.
        mask: (H, W) in [0, 1], somewhere over 0.5: what is over it is inside.

    Returns:
        (H, W, 3) float32, in the range of the photo.

    Source: push-pull, Gortler et al., The Lumigraph (1996).
    """
    inside = (mask > 0.5).astype(np.float32)
    return np.asarray(_pull(np.asarray(photo, np.float32), inside), np.float32)


def without_hidden(
    photo: Array, alpha: Array | None, mask: Array | None
) -> tuple[Array, Array | None]:
    """A photo and a region of it without what can't be seen: the same whatever lies under alpha 0.

    Args:
        photo: (H, W, 3), of any range.
        alpha: (H, W) in [0, 1], or None where all is visible.
        mask: (H, W) in [0, 1], the region; None is the whole photo.

    Returns:
        The photo with its visible colours carried on into hidden pixels, and the region without
        those pixels; both as they are where all is visible.
    """
    if alpha is None or (alpha > 0).all():
        return photo, mask
    visible = (alpha > 0).astype(np.float32)
    seen = continue_outside(photo, visible) if visible.any() else photo
    return seen, visible if mask is None else mask * visible


def _pull(colours: Array, known: Array) -> Array:
    """Fill (H, W, 3) where `known` (H, W) is under 1 from the same picture at half the size."""
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
