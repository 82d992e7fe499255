"""Wood and what is woven of it: bark, wicker, wood."""

from __future__ import annotations

import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("bark", detail=0.8)
def bark(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """A tree trunk: long rough plates of grey-brown bark parted by deep black fissures."""
    level = tone.tones(image, blur=1.1 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    tall = (int(shape[0] // 3 + 8 * scale) + 2, shape[1])
    flat, _ = fields.voronoi(tall, rng.uniform(17, 21) * scale, rng, 1.0)
    fine = fields.fractal(shape, 16 * scale, rng, 4)
    bend = 18 * (fields.noise(shape, 40 * scale, rng) - 0.5) + 8 * (fine - 0.5)
    column = np.clip(x + bend * scale, 0, shape[1] - 1).astype(np.int32)
    row = np.clip(y / 3 + 6 * scale * fine, 0, flat.shape[0] - 1).astype(np.int32)
    plates = flat[row, column]
    depth = fields.rim(plates) / scale + 2.4 * (fine - 0.5)
    fibre = fields.noise(shape, (22 * scale, 2.4 * scale), rng) - 0.5
    crack = fields.noise(shape, (3 * scale, 14 * scale), rng)
    own = rng.normal(0, 0.05, int(flat.max()) + 1).astype(np.float32)[plates]
    palette = tone.jitter(tone.hexes("20130a", "5e3c22", "966d47", "c0a078", "e8d6b8"), rng, 0.015)
    body = 0.06 + 0.92 * level + own + 0.2 * fibre + 0.18 * (fine - 0.5)
    wood = tone.ramp(body, palette)
    height = 0.3 * np.clip(depth, 0, 4.5) + 0.7 * fibre + 0.7 * fine
    height = height - 0.4 * tone.smoothstep(crack, 0.72, 0.85)
    wood = tone.shade(wood, 0.5 * tone.relief(height, rng.uniform(0.1, 0.6), 0.9, scale))
    moss = tone.smoothstep(fields.fractal(shape, 80 * scale, rng), 0.6, 0.9)
    wood = tone.mix(wood, (0.42, 0.5, 0.18), 0.25 * moss)
    fissure = 1 - tone.smoothstep(depth, 0.3, 2.2)
    return tone.mix(wood, (0.07, 0.045, 0.03), (0.88 - 0.25 * level) * fissure)


@look("wicker", detail=0.6)
def wicker(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Basketry: round cane strips bulging over and diving under upright stakes."""
    level = tone.tones(image, blur=1.0 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    tall, wide = rng.uniform(7.5, 9.0) * scale, rng.uniform(19, 24) * scale
    shake = 3.0 * scale
    v = (y + shake * (fields.noise(shape, 60 * scale, rng) - 0.5)) / tall + rng.random()
    u = (x + shake * (fields.noise(shape, 60 * scale, rng) - 0.5)) / wide + rng.random()
    row = np.floor(v)
    swing = np.cos(np.pi * (u + row % 2))
    strip = 1 - (2 * (v - row) - 1) ** 2
    bulge = np.sqrt(np.clip(strip, 0, 1)) * (0.45 + 0.55 * swing)
    own = rng.normal(0, 0.045, 256).astype(np.float32)[row.astype(np.int32) % 256]
    fibre = fields.noise(shape, (1.5 * scale, 16 * scale), rng) - 0.5
    palette = tone.jitter(tone.hexes("331806", "864c17", "c98b39", "ecc278", "fdecc2"), rng, 0.015)
    cane = tone.ramp(0.04 + 0.94 * level + own + 0.1 * fibre, palette)
    near = np.abs(u - np.round(u - 0.5) - 0.5) * wide
    stake = np.sqrt(np.clip(1 - (near / (4 * scale)) ** 2, 0, 1)) * (swing < 0.35)
    light = np.clip(0.42 + 0.72 * bulge, 0, 1.2)
    made = np.clip(cane * light[..., None], 0, 1)
    post = tone.ramp(level, palette) * (0.3 + 0.45 * stake)[..., None]
    made = tone.mix(made, post, ((stake > 0) & (light < 0.55)).astype(np.float32))
    gloss = tone.smoothstep(light, 0.95, 1.2)
    return tone.screen(made, tone.glow(gloss, (0.32, 0.28, 0.18)))


@look("wood", detail=0.4)
def wood(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Carved planks: brown grain lines that follow the relief."""
    height = tone.quiet(image, scale, blur=1.0)
    shape = height.shape
    x, y = fields.grid(shape)
    upright = rng.random() < 0.5
    across, cell = (x, (220.0, 34.0)) if upright else (y, (34.0, 220.0))
    across = across / scale + rng.uniform(0, 90)
    plank = np.floor(across / 90).astype(int)
    own = rng.normal(0, 1, int(plank.max()) + 1).astype(np.float32)
    bend = 46 * fields.noise(shape, (cell[0] * scale, cell[1] * scale), rng)
    rings = across + bend + 40 * own[plank] + 6 * height
    phase = (rings / rng.uniform(7, 10)) % 1
    grain = np.asarray(phase * tone.smoothstep(1 - phase, 0, 0.25), np.float32)
    along = np.full(shape, np.pi / 2 if upright else 0.0, np.float32)
    fibre = fields.streaks(along, 16 * scale, rng, 1.3 * scale)
    palette = tone.jitter(tone.hexes("2e1607", "6b3a17", "a0622d", "c98d4f", "e6bd82"), rng)
    level = 0.62 * height + 0.24 * grain + 0.035 * fibre + 0.03 * own[plank] + 0.08
    seam = tone.smoothstep(np.abs(across - 90 * np.round(across / 90)), 0.6, 2.0)
    carved = 0.5 * tone.relief(height, 0.8, 1.5, scale)
    return tone.shade(tone.ramp(level, palette), carved) * (0.35 + 0.65 * seam)[..., None]
