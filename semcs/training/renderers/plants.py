"""Plants: layers of leaves, petals and blades."""

from __future__ import annotations

import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer

_LEAF = np.array(
    [
        [-1, 0],
        [-0.6, 0.3],
        [0, 0.42],
        [0.55, 0.28],
        [1, 0],
        [0.55, -0.28],
        [0, -0.42],
        [-0.6, -0.3],
    ],
    np.float32,
)
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


def _leafage(
    image: Array, rng: np.random.Generator, outline: Array, palette: Array, size: float
) -> Array:
    """Cover the picture with layered leaves whose shades follow its tones."""
    level = tone.tones(image, blur=1.0)
    canvas = tone.ramp(0.5 * level, palette)
    for scale in (1.25, 1.0):
        points = fields.scatter(level.shape, size * scale * 0.8, rng)
        count = len(points)
        shade = fields.pick(level, points) * 0.85 + 0.08 + rng.normal(0, 0.09, count)
        ink = tone.ramp(shade[None].astype(np.float32), palette)[0]
        sizes = size * scale * rng.uniform(0.6, 1.0, count)
        angles = rng.uniform(0, 2 * np.pi, count)
        canvas = fields.stamp(
            canvas, outline, points + size * 0.12, angles, sizes * 1.04, ink * 0.45
        )
        canvas = fields.stamp(canvas, outline, points, angles, sizes, ink)
        canvas = fields.dab(canvas, points, angles, sizes * 1.4, np.ones(count), ink * 0.7)
    return tone.shade(canvas, 0.9 * (level - tone.blur(level, 6)))


@renderer("leaves")
def leaves(image: Array, rng: np.random.Generator) -> Array:
    """Layered pointed green leaves with midribs."""
    palette = tone.jitter(tone.hexes("06210a", "14501a", "2f8428", "67b23a", "b9dc6a"), rng)
    return _leafage(image, rng, _LEAF, palette, rng.uniform(8, 11))


@renderer("autumn")
def autumn(image: Array, rng: np.random.Generator) -> Array:
    """Fallen maple leaves in red, orange and yellow."""
    palette = tone.jitter(tone.hexes("3a0d05", "8e2408", "cf4a0c", "ee8a14", "f8c73c"), rng)
    return _leafage(image, rng, _MAPLE, palette, rng.uniform(9, 12))


_PETAL = np.array(
    [[0, 0], [0.35, 0.32], [0.75, 0.4], [1, 0.15], [1, -0.15], [0.75, -0.4], [0.35, -0.32]],
    np.float32,
)
_BLADE = np.array([[0, 0.12], [0.6, 0.1], [1, 0], [0.6, -0.1], [0, -0.12]], np.float32)


def _flower() -> Array:
    """Outline of a five-petalled flower of radius 1."""
    turns = np.arange(5) * 2 * np.pi / 5
    spin = [np.array([[np.cos(t), np.sin(t)], [-np.sin(t), np.cos(t)]]) for t in turns]
    return np.concatenate([_PETAL @ s for s in spin]).astype(np.float32)


@renderer("flowers")
def flowers(image: Array, rng: np.random.Generator) -> Array:
    """Blossoms in pink, white, yellow and violet over green leaves."""
    level = tone.tones(image, blur=1.0)
    green = tone.jitter(tone.hexes("0d2b10", "2a6a26", "6fae45"), rng)
    canvas = tone.ramp(level, green)
    points = fields.scatter(level.shape, 8, rng)
    count = len(points)
    shade = fields.pick(level, points) + rng.normal(0, 0.12, count)
    canvas = fields.stamp(
        canvas,
        _LEAF,
        points,
        rng.uniform(0, 6.3, count),
        rng.uniform(4, 7, count),
        tone.ramp(shade[None].astype(np.float32), green)[0],
    )
    points = fields.scatter(level.shape, rng.uniform(9.5, 12), rng)
    count = len(points)
    kinds = tone.hexes("f06aa6", "fff5f7", "ffd23c", "a35fd6", "ef3b4c", "ffb3cf")
    tint = kinds[rng.choice(len(kinds), count, p=(0.3, 0.2, 0.14, 0.12, 0.08, 0.16))]
    light = (0.3 + 0.9 * fields.pick(level, points))[:, None]
    sizes, angles = rng.uniform(5.0, 8.0, count), rng.uniform(0, 6.3, count)
    petals = _flower()
    canvas = fields.stamp(canvas, petals, points + 0.8, angles, sizes * 1.08, tint * light * 0.5)
    canvas = fields.stamp(canvas, petals, points, angles, sizes, tint * light)
    heart = np.repeat(tone.hexes("fac733"), count, 0) * light
    canvas = fields.dab(canvas, points, angles, np.zeros(count), sizes * 0.42, heart)
    return tone.shade(canvas, 0.6 * (level - tone.blur(level, 8)))


@renderer("grass")
def grass(image: Array, rng: np.random.Generator) -> Array:
    """Upright bright green blades, row before row."""
    level = tone.tones(image, blur=1.0)
    palette = tone.jitter(tone.hexes("0c2a08", "2c6414", "5f9e22", "9fd13c", "dcf07a"), rng)
    canvas = tone.ramp(0.4 * level, palette)
    points = fields.scatter(level.shape, rng.uniform(4.2, 5.2), rng)
    points = points[np.argsort(points[:, 1], kind="stable")]
    count = len(points)
    shade = 0.1 + 0.8 * fields.pick(level, points) + rng.normal(0, 0.1, count)
    ink = tone.ramp(shade[None].astype(np.float32), palette)[0]
    angles = -np.pi / 2 + rng.normal(0, 0.3, count)
    return fields.stamp(
        canvas, _BLADE, points + np.array([0.0, 6.0]), angles, rng.uniform(9, 17, count), ink
    )
