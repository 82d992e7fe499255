"""Fields that the styles share: noise, flow, smearing, cells, dots, hatching and strokes."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.training.renderers.registry import Array
from semcs.training.renderers.tone import blur, luma, to_bytes, to_floats

Shape = tuple[int, ...]
Labels = NDArray[np.int32]


@lru_cache(maxsize=64)
def _grid(height: int, width: int) -> tuple[Array, Array]:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    y.flags.writeable = x.flags.writeable = False
    return x, y


def grid(shape: Shape) -> tuple[Array, Array]:
    """Pixel coordinates (x, y), each (H, W), read-only."""
    return _grid(int(shape[0]), int(shape[1]))


def noise(shape: Shape, cell: float | tuple[float, float], rng: np.random.Generator) -> Array:
    """Value noise in about [0, 1]; ``cell`` is the size of a blob, or its (height, width)."""
    tall, wide = cell if isinstance(cell, tuple) else (cell, cell)
    rows, columns = int(np.ceil(shape[0] / tall)) + 2, int(np.ceil(shape[1] / wide)) + 2
    coarse = rng.random((rows, columns), np.float32)
    big = cv2.resize(
        coarse, (int(columns * wide) + 1, int(rows * tall) + 1), interpolation=cv2.INTER_CUBIC
    )
    top, left = int(tall / 2), int(wide / 2)
    return np.ascontiguousarray(big[top : top + shape[0], left : left + shape[1]])


def fractal(shape: Shape, cell: float, rng: np.random.Generator, octaves: int = 4) -> Array:
    """Sum of value noises, each half as large and half as strong, stretched over [0, 1]."""
    total = np.zeros(shape[:2], np.float32)
    for octave in range(octaves):
        size = max(cell / 2**octave, 1.0)
        total += noise(shape, size, rng) * 0.5**octave
    return np.clip((total / (2 - 0.5 ** (octaves - 1)) - 0.5) * 1.8 + 0.5, 0, 1)


def grain(shape: Shape, rng: np.random.Generator, sigma: float = 0.7) -> Array:
    """Fine grain around 0 with a standard deviation near 1."""
    fine = cv2.GaussianBlur(rng.standard_normal(shape[:2], np.float32), (0, 0), sigma)
    return np.asarray(fine / max(float(fine.std()), 1e-6))


def sample(image: Array, x: Array, y: Array) -> Array:
    """Read the image at (x, y), bilinear, mirrored at the border."""
    x, y = np.asarray(x, np.float32), np.asarray(y, np.float32)
    return np.asarray(cv2.remap(image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101))


def displace(image: Array, dx: Array, dy: Array) -> Array:
    """Read the image at an offset given in pixels."""
    x, y = grid(image.shape)
    return sample(image, x + dx, y + dy)


def wobble(image: Array, cell: float, amount: float, rng: np.random.Generator) -> Array:
    """Displace by smooth noise of ``amount`` pixels."""
    dx, dy = (noise(image.shape, cell, rng) - 0.5 for _ in range(2))
    return displace(image, dx * 2 * amount, dy * 2 * amount)


def smear(image: Array, angle: Array, length: float) -> Array:
    """Average along a flow, a line integral convolution of ±``length`` pixels.

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
    """Angles of a smooth, divergence-free flow: level lines of value noise."""
    height = cv2.GaussianBlur(noise(shape, cell, rng), (0, 0), max(cell / 6, 1.0))
    gx, gy = cv2.Sobel(height, cv2.CV_32F, 1, 0), cv2.Sobel(height, cv2.CV_32F, 0, 1)
    return np.asarray(np.arctan2(gx, -gy), np.float32)


def tangent(tone: Array, sigma: float = 3.0) -> Array:
    """Angle along the edges, from the smoothed structure tensor."""
    gx, gy = cv2.Sobel(tone, cv2.CV_32F, 1, 0), cv2.Sobel(tone, cv2.CV_32F, 0, 1)
    xx, yy, xy = (cv2.GaussianBlur(p, (0, 0), sigma) for p in (gx * gx, gy * gy, gx * gy))
    return np.asarray(0.5 * np.arctan2(2 * xy, xx - yy) + np.pi / 2, np.float32)


def streaks(angle: Array, length: float, rng: np.random.Generator, width: float = 2.0) -> Array:
    """Strokes of about ``width`` pixels along a flow: smeared noise around 0, deviation 1."""
    strokes = smear(grain(angle.shape, rng, width / 2.5), angle, length)
    return np.asarray(strokes / max(float(strokes.std()), 1e-6))


def lines(tone: Array, width: float = 1.0, *, floor: float = 0.012) -> Array:
    """Ink lines, (H, W), 1 = ink: a difference of Gaussians averaged along the edges.

    After Kang, Lee and Chui, Coherent Line Drawing, 2007.
    """
    narrow, wide = blur(tone, width), blur(tone, 1.6 * width)
    coherent = smear(wide - narrow, tangent(narrow, 2.5), 3.0 + width)
    return np.clip((coherent - floor) * 56, 0, 1)


def voronoi(
    shape: Shape, cell: float, rng: np.random.Generator, spread: float = 0.9
) -> tuple[Labels, Array]:
    """Cells of jittered grid seeds: labels (H, W) from 0 and distance to the own seed in pixels."""
    height, width = shape[:2]
    rows, columns = int(np.ceil(height / cell)), int(np.ceil(width / cell))
    offsets = (rng.random((2, rows, columns)) - 0.5) * spread + 0.5
    y = np.clip((np.arange(rows)[:, None] + offsets[0]) * cell, 0, height - 1).astype(int)
    x = np.clip((np.arange(columns)[None] + offsets[1]) * cell, 0, width - 1).astype(int)
    open_pixels = np.ones((height, width), np.uint8)
    open_pixels[y, x] = 0
    distance, labels = cv2.distanceTransformWithLabels(
        open_pixels, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    return labels - 1, distance


def rim(labels: Labels) -> Array:
    """Distance in pixels to the border of the own cell, 0 on it."""
    border = np.ones(labels.shape, np.uint8)
    border[:, 1:] &= labels[:, 1:] == labels[:, :-1]
    border[1:] &= labels[1:] == labels[:-1]
    return np.asarray(cv2.distanceTransform(border, cv2.DIST_L2, 3))


def cell_mean(values: Array, labels: Labels) -> Array:
    """Mean of (H, W) or (H, W, C) values in every cell: (cells,) or (cells, C)."""
    flat = labels.ravel()
    count = np.maximum(np.bincount(flat), 1)
    planes = values.reshape(flat.size, -1).T
    means = [np.bincount(flat, weights=plane) / count for plane in planes]
    table = np.stack(means, 1).astype(np.float32)
    return table if values.ndim == 3 else table[:, 0]


def kuwahara(image: Array, radius: int) -> Array:
    """Mean of the calmest of four quadrants: the look of flat brush marks (Kuwahara, 1976)."""
    size, half = radius + 1, radius // 2 + radius % 2
    tone = luma(image)
    mean, mean_tone = cv2.blur(image, (size, size)), cv2.blur(tone, (size, size))
    spread = cv2.blur(tone * tone, (size, size)) - mean_tone * mean_tone
    best, result = np.full(tone.shape, np.inf, np.float32), image
    padded = cv2.copyMakeBorder(mean, half, half, half, half, cv2.BORDER_REFLECT_101)
    padded_spread = cv2.copyMakeBorder(spread, half, half, half, half, cv2.BORDER_REFLECT_101)
    height, width = tone.shape
    for dy, dx in ((0, 0), (0, 2 * half), (2 * half, 0), (2 * half, 2 * half)):
        here = padded_spread[dy : dy + height, dx : dx + width]
        calmer = here < best
        best = np.where(calmer, here, best)
        result = np.where(calmer[..., None], padded[dy : dy + height, dx : dx + width], result)
    return np.asarray(result, np.float32)


def halftone(tone: Array, period: float, angle: float) -> Array:
    """Dots whose area grows with darkness, (H, W), 1 = ink."""
    x, y = grid(tone.shape)
    u = (x * np.cos(angle) + y * np.sin(angle)) / period
    v = (y * np.cos(angle) - x * np.sin(angle)) / period
    radius = np.hypot(u - np.floor(u) - 0.5, v - np.floor(v) - 0.5)
    return np.clip((np.sqrt(np.clip(1 - tone, 0, 1) / 1.8) - radius) * period + 0.5, 0, 1)


def hatch(shape: Shape, period: float, angle: float, rng: np.random.Generator) -> Array:
    """Hand-drawn parallel lines: a wave in [0, 1] across the angle, shaken by noise."""
    x, y = grid(shape)
    across = x * np.cos(angle) + y * np.sin(angle) + 2.2 * noise(shape, 18, rng)
    return np.asarray(0.5 + 0.5 * np.cos(2 * np.pi * across / period), np.float32)


def scatter(shape: Shape, cell: float, rng: np.random.Generator) -> Array:
    """Points on a jittered grid in random order: (N, 2) as (x, y)."""
    rows, columns = int(shape[0] / cell) + 2, int(shape[1] / cell) + 2
    points = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1).reshape(-1, 2)
    placed = (points + rng.random(points.shape) - 0.5) * cell
    return np.asarray(rng.permutation(placed), np.float32)


def pick(values: Array, points: Array) -> Array:
    """Values of a (H, W, …) field at the nearest pixel of each point."""
    x = np.clip(points[:, 0], 0, values.shape[1] - 1).astype(int)
    y = np.clip(points[:, 1], 0, values.shape[0] - 1).astype(int)
    return np.asarray(values[y, x])


def dab(
    canvas: Array, points: Array, angles: Array, lengths: Array, widths: Array, colours: Array
) -> Array:
    """Paint straight round-ended strokes over a canvas, in order."""
    surface = to_bytes(canvas)
    step = np.stack([np.cos(angles), np.sin(angles)], 1) * lengths[:, None] / 2
    starts, ends = ((points - step) * 8).astype(int), ((points + step) * 8).astype(int)
    inks = np.clip(colours * 255, 0, 255)
    thick = np.maximum(np.round(widths), 1).astype(int)
    for a, b, ink, size in zip(starts.tolist(), ends.tolist(), inks.tolist(), thick.tolist()):
        cv2.line(surface, a, b, ink, size, cv2.LINE_AA, 3)
    return to_floats(surface)


def stamp(
    canvas: Array, outline: Array, points: Array, angles: Array, sizes: Array, colours: Array
) -> Array:
    """Fill copies of a polygon (K, 2), turned, scaled and coloured, over a canvas, in order."""
    surface = to_bytes(canvas)
    cosine, sine = np.cos(angles) * sizes, np.sin(angles) * sizes
    turn = np.stack([np.stack([cosine, sine], 1), np.stack([-sine, cosine], 1)], 1)
    placed = ((np.einsum("kd,nde->nke", outline, turn) + points[:, None]) * 8).astype(np.int32)
    for polygon, ink in zip(placed, np.clip(colours * 255, 0, 255).tolist()):
        cv2.fillPoly(surface, [polygon], ink, cv2.LINE_AA, 3)
    return to_floats(surface)
