"""Stones, clays, resins and glazes: copper, gems, porcelain, concrete, pebbles, soap bubbles."""

from __future__ import annotations

import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer


def _discs(
    shape: fields.Shape, cell: float, rng: np.random.Generator, share: float
) -> tuple[Array, Array, Array, fields.Labels]:
    """Discs that don't overlap: offsets from the centre (x, y), own radius (0 = none), labels."""
    x, y = fields.grid(shape)
    labels, distance = fields.voronoi(shape, cell, rng, 0.7)
    count = int(labels.max()) + 1
    seeds = np.flatnonzero(distance.ravel() == 0)
    own, middle = labels.ravel()[seeds], np.zeros((2, count), np.float32)
    middle[:, own] = np.stack([x.ravel()[seeds], y.ravel()[seeds]])
    room = np.zeros(count, np.float32)
    room[own] = fields.rim(labels).ravel()[seeds]
    room *= (rng.random(count) < share) * rng.uniform(0.6, 1.0, count).astype(np.float32)
    return x - middle[0][labels], y - middle[1][labels], room[labels], labels


@renderer("copper")
def copper(image: Array, rng: np.random.Generator) -> Array:
    """Shiny orange-brown metal with crusty turquoise patches."""
    level = tone.tones(image, blur=1.3)
    shape = level.shape
    warp = fields.noise(shape, 22, rng)
    wave = 0.5 + 0.5 * np.sin(2 * np.pi * (1.1 * level + 0.8 * warp + rng.random()))
    shine = tone.relief(tone.tones(image, blur=1.0), rng.uniform(0.6, 1.0), 1.7)
    palette = tone.hexes("2e0d04", "7a2c0f", "c9622b", "f39a5e", "ffcfa6", "fff4e8")
    metal = tone.ramp(
        0.1 + 0.5 * level + 0.2 * wave.astype(np.float32) + 0.35 * shine,
        tone.jitter(palette, rng, 0.012),
    )
    fine = fields.fractal(shape, 6, rng, 3)
    place = fields.fractal(shape, 26, rng) + 0.25 * (fine - 0.5) + 0.2 * (0.5 - level)
    edge = rng.uniform(0.6, 0.68)
    crust = tone.ramp(0.75 * level + 0.35 * fine, tone.hexes("1c7f7c", "46bcae", "a5ecd9"))
    made = tone.mix(metal, (0.24, 0.1, 0.05), 0.6 * tone.smoothstep(place, edge - 0.1, edge))
    return tone.mix(made, crust, 0.95 * tone.smoothstep(place, edge, edge + 0.07))


@renderer("pearl")
def pearl(image: Array, rng: np.random.Generator) -> Array:
    """Mother-of-pearl: creamy, satin, with pink, green and blue bands along the layers."""
    level = tone.tones(image, blur=1.5)
    shape = level.shape
    layers = 1.2 * level + 1.5 * fields.fractal(shape, 40, rng, 3) + rng.random()
    phase = np.array([0.0, 0.36, 0.68]) + rng.uniform(-0.04, 0.04, 3)
    sheen = 0.5 + 0.5 * np.cos(2 * np.pi * (layers[..., None] + phase))
    palette = tone.jitter(tone.hexes("8d8388", "cfc3c0", "efe6dd", "fffaf2"), rng, 0.012)
    body = tone.ramp(0.1 + 0.85 * level, palette)
    tinted = body * (0.84 + 0.21 * sheen.astype(np.float32))
    ripple = np.sin(2 * np.pi * (layers * 7)).astype(np.float32)
    slope = tone.relief(level + 0.02 * ripple, rng.uniform(0.5, 1.1), 1.7)
    made = tone.shade(np.clip(tinted, 0, 1), 0.35 * slope)
    gleam = tone.blur(tone.smoothstep(slope, 0.3, 0.9), 1.2)
    return tone.screen(made, tone.grey(0.7 * gleam))


@renderer("jade")
def jade(image: Array, rng: np.random.Generator) -> Array:
    """Carved milky green stone: light seeps through the thin edges, a waxy gloss on top."""
    level = tone.tones(image, blur=1.3)
    cloud = fields.fractal(level.shape, 30, rng)
    inside = 0.6 * tone.blur(level, 4.0) + 0.4 * level
    palette = tone.hexes("0b3a26", "1f6e48", "52a578", "9fd3ae", "e3f6e2")
    stone = tone.ramp(0.08 + 0.66 * inside + 0.34 * (cloud - 0.4), tone.jitter(palette, rng, 0.02))
    height = tone.blur(level, 1.0)
    slope = tone.relief(height, rng.uniform(0.6, 1.0), 2.4)
    made = tone.shade(stone, 0.4 * slope)
    speck = tone.smoothstep(fields.fractal(level.shape, 7, rng, 2), 0.72, 0.95)
    made = tone.mix(made, (0.07, 0.3, 0.2), 0.15 * speck)
    return tone.screen(made, tone.glow(tone.smoothstep(slope, 0.6, 0.95), (0.6, 0.7, 0.6)))


@renderer("obsidian")
def obsidian(image: Array, rng: np.random.Generator) -> Array:
    """Black volcanic glass: shell-shaped fractures with concentric ripples and hard glints."""
    x, y = fields.grid(image.shape)
    level = tone.tones(image, blur=1.2)
    labels, _ = fields.voronoi(level.shape, rng.uniform(26, 36), rng, 1.0)
    count = int(labels.max()) + 1
    start = np.stack([fields.cell_mean(p, labels) for p in (x, y)])
    start = (start + rng.normal(0, 22, (2, count))).astype(np.float32)
    reach = np.hypot(x - start[0][labels], y - start[1][labels])
    reach = reach + 9 * fields.noise(level.shape, 18, rng)
    shell = np.sin(2 * np.pi * (reach / rng.uniform(7, 10) + 0.8 * level)).astype(np.float32)
    tilt = rng.normal(0, 0.1, count).astype(np.float32)[labels]
    palette = tone.jitter(tone.hexes("020203", "0a0b0e", "1b1d24", "3b414d", "727d8e"), rng, 0.006)
    glass = tone.ramp(0.06 + 0.62 * level + tilt + 0.07 * shell, palette)
    slope = tone.relief(0.11 * shell + 1.2 * level, rng.uniform(0.6, 1.0), 1.5)
    glint = tone.smoothstep(slope, 0.6, 0.95) * (0.3 + 0.7 * level)
    rib = np.clip(1.2 - fields.rim(labels), 0, 1) * fields.noise(level.shape, 12, rng)
    return tone.screen(glass, tone.glow(np.clip(glint + 0.4 * rib, 0, 1), (0.86, 0.92, 1.0)))


@renderer("porcelain")
def porcelain(image: Array, rng: np.random.Generator) -> Array:
    """White glaze painted in cobalt: flooded blue shadows, brush contours, sprigs, a gloss."""
    level = tone.tones(fields.kuwahara(image, 4), blur=0.8)
    shape = level.shape
    pool = 0.1 * (fields.fractal(shape, 14, rng) - 0.5)
    wash = 0.35 * np.round(4 * (level + pool)) / 4 + 0.65 * (level + pool)
    blues = tone.jitter(tone.hexes("0a1f78", "2149b4", "7d9fe2", "e3ebf8", "fafbfc"), rng, 0.012)
    made = tone.ramp(wash, blues, (0.0, 0.2, 0.4, 0.56, 0.7))
    dx, dy, _, labels = _discs(shape, rng.uniform(15, 20), rng, 1.0)
    turn = rng.uniform(0, 6.3, int(labels.max()) + 1).astype(np.float32)[labels]
    reach, angle = np.hypot(dx, dy), np.arctan2(dy, dx) + turn
    petal = 3.4 + 2.2 * np.cos(5 * angle)
    sprig = np.clip(1.2 - np.abs(reach - petal), 0, 1) + np.clip(1.6 - reach, 0, 1)
    curl = np.clip(1 - np.abs(reach - 5 - 1.3 * (angle % 6.3)), 0, 1) * (reach > 6)
    calm = tone.smoothstep(level, 0.58, 0.72) * (1 - tone.edges(level, 2.0))
    ink = np.maximum(fields.lines(tone.tones(image), 1.0), 0.75 * calm * np.maximum(sprig, curl))
    made = tone.mix(made, (0.06, 0.14, 0.52), 0.9 * np.clip(ink, 0, 1))
    shine = tone.smoothstep(fields.noise(shape, 34, rng), 0.74, 0.86)
    return tone.mix(made, (1.0, 1.0, 1.0), 0.6 * shine)


@renderer("terracotta")
def terracotta(image: Array, rng: np.random.Generator) -> Array:
    """Matt orange clay: turning ridges across the whole, fine pores, pale dust."""
    level = tone.tones(image, blur=1.2)
    shape = level.shape
    x, y = fields.grid(shape)
    bow = rng.uniform(-9, 9) * (2 * x / shape[1] - 1) ** 2
    across = y + bow + 3 * fields.noise(shape, (16.0, 60.0), rng) + 3 * level
    ridge = np.sin(2 * np.pi * across / rng.uniform(6.5, 9)).astype(np.float32)
    groove = fields.noise(shape, (1.6, 50.0), rng) - 0.5
    palette = tone.jitter(tone.hexes("5f2410", "a04724", "cd6c3e", "e08f62", "efb792"), rng, 0.015)
    clay = tone.ramp(0.1 + 0.76 * level + 0.07 * ridge + 0.1 * groove, palette)
    clay = tone.shade(clay, 0.5 * tone.relief(level + 0.09 * ridge, rng.uniform(0.8, 1.4), 1.2))
    pores = tone.smoothstep(fields.grain(shape, rng, 0.8), 2.0, 2.6)
    dust = 0.3 * tone.smoothstep(fields.fractal(shape, 20, rng), 0.6, 0.9)
    return tone.mix(tone.mix(clay, (0.93, 0.75, 0.62), dust), (0.3, 0.1, 0.05), 0.7 * pores)


@renderer("concrete")
def concrete(image: Array, rng: np.random.Generator) -> Array:
    """Cast grey concrete: formwork seams with tie holes, air pores and water stains."""
    level = tone.tones(image, blur=1.1)
    shape = level.shape
    x, y = fields.grid(shape)
    stain, fine = fields.fractal(shape, 34, rng), fields.fractal(shape, 4, rng, 2)
    run = fields.noise(shape, (60.0, 5.0), rng) - 0.5
    palette = tone.jitter(tone.hexes("3f403f", "757673", "a3a39f", "c9c8c3", "e4e3de"), rng, 0.01)
    body = 0.14 + 0.62 * level + 0.24 * (stain - 0.5) + 0.1 * (fine - 0.5) + 0.08 * run
    made = tone.shade(tone.ramp(body, palette), 0.4 * tone.relief(level, 0.8, 1.2))
    wide, tall = rng.uniform(44, 64), rng.uniform(34, 50)
    u, v = (x + rng.uniform(0, wide)) % wide, (y + rng.uniform(0, tall)) % tall
    seam = np.clip(1.5 - np.minimum(np.abs(u - 2), np.abs(v - 2)), 0, 1)
    hole = np.hypot(np.abs(u - wide / 2 - 2) - wide / 3.4, np.abs(v - tall / 2 - 2) - tall / 3.2)
    made = tone.mix(made, (0.2, 0.2, 0.2), 0.7 * np.maximum(seam, np.clip(2.8 - hole, 0, 1)))
    dx, dy, room, _ = _discs(shape, rng.uniform(8, 11), rng, 0.4)
    pit = np.clip(0.34 * room + 0.5 - np.hypot(dx, dy), 0, 1) * (room > 0)
    lip = np.clip(0.34 * room + 0.5 - np.hypot(dx - 1, dy - 1), 0, 1) * (room > 0)
    return tone.mix(tone.mix(made, (0.95, 0.95, 0.93), 0.5 * lip), (0.17, 0.17, 0.17), 0.8 * pit)


@renderer("amber")
def amber(image: Array, rng: np.random.Generator) -> Array:
    """Honey-orange resin lit from inside, with round bubbles, dark specks and flow swirls."""
    level = tone.tones(image, blur=1.4)
    shape = level.shape
    swirl = fields.fractal(shape, 36, rng, 3)
    bands = np.sin(2 * np.pi * (3.4 * swirl + 0.8 * level)).astype(np.float32)
    inside = 0.5 * tone.blur(level, 3.0) + 0.5 * level
    palette = tone.hexes("2b0a00", "8c3400", "dd7605", "ffae1f", "ffe691")
    resin = tone.ramp(
        0.1 + 0.72 * inside + 0.06 * bands + 0.24 * (swirl - 0.5), tone.jitter(palette, rng, 0.015)
    )
    slope = tone.relief(tone.blur(level, 1.2), rng.uniform(0.6, 1.0), 2.2)
    made = tone.shade(resin, 0.3 * slope)
    for cell, share in ((18.0, 0.5), (9.0, 0.22)):
        dx, dy, room, _ = _discs(shape, cell, rng, share)
        reach, size = np.hypot(dx, dy), 0.55 * room
        there = room > 1.5
        ring = np.clip(1.2 - np.abs(reach - size), 0, 1) * there
        light = np.clip(1.7 - np.hypot(dx + 0.4 * size, dy + 0.4 * size), 0, 1) * there
        made = tone.mix(made, (0.42, 0.14, 0.0), 0.75 * ring)
        made = tone.mix(made, (1.0, 0.97, 0.8), 0.95 * light)
    speck = tone.smoothstep(fields.fractal(shape, 8, rng, 3), 0.88, 0.96)
    made = tone.mix(made, (0.12, 0.04, 0.0), 0.85 * speck)
    return tone.screen(made, tone.glow(tone.smoothstep(slope, 0.55, 0.95), (0.9, 0.8, 0.5)))


@renderer("bubbles")
def bubbles(image: Array, rng: np.random.Generator) -> Array:
    """Soap bubbles of several sizes: rainbow rims, clear middles, two white reflections."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    palette = tone.jitter(tone.hexes("35588c", "7fa9d6", "bfdcf3", "f2fafe"), rng, 0.025)
    made = tone.mix(tone.ramp(level, palette), tone.expose(image), 0.3)
    for cell, share in ((14.0, 0.8), (rng.uniform(32, 42), 1.0)):
        dx, dy, room, labels = _discs(shape, cell, rng, share)
        size = np.maximum(0.97 * room, 1)
        r = np.hypot(dx, dy) / size
        inside = np.clip((1 - r) * size + 0.5, 0, 1) * (room > 2)
        own = rng.random(int(labels.max()) + 1).astype(np.float32)[labels]
        film = (1.5 * r**3 + 0.16 * np.arctan2(dy, dx) + own)[..., None]
        hue = 0.5 + 0.5 * np.cos(2 * np.pi * (film + np.array([0, 0.33, 0.67])))
        lens = fields.displace(made, -0.5 * dx * r * r, -0.5 * dy * r * r)
        ball = tone.mix(lens, hue.astype(np.float32), np.clip(0.12 + 0.75 * r**4, 0, 1))
        edge = np.clip(1.3 - np.abs(r - 0.97) * size, 0, 1)
        top = np.clip(1 - (np.hypot(dx + 0.42 * size, dy + 0.45 * size) / (0.2 * size)) ** 4, 0, 1)
        low = np.clip(1 - (np.hypot(dx - 0.5 * size, dy - 0.5 * size) / (0.11 * size)) ** 4, 0, 1)
        ball = tone.mix(ball, (1.0, 1.0, 1.0), np.clip(0.7 * edge + top + 0.7 * low, 0, 1))
        made = tone.mix(made, ball, inside.astype(np.float32))
    return made


@renderer("pebbles")
def pebbles(image: Array, rng: np.random.Generator) -> Array:
    """Rounded river stones packed over dark gaps, each of its own colour, softly lit."""
    cell = rng.uniform(12, 16)
    labels, distance = fields.voronoi(image.shape, cell, rng, 0.6)
    count = int(labels.max()) + 1
    level = tone.tones(image, blur=1.0)
    own = (fields.cell_mean(level, labels) + rng.normal(0, 0.04, count)).astype(np.float32)
    kinds = tone.hexes("8f9aa6", "b89a78", "c9c4ba", "9a6d57", "7f8a7a", "d9cdb6", "6f7480")
    tint = kinds[rng.integers(0, len(kinds), count)] + rng.normal(0, 0.03, (count, 3))
    value = np.clip(0.1 + 1.35 * (0.55 * own[labels] + 0.45 * level), 0, 1.5)
    speckle = 0.05 * fields.grain(level.shape, rng, 0.6)
    stone = tint.astype(np.float32)[labels] * (value + speckle)[..., None]
    # The distance to the seed cuts the corners of the cells, so that the stones are round.
    round_off = tone.blur(np.minimum(fields.rim(labels), 0.66 * cell - distance), 1.0)
    dome = np.sqrt(np.clip(round_off, 0, 5) / 5)
    lit = tone.shade(np.clip(stone, 0, 1), 0.6 * tone.relief(dome, rng.uniform(0.6, 1.0), 0.6))
    gap = 1 - tone.smoothstep(round_off, 0.4, 1.8)
    return tone.mix(lit, tone.ramp(level, tone.hexes("0c0b0a", "3a352f")), gap)
