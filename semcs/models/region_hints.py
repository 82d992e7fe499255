"""Clicks, boxes and rough masks, as the region network takes them and as it was trained on them."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

CLICK_RADIUS = 1.5  # cells, so about 6 pixels of the picture that the network sees
UNKNOWN = 0.5

Point = tuple[float, float]
Box = tuple[float, float, float, float]


def hint_maps(
    shape: tuple[int, int],
    *,
    mask: Tensor | None = None,
    clicks: Sequence[Point] = (),
    not_clicks: Sequence[Point] = (),
    box: Box | None = None,
) -> Tensor:
    """The channels that `RegionNetwork.select` reads, for one picture.

        hints = hint_maps((80, 120), clicks=[(60.0, 40.0)], box=(30, 20, 90, 60))

    Places are in cells of the grid, from its top left corner: the first cell is from 0 to 1, and
    its centre is at 0.5.

    Args:
        shape: (h, w) of the grid, a quarter of the picture that the network sees.
        mask: A rough mask (h, w) in [0, 1].
        clicks: (x, y) on the region.
        not_clicks: (x, y) beside it.
        box: (x0, y0, x1, y1) around it.

    Returns:
        (1, 5, h, w) float32: the rough mask (0.5 without one), whether there is one, discs around
        the clicks on the region and beside it, and the inside of the box.
    """
    device = None if mask is None else mask.device
    maps = torch.zeros(5, *shape, device=device)
    maps[0] = UNKNOWN
    if mask is not None:
        maps[0], maps[1] = mask, 1.0
    for channel, points in ((2, clicks), (3, not_clicks)):
        for point in points:
            maps[channel] = torch.maximum(maps[channel], _disc(shape, point).to(maps))
    if box is not None:
        x0, y0, x1, y1 = box
        maps[4, _inside(y0, y1, shape[0]), _inside(x0, x1, shape[1])] = 1.0
    return maps[None]


def _disc(shape: tuple[int, int], point: Point) -> Tensor:
    """1 in the cell that a point is in, and in the cells around it."""
    column, row = (int(place) for place in point)
    rows, columns = torch.arange(shape[0])[:, None] - row, torch.arange(shape[1])[None] - column
    return (rows**2 + columns**2 <= CLICK_RADIUS**2).float()


def _inside(start: float, end: float, cells: int) -> slice:
    """The cells whose centres are between two places; at least the one in their middle."""
    first, last = round(start), round(end)
    if first >= last:
        first = min(int((start + end) / 2), cells - 1)
        last = first + 1
    return slice(max(first, 0), last)
