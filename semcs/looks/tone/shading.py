"""Edges, and the light that falls on a relief."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks.registry import Array


def edges(level: Array, sigma: float = 1.0, scale: float = 1.0) -> Array:
    """Gradient magnitude of smoothed levels, (H, W) in [0, 1]; strong edges are near 1.

    ``sigma`` is in pixels of a picture at scale 1.
    """
    smooth = cv2.GaussianBlur(level, (0, 0), sigma * scale)
    gx, gy = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    size = cv2.magnitude(gx, gy) * np.float32(scale)
    return np.clip(size / max(2.2 * float(np.percentile(size[::2, ::2], 90)), 0.25), 0, 1)


def relief(height: Array, angle: float, strength: float = 1.0, scale: float = 1.0) -> Array:
    """Light from one side over a height field (H, W): shading in [-1, 1], 0 = flat.

    Args:
        height: (H, W).
        angle: Where the light comes from.
        strength: How steep the field is taken to be.
        scale: A field whose lengths are this many times as long is that much less steep.
    """
    gx, gy = cv2.Sobel(height, cv2.CV_32F, 1, 0), cv2.Sobel(height, cv2.CV_32F, 0, 1)
    slope = gx * np.float32(np.cos(angle)) + gy * np.float32(np.sin(angle))
    return np.asarray(np.tanh(slope * np.float32(strength * scale)), np.float32)


def shade(image: Array, amount: Array) -> Array:
    """Lighten (H, W, 3) to white where ``amount`` (H, W) is over 0, darken it where under 0."""
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
