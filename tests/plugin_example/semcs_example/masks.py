"""A mask module: a function of a picture that gives its foreground."""

import numpy as np


def reddish(rgb: np.ndarray) -> np.ndarray:
    """How much redder than green each pixel is: (H, W, 3) in [0, 1] to (H, W) in [0, 1]."""
    return np.clip(4 * (rgb[..., 0] - rgb[..., 1]), 0, 1)
