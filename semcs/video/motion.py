"""How the pixels of a clip move from one frame to the next, and where nothing can be followed.

Flow by dense inverse search (Kroeger et al., ECCV 2016) both ways; what doesn't come back to where
it started is hidden in one of the two frames (Sundaram et al., ECCV 2010).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Plane = NDArray[np.float32]

WORKING_SIDE = 480  # pixels: the longest side at which flow is found
SLACK, SHARE = 0.5, 0.02  # squared pixels, share of the squared motion: that a way back may be off
FRAME = 0.75  # pixels by which a source may lie outside the frame
CUT_SEEN = 0.3  # share of a frame that can be followed, under which it begins a new shot
CUT_COLOUR = 0.35  # distance of two frames' colours from which one that can be followed badly does


@dataclass(frozen=True, eq=False)
class Motion:
    """Where the pixels of a frame were in the one before.

    Attributes:
        back: (H, W, 2) float32: the pixel at (x, y) was at (x, y) + back[y, x].
        seen: (H, W) float32 in [0, 1]: 1 where it could be seen there, 0 where it is new.
        is_cut: Whether a new shot begins, so that nothing can be followed.
    """

    back: NDArray[np.float32]
    seen: Plane
    is_cut: bool


def motion_between(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> Motion:
    """Follow the pixels of a frame into the one before it.

    Args:
        before: (H, W, 3) uint8 RGB.
        after: The same size.
    """
    height, width = after.shape[:2]
    size = _working_size(height, width)
    small = [_gray(frame, size) for frame in (before, after)]
    there, here = _flow(small[1], small[0]), _flow(small[0], small[1])
    seen = _comes_back(there, here)
    # Thin false holes along contours are closed, true ones are wider.
    seen = cv2.morphologyEx(seen, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    scale = np.array([width / size[0], height / size[1]], np.float32)
    back = cv2.resize(there, (width, height), interpolation=cv2.INTER_LINEAR) * scale
    seen_large = cv2.resize(seen, (width, height), interpolation=cv2.INTER_LINEAR)
    return Motion(back, seen_large, _is_cut(before, after, float(seen.mean())))


def carry(values: Array, motion: Motion, interpolation: int = cv2.INTER_LINEAR) -> Plane:
    """Values (H, W[, C]) of the frame before, moved to where they are now."""
    height, width = motion.back.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    moved = cv2.remap(
        np.ascontiguousarray(values, np.float32),
        x + motion.back[..., 0],
        y + motion.back[..., 1],
        interpolation,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(moved, np.float32)


def _working_size(height: int, width: int) -> tuple[int, int]:
    """(width, height) at which flow is found."""
    ratio = min(1.0, WORKING_SIDE / max(height, width))
    return max(16, round(width * ratio)), max(16, round(height * ratio))


def _gray(frame: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    gray = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)


def _flow(source: NDArray[np.uint8], target: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Where each pixel of the source is in the target, as (H, W, 2) offsets."""
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    return np.asarray(search.calc(source, target, None), np.float32)


def _comes_back(there: Array, here: Array) -> Plane:
    """1 where following a pixel there and back ends where it began, 0 elsewhere and outside."""
    height, width = there.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    to_x, to_y = x + there[..., 0], y + there[..., 1]
    returned = cv2.remap(here, to_x, to_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    off = np.square(there + returned).sum(2)
    moved = np.square(there).sum(2) + np.square(returned).sum(2)
    inside = (
        (to_x > -FRAME) & (to_x < width - 1 + FRAME) & (to_y > -FRAME) & (to_y < height - 1 + FRAME)
    )
    return np.asarray((off < SHARE * moved + SLACK) & inside, np.float32)


def _is_cut(before: NDArray[np.uint8], after: NDArray[np.uint8], followed: float) -> bool:
    """Whether hardly anything can be followed, or little of it and the colours are others."""
    if followed > 2 * CUT_SEEN:
        return False
    if followed < CUT_SEEN:
        return True
    distance = cv2.compareHist(_colours(before), _colours(after), cv2.HISTCMP_BHATTACHARYYA)
    return bool(distance > CUT_COLOUR)


def _colours(frame: NDArray[np.uint8]) -> Array:
    """Histogram of a frame's colours, which sums to 1."""
    small = cv2.resize(frame, (64, 64), interpolation=cv2.INTER_AREA)
    counts = cv2.calcHist([small], [0, 1, 2], None, [8, 8, 8], [0, 256] * 3)
    return np.asarray(counts / counts.sum(), np.float32)
