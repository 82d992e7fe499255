"""Leaves, petals and blades in layers: autumn, flowers, grass, leaves."""

from __future__ import annotations

import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

_MAPLE = np.array(
    [
        [0, -1],
        [0.16, -0.55],
        [0.5, -0.7],
        [0.42, -0.32],
        [0.95, -0.3],
        [0.6, 0.05],
        [0.75, 0.35],
        [0.25, 0.35],
        [0.04, 0.5],
        [0.04, 1],
        [-0.04, 1],
        [-0.04, 0.5],
        [-0.25, 0.35],
        [-0.75, 0.35],
        [-0.6, 0.05],
        [-0.95, -0.3],
        [-0.42, -0.32],
        [-0.5, -0.7],
        [-0.16, -0.55],
    ],
    np.float32,
)


_MAPLE_VEINS = np.array(
    [
        [0.03, 0.5],
        [0.52, 0.26],
        [0.06, 0.36],
        [0.68, -0.2],
        [0.05, 0.26],
        [0.36, -0.52],
        [0.04, 0.14],
        [0, -0.8],
        [-0.04, 0.14],
        [-0.36, -0.52],
        [-0.05, 0.26],
        [-0.68, -0.2],
        [-0.06, 0.36],
        [-0.52, 0.26],
        [-0.03, 0.5],
    ],
    np.float32,
)


def _pointed_leaf() -> Array:
    """Outline of a leaf with its stalk at (-1, 0) and its tip at (1, 0)."""
    along = np.linspace(-1, 1, 10)
    wide = 0.44 * np.sin(np.pi * (along + 1) / 2) ** 0.8 * (1 - 0.25 * along)
    upper = np.stack([along, wide], 1)
    return np.concatenate([upper, upper[-2:0:-1] * [1, -1]]).astype(np.float32)


def _ribs() -> Array:
    """Outline of the midrib and side veins of a pointed leaf."""
    root = np.linspace(-0.7, 0.5, 4)
    valley = np.stack([root, np.full(4, 0.03)], 1)
    vein = np.stack([root + 0.26, 0.26 - 0.12 * root**2], 1)
    beyond = np.stack([root + 0.07, np.full(4, 0.03)], 1)
    upper = np.stack([valley, vein, beyond], 1).reshape(-1, 2)
    upper = np.concatenate([[[-1, 0.03]], upper, [[0.95, 0]]])
    return np.concatenate([upper, upper[-2::-1] * [1, -1]]).astype(np.float32)


def _leafage(
    image: Array,
    rng: np.random.Generator,
    parts: tuple[Array, Array, Array],
    palette: Array,
    size: float,
) -> Array:
    """Cover the picture with layered leaves whose shades follow its tones.

    ``parts`` are the outlines of a leaf, of its half in the light and of its veins; ``size`` is
    half of its length in pixels.
    """
    level = tone.tones(image, blur=size / 12)
    leaf, half, veins = parts
    canvas = tone.ramp(0.3 * level, palette)
    points = np.concatenate([fields.scatter(level.shape, gap * size, rng) for gap in (1.3, 0.84)])
    count = len(points)
    light = fields.pick(level, points) * 0.8 + 0.08 + rng.normal(0, 0.11, count)
    ink = tone.ramp(light.astype(np.float32), palette)
    sizes, angles = size * rng.uniform(0.7, 1.2, count), rng.uniform(0, 2 * np.pi, count)
    inks = (leaf * 1.1, ink * 0.4), (leaf, ink * 0.88), (half, ink * 1.14), (veins, ink * 0.62)
    canvas = fields.collage(canvas, inks, points, angles, sizes)
    return tone.shade(canvas, 0.7 * (level - tone.blur(level, size * 0.7)))


@look("autumn", detail=0.85)
def autumn(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Fallen maple leaves in red, orange and yellow."""
    palette = tone.jitter(tone.hexes("3a0d05", "8e2408", "cf4a0c", "ee8a14", "f8c73c"), rng)
    parts = _MAPLE, np.maximum(_MAPLE, [0, -1]), _MAPLE_VEINS
    return _leafage(image, rng, parts, palette, scale * rng.uniform(18, 22))


_PETAL = np.array(
    [[0, 0], [0.35, 0.26], [0.75, 0.36], [1, 0.15], [1, -0.15], [0.75, -0.36], [0.35, -0.26]],
    np.float32,
)


_RAY = np.array([[0.1, 0], [0.6, 0.14], [0.95, 0.1], [0.95, -0.1], [0.6, -0.14]], np.float32)


def _disc(radius: float) -> Array:
    """Outline of a disc around (0, 0)."""
    turns = np.arange(10) * 2 * np.pi / 10
    return radius * np.stack([np.cos(turns), np.sin(turns)], 1).astype(np.float32)


def _undergrowth(level: Array, palette: Array, rng: np.random.Generator, scale: float) -> Array:
    """Leaves that lie over each other, as dark and light as the photo."""
    points = fields.scatter(level.shape, 15 * scale, rng)
    count, leaf = len(points), _pointed_leaf()
    light = 0.75 * fields.pick(level, points) + rng.normal(0, 0.14, count)
    ink = tone.ramp(light.astype(np.float32), palette)
    parts = (leaf, ink), (np.maximum(leaf, [-1, 0]), ink * 1.2)
    angles, sizes = rng.uniform(0, 6.3, count), scale * rng.uniform(11, 17, count)
    return fields.collage(tone.ramp(0.5 * level, palette), parts, points, angles, sizes)


def _blossoms(
    canvas: Array, level: Array, petals: Array, cell: float, rng: np.random.Generator
) -> Array:
    """Flowers of one outline over a canvas, in many colours."""
    kinds = tone.hexes("f06aa6", "fff5f7", "ffd23c", "a35fd6", "ef3b4c", "ffb3cf")
    points = fields.scatter(level.shape, 1.45 * cell, rng)
    # Leaves stay open in the dark, so that shadows aren't covered with dull petals.
    points = points[fields.pick(level, points) + 0.45 * rng.random(len(points)) > 0.38]
    count = len(points)
    tint = kinds[rng.choice(len(kinds), count, p=(0.3, 0.2, 0.14, 0.12, 0.08, 0.16))]
    dim = 1 - np.clip(0.32 + 0.84 * fields.pick(level, points), 0, 1)[:, None]
    tint = tint * (1 - dim * (1.35 - 0.55 * tint))  # weak channels lose more: colours stay pure
    heart = tone.hexes("fac733") * (1 - dim)
    parts = (
        (petals * 1.1, tint * 0.5),
        (petals, tint),
        (petals * 0.58, tint * 0.84),
        (_disc(0.3), heart * 0.7),
        (_disc(0.23), heart),
    )
    sizes, angles = cell * rng.uniform(0.62, 0.95, count), rng.uniform(0, 6.3, count)
    return fields.collage(canvas, parts, points, angles, sizes)


@look("flowers", detail=1.0)
def flowers(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Blossoms in pink, white, yellow and violet over green leaves."""
    level = tone.tones(image, blur=scale)
    green = tone.jitter(tone.hexes("0d2b10", "2a6a26", "6fae45"), rng)
    canvas = _undergrowth(level, green, rng, scale)
    cell = scale * rng.uniform(18.5, 21)
    for petals in (fields.around(_PETAL, 5), fields.around(_RAY, 11), fields.around(_PETAL, 5)):
        canvas = _blossoms(canvas, level, petals, cell, rng)
    return tone.shade(canvas, 0.9 * (level - tone.blur(level, 18 * scale)))


def _blade() -> Array:
    """Outline of a blade of grass that bends as it rises from (0, 0) to (1, 0)."""
    along = np.array([0, 0.35, 0.7])
    bend, wide = -0.16 * np.sin(np.pi * along), np.array([0.075, 0.07, 0.045])
    there = np.stack([along, bend + wide], 1)
    back = np.stack([along, bend - wide], 1)[::-1]
    return np.concatenate([there, [[1, 0.02]], back]).astype(np.float32)


@look("grass", detail=0.9)
def grass(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Upright bright green blades, row before row."""
    level = tone.tones(image, blur=scale)
    palette = tone.jitter(tone.hexes("0c2a08", "2c6414", "5f9e22", "9fd13c", "dcf07a"), rng)
    canvas = tone.ramp(0.4 * level, palette)
    points = fields.scatter(level.shape, scale * rng.uniform(8, 9.5), rng)
    points = points[np.argsort(points[:, 1], kind="stable")]
    light = 0.06 + 0.8 * fields.pick(level, points) + rng.normal(0, 0.11, len(points))
    ink = tone.ramp(light.astype(np.float32), palette)
    roots = points + np.array([0.0, 14 * scale])
    count, blade = len(points), _blade()
    lit = blade * [1, 0.4] + [0, 0.03]
    angles, sizes = -np.pi / 2 + rng.normal(0, 0.28, count), scale * rng.uniform(24, 42, count)
    return fields.collage(canvas, ((blade, ink), (lit, ink * 1.18)), roots, angles, sizes)


@look("leaves", detail=0.85)
def leaves(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Layered pointed green leaves with midribs."""
    palette = tone.jitter(tone.hexes("06210a", "14501a", "2f8428", "67b23a", "b9dc6a"), rng)
    leaf = _pointed_leaf()
    parts = leaf, np.maximum(leaf, [-1, 0]), _ribs()
    return _leafage(image, rng, parts, palette, scale * rng.uniform(18, 22))
