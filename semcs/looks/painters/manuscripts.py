"""Painted books: illuminated manuscript, persian miniature."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

_ILLUMINATION = tone.hexes(
    "33190f", "1f2f86", "b3261a", "23643f", "8a5638", "c98b1d", "5d7fc4", "d59a70", "e9d6a8"
)


_LEAF, _BLUE, _RED, _FLESH, _PARCHMENT = 5, 1, 2, 7, 8


def _vine(length: int, wide: float, rng: np.random.Generator) -> Array:
    """A border strip (wide, length, 3): a curling stem with leaves and balls of gold."""
    x, y = fields.grid((round(wide), length))
    along = x / np.float32(1.6 * wide) + np.float32(rng.random())
    across = (y + 0.5) / np.float32(wide) - np.float32(0.5)
    turn = along - np.floor(along)
    stem = np.abs(across - 0.22 * np.sin(2 * np.pi * along))
    strip = np.broadcast_to(np.array((0.95, 0.89, 0.72), np.float32), (*x.shape, 3))
    strip = tone.mix(strip, (0.2, 0.36, 0.19), tone.smoothstep(0.05 - stem, -0.02, 0.02))
    leaves = tone.hexes("b22c1c", "263c96", "3c703c")
    own = (np.floor(2 * along) % 3).astype(np.intp)
    for at, side in ((0.25, -1.0), (0.75, 1.0)):
        far = np.hypot((turn - at) * 1.6 * 0.8, (across - 0.12 * side) * 1.1)
        strip = tone.mix(strip, (0.2, 0.1, 0.06), tone.smoothstep(0.215 - far, -0.02, 0.02))
        strip = np.where((far < 0.17)[..., None], leaves[own], strip)
        ball = np.hypot((turn - at) * 1.6, across + 0.3 * side)
        strip = tone.mix(strip, (0.87, 0.67, 0.16), tone.smoothstep(0.12 - ball, -0.02, 0.02))
    bars = tone.smoothstep(np.abs(across) - 0.42, -0.02, 0.02)
    return tone.mix(np.asarray(strip, np.float32), (0.8, 0.58, 0.13), bars)


def _framed(image: Array, wide: float, rng: np.random.Generator) -> Array:
    """A picture in a border of vines of that width in pixels."""
    height, width = image.shape[:2]
    framed = image.copy()
    upright, level = (_vine(side, wide, rng) for side in (height, width))
    deep = len(level)
    framed[:, :deep] = upright.transpose(1, 0, 2)
    framed[:, width - deep :] = upright[::-1].transpose(1, 0, 2)
    framed[:deep], framed[height - deep :] = level, level[::-1]
    return framed


def _specks(mask: NDArray[np.bool_], area: float) -> NDArray[np.bool_]:
    """The connected parts of a mask that have fewer pixels than ``area``."""
    _, labels, rows, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    return np.asarray((rows[:, cv2.CC_STAT_AREA] < area)[labels] & mask)


def _tiled(tile: Array, shape: fields.Shape) -> Array:
    """Copies of a tile side by side, (H, W)."""
    counts = [-(-side // own) for side, own in zip(shape, tile.shape)]
    return np.asarray(np.tile(tile, counts)[: shape[0], : shape[1]])


def _diaper(shape: fields.Shape, pitch: int, scale: float) -> Array:
    """A slanting lattice with a dot in every mesh, (H, W), 1 = gold."""
    x, y = fields.grid((pitch, pitch))
    u, v = (np.abs(np.mod(w / pitch, 1) - 0.5) * pitch for w in (x + y, x - y))
    lattice = tone.smoothstep(1.1 * scale - np.minimum(u, v), -0.5, 0.5)
    middle = np.hypot(pitch / 2 - u, pitch / 2 - v) / np.float32(1.41)
    return _tiled(np.maximum(lattice, tone.smoothstep(2.0 * scale - middle, -0.5, 0.5)), shape)


@look("illuminated manuscript", detail=0.6)
def illuminated_manuscript(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Flat blue, red and gold leaf inked in outline on parchment, with script and a vine border."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    flat = tone.kuwahara(image, round(5 * scale))
    level = tone.tones(flat, blur=1.2 * scale)
    inks = tone.jitter(_ILLUMINATION, rng, 0.015)
    index = cv2.medianBlur(tone.nearest_ink(flat, level, inks, 1.7), round(7 * scale) | 1)
    index[_specks(index == _LEAF, (36 * scale) ** 2)] = _FLESH  # small patches of gold look dirty
    calm = fields.calmness(level, 9, scale)
    skin = tone.ramp(
        fields.fractal(shape, 24 * scale, rng), tone.hexes("dcc48e", "f0e2bb", "f6ecd0")
    )
    made = tone.mix(inks[index], skin, (index == _PARCHMENT).astype(np.float32))
    diaper = _diaper(shape, max(4, round(rng.uniform(15, 18) * scale)), scale) * calm
    diaper = diaper * np.isin(np.arange(len(inks)), (_BLUE, _RED, _LEAF))[index]
    gilt = tone.hexes("ebbd47")[np.zeros(len(inks), np.intp)]
    gilt[_LEAF] = 0.55, 0.33, 0.06
    made = tone.mix(made, gilt[index], 0.8 * diaper)
    line, word = 11 * scale, fields.noise(shape, (11 * scale, 7 * scale), rng)
    wave = 3 * fields.noise(shape, (11 * scale, 8 * scale), rng)
    row = np.mod(y, line) / np.float32(line)
    quill = tone.smoothstep(np.sin(x * np.float32(2 * np.pi / (4.4 * scale)) + wave), -0.2, 0.4)
    script = quill * (row > 0.15) * (row < 0.72) * (word > 0.3) * (index == _PARCHMENT) * calm
    outline = tone.smoothstep(fields.lines(level, 1.1 * scale), 0.2, 0.5)
    seam = tone.smoothstep(0.9 * scale - fields.rim(index.astype(np.int32)), -0.4, 0.6)
    outline = np.maximum(outline, 0.7 * seam)
    made = tone.mix(made, (0.14, 0.08, 0.045), np.maximum(0.78 * script, 0.92 * outline))
    gleam = tone.relief(fields.fractal(shape, 14 * scale, rng), 0.8, 2.5, scale)
    made = tone.shade(made, 0.35 * gleam * (index == _LEAF))
    if mask is None:
        return _framed(made, float(np.clip(0.1 * min(shape), 3, 26 * scale)), rng)
    inset = fields.inset(shape, mask)
    made = tone.mix(made, (0.86, 0.65, 0.17), tone.smoothstep(5 * scale - inset, -0.5, 0.5))
    rule = np.abs(inset - 5 * scale) - 0.8 * scale
    return tone.mix(made, (0.4, 0.06, 0.04), tone.smoothstep(-rule, -0.5, 0.5))


_MINIATURE = tone.hexes(
    "2a1a33",
    "1c3f96",
    "a8202a",
    "17694f",
    "a85a3c",
    "2fa3a6",
    "e0703a",
    "e58aa0",
    "efb63c",
    "f3dcb0",
)


_PETALS = tone.hexes(
    "c9a04a",
    "f4e7c0",
    "f6dcb0",
    "f2c14a",
    "f4d9a0",
    "f7ead0",
    "fff0c8",
    "b3262e",
    "b3262e",
    "c8455a",
)


def _sprigs(size: int, scale: float) -> tuple[Array, Array, Array]:
    """Leaves, petals and hearts of two flowers of two rows, each (2 size, size) in [0, 1]."""
    x, y = fields.grid((2 * size, size))
    across = np.mod(x / size + 0.5 * (y >= size), 1) - 0.5
    down = np.mod(y / size, 1) - 0.5
    far, turn = np.hypot(across, down) * np.float32(size / scale), np.arctan2(down, across)
    soft = 0.5 / scale
    leaf = np.cos(4 * turn + 0.8) - 0.22 * np.abs(far - 6.4) - 0.5
    leafy = tone.smoothstep(leaf, -0.1, 0.2) * (far > 4.6)
    petals = tone.smoothstep(3.6 + 1.3 * np.cos(5 * turn) - far, -soft, soft)
    return leafy, petals, tone.smoothstep(1.5 - far, -soft, soft)


@look("persian miniature", detail=0.55)
def persian_miniature(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Flat jewel colours with fine gold outlines, sprinkled with rows of tiny flowers."""
    shape = image.shape[:2]
    flat = tone.kuwahara(image, round(5 * scale))
    level = tone.tones(flat, blur=1.2 * scale)
    inks = tone.jitter(_MINIATURE, rng, 0.015)
    band = cv2.medianBlur(tone.nearest_ink(flat, level, inks, 1.9), round(7 * scale) | 1)
    made = inks[band]
    room = fields.calmness(level, 10, scale)
    sprigs = _sprigs(max(6, round(rng.uniform(15, 17) * scale)), scale)
    leafy, petals, heart = (_tiled(part, shape) * room for part in sprigs)
    made = tone.mix(made, (0.1, 0.34, 0.22), 0.75 * leafy)
    made = tone.mix(tone.mix(made, _PETALS[band], 0.95 * petals), (0.93, 0.68, 0.2), heart)
    step = tone.smoothstep(1.2 * scale - fields.rim(band.astype(np.int32)), -0.3, 0.7)
    if mask is not None:
        step = np.maximum(step, tone.smoothstep(2.5 * scale - fields.inset(shape, mask), -0.5, 0.5))
    made = tone.mix(made, (0.86, 0.64, 0.2), 0.9 * step)
    fine = tone.smoothstep(fields.lines(level, 0.9 * scale), 0.25, 0.6)
    return tone.mix(made, (0.12, 0.07, 0.08), 0.9 * fine)
