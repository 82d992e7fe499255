"""Contrast and stretch of a clip's pictures, by levels that are the same in all of its frames.

By each frame's own levels, as `finish` takes them, the brightness would jump from frame to frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from semcs.style.options import Output

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Levels:
    """What contrast and stretch refer to.

    Attributes:
        mean: Brightness that contrast leaves as it is.
        low: Value that the stretch carries to 0.
        high: Value that it carries to 1.
    """

    mean: float
    low: float
    high: float

    @classmethod
    def of(cls, pictures: Sequence[Array], output: Output) -> Levels:
        """The levels of a region's pictures (H, W, 3) in several frames, taken together."""
        gray = np.array([0.299, 0.587, 0.114], np.float32)
        mean = float(np.mean([float((rgb @ gray).mean()) for rgb in pictures]))
        contrasted = [_contrasted(rgb, mean, output.contrast) for rgb in pictures]
        low = min(float(rgb.min()) for rgb in contrasted)
        return cls(mean, low, max(float(rgb.max()) for rgb in contrasted))

    def finish(self, rgb: Array, output: Output) -> Array:
        """Contrast and stretch a picture (H, W, 3) in [0, 1] as asked, as `finish` does."""
        rgb = _contrasted(rgb, self.mean, output.contrast)
        if output.stretch:
            rgb = np.clip((rgb - self.low) / max(self.high - self.low, 1e-6), 0, 1)
        return np.asarray(rgb, np.float32)


def _contrasted(rgb: Array, mean: float, contrast: float) -> Array:
    return rgb if contrast == 1 else np.clip(mean + contrast * (rgb - mean), 0, 1)
