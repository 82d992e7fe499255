"""Metals and glass: bright reflections on a relief."""

from __future__ import annotations

import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer


def _metal(image: Array, rng: np.random.Generator, palette: Array, bands: float) -> Array:
    """Polished metal: reflections banded by height, cast over the relief of the picture."""
    dents = 0.09 * (fields.noise(image.shape, rng.uniform(6, 12), rng) - 0.5)
    height = tone.tones(image, blur=1.6) + dents
    warp = fields.noise(height.shape, 24, rng)
    wave = 0.5 + 0.5 * np.sin(2 * np.pi * (bands * height + 0.8 * warp + rng.random()))
    bevel = tone.relief(tone.tones(image, blur=1.0) + dents, rng.uniform(0.6, 1.0), 1.6)
    level = 0.5 * height + 0.28 * wave.astype(np.float32) + 0.35 * bevel + 0.08
    metal = tone.ramp(level, tone.jitter(palette, rng, 0.012))
    spark = tone.smoothstep(bevel + 0.5 * wave, 0.75, 1.3)
    return tone.screen(metal, tone.grey(0.6 * spark))


@renderer("gold")
def gold(image: Array, rng: np.random.Generator) -> Array:
    """Polished gold with sharp warm reflections."""
    palette = tone.hexes("2b1500", "7a4300", "c98a0c", "f6c52d", "ffe98a", "fffbe0")
    return _metal(image, rng, palette, rng.uniform(0.8, 1.4))


@renderer("silver")
def silver(image: Array, rng: np.random.Generator) -> Array:
    """Mirror-like chrome, cold greys with hard white highlights."""
    palette = tone.hexes("0b0d12", "3a414b", "8a94a0", "c4ccd4", "5d6873", "f4f8fb")
    return _metal(image, rng, palette, rng.uniform(1.3, 2.0))


@renderer("bronze")
def bronze(image: Array, rng: np.random.Generator) -> Array:
    """Cast bronze gone green: brown metal with verdigris in the hollows."""
    level = tone.tones(image, blur=1.3)
    palette = tone.jitter(tone.hexes("24140a", "5c3618", "a06a30", "d99c56", "fbdca6"), rng, 0.02)
    shine = tone.relief(tone.tones(image, blur=1.0), rng.uniform(0.6, 1.0), 1.8)
    metal = tone.ramp(0.12 + 0.5 * level + 0.42 * shine, palette)
    patina = fields.fractal(level.shape, 20, rng)
    green = tone.smoothstep(patina + 0.5 * (0.5 - level) - 0.35 * shine, 0.42, 0.8)
    return tone.mix(metal, tone.ramp(level, tone.hexes("1f5a4c", "4f9c86", "9fd6c0")), 0.85 * green)


@renderer("rust")
def rust(image: Array, rng: np.random.Generator) -> Array:
    """Corroded iron: scabs of orange and dark brown over flaking grey paint."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    scab, fine = fields.fractal(shape, 26, rng, 5), fields.fractal(shape, 5, rng, 3)
    eaten = tone.smoothstep(scab + 0.2 * (fine - 0.5) + 0.7 * (0.5 - level), 0.42, 0.49)
    plate = tone.ramp(
        0.2 + 0.7 * level,
        tone.jitter(tone.hexes("39474a", "73888a", "aebdb9", "d5dcd4"), rng, 0.02),
    )
    crust = tone.ramp(
        0.65 * level + 0.4 * fine + 0.06,
        tone.jitter(tone.hexes("240d05", "5c210a", "a0430f", "d9771f", "eda251"), rng, 0.02),
    )
    run = fields.smear(eaten, np.full_like(level, np.pi / 2), 12)
    plate = tone.mix(plate, (0.62, 0.34, 0.16), 0.7 * run)
    made = tone.mix(plate, crust, eaten)
    return tone.shade(made, 0.45 * tone.relief(fine * 0.7 - eaten, 0.8, 0.8))


@renderer("glass")
def glass(image: Array, rng: np.random.Generator) -> Array:
    """Clear blown glass: pale, bent light, dark rims, sharp white highlights and bubbles."""
    level = tone.tones(image, blur=1.5)
    shape = level.shape
    height = tone.blur(level, 1.5) + 0.25 * fields.noise(shape, 30, rng)
    slope = tone.relief(height, rng.uniform(0.5, 1.0), 3.0)
    bent = fields.displace(image, 9 * slope, 9 * tone.relief(height, 2.2, 3.0))
    clear = tone.ramp(
        0.25 + 0.75 * tone.tones(bent),
        tone.jitter(tone.hexes("4d7377", "9fc4c4", "d4ebe8", "f4fffd"), rng, 0.015),
    )
    clear = tone.mix(clear, bent, 0.12)
    thick = tone.smoothstep(tone.edges(level, 1.6), 0.35, 1.0)
    made = tone.mix(clear, (0.1, 0.26, 0.27), 0.6 * thick * (slope < 0))
    wave = np.sin(2 * np.pi * (2.2 * height + 0.35 * slope + rng.random()))
    gleam = tone.smoothstep(wave.astype(np.float32), 0.9, 0.99) + tone.smoothstep(slope, 0.5, 0.9)
    _, bubble = fields.voronoi(shape, rng.uniform(20, 28), rng, 1.0)
    ring = np.clip(1 - np.abs(bubble - 2.2), 0, 1)
    made = tone.mix(made, (0.2, 0.4, 0.42), 0.5 * ring)
    return tone.mix(made, (1.0, 1.0, 1.0), np.clip(0.9 * gleam, 0, 1))
