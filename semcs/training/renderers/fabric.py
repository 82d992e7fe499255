"""Threads and paper: knitting, embroidery, denim, cut paper."""

from __future__ import annotations

import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer


@renderer("wool")
def wool(image: Array, rng: np.random.Generator) -> Array:
    """Knitted stitches: columns of interlocking Vs of fuzzy yarn, one colour a stitch."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    wide, tall = rng.uniform(8.5, 12.0), rng.uniform(6.0, 8.0)
    drift = (fields.noise(shape, 30, rng) - 0.5) * 3
    u, v = (x + drift) / wide, (y + drift) / tall
    across = u - np.floor(u) - 0.5
    row = v + 0.9 * np.abs(across)
    strand = row - np.floor(row)
    cx, cy = (np.floor(u) + 0.5) * wide, (np.floor(row) + 0.2) * tall
    stitch = fields.sample(tone.blur(tone.saturate(tone.expose(image), 2.4), 2.0), cx, cy)
    stitch = np.clip(stitch * 0.75 + 0.2, 0, 1)
    roundness = np.sin(np.pi * strand) * (
        1
        - 0.55 * np.exp(-((across / 0.07) ** 2))
        - 0.5 * np.exp(-(((np.abs(across) - 0.5) / 0.07) ** 2))
    )
    ply = 0.5 + 0.5 * np.sin(2 * np.pi * (strand * 1.0 + np.abs(across) * 5))
    fuzz = fields.grain(shape, rng, 0.6)
    light = 0.36 + 0.75 * roundness + 0.14 * ply + 0.09 * fuzz
    return np.clip(stitch * light.astype(np.float32)[..., None] * 1.12, 0, 1)


@renderer("embroidery")
def embroidery(image: Array, rng: np.random.Generator) -> Array:
    """Satin stitches: fine parallel shiny threads over linen."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    weave = 0.5 + 0.25 * np.sin(2 * np.pi * x / 3) + 0.25 * np.sin(2 * np.pi * y / 3)
    linen = tone.ramp(
        weave.astype(np.float32), tone.jitter(tone.hexes("b3a386", "dccfb3", "f1e8d3"), rng, 0.02)
    )
    level = tone.tones(image, blur=1.0)
    smooth = tone.saturate(fields.kuwahara(tone.expose(image), 5), 2.2)
    angle = np.round(fields.noise(shape, 26, rng) * 5 + level * 3).astype(np.float32) * 0.7
    canvas = linen
    cell = rng.uniform(3.7, 4.3)
    points = fields.scatter(shape, cell, rng)
    points = points[fields.pick(level, points) < rng.uniform(0.86, 0.97)]
    count = len(points)
    ink = fields.pick(smooth, points) + rng.normal(0, 0.05, (count, 1))
    turn = fields.pick(angle, points) + rng.normal(0, 0.06, count)
    length = np.full(count, rng.uniform(9, 12))
    off = np.stack([-np.sin(turn), np.cos(turn)], 1)
    canvas = fields.dab(canvas, points + off * 1.0, turn, length, np.full(count, 2), ink * 0.5)
    return fields.dab(canvas, points, turn, length * 0.92, np.full(count, 1), ink * 1.15 + 0.1)


@renderer("denim")
def denim(image: Array, rng: np.random.Generator) -> Array:
    """Indigo twill: diagonal ribs, pale worn threads and orange topstitching."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    sign = rng.choice([-1, 1])
    rib = 0.5 + 0.5 * np.sin(
        2 * np.pi * (x + sign * y) / rng.uniform(3.4, 4.4) + 2 * fields.noise(shape, 20, rng)
    )
    warp = fields.streaks(np.full_like(level, np.pi / 2), 9, rng, 1.2)
    fade = 0.6 * level + 0.2 * fields.fractal(shape, 30, rng)
    cloth = tone.ramp(
        fade + 0.2 * rib.astype(np.float32) + 0.07 * warp - 0.05,
        tone.jitter(tone.hexes("0c1730", "1f3a68", "44689c", "86a5c8", "d3dfe9"), rng, 0.02),
    )
    seam, along = (x, y) if rng.random() < 0.5 else (y, x)
    place = rng.uniform(0.15, 0.85) * (shape[1] if seam is x else shape[0])
    stitched = np.zeros(shape, np.float32)
    for offset in (0, 6):
        stitched = np.maximum(
            stitched, np.clip(1.6 - np.abs(seam - place - offset), 0, 1) * (along % 6 < 4)
        )
    return tone.mix(cloth, (0.87, 0.55, 0.2), 0.95 * stitched)


@renderer("paper cut")
def paper_cut(image: Array, rng: np.random.Generator) -> Array:
    """Stacked sheets of coloured paper, each edge casting a soft shadow."""
    shape = image.shape[:2]
    level = fields.wobble(tone.tones(fields.kuwahara(image, 6), blur=2.2), 12, 1.5, rng)
    sets = (
        ("264653", "2a9d8f", "e9c46a", "f4a261", "fdf0d5"),
        ("3d2b56", "8d5a97", "e07a9a", "f6bd60", "fff1e0"),
        ("1d3557", "457b9d", "a8dadc", "f28482", "f8edeb"),
    )
    sheets = tone.jitter(tone.hexes(*sets[rng.integers(len(sets))]), rng, 0.03)
    made = np.broadcast_to(sheets[0], image.shape)
    angle, drop = rng.uniform(0.5, 1.1), rng.uniform(2.5, 4.0)
    for index in range(1, len(sheets)):
        sheet = tone.smoothstep(level, index / len(sheets) - 0.012, index / len(sheets) + 0.012)
        cast = fields.displace(
            sheet,
            np.full(shape, -drop * np.cos(angle), np.float32),
            np.full(shape, -drop * np.sin(angle), np.float32),
        )
        made = made * (1 - 0.5 * tone.blur(cast, 1.8))[..., None]
        lip = np.clip(
            sheet
            - fields.displace(
                sheet, np.full(shape, -1, np.float32), np.full(shape, -1, np.float32)
            ),
            0,
            1,
        )
        made = tone.mix(made, np.clip(sheets[index] + 0.12 * lip[..., None], 0, 1), sheet)
    fibre = fields.grain(shape, rng, 0.9)
    return np.asarray(made * (1 + 0.02 * fibre)[..., None], np.float32)
