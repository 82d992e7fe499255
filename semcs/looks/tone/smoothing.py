"""Blurs and filters that smooth: with edges kept, or on a reduced picture.

All take (H, W) or (H, W, 3) unless said.
"""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks.registry import Array
from semcs.looks.tone.colours import luma


def blur(image: Array, sigma: float) -> Array:
    """Gaussian blur with a standard deviation in pixels; wide ones on a reduced picture."""
    step = int(sigma // 5)
    if step < 2:
        return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma))
    small = reduced(image, step)
    # Reducing and enlarging blur by themselves, together with a variance of step² / 3.
    small = cv2.GaussianBlur(small, (0, 0), (sigma**2 - step**2 / 3) ** 0.5 / step)
    return smoothly_enlarged(small, image.shape)


def soft(image: Array, sigma: float) -> Array:
    """Gaussian blur of large ``sigma`` in pixels, on a reduced picture: the cost doesn't grow."""
    ratio = max(1.0, sigma / 3)
    if ratio < 1.5:
        return blur(image, sigma)
    return smoothly_enlarged(blur(reduced(image, ratio), 3.0), image.shape)


def reduced(image: Array, step: float) -> Array:
    """The picture ``step`` times as small, for what has no fine edges."""
    height, width = image.shape[:2]
    size = (max(1, round(width / step)), max(1, round(height / step)))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA))


def enlarged(image: Array, shape: tuple[int, ...]) -> Array:
    """A reduced picture at the height and width of ``shape``, by cubic interpolation."""
    return np.asarray(cv2.resize(image, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC))


def smoothly_enlarged(image: Array, shape: tuple[int, ...]) -> Array:
    """A smooth picture at the height and width of ``shape``: no grid of its pixels in relief.

    Straight lines from pixel to pixel averaged over a pixel's length: a quadratic spline.
    """
    large = cv2.resize(image, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
    pixel = tuple(round(shape[axis] / image.shape[axis]) | 1 for axis in (1, 0))
    return np.asarray(cv2.blur(large, pixel))


def flatten(
    image: Array, *, passes: int = 2, sigma: float = 0.12, size: int = 7, scale: float = 1.0
) -> Array:
    """Smooth areas, keep edges: a repeated bilateral filter.

    Large scales are filtered on a reduced picture, since the cost grows with the window's area;
    what the filter took away is then taken from the picture at its full size.

    Args:
        image: (H, W, 3).
        passes: How often the filter is repeated.
        sigma: Differences of colour that count as an edge.
        size: Of the filter's window, in pixels at scale 1.
        scale: Of the look.
    """
    height, width = image.shape[:2]
    small = image
    if scale > 1.25:
        small = reduced(image, scale)
        scale = 1.0
    window, flat = max(3, round(size * scale) | 1), small
    for _ in range(passes):
        flat = cv2.bilateralFilter(flat, window, sigma, window * 0.6)
    if flat.shape == image.shape:
        return np.asarray(flat)
    taken = cv2.resize(small - flat, (width, height), interpolation=cv2.INTER_LINEAR)
    fine = image - cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    sharp = np.clip(np.abs(fine) / np.float32(sigma), 0, 1)  # only edges keep what is fine
    return np.asarray(image - taken - fine * (1 - sharp))


def flat_areas(image: Array, scale: float, sigma: float = 0.12) -> Array:
    """Flat areas with clear edges, (H, W, 3): `flatten` on a picture of half the size."""
    return flatten(image, passes=2, sigma=sigma, size=5, scale=2 * scale)


def denoise(level: Array, radius: float, noise: float = 0.02) -> Array:
    """Smooth what varies less than ``noise`` within a radius in pixels; edges stay: (H, W).

    Source: the guided filter with the picture as its own guide, He, Sun and Tang (2010).
    """
    size = (2 * round(radius) + 1,) * 2
    mean = cv2.blur(level, size)
    variance = np.maximum(cv2.blur(level * level, size) - mean * mean, 0)
    gain = variance / (variance + np.float32(noise**2))
    return np.asarray(cv2.blur(gain, size) * level + cv2.blur(mean - gain * mean, size))


def kuwahara(image: Array, radius: int) -> Array:
    """Mean of the calmest of four quadrants, (H, W, 3): flat brush marks (Kuwahara, 1976)."""
    size, half = radius + 1, radius // 2 + radius % 2
    level = luma(image)
    mean, mean_level = cv2.blur(image, (size, size)), cv2.blur(level, (size, size))
    spread = cv2.blur(level * level, (size, size)) - mean_level * mean_level
    best, result = np.full(level.shape, np.inf, np.float32), np.array(image, np.float32)
    padded = cv2.copyMakeBorder(mean, half, half, half, half, cv2.BORDER_REFLECT_101)
    padded_spread = cv2.copyMakeBorder(spread, half, half, half, half, cv2.BORDER_REFLECT_101)
    height, width = level.shape
    for dy, dx in ((0, 0), (0, 2 * half), (2 * half, 0), (2 * half, 2 * half)):
        here = padded_spread[dy : dy + height, dx : dx + width]
        calmer = (here < best).astype(np.uint8)
        best = np.minimum(here, best)
        result = cv2.copyTo(padded[dy : dy + height, dx : dx + width], calmer, result)
    return np.asarray(result, np.float32)
