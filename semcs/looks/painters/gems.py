"""Stones and resins that are cut or polished: amber, jade, obsidian, pearl."""

from __future__ import annotations

import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("amber", detail=0.5)
def amber(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Honey-orange resin lit from inside, with round bubbles, dark specks and flow swirls."""
    level = tone.tones(image, blur=1.4 * scale)
    shape = level.shape
    swirl = fields.fractal(shape, 120 * scale, rng, 3)
    bands = np.sin(2 * np.pi * (4.4 * swirl + 0.8 * level))
    inside = 0.5 * tone.blur(level, 5 * scale) + 0.5 * level
    palette = tone.hexes("3a0e00", "a33c00", "ea7f06", "ffb62a", "fff0a8")
    resin = 0.08 + 0.76 * inside + 0.06 * bands + 0.24 * (swirl - 0.5)
    resin = tone.ramp(resin, tone.jitter(palette, rng, 0.015))
    slope = tone.relief(tone.blur(level, 1.6 * scale), rng.uniform(0.6, 1.0), 2.4, scale)
    made = tone.shade(resin, 0.35 * slope)
    for cell, share in ((62.0, 0.6), (28.0, 0.25)):
        body, rims, light = fields.inclusions(shape, cell * scale, rng, share, scale)
        made = tone.mix(made, (1.0, 0.8, 0.32), 0.3 * body)
        made = tone.mix(made, (0.45, 0.15, 0.0), 0.7 * rims)
        made = tone.mix(made, (1.0, 0.98, 0.85), 0.95 * light)
    dust = fields.fractal(shape, 15 * scale, rng, 3)
    rare = float(np.percentile(dust[::3, ::3], 99.4))
    speck = tone.smoothstep(dust, rare, rare + 0.06)
    made = tone.mix(made, (0.2, 0.07, 0.0), 0.75 * speck)
    gloss = tone.blur(tone.smoothstep(slope, 0.5, 0.95), 0.8 * scale)
    return tone.screen(made, tone.glow(gloss, (0.9, 0.8, 0.5)))


@look("jade", detail=0.4)
def jade(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Carved milky green stone: light seeps through the thin edges, a waxy gloss on top."""
    level = tone.tones(image, blur=1.3 * scale)
    cloud = fields.fractal(level.shape, 80 * scale, rng)
    inside = 0.5 * tone.blur(level, 7 * scale) + 0.5 * level
    palette = tone.hexes("063a22", "127a47", "3fb37c", "98dcae", "e8fae4")
    stone = 0.06 + 0.72 * inside + 0.3 * (cloud - 0.45)
    stone = tone.ramp(stone, tone.jitter(palette, rng, 0.02))
    slope = tone.relief(tone.blur(level, 1.4 * scale), rng.uniform(0.6, 1.0), 2.6, scale)
    made = tone.shade(stone, 0.45 * slope)
    speck = tone.smoothstep(fields.fractal(level.shape, 22 * scale, rng, 3), 0.6, 1.0)
    made = tone.mix(made, (0.05, 0.33, 0.2), 0.22 * speck)
    gloss = tone.blur(tone.smoothstep(slope, 0.5, 0.95), 0.8 * scale)
    return tone.screen(made, tone.glow(gloss, (0.6, 0.72, 0.62)))


@look("obsidian", detail=0.7)
def obsidian(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Black volcanic glass: shell-shaped fractures with concentric ripples and hard glints."""
    x, y = fields.grid(image.shape)
    level = tone.tones(image, blur=1.2 * scale)
    labels, _ = fields.voronoi(level.shape, rng.uniform(85, 110) * scale, rng, 1.0)
    shove = 26 * scale
    column, row = (
        np.clip(at + shove * (fields.noise(level.shape, 70 * scale, rng) - 0.5), 0, side - 1)
        for at, side in ((x, level.shape[1]), (y, level.shape[0]))
    )
    labels = labels[row.astype(np.int32), column.astype(np.int32)]
    count = int(labels.max()) + 1
    start = np.stack([fields.cell_mean(p, labels) for p in (x, y)])
    start = (start + rng.normal(0, 60 * scale, (2, count))).astype(np.float32)
    reach = np.hypot(x - start[0][labels], y - start[1][labels]) / scale
    reach = reach + 22 * fields.noise(level.shape, 45 * scale, rng)
    # Ripples of a fracture lie closer together the farther they are from its blow.
    shell = np.sin(2 * np.pi * (reach**1.15 / rng.uniform(30, 40) + 0.5 * level))
    busy = tone.blur(tone.edges(level, 2.0, scale), 8 * scale)
    shell = shell * tone.smoothstep(
        fields.noise(level.shape, 120 * scale, rng) - 2 * busy, 0.2, 0.7
    )
    tilt = rng.normal(0, 0.07, count).astype(np.float32)[labels]
    glassy = tone.hexes("020203", "0c0e13", "232733", "566074", "b9c6dc")
    palette = tone.jitter(glassy, rng, 0.006)
    glass = tone.ramp(0.06 + 0.74 * level + tilt + 0.06 * shell, palette)
    slope = tone.relief(0.16 * shell + 1.4 * level, rng.uniform(0.6, 1.0), 1.5, scale)
    glint = tone.smoothstep(slope, 0.4, 0.85) * (0.35 + 0.65 * level)
    rib = np.clip(1.3 - fields.rim(labels) / scale, 0, 1)
    rib = rib * fields.noise(level.shape, 30 * scale, rng)
    light = np.clip(glint + 0.3 * rib, 0, 1)
    return tone.screen(glass, tone.glow(light, (0.86, 0.92, 1.0)))


@look("pearl", detail=0.6)
def pearl(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Mother-of-pearl: creamy, satin, with pink, green and blue bands along the layers."""
    level = tone.tones(image, blur=1.5 * scale)
    shape = level.shape
    layers = 1.1 * tone.blur(level, 5 * scale) + 2.2 * fields.fractal(shape, 190 * scale, rng, 2)
    layers = layers + 0.25 * level + rng.random()
    phase = np.array([0.0, 0.36, 0.68]) + rng.uniform(-0.04, 0.04, 3)
    sheen = 0.5 + 0.5 * np.cos(2 * np.pi * (layers[..., None] + phase.astype(np.float32)))
    palette = tone.jitter(tone.hexes("6f6580", "c4b4c0", "f0e4dc", "fffaf2"), rng, 0.012)
    body = tone.ramp(0.06 + 0.9 * level, palette)
    tinted = body * (0.84 + 0.22 * sheen)
    ripple = np.sin(2 * np.pi * (layers * 9))
    slope = tone.relief(level + 0.012 * ripple, rng.uniform(0.5, 1.1), 1.9, scale)
    made = tone.shade(np.clip(tinted, 0, 1), 0.4 * slope)
    gleam = tone.blur(tone.smoothstep(slope, 0.3, 0.9), 2.0 * scale)
    return tone.screen(made, tone.grey(0.7 * gleam))
