"""Drawn and printed styles: line, hatching, grain and wash."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


def _paper(
    image: Array,
    rng: np.random.Generator,
    colour: tuple[float, float, float],
    amount: float,
    scale: float,
) -> Array:
    sheet = tone.fill(image, colour)
    rough = fields.grain(image.shape, rng, 0.7 * scale)
    return np.asarray(sheet + amount * rough[..., None], np.float32)


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
    page = _paper(image, rng, (0.97, 0.97, 0.96), 0.012, scale)
    return tone.mix(page, (lead, lead, lead + 0.02), np.clip(graphite, 0, 1))


def _spatter(level: Array, rng: np.random.Generator, scale: float) -> Array:
    """A few round drops of ink where they hide nothing, (H, W), 1 = ink."""
    drops = np.zeros(level.shape, np.uint8)
    for x, y in (fields.calm_points(level, 60 * scale, rng, share=0.3) * 8).astype(int).tolist():
        radius = round(8 * scale * (0.6 + 2.4 * rng.random() ** 3))
        cv2.circle(drops, (x, y), radius, 255, -1, cv2.LINE_AA, 3)
    return tone.to_floats(drops)


@look("ink wash", detail=0.45)
def ink_wash(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Diluted black ink bleeding into warm rice paper, with a few bold brush lines."""
    shape = image.shape[:2]
    level = tone.tones(fields.kuwahara(image, round(6 * scale)), blur=1.2 * scale)
    level = fields.wobble(level, 12 * scale, 2.2 * scale, rng)
    cloud = fields.fractal(shape, 70 * scale, rng)
    dark = np.clip(1.0 - level + 0.16 * (cloud - 0.5), 0, 1)
    layers = np.zeros_like(level)
    for threshold, load in ((0.3, 0.16), (0.48, 0.22), (0.66, 0.26), (0.82, 0.3)):
        layer = tone.smoothstep(dark, threshold - 0.06, threshold + 0.06)
        rim = 0.3 * layer * (1 - tone.smoothstep(tone.blur(layer, 2.2 * scale), 0.5, 0.95))
        layers += load * (0.6 * layer + 0.4 * tone.blur(layer, 6.0 * scale) + rim)
    pooled = 0.78 + 0.44 * fields.fractal(shape, 34 * scale, rng)
    fibre = fields.noise(shape, (2 * scale, 9 * scale), rng) - 0.5
    ink = np.clip(layers * pooled * (1 + 0.12 * fibre), 0, 0.95)
    dry = fields.streaks(fields.tangent(level, 3 * scale), 9 * scale, rng, 1.2 * scale)
    brush = tone.smoothstep(fields.lines(tone.blur(level, 0.8 * scale), 1.9 * scale), 0.3, 0.8)
    brush = np.maximum(brush * tone.smoothstep(dry, -1.5, -0.3), 0.8 * _spatter(level, rng, scale))
    page = _paper(image, rng, (0.96, 0.93, 0.85), 0.012, scale)
    return tone.mix(tone.mix(page, (0.1, 0.1, 0.13), ink), (0.03, 0.03, 0.04), 0.92 * brush)


def _ruled(shape: fields.Shape, pitch: float, width: float, origin: Array) -> Array:
    """Square ruling, (H, W), 1 = line."""
    x, y = fields.grid(shape)
    away = (np.abs(np.mod(w + at + pitch / 2, pitch) - pitch / 2) for w, at in zip((x, y), origin))
    return np.clip(width / 2 + 0.5 - np.minimum(*away), 0, 1)


@look("blueprint", detail=0.3)
def blueprint(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """White technical lines over a fine grid on cyan-blue paper."""
    level = tone.tones(image, blur=0.7 * scale)
    blue = (0.04, 0.2 + rng.uniform(0, 0.08), 0.56 + rng.uniform(-0.06, 0.1))
    page = _paper(image, rng, blue, 0.012, scale)
    page = np.asarray(page * (0.8 + 0.36 * level)[..., None], np.float32)
    pitch = rng.uniform(13, 17) * scale
    origin = rng.random(2) * 4 * pitch
    fine = _ruled(level.shape, pitch, 0.8 * scale, origin)
    strong = _ruled(level.shape, 4 * pitch, 1.0 * scale, origin)
    page = tone.mix(page, (0.65, 0.82, 1.0), np.maximum(fine * 0.22, strong * 0.42))
    ruled = fields.hatch(level.shape, 5 * scale, np.pi / 4, rng, 0.2 * scale)
    deep = tone.smoothstep(0.34 - tone.blur(level, 2 * scale), 0, 0.12)
    hatched = tone.smoothstep(ruled, 0.78, 0.98) * deep
    line = np.maximum(fields.lines(level, 0.9 * scale), tone.edges(level, 0.7, scale) ** 1.3)
    drawn = np.clip(np.maximum(1.2 * line, 0.34 * hatched), 0, 1)
    return tone.mix(page, (0.93, 0.97, 1.0), drawn)


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
    # Pale coal only touches the tooth of the paper, heavy coal fills it.
    caught = tone.smoothstep(rubbed + (0.04 + 0.12 * dark) * tooth, 0.06, 0.95)
    contour = tone.smoothstep(fields.lines(level, 2.4 * scale), 0.1, 0.7)
    contour = contour * tone.smoothstep(tooth, -2.0, 0.0)
    black = np.clip(np.maximum(0.32 * smudge + 0.74 * caught, 0.95 * contour), 0, 0.97)
    page = _paper(image, rng, (0.9, 0.88, 0.83), 0.02, scale)
    return tone.mix(page, (0.05, 0.05, 0.05), black)


@look("crayon", detail=0.4)
def crayon(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Waxy scribbled colour that leaves specks of white paper."""
    shape = image.shape[:2]
    flat = tone.expose(fields.kuwahara(image, round(6 * scale)))
    wax = np.clip(tone.saturate(tone.blur(flat, 1.0 * scale), 3.0) * 0.85 + 0.12, 0, 1)
    level = tone.tones(image, blur=1.2 * scale)
    turn = rng.uniform(0.4, 1.2)
    zone = np.round(2 * fields.noise(shape, 30 * scale, rng) + 2 * level).astype(np.float32)
    angle = np.full(shape, turn, np.float32) + 0.8 * zone
    scribble = fields.streaks(angle, 12 * scale, rng, 2.6 * scale)
    tooth = fields.grain(shape, rng, 0.6 * scale)
    cover = tone.smoothstep(0.75 * scribble + 0.4 * tooth + 1.6 * (0.9 - level), -0.75, 0.55)
    heavy = np.clip(wax * (0.96 - 0.1 * scribble * (1 - level))[..., None], 0, 1)
    page = tone.mix(_paper(image, rng, (0.99, 0.98, 0.95), 0.01, scale), heavy, 0.93 * cover)
    contour = tone.smoothstep(fields.lines(level, 2.0 * scale), 0.25, 0.7)
    contour = contour * tone.smoothstep(tooth, -1.4, 0.1)
    return tone.mix(page, np.clip(wax * 0.4, 0, 1), 0.85 * contour)


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


@look("woodcut", detail=0.3)
def woodcut(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Black ink in carved lines that swell with the tone, on cream paper."""
    level = tone.tones(image, blur=1.3 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    turn = rng.uniform(-0.4, 0.4) + rng.choice([0, np.pi / 2])
    bent = 14 * level + 12 * fields.noise(shape, 30 * scale, rng)
    across = (x * np.sin(turn) + y * np.cos(turn)) / scale + bent
    period = rng.uniform(5.0, 6.2)
    wave = np.abs(2 * (across / period - np.floor(across / period)) - 1).astype(np.float32)
    rough = 0.05 * fields.grain(shape, rng, 1.0 * scale)
    carved = tone.smoothstep(wave - 1.3 * level + 0.12 + rough, -0.08, 0.08)
    ink = np.maximum(carved, tone.smoothstep(fields.lines(level, 1.8 * scale), 0.3, 0.6))
    ink = np.maximum(ink, tone.smoothstep(0.14 - level, -0.03, 0.03))
    ink = ink * (1 - 0.5 * tone.smoothstep(fields.grain(shape, rng, 0.8 * scale), 1.7, 2.2))
    return tone.mix(_paper(image, rng, (0.93, 0.88, 0.76), 0.015, scale), (0.06, 0.05, 0.05), ink)
