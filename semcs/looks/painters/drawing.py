"""Sticks and pencils on paper: chalk, charcoal, colored pencil, crayon, pastel, pencil sketch."""

from __future__ import annotations

import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("chalk", detail=0.5)
def chalk(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Dusty pastel chalk lines and hatching on a blackboard."""
    level = tone.tones(image, blur=1.2 * scale)
    shape = level.shape
    board = tone.hexes("1c3029", "202427", "23392e")[rng.integers(3)]
    dust = fields.noise(shape, (40 * scale, 130 * scale), rng)
    dust = 0.5 * dust + 0.5 * fields.fractal(shape, 50 * scale, rng)
    board = board + 0.16 * (dust - 0.4)[..., None]
    tooth = fields.grain(shape, rng, 0.5 * scale)
    turn = np.full(shape, rng.uniform(0.5, 1.0), np.float32)
    rub = fields.streaks(turn, 16 * scale, rng, 2.2 * scale)
    hatched = tone.smoothstep(0.6 * rub + 4.4 * level, 0.9, 3.2)
    outline = fields.lines(tone.blur(1 - level, 0.8 * scale), 1.4 * scale, floor=0.014)
    contour = tone.smoothstep(outline, 0.2, 0.7)
    powder = np.clip(0.9 * hatched + contour, 0, 1)
    powder = powder * (0.3 + 0.7 * tone.smoothstep(tooth, -2.8, 0.6))
    colour = tone.saturate(tone.blur(tone.expose(image), 2.0 * scale), 2.2)
    tint = np.clip(colour * 0.56 + 0.48, 0, 1)
    return tone.mix(np.asarray(board, np.float32), tint, 0.95 * powder)


@look("charcoal", detail=0.5)
def charcoal(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Deep smudged blacks, broad sticks and the tooth of rough paper."""
    level = tone.tones(image, blur=1.2 * scale)
    shape = level.shape
    tooth = fields.grain(shape, rng, 0.9 * scale)
    bend = 0.5 * fields.noise(shape, 90 * scale, rng)
    angle = np.full(shape, rng.uniform(0.6, 1.1), np.float32) + bend
    stick = fields.streaks(angle, 30 * scale, rng, 9.0 * scale)
    dark = (1 - level) ** 1.3
    smudge = tone.blur(dark, 4 * scale)
    rubbed = np.clip(dark * (1 + 0.16 * stick), 0, 1.2)
    # Light strokes leave the paper's grain white, heavy ones fill it.
    caught = tone.smoothstep(rubbed + (0.04 + 0.12 * dark) * tooth, 0.06, 0.95)
    contour = tone.smoothstep(fields.lines(level, 2.4 * scale), 0.1, 0.7)
    contour = contour * tone.smoothstep(tooth, -2.0, 0.0)
    black = np.clip(np.maximum(0.32 * smudge + 0.74 * caught, 0.95 * contour), 0, 0.97)
    page = fields.paper(image, rng, (0.9, 0.88, 0.83), 0.02, scale)
    return tone.mix(page, (0.05, 0.05, 0.05), black)


_LEADS = tone.hexes("3b4fb0", "7a3b9a", "b0402f", "1f7a6a", "a8651f", "c23a78")


@look("colored pencil", detail=0.35)
def colored_pencil(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Thin slanting strokes of coloured leads on white paper with tooth."""
    shape = image.shape[:2]
    smooth = tone.expose(tone.flatten(image, passes=1, scale=scale))
    smooth = tone.blur(smooth, 0.8 * scale)
    level = tone.tones(smooth)
    vivid = tone.saturate(smooth, rng.uniform(2.0, 2.6))
    turn = rng.uniform(0.6, 1.0) * rng.choice([-1, 1])
    tooth = fields.grain(shape, rng, 0.5 * scale)
    page = fields.paper(image, rng, (0.985, 0.98, 0.965), 0.012, scale)
    under, shadow = _LEADS[rng.permutation(len(_LEADS))[:2]]
    for extra, own, depth in ((0.0, under, 1.2), (0.35, shadow, 0.75)):
        angle = np.full(shape, turn + extra, np.float32)
        stroke = fields.streaks(angle, 13 * scale, rng, 1.25 * scale)
        cover = tone.smoothstep(0.62 * stroke + 0.4 * tooth + 3.0 * (depth - level), 0.1, 2.5)
        lead = tone.mix(np.clip(vivid * 0.72 + 0.18, 0, 1), own, 0.04 + 0.24 * (1 - level))
        page = tone.mix(page, lead, 0.78 * cover)
    contour = tone.smoothstep(fields.lines(level, 0.9 * scale), 0.2, 0.8)
    contour = contour * tone.smoothstep(tooth, -1.8, 0)
    return tone.mix(page, shadow * 0.5, 0.6 * contour)


@look("crayon", detail=0.4)
def crayon(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Waxy scribbled colour that leaves specks of white paper."""
    shape = image.shape[:2]
    flat = tone.expose(tone.kuwahara(image, round(6 * scale)))
    wax = np.clip(tone.saturate(tone.blur(flat, 1.0 * scale), 3.0) * 0.85 + 0.12, 0, 1)
    level = tone.tones(image, blur=1.2 * scale)
    turn = rng.uniform(0.4, 1.2)
    zone = np.round(2 * fields.noise(shape, 30 * scale, rng) + 2 * level).astype(np.float32)
    angle = np.full(shape, turn, np.float32) + 0.8 * zone
    scribble = fields.streaks(angle, 12 * scale, rng, 2.6 * scale)
    tooth = fields.grain(shape, rng, 0.6 * scale)
    cover = tone.smoothstep(0.75 * scribble + 0.4 * tooth + 1.6 * (0.9 - level), -0.75, 0.55)
    heavy = np.clip(wax * (0.96 - 0.1 * scribble * (1 - level))[..., None], 0, 1)
    page = tone.mix(fields.paper(image, rng, (0.99, 0.98, 0.95), 0.01, scale), heavy, 0.93 * cover)
    contour = tone.smoothstep(fields.lines(level, 2.0 * scale), 0.25, 0.7)
    contour = contour * tone.smoothstep(tooth, -1.4, 0.1)
    return tone.mix(page, np.clip(wax * 0.4, 0, 1), 0.85 * contour)


_TINTED = tone.hexes("b79b7a", "8e97a6", "a58a94", "9aa08c", "c2a68f", "8a86a0")


@look("pastel", detail=0.4)
def pastel(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Powdery soft colour rubbed over toned paper that shows between the strokes."""
    shape = image.shape[:2]
    flat = tone.kuwahara(tone.expose(image), round(4 * scale))
    level = tone.tones(flat, blur=1.0 * scale)
    paper = tone.jitter(_TINTED[rng.integers(len(_TINTED))][None], rng, 0.02)[0]
    tooth = fields.grain(shape, rng, 0.6 * scale)
    bend = fields.noise(shape, 60 * scale, rng)
    angle = np.full(shape, rng.uniform(0.4, 1.1), np.float32) + bend
    stick = fields.streaks(angle, 12 * scale, rng, 4.2 * scale)
    page = np.asarray(paper * (1 + 0.06 * tooth)[..., None], np.float32)
    chalk = tone.saturate(tone.blur(flat, 0.7 * scale), rng.uniform(1.8, 2.2)) * 0.74 + 0.27
    chalk = np.clip(chalk + 0.05 * stick[..., None], 0, 1)
    page = tone.mix(page, tone.blur(chalk, 2.5 * scale), 0.72)
    cover = tone.smoothstep(0.6 * stick + 0.6 * tooth + 1.0 * level, -0.9, 1.0)
    drawn = tone.mix(page, chalk, 0.9 * cover)
    light = tone.smoothstep(0.8 * stick + 0.7 * tooth + 6 * (level - 0.9), 0.2, 1.8)
    drawn = tone.mix(drawn, (0.99, 0.96, 0.9), 0.7 * light)
    contour = tone.smoothstep(fields.lines(level, 1.6 * scale), 0.25, 0.9)
    contour = contour * tone.smoothstep(tooth, -1, 0.7)
    return tone.mix(drawn, (0.2, 0.15, 0.18), 0.45 * contour)


@look("pencil sketch", detail=0.3)
def pencil_sketch(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Thin graphite contours and light crossed hatching on white paper."""
    level = tone.tones(image, blur=0.8 * scale)
    shape = level.shape
    mass = tone.blur(level, 2.0 * scale)
    turn = rng.uniform(0.5, 1.1)
    shadow = 0.35 * (1 - mass) ** 1.5
    for threshold, extra in ((0.72, 0.0), (0.48, 0.2), (0.3, -0.9)):
        bend = 0.25 * (fields.noise(shape, 60 * scale, rng) - 0.5)
        angle = np.full(shape, turn + extra, np.float32) + bend
        strokes = fields.streaks(angle, rng.uniform(14, 18) * scale, rng, 1.6 * scale)
        pressed = tone.smoothstep(threshold - mass, 0, 0.3)
        shadow += 0.5 * tone.smoothstep(strokes, -0.3, 1.1) * pressed
    near = tone.smoothstep(fields.lines(level, 0.7 * scale, floor=0.006), 0.15, 0.8)
    wide = tone.smoothstep(fields.lines(level, 1.4 * scale, floor=0.02), 0.2, 1.0)
    graphite = np.clip(0.8 * np.maximum(near, wide) + 0.72 * shadow, 0, 0.93)
    graphite = graphite * (0.88 + 0.12 * fields.grain(shape, rng, 0.5 * scale))
    lead = rng.uniform(0.14, 0.24)
    page = fields.paper(image, rng, (0.97, 0.97, 0.96), 0.012, scale)
    return tone.mix(page, (lead, lead, lead + 0.02), np.clip(graphite, 0, 1))
