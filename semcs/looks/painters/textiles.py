"""Woven and printed cloth: burlap, camouflage, denim, silk, velvet."""

from __future__ import annotations

import math

import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("burlap", detail=0.5)
def burlap(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Coarse jute sacking: uneven threads over and under, dark holes, stray fibres."""
    level = tone.tones(image, blur=1.1 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    pitch = rng.uniform(6.4, 7.8) * scale
    long, short = 70 * scale, 13 * scale
    u = (x + 5.0 * scale * (fields.noise(shape, (long, short), rng) - 0.5)) / pitch
    v = (y + 5.0 * scale * (fields.noise(shape, (short, long), rng) - 0.5)) / pitch
    over = (np.floor(u) + np.floor(v)) % 2 == 0
    thick = 0.33 + 0.18 * fields.noise(shape, (45 * scale, pitch), rng)
    thin = 0.33 + 0.18 * fields.noise(shape, (pitch, 45 * scale), rng)
    warp = np.clip(1 - ((u - np.floor(u) - 0.5) / thick) ** 2, 0, 1)
    weft = np.clip(1 - ((v - np.floor(v) - 0.5) / thin) ** 2, 0, 1)
    top = np.where(over, np.maximum(warp, 0.6 * weft), np.maximum(weft, 0.6 * warp))
    twist = np.sin(2 * np.pi * np.where(over, u + 1.6 * v, v + 1.6 * u) * 1.1)
    thread = np.sqrt(top) * (0.86 + 0.14 * twist)
    palette = tone.jitter(tone.hexes("33200d", "7a5528", "b58d50", "dabb82", "f5e6c2"), rng, 0.018)
    coarse = fields.noise(shape, (45 * scale, pitch), rng) + fields.noise(
        shape, (pitch, 45 * scale), rng
    )
    speck = 0.05 * fields.grain(shape, rng, 0.8 * scale)
    jute = tone.ramp(0.12 + 0.84 * level + speck + 0.08 * (coarse - 1), palette)
    sack = np.clip(jute * (0.2 + 0.92 * thread)[..., None], 0, 1)
    stray = fields.streaks(fields.flow(shape, 36 * scale, rng), 16 * scale, rng, 1.3 * scale)
    return tone.mix(sack, (0.96, 0.86, 0.64), 0.7 * tone.smoothstep(stray, 2.2, 3.0))


@look("camouflage", detail=0.9)
def camouflage(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Woodland blotches of sand, green, brown and black printed on cloth."""
    level = tone.tones(image, blur=2.0 * scale)
    shape = level.shape
    inks = tone.jitter(tone.hexes("23251b", "68502c", "5f7a38", "c9b884"), rng, 0.02)
    size = rng.uniform(30, 38) * scale
    made = np.broadcast_to(inks[2], image.shape)
    soft = tone.blur(level, 3 * scale)
    for ink, want, share in (
        (inks[3], soft - 0.5, 0.56),
        (inks[1], 0.3 - np.abs(soft - 0.38) * 2, 0.58),
        (inks[0], 0.4 - soft, 0.6),
    ):
        blot = 0.7 * fields.noise(shape, (0.75 * size, 1.3 * size), rng)
        blot = blot + 0.3 * fields.noise(shape, 0.45 * size, rng) + 0.6 * want
        edge = tone.smoothstep(tone.blur(blot, 1.2 * scale), share - 0.015, share + 0.015)
        made = tone.mix(made, ink, edge)
    x, y = fields.grid(shape)
    twill = 0.5 + 0.5 * np.sin(2 * np.pi * (x + y) / (4.2 * scale))
    fold = 0.55 * (level - 0.5) - 0.09 * twill
    return tone.shade(made, fold + 0.02 * fields.grain(shape, rng, 0.6 * scale))


@look("denim", detail=0.5)
def denim(image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None) -> Array:
    """Indigo twill: diagonal ribs, pale worn threads, two rows of orange topstitching."""
    level = tone.tones(image, blur=1.0 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    sign = 1 if rng.random() < 0.5 else -1
    phase = (x + sign * y) / (rng.uniform(5.0, 6.4) * scale)
    shaken = fields.noise(shape, 20 * scale, rng)
    rib = 0.5 + 0.5 * np.sin(2 * np.pi * phase + 2 * shaken)
    warp = fields.noise(shape, (22 * scale, 1.6 * scale), rng) - 0.5
    weft = fields.noise(shape, (1.6 * scale, 9 * scale), rng) - 0.5
    depth = fields.inset(shape, mask)
    seams = [7 * scale, 14 * scale]
    # Cloth wears pale on the ridge that a seam raises, and stays dark beside it.
    ridge = np.exp(-(((depth - 10.5 * scale) / (7 * scale)) ** 2))
    crease = np.exp(-(((depth - 18 * scale) / (1.6 * scale)) ** 2))
    puckered = 0.5 + 0.5 * fields.noise(shape, 8 * scale, rng)
    fade = 0.64 * level + 0.2 * fields.fractal(shape, 60 * scale, rng)
    fade = fade + 0.16 * rib + 0.3 * warp + 0.14 * weft - 0.06
    fade = fade + 0.14 * ridge * puckered - 0.25 * crease
    indigo = tone.hexes("0b1530", "1b3568", "3f66a0", "86a8d0", "e2ecf3")
    cloth = tone.ramp(fade, tone.jitter(indigo, rng, 0.02))
    for seam in seams:
        thread = fields.stitches(depth, seam, 7 * scale, 3.5 * scale, 1.8 * scale)
        cast = np.roll(tone.blur(thread, 1.2 * scale), round(scale), (0, 1))
        cloth = cloth * (1 - 0.7 * cast)[..., None]
        cloth = tone.mix(cloth, (0.93, 0.58, 0.2), 0.95 * thread)
    return np.asarray(cloth, np.float32)


@look("silk", detail=0.7)
def silk(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Smooth lustrous cloth flowing in diagonal folds with broad satin highlights."""
    dyes = (
        ("6b3d16", "c48a45", "f0cd92", "fff3dc"),
        ("78123f", "d2537f", "f6a6bd", "ffe9ee"),
        ("124a7c", "4f9bd2", "a6d8f5", "f1fbff"),
        ("402a7e", "8a70d0", "c8b6f0", "f7f3ff"),
        ("0b5a50", "3fae9c", "a3e2d2", "effffa"),
    )
    palette = tone.one_of(dyes, rng, 0.02)
    level = tone.tones(image, blur=1.8 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    turn = rng.uniform(0.5, 1.1) * (1 if rng.random() < 0.5 else -1)
    bend = 200 * tone.blur(fields.noise(shape, 150 * scale, rng), 14 * scale)
    across = (
        x * math.cos(turn) + y * math.sin(turn) + scale * (bend + 14 * tone.blur(level, 3 * scale))
    )
    phase = 2 * np.pi * across / (rng.uniform(95, 125) * scale)
    height = np.sin(phase + 0.9 * np.sin(phase)) + 0.35 * np.sin(2.3 * phase + 1)
    lustre = tone.smoothstep(height, 0.3, 1.3)
    valley = tone.smoothstep(-height, 0.3, 1.2)
    weave = fields.noise(shape, (9 * scale, 1.2 * scale), rng) - 0.5
    body = 0.1 + 0.62 * level + 0.1 * height - 0.1 * valley + 0.03 * weave
    cloth = tone.ramp(body, palette)
    return tone.screen(cloth, tone.grey(0.5 * lustre * (0.35 + 0.65 * level)))


@look("velvet", detail=0.5)
def velvet(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Deep saturated pile hung in heavy folds: dark where it faces us, bright at the rims."""
    deep = (
        ("140006", "560215", "a30b2a", "de3350", "ff9daa"),
        ("030520", "0d1766", "1f33b4", "4a63de", "a9b6ff"),
        ("00130c", "02452c", "0b7a50", "2aa877", "96e6c2"),
        ("0d0319", "350b60", "6520a6", "9149d0", "cfa6f6"),
    )
    palette = tone.one_of(deep, rng, 0.012)
    level = tone.tones(image, blur=1.4 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    sway = 90 * fields.noise(shape, (300 * scale, 110 * scale), rng)
    sway = sway * scale + rng.uniform(-0.2, 0.2) * y
    phase = 2 * np.pi * (x + sway + 14 * scale * level) / (rng.uniform(66, 90) * scale)
    fold = np.sin(phase + 0.7 * np.sin(phase))
    rims = np.clip(fold, 0, 1) ** 2
    crushed = fields.fractal(shape, 46 * scale, rng, 3) - 0.5
    pile = fields.grain(shape, rng, 0.7 * scale)
    contour = tone.edges(level, 2.0, scale)
    body = 0.05 + 0.6 * level + 0.07 * fold + 0.15 * rims + 0.12 * crushed + 0.12 * contour
    return tone.ramp(body + 0.035 * pile, palette)
