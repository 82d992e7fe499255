"""What a region looked like, so that it is known again, and what isn't it is let go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Plane = NDArray[np.float32]

BINS = 8  # of each colour channel
SIDE = 160  # pixels: the longest side at which colours are counted
RENEWED = 0.6  # how far a memory goes to what is followed now
LOST = 0.5  # share of the area that is remembered, under which a region is hidden or has left
ALIKE = 0.7  # Bhattacharyya coefficient of two parts' colours from which they are the same thing
RARE, OF_IT = 0.002, 0.4  # share of a colour that doesn't count; of a part in colours that do
LEAST_PART, LARGEST_PART = 0.15, 2.0  # of the area that is remembered


class Memory:
    """The colours and the area of a region.

    Attributes:
        values: (1 + BINS³,) float64: the area as a share of the frame, and the colours' shares.
    """

    def __init__(self, values: NDArray[np.float64]) -> None:
        self.values = values

    @classmethod
    def of(cls, mask: Array, rgb: Array) -> Memory:
        """What is to be remembered of a mask (H, W) on its frame (H, W, 3)."""
        return cls(np.concatenate([[mask.mean()], _colours(mask, rgb)]))

    def misses(self, mask: Array) -> bool:
        """Whether a mask (H, W) has lost much of what is remembered."""
        return bool(mask.mean() < LOST * self.values[0])

    def renew(self, mask: Array, rgb: Array) -> None:
        """Remember a mask (H, W) on its frame (H, W, 3)."""
        now = Memory.of(mask, rgb).values
        self.values = self.values + RENEWED * (now - self.values)

    def known_again(self, found: Plane, rgb: Array) -> Plane:
        """A mask (H, W), without its parts that don't look as the whole region is remembered."""

        def is_it(inside: NDArray[np.bool_]) -> bool:
            size = inside.mean() / max(self.values[0], 1e-9)
            alike = np.sqrt(_colours(inside, rgb) * self.values[1:]).sum()
            return LEAST_PART <= size <= LARGEST_PART and float(alike) >= ALIKE

        return _parts_that(is_it, found)

    def still(self, followed: Plane, rgb: Array) -> Plane:
        """A mask (H, W), without its parts in colours that the region had nothing of."""

        def is_of_it(inside: NDArray[np.bool_]) -> bool:
            return float(_colours(inside, rgb)[self.values[1:] >= RARE].sum()) >= OF_IT

        return _parts_that(is_of_it, followed)


def _parts_that(holds: Callable[[NDArray[np.bool_]], bool], mask: Plane) -> Plane:
    """A mask (H, W) with some of its parts only, and their soft edges."""
    count, labels = cv2.connectedComponents((mask > 0.5).astype(np.uint8))
    kept = np.zeros(labels.shape, bool)
    for part in range(1, count):
        inside = labels == part
        if holds(inside):
            kept |= inside
    return np.asarray(mask * around(kept), np.float32)


def around(inside: NDArray[np.bool_]) -> Plane:
    """(H, W), 1 at parts and around them, where their soft edges are; 0 elsewhere."""
    side = 2 * round(0.02 * max(inside.shape)) + 1
    near = cv2.dilate(inside.astype(np.uint8), np.ones((side, side), np.uint8))
    return np.asarray(near, np.float32)


def _colours(mask: NDArray[Any], rgb: Array) -> NDArray[np.float64]:
    """How much of a mask (H, W) has each colour, (BINS³,), summing to 1."""
    ratio = min(1.0, SIDE / max(mask.shape))
    size = max(1, round(mask.shape[1] * ratio)), max(1, round(mask.shape[0] * ratio))
    small = cv2.resize(np.ascontiguousarray(rgb, np.float32), size, interpolation=cv2.INTER_AREA)
    weights = cv2.resize(np.asarray(mask, np.float32), size, interpolation=cv2.INTER_AREA)
    bins = np.clip((small * BINS).astype(int), 0, BINS - 1) @ (BINS**2, BINS, 1)
    counts = np.bincount(bins.ravel(), weights=weights.ravel(), minlength=BINS**3)
    return np.asarray(counts / max(float(counts.sum()), 1e-9), np.float64)
