"""Brushwork of the years 1870 to 1900: cezanne, impressionism, pointillism, starry night."""

from __future__ import annotations

import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

_BLOCK = np.array([(-1, -0.34), (1, -0.34), (1, 0.34), (-1, 0.34)], np.float32)


@look("cezanne", detail=0.65)
def cezanne(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Blocks of parallel slanting strokes in ochre, green and blue, with broken blue outlines."""
    shape = image.shape[:2]
    level = tone.quiet(image, scale, blur=1.0)
    drift = 0.22 * (fields.noise(shape, 50 * scale, rng) - 0.5)
    palette = tone.jitter(
        tone.hexes("1f3358", "36628a", "4f8058", "9aa648", "dca04c", "efcf92", "f0ecdc"), rng, 0.02
    )
    body = tone.mix(
        tone.ramp(np.clip(level + drift, 0, 1), palette),
        tone.vivid(tone.blur(tone.expose(image), scale), 1.9),
        0.42,
    )
    slant = rng.choice([-1, 1]) * rng.uniform(0.7, 1.0)
    canvas = tone.mix(tone.blur(body, 3 * scale), (0.9, 0.86, 0.74), 0.25)
    patch, _ = fields.voronoi(shape, 44 * scale, rng)
    count = int(patch.max()) + 1
    turned, lift = rng.normal(0, 0.32, count), rng.normal(0, 0.06, count)
    for cell, size in ((11.0, 13.0), (7.2, 8.0)):
        points = fields.scatter(shape, cell * scale, rng)
        own = fields.pick(patch.astype(np.float32), points).astype(int)
        ink = fields.pick(body, points) * (1 + rng.normal(0, 0.07, (len(points), 1)))
        ink = ink + lift[own][:, None] + rng.normal(0, 0.025, (len(points), 3))
        turn = slant + turned[own] + rng.normal(0, 0.06, len(points))
        length = size * scale * rng.uniform(0.8, 1.3, len(points))
        canvas = fields.stamp(canvas, _BLOCK, points, turn, length, ink)
    gaps = tone.smoothstep(fields.noise(shape, 14 * scale, rng), 0.3, 0.55)
    broken = fields.lines(level, 1.6 * scale) * gaps
    canvas = tone.mix(canvas, (0.1, 0.17, 0.36), 0.75 * tone.smoothstep(broken, 0.25, 0.7))
    ridge = tone.blur(tone.luma(canvas), 0.7 * scale)
    return tone.shade(canvas, 0.22 * tone.relief(ridge, slant + np.pi / 2, 1.0, scale))


_ACCENTS = tone.hexes("f2a7b8", "8f9fe0", "f7d77a", "8fcf9a", "b48fd6", "ffffff")


@look("impressionism", detail=0.4)
def impressionism(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Small separate dabs of broken pastel colour, violet in the shadows, after Monet."""
    shape = image.shape[:2]
    level = tone.quiet(image, scale, blur=1.2)
    light = tone.ramp(
        level, tone.jitter(tone.hexes("3a3f9c", "5f86d0", "7fc096", "f6cf9a", "fff2d4"), rng)
    )
    own = np.clip(tone.vivid(tone.blur(tone.expose(image), 1.2 * scale), 2.4) * 0.86 + 0.12, 0, 1)
    bright = tone.mix(own, light, 0.32)
    canvas = tone.blur(bright, 3 * scale)
    sway = 0.9 * (fields.noise(shape, 60 * scale, rng) - 0.5)
    flat = rng.normal(0, 0.2)
    for cell, size in ((9.5, 9.5), (5.8, 5.8)):
        points = fields.scatter(shape, cell * scale, rng)
        count = len(points)
        accent = _ACCENTS[rng.integers(0, len(_ACCENTS), count)]
        ink = fields.pick(bright, points) * (1 + rng.normal(0, 0.1, (count, 1)))
        ink = ink + rng.normal(0, 0.045, (count, 3))
        ink = np.where(rng.random((count, 1)) < 0.16, 0.6 * ink + 0.4 * accent, ink)
        upright = fields.pick(level, points) < 0.45
        turn = np.where(upright, np.pi / 2.6, flat) + fields.pick(sway, points)
        turn = turn + rng.normal(0, 0.3, count)
        length = size * scale * rng.uniform(0.7, 1.2, count)
        canvas = fields.stamp(canvas, fields.bristle(0.36), points, turn, length, ink)
    ridge = tone.blur(tone.luma(canvas), 0.6 * scale)
    return tone.shade(canvas, 0.3 * tone.relief(ridge, 0.8, 1.0, scale))


_PURE = tone.hexes(
    "e03a2e",
    "f28c1e",
    "f7d92e",
    "3fae4a",
    "1f8fd0",
    "2a3fa8",
    "8a3fa0",
    "f4f0e0",
    "16203f",
    "f29ab8",
)


@look("pointillism", detail=0.35)
def pointillism(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Round dots of pure colour on a pale ground, after Seurat."""
    vivid = tone.vivid(np.clip(tone.expose(image) * 0.88 + 0.1, 0, 1), 1.8)
    canvas = tone.mix(tone.blur(vivid, 4 * scale), (0.96, 0.93, 0.85), 0.45)
    size = rng.uniform(5.0, 6.2) * scale
    for cell in (size * 1.15, size):
        labels, distance = fields.voronoi(image.shape, cell, rng, 0.7)
        mean = fields.cell_mean(vivid, labels)
        wanted = mean + rng.normal(0, 0.25, mean.shape)
        away = (_PURE**2).sum(1) - 2 * wanted @ _PURE.T
        pure = _PURE[away.argmin(1)]
        # The cell's own mean keeps the pure dot near the photo's colour.
        ink = np.clip(0.58 * mean + 0.42 * pure, 0, 1).astype(np.float32)
        dot = np.clip((cell * 0.5 - distance) / max(scale, 0.8) + 0.5, 0, 1)
        canvas = tone.mix(canvas, ink[labels], dot)
    return canvas


_NIGHT = tone.hexes("050b26", "10246a", "1d48a8", "3f86cc", "93c8dc", "f4eeb8")


_STAR = tone.hexes("f0a81c", "ffd840", "fff3b0")


def _around(shape: tuple[int, ...], x: float, y: float, reach: float) -> tuple[slice, slice]:
    """Rows and columns of a picture within ``reach`` of a point."""
    (height, width), far = shape[:2], int(reach) + 1
    top, left = int(y), int(x)
    return (
        slice(max(top - far, 0), min(max(top + far, 0), height)),
        slice(max(left - far, 0), min(max(left + far, 0), width)),
    )


@look("starry night", detail=0.75)
def starry_night(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Strokes in blues that swirl around glowing yellow stars, after van Gogh."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.quiet(image, scale, blur=0.8)
    swirl = fields.flow(shape, rng.uniform(60, 90) * scale, rng)
    along = fields.tangent(level, 4 * scale)
    firm = np.clip(2 * tone.edges(level, 3.0, scale), 0, 1)
    # Doubled angles, so that opposite directions of a stroke are the same.
    cosine = np.cos(2 * swirl) + firm * (np.cos(2 * along) - np.cos(2 * swirl))
    sine = np.sin(2 * swirl) + firm * (np.sin(2 * along) - np.sin(2 * swirl))
    light, rings = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    stars = fields.calm_points(level, rng.uniform(88, 108) * scale, rng, share=0.45, mask=mask)
    sizes = rng.uniform(10, 18, len(stars)) * scale
    sizes[rng.integers(0, max(len(stars), 1)) : 1] *= 1.6
    for (cx, cy), size in zip(stars.tolist(), sizes.tolist()):
        here = _around(shape, cx, cy, 3.2 * size)
        dx, dy = x[here] - cx, y[here] - cy
        square = dx * dx + dy * dy + 1e-3
        distance = np.sqrt(square)
        pull = 5 * np.exp(-square / (2.0 * size) ** 2)
        cosine[here] += pull * (dy * dy - dx * dx) / square
        sine[here] -= pull * 2 * dx * dy / square
        bright = np.exp(-square / (0.5 * size) ** 2) + 0.62 * np.exp(-square / (1.3 * size) ** 2)
        light[here] = np.maximum(light[here], np.minimum(bright, 1))
        ripple = np.cos(distance * (2 * np.pi / (0.62 * size)))
        rings[here] += ripple * np.exp(-square / (1.8 * size) ** 2)
    angle = (0.5 * np.arctan2(sine, cosine)).astype(np.float32)
    strokes = fields.streaks(angle, rng.uniform(14, 19) * scale, rng, rng.uniform(3.4, 4.4) * scale)
    base = fields.smear(level, angle, 4 * scale)
    painted = tone.ramp(0.03 + 0.8 * base + 0.11 * strokes + 0.08 * rings, tone.jitter(_NIGHT, rng))
    warmth = tone.smoothstep(image[..., 0] - image[..., 2], 0.15, 0.6) * base
    painted = tone.mix(painted, (0.93, 0.72, 0.28), 0.4 * warmth)
    glow = tone.ramp(0.9 * light + 0.12 * strokes, tone.jitter(_STAR, rng))
    painted = tone.mix(painted, glow, np.clip(1.4 * light * (1 + 0.35 * rings) - 0.08, 0, 0.97))
    return tone.shade(painted, 0.22 * tone.relief(strokes, 0.8, 0.3, scale))
