"""Random textures: smooth noise, grain, paper, points of light."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks.fields.grids import Shape
from semcs.looks.registry import Array
from semcs.looks.tone import Colour, fill


def noise(shape: Shape, cell: float | tuple[float, float], rng: np.random.Generator) -> Array:
    """Value noise, (H, W) in [0, 1]; ``cell`` is the size of a blob, or its (height, width)."""
    tall, wide = cell if isinstance(cell, tuple) else (cell, cell)
    rows, columns = int(np.ceil(shape[0] / tall)) + 2, int(np.ceil(shape[1] / wide)) + 2
    coarse = rng.random((rows, columns), np.float32)
    big = cv2.resize(
        coarse, (int(columns * wide) + 1, int(rows * tall) + 1), interpolation=cv2.INTER_CUBIC
    )
    top, left = int(tall / 2), int(wide / 2)
    cut = big[top : top + shape[0], left : left + shape[1]]
    return np.clip(cut, 0, 1)  # cubic interpolation overshoots


def fractal(shape: Shape, cell: float, rng: np.random.Generator, octaves: int = 4) -> Array:
    """Sum of value noises, each half as large and half as strong: (H, W), stretched over [0, 1]."""
    total = np.zeros(shape[:2], np.float32)
    for octave in range(octaves):
        size = max(cell / 2**octave, 1.0)
        total += noise(shape, size, rng) * 0.5**octave
    return np.clip((total / (2 - 0.5 ** (octaves - 1)) - 0.5) * 1.8 + 0.5, 0, 1)


def grain(shape: Shape, rng: np.random.Generator, sigma: float = 0.7) -> Array:
    """Fine grain, (H, W), around 0 with a standard deviation near 1."""
    fine = cv2.GaussianBlur(rng.standard_normal(shape[:2], np.float32), (0, 0), sigma)
    return np.asarray(fine / max(float(fine.std()), 1e-6))


def paper(
    image: Array, rng: np.random.Generator, colour: Colour, amount: float, scale: float
) -> Array:
    """A sheet of paper as large as ``image``, (H, W, 3); ``amount`` is the depth of its grain."""
    sheet = fill(image, colour)
    rough = grain(image.shape, rng, 0.7 * scale)
    return np.asarray(sheet + amount * rough[..., None], np.float32)


def starlight(shape: Shape, cell: float, rng: np.random.Generator, radius: float) -> Array:
    """Points of light at random places, few bright and many faint: (H, W) in [0, 1].

    ``cell`` is the mean distance between them, ``radius`` the blur of each.
    """
    height, width = shape[:2]
    count = max(1, round(height * width / cell**2))
    light = np.zeros((height, width), np.float32)
    y, x = rng.integers(0, height, count), rng.integers(0, width, count)
    light[y, x] = 0.12 + 0.88 * rng.random(count, np.float32) ** 4
    spread = cv2.GaussianBlur(light, (0, 0), radius) * np.float32(2 * np.pi * radius**2)
    return np.clip(spread, 0, 1)
