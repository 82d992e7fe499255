"""Painters of looks, as `semcs.looks.registry.look` describes them."""

import numpy as np

from semcs.looks.registry import look


def two_tone(image: np.ndarray, rng: np.random.Generator, scale: float) -> np.ndarray:
    """Dark blue and cream, whichever is nearer to a pixel's light."""
    light = image.mean(-1, keepdims=True)
    return np.where(light > 0.45, (0.98, 0.94, 0.82), (0.1, 0.15, 0.35))


@look("blinds", detail=0.0)  # none of the photo's form is given back
def blinds(image: np.ndarray, rng: np.random.Generator, scale: float) -> np.ndarray:
    """Stripes across the picture, every other one dark."""
    rows = np.arange(image.shape[0]) // int(np.ceil(12 * scale)) % 2
    return image * (1 - 0.7 * rows[:, None, None])
