"""What the reference programs do to a picture before they save it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from semcs.style.options import Output


def finish(rgb: NDArray[np.float32], output: Output) -> NDArray[np.float32]:
    """Contrast and stretch the picture as asked; both are off in semcs's own presets.

    Args:
        rgb: (H, W, 3) in [0, 1].
        output: Its `contrast` multiplies the distance from the mean brightness; its `stretch`
            carries the darkest value to 0 and the brightest to 1.

    Returns:
        (H, W, 3) float32 in [0, 1].
    """
    if output.contrast != 1:
        mean = float((rgb @ np.array([0.299, 0.587, 0.114], np.float32)).mean())
        rgb = np.clip(mean + output.contrast * (rgb - mean), 0, 1)
    if output.stretch:
        low, high = float(rgb.min()), float(rgb.max())
        rgb = (rgb - low) / max(high - low, 1e-6)
    return np.asarray(rgb, np.float32)
