"""Tone and colour: luminance, palettes, blending, lines and relief."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.training.renderers.registry import Array

Colour = tuple[float, float, float]


def luma(image: Array) -> Array:
    """Rec. 601 luminance, (H, W) in [0, 1]."""
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))


def stretch(tone: Array, *, span: float = 0.35) -> Array:
    """Spread tones over [0, 1]; ``span`` is the least range that is stretched to the whole."""
    low, high = (float(v) for v in np.percentile(tone[::3, ::3], (2, 98)))
    middle = 0.5 * (low + high)
    even = np.clip((tone - middle) / max(high - low, span) + 0.35 + 0.3 * middle, 0, 1)
    # Mostly dark or mostly light pictures would leave half of a palette unused.
    typical = float(np.clip(np.median(even[::3, ::3]), 0.02, 0.98))
    return np.asarray(even ** (np.log(np.clip(typical, 0.36, 0.68)) / np.log(typical)), np.float32)


def tones(image: Array, *, blur: float = 0.0, span: float = 0.35) -> Array:
    """Stretched luminance, smoothed by a Gaussian of ``blur`` pixels."""
    tone = luma(image)
    if blur > 0:
        tone = cv2.GaussianBlur(tone, (0, 0), blur)
    return stretch(tone, span=span)


def expose(image: Array, *, amount: float = 0.8) -> Array:
    """Relight a photo so that its luminance spreads over the range; colours keep their hue."""
    level = luma(image)
    gain = (level + amount * (stretch(level, span=0.45) - level)) / np.maximum(level, 0.03)
    return np.clip(image * np.minimum(gain, 6)[..., None], 0, 1)


def hexes(*codes: str) -> Array:
    """Palette (N, 3) in [0, 1] from ``"rrggbb"`` codes."""
    return np.array([[int(c[i : i + 2], 16) for i in (0, 2, 4)] for c in codes], np.float32) / 255


def jitter(palette: Array, rng: np.random.Generator, amount: float = 0.03) -> Array:
    """The palette with every colour moved a little, and all of them together."""
    own = rng.normal(0, amount, palette.shape)
    whole = amount * (rng.normal() + 0.4 * rng.normal(0, 1, 3))
    return np.clip(palette + own + whole, 0, 1).astype(np.float32)


def ramp(tone: Array, palette: Array, stops: Sequence[float] | None = None) -> Array:
    """Map tones in [0, 1] through a piecewise linear colour ramp: (H, W) -> (H, W, 3)."""
    at = np.linspace(0, 1, len(palette)) if stops is None else np.asarray(stops)
    grid = np.linspace(0, 1, 256)
    table = np.stack([np.interp(grid, at, palette[:, c]) for c in range(3)], 1).astype(np.float32)
    index = np.clip(tone * 255, 0, 255).astype(np.uint8)
    return np.asarray(table[index])


def steps(tone: Array, palette: Array) -> Array:
    """Map tones in [0, 1] to flat colours, each taking an equal share of the range."""
    index = np.clip(tone * len(palette), 0, len(palette) - 1).astype(np.intp)
    return np.asarray(palette[index])


def glow(mask: Array, colour: Colour) -> Array:
    """A mask (H, W) or a picture (H, W, 3) in the light of one colour: (H, W, 3)."""
    planes = mask if mask.ndim == 3 else mask[..., None]
    return np.asarray(planes * np.array(colour, np.float32))


def fill(image: Array, colour: Colour) -> Array:
    """A picture of one colour as large as ``image``, read-only."""
    return np.broadcast_to(np.array(colour, np.float32), image.shape)


def grey(level: Array) -> Array:
    """The same level in all three channels: (H, W) -> (H, W, 3)."""
    return np.repeat(level[..., None], 3, 2)


def mix(a: Array, b: Array | Colour | float, weight: Array | float) -> Array:
    """``a`` where the weight is 0, ``b`` where it is 1; weights (H, W) or a number."""
    w = (
        weight[..., None]
        if isinstance(weight, np.ndarray) and weight.ndim == a.ndim - 1
        else weight
    )
    return np.asarray(a + (np.asarray(b, np.float32) - a) * w, np.float32)


def screen(a: Array, b: Array) -> Array:
    """Add light: 1 − (1 − a)(1 − b)."""
    return np.asarray(1 - (1 - np.clip(a, 0, 1)) * (1 - np.clip(b, 0, 1)), np.float32)


def saturate(image: Array, gain: float) -> Array:
    """Scale the distance of every pixel from its grey."""
    grey = luma(image)[..., None]
    return np.clip(grey + (image - grey) * gain, 0, 1)


def shift_hue(image: Array, degrees: float) -> Array:
    """Turn every hue by an angle."""
    hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV)
    hsv[..., 0] = (hsv[..., 0] + degrees) % 360
    return np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB))


def posterise(image: Array, levels: int) -> Array:
    """Round every channel to ``levels`` values."""
    return np.asarray(np.round(image * (levels - 1)) / (levels - 1), np.float32)


def smoothstep(x: Array, low: float, high: float) -> Array:
    """0 under ``low``, 1 over ``high``, cubic between them."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def blur(image: Array, sigma: float) -> Array:
    """Gaussian blur with a standard deviation in pixels."""
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma))


def flatten(image: Array, *, passes: int = 2, sigma: float = 0.12, size: int = 7) -> Array:
    """Smooth areas, keep edges: repeated bilateral filter."""
    for _ in range(passes):
        image = cv2.bilateralFilter(image, size, sigma, size * 0.6)
    return image


def edges(tone: Array, sigma: float = 1.0) -> Array:
    """Gradient magnitude of the smoothed tone, scaled so that strong edges are near 1."""
    smooth = cv2.GaussianBlur(tone, (0, 0), sigma)
    gx, gy = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    size = cv2.magnitude(gx, gy)
    return np.clip(size / max(2.2 * float(np.percentile(size[::2, ::2], 90)), 0.25), 0, 1)


def relief(height: Array, rng_angle: float, strength: float = 1.0) -> Array:
    """Light raking over a height field from an angle: signed shading, 0 = flat."""
    gx, gy = cv2.Sobel(height, cv2.CV_32F, 1, 0), cv2.Sobel(height, cv2.CV_32F, 0, 1)
    slope = gx * np.cos(rng_angle) + gy * np.sin(rng_angle)
    return np.asarray(np.tanh(slope * strength), np.float32)


def shade(image: Array, amount: Array) -> Array:
    """Lighten towards white where ``amount`` > 0 and darken towards black where it is < 0."""
    signed = amount[..., None]
    lit = image + np.maximum(signed, 0) * (1 - image)
    return np.clip(lit * (1 + np.minimum(signed, 0)), 0, 1)


def to_bytes(image: Array) -> NDArray[np.uint8]:
    """[0, 1] floats to a contiguous uint8 canvas that cv2 can draw on with antialiasing."""
    return np.ascontiguousarray(np.clip(image * 255, 0, 255).astype(np.uint8))


def to_floats(canvas: NDArray[np.uint8]) -> Array:
    """A uint8 canvas back to [0, 1] floats."""
    return np.asarray(canvas, np.float32) / 255
