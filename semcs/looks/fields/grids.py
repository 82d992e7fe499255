"""Shapes, labels and pixel coordinates."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from semcs.looks.registry import Array

Shape: TypeAlias = tuple[int, ...]
"""Height and width first; more axes are ignored."""

Labels: TypeAlias = NDArray[np.int32]
"""The number of the cell that each pixel belongs to, (H, W), from 0."""


def grid(shape: Shape) -> tuple[Array, Array]:
    """Pixel coordinates (x, y), each (H, W), read-only."""
    return _grid(int(shape[0]), int(shape[1]))


@lru_cache(maxsize=4)  # of threads at once; a grid of 2048 × 2048 takes 34 MB
def _grid(height: int, width: int) -> tuple[Array, Array]:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    y.flags.writeable = x.flags.writeable = False
    return x, y
