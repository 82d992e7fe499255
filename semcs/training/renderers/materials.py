"""Materials: what the picture seems to be made of."""

from __future__ import annotations

import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer


@renderer("mosaic")
def mosaic(image: Array, rng: np.random.Generator) -> Array:
    """Small squarish glazed tiles in thin pale grout, each its own shade."""
    labels, _ = fields.voronoi(image.shape, rng.uniform(6.5, 9.0), rng, rng.uniform(0.2, 0.4))
    mean = tone.saturate(fields.cell_mean(tone.expose(image), labels)[None], 2.6)[0]
    count = len(mean)
    tile = mean * 0.95 + 0.03 + rng.normal(0, 0.06, (count, 1)) + rng.normal(0, 0.05, mean.shape)
    distance = fields.rim(labels)
    colour = np.clip(tile, 0, 1).astype(np.float32)[labels]
    colour = tone.shade(
        colour, 0.22 * tone.relief(np.minimum(distance, 2.0), rng.uniform(0, 6.3), 0.4)
    )
    grout = tone.hexes("d8d0bf", "b9b0a0", "efe9dc")[rng.integers(3)]
    joint = 1 - tone.smoothstep(distance, 0.2, 1.1)
    return tone.mix(colour, np.broadcast_to(grout, image.shape), 0.9 * joint)


@renderer("stained glass")
def stained_glass(image: Array, rng: np.random.Generator) -> Array:
    """Large jewel-coloured panes in black lead, lit from behind."""
    labels, _ = fields.voronoi(image.shape, rng.uniform(13, 19), rng, 1.0)
    level = tone.tones(image, blur=1.5)
    bright = fields.cell_mean(level, labels)
    mean = fields.cell_mean(tone.expose(image), labels)
    jewels = tone.hexes(
        "d4122f", "1450e0", "ffb400", "0ca653", "8f24c0", "1fb4e8", "f0641c", "ffe14a"
    )
    hue = jewels[rng.integers(0, len(jewels), len(mean))]
    own = tone.saturate(mean[None], 4.0)[0]
    pane = tone.mix(own, hue, 0.55) * (0.38 + 0.95 * bright)[:, None]
    distance = fields.rim(labels)
    glow = np.clip(pane, 0, 1).astype(np.float32)[labels]
    backlight = 0.72 + 0.35 * np.minimum(distance / 7, 1) + 0.55 * (level - bright[labels])
    streak = 0.12 * (fields.fractal(level.shape, 12, rng) - 0.5)
    lit = np.clip(glow * (backlight + streak)[..., None], 0, 1)
    lead = 1 - tone.smoothstep(distance, rng.uniform(0.8, 1.2), 2.2)
    lead = np.maximum(lead, 0.85 * tone.smoothstep(fields.lines(level, 1.6), 0.35, 0.8))
    return tone.mix(lit, (0.03, 0.03, 0.04), lead)


@renderer("crystal")
def crystal(image: Array, rng: np.random.Generator) -> Array:
    """Sharp translucent facets in violet and cyan with white glints on some edges."""
    x, y = fields.grid(image.shape)
    facet, _ = fields.voronoi(image.shape, rng.uniform(13, 19), rng, 1.0)
    inner, _ = fields.voronoi(image.shape, rng.uniform(9, 12), rng, 1.0)
    facet = facet * 4096 + inner
    facet = np.unique(facet, return_inverse=True)[1].reshape(inner.shape).astype(np.int32)
    count = int(facet.max()) + 1
    bend = rng.normal(0, 3, (2, count)).astype(np.float32)
    seen = tone.tones(fields.displace(image, bend[0][facet], bend[1][facet]))
    angle, tilt = rng.uniform(0, 2 * np.pi, count), rng.uniform(0.2, 0.7, count)
    slope = (np.cos(angle)[facet] * x + np.sin(angle)[facet] * y).astype(np.float32)
    middle = fields.cell_mean(slope, facet)[facet]
    shine = (slope - middle) / 9 * tilt[facet] + rng.normal(0, 0.11, count)[facet]
    palette = tone.jitter(tone.hexes("1f0a4a", "5a28a8", "9a66ea", "7fd4f7", "f3fbff"), rng)
    if rng.random() < 0.35:
        palette = tone.shift_hue(palette[None], rng.uniform(0, 360))[0]
    body = tone.ramp((0.06 + 0.84 * seen + shine).astype(np.float32), palette)
    lit = (rng.random(count) ** 2).astype(np.float32)[facet]
    glint = np.clip(1.4 - fields.rim(facet), 0, 1) * lit
    white = tone.grey(glint)
    made = tone.screen(body, 0.9 * white)
    return tone.screen(made, tone.glow(tone.blur(white, 2.5), (0.3, 0.35, 0.5)))


@renderer("wood")
def wood(image: Array, rng: np.random.Generator) -> Array:
    """Carved planks: brown grain lines that follow the relief."""
    height = tone.tones(image, blur=1.0)
    x, y = fields.grid(height.shape)
    along, across = (x, y) if rng.random() < 0.5 else (y, x)
    stretch = (4.0, 50.0) if along is x else (50.0, 4.0)
    bend = fields.noise(height.shape, 45, rng) * 26 + fields.noise(height.shape, stretch, rng) * 3
    rings = across + bend + 5 * height
    grain = 0.5 + 0.5 * np.sin(2 * np.pi * rings / rng.uniform(6, 9))
    fibre = fields.streaks(np.full_like(height, 0.0 if along is x else np.pi / 2), 14, rng, 1.3)
    palette = tone.jitter(tone.hexes("2e1607", "6b3a17", "a0622d", "c98d4f", "e6bd82"), rng)
    level = 0.55 * height + 0.3 * grain.astype(np.float32) ** 0.7 + 0.05 * fibre + 0.06
    return tone.shade(tone.ramp(level, palette), 0.5 * tone.relief(height, 0.8, 1.5))


@renderer("marble")
def marble(image: Array, rng: np.random.Generator) -> Array:
    """White polished stone: a carved relief crossed by soft diagonal grey veins."""
    height = tone.tones(image, blur=1.2)
    shape = height.shape
    x, y = fields.grid(shape)
    turn = rng.uniform(0.4, 1.2) * rng.choice([-1, 1])
    across = x * np.cos(turn) + y * np.sin(turn)
    veins, haze = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for size, bend, strength in ((38.0, 36.0, 1.0), (22.0, 22.0, 0.6), (60.0, 50.0, 0.8)):
        phase = (
            across + bend * (fields.fractal(shape, 34, rng, 5) - 0.5) * 1.4
        ) / size + rng.random()
        ridge = np.abs(phase - np.round(phase)) * size
        width = 0.4 + 1.5 * fields.noise(shape, 16, rng)
        veins = np.maximum(veins, strength * np.exp(-((ridge / width) ** 2)))
        haze = np.maximum(haze, strength * np.exp(-ridge / 7))
    palette = tone.jitter(tone.hexes("85888f", "c0c2c7", "e9e8e6", "fbfaf8"), rng, 0.012)
    stone = tone.ramp(0.22 + 0.78 * height, palette)
    stone = tone.mix(stone, (0.6, 0.61, 0.64), 0.4 * haze)
    stone = tone.mix(stone, (0.33, 0.33, 0.36), 0.8 * veins)
    return tone.shade(stone, 0.55 * tone.relief(height, 0.8, 1.3))


@renderer("stone wall")
def stone_wall(image: Array, rng: np.random.Generator) -> Array:
    """Grey field stones of many sizes set in dark mortar."""
    labels, _ = fields.voronoi(image.shape, rng.uniform(11, 17), rng, 0.75)
    count = int(labels.max()) + 1
    level = tone.tones(image, blur=1.0)
    mean = fields.cell_mean(level, labels)
    tint = (mean + rng.normal(0, 0.06, count)).astype(np.float32)[labels]
    rough = fields.fractal(level.shape, 8, rng)
    distance = fields.rim(labels) + 2.0 * (rough - 0.5)
    palette = tone.jitter(tone.hexes("2b2927", "625f59", "97938b", "c6c1b8", "f1ede5"), rng, 0.015)
    grey = tone.ramp(0.6 * tint + 0.42 * level + 0.2 * (rough - 0.5), palette)
    warm = rng.normal(0, 0.025, (count, 1)) * np.array([1, 0.2, -1])
    grey = grey + warm.astype(np.float32)[labels]
    bulge = np.minimum(distance, 3.5) + 2.0 * rough
    stone = tone.shade(np.clip(grey, 0, 1), 0.3 * tone.relief(bulge, rng.uniform(0.5, 1.1), 0.35))
    mortar = tone.ramp(level, tone.hexes("0d0c0b", "3b3835"))
    return tone.mix(stone, mortar, 1 - tone.smoothstep(distance, 0.2, 1.7))


@renderer("red rock")
def red_rock(image: Array, rng: np.random.Generator) -> Array:
    """Rust-red sandstone in wavy layers with dark cracks."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    _, y = fields.grid(shape)
    layers = fields.fractal(shape, 40, rng, 3) * 24 + y + 5 * level
    strata = np.interp(
        layers % 64, np.arange(64), tone.stretch(fields.noise((1, 64), (1.0, 3.0), rng))[0]
    )
    strata = strata.astype(np.float32)
    rough = fields.fractal(shape, 9, rng, 4)
    labels, _ = fields.voronoi(shape, 24, rng, 1.0)
    crack = 1 - tone.smoothstep(fields.rim(labels) + 3 * rough, 0.8, 2.2)
    palette = tone.jitter(tone.hexes("2c0c07", "77260f", "b8482a", "de7a4e", "f6bd94"), rng)
    stone = tone.ramp(0.72 * level + 0.26 * strata + 0.22 * (rough - 0.5) + 0.04, palette)
    stone = tone.shade(
        stone, 0.55 * tone.relief(0.8 * rough + 0.3 * strata + 0.9 * level, 1.2, 1.0)
    )
    return tone.mix(stone, (0.16, 0.05, 0.03), 0.75 * crack)


@renderer("brick")
def brick(image: Array, rng: np.random.Generator) -> Array:
    """Rows of red bricks in pale mortar, laid in running bond."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    tall = rng.uniform(8, 11)
    wide = tall * rng.uniform(2.0, 2.5)
    shake = fields.noise(shape, 9, rng) - 0.5
    v = (y + shake + rng.uniform(0, tall)) / tall
    row = np.floor(v)
    u = (x + shake) / wide + 0.5 * (row % 2)
    column = np.floor(u)
    inside = np.minimum(
        np.minimum(v - row, row + 1 - v) * tall, np.minimum(u - column, column + 1 - u) * wide
    )
    own = rng.normal(0, 1, (64, 64)).astype(np.float32)[
        row.astype(int) % 64, column.astype(int) % 64
    ]
    rough = fields.fractal(shape, 6, rng, 3)
    clay = tone.ramp(
        0.04 + 0.85 * level + 0.07 * own + 0.16 * (rough - 0.5),
        tone.jitter(tone.hexes("3d120c", "7d2a1c", "ac4630", "cb6d4e", "e6a283"), rng),
    )
    mortar = tone.ramp(0.2 * rough + 0.85 * level, tone.hexes("6f685f", "b3ab9e", "e6dfd3"))
    made = tone.mix(mortar, clay, tone.smoothstep(inside, 0.7, 1.7))
    return tone.shade(
        made, 0.4 * tone.relief(np.minimum(inside.astype(np.float32), 2.0) + rough, 0.8, 0.5)
    )


@renderer("sand")
def sand(image: Array, rng: np.random.Generator) -> Array:
    """Speckled beige grains, sculpted, with fine wind ripples on the flat parts."""
    level = tone.tones(image, blur=1.3)
    shape = level.shape
    x, y = fields.grid(shape)
    turn = rng.uniform(1.1, 2.0)
    across = x * np.cos(turn) + y * np.sin(turn) + 16 * fields.noise(shape, 24, rng) + 5 * level
    ripple = np.abs(2 * ((across / rng.uniform(6, 9)) % 1) - 1).astype(np.float32)
    calm = 1 - tone.edges(level, 2.0)
    height = 0.3 * ripple * calm + 1.3 * level
    grains = fields.grain(shape, rng, 0.5)
    palette = tone.jitter(tone.hexes("5a3d20", "a98250", "dab980", "f2deb0", "fff6dc"), rng, 0.02)
    made = tone.ramp(0.12 + 0.66 * level + 0.05 * ripple + 0.1 * grains, palette)
    return tone.shade(made, 0.5 * tone.relief(height, turn, 0.8))
