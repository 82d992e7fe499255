"""Fired clay and cast concrete: brick, concrete, porcelain, terracotta."""

from __future__ import annotations

import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("brick", detail=0.5)
def brick(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Rows of red bricks in pale mortar, laid in running bond."""
    level = tone.quiet(image, scale, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    tall = rng.uniform(11, 14)
    wide = tall * rng.uniform(2.1, 2.6)
    shake = fields.noise(shape, 9 * scale, rng) - 0.5
    v = (y / scale + shake + rng.uniform(0, tall)) / tall
    row = np.floor(v)
    u = (x / scale + shake) / wide + 0.5 * (row % 2)
    column = np.floor(u)
    inside = np.minimum(
        np.minimum(v - row, row + 1 - v) * tall, np.minimum(u - column, column + 1 - u) * wide
    )
    table = rng.normal(0, 1, (64, 64)).astype(np.float32)
    own = table[row.astype(int) % 64, column.astype(int) % 64]
    rough = fields.fractal(shape, 7 * scale, rng, 3)
    clay = tone.ramp(
        0.04 + 0.86 * level + 0.06 * own + 0.14 * (rough - 0.5),
        tone.jitter(tone.hexes("300c06", "8a2813", "c24a28", "e27c52", "fac8a4"), rng, 0.02),
    )
    mortar = tone.ramp(0.2 * rough + 0.85 * level, tone.hexes("57504a", "aaa296", "eae4d8"))
    made = tone.mix(mortar, clay, tone.smoothstep(inside, 0.7, 1.8))
    raking = tone.relief(np.minimum(inside.astype(np.float32), 2.2) + 0.8 * rough, 0.8, 0.5, scale)
    return tone.shade(made, 0.36 * raking)


@look("concrete", detail=0.6)
def concrete(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Cast grey concrete: formwork seams with tie holes, air pores and water stains."""
    level = tone.tones(image, blur=1.1 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    stain, fine = fields.fractal(shape, 90 * scale, rng), fields.fractal(shape, 6 * scale, rng, 2)
    run = fields.noise(shape, (170 * scale, 13 * scale), rng) - 0.5
    palette = tone.jitter(tone.hexes("363735", "6f706c", "a09f99", "c9c7c0", "e9e7e0"), rng, 0.01)
    body = 0.1 + 0.7 * level + 0.2 * (stain - 0.5) + 0.14 * (fine - 0.5) + 0.1 * run
    light = tone.relief(1.2 * level + 0.2 * fine, 0.8, 1.3, scale)
    made = tone.shade(tone.ramp(body, palette), 0.4 * light)
    wide, tall = rng.uniform(170, 220), rng.uniform(120, 150)
    u = (x / scale + rng.uniform(0, wide)) % wide
    v = (y / scale + rng.uniform(0, tall)) % tall
    joint = np.minimum(np.abs(u - 4), np.abs(v - 4))
    groove, lip = np.clip(2.6 - joint, 0, 1), np.clip(4.2 - joint, 0, 1)
    hole = np.hypot(np.abs(u - wide / 2 - 4) - wide / 3.4, np.abs(v - tall / 2 - 4) - tall / 3.2)
    groove = np.maximum(groove, np.clip(5.5 - hole, 0, 1))
    lip = np.maximum(lip, np.clip(7.5 - hole, 0, 1)) * (1 - groove)
    made = tone.mix(made, (0.93, 0.92, 0.89), 0.3 * lip)
    made = tone.mix(made, (0.16, 0.16, 0.155), 0.72 * groove)
    pits, rims, _ = fields.inclusions(shape, rng.uniform(15, 19) * scale, rng, 0.3, scale)
    made = tone.mix(made, (0.95, 0.95, 0.93), 0.5 * np.roll(rims, round(scale), (0, 1)))
    return tone.mix(made, (0.15, 0.15, 0.15), 0.75 * pits)


@look("porcelain", detail=0.5)
def porcelain(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """White glaze painted in cobalt: flooded blue shadows, brush contours, sprigs, a gloss."""
    level = tone.quiet(image, scale, blur=1.2)
    shape = level.shape
    pool = 0.12 * (fields.fractal(shape, 36 * scale, rng) - 0.5)
    flooded = level + pool
    wash = 0.4 * np.round(4 * flooded) / 4 + 0.6 * flooded
    blues = tone.jitter(tone.hexes("0a1c74", "1d45b4", "6f95e2", "dbe6f9", "fafbfc"), rng, 0.012)
    made = tone.ramp(tone.blur(wash, 0.7 * scale), blues, (0.0, 0.2, 0.4, 0.58, 0.74))
    dx, dy, _, labels = fields.discs(shape, rng.uniform(44, 54) * scale, rng, 1.0)
    dx, dy = dx / scale, dy / scale
    turn = rng.uniform(0, 6.3, int(labels.max()) + 1).astype(np.float32)[labels]
    reach, angle = np.hypot(dx, dy), np.arctan2(dy, dx) + turn
    petal = 8.5 + 4.5 * np.cos(5 * angle)
    flower = np.clip(1.5 - np.abs(reach - petal), 0, 1) + np.clip(2.8 - reach, 0, 1)
    flower = flower + np.float32(0.35) * (reach < petal)
    curl = np.clip(1.4 - np.abs(reach - 14 - 1.9 * (angle % 6.3)), 0, 1) * (reach > 14)
    busy = tone.blur(tone.edges(level, 2.0, scale), 8 * scale)
    calm = tone.smoothstep(level, 0.56, 0.7) * (1 - tone.smoothstep(busy, 0.05, 0.2))
    contour = fields.lines(tone.tones(image), 1.3 * scale, floor=0.016)
    ink = np.maximum(contour, 0.8 * calm * np.maximum(np.clip(flower, 0, 1), curl))
    made = tone.mix(made, (0.06, 0.14, 0.52), 0.9 * np.clip(ink, 0, 1))
    slope = tone.relief(tone.blur(level, 2.5 * scale), rng.uniform(0.6, 1.0), 3.0, scale)
    shine = tone.blur(tone.smoothstep(slope, 0.4, 0.9), 1.2 * scale)
    return tone.screen(made, tone.grey(0.6 * shine))


@look("terracotta", detail=0.5)
def terracotta(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Matt orange clay: turning ridges across the whole, fine pores, pale dust."""
    level = tone.tones(image, blur=1.2 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    bow = rng.uniform(-20, 20) * scale * (2 * x / shape[1] - 1) ** 2
    shaken = 9 * fields.noise(shape, (40 * scale, 150 * scale), rng) + 9 * level
    across = y + bow + scale * shaken
    # The potter's hand rises unevenly: ridges of several widths.
    swell = 0.6 * fields.noise(shape, (50 * scale, 400 * scale), rng)
    ridge = np.sin(2 * np.pi * (across / (rng.uniform(13, 17) * scale) + 1.6 * swell))
    groove = fields.noise(shape, (2.2 * scale, 110 * scale), rng) - 0.5
    palette = tone.jitter(tone.hexes("6b260e", "b24c22", "dc7540", "ee9d6c", "f8c8a2"), rng, 0.015)
    clay = tone.ramp(0.06 + 0.82 * level + 0.05 * ridge + 0.1 * groove, palette)
    light = tone.relief(1.3 * level + 0.07 * ridge, rng.uniform(0.8, 1.4), 1.3, scale)
    clay = tone.shade(clay, 0.45 * light)
    pores = tone.smoothstep(fields.grain(shape, rng, 0.9 * scale), 2.2, 2.8)
    dust = 0.3 * tone.smoothstep(fields.fractal(shape, 60 * scale, rng), 0.6, 0.9)
    return tone.mix(tone.mix(clay, (0.96, 0.78, 0.64), dust), (0.3, 0.1, 0.05), 0.6 * pores)
