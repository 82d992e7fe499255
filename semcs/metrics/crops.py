"""Square crops that lie mostly inside a region, for networks that see squares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from semcs.models.normalise import fit

SHARES = (1.0, 2 / 3, 1 / 2, 1 / 3)  # sides of the crops, in short sides of the region's box
OVERLAP = 4  # steps of the grid to a crop's side
SMALLEST = 16  # side in pixels
MOSTLY = 0.8  # of the best coverage: less counts as outside


@dataclass(frozen=True)
class Crops:
    """Where a region's crops lie, and how much of each it fills.

    Attributes:
        boxes: Left, top and side of each in pixels.
        coverage: (K,) mean of the mask in each.
    """

    boxes: tuple[tuple[int, int, int], ...]
    coverage: NDArray[np.float64]

    def cut(self, image: Tensor, size: int) -> Tensor:
        """Cut the crops out of (3, H, W), antialiased, (K, 3, size, size)."""
        cuts = [image[None, :, y : y + side, x : x + side] for x, y, side in self.boxes]
        return torch.cat([fit(cut, size) for cut in cuts])


def region_crops(mask: NDArray[np.float32], each: int = 6) -> Crops:
    """Crops of a region, up to `each` of four sizes, the same ones at every call.

    The grid spans the region's bounding box, so that small regions get small crops. Those that the
    region fills as well as any, or nearly, are taken, evenly over the grid.

    Args:
        mask: (H, W) in [0, 1], 1 = the region, not empty.
        each: How many crops of one size at most.
    """
    height, width = mask.shape
    left, top, right, bottom = _bounding_box(mask)
    short = min(right - left, bottom - top)
    sides = {min(max(round(share * short), SMALLEST), height, width) for share in SHARES}
    grids = [
        [
            (x, y, side)
            for y in _places(top, bottom, side, height)
            for x in _places(left, right, side, width)
        ]
        for side in sorted(sides, reverse=True)
    ]
    sums = np.pad(mask.astype(np.float64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    covers = [np.array([_coverage(sums, box) for box in grid]) for grid in grids]
    least = MOSTLY * max(cover.max() for cover in covers)
    boxes, kept = [], []
    for grid, cover in zip(grids, covers):
        inside = np.flatnonzero(cover >= least)
        for index in inside[_evenly(len(inside), each)]:
            boxes.append(grid[index])
            kept.append(cover[index])
    return Crops(tuple(boxes), np.array(kept))


def _bounding_box(mask: NDArray[np.float32]) -> tuple[int, int, int, int]:
    inside = mask >= 0.5 * mask.max()
    rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _places(start: int, stop: int, side: int, limit: int) -> list[int]:
    """Where crops begin along one axis, evenly from `start` to `stop`, inside the picture."""
    room = stop - start - side
    if room <= 0:  # wider than the region: centred on it
        return [min(max(start + room // 2, 0), limit - side)]
    count = -(-room * OVERLAP // side) + 1
    return [start + round(room * i / (count - 1)) for i in range(count)]


def _coverage(sums: NDArray[np.float64], box: tuple[int, int, int]) -> float:
    x, y, side = box
    low, high = sums[y], sums[y + side]
    return float(high[x + side] - high[x] - low[x + side] + low[x]) / side**2


def _evenly(count: int, most: int) -> NDArray[np.intp]:
    """Up to `most` indices of `count`, in the middles of as many equal parts."""
    chosen = min(count, most)
    return ((np.arange(chosen) + 0.5) * count / max(chosen, 1)).astype(np.intp)
