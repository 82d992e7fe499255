"""A canvas lies still under a region that moves: on it the photo gathers, and is painted.

Cells, strokes and stars lie where the canvas has them, so they move with what they lie on. Nothing
moves on the canvas itself: so old and new paintings can be blended there without blur.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.image.visible import carry_on
from semcs.video.canvases.sheets import Sheet, at_nodes

Array = NDArray[np.floating[Any]]
Map = NDArray[np.float32]
Flags = NDArray[np.bool_]

RIM = 28  # pixels at scale 1: along its frame a look may paint paper, vignettes or broken cells
MARGIN = 0.06  # of the region's longer side: what a canvas holds beside the region and the rim
AHEAD, MOST_AHEAD = 20, 0.3  # frames of the present drift that it holds as well; at most this share
YOUNG, HALF = 8, 0.4  # frames after which what came into sight is settled; how unsettled till then
SETTLES = 0.3  # of a change of the outline that shows in each frame
OUTSIDE = 0.002  # share of a region that may lie on the rim before the canvas is given up
WORN = (1.3, 1.45)  # times too long or short: from where on strokes are renewed, and all of them


@dataclass(frozen=True, eq=False)
class Gathered:
    """What a canvas shows of the photo in one frame.

    Attributes:
        photo: (h, w, 3) RGB in [0, 1], what is in sight now and, elsewhere, was so last.
        shape: (h, w) in [0, 1], the region.
        unsettled: (h, w) in [0, 1]: 1 where it has come into sight for the first time, less in the
            frames after that, as how a look paints there still changes with what comes beside it.
    """

    photo: Map
    shape: Map
    unsettled: Map


class Canvas:
    """The photo of one region, gathered over the frames of a shot.

    Attributes:
        sheet: Where the picture lies on it.
        photo: (h, w, 3) RGB in [0, 1].
        shape: (h, w) in [0, 1], the region, which settles over a few frames.
        frames_seen: (h, w), in how many frames it has been in sight, at most `YOUNG`.
    """

    def __init__(self, sheet: Sheet, size: tuple[int, int]) -> None:
        """An empty canvas of so many rows and columns."""
        self.sheet = sheet
        self.photo = np.zeros((*size, 3), np.float32)
        self.shape = np.zeros(size, np.float32)
        self.frames_seen = np.zeros(size, np.uint8)

    @property
    def size(self) -> tuple[int, int]:
        """Its height and width in pixels."""
        return self.frames_seen.shape[0], self.frames_seen.shape[1]

    def gather(self, rgb: Map, region: Map) -> Gathered:
        """Take in the region as a frame shows it.

        Args:
            rgb: (H, W, 3) RGB in [0, 1].
            region: (H, W) in [0, 1].
        """
        to_picture = self.sheet.inverse(self.size)
        now = read(rgb, to_picture, cv2.INTER_CUBIC, cv2.BORDER_REFLECT_101)
        shape = read(region, to_picture, cv2.INTER_LINEAR, cv2.BORDER_CONSTANT)
        in_sight = shape > 0.5
        is_new = in_sight & (self.frames_seen == 0)
        begins = not self.frames_seen.any()
        if begins:
            self.photo, self.shape = carry_on(now, _mirrored(region, to_picture) > 0.5), shape
        weight = np.clip(4 * shape - 2, 0, 1)
        weight[is_new] = 1
        self.photo = np.clip(self.photo + weight[..., None] * (now - self.photo), 0, 1)
        settles = np.where(is_new, np.float32(1), np.float32(SETTLES))
        self.shape = self.shape + settles * (shape - self.shape)
        self.frames_seen = self.frames_seen + (in_sight & (self.frames_seen < YOUNG))
        if begins:
            self.frames_seen *= np.uint8(YOUNG)
        return Gathered(self.photo, self.shape, self._unsettled(is_new))

    def _unsettled(self, is_new: Flags) -> Map:
        young = np.where(self.frames_seen < YOUNG, np.float32(HALF), np.float32(0))
        new = cv2.dilate(is_new.astype(np.uint8), np.ones((3, 3), np.uint8))
        return np.maximum(young, new)

    def state(self) -> dict[str, NDArray[Any]]:
        """All that it holds, as arrays."""
        sheet = self.sheet
        return {
            "affine": sheet.affine,
            "residual": sheet.residual,
            "picture_size": np.array(sheet.size),
            "photo": self.photo,
            "shape": self.shape,
            "frames_seen": self.frames_seen,
        }

    @staticmethod
    def of_state(state: dict[str, NDArray[Any]]) -> Canvas:
        """The canvas that gave this state."""
        height, width = state["picture_size"].tolist()
        sheet = Sheet(state["affine"], state["residual"], (height, width))
        canvas = Canvas(sheet, state["frames_seen"].shape)
        for name in ("photo", "shape", "frames_seen"):
            setattr(canvas, name, state[name])
        return canvas

    def worn(self) -> Map:
        """How much too long or short strokes have become in the picture, (H, W) in [0, 1]."""
        stretch = self.sheet.stretch()
        share = np.clip((stretch - WORN[0]) / (WORN[1] - WORN[0]), 0, 1)
        return cv2.resize(share, self.sheet.size[::-1], interpolation=cv2.INTER_LINEAR)

    def leaves_out(self, region: Map, rim: float) -> bool:
        """Whether some of a region (H, W) lies on the rim, so many pixels wide, or beyond."""
        places, inside = self.sheet.nodes(), at_nodes(region, self.sheet) > 0.5
        if not inside.any():
            return False
        x, y = places[..., 0], places[..., 1]
        height, width = self.size
        out = (x < rim) | (y < rim) | (x > width - 1 - rim) | (y > height - 1 - rim)
        return float(out[inside].mean()) > OUTSIDE

    def take_over(self, before: Canvas) -> None:
        """Bring along what the canvas before this one holds of the photo."""
        places = before.sheet.at(self.sheet.inverse(self.size))
        seen = (before.frames_seen > 0).astype(np.float32)
        known = read(seen, places, cv2.INTER_LINEAR, cv2.BORDER_CONSTANT) > 0.99
        self.frames_seen = np.where(known, np.uint8(YOUNG), np.uint8(0))
        photo = read(before.photo, places, cv2.INTER_CUBIC, cv2.BORDER_REPLICATE)
        self.photo = np.clip(photo, 0, 1)
        self.shape = read(before.shape, places, cv2.INTER_LINEAR, cv2.BORDER_CONSTANT)


def new_canvas(
    region: Map, scale: float, drift: tuple[float, float] = (0.0, 0.0), before: Sheet | None = None
) -> Canvas:
    """A canvas that holds the region, as large as it is in the picture.

    Args:
        region: (H, W) in [0, 1], somewhere over 0.5.
        scale: Of strokes.
        drift: Pixels (x, y) by which the picture moves over its canvas in a frame.
        before: The sheet of the canvas that it takes the place of.
    """
    rows, columns = (np.flatnonzero((region > 0.02).any(axis)) for axis in (1, 0))
    corner, sides = (columns[0], rows[0]), (np.ptp(columns) + 1, np.ptp(rows) + 1)
    margin = round(RIM * scale + MARGIN * max(sides)) + 8
    ahead = [min(AHEAD * abs(d), MOST_AHEAD * max(sides)) for d in drift]
    # Where only whole pixels lie between two canvases, nothing is resampled.
    fraction = np.zeros(2)
    if before is not None:
        inside = region > 0.5
        fraction = np.median(before.full()[inside] - np.argwhere(inside)[:, ::-1], 0) % 1
    offset = [
        margin - int(c) + round(more if d < 0 else 0) + float(f)
        for c, d, more, f in zip(corner, drift, ahead, fraction)
    ]
    width, height = (int(s) + 2 * margin + round(more) for s, more in zip(sides, ahead))
    return Canvas(Sheet.flat(region.shape, (offset[0], offset[1])), (height, width))


def read(values: Map, places: Map, interpolation: int, border: int) -> Map:
    """Values (H, W[, C]) at the places (x, y) of (h, w, 2); beyond the border by OpenCV's rule."""
    return np.asarray(cv2.remap(values, places, None, interpolation, borderMode=border), np.float32)


def _mirrored(region: Map, places: Map) -> Map:
    return read(region, places, cv2.INTER_LINEAR, cv2.BORDER_REFLECT_101)
