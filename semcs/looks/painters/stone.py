"""Rough stone and its grains: marble, pebbles, red rock, sand, stone wall."""

from __future__ import annotations

import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


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
