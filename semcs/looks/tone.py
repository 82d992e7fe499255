"""Tone and colour: luminance, palettes, blending, lines and relief."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks.registry import Array

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
    gain = np.minimum(gain, 6)
    return cv2.merge([np.clip(plane * gain, 0, 1) for plane in cv2.split(image)])


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
    return np.take(table, index, 0)


def steps(tone: Array, palette: Array) -> Array:
    """Map tones in [0, 1] to flat colours, each taking an equal share of the range."""
    index = np.clip(tone * len(palette), 0, len(palette) - 1).astype(np.intp)
    return np.take(palette, index, 0)


@lru_cache(maxsize=1)
def _cube() -> Array:
    """CIELAB of 32 × 32 × 32 RGB colours, (32768, 3)."""
    axis = (np.arange(32, dtype=np.float32) + np.float32(0.5)) / 32
    colours = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), -1).reshape(1, -1, 3)
    return np.asarray(cv2.cvtColor(colours, cv2.COLOR_RGB2LAB))[0]


def closest(image: Array, palette: Array) -> NDArray[np.uint8]:
    """Index of the colour of the palette (N, 3) that is nearest in CIELAB, (H, W)."""
    inks = cv2.cvtColor(np.asarray(palette, np.float32)[None], cv2.COLOR_RGB2LAB)[0]
    far = np.stack([np.square(_cube() - ink).sum(-1) for ink in inks])
    table = far.argmin(0).astype(np.uint8)
    red, green, blue = cv2.split(np.clip(image * 32, 0, 31).astype(np.uint16))
    return np.asarray(table[red * 1024 + green * 32 + blue])


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
    other = np.asarray(b, np.float32)
    if not isinstance(weight, np.ndarray) or weight.ndim != a.ndim - 1:
        return np.asarray(a + (other - a) * weight, np.float32)
    if weight.shape != a.shape[:-1]:
        return np.asarray(a + (other - a) * weight[..., None], np.float32)
    # Plane by plane: several times as fast as a weight broadcast over the channels.
    made, others = np.empty(a.shape, np.float32), np.broadcast_to(other, a.shape)
    for channel in range(a.shape[-1]):
        step = others[..., channel] - a[..., channel]
        made[..., channel] = a[..., channel] + step * weight
    return made


def screen(a: Array, b: Array) -> Array:
    """Add light: 1 − (1 − a)(1 − b)."""
    if a.shape != b.shape or a.ndim != 3:
        return np.asarray(1 - (1 - np.clip(a, 0, 1)) * (1 - np.clip(b, 0, 1)), np.float32)
    made = np.empty(a.shape, np.float32)
    for channel in range(a.shape[-1]):
        rest = 1 - np.clip(a[..., channel], 0, 1)
        made[..., channel] = 1 - rest * (1 - np.clip(b[..., channel], 0, 1))
    return made


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
    """Gaussian blur with a standard deviation in pixels; wide ones on a reduced picture."""
    step = int(sigma // 5)
    if step < 2:
        return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma))
    height, width = image.shape[:2]
    reduced = (max(1, round(width / step)), max(1, round(height / step)))
    small = cv2.resize(image, reduced, interpolation=cv2.INTER_AREA)
    # Reducing and enlarging blur by themselves, together with a variance of step² / 3.
    small = cv2.GaussianBlur(small, (0, 0), (sigma**2 - step**2 / 3) ** 0.5 / step)
    return smoothly_enlarged(small, image.shape)


def smoothly_enlarged(image: Array, shape: tuple[int, ...]) -> Array:
    """A smooth picture at another height and width: no grid of its pixels, not even in relief.

    Straight lines from pixel to pixel averaged over a pixel's length: a quadratic spline.
    """
    large = cv2.resize(image, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
    pixel = tuple(round(shape[axis] / image.shape[axis]) | 1 for axis in (1, 0))
    return np.asarray(cv2.blur(large, pixel))


def flatten(
    image: Array, *, passes: int = 2, sigma: float = 0.12, size: int = 7, scale: float = 1.0
) -> Array:
    """Smooth areas, keep edges: repeated bilateral filter of ``size`` pixels at scale 1.

    Large scales are filtered on a reduced picture, since the cost grows with the window's area;
    what the filter took away is then taken from the picture at its full size.
    """
    height, width = image.shape[:2]
    small = image
    if scale > 1.25:
        reduced = (max(1, round(width / scale)), max(1, round(height / scale)))
        small = cv2.resize(image, reduced, interpolation=cv2.INTER_AREA)
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


def edges(tone: Array, sigma: float = 1.0, scale: float = 1.0) -> Array:
    """Gradient magnitude of the smoothed tone, scaled so that strong edges are near 1.

    ``sigma`` is in pixels of a picture at scale 1.
    """
    smooth = cv2.GaussianBlur(tone, (0, 0), sigma * scale)
    gx, gy = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    size = cv2.magnitude(gx, gy) * np.float32(scale)
    return np.clip(size / max(2.2 * float(np.percentile(size[::2, ::2], 90)), 0.25), 0, 1)


def relief(height: Array, angle: float, strength: float = 1.0, scale: float = 1.0) -> Array:
    """Light raking over a height field from an angle: signed shading, 0 = flat.

    A height field whose lengths are ``scale`` times as long is that much less steep.
    """
    gx, gy = cv2.Sobel(height, cv2.CV_32F, 1, 0), cv2.Sobel(height, cv2.CV_32F, 0, 1)
    slope = gx * np.float32(np.cos(angle)) + gy * np.float32(np.sin(angle))
    return np.asarray(np.tanh(slope * np.float32(strength * scale)), np.float32)


def shade(image: Array, amount: Array) -> Array:
    """Lighten towards white where ``amount`` > 0 and darken towards black where it is < 0."""
    more, less = np.maximum(amount, 0), 1 + np.minimum(amount, 0)
    made = np.empty(image.shape, np.float32)
    for channel in range(image.shape[-1]):
        plane = np.ascontiguousarray(image[..., channel])
        lit = 1 - plane
        lit *= more
        lit += plane
        lit *= less
        made[..., channel] = np.clip(lit, 0, 1, out=lit)
    return made


def to_bytes(image: Array) -> NDArray[np.uint8]:
    """[0, 1] floats to a contiguous uint8 canvas that cv2 can draw on with antialiasing."""
    return np.ascontiguousarray(np.clip(image * 255, 0, 255).astype(np.uint8))


def to_floats(canvas: NDArray[np.uint8]) -> Array:
    """A uint8 canvas back to [0, 1] floats."""
    return np.asarray(canvas, np.float32) / 255


def denoise(level: Array, radius: float, noise: float = 0.02) -> Array:
    """Smooth what varies less than ``noise`` within a radius in pixels; edges stay.

    Source: the guided filter with the picture as its own guide, He, Sun and Tang (2010).
    """
    size = (2 * round(radius) + 1,) * 2
    mean = cv2.blur(level, size)
    variance = np.maximum(cv2.blur(level * level, size) - mean * mean, 0)
    gain = variance / (variance + np.float32(noise**2))
    return np.asarray(cv2.blur(gain, size) * level + cv2.blur(mean - gain * mean, size))


def quiet(image: Array, scale: float = 1.0, *, blur: float = 0.0) -> Array:
    """Stretched luminance as of `tones`, but smooth areas stay smooth and black stays dark.

    Relief, contours and thresholds of it show no noise of the camera. ``blur`` is in pixels at
    scale 1.
    """
    tone = denoise(luma(image), max(1.0, 3 * scale))
    if blur > 0:
        tone = cv2.GaussianBlur(tone, (0, 0), blur * scale)
    low, high = (float(v) for v in np.percentile(tone[::3, ::3], (1, 99)))
    middle = 0.5 * (low + high)
    even = np.clip((tone - middle) / max(high - low, 0.45) + 0.35 + 0.3 * middle, 0, 1)
    typical = float(np.clip(np.median(even[::3, ::3]), 0.02, 0.98))
    bend = np.log(np.clip(typical, 0.36, 0.68)) / np.log(typical)
    return np.asarray(even ** np.clip(bend, 0.65, 1.6), np.float32)


def relight(image: Array, level: Array, *, most: float = 3.0) -> Array:
    """The photo with the luminance ``level`` (H, W), nowhere brightened more than ``most`` fold."""
    gain = np.minimum(level / np.maximum(luma(image), np.float32(0.02)), np.float32(most))
    return cv2.merge([np.clip(plane * gain, 0, 1) for plane in cv2.split(image)])


def vivid(image: Array, gain: float) -> Array:
    """Saturate what has a colour; what is nearly grey stays so."""
    grey = luma(image)
    away = [plane - grey for plane in cv2.split(image)]
    red, green, blue = (np.abs(plane) for plane in away)
    chroma = np.maximum(np.maximum(red, green), blue)
    stretched = 1 + np.float32(gain - 1) * smoothstep(chroma, 0.02, 0.16)
    return cv2.merge([np.clip(grey + plane * stretched, 0, 1) for plane in away])


def soft(image: Array, sigma: float) -> Array:
    """Gaussian blur of large ``sigma`` in pixels, on a reduced picture: the cost doesn't grow."""
    ratio = max(1.0, sigma / 3)
    if ratio < 1.5:
        return blur(image, sigma)
    height, width = image.shape[:2]
    size = (max(1, round(width / ratio)), max(1, round(height / ratio)))
    small = blur(cv2.resize(image, size, interpolation=cv2.INTER_AREA), 3.0)
    return smoothly_enlarged(small, image.shape)


def reduced(image: Array, step: float) -> Array:
    """The picture ``step`` times as small, for what has no fine edges."""
    height, width = image.shape[:2]
    size = (max(1, round(width / step)), max(1, round(height / step)))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA))


def enlarged(image: Array, shape: tuple[int, ...]) -> Array:
    """A reduced picture at the height and width of ``shape``, smooth."""
    return np.asarray(cv2.resize(image, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC))
