"""How deep inside a mask a pixel lies, and how well outlines agree."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Truth = NDArray[np.bool_]


def depth(where: Truth) -> NDArray[np.float64]:
    """Pixels from each one to the nearest outside of `where`; there is nothing beyond the frame."""
    from scipy.ndimage import distance_transform_edt

    distance: NDArray[np.float64] = distance_transform_edt(np.pad(where, 1))
    return distance[1:-1, 1:-1]


def deepest(where: Truth) -> tuple[int, int]:
    """(x, y) of the pixel that is farthest from the outside."""
    row, column = np.unravel_index(depth(where).argmax(), where.shape)
    return int(column), int(row)


def boundary_f(mask: Truth, truth: Truth, within: float) -> float:
    """How well the outlines of two masks (H, W) agree, in [0, 1]; where neither has one, 1.

    The harmonic mean of the share of the mask's outline that is near the true one, and of the share
    of the true one that is near the mask's.

    Args:
        mask: What was found.
        truth: The true one.
        within: Pixels that are near.
    """
    from scipy.ndimage import binary_erosion, distance_transform_edt

    # border_value: what lies at the frame of the photo has no outline there.
    outlines = [where & ~binary_erosion(where, border_value=1) for where in (mask, truth)]
    if not all(outline.any() for outline in outlines):
        return float(not any(outline.any() for outline in outlines))
    to_mask, to_truth = (distance_transform_edt(~outline) for outline in outlines)
    precision = float((to_truth[outlines[0]] <= within).mean())
    recall = float((to_mask[outlines[1]] <= within).mean())
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
