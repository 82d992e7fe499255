"""Pens, pencils, paints and presses: hatching, dots, dry colour and flat spot inks."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer


def _sheet(
    image: Array, rng: np.random.Generator, colour: tone.Colour, amount: float = 0.012
) -> Array:
    page = tone.fill(image, colour)
    return np.asarray(page + amount * fields.grain(image.shape, rng)[..., None], np.float32)


def _dotted(shape: fields.Shape, points: Array, size: int) -> Array:
    """Round ink dots of ``size`` thirds of a pixel, (H, W), 1 = ink."""
    big = np.zeros((shape[0] * 3, shape[1] * 3), np.uint8)
    at = (points * 3).astype(int)
    inside = ((at >= 0) & (at < (big.shape[1], big.shape[0]))).all(1)
    big[at[inside, 1], at[inside, 0]] = 255
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    small = cv2.resize(cv2.dilate(big, disc), (shape[1], shape[0]), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / 255


@renderer("pen and ink")
def pen_and_ink(image: Array, rng: np.random.Generator) -> Array:
    """Crisp black contours and ruled cross-hatching on white paper."""
    level = tone.tones(tone.flatten(image, passes=1), blur=0.6) ** 0.85
    shape = level.shape
    turn = rng.uniform(0.4, 1.1) * rng.choice([-1, 1])
    period = rng.uniform(3.0, 3.7)
    ink = tone.smoothstep(0.07 - level, -0.02, 0.03)
    for threshold, extra in ((0.66, 0.0), (0.4, 1.3), (0.2, 0.65)):
        wave = fields.hatch(shape, period, turn + extra, rng)
        cut = 0.93 - 0.35 * np.clip(threshold - level, 0, 0.6)
        stroke = tone.smoothstep(wave - cut, -0.16, 0.12)
        ink = np.maximum(ink, stroke * tone.smoothstep(threshold - level, 0, 0.05))
    contour = tone.smoothstep(fields.lines(level, 0.8, floor=0.016), 0.25, 0.6)
    black = tone.smoothstep(np.maximum(ink, contour), 0.2, 0.9)
    return tone.mix(_sheet(image, rng, (0.99, 0.99, 0.98), 0.004), (0.02, 0.02, 0.03), black)


_PLATES = tone.hexes("2b1a10", "1c1a1a", "14301f", "35200f")


@renderer("engraving")
def engraving(image: Array, rng: np.random.Generator) -> Array:
    """Fine swelling lines that bend round the forms, as on a banknote, on cream paper."""
    level = tone.tones(image, blur=0.8)
    x, y = fields.grid(level.shape)
    form = 13 * tone.blur(level, 3.5)
    period = rng.uniform(2.7, 3.2)
    turn = rng.uniform(0, np.pi)
    far = 160.0
    ink = np.zeros_like(level)
    for extra, threshold in ((0.0, 1.0), (1.1, 0.45)):
        cx, cy = 56 + far * np.cos(turn + extra), 56 + far * np.sin(turn + extra)
        phase = (np.hypot(x - cx, y - cy) + form) / period
        ridge = np.abs(2 * (phase - np.floor(phase)) - 1)
        swell = 0.12 + 0.62 * np.clip(threshold - level, 0, 1) / threshold
        fade = tone.smoothstep(threshold - level, 0.02, 0.1)
        ink = np.maximum(ink, fade * tone.smoothstep(swell - ridge, -0.22, 0.22))
    ink = np.maximum(ink, 0.9 * tone.smoothstep(fields.lines(level, 0.8), 0.3, 0.8))
    plate = tone.jitter(_PLATES[rng.integers(len(_PLATES))][None], rng, 0.012)[0]
    page = _sheet(image, rng, (0.95, 0.91, 0.8))
    return tone.mix(page, plate, 0.96 * ink)


@renderer("stippling")
def stippling(image: Array, rng: np.random.Generator) -> Array:
    """Black ink dots on white, closer together where it is darker."""
    level = tone.tones(image, blur=0.8)
    contour = fields.lines(level, 1.0)
    dark = np.clip(1.1 * np.clip(0.94 - level, 0, 1) ** 1.2 + 0.5 * contour, 0, 1)
    ink = np.zeros_like(level)
    for cell, size, start in ((rng.uniform(1.5, 1.8), 4, 0.0), (2.4, 6, 0.45)):
        points = fields.scatter(level.shape, cell, rng)
        chance = (fields.pick(dark, points) - start) / (1 - start)
        kept = rng.random(len(points)) < 0.8 * chance
        ink = np.maximum(ink, _dotted(level.shape, points[kept], size))
    page = _sheet(image, rng, (0.985, 0.985, 0.975), 0.004)
    return tone.mix(page, (0.03, 0.03, 0.04), tone.smoothstep(ink, 0.05, 0.8))


_LEADS = tone.hexes("3b4fb0", "7a3b9a", "b0402f", "1f7a6a", "a8651f", "c23a78")


@renderer("colored pencil")
def colored_pencil(image: Array, rng: np.random.Generator) -> Array:
    """Thin slanting strokes of coloured leads on white paper with tooth."""
    shape = image.shape[:2]
    smooth = tone.blur(tone.expose(tone.flatten(image, passes=1)), 0.8)
    level = tone.tones(smooth)
    vivid = tone.saturate(smooth, rng.uniform(2.0, 2.6))
    turn = rng.uniform(0.6, 1.0) * rng.choice([-1, 1])
    tooth = fields.grain(shape, rng, 0.5)
    page = _sheet(image, rng, (0.985, 0.98, 0.965), 0.012)
    under, shadow = _LEADS[rng.permutation(len(_LEADS))[:2]]
    for extra, own, depth in ((0.0, under, 1.2), (0.35, shadow, 0.75)):
        stroke = fields.streaks(np.full(shape, turn + extra, np.float32), 13, rng, 1.25)
        cover = tone.smoothstep(0.62 * stroke + 0.4 * tooth + 3.0 * (depth - level), 0.1, 2.5)
        lead = tone.mix(np.clip(vivid * 0.72 + 0.18, 0, 1), own, 0.04 + 0.24 * (1 - level))
        page = tone.mix(page, lead, 0.78 * cover)
    contour = tone.smoothstep(fields.lines(level, 0.9), 0.2, 0.8) * tone.smoothstep(tooth, -1.8, 0)
    return tone.mix(page, shadow * 0.5, 0.6 * contour)


_TINTED = tone.hexes("b79b7a", "8e97a6", "a58a94", "7f8a7c", "c2a68f", "6f7488")


@renderer("pastel")
def pastel(image: Array, rng: np.random.Generator) -> Array:
    """Powdery soft colour rubbed over toned paper that shows between the strokes."""
    shape = image.shape[:2]
    flat = fields.kuwahara(tone.expose(image), 4)
    level = tone.tones(flat, blur=1.0)
    paper = tone.jitter(_TINTED[rng.integers(len(_TINTED))][None], rng, 0.02)[0]
    tooth = fields.grain(shape, rng, 0.6)
    angle = np.full(shape, rng.uniform(0.4, 1.1), np.float32) + fields.noise(shape, 40, rng)
    stick = fields.streaks(angle, 10, rng, 3.4)
    page = np.asarray(paper * (1 + 0.06 * tooth)[..., None], np.float32)
    chalk = tone.saturate(tone.blur(flat, 0.7), rng.uniform(2.0, 2.5)) * 0.76 + 0.27
    chalk = np.clip(chalk + 0.06 * stick[..., None], 0, 1)
    smudge = tone.smoothstep(tone.blur(stick, 1.5) + 3 * np.abs(level - 0.5), -0.4, 1.0)
    page = tone.mix(page, tone.blur(chalk, 2.5), 0.62 * smudge)
    cover = tone.smoothstep(0.8 * stick + 0.5 * tooth + 1.3 * level, -0.9, 1.1)
    drawn = tone.mix(page, chalk, 0.9 * cover)
    light = tone.smoothstep(stick + 0.7 * tooth + 6 * (level - 0.85), 0.2, 1.8)
    drawn = tone.mix(drawn, (0.99, 0.96, 0.9), 0.75 * light)
    contour = tone.smoothstep(fields.lines(level, 1.6), 0.25, 0.9) * tone.smoothstep(tooth, -1, 0.7)
    return tone.mix(drawn, (0.2, 0.15, 0.18), 0.45 * contour)


@renderer("marker drawing")
def marker_drawing(image: Array, rng: np.random.Generator) -> Array:
    """Flat felt-tip strokes that overlap in darker bands, white gaps and a dark outline."""
    smooth = tone.flatten(tone.expose(image), passes=2, sigma=0.18, size=9)
    level = tone.tones(smooth, blur=1.0)
    vivid = tone.saturate(tone.blur(smooth, 1.0) * 0.8 + 0.2, rng.uniform(2.6, 3.4))
    dye = tone.posterise(vivid, 5) * 0.92 + 0.08
    x, y = fields.grid(level.shape)
    turn, width = rng.uniform(0.3, 1.2), rng.uniform(8, 11)
    shaken = 2.0 * fields.noise(level.shape, 24, rng) + 5 * np.round(level * 3)
    across = (x * np.sin(turn) - y * np.cos(turn) + shaken) / width
    place = (across - np.floor(across)).astype(np.float32)
    own = rng.random(256)[np.floor(across).astype(int) % 256]
    overlap = tone.smoothstep(0.3 - place, 0, 0.05) + 0.5 * (own - 0.5)
    missed = tone.smoothstep(place, 0.84, 0.88) * tone.smoothstep(level, 0.3, 0.4) * (own > 0.6)
    gap = np.maximum(missed, tone.smoothstep(level, 0.86, 0.9))
    inked = np.clip(dye * (1 - 0.24 * overlap)[..., None], 0, 1)
    inked = inked * (0.72 + 0.28 * tone.smoothstep(level, 0.3, 0.34))[..., None]
    page = tone.mix(np.asarray(inked, np.float32), (0.99, 0.99, 0.98), gap)
    outline = tone.smoothstep(fields.lines(level, 1.3), 0.25, 0.55)
    return tone.mix(page, (0.07, 0.06, 0.1), 0.95 * outline)


def _coils(dark: Array, gap: float, rng: np.random.Generator) -> Array:
    """Rows of looping pen lines whose loops grow with the darkness, (H, W), 1 = ink."""
    height, width = dark.shape
    canvas = np.zeros((height * 3, width * 3), np.uint8)
    time = np.arange(-8, width + 8, 0.5, dtype=np.float32)
    for row in np.arange(0, height + gap, gap):
        wild = fields.noise((3, len(time)), (1.0, 24.0), rng)
        turn = 2 * np.pi * (time / rng.uniform(3.0, 4.2) + 1.2 * wild[1]) + 6 * rng.random()
        middle = row + 1.3 * gap * (wild[0] - 0.5)
        here = fields.pick(dark, np.stack([time, middle], 1))
        reach = gap * np.clip(1.5 * here - 0.3, 0.05, 1.0) * (0.55 + 0.9 * wild[2])
        rise = reach * np.sin(turn)
        curve = np.stack([time + 0.7 * reach * np.cos(turn) - 0.8 * rise, middle + rise], 1)
        points = (curve * 24).astype(np.int32)
        shown = np.flatnonzero(np.diff(np.concatenate([[0], here > 0.3, [0]]).astype(int)))
        pieces = [points[a:b] for a, b in zip(shown[::2], shown[1::2])]
        cv2.polylines(canvas, pieces, False, 255, 1, cv2.LINE_AA, 3)
    small = cv2.resize(canvas, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / 255


@renderer("ballpoint pen")
def ballpoint_pen(image: Array, rng: np.random.Generator) -> Array:
    """Blue looping scribbles and restated contours of a ballpoint pen on white paper."""
    level = tone.tones(image, blur=1.0)
    dark = np.clip(1.05 - level, 0, 1)
    turn = rng.choice([0, 1])
    coils = _coils(np.ascontiguousarray(dark.T) if turn else dark, rng.uniform(3.6, 4.4), rng)
    scribble = np.ascontiguousarray(coils.T) if turn else coils
    hatched = tone.smoothstep(fields.hatch(level.shape, 2.6, rng.uniform(0.5, 1.0), rng), 0.4, 0.9)
    deep = hatched * tone.smoothstep(0.35 - level, 0, 0.15)
    contour = tone.smoothstep(fields.lines(level, 0.7), 0.2, 0.6)
    twice = np.maximum(contour, 0.8 * fields.wobble(contour, 14, 2.2, rng))
    ink = np.clip(1.35 * scribble + 0.4 * deep + 0.85 * twice, 0, 1)
    blue = (0.06 + 0.05 * rng.random(), 0.12 + 0.1 * rng.random(), 0.55 + 0.18 * rng.random())
    return tone.mix(_sheet(image, rng, (0.975, 0.975, 0.985), 0.005), blue, 0.92 * ink)


_MATT = tone.hexes("34404f", "5c6b5e", "a8674f", "c99a6b", "8fa3a0", "d9c3a0", "efe4cc", "6d5360")


@renderer("gouache")
def gouache(image: Array, rng: np.random.Generator) -> Array:
    """Matt opaque patches of muted chalky colour with dry-brush edges."""
    shape = image.shape[:2]
    angle = np.full(shape, rng.uniform(-0.5, 0.5), np.float32) + fields.noise(shape, 40, rng)
    brush = fields.streaks(angle, 12, rng, 1.6)
    flat = tone.expose(fields.kuwahara(fields.kuwahara(image, 5), 4))
    flat = fields.displace(flat, 0.9 * brush, -0.7 * brush)
    lab = cv2.cvtColor(np.clip(tone.saturate(flat, 1.3), 0, 1), cv2.COLOR_RGB2LAB)
    pots = tone.jitter(_MATT, rng, 0.03)
    wells = cv2.cvtColor(pots[None], cv2.COLOR_RGB2LAB)[0]
    nearest = cv2.medianBlur(
        ((lab[:, :, None] - wells) ** 2).sum(-1).argmin(-1).astype(np.uint8), 5
    )
    own = tone.saturate(tone.posterise(flat, 6), 1.1) * 0.72 + 0.2
    painted = tone.mix(np.asarray(pots[nearest], np.float32), own, 0.5)
    level = tone.luma(painted)
    rim = tone.smoothstep(tone.edges(level, 0.9), 0.15, 0.6)
    dry = tone.smoothstep(brush, 0.4, 0.9) * 0.6 * tone.blur(rim, 1.8)
    painted = tone.mix(painted, (0.93, 0.89, 0.8), np.clip(dry, 0, 0.6))
    return painted + (0.008 * brush + 0.012 * fields.grain(shape, rng))[..., None]


_SPRAY = tuple(
    tone.hexes(*codes)
    for codes in (
        ("1a0f4a", "e0218a", "ffb35c", "fff6e0"),
        ("06203f", "1590c9", "8fe6f2", "ffffff"),
        ("2a0a3c", "8a3ad0", "ff7ac6", "fff0fa"),
        ("0b2a3a", "12a5a0", "ffd27a", "fff8e6"),
    )
)


@renderer("airbrush")
def airbrush(image: Array, rng: np.random.Generator) -> Array:
    """Sprayed gradients against masked edges, soft glows and starry chrome highlights."""
    level = tone.blur(tone.tones(tone.flatten(image), blur=1.2), 1.0)
    count = int(rng.integers(3, 5))
    fall = level * count - np.floor(level * count)
    x, y = fields.grid(level.shape)
    slope = 0.14 * np.sin(rng.uniform(0.03, 0.05) * (x + y * rng.uniform(-1, 1)) + 6 * rng.random())
    sprayed = np.clip(0.62 * level + 0.34 * (1 - fall) * (0.3 + 0.7 * level) + slope, 0, 1)
    palette = tone.jitter(_SPRAY[rng.integers(len(_SPRAY))], rng, 0.02)
    first = tone.ramp(tone.blur(sprayed.astype(np.float32), 0.6), palette)
    hue = tone.saturate(tone.blur(tone.expose(image), 3), 1.8)
    made = tone.mix(first, hue, 0.25)
    shine = tone.relief(tone.blur(level, 1.5), rng.uniform(0.8, 2.3), 2.2)
    made = tone.shade(np.clip(made, 0, 1), 0.5 * shine)
    made = made + 0.02 * fields.grain(level.shape, rng, 0.5)[..., None]
    lit = tone.smoothstep(level, 0.82, 0.97)
    made = tone.screen(made, tone.grey(0.5 * tone.blur(lit, 4) + 0.35 * lit))
    stars = np.zeros_like(level)
    points = fields.scatter(level.shape, 20, rng)
    bright = points[np.argsort(-fields.pick(tone.blur(level, 2), points))[: rng.integers(3, 6)]]
    for px, py in bright:
        dx, dy, size = np.abs(x - px), np.abs(y - py), rng.uniform(0.8, 1.5)
        spikes = np.exp(-dx * 0.9 / size - dy * 0.13 / size) + np.exp(-dx * 0.13 - dy * 0.9 / size)
        stars = np.maximum(stars, spikes + 0.7 * np.exp(-np.hypot(dx, dy) / (4 * size)))
    return tone.screen(made, tone.grey(np.clip(stars, 0, 1).astype(np.float32)))


_SPOTS = tuple(
    tone.hexes(*codes)
    for codes in (
        ("ff48b0", "0078bf", "ffe800"),
        ("ff6c2f", "3255a4", "ff48b0"),
        ("ff4c65", "00838a", "ffe800"),
        ("ff48b0", "00a95c", "ffe800"),
        ("ff48b0", "3d5588", "5ec8e5"),
    )
)


@renderer("risograph")
def risograph(image: Array, rng: np.random.Generator) -> Array:
    """Two or three fluorescent spot inks, grainy and out of register, on off-white paper."""
    smooth = tone.expose(tone.flatten(image, passes=1))
    inks = _SPOTS[rng.integers(len(_SPOTS))]
    shape = image.shape[:2]
    page = _sheet(image, rng, (0.965, 0.95, 0.915), 0.008)
    level = tone.tones(smooth, blur=0.7)
    warm = tone.stretch(smooth[..., 0] - 0.7 * smooth[..., 2] + 0.35 * level)
    lean = 0.5 * (warm - 0.5)
    densities = (0.95 - 0.85 * level + lean, 0.85 - 1.25 * level - lean, 0.5 - 0.4 * level + lean)
    for ink, density in zip(inks, densities[: rng.integers(2, 4)]):
        dx, dy = rng.uniform(1.2, 3.2, 2) * rng.choice([-1, 1], 2)
        moved = fields.displace(np.clip(density, 0, 1).astype(np.float32), dx, dy)
        dots = fields.halftone(1 - 0.95 * moved, rng.uniform(2.6, 3.4), rng.uniform(0, 1.5))
        rough = tone.smoothstep(moved + 0.16 * fields.grain(shape, rng, 0.5), 0.42, 0.7)
        worn = tone.smoothstep(fields.grain(shape, rng, 0.8), -2.4, -1.2)
        cover = np.clip(0.6 * dots + 0.6 * rough, 0, 0.95) * (0.7 + 0.3 * worn)
        page = page * tone.mix(np.ones_like(page), ink, cover)
    return page


def _columns(shape: fields.Shape, rng: np.random.Generator) -> Array:
    """Lines of tiny words set in columns, (H, W), 1 = ink."""
    x, y = fields.grid(shape)
    leading, measure = int(rng.integers(4, 6)), int(rng.integers(30, 42))
    x0, y0 = rng.integers(0, measure), rng.integers(0, leading)
    letters = np.repeat(rng.random((shape[0] // leading + 2, shape[1])), leading, 0)[: shape[0]]
    words = np.repeat(rng.random((shape[0] // leading + 2, shape[1] // 3 + 1)), leading, 0)
    spaces = np.repeat(words[: shape[0]], 3, 1)[:, : shape[1]] > 0.22
    body = (y + y0) % leading < leading - 2
    inside = (x + x0) % measure > 3
    return np.asarray((0.35 + 0.65 * (letters > 0.35)) * spaces * body * inside, np.float32)


@renderer("newspaper print")
def newspaper_print(image: Array, rng: np.random.Generator) -> Array:
    """Coarse black dots on yellowed newsprint, with columns of type in the light areas."""
    level = tone.tones(image, blur=0.7)
    shape = level.shape
    fibre = fields.fractal(shape, 20, rng)
    tint = tone.jitter(tone.hexes("e3d6a8"), rng, 0.02)[0]
    page = tint * (0.9 + 0.16 * fibre + 0.025 * fields.grain(shape, rng))[..., None]
    dots = fields.halftone(np.clip(0.76 * level + 0.3, 0, 1), rng.uniform(3.6, 4.5), np.pi / 4)
    type_ = _columns(shape, rng)
    light = tone.smoothstep(tone.blur(level, 2.5), 0.76, 0.8)
    ink = tone.smoothstep(dots, 0.2, 0.8) * (1 - 0.85 * light) + 0.7 * type_ * light
    ghost = 0.1 * np.roll(type_[:, ::-1], 2, 0)
    patchy = 0.85 + 0.12 * fields.noise(shape, 5, rng)
    black = np.clip(np.maximum(ink * patchy, ghost), 0, 0.93)
    return tone.mix(np.asarray(page, np.float32), (0.12, 0.11, 0.1), black)


_VOYAGES = tuple(
    tone.hexes(*codes)
    for codes in (
        ("1d2f45", "2f6672", "b5532f", "e39a4a", "f0d49a", "f7ecd0"),
        ("20304f", "4a5f86", "c0603f", "e8a35f", "a8c4c0", "f4e6c4"),
        ("2b2a3c", "7a3b35", "cf7b3a", "eab764", "8fb0a4", "f5ead2"),
        ("16383f", "2f7f7a", "7fb59b", "e6c273", "e98f52", "f8eccb"),
    )
)


@renderer("travel poster")
def travel_poster(image: Array, rng: np.random.Generator) -> Array:
    """Clean flat shapes of a thirties railway poster in a few warm and cool tones."""
    level = tone.tones(fields.kuwahara(image, 4), blur=0.7)
    level = np.clip(level + 0.3 * (level - tone.blur(level, 10)), 0, 1)
    palette = tone.jitter(_VOYAGES[rng.integers(len(_VOYAGES))], rng, 0.015)
    share = np.clip(level * len(palette), 0, len(palette) - 0.01).astype(np.uint8)
    index = cv2.medianBlur(cv2.medianBlur(share, 7), 5)
    x, y = fields.grid(level.shape)
    turn = rng.uniform(-0.5, 0.5) + np.pi / 2
    along = (x * np.cos(turn) + y * np.sin(turn)) / max(level.shape)
    long = np.clip(0.5 + 0.55 * np.cos(2 * np.pi * (0.7 * along + rng.random())), 0, 1)
    here = palette[index]
    after = palette[np.minimum(index + 1, len(palette) - 1)]
    drawn = tone.mix(here, after, 0.7 * long.astype(np.float32))
    fan = np.arctan2(y - rng.uniform(0.3, 1.2) * y.max(), x - rng.uniform(0.1, 0.9) * x.max())
    ray = tone.smoothstep(np.sin(fan * rng.integers(14, 22)), -0.1, 0.1) * (index >= 4)
    drawn = tone.mix(drawn, palette[-2], 0.4 * ray)
    soft = tone.blur(drawn, 0.6)
    return soft + 0.012 * fields.grain(level.shape, rng, 0.6)[..., None]


@renderer("stencil")
def stencil(image: Array, rng: np.random.Generator) -> Array:
    """One or two flat sprayed colours with bridges and overspray on a bare wall."""
    shape = image.shape[:2]
    rough = fields.fractal(shape, 14, rng)
    speckle = fields.grain(shape, rng, 0.5)
    walls = tone.hexes("b9b5ad", "c9bfae", "a9aeb0", "d8d2c4", "c2a27c")
    wall = walls[rng.integers(len(walls))] * (0.84 + 0.3 * rough + 0.03 * speckle)[..., None]
    level = tone.tones(fields.kuwahara(image, 3), blur=0.9)
    level = level + 0.6 * (level - tone.blur(level, 9))
    x, y = fields.grid(shape)
    turn, pitch = rng.uniform(0, np.pi), rng.uniform(20, 28)
    across = (x * np.cos(turn) + y * np.sin(turn)) / pitch + 0.1 * fields.noise(shape, 40, rng)
    bridge = tone.smoothstep(np.abs(across - np.round(across)) * pitch, 0.8, 1.6)
    bridge = np.maximum(bridge, tone.smoothstep(fields.noise(shape, 16, rng), 0.48, 0.52))
    inks = tone.hexes("c8202c", "1c6fb0", "e0a21a", "2f7d4a", "d6417f", "e8e4dc")
    page = np.asarray(wall, np.float32)
    layers = [(0.4, np.array((0.07, 0.07, 0.08), np.float32))]
    if rng.random() < 0.7:
        layers.insert(0, (0.62, inks[rng.integers(len(inks))]))
    for threshold, ink in layers:
        cut = tone.smoothstep(threshold - level, -0.012, 0.012) * bridge
        mist = tone.smoothstep(1.3 * tone.blur(cut, 4) + 0.22 * speckle, 0.15, 1.1)
        cover = np.maximum(cut * (0.93 + 0.05 * speckle), 0.5 * mist)
        page = tone.mix(page, ink, np.clip(cover, 0, 0.97))
    return page
