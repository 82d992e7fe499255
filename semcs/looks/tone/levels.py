"""Lightness: stretched over the range, evened out, and photos relit by it."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks.registry import Array
from semcs.looks.tone.colours import luma, vivid
from semcs.looks.tone.smoothing import denoise, soft


def stretch(level: Array, *, span: float = 0.35) -> Array:
    """Spread levels (H, W) over [0, 1]; ``span`` is the least range stretched to the whole."""
    low, high = (float(v) for v in np.percentile(level[::3, ::3], (2, 98)))
    even = _centred(level, low, high, span)
    # Mostly dark or mostly light pictures would leave half of a palette unused.
    return np.asarray(even ** _bend(even), np.float32)


def tones(image: Array, *, blur: float = 0.0, span: float = 0.35) -> Array:
    """Stretched luminance of (H, W, 3), smoothed by a Gaussian of ``blur`` pixels: (H, W)."""
    level = luma(image)
    if blur > 0:
        level = cv2.GaussianBlur(level, (0, 0), blur)
    return stretch(level, span=span)


def quiet(image: Array, scale: float = 1.0, *, blur: float = 0.0) -> Array:
    """Stretched luminance as of `tones`, but smooth areas stay smooth and black stays dark.

    Relief, contours and thresholds of it show no noise of the camera. ``blur`` is in pixels at
    scale 1.
    """
    level = denoise(luma(image), max(1.0, 3 * scale))
    if blur > 0:
        level = cv2.GaussianBlur(level, (0, 0), blur * scale)
    low, high = (float(v) for v in np.percentile(level[::3, ::3], (1, 99)))
    even = _centred(level, low, high, 0.45)
    return np.asarray(even ** np.clip(_bend(even), 0.65, 1.6), np.float32)


def _centred(level: Array, low: float, high: float, span: float) -> Array:
    """Levels (H, W) with the range from ``low`` to ``high`` widened over [0, 1]."""
    middle = 0.5 * (low + high)
    return np.clip((level - middle) / max(high - low, span) + 0.35 + 0.3 * middle, 0, 1)


def _bend(even: Array) -> np.float64:
    """The power that brings the median of levels (H, W) to between 0.36 and 0.68.

    Of numpy's type, so that levels are raised to it in double precision.
    """
    typical = float(np.clip(np.median(even[::3, ::3]), 0.02, 0.98))
    return np.float64(np.log(np.clip(typical, 0.36, 0.68)) / np.log(typical))


def equalised(level: Array, amount: float) -> Array:
    """Levels (H, W) moved by ``amount`` towards equal shares of the range, so that none is rare."""
    shares = np.linspace(0, 1, 33)
    at = np.quantile(level[::4, ::4], shares) + shares * 1e-3
    return np.asarray(level + amount * (np.interp(level, at, shares) - level), np.float32)


def expose(image: Array, *, amount: float = 0.8) -> Array:
    """Relight a photo (H, W, 3) so that its luminance spreads over the range; hues stay."""
    level = luma(image)
    gain = (level + amount * (stretch(level, span=0.45) - level)) / np.maximum(level, 0.03)
    return _lit(image, np.minimum(gain, 6))


def relight(image: Array, level: Array, *, most: float = 3.0) -> Array:
    """The photo with the luminance ``level`` (H, W), nowhere brightened more than ``most`` fold."""
    gain = np.minimum(level / np.maximum(luma(image), np.float32(0.02)), np.float32(most))
    return _lit(image, gain)


def _lit(image: Array, gain: Array) -> Array:
    return cv2.merge([np.clip(plane * gain, 0, 1) for plane in cv2.split(image)])


def crisp(image: Array, scale: float, size: int) -> Array:
    """A vivid photo (H, W, 3) sharpened so that it stays clear in blocks of ``size`` pixels."""
    bright = vivid(relight(image, quiet(image, scale)), 1.8)
    return np.clip(1.4 * bright - 0.4 * soft(bright, 1.5 * size), 0, 1)
