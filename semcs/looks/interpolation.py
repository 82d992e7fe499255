"""Pictures in different looks brought to one that is partly in each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from semcs.looks.oklab import from_oklab, to_oklab
from semcs.looks.registry import Array
from semcs.looks.tone import blur

STROKES = (1.5, 4.0, 12.0)  # pixels at scale 1: strokes up to each of these keep their contrast
LEAST_GAIN, MOST_GAIN = 0.7, 1.6  # on the contrast of a mean: of two unlike pictures it is √2
FAINT = 0.05  # lightness or chroma: strokes that can't be seen


def blend_pictures(
    pictures: Sequence[Array], weights: Sequence[float], scale: float
) -> NDArray[np.float32]:
    """A picture between others, nearer to those of more weight.

    Colours are the weighted mean. A mean of strokes is paler than any of them, so that the middle
    of a series would look washed out: strokes of each size get the contrast back that lies
    between those of the pictures.

    Args:
        pictures: Each (H, W, 3) RGB in [0, 1].
        weights: One for each picture, which sum to 1.
        scale: Of the strokes, 1 for a picture 512 pixels long.

    Returns:
        (H, W, 3) float32 in [0, 1].
    """
    if len(pictures) == 1:
        return np.asarray(pictures[0], np.float32)
    rests = [to_oklab(picture) for picture in pictures]
    strokes = np.zeros_like(rests[0])
    for size in STROKES:
        smooth = [blur(rest, max(0.6, size * scale)) for rest in rests]
        bands = [rest - base for rest, base in zip(rests, smooth)]
        strokes += _mean_of_strokes(bands, weights, max(1.0, 3 * size * scale))
        rests = smooth
    return from_oklab(_mean(rests, weights) + strokes)


def _mean_of_strokes(
    bands: Sequence[Array], weights: Sequence[float], spread: float
) -> NDArray[np.float32]:
    """The mean of strokes of one size, as strong around each pixel as theirs are in the mean."""

    def strength(band: Array) -> Array:
        return np.sqrt(np.maximum(blur(band * band, spread), 0))

    mixed = _mean(bands, weights)
    wanted = _mean([strength(band) for band in bands], weights)
    gain = (wanted + FAINT) / (strength(mixed) + FAINT)
    return np.asarray(mixed * np.clip(gain, LEAST_GAIN, MOST_GAIN), np.float32)


def _mean(planes: Sequence[Array], weights: Sequence[float]) -> NDArray[np.float32]:
    return np.asarray(sum(plane * np.float32(w) for plane, w in zip(planes, weights)), np.float32)
