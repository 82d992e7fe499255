"""Materials: what the picture seems to be made of."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


def _tesserae(level: Array, cell: float, rng: np.random.Generator) -> fields.Labels:
    """Squarish cells whose rows keep off the contours, so that their joints run along them."""
    height, width = level.shape
    contour = tone.soft(tone.edges(level, 0.12 * cell, 1.0), 0.3 * cell)
    rows, columns = int(np.ceil(height / cell)), int(np.ceil(width / cell))
    places = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1).reshape(-1, 2) + 0.5
    points = np.asarray((places + rng.uniform(-0.12, 0.12, places.shape)) * cell, np.float32)
    away = np.stack([fields.pick(cv2.Sobel(contour, -1, *d), points) for d in ((1, 0), (0, 1))], 1)
    size = np.linalg.norm(away, axis=1, keepdims=True)
    points -= 0.35 * cell * away / (size + 0.15 / cell)
    x = np.clip(points[:, 0], 0, width - 1).astype(np.intp)
    y = np.clip(points[:, 1], 0, height - 1).astype(np.intp)
    return fields.nearest_points(level.shape, x, y)[0]


@look("mosaic", detail=0.35)
def mosaic(image: Array, rng: np.random.Generator, scale: float, mask: Array | None) -> Array:
    """Small squarish glazed tiles in thin pale grout, each its own shade."""
    level = tone.quiet(image, scale)
    labels = fields.split(_tesserae(level, rng.uniform(9, 11.5) * scale, rng), mask)
    bright = tone.vivid(tone.relight(image, 0.04 + 0.96 * level), 2.0)
    mean = fields.cell_mean(bright, labels)
    count = len(mean)
    tile = mean * 0.95 + 0.03 + rng.normal(0, 0.045, (count, 1)) + rng.normal(0, 0.02, mean.shape)
    distance = fields.rim(labels) / scale
    colour = np.clip(tile, 0, 1).astype(np.float32)[labels]
    bevel = tone.relief(np.minimum(distance, 2.5), rng.uniform(0, 6.3), 0.4, scale)
    colour = tone.shade(colour, 0.2 * bevel)
    grout = tone.hexes("d8d0bf", "b9b0a0", "efe9dc")[rng.integers(3)]
    joint = tone.blur(1 - tone.smoothstep(distance, 0.2, 1.4), 0.4 * scale)
    return tone.mix(colour, np.broadcast_to(grout, image.shape), 0.9 * joint)


_JEWELS = tone.hexes("d4122f", "1450e0", "ffb400", "0ca653", "8f24c0", "1fb4e8", "f0641c", "ffe14a")


@look("stained glass", detail=0.35)
def stained_glass(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None
) -> Array:
    """Jewel-coloured panes along the picture's shapes in black lead, lit from behind."""
    level = tone.quiet(image, scale, blur=1.0)
    labels = fields.superpixels(
        tone.blur(image, scale), rng.uniform(26, 32) * scale, rng, colour=30, mask=mask
    )
    bright = fields.cell_mean(level, labels)
    own = tone.vivid(fields.cell_mean(tone.relight(image, level), labels)[None], 2.8)[0]
    strength = own.max(1, keepdims=True)
    own = own / np.maximum(strength, 0.1)
    chroma = strength[:, 0] - own.min(1) * strength[:, 0]
    # Colourless panes take any jewel, the others the jewel that is next to their own colour.
    nearest = ((own[:, None] - _JEWELS) ** 2).sum(-1).argmin(1)
    free = rng.choice([1, 5, 4, 2], len(own), p=[0.4, 0.42, 0.06, 0.12])
    coloured = rng.random(len(own)) < np.clip(5 * chroma, 0.1, 1)
    jewel = _JEWELS[np.where(coloured, nearest, free)]
    weight = np.where(coloured, 0.5, 0.65 - 0.3 * bright)
    pane = tone.saturate((own + (jewel - own) * weight[:, None])[None].astype(np.float32), 1.3)[0]
    pane = pane * (1 + rng.normal(0, 0.09, (len(own), 1)))
    light = 0.3 + 0.42 * bright[labels] + 0.56 * level
    distance = fields.rim(labels) / scale
    glow = 0.82 + 0.22 * np.minimum(distance / 8, 1)
    streak = 0.16 * (fields.fractal(level.shape, 16 * scale, rng, 3) - 0.5)
    lit = np.clip(pane, 0, 1).astype(np.float32)[labels] * (light * glow + streak)[..., None]
    lead = 1 - tone.smoothstep(distance, rng.uniform(0.8, 1.1), 2.3)
    painted = tone.smoothstep(fields.lines(level, 1.5 * scale), 0.4, 0.9)
    lead = np.maximum(tone.blur(lead, 0.5 * scale), 0.75 * painted)
    return tone.mix(np.clip(lit, 0, 1), (0.03, 0.03, 0.04), lead)


@look("crystal", detail=0.75)
def crystal(image: Array, rng: np.random.Generator, scale: float, mask: Array | None) -> Array:
    """Sharp translucent facets in violet and cyan with white glints on some edges."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.quiet(image, scale)
    stone = fields.superpixels(
        image, rng.uniform(30, 38) * scale, rng, colour=8, spread=1.0, mask=mask
    )
    stones = int(stone.max()) + 1
    centre = fields.cell_mean(np.dstack([x, y]), stone) + rng.normal(0, 3 * scale, (stones, 2))
    dx, dy = (plane - centre.astype(np.float32)[:, i][stone] for i, plane in enumerate((x, y)))
    # Around the middle of every stone lie five to seven facets, cut like a gem.
    number = rng.integers(5, 8, stones)
    start = rng.random(stones).astype(np.float32)
    turn = np.arctan2(dy, dx) / np.float32(2 * np.pi) + 0.5 + start[stone]
    sector = np.floor((turn % 1) * number[stone]).astype(np.int32)
    facet = stone * 8 + sector
    count = stones * 8
    normal = 2 * np.pi * ((np.arange(count) % 8 + 0.5) / np.repeat(number, 8))
    normal = normal - 2 * np.pi * np.repeat(start, 8)
    bend = 5 * scale * np.stack([np.cos(normal), np.sin(normal)]).astype(np.float32)
    seen = fields.displace(level, bend[0][facet], bend[1][facet])
    facing = 0.17 * np.cos(normal - rng.uniform(0, 6.3)) + rng.normal(0, 0.035, count)
    fall = np.hypot(dx, dy) / (60 * scale)
    palette = tone.jitter(tone.hexes("170838", "4b1f9c", "8f5ae6", "6fd0f7", "f3fbff"), rng)
    palette = tone.shift_hue(palette[None], rng.normal(0, 14))[0]
    tint = 0.05 + 0.85 * seen + facing.astype(np.float32)[facet] - 0.12 * fall
    body = tone.ramp(np.asarray(tint, np.float32), palette)
    spark = (rng.random(count) ** 2).astype(np.float32)[facet]
    glint = np.clip(1.6 - fields.rim(facet) / scale, 0, 1) * spark * (0.5 + 0.5 * seen)
    made = tone.screen(body, tone.grey(0.85 * glint))
    return tone.screen(made, tone.glow(tone.soft(glint, 3 * scale), (0.3, 0.35, 0.5)))


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


@look("marble", detail=0.45)
def marble(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """White polished stone: a carved relief crossed by soft diagonal grey veins."""
    height = tone.quiet(image, scale, blur=1.2)
    shape = height.shape
    x, y = fields.grid(shape)
    turn = rng.uniform(0.4, 1.2) * rng.choice([-1, 1])
    across = x * np.cos(turn) + y * np.sin(turn)
    veins, haze = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for size, bend, strength in ((150.0, 120.0, 1.0), (85.0, 90.0, 0.5)):
        warp = bend * scale * (fields.fractal(shape, 130 * scale, rng, 6) - 0.5)
        phase = (across + 1.3 * warp) / (size * scale) + rng.random()
        ridge = np.abs(phase - np.round(phase)) * size
        width = 0.5 + 2.4 * fields.noise(shape, 50 * scale, rng) ** 2
        veins = np.maximum(veins, strength * np.exp(-((ridge / width) ** 2)))
        haze = np.maximum(haze, strength * np.exp(-ridge / 14))
    palette = tone.jitter(tone.hexes("686b73", "b4b6bb", "e4e3e1", "fbfaf8"), rng, 0.012)
    stone = tone.ramp(0.24 + 0.76 * height, palette)
    stone = tone.mix(stone, (0.6, 0.61, 0.64), 0.38 * haze)
    stone = tone.mix(stone, (0.3, 0.3, 0.33), 0.6 * veins)
    broad = tone.relief(tone.soft(height, 4 * scale), 0.8, 2.5, scale)
    return tone.shade(stone, 0.4 * tone.relief(height, 0.8, 1.3, scale) + 0.25 * broad)


@look("stone wall", detail=0.8)
def stone_wall(image: Array, rng: np.random.Generator, scale: float, mask: Array | None) -> Array:
    """Grey field stones of many sizes set in dark mortar."""
    labels = fields.superpixels(
        image, rng.uniform(17, 22) * scale, rng, colour=6, spread=0.9, mask=mask
    )
    count = int(labels.max()) + 1
    level = tone.quiet(image, scale, blur=1.0)
    mean = fields.cell_mean(level, labels)
    tint = (mean + rng.normal(0, 0.05, count)).astype(np.float32)[labels]
    rough = fields.fractal(level.shape, 10 * scale, rng)
    distance = fields.rim(labels) / scale + 2.4 * (rough - 0.5)
    palette = tone.jitter(tone.hexes("2b2927", "625f59", "97938b", "c6c1b8", "f1ede5"), rng, 0.015)
    grey = tone.ramp(0.32 * tint + 0.64 * level + 0.14 * (rough - 0.5) + 0.02, palette)
    warm = rng.normal(0, 0.025, (count, 1)) * np.array([1, 0.2, -1])
    grey = grey + warm.astype(np.float32)[labels]
    bulge = 1.6 * np.sqrt(np.clip(distance, 0, 9)) + 1.4 * rough
    raking = tone.relief(bulge, rng.uniform(0.5, 1.1), 0.35, scale)
    stone = tone.shade(np.clip(grey, 0, 1), 0.34 * raking)
    mortar = tone.ramp(level, tone.hexes("0d0c0b", "3b3835"))
    return tone.mix(stone, mortar, 1 - tone.smoothstep(distance, 0.2, 2.0))


@look("red rock", detail=0.6)
def red_rock(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Rust-red sandstone in wavy layers with dark cracks."""
    level = tone.quiet(image, scale, blur=1.0)
    shape = level.shape
    _, y = fields.grid(shape)
    layers = 34 * fields.fractal(shape, 110 * scale, rng, 4) + y / scale + 8 * level
    bands = tone.stretch(fields.noise((1, 96), (1.0, 3.0), rng))[0]
    strata = np.interp(layers % 96, np.arange(96), bands, period=96).astype(np.float32)
    rough = fields.fractal(shape, 12 * scale, rng, 4)
    labels, _ = fields.voronoi(shape, 60 * scale, rng, 1.0)
    crack = 1 - tone.smoothstep(fields.rim(labels) / scale + 4 * rough, 1.0, 2.6)
    palette = tone.jitter(tone.hexes("2c0c07", "77260f", "b8482a", "de7a4e", "f6bd94"), rng)
    stone = tone.ramp(0.72 * level + 0.26 * strata + 0.16 * (rough - 0.5) + 0.04, palette)
    carved = tone.relief(0.6 * rough + 0.4 * strata + 0.9 * level, 1.2, 1.0, scale)
    stone = tone.shade(stone, 0.5 * carved)
    return tone.mix(stone, (0.16, 0.05, 0.03), 0.7 * crack)


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


@look("sand", detail=0.4)
def sand(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Speckled beige grains, sculpted, with fine wind ripples on the flat parts."""
    level = tone.quiet(image, scale, blur=1.3)
    shape = level.shape
    x, y = fields.grid(shape)
    turn = rng.uniform(1.1, 2.0)
    across = (x * np.cos(turn) + y * np.sin(turn)) / scale
    across = across + 22 * fields.noise(shape, 48 * scale, rng) + 5 * level
    phase = ((across / rng.uniform(8, 11)) % 1).astype(np.float32)
    ripple = np.minimum(phase / 0.7, (1 - phase) / 0.3)  # gentle to windward, steep to leeward
    calm = 1 - tone.soft(tone.edges(level, 2.0, scale), 3 * scale)
    height = 0.3 * ripple * calm + 1.3 * level
    grains = fields.grain(shape, rng, 0.5 * scale)
    palette = tone.jitter(tone.hexes("4f2f14", "a8743c", "e0b06c", "f6dba6", "fff4d8"), rng, 0.015)
    made = tone.ramp(0.1 + 0.7 * level + 0.05 * ripple * calm + 0.07 * grains, palette)
    return tone.shade(made, 0.45 * tone.relief(height, turn, 0.8, scale))
