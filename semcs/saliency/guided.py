"""The guided filter with a colour guide, computed small and applied large.

Sources: He, Sun and Tang, Guided Image Filtering (TPAMI 2013); He and Sun, Fast Guided Filter
(2015), which fits the local linear models on a reduced image and interpolates them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from semcs.errors import InputError

Array = npt.NDArray[np.floating[Any]]


def resize(array: Array, height: int, width: int) -> npt.NDArray[np.float32]:
    """Resize (H, W) or (H, W, C): averaging where it shrinks, bilinear where it grows."""
    import cv2

    shrinks = height * width < array.shape[0] * array.shape[1]
    method = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    source = np.ascontiguousarray(array, np.float32)
    resized: npt.NDArray[np.float32] = cv2.resize(source, (width, height), interpolation=method)
    return resized


def check_rgb(image: Array) -> None:
    """Refuse what isn't (H, W, 3) RGB in [0, 1].

    Raises:
        InputError: It isn't.
    """
    if image.ndim != 3 or image.shape[2] != 3 or 0 in image.shape:
        raise InputError(f"image must be (H, W, 3), not {image.shape}")
    if not (image.min() >= 0 and image.max() <= 1):
        raise InputError("image must hold RGB in [0, 1]")


def box_mean(plane: Array, radius: int) -> Array:
    """Mean of (H, W) over (2r+1)² windows, cut at the border (each pixel counts once)."""
    import cv2

    side = (2 * radius + 1, 2 * radius + 1)

    def total(values: Array) -> Array:
        summed: Array = cv2.boxFilter(
            values, -1, side, normalize=False, borderType=cv2.BORDER_CONSTANT
        )
        return summed

    h, w = plane.shape
    rows = total(np.ones((h, 1), plane.dtype))
    columns = total(np.ones((1, w), plane.dtype))
    mean: Array = total(plane) / (rows * columns)
    return mean


def linear_models(mask: Array, guide: Array, *, radius: int, epsilon: float) -> tuple[Array, Array]:
    """Per pixel, the mean (a, b) of the local models mask ≈ a·guide + b.

    Args:
        mask: (h, w).
        guide: (h, w, 3) RGB in [0, 1].
        radius: Window radius in pixels.
        epsilon: Ridge on a, as a colour variance: edges fainter than its root are smoothed over.

    Returns:
        a (h, w, 3) and b (h, w), float64.
    """
    planes = [np.array(guide[..., c], np.float64) for c in range(3)]
    means = [box_mean(plane, radius) for plane in planes]

    def covariance(i: int, j: int) -> Array:
        ridge = epsilon if i == j else 0.0
        return box_mean(planes[i] * planes[j], radius) - means[i] * means[j] + ridge

    p = np.asarray(mask, np.float64)
    mean = box_mean(p, radius)
    shared = [box_mean(plane * p, radius) - own * mean for plane, own in zip(planes, means)]
    slopes: list[Array] = [
        row[0] * shared[0] + row[1] * shared[1] + row[2] * shared[2]
        for row in _symmetric_inverse(covariance)
    ]
    offset = mean - sum(slope * own for slope, own in zip(slopes, means))
    a = np.dstack([box_mean(slope, radius) for slope in slopes])
    return a, box_mean(offset, radius)


def _symmetric_inverse(entry: Callable[[int, int], Array]) -> list[list[Array]]:
    """Inverses of symmetric 3×3 matrices whose entries are given as planes, by their cofactors."""
    xx, xy, xz, yy, yz, zz = (entry(*ij) for ij in ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)))
    first = [yy * zz - yz * yz, xz * yz - xy * zz, xy * yz - xz * yy]
    determinant = xx * first[0] + xy * first[1] + xz * first[2]
    rows = [
        first,
        [first[1], xx * zz - xz * xz, xy * xz - xx * yz],
        [first[2], xy * xz - xx * yz, xx * yy - xy * xy],
    ]
    return [[cofactor / determinant for cofactor in row] for row in rows]


def guided_filter(
    mask: Array, image: Array, *, radius: float = 0.02, epsilon: float = 1e-4, work_size: int = 512
) -> npt.NDArray[np.float32]:
    """Bring a mask of any size onto the image's pixels and edges.

    Args:
        mask: (h, w); brought to the working size first.
        image: (H, W, 3) RGB in [0, 1].
        radius: Window radius as a share of the longest side.
        epsilon: See `linear_models`.
        work_size: The models are fitted with the longest side at most this.

    Returns:
        (H, W) float32; not clipped.
    """
    height, width = image.shape[:2]
    scale = min(1.0, work_size / max(height, width))
    h, w = max(1, round(height * scale)), max(1, round(width * scale))
    guide = resize(image, h, w)
    pixels = max(1, round(radius * max(h, w)))
    a, b = linear_models(resize(mask, h, w), guide, radius=pixels, epsilon=epsilon)
    filtered = resize(b, height, width)
    for channel in range(3):  # one by one: a large picture's slopes aren't held all at once
        filtered += resize(a[..., channel], height, width) * image[..., channel]
    return filtered
