"""Wet paint and ink: airbrush, gouache, ink wash, oil painting, watercolor."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

_SPRAY = (
    ("1a0f4a", "e0218a", "ffb35c", "fff6e0"),
    ("06203f", "1590c9", "8fe6f2", "ffffff"),
    ("2a0a3c", "8a3ad0", "ff7ac6", "fff0fa"),
    ("0b2a3a", "12a5a0", "ffd27a", "fff8e6"),
)


def _sparkles(level: Array, count: int, scale: float, rng: np.random.Generator) -> Array:
    """Four-pointed stars on the brightest places, (H, W), 1 = light."""
    light = np.zeros_like(level)
    points = fields.scatter(level.shape, 24 * scale, rng)
    bright = points[np.argsort(-fields.pick(tone.blur(level, 2 * scale), points))[:count]]
    for px, py in bright.tolist():
        size = rng.uniform(1.4, 2.4) * scale
        reach = round(30 * size)
        rows = slice(max(0, int(py) - reach), max(0, int(py) + reach))
        columns = slice(max(0, int(px) - reach), max(0, int(px) + reach))
        patch = light[rows, columns]
        x, y = (np.abs(w) / size for w in fields.grid(patch.shape))
        x, y = np.abs(x - (px - columns.start) / size), np.abs(y - (py - rows.start) / size)
        spikes = np.exp(-0.9 * x - 0.13 * y) + np.exp(-0.13 * x - 0.9 * y)
        halo = 0.7 * np.exp(-np.hypot(x, y) / 4)
        np.maximum(patch, spikes + halo - 0.02, out=patch)
    return np.clip(light, 0, 1)


@look("airbrush", detail=0.5)
def airbrush(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Sprayed gradients against masked edges, soft glows and starry chrome highlights."""
    smooth = tone.flatten(image, passes=1, sigma=0.16, scale=scale)
    level = tone.tones(smooth, blur=1.5 * scale)
    count = int(rng.integers(3, 5))
    palette = tone.one_of(_SPRAY, rng, 0.02)
    fall = level * count - np.floor(level * count)
    spray = fields.noise(level.shape, 110 * scale, rng) - 0.5
    sprayed = 0.72 * level + 0.26 * (1 - fall) * (0.3 + 0.7 * level) + 0.22 * spray
    first = tone.ramp(tone.blur(np.clip(sprayed, 0, 1), 0.8 * scale), palette)
    hue = tone.saturate(tone.blur(tone.expose(image), 3 * scale), 1.8)
    made = tone.mix(first, hue, 0.3)
    shine = tone.relief(tone.blur(level, 1.5 * scale), rng.uniform(0.8, 2.3), 2.2, scale)
    made = tone.shade(np.clip(made, 0, 1), 0.5 * shine)
    made = made + 0.02 * fields.grain(level.shape, rng, 0.5 * scale)[..., None]
    lit = tone.smoothstep(level, 0.82, 0.97)
    stars = _sparkles(level, int(rng.integers(4, 8)), scale, rng)
    light = np.maximum(0.45 * tone.blur(lit, 6 * scale) + 0.3 * lit, stars)
    return tone.screen(made, tone.grey(light))


_MATT = tone.hexes("34404f", "5c6b5e", "a8674f", "c99a6b", "8fa3a0", "d9c3a0", "efe4cc", "6d5360")


@look("gouache", detail=0.4)
def gouache(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Matt opaque patches of muted chalky colour with dry-brush edges."""
    shape = image.shape[:2]
    bend = fields.noise(shape, 40 * scale, rng)
    angle = np.full(shape, rng.uniform(-0.5, 0.5), np.float32) + bend
    brush = fields.streaks(angle, 12 * scale, rng, 1.6 * scale)
    flat = tone.kuwahara(tone.kuwahara(image, round(5 * scale)), round(4 * scale))
    flat = fields.displace(tone.expose(flat), 0.9 * scale * brush, -0.7 * scale * brush)
    pots = tone.jitter(_MATT, rng, 0.03)
    nearest = tone.closest(tone.saturate(flat, 1.3), pots)
    nearest = cv2.medianBlur(nearest, round(5 * scale) | 1)
    own = tone.saturate(tone.posterise(flat, 6), 1.25) * 0.74 + 0.2
    painted = tone.blur(tone.mix(pots[nearest], own, 0.55), 0.5 * scale)
    rim = tone.smoothstep(tone.edges(tone.luma(painted), 0.9, scale), 0.15, 0.6)
    dry = tone.smoothstep(brush, 0.4, 0.9) * 0.6 * tone.blur(rim, 1.8 * scale)
    painted = tone.mix(painted, (0.93, 0.89, 0.8), np.clip(dry, 0, 0.6))
    matt = 0.01 * brush + 0.012 * fields.grain(shape, rng, 0.7 * scale)
    return np.asarray(painted + matt[..., None])


def _spatter(level: Array, rng: np.random.Generator, scale: float) -> Array:
    """A few round drops of ink where they hide nothing, (H, W), 1 = ink."""
    drops = np.zeros(level.shape, np.uint8)
    for x, y in (fields.calm_points(level, 60 * scale, rng, share=0.3) * 8).astype(int).tolist():
        radius = round(8 * scale * (0.6 + 2.4 * rng.random() ** 3))
        cv2.circle(drops, (x, y), radius, 255, -1, cv2.LINE_AA, 3)
    return tone.to_floats(drops)


@look("ink wash", detail=0.45)
def ink_wash(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Diluted black ink bleeding into warm rice paper, with a few bold brush lines."""
    shape = image.shape[:2]
    level = tone.tones(tone.kuwahara(image, round(6 * scale)), blur=1.2 * scale)
    level = fields.wobble(level, 12 * scale, 2.2 * scale, rng)
    cloud = fields.fractal(shape, 70 * scale, rng)
    dark = np.clip(1.0 - level + 0.16 * (cloud - 0.5), 0, 1)
    layers = np.zeros_like(level)
    for threshold, load in ((0.3, 0.16), (0.48, 0.22), (0.66, 0.26), (0.82, 0.3)):
        layer = tone.smoothstep(dark, threshold - 0.06, threshold + 0.06)
        rim = 0.3 * layer * (1 - tone.smoothstep(tone.blur(layer, 2.2 * scale), 0.5, 0.95))
        layers += load * (0.6 * layer + 0.4 * tone.blur(layer, 6.0 * scale) + rim)
    pooled = 0.78 + 0.44 * fields.fractal(shape, 34 * scale, rng)
    fibre = fields.noise(shape, (2 * scale, 9 * scale), rng) - 0.5
    ink = np.clip(layers * pooled * (1 + 0.12 * fibre), 0, 0.95)
    dry = fields.streaks(fields.tangent(level, 3 * scale), 9 * scale, rng, 1.2 * scale)
    brush = tone.smoothstep(fields.lines(tone.blur(level, 0.8 * scale), 1.9 * scale), 0.3, 0.8)
    brush = np.maximum(brush * tone.smoothstep(dry, -1.5, -0.3), 0.8 * _spatter(level, rng, scale))
    page = fields.paper(image, rng, (0.96, 0.93, 0.85), 0.012, scale)
    return tone.mix(tone.mix(page, (0.1, 0.1, 0.13), ink), (0.03, 0.03, 0.04), 0.92 * brush)


@look("oil painting", detail=0.35)
def oil_painting(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Broad loaded strokes along the forms, rich warm colour, bristle marks that catch light."""
    shape = image.shape[:2]
    rich = tone.vivid(tone.expose(image, amount=0.6), rng.uniform(1.5, 1.8))
    warm = tone.blur(tone.glow(rich, (1.05, 0.97, 0.84)), 1.2 * scale)
    level = tone.quiet(image, scale, blur=1.2)
    sway = 0.7 * (fields.noise(shape, 50 * scale, rng) - 0.5)
    angle = fields.tangent(level, 5 * scale) + sway
    body = warm
    for cell, size in ((13.0, 14.0), (8.8, 9.2), (6.8, 5.4)):
        points = fields.scatter(shape, cell * scale, rng)
        if size < 6:  # the last and finest strokes draw the contours alone
            points = points[fields.pick(tone.edges(level, 1.5, scale), points) > 0.35]
        count = len(points)
        ink = fields.pick(warm, points) * (1 + rng.normal(0, 0.08, (count, 1)))
        ink = ink + rng.normal(0, 0.015, (count, 3))
        turn = fields.pick(angle, points) + rng.normal(0, 0.16, count)
        length = size * scale * rng.uniform(0.8, 1.3, count)
        body = fields.stamp(body, fields.bristle(0.36), points, turn, length, ink)
    bristles = fields.streaks(angle, 10 * scale, rng, 1.5 * scale)
    ridge = tone.blur(tone.luma(body), 0.8 * scale) + 0.04 * bristles
    lit = 0.4 * tone.relief(ridge, rng.uniform(0.4, 1.2), 1.6, scale)
    return tone.shade(body * (0.98 + 0.05 * bristles)[..., None], lit)


_WASHES = tone.hexes("3f7fc4", "d8654a", "e8b23a", "5a9a6a", "8a5fa8", "d87aa0", "3fa0a0")


@look("watercolor", detail=0.45)
def watercolor(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Pale transparent washes that bleed, with pooled edges, granulation and bare paper."""
    shape = image.shape[:2]
    cloud, fine = fields.fractal(shape, 70 * scale, rng), fields.fractal(shape, 12 * scale, rng, 3)
    flat = tone.kuwahara(tone.expose(image, amount=0.5), max(2, round(5 * scale)))
    soft = fields.wobble(flat, 12 * scale, rng.uniform(1.5, 2.5) * scale, rng)
    tints = _WASHES[rng.permutation(len(_WASHES))[:3]]
    drift = tone.ramp(tone.stretch(fields.noise(shape, 120 * scale, rng)), tints)
    tinted = tone.mix(soft, drift, 0.13 + 0.2 * cloud)
    pigment = tone.vivid(tinted, rng.uniform(1.9, 2.3)) * 0.86 + 0.14
    level = tone.blur(tone.luma(soft), 1.5 * scale)
    # Watercolour has no black: the darks are deep indigo.
    pigment = tone.mix(pigment, (0.16, 0.2, 0.42), 0.6 * (1 - tone.smoothstep(level, 0.05, 0.4)))
    wash = np.floor(np.clip(level + 0.16 * (cloud - 0.5), 0, 0.99) * 4).astype(np.int32)
    pooled = np.exp(np.minimum(fields.rim(wash), 1e4) * np.float32(-1 / (1.7 * scale)))
    dry = tone.smoothstep(level + 0.1 * (fine - 0.5), 0.84, 0.92)
    load = 0.62 + 0.5 * cloud + 0.5 * pooled
    load += 0.09 * fields.grain(shape, rng, 0.8 * max(scale, 0.8))
    if mask is None:
        bare = rng.uniform(3, 7) * scale + 12 * scale * (cloud - 0.3)
        load *= tone.smoothstep(fields.inset(shape, None) - bare, -1.5 * scale, 2.5 * scale)
    else:
        load += 0.4 * np.exp(fields.depth_inside(mask) * np.float32(-1 / (2 * scale)))
    load *= 1 - 0.8 * dry
    paint = np.exp(np.log(pigment) * np.maximum(load, 0)[..., None])
    paper = 1 + 0.05 * tone.relief(fine, 0.8, 0.6, scale)
    return tone.glow(paint * paper[..., None], (0.985, 0.975, 0.95))
