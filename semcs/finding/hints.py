"""Clicks, boxes and rough masks as the caller gives them, checked, and put on the model's grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from semcs.errors import InputError, refuse, shown
from semcs.finding.shape import depth
from semcs.image import load_mask
from semcs.models.region_hints import Box, Point, hint_maps
from semcs.saliency.guided import resize

Array = npt.NDArray[np.floating[Any]]

# A hint that is nowhere thicker than this share of the longest side, and much longer than it is
# thick, is a scribble.
SCRIBBLE = 0.04
SCRIBBLE_CLICKS = 4  # that stand for a scribble


@dataclass(frozen=True, eq=False)
class Hints:
    """What the caller points at, in pixels of the picture, from its top left corner.

    Attributes:
        size: Height and width of the picture.
        clicks: (x, y) on the region.
        not_clicks: (x, y) beside it.
        box: (x0, y0, x1, y1) around it.
        mask: (H, W) in [0, 1], roughly it.
    """

    size: tuple[int, int]
    clicks: tuple[Point, ...] = ()
    not_clicks: tuple[Point, ...] = ()
    box: Box | None = None
    mask: Array | None = None

    @property
    def any(self) -> bool:
        """Whether anything is pointed at."""
        marked = bool(self.clicks or self.not_clicks)
        return marked or self.box is not None or self.mask is not None

    def within(self, grid: tuple[int, int]) -> npt.NDArray[np.bool_] | None:
        """The inside of the box, on a grid; None without a box."""
        if self.box is None:
            return None
        inside: npt.NDArray[np.bool_] = self.maps(grid)[0, 4].numpy() > 0
        return inside

    def maps(self, grid: tuple[int, int], rough: Array | None = None) -> torch.Tensor:
        """The channels that region models read: see `hint_maps`.

        Args:
            grid: (h, w).
            rough: A rough mask of any size in place of the caller's.
        """
        rough = self.mask if rough is None else rough
        down, across = grid[0] / self.size[0], grid[1] / self.size[1]
        box = self.box
        return hint_maps(
            grid,
            mask=None if rough is None else torch.from_numpy(resize(rough, *grid)),
            clicks=[(x * across, y * down) for x, y in self.clicks],
            not_clicks=[(x * across, y * down) for x, y in self.not_clicks],
            box=box and (box[0] * across, box[1] * down, box[2] * across, box[3] * down),
        )


def read_hints(
    size: tuple[int, int], *, click: object, not_click: object, box: object, hint: object
) -> Hints:
    """Check what the caller points at.

    Args:
        size: Height and width of the picture.
        click: (x, y), or several, in pixels; None for none. (x, y) is the pixel's index: the
            middle of the first one is (0, 0).
        not_click: The same.
        box: (x0, y0, x1, y1) in pixels; what of it is outside of the picture is left out.
        hint: What `load_mask` takes.

    Raises:
        InputError: One of them can't be used.
    """
    clicks = _points("click", click, size)
    mask = None if hint is None else load_mask(hint, size)
    if mask is not None and mask.max() == 0:
        raise InputError("hint marks nothing: it is 0 everywhere")
    if mask is not None and _is_scribble(mask):
        clicks, mask = (*clicks, *_along(mask)), None
    return Hints(
        size=size,
        clicks=clicks,
        not_clicks=_points("not_click", not_click, size),
        box=None if box is None else _box(box, size),
        mask=mask,
    )


def _points(name: str, value: object, size: tuple[int, int]) -> tuple[Point, ...]:
    if value is None:
        return ()
    points = _numbers(value)
    if points is None or points.shape[-1:] != (2,) or points.ndim > 2:
        refuse(name, value, "(x, y) in pixels, or a sequence of them,")
    points = points.reshape(-1, 2)
    height, width = size
    if not ((points >= 0) & (points <= (width - 1, height - 1))).all():
        raise InputError(
            f"{name} {shown(value)} is outside of the picture, which is {width}×{height} pixels "
            "(width × height)"
        )
    return tuple((float(x) + 0.5, float(y) + 0.5) for x, y in points)


def _box(value: object, size: tuple[int, int]) -> Box:
    edges = _numbers(value)
    if edges is None or edges.shape != (4,):
        refuse("box", value, "(x0, y0, x1, y1) in pixels")
    height, width = size
    x0, y0, x1, y1 = (float(edge) for edge in edges)
    inside = (max(x0, 0.0), max(y0, 0.0), min(x1, float(width)), min(y1, float(height)))
    if not (x0 < x1 and y0 < y1 and inside[0] < inside[2] and inside[1] < inside[3]):
        raise InputError(
            f"box {shown(value)} holds nothing of the picture, which is {width}×{height} pixels "
            "(width × height); (x0, y0) is its top left corner, (x1, y1) its bottom right one"
        )
    return inside


def _numbers(value: object) -> npt.NDArray[np.float64] | None:
    """An array of finite numbers; None where the value isn't one."""
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, RuntimeError):  # ragged, or a tensor on a GPU
        return None
    if array.dtype.kind not in "iuf" or not np.isfinite(array).all():
        return None
    return array.astype(np.float64)


def _is_scribble(mask: Array) -> bool:
    """Whether a mask is strokes, and not a rough outline."""
    marked = mask > 0.5
    thickness = 2 * float(_depth(mask).max())
    long = marked.sum() > 4 * thickness**2  # a disc's area is 0.8 of its thickness squared
    return bool(long and thickness <= SCRIBBLE * max(mask.shape))


def _along(mask: Array) -> Sequence[Point]:
    """Points in the middle of strokes, as far from one another as can be."""
    deep = _depth(mask)
    rows, columns = np.nonzero(deep >= deep.max() / 2)
    places = np.stack([columns, rows], 1) + 0.5
    first = int(deep[rows, columns].argmax())
    chosen, away = [first], np.hypot(*(places - places[first]).T)
    while len(chosen) < SCRIBBLE_CLICKS and away.max() > 0:
        chosen.append(int(away.argmax()))
        away = np.minimum(away, np.hypot(*(places - places[chosen[-1]]).T))
    return [(float(x), float(y)) for x, y in places[chosen]]


def _depth(mask: Array) -> Array:
    """How far each marked pixel is from the nearest one that isn't, 0 outside."""
    return depth(np.pad(mask > 0.5, 1))[1:-1, 1:-1]
