"""How one mask gets from frame to frame: carried by the flow, and its outline drawn anew.

What is drawn has the frame's own edges but may jump; what is carried moves as the picture does but
drifts and blurs. So the carried mask says what is meant, and moves a part of the way to what is
drawn.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.image import load
from semcs.models.families import ModelFamily
from semcs.saliency.guided import resize
from semcs.saliency.outline import Sight, draw_outline, look
from semcs.stylizer.request import Request
from semcs.stylizer.searching import Search
from semcs.video.motion import Motion, carry

Array = NDArray[np.floating[Any]]
Plane = NDArray[np.float32]

DRAWN = 0.7  # how far a carried mask goes to the outline that is drawn on the frame
REACH = 0.025  # of the longest side: how far from a carried outline a drawn one counts
LEAST_AREA = 0.0005  # share of the frame, under which a mask counts as empty


class View:
    """A frame, and what of the frame before it shows.

    Attributes:
        rgb: (H, W, 3) in [0, 1].
        motion: From the frame before.
        hidden: (H, W), 1 at what something hid when outlines were drawn for the last time. What
            was outside of the frame isn't: it goes on as the mask does at the border.
        family: The networks.
        request: What is asked for.
    """

    def __init__(
        self, rgb: Array, motion: Motion, hidden: Plane, family: ModelFamily, request: Request
    ) -> None:
        self.rgb, self.motion, self.family, self.request = rgb, motion, family, request
        new = np.where(_was_outside(motion), 0, 1 - motion.seen)
        self.hidden = np.maximum(carried(hidden, motion), new).astype(np.float32)

    @cached_property
    def sight(self) -> Sight:
        """What the region model sees of it; it looks once, when it is first asked."""
        return look(self.rgb, self.family.regions)

    @cached_property
    def search(self) -> Search:
        """What finds regions in it as in a photo."""
        return Search(self.family, load(self.rgb), self.rgb, self.request)


def carried(mask: Plane, motion: Motion) -> Plane:
    """A mask (H, W) of the frame before, where it is now."""
    return np.clip(carry(mask, motion), 0, 1)


def _was_outside(motion: Motion) -> NDArray[np.bool_]:
    """Where (H, W) what a frame shows was outside of the one before."""
    height, width = motion.seen.shape
    y, x = np.ogrid[:height, :width]
    from_x, from_y = x + motion.back[..., 0], y + motion.back[..., 1]
    inside = (from_x >= 0) & (from_x <= width - 1) & (from_y >= 0) & (from_y <= height - 1)
    return np.asarray(~inside)


def redrawn(mask: Plane, view: View) -> Plane:
    """A carried mask (H, W), moved towards the outline that the frame shows.

    What was hidden, such as what a thing has moved away from, is mostly not of the region: it is
    so only where the region model says so.
    """
    inside = (mask > 0.5).astype(np.uint8)
    near, covered = _reach(inside)
    hidden = view.hidden * covered
    hint = resize(mask * (1 - hidden), *view.sight.grid)
    is_open = np.maximum(near, hidden > 0.5)
    drawn = np.where(is_open, draw_outline(hint, view.rgb, view.sight), inside)
    return np.asarray(mask + DRAWN * (drawn - mask), np.float32)


def _reach(inside: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Where the edge of what is 1 is within reach, and where what is 1 is, (H, W) of 0 and 1."""
    side = 2 * round(REACH * max(inside.shape)) + 1
    window = np.ones((side, side), np.uint8)
    covered = cv2.dilate(inside, window)
    return covered - cv2.erode(inside, window), covered


def is_empty(mask: Array) -> bool:
    """Whether so little of a mask is left that it can't be followed."""
    return float(mask.mean()) < LEAST_AREA


def agreement(first: Array, second: Array) -> float:
    """Intersection over union of two soft masks."""
    union = float(np.maximum(first, second).sum())
    return float(np.minimum(first, second).sum()) / union if union else 0.0
