"""A region alone: its bounding box, and its own colours in place of the photo around it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from semcs.image.visible import carry_on
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
    """
    return carry_on(photo, mask > 0.5)
