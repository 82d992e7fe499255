"""A mask with its outline moved out or in, or made softer, at the picture's own size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from semcs.errors import check_number, check_switch

Array = npt.NDArray[np.floating[Any]]

FARTHEST = 10_000.0  # pixels


@dataclass(frozen=True)
class Shape:
    """What is done to a mask once it is found, in this order.

    Attributes:
        invert: Everything but the region.
        grow: Pixels by which the outline then moves out; negative, in.
        feather: Width in pixels of the ramp from 0 to 1 along the outline; 0 leaves its own.
    """

    invert: bool = False
    grow: float = 0.0
    feather: float = 0.0

    def __post_init__(self) -> None:
        check_switch("invert", self.invert)
        check_number("grow", self.grow, least=-FARTHEST, most=FARTHEST)
        check_number("feather", self.feather, most=FARTHEST)

    def of(self, mask: Array) -> npt.NDArray[np.float32]:
        """A mask (H, W) in [0, 1] in this shape."""
        mask = 1 - mask if self.invert else mask
        if self.feather > 0:
            mask = _ramp(mask, self.grow, self.feather)
        elif self.grow > 0:  # what is soft further out stays
            mask = np.maximum(mask, _ramp(mask, self.grow, 1.0))
        elif self.grow < 0:
            mask = np.minimum(mask, _ramp(mask, self.grow, 1.0))
        return mask.astype(np.float32, copy=False)


def _ramp(mask: Array, grow: float, width: float) -> Array:
    """A ramp of a width along the outline, moved out by `grow`; a mask without outline stays."""
    inside = mask > 0.5
    if inside.all() or not inside.any():
        return mask
    return np.clip(0.5 + (signed_distance(inside) + grow) / width, 0, 1)


def signed_distance(inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
    """Pixels from each pixel's centre to the outline, which runs between pixels; negative outside.

    Args:
        inside: (H, W), with pixels of both kinds.
    """
    return np.where(inside, depth(inside) - 0.5, 0.5 - depth(~inside))


def depth(inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
    """Pixels from each pixel inside to the nearest one outside, centre to centre; 0 outside."""
    import cv2

    distance = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    # Its last bits differ from call to call; squares of distances are whole numbers.
    exact: npt.NDArray[np.float32] = np.sqrt(np.rint(distance * distance))
    return exact
