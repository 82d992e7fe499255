"""Pictures read at other places, and flows with the strokes that follow them."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks.fields.grids import Shape, grid
from semcs.looks.fields.texture import grain, noise
from semcs.looks.registry import Array
from semcs.looks.tone import blur, smoothly_enlarged


def sample(image: Array, x: Array, y: Array) -> Array:
    """Read the image (H, W[, C]) at the places (x, y), bilinear, mirrored at the border."""
    x, y = np.asarray(x, np.float32), np.asarray(y, np.float32)
    return np.asarray(cv2.remap(image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101))


def displace(image: Array, dx: Array, dy: Array) -> Array:
    """Read the image (H, W[, C]) at an offset (H, W) in pixels."""
    x, y = grid(image.shape)
    return sample(image, x + dx, y + dy)


def wobble(image: Array, cell: float, amount: float, rng: np.random.Generator) -> Array:
    """Displace the image (H, W[, C]) by smooth noise of ``amount`` pixels."""
    dx, dy = (noise(image.shape, cell, rng) - 0.5 for _ in range(2))
    return displace(image, dx * 2 * amount, dy * 2 * amount)


def smear(image: Array, angle: Array, length: float) -> Array:
    """Average along a flow of angles (H, W): a line integral convolution of ±``length`` pixels.

    Three passes of three taps with steps of ratio 1:3:9 stand for 27 taps
    (Cabral and Leedom, Imaging Vector Fields Using Line Integral Convolution, 1993).
    """
    dx, dy = np.cos(angle), np.sin(angle)
    for reach in (length / 13, 3 * length / 13, 9 * length / 13):
        ahead, behind = (
            displace(image, dx * reach, dy * reach),
            displace(image, -dx * reach, -dy * reach),
        )
        image = (image + ahead + behind) / np.float32(3)
    return image


def flow(shape: Shape, cell: float, rng: np.random.Generator) -> Array:
    """Angles (H, W) of a smooth, divergence-free flow: level lines of value noise."""
    height = blur(noise(shape, cell, rng), max(cell / 6, 1.0))
    gx, gy = cv2.Sobel(height, cv2.CV_32F, 1, 0), cv2.Sobel(height, cv2.CV_32F, 0, 1)
    return np.asarray(np.arctan2(gx, -gy), np.float32)


def tangent(level: Array, sigma: float = 3.0) -> Array:
    """Angles (H, W) along the edges of a plane, from the smoothed structure tensor."""
    gx, gy = cv2.Sobel(level, cv2.CV_32F, 1, 0), cv2.Sobel(level, cv2.CV_32F, 0, 1)
    xx, yy, xy = (blur(p, sigma) for p in (gx * gx, gy * gy, gx * gy))
    return np.asarray(0.5 * np.arctan2(2 * xy, xx - yy) + np.pi / 2, np.float32)


def streaks(angle: Array, length: float, rng: np.random.Generator, width: float = 2.0) -> Array:
    """Strokes of about ``width`` pixels along a flow: smeared noise around 0, deviation 1."""
    step = max(1, int(width // 2.8))  # wide strokes are as plain on a reduced picture
    coarse = np.ascontiguousarray(angle[::step, ::step])
    strokes = smear(grain(coarse.shape, rng, width / step / 2.5), coarse, length / step)
    strokes /= max(float(strokes.std()), 1e-6)
    return np.asarray(strokes) if step == 1 else smoothly_enlarged(strokes, angle.shape)
