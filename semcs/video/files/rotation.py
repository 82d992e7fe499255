"""Upright frames: what a file's display matrix asks of its pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from av.video.frame import VideoFrame


@dataclass(frozen=True)
class Turn:
    """How stored pixels become upright: rows and columns swapped first, then mirrored.

    Attributes:
        swapped: Whether rows become columns.
        across: Whether left and right change places, after that.
        over: Whether top and bottom change places, after that.
    """

    swapped: bool = False
    across: bool = False
    over: bool = False

    def of(self, rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """(H, W, 3), or (W, H, 3) where it is swapped."""
        turned = rgb.swapaxes(0, 1) if self.swapped else rgb
        turned = turned[:: -1 if self.over else 1, :: -1 if self.across else 1]
        return np.ascontiguousarray(turned)


def turn_of(frame: VideoFrame) -> Turn:
    """What the frame's display matrix says; other angles are taken for the nearest right one."""
    data = frame.side_data.get("DISPLAYMATRIX")
    if data is None:
        return Turn()
    # A pixel at (x, y) is shown at (a·x + c·y, b·x + d·y), but for an offset.
    a, b, _, c, d = (int(value) for value in np.frombuffer(cast("Any", data), np.int32)[:5])
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return Turn(False, a < 0, d < 0)
    return Turn(True, c < 0, b < 0)
