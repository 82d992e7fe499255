"""Stones, clays, resins and glazes: copper, gems, porcelain, concrete, pebbles, soap bubbles."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


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


def _inclusions(
    shape: fields.Shape, cell: float, rng: np.random.Generator, share: float, scale: float
) -> tuple[Array, Array, Array]:
    """Round bubbles strewn in a solid: their bodies, their rims, and the light on them."""
    body, rims, light = (np.zeros(shape, np.uint8) for _ in range(3))
    points = fields.scatter(shape, cell, rng)
    points = points[: max(1, int(share * len(points)))]
    sizes = rng.uniform(0.09, 0.24, len(points)) * cell
    thick = max(1, round(1.3 * scale))
    for (x, y), size in zip(points.tolist(), sizes.tolist()):
        centre, reach = (round(8 * x), round(8 * y)), round(8 * size)
        cv2.circle(body, centre, reach, 255, -1, cv2.LINE_AA, 3)
        cv2.circle(rims, centre, reach, 255, thick, cv2.LINE_AA, 3)
        spot = (round(8 * (x - 0.38 * size)), round(8 * (y - 0.38 * size)))
        cv2.circle(light, spot, max(8, round(2 * size)), 255, -1, cv2.LINE_AA, 3)
    return tone.to_floats(body), tone.to_floats(rims), tone.to_floats(light)


@look("copper", detail=0.5)
def copper(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Shiny orange-brown metal with crusty turquoise patches, thickest in the hollows."""
    level = tone.tones(image, blur=1.3 * scale)
    shape = level.shape
    warp = fields.noise(shape, 60 * scale, rng)
    wave = 0.5 + 0.5 * np.sin(2 * np.pi * (1.1 * level + 0.8 * warp + rng.random()))
    shine = tone.relief(level, rng.uniform(0.6, 1.0), 1.9, scale)
    palette = tone.hexes("2e0d04", "842f0e", "d2672c", "f7a066", "ffd3ab", "fff4e8")
    metal = 0.08 + 0.56 * level + 0.16 * wave + 0.34 * shine
    metal = tone.ramp(metal, tone.jitter(palette, rng, 0.012))
    fine = fields.fractal(shape, 13 * scale, rng, 3)
    hollow = tone.blur(level, 10 * scale) - level
    place = fields.fractal(shape, 80 * scale, rng) + 0.22 * (fine - 0.5) + 0.9 * hollow
    edge = rng.uniform(0.63, 0.69)
    crust = tone.hexes("0d5a5c", "2fa79c", "7fdcc6", "d2f7ea")
    crust = tone.ramp(0.8 * level + 0.3 * fine - 0.05, crust)
    crust = tone.shade(crust, 0.4 * tone.relief(fine + level, 0.8, 0.8, scale))
    made = tone.mix(metal, (0.24, 0.1, 0.05), 0.55 * tone.smoothstep(place, edge - 0.1, edge))
    return tone.mix(made, crust, 0.92 * tone.smoothstep(place, edge, edge + 0.08))


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
    dx, dy, _, labels = _discs(shape, rng.uniform(44, 54) * scale, rng, 1.0)
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
    pits, rims, _ = _inclusions(shape, rng.uniform(15, 19) * scale, rng, 0.3, scale)
    made = tone.mix(made, (0.95, 0.95, 0.93), 0.5 * np.roll(rims, round(scale), (0, 1)))
    return tone.mix(made, (0.15, 0.15, 0.15), 0.75 * pits)


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
        body, rims, light = _inclusions(shape, cell * scale, rng, share, scale)
        made = tone.mix(made, (1.0, 0.8, 0.32), 0.3 * body)
        made = tone.mix(made, (0.45, 0.15, 0.0), 0.7 * rims)
        made = tone.mix(made, (1.0, 0.98, 0.85), 0.95 * light)
    dust = fields.fractal(shape, 15 * scale, rng, 3)
    rare = float(np.percentile(dust[::3, ::3], 99.4))
    speck = tone.smoothstep(dust, rare, rare + 0.06)
    made = tone.mix(made, (0.2, 0.07, 0.0), 0.75 * speck)
    gloss = tone.blur(tone.smoothstep(slope, 0.5, 0.95), 0.8 * scale)
    return tone.screen(made, tone.glow(gloss, (0.9, 0.8, 0.5)))


@look("bubbles", detail=0.6)
def bubbles(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Soap bubbles of several sizes: rainbow rims, clear middles, two white reflections."""
    level = tone.tones(image, blur=1.0 * scale)
    shape = level.shape
    palette = tone.jitter(tone.hexes("2c5498", "6ea6e0", "b4dcf8", "f2fafe"), rng, 0.025)
    made = tone.mix(tone.ramp(level, palette), tone.saturate(tone.expose(image), 1.25), 0.5)
    turns = np.linspace(0, 1, 65)[:, None] + np.array([0, 0.33, 0.67])
    rainbow = (0.5 + 0.5 * np.cos(2 * np.pi * turns)).astype(np.float32)
    for cell, share in ((30.0, 0.6), (rng.uniform(84, 104), 1.0)):
        dx, dy, room, labels = _discs(shape, cell * scale, rng, share)
        size = np.maximum(0.97 * room, 1)
        r = np.minimum(np.hypot(dx, dy) / size, 1.5)
        inside = np.clip((1 - r) * size + 0.5, 0, 1) * (room > 3 * scale)
        own = rng.random(int(labels.max()) + 1).astype(np.float32)[labels]
        film = 1.6 * r * r * r + 0.12 * (dx - dy) / size + own
        hue = tone.ramp(film - np.floor(film), rainbow)
        bend = -0.4 * r * r
        lens = fields.displace(made, bend * dx, bend * dy) if cell > 50 else made
        ball = tone.mix(lens, hue, np.clip(0.06 + 0.8 * (r * r) ** 2, 0, 0.85))
        edge = np.clip(1.5 - np.abs(r - 0.97) * size / scale, 0, 1)
        u, v = dx / size, dy / size
        top = ((u + 0.42) ** 2 + (v + 0.45) ** 2) / 0.2**2
        low = ((u - 0.5) ** 2 + (v - 0.5) ** 2) / 0.11**2
        shine = 0.7 * edge + np.clip(1 - top**2, 0, 1) + 0.7 * np.clip(1 - low**2, 0, 1)
        made = tone.mix(made, tone.mix(ball, (1.0, 1.0, 1.0), np.clip(shine, 0, 1)), inside)
    return made


@look("pebbles", detail=0.9)
def pebbles(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Rounded river stones packed over dark gaps, each of its own colour, softly lit."""
    cell = rng.uniform(18, 21) * scale
    labels, distance = fields.voronoi(image.shape, cell, rng, 0.6)
    labels = fields.split(labels, mask)
    count = int(labels.max()) + 1
    level = tone.tones(image, blur=1.0 * scale)
    own = (fields.cell_mean(level, labels) + rng.normal(0, 0.03, count)).astype(np.float32)
    kinds = tone.hexes("9aa8b8", "c8a67c", "d6d0c4", "b07a5c", "8a9a80", "e2d4b6", "767c8c")
    # The stone whose colour is nearest to the photo's, or one that lay beside it.
    wanted = fields.cell_mean(image, labels)
    wanted = wanted - wanted.mean(1, keepdims=True)
    hues = kinds - kinds.mean(1, keepdims=True)
    off = ((hues - wanted[:, None]) ** 2).sum(2) + rng.exponential(0.03, (count, len(kinds)))
    tint = kinds[off.argmin(1)] + rng.normal(0, 0.03, (count, 3)) + 0.35 * wanted
    value = np.clip(0.3 + 1.12 * (0.65 * own[labels] + 0.35 * level), 0, 1.5)
    speckle = 0.05 * fields.grain(level.shape, rng, 0.7 * scale)
    stone = tint.astype(np.float32)[labels] * (value + speckle)[..., None]
    # The distance to the seed cuts the corners of the cells, so that the stones are round.
    round_off = np.minimum(fields.rim(labels), 0.68 * cell - distance) / scale
    round_off = tone.blur(round_off, 1.2 * scale)
    dome = np.sqrt(np.clip(round_off, 0, 7) / 7)
    light = tone.relief(dome, rng.uniform(0.6, 1.0), 0.8, scale)
    lit = tone.shade(np.clip(stone, 0, 1), 0.55 * light)
    wet = tone.blur(tone.smoothstep(light, 0.5, 0.95), 0.8 * scale)
    lit = tone.screen(lit, tone.grey(0.22 * wet))
    gap = 1 - tone.smoothstep(round_off, 0.4, 1.8)
    return tone.mix(lit, tone.ramp(level, tone.hexes("0c0b0a", "3a352f")), gap)
