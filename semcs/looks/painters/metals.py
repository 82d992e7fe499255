"""Metals: bronze, copper, gold, rust, silver."""

from __future__ import annotations

import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


def _corrosion(shape: fields.Shape, cell: float, rng: np.random.Generator) -> Array:
    """Ragged patches of about ``cell`` pixels: noise that other noise has bent."""
    return fields.wobble(fields.fractal(shape, cell, rng, 6), 0.45 * cell, 0.4 * cell, rng)


@look("bronze", detail=0.4)
def bronze(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Cast bronze gone green: brown metal with verdigris in the hollows."""
    level = tone.quiet(image, scale, blur=1.0)
    shape = level.shape
    palette = tone.jitter(tone.hexes("1a0e08", "4a2b18", "845430", "bd8a56", "f2d7a8"), rng, 0.02)
    angle = rng.uniform(0.6, 1.0)
    shine = tone.relief(level, angle, 1.8, scale)
    broad = tone.relief(tone.soft(level, 5 * scale), angle, 4.0, scale)
    metal = tone.ramp(0.16 + 0.62 * level + 0.36 * shine + 0.16 * broad, palette)
    hollow = tone.soft(level, 10 * scale) - level
    patina = 0.6 * _corrosion(shape, 80 * scale, rng)
    run = fields.noise(shape, (90 * scale, 6 * scale), rng)
    wet = patina - 0.03 + 0.12 * run + 1.1 * hollow + 0.3 * (0.5 - level) - 0.3 * shine
    green = tone.smoothstep(wet, 0.38, 0.72)
    verdigris = tone.ramp(
        0.85 * level + 0.2 * shine + 0.1, tone.hexes("0f3a34", "3c8a76", "8fd0ba", "d6f0e0")
    )
    return tone.mix(metal, verdigris, 0.85 * green)


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


def _metal(
    image: Array, rng: np.random.Generator, scale: float, palette: Array, bands: float
) -> Array:
    """Polished metal: reflections banded by height, cast over the relief of the picture."""
    height = tone.quiet(image, scale, blur=1.2)
    angle = rng.uniform(0.6, 1.0)
    fine = tone.relief(height, angle, 1.5, scale)
    broad = tone.relief(tone.soft(height, 5 * scale), angle, 4.0, scale)
    swell = fields.noise(height.shape, 170 * scale, rng)
    turned = bands * tone.blur(height, scale) + 0.35 * broad + 0.7 * swell + rng.random()
    wave = 0.5 + 0.5 * np.sin(2 * np.pi * turned)
    level = 0.54 * height + 0.26 * wave + 0.3 * fine + 0.18 * broad + 0.03
    metal = tone.ramp(level, tone.jitter(palette, rng, 0.012))
    spark = tone.smoothstep(fine + 0.5 * broad + 0.35 * wave, 0.6, 1.2)
    made = tone.screen(metal, tone.grey(0.6 * spark))
    return tone.screen(made, tone.soft(np.maximum(made - 0.7, 0), 6 * scale))


@look("gold", detail=0.4)
def gold(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Polished gold with sharp warm reflections."""
    palette = tone.hexes("2b1500", "7a4300", "c98a0c", "f6c52d", "ffe98a", "fffbe0")
    return _metal(image, rng, scale, palette, rng.uniform(0.8, 1.4))


@look("rust", detail=0.7)
def rust(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Corroded iron: scabs of orange and dark brown over flaking grey paint."""
    level = tone.quiet(image, scale, blur=1.0)
    shape = level.shape
    scab = _corrosion(shape, 80 * scale, rng)
    fine = fields.fractal(shape, 6 * scale, rng, 3)
    local = tone.soft(level, 26 * scale) - level
    wear = scab + 0.16 * (fine - 0.5) + 0.5 * (0.45 - level) + 0.8 * local
    eaten = tone.smoothstep(wear, 0.5, 0.57)
    plate = tone.ramp(
        0.08 + 0.84 * level,
        tone.jitter(tone.hexes("2c3a3e", "5f7a7e", "a3b8b4", "dfe6dd"), rng, 0.02),
    )
    crust = tone.ramp(
        0.78 * level + 0.3 * fine + 0.02,
        tone.jitter(tone.hexes("200b05", "6a260b", "b04c12", "e0842a", "f6bf72"), rng, 0.02),
    )
    run = fields.smear(eaten, np.full_like(level, np.pi / 2), 26 * scale)
    plate = tone.mix(plate, plate * np.array((0.95, 0.6, 0.36), np.float32), 0.8 * run)
    made = tone.mix(plate, crust, eaten)
    bumps = eaten * (0.6 * fine - 0.5) + 0.6 * level
    return tone.shade(made, 0.42 * tone.relief(bumps, 0.8, 0.9, scale))


@look("silver", detail=0.4)
def silver(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Mirror-like chrome, cold greys with hard white highlights."""
    palette = tone.hexes("0b0d12", "333a45", "7d8894", "bcc6cf", "8a96a3", "f6fafd")
    return _metal(image, rng, scale, palette, rng.uniform(1.3, 2.0))
