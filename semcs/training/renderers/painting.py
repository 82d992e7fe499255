"""Painted styles: brush, palette and movement."""

from __future__ import annotations

import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer

_NIGHT = tone.hexes("06103a", "12297a", "1f4fae", "3f86c9", "9cc6d8", "f2e9a8")
_WASHES = tone.hexes("3f7fc4", "d8654a", "e8b23a", "5a9a6a", "8a5fa8", "d87aa0", "3fa0a0")
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
_STAR = tone.hexes("f5b921", "ffdc4a", "fff3b0")


@renderer("starry night")
def starry_night(image: Array, rng: np.random.Generator) -> Array:
    """Strokes in blues that swirl around glowing yellow stars, after van Gogh."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    angle_x, angle_y = (np.cos(f := fields.flow(shape, rng.uniform(30, 50), rng)), np.sin(f))
    light = np.zeros(shape, np.float32)
    rings = np.zeros(shape, np.float32)
    stars = fields.scatter(shape, rng.uniform(46, 68), rng)
    for cx, cy in stars.tolist():
        dx, dy = x - cx, y - cy
        distance = np.sqrt(dx * dx + dy * dy) + 1e-3
        size = rng.uniform(7, 17)
        pull = 6 * np.exp(-((distance / (2.2 * size)) ** 2))
        angle_x, angle_y = angle_x - pull * dy / distance, angle_y + pull * dx / distance
        bright = np.exp(-((distance / (0.8 * size)) ** 2)) * (rng.random() < 0.7)
        light = np.maximum(light, bright)
        rings += np.cos(distance * 2 * np.pi / 7.0) * np.exp(-((distance / (1.7 * size)) ** 2))
    angle = np.arctan2(angle_y, angle_x)
    strokes = fields.streaks(angle, rng.uniform(11, 16), rng, rng.uniform(2.4, 3.4))
    base = fields.smear(tone.tones(image, blur=1.0), angle, 5)
    depth = base * 0.8 - 0.02 + 0.12 * strokes + 0.09 * rings
    painted = tone.ramp(depth, tone.jitter(_NIGHT, rng))
    glow = tone.ramp(light * 0.9 + 0.15 * strokes, tone.jitter(_STAR, rng))
    painted = tone.mix(painted, glow, np.clip(light * 1.5 + 0.22 * rings * (light > 0.05), 0, 0.95))
    return tone.shade(painted, 0.25 * tone.relief(strokes, 0.8, 0.3))


@renderer("watercolor")
def watercolor(image: Array, rng: np.random.Generator) -> Array:
    """Pale transparent washes that bleed, with pooled edges, granulation and bare paper."""
    shape = image.shape[:2]
    cloud, fine = fields.fractal(shape, 30, rng), fields.fractal(shape, 9, rng, 3)
    soft = fields.wobble(fields.kuwahara(tone.expose(image), 7), 8, rng.uniform(2.0, 3.5), rng)
    pigment = tone.saturate(tone.blur(soft, 1.2), rng.uniform(2.6, 3.6))
    drift = tone.ramp(fields.noise(shape, 40, rng), _WASHES[rng.permutation(len(_WASHES))[:4]])
    pigment = tone.mix(pigment, drift, 0.3)
    level = tone.luma(pigment)
    load = np.clip(0.42 + 0.75 * (cloud - 0.45) + 0.5 * (0.7 - level), 0.08, 0.95)
    front = tone.smoothstep(level + 0.28 * (fine - 0.5) + 0.25 * (cloud - 0.5), 0.62, 0.72)
    load = load * (1 - 0.75 * front)
    pooled = tone.edges(tone.blur(load, 0.6), 0.8) * 0.4
    granules = 0.045 * fields.grain(shape, rng, 0.8) * load
    paint = 1 - (1 - pigment) * np.clip(load + pooled + granules, 0, 1)[..., None]
    x, y = fields.grid(shape)
    inside = np.minimum(np.minimum(x, shape[1] - 1 - x), np.minimum(y, shape[0] - 1 - y))
    wet = tone.smoothstep(inside + 16 * (cloud - 0.5), rng.uniform(-14, 0), rng.uniform(3, 8))
    return tone.mix(tone.fill(image, (0.985, 0.975, 0.95)), paint, wet)


@renderer("oil painting")
def oil_painting(image: Array, rng: np.random.Generator) -> Array:
    """Broad loaded strokes along the forms, rich warm colour, bristle marks that catch light."""
    shape = image.shape[:2]
    rich = tone.saturate(tone.expose(image, amount=0.6), rng.uniform(1.6, 2.0))
    warm = tone.glow(rich, (1.05, 0.96, 0.8))
    angle = fields.tangent(tone.luma(tone.blur(image, 1.5)), 6) + 0.6 * (
        fields.noise(shape, 30, rng) - 0.5
    )
    body = tone.blur(warm, 1.5)
    for cell, width in ((11.0, 8.5), (7.0, 4.8)):
        points = fields.scatter(shape, cell, rng)
        count = len(points)
        ink = fields.pick(body, points) * (1 + rng.normal(0, 0.09, (count, 1))) + rng.normal(
            0, 0.015, (count, 3)
        )
        turn = fields.pick(angle, points) + rng.normal(0, 0.2, count)
        body = fields.dab(
            body, points, turn, width * rng.uniform(2.0, 3.4, count), np.full(count, width), ink
        )
    bristles = fields.streaks(angle, 9, rng, 1.4)
    body = np.clip(fields.smear(body, angle, 2.5), 0, 1)
    ridge = tone.luma(body) + 0.05 * bristles
    return tone.shade(
        body * (0.97 + 0.05 * bristles)[..., None],
        0.42 * tone.relief(ridge, rng.uniform(0.4, 1.2), 1.6),
    )


@renderer("impressionism")
def impressionism(image: Array, rng: np.random.Generator) -> Array:
    """Small separate dabs of broken pastel colour, violet in the shadows, after Monet."""
    shape = image.shape[:2]
    level = tone.tones(image, blur=1.5)
    light = tone.ramp(
        level, tone.jitter(tone.hexes("454a9c", "6688cc", "86bd8c", "f2c9a0", "fff0cf"), rng)
    )
    own = np.clip(tone.saturate(tone.blur(tone.expose(image), 1.2), 2.8) * 0.75 + 0.2, 0, 1)
    bright = tone.mix(own, light, 0.5)
    canvas = tone.blur(bright, 3)
    sway = 0.5 * (fields.noise(shape, 30, rng) - 0.5)
    angle = (
        np.where(level > 0.5, rng.normal(0, 0.2), np.pi / 2 + rng.normal(0, 0.4)).astype(np.float32)
        + sway
    )
    width = rng.uniform(1.8, 2.8)
    points = fields.scatter(shape, 1.75 * width, rng)
    count = len(points)
    accents = tone.hexes("f2a7b8", "8f9fe0", "f7d77a", "8fcf9a", "b48fd6", "ffffff")
    accent = accents[rng.integers(0, len(accents), count)]
    ink = fields.pick(bright, points) * (1 + rng.normal(0, 0.1, (count, 1))) + rng.normal(
        0, 0.035, (count, 3)
    )
    ink = np.where(rng.random((count, 1)) < 0.24, 0.5 * ink + 0.5 * accent, ink)
    turn = fields.pick(angle, points) + rng.normal(0, 0.35, count)
    length = width * rng.uniform(2.0, 4.0, count)
    canvas = fields.dab(canvas, points, turn, length, np.full(count, width), ink)
    return tone.shade(canvas, 0.3 * tone.relief(tone.luma(canvas), 0.8, 0.8))


@renderer("pointillism")
def pointillism(image: Array, rng: np.random.Generator) -> Array:
    """Round dots of pure colour on a pale ground, after Seurat."""
    canvas = tone.fill(image, (0.96, 0.93, 0.85))
    vivid = tone.saturate(np.clip(tone.expose(image) * 0.85 + 0.14, 0, 1), 2.0)
    size = rng.uniform(3.2, 4.8)
    for cell in (size * 1.1, size):
        labels, distance = fields.voronoi(image.shape, cell, rng, 0.7)
        mean = fields.cell_mean(vivid, labels)
        count = len(mean)
        pure = _PURE[
            ((mean[:, None] - _PURE + rng.normal(0, 0.22, (count, len(_PURE), 3))) ** 2)
            .sum(-1)
            .argmin(1)
        ]
        ink = np.clip(0.66 * mean + 0.34 * pure, 0, 1).astype(np.float32)
        dot = np.clip(cell * 0.5 - distance + 0.4, 0, 1)
        canvas = tone.mix(canvas, ink[labels], dot)
    return canvas


@renderer("cubism")
def cubism(image: Array, rng: np.random.Generator) -> Array:
    """Shaded angular planes in ochre, umber and slate, each seen from its own side."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    labels, ink = np.zeros(shape, np.int64), np.zeros(shape, np.float32)
    fade = np.zeros(shape, np.float32)
    family = rng.uniform(0, np.pi) + np.array([0, 0.9, 1.9])
    for index in range(int(np.clip(max(shape) / 11, 8, 22))):
        angle = rng.choice(family) + rng.normal(0, 0.22)
        px, py = rng.uniform(0, shape[1]), rng.uniform(0, shape[0])
        side = (x - px) * np.cos(angle) + (y - py) * np.sin(angle)
        along = (y - py) * np.cos(angle) - (x - px) * np.sin(angle)
        near = (np.abs(along) < rng.uniform(14, 36)) | (index < 3)
        labels = labels * 3 + np.where(near, (side > 0) + 1, 0)
        if index % 12 == 11:
            labels = np.unique(labels, return_inverse=True)[1].reshape(shape)
        weight = rng.uniform(0.25, 1.0)
        ink = np.maximum(ink, weight * np.clip(1.3 - np.abs(side), 0, 1) * near)
        fade += np.exp(-np.abs(side) / 9) * (side > 0) * near * rng.choice([-1, 1])
    facet = np.unique(labels, return_inverse=True)[1].reshape(shape)
    count = int(facet.max()) + 1
    shift = rng.normal(0, 5, (2, count)).astype(np.float32)
    seen = fields.displace(tone.expose(image), shift[0][facet], shift[1][facet])
    level = tone.tones(seen, blur=1.0)
    level = 0.6 * np.round(level * 4) / 4 + 0.4 * level
    lift = rng.normal(0, 0.15, count).astype(np.float32)[facet] + 0.3 * fade
    ochre = tone.ramp(
        level + lift, tone.jitter(tone.hexes("17120e", "5a3a20", "a8743a", "d8b070", "f3e3bd"), rng)
    )
    slate = tone.ramp(
        level + lift, tone.jitter(tone.hexes("10161a", "34474f", "6f878c", "a9b8b0", "e8e6d4"), rng)
    )
    cool = (rng.random(count) < 0.38)[facet].astype(np.float32)
    planes = tone.mix(tone.mix(ochre, slate, cool), tone.saturate(seen, 1.2), 0.12)
    return tone.mix(planes, (0.06, 0.05, 0.04), 0.9 * ink)
