"""Palettes: made of codes, and mapped onto levels or pictures. A palette is (N, 3) in [0, 1]."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks.registry import Array
from semcs.looks.tone.blending import mix
from semcs.looks.tone.colours import saturate
from semcs.looks.tone.levels import expose


def hexes(*codes: str) -> Array:
    """Palette (N, 3) in [0, 1] from ``"rrggbb"`` codes."""
    return np.array([[int(c[i : i + 2], 16) for i in (0, 2, 4)] for c in codes], np.float32) / 255


def jitter(palette: Array, rng: np.random.Generator, amount: float = 0.03) -> Array:
    """The palette with every colour moved a little, and all of them together."""
    own = rng.normal(0, amount, palette.shape)
    whole = amount * (rng.normal() + 0.4 * rng.normal(0, 1, 3))
    return np.clip(palette + own + whole, 0, 1).astype(np.float32)


def one_of(
    choices: Sequence[Sequence[str]], rng: np.random.Generator, amount: float = 0.03
) -> Array:
    """One of several palettes of codes, as of `hexes`, with its colours moved as by `jitter`."""
    return jitter(hexes(*choices[int(rng.integers(len(choices)))]), rng, amount)


def ramp(level: Array, palette: Array, stops: Sequence[float] | None = None) -> Array:
    """Map levels in [0, 1] through a piecewise linear colour ramp: (H, W) -> (H, W, 3).

    ``stops`` are the levels of the palette's colours, rising; evenly spaced by default. Levels of
    any shape get an axis more.
    """
    at = np.linspace(0, 1, len(palette)) if stops is None else np.asarray(stops)
    grid = np.linspace(0, 1, 256)
    table = np.stack([np.interp(grid, at, palette[:, c]) for c in range(3)], 1).astype(np.float32)
    index = np.clip(level * 255, 0, 255).astype(np.uint8)
    return np.take(table, index, 0)


def steps(level: Array, palette: Array) -> Array:
    """Map levels in [0, 1] to flat colours with equal shares of the range: (H, W) -> (H, W, 3)."""
    index = np.clip(level * len(palette), 0, len(palette) - 1).astype(np.intp)
    return np.take(palette, index, 0)


def closest(image: Array, palette: Array) -> NDArray[np.uint8]:
    """Index of the palette's colour that is nearest in CIELAB: (H, W, 3) -> (H, W).

    For large pictures: by a table of 32 levels a channel.
    """
    inks = cv2.cvtColor(np.asarray(palette, np.float32)[None], cv2.COLOR_RGB2LAB)[0]
    far = np.stack([np.square(_cube() - ink).sum(-1) for ink in inks])
    table = far.argmin(0).astype(np.uint8)
    red, green, blue = cv2.split(np.clip(image * 32, 0, 31).astype(np.uint16))
    return np.asarray(table[red * 1024 + green * 32 + blue])


@lru_cache(maxsize=1)
def _cube() -> Array:
    """CIELAB of 32 × 32 × 32 RGB colours, (32768, 3)."""
    axis = (np.arange(32, dtype=np.float32) + np.float32(0.5)) / 32
    colours = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), -1).reshape(1, -1, 3)
    return np.asarray(cv2.cvtColor(colours, cv2.COLOR_RGB2LAB))[0]


def nearest_colour(image: Array, palette: Array) -> NDArray[np.intp]:
    """Index of the palette's colour that is nearest in CIELAB: (H, W, 3) -> (H, W).

    Exact, for small pictures: the memory grows with their size times that of the palette.
    """
    lab = cv2.cvtColor(np.clip(image, 0, 1), cv2.COLOR_RGB2LAB)
    inks = cv2.cvtColor(palette[None], cv2.COLOR_RGB2LAB)[0]
    return np.asarray(((lab[:, :, None] - inks) ** 2).sum(-1).argmin(-1))


def nearest_ink(image: Array, level: Array, palette: Array, gain: float) -> NDArray[np.uint8]:
    """Index of the ink that a painter with few inks takes: (H, W, 3) -> (H, W).

    Args:
        image: (H, W, 3).
        level: (H, W), its lightness; leaning on the palette's own ramp by it gives grey pictures
            colours too.
        palette: (N, 3), from dark to light.
        gain: Of the photo's saturation, since inks are more vivid than photos.
    """
    vivid = saturate(expose(image), gain)
    return closest(mix(vivid, ramp(level, palette), 0.35), palette)
