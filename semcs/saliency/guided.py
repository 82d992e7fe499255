"""The guided filter with a colour guide, computed small and applied large.

Sources: He, Sun and Tang, Guided Image Filtering (TPAMI 2013); He and Sun, Fast Guided Filter
(2015), which fits the local linear models on a reduced image and interpolates them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]


def resize(array: Array, height: int, width: int) -> npt.NDArray[np.float32]:
    """Resize (H, W) or (H, W, C): averaging where it shrinks, bilinear where it grows."""
    import cv2

    shrinks = height * width < array.shape[0] * array.shape[1]
    method = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    source = np.ascontiguousarray(array, np.float32)
    resized: npt.NDArray[np.float32] = cv2.resize(source, (width, height), interpolation=method)
    return resized


def _box_mean(array: Array, radius: int) -> Array:
    """Mean over (2r+1)² windows, cut at the border (each pixel counts once)."""
    import cv2

    def box(values: Array) -> Array:
        side = 2 * radius + 1
        total: Array = cv2.boxFilter(
            values, -1, (side, side), normalize=False, borderType=cv2.BORDER_CONSTANT
        )
        return total

    count = box(np.ones(array.shape[:2]))
    return box(array) / (count if array.ndim == 2 else count[..., None])


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
    p, guide = np.asarray(mask, np.float64), np.asarray(guide, np.float64)
    h, w = p.shape
    mean_i, mean_p = _box_mean(guide, radius), _box_mean(p, radius)

    outer = (guide[..., :, None] * guide[..., None, :]).reshape(h, w, 9)
    second = np.dstack([_box_mean(outer[..., i : i + 3], radius) for i in (0, 3, 6)])
    cov_ii = second.reshape(h, w, 3, 3) - mean_i[..., :, None] * mean_i[..., None, :]
    cov_ip = _box_mean(guide * p[..., None], radius) - mean_i * mean_p[..., None]

    a = np.linalg.solve(cov_ii + epsilon * np.eye(3), cov_ip[..., None])[..., 0]
    b = mean_p - (a * mean_i).sum(axis=-1)
    return _box_mean(a, radius), _box_mean(b, radius)


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
    filtered = (resize(a, height, width) * image).sum(axis=-1) + resize(b, height, width)
    return filtered.astype(np.float32)
