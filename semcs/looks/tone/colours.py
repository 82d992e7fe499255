"""Colour: luminance, saturation and hue, and pictures of one colour."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks.registry import Array
from semcs.looks.tone.blending import Colour, smoothstep


def luma(image: Array) -> Array:
    """Rec. 601 luminance: (H, W, 3) -> (H, W) in [0, 1]."""
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))


def grey(level: Array) -> Array:
    """The same level in all three channels: (H, W) -> (H, W, 3)."""
    return np.repeat(level[..., None], 3, 2)


def fill(image: Array, colour: Colour) -> Array:
    """A picture of one colour as large as ``image`` (H, W, 3), read-only."""
    return np.broadcast_to(np.array(colour, np.float32), image.shape)


def glow(mask: Array, colour: Colour) -> Array:
    """A mask (H, W) or a picture (H, W, 3) in the light of one colour: (H, W, 3)."""
    planes = mask if mask.ndim == 3 else mask[..., None]
    return np.asarray(planes * np.array(colour, np.float32))


def saturate(image: Array, gain: float) -> Array:
    """Scale the distance of every pixel (H, W, 3) from its grey."""
    level = luma(image)[..., None]
    return np.clip(level + (image - level) * gain, 0, 1)


def vivid(image: Array, gain: float) -> Array:
    """Saturate what has a colour; what is nearly grey stays so: (H, W, 3)."""
    level = luma(image)
    away = [plane - level for plane in cv2.split(image)]
    red, green, blue = (np.abs(plane) for plane in away)
    chroma = np.maximum(np.maximum(red, green), blue)
    stretched = 1 + np.float32(gain - 1) * smoothstep(chroma, 0.02, 0.16)
    return cv2.merge([np.clip(level + plane * stretched, 0, 1) for plane in away])


def shift_hue(image: Array, degrees: float) -> Array:
    """Turn every hue of a picture (H, W, 3) by an angle in degrees."""
    hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV)
    hsv[..., 0] = (hsv[..., 0] + degrees) % 360
    return np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB))


def posterise(image: Array, levels: int) -> Array:
    """Round every channel to ``levels`` values."""
    return np.asarray(np.round(image * (levels - 1)) / (levels - 1), np.float32)
