"""Warping error: how far a clip is from its own frame before, carried along with the motion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.video.scene import Clip, Plane, Rgb, Step, Truth, grid

BAND = 2  # pixels along the foreground's outline, on either side, that belong to neither region
REGIONS = ("whole", "foreground", "background")


@dataclass(frozen=True)
class WarpingError:
    """Differences over all pixels that could be followed, in levels of 255.

    Attributes:
        mae: Mean absolute difference.
        rmse: Root of the mean squared difference.
        pixels: How many were compared, over all frames.
    """

    mae: float
    rmse: float
    pixels: int


def warping_errors(frames: Sequence[Rgb], clip: Clip) -> dict[str, WarpingError]:
    """The errors of the whole, and of both regions where the masks are known.

    Args:
        frames: The clip's own, or what was made of them.
        clip: Its motion and masks count. A region of which no pixel can be followed is left out.
    """
    found: dict[str, WarpingError] = {}
    for region in REGIONS if clip.masks else REGIONS[:1]:
        error = _total(
            (change_between(frames[index], frames[index + 1], step), _counted(clip, index, region))
            for index, step in enumerate(clip.steps)
        )
        if error.pixels:
            found[region] = error
    return found


def change_between(before: Rgb, after: Rgb, step: Step) -> Plane:
    """A frame minus the one before it, carried to where its pixels are now: (H, W, 3)."""
    return after.astype(np.float32) - carry(before, step)


def carry(values: NDArray[Any], step: Step, *, is_mask: bool = False) -> Plane:
    """Values (H, W[, C]) of the frame before, where they are now.

    Bicubic, which keeps fine strokes; of masks bilinear, which stays in their range.
    """
    there = (grid(*step.seen.shape) + step.back).astype(np.float32)
    moved = cv2.remap(
        np.ascontiguousarray(values, np.float32),
        there[..., 0],
        there[..., 1],
        cv2.INTER_LINEAR if is_mask else cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(moved, np.float32)


def inside(mask: Truth) -> Truth:
    """What of a region is farther than `BAND` pixels from its outline; the frame is none."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * BAND + 1, 2 * BAND + 1))
    return np.asarray(cv2.erode(mask.astype(np.uint8), kernel) > 0)


def _counted(clip: Clip, index: int, region: str) -> Truth:
    """Pixels of frame index + 1 that count."""
    seen = clip.steps[index].seen
    if region == "whole" or clip.masks is None:
        return seen
    mask = clip.masks[index + 1]
    return seen & inside(mask if region == "foreground" else ~mask)


def _total(parts: Iterable[tuple[Plane, Truth]]) -> WarpingError:
    absolute = squared = 0.0
    pixels = values = 0
    for change, counted in parts:
        own = change[counted].astype(np.float64)
        absolute += float(np.abs(own).sum())
        squared += float(np.square(own).sum())
        values += own.size
        pixels += int(counted.sum())
    values = max(values, 1)
    return WarpingError(absolute / values, sqrt(squared / values), pixels)
