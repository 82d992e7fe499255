"""One picture of a clip."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture of a clip.

    Attributes:
        index: From 0, of the whole clip.
        time: Seconds from the clip's first frame.
        rgb: (H, W, 3) uint8 RGB, upright.
    """

    index: int
    time: Fraction
    rgb: NDArray[np.uint8]
