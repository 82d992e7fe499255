"""The photo's colours under the strokes of a style."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks.rendering import look_scale
from semcs.looks.tone import blur

COARSE = 12.0  # pixels at scale 1: lightness that varies more slowly is the photo's
MOST_APART = 3.7  # mean distance in CIELAB from the photo's colours, where they are kept in full
FLAT = 2.0  # lightness: strokes that are weaker stay so, and photos that vary less have no form
STEEPEST = 3.5  # single strokes aren't apart by much more than so many times the usual
MOST_GAIN = 12.0  # on strokes whose strength around them was made 1

Array = NDArray[np.float32]


def keep_colors(painted: Array, photo: Array, mask: Array, amount: float) -> Array:
    """Bring a painted region's colours back to those of the photo; its strokes stay.

    Chroma and slow changes of lightness are the photo's, fast ones the style's, as far as the mean
    colour distance (CIE76) to the photo inside the mask stays under `MOST_APART`.

    Args:
        painted: (H, W, 3) RGB in [0, 1].
        photo: (H, W, 3) RGB in [0, 1].
        mask: (H, W) in [0, 1], the region.
        amount: 0 leaves the painted colours, 1 keeps those of the photo.

    Returns:
        (H, W, 3) float32 RGB in [0, 1].
    """
    if amount == 0:
        return painted
    own = cv2.cvtColor(photo, cv2.COLOR_RGB2LAB)
    styled = cv2.cvtColor(painted, cv2.COLOR_RGB2LAB)
    kept = own.copy()
    kept[..., 0] = np.clip(own[..., 0] + _strokes(styled[..., 0], own[..., 0], mask), 0, 100)
    kept = kept if amount == 1 else styled + np.float32(amount) * (kept - styled)
    return np.clip(cv2.cvtColor(kept, cv2.COLOR_LAB2RGB), 0, 1)


def _strokes(styled: Array, own: Array, mask: Array) -> Array:
    """What a style adds to the photo's lightness (H, W), as much of it as the limit allows.

    It is what is left of the fast changes when those that follow the photo are taken out, about as
    strong everywhere, so that the limit isn't used up at the photo's own outlines.
    """
    spread = COARSE * look_scale(max(own.shape))
    inside = np.clip(mask, 1e-4, 1)
    area = np.maximum(blur(inside, spread), 1e-6)

    def mean(plane: Array) -> Array:
        return np.asarray(blur(plane * inside, spread) / area)

    fast, photo = styled - mean(styled), own - mean(own)
    follows = np.clip(mean(fast * photo) / (mean(photo * photo) + FLAT**2), 0, 3)
    strokes = fast - follows * photo
    strokes /= np.sqrt(np.maximum(mean(strokes * strokes), 0)) + FLAT
    strokes = STEEPEST * np.tanh(strokes / STEEPEST)
    apart = float((np.abs(strokes) * mask).sum() / max(float(mask.sum()), 1e-6))
    return np.asarray(strokes * (MOST_APART / max(apart, MOST_APART / MOST_GAIN)), np.float32)
