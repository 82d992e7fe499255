"""The size to work at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from semcs.errors import InputError

MIN_WORKING_SIDE = 32
"""Shortest side in pixels that the networks can work on."""


def working_size(height: int, width: int, size: int, least: int = 0) -> tuple[int, int]:
    """Height and width to work at, with the longest side `size`.

    The aspect is kept up to rounding. Smaller pictures are worked on at their own size, or
    enlarged where their longest side is under `least`; no side is under 32 pixels.

    Args:
        height: Of the picture in pixels.
        width: Of the picture in pixels.
        size: Longest side of the working picture in pixels, at least 32.
        least: What smaller pictures are enlarged to, or to `size` where that is less.

    Raises:
        InputError: If `size` is under 32.
    """
    if size < MIN_WORKING_SIDE:
        raise InputError(f"size is {size}; it must be at least {MIN_WORKING_SIDE} pixels")
    longest = max(height, width)
    scale = min(size, max(longest, least)) / longest
    return (
        max(MIN_WORKING_SIDE, round(height * scale)),
        max(MIN_WORKING_SIDE, round(width * scale)),
    )


def resize_rgb(rgb: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    """Resample (H, W, 3) in [0, 1] to height and width `size`.

    Lanczos with antialiasing, in float, clipped to [0, 1]; a picture of that size already comes
    back as it is.
    """
    height, width = size
    if rgb.shape[:2] == (height, width):
        return rgb
    planes = [
        Image.fromarray(np.ascontiguousarray(rgb[..., channel])).resize(
            (width, height), Image.Resampling.LANCZOS
        )
        for channel in range(3)
    ]
    return np.clip(np.stack([np.asarray(plane) for plane in planes], axis=2), 0, 1)
