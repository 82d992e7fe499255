"""Drawn and printed styles: line, hatching, grain and wash."""

from __future__ import annotations

import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer


def _paper(
    image: Array, rng: np.random.Generator, colour: tuple[float, float, float], amount: float = 0.02
) -> Array:
    sheet = tone.fill(image, colour)
    return np.asarray(sheet + amount * fields.grain(image.shape, rng)[..., None], np.float32)


@renderer("pencil sketch")
def pencil_sketch(image: Array, rng: np.random.Generator) -> Array:
    """Thin graphite contours and light crossed hatching on white paper."""
    level = tone.tones(image, blur=0.8)
    shape = level.shape
    turn = rng.uniform(0.5, 1.1)
    shadow = np.zeros_like(level)
    for threshold, extra in ((0.85, 0.0), (0.55, 0.15), (0.32, -0.9)):
        angle = np.full(shape, turn + extra, np.float32) + 0.25 * (
            fields.noise(shape, 40, rng) - 0.5
        )
        stroke = tone.smoothstep(fields.streaks(angle, rng.uniform(9, 13), rng, 1.4), -0.4, 1.0)
        shadow += stroke * tone.smoothstep(threshold - level, 0, 0.35) * 0.55
    near = tone.smoothstep(fields.lines(level, 0.7, floor=0.006), 0.15, 0.8)
    wide = tone.smoothstep(fields.lines(level, 1.4, floor=0.02), 0.2, 1.0)
    graphite = np.clip(0.8 * np.maximum(near, wide) + 0.75 * shadow, 0, 0.93)
    graphite = graphite * (0.88 + 0.12 * fields.grain(shape, rng, 0.5))
    lead = rng.uniform(0.16, 0.3)
    page = _paper(image, rng, (0.97, 0.97, 0.96), 0.012)
    return tone.mix(page, (lead, lead, lead + 0.02), np.clip(graphite, 0, 1))


@renderer("ink wash")
def ink_wash(image: Array, rng: np.random.Generator) -> Array:
    """Diluted black ink bleeding into warm rice paper, with a few bold brush lines."""
    level = fields.wobble(tone.tones(fields.kuwahara(image, 5), blur=1.4), 10, 2.0, rng)
    shape = level.shape
    cloud = fields.fractal(shape, 26, rng)
    dark = np.clip(1.08 - level + 0.45 * (cloud - 0.5), 0, 1)
    layers = np.zeros_like(level)
    for threshold, load in ((0.3, 0.2), (0.52, 0.27), (0.74, 0.36)):
        layer = tone.smoothstep(dark, threshold - 0.04, threshold + 0.04)
        rim = 0.35 * layer * (1 - tone.smoothstep(tone.blur(layer, 2.0), 0.5, 0.9))
        layers += load * (0.75 * layer + 0.25 * tone.blur(layer, 4.0) + rim)
    dry = tone.smoothstep(fields.streaks(fields.tangent(level, 3), 8, rng, 1.2), -1.6, -0.4)
    brush = tone.smoothstep(fields.lines(tone.blur(level, 0.8), 1.7), 0.35, 0.9) * dry
    ink = np.clip(layers * (0.82 + 0.3 * cloud), 0, 0.94)
    page = _paper(image, rng, (0.96, 0.93, 0.85), 0.012)
    return tone.mix(tone.mix(page, (0.1, 0.1, 0.13), ink), (0.03, 0.03, 0.04), 0.92 * brush)


@renderer("blueprint")
def blueprint(image: Array, rng: np.random.Generator) -> Array:
    """White technical lines over a fine grid on cyan-blue paper."""
    level = tone.tones(image, blur=0.7)
    page = _paper(
        image, rng, (0.05, 0.2 + rng.uniform(0, 0.08), 0.55 + rng.uniform(-0.08, 0.1)), 0.012
    )
    page = np.asarray(page * (0.85 + 0.3 * level)[..., None], np.float32)
    x, y = fields.grid(level.shape)
    pitch = int(rng.integers(9, 14))
    x0, y0 = rng.integers(0, pitch, 2)
    mesh = np.maximum(((x + x0) % pitch < 1), ((y + y0) % pitch < 1)).astype(np.float32)
    strong = np.maximum((x + x0) % (4 * pitch) < 1, (y + y0) % (4 * pitch) < 1).astype(np.float32)
    drawn = np.clip(np.maximum(fields.lines(level, 0.9), tone.edges(level, 0.7) ** 1.3) * 1.2, 0, 1)
    page = tone.mix(page, (0.65, 0.82, 1.0), np.maximum(mesh * 0.3, strong * 0.5))
    return tone.mix(page, (0.93, 0.97, 1.0), drawn)


@renderer("charcoal")
def charcoal(image: Array, rng: np.random.Generator) -> Array:
    """Deep smudged blacks, broad sticks and the tooth of rough paper."""
    level = tone.tones(image, blur=1.2)
    shape = level.shape
    tooth = fields.grain(shape, rng, 0.6)
    angle = np.full(shape, rng.uniform(0.6, 1.1), np.float32) + 0.4 * fields.noise(shape, 40, rng)
    stick = fields.streaks(angle, 14, rng, 4.0)
    dark = (1 - level) ** 1.1
    smudge = 0.75 * tone.blur(dark, 2.5) ** 1.2
    rubbed = dark * (1 + 0.3 * stick) + 0.1 * tooth * (0.3 + dark)
    contour = tone.smoothstep(fields.lines(level, 2.2), 0.1, 0.7) * tone.smoothstep(
        tooth, -2.0, 0.0
    )
    black = np.clip(np.maximum(0.55 * smudge + 0.55 * rubbed, 0.95 * contour), 0, 0.97)
    return tone.mix(_paper(image, rng, (0.88, 0.86, 0.82), 0.02), (0.05, 0.05, 0.05), black)


@renderer("crayon")
def crayon(image: Array, rng: np.random.Generator) -> Array:
    """Waxy scribbled colour that leaves specks of white paper."""
    shape = image.shape[:2]
    flat = tone.expose(fields.kuwahara(image, 6))
    wax = np.clip(tone.saturate(tone.blur(flat, 1.0), 3.0) * 0.85 + 0.12, 0, 1)
    level = tone.tones(image, blur=1.2)
    turn = rng.uniform(0.4, 1.2)
    zone = np.round(2 * fields.noise(shape, 30, rng) + 2 * level).astype(np.float32)
    scribble = fields.streaks(np.full(shape, turn, np.float32) + 0.8 * zone, 12, rng, 2.6)
    tooth = fields.grain(shape, rng, 0.6)
    cover = tone.smoothstep(0.75 * scribble + 0.4 * tooth + 1.6 * (0.9 - level), -0.75, 0.55)
    heavy = wax * (0.96 - 0.1 * scribble * (1 - level))[..., None]
    page = tone.mix(
        _paper(image, rng, (0.99, 0.98, 0.95), 0.01), np.clip(heavy, 0, 1), 0.93 * cover
    )
    contour = tone.smoothstep(fields.lines(level, 2.0), 0.25, 0.7) * tone.smoothstep(
        tooth, -1.4, 0.1
    )
    return tone.mix(page, np.clip(wax * 0.4, 0, 1), 0.85 * contour)


@renderer("chalk")
def chalk(image: Array, rng: np.random.Generator) -> Array:
    """Dusty pastel chalk lines and hatching on a blackboard."""
    level = tone.tones(image, blur=1.2)
    shape = level.shape
    dust = fields.smear(fields.fractal(shape, 26, rng), np.full(shape, 0.3, np.float32), 12)
    boards = tone.hexes("1c3029", "202427", "23392e")
    board = boards[rng.integers(3)] + 0.22 * (dust - 0.4)[..., None]
    tooth = fields.grain(shape, rng, 0.5)
    turn = np.full(shape, rng.uniform(0.5, 1.0), np.float32)
    rub = fields.streaks(turn, 14, rng, 2.0)
    hatched = tone.smoothstep(rub + 3.2 * level, 1.2, 2.9)
    outline = fields.lines(tone.blur(1 - level, 0.8), 1.4, floor=0.014)
    contour = tone.smoothstep(outline, 0.2, 0.7)
    powder = np.clip(0.8 * hatched + contour, 0, 1) * tone.smoothstep(tooth, -2.2, 0.0)
    tint = np.clip(tone.saturate(tone.blur(tone.expose(image), 2.0), 2.0) * 0.4 + 0.62, 0, 1)
    return tone.mix(np.asarray(board, np.float32), tint, 0.95 * powder)


@renderer("woodcut")
def woodcut(image: Array, rng: np.random.Generator) -> Array:
    """Black ink in carved lines that swell with the tone, on cream paper."""
    level = tone.tones(image, blur=1.3)
    shape = level.shape
    x, y = fields.grid(shape)
    turn = rng.uniform(-0.4, 0.4) + rng.choice([0, np.pi / 2])
    across = x * np.sin(turn) + y * np.cos(turn) + 14 * level + 12 * fields.noise(shape, 30, rng)
    period = rng.uniform(4.2, 5.6)
    wave = np.abs(2 * (across / period - np.floor(across / period)) - 1).astype(np.float32)
    carved = tone.smoothstep(
        wave - 1.25 * level + 0.12 + 0.05 * fields.grain(shape, rng, 1.0), -0.08, 0.08
    )
    ink = np.maximum(carved, tone.smoothstep(fields.lines(level, 1.8), 0.3, 0.6))
    ink = np.maximum(ink, tone.smoothstep(0.14 - level, -0.03, 0.03))
    ink = ink * (1 - 0.5 * tone.smoothstep(fields.grain(shape, rng, 0.8), 1.7, 2.2))
    return tone.mix(_paper(image, rng, (0.93, 0.88, 0.76), 0.015), (0.06, 0.05, 0.05), ink)
