"""Folders of photos, no two of them the same, made from those that packages ship."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from benchmarks.photos import PHOTOS, photo_named

Rgb = NDArray[np.uint8]
LARGE = 1024  # pixels a side of the photos that crops are taken from
LEAST_CROP = 0.5  # of a side
QUALITY = 92
CHANNELS = tuple(itertools.permutations(range(3)))


def make_photos(
    folder: Path, count: int, sides: int | tuple[int, int], seed: int = 0
) -> list[Path]:
    """Write photos as JPEG, `0000.jpg` and so on.

    Args:
        folder: Made where it is missing.
        count: How many.
        sides: Of each in pixels; of two numbers the least and most, evenly in the logarithm and
            each side by itself, so that they come in all sizes.
        seed: Of crops, flips, colours and sizes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for index in range(count):
        rng = np.random.default_rng((seed, index))
        path = folder / f"{index:04d}.jpg"
        Image.fromarray(photo(index, size_of(sides, rng), rng)).save(path, quality=QUALITY)
        paths.append(path)
    return paths


def size_of(sides: int | tuple[int, int], rng: np.random.Generator) -> tuple[int, int]:
    """Width and height of a photo, as `make_photos` says."""
    if isinstance(sides, int):
        return sides, sides
    least, most = np.log(sides)
    width, height = np.exp(rng.uniform(least, most, 2)).round().astype(int)
    return int(width), int(height)


def photo(index: int, size: tuple[int, int], rng: np.random.Generator) -> Rgb:
    """A part of the photo whose turn it is, flipped or not, its colours exchanged.

    Returns:
        (height, width, 3) RGB.
    """
    side = int(LARGE * rng.uniform(LEAST_CROP, 1))
    left, top = rng.integers(0, LARGE - side + 1, 2)
    crop = _large(PHOTOS[index % len(PHOTOS)])[top : top + side, left : left + side]
    if rng.random() < 0.5:
        crop = crop[:, ::-1]
    recoloured = Image.fromarray(_recoloured(crop, rng))
    return np.asarray(ImageOps.fit(recoloured, size, Image.Resampling.LANCZOS))


def _recoloured(rgb: Rgb, rng: np.random.Generator) -> Rgb:
    channels: Sequence[int] = CHANNELS[rng.integers(len(CHANNELS))]
    gamma = rng.uniform(0.7, 1.4)
    curve = (255 * (np.arange(256) / 255) ** gamma).round().astype(np.uint8)
    return np.ascontiguousarray(curve[rgb[..., channels]])


@cache
def _large(name: str) -> Rgb:
    return photo_named(name, LARGE)
