"""Pens, pencils, paints and presses: hatching, dots, dry colour and flat spot inks."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


def _sheet(
    image: Array, rng: np.random.Generator, colour: tone.Colour, amount: float, scale: float
) -> Array:
    page = tone.fill(image, colour)
    rough = fields.grain(image.shape, rng, 0.7 * scale)
    return np.asarray(page + amount * rough[..., None], np.float32)


def _even_points(dark: Array, cell: float, rng: np.random.Generator) -> Array:
    """Points as dense as the picture is dark, with even gaps between them: (N, 2) as (x, y)."""
    rows, columns = (max(1, int(side / cell)) for side in dark.shape)
    # White noise less its blur is blue: thresholded, it leaves no clumps and no holes.
    blue = fields.grain((rows, columns), rng, 0.3)
    for _ in range(2):
        blue = blue - tone.blur(blue, 1.0)
        blue = np.argsort(np.argsort(blue, axis=None)).reshape(rows, columns) / np.float32(
            blue.size
        )
        blue = blue.astype(np.float32)
    row, column = np.nonzero(blue < cv2.resize(dark, (columns, rows), interpolation=cv2.INTER_AREA))
    shaken = rng.uniform(0.0, 1.0, (2, len(row)))
    return np.stack([(column + shaken[0]) * cell, (row + shaken[1]) * cell], 1)


def _dotted(shape: fields.Shape, points: Array, width: float) -> Array:
    """Round ink dots ``width`` pixels wide, (H, W), 1 = ink."""
    finer = max(1, round(6 / width))
    big = np.zeros((shape[0] * finer, shape[1] * finer), np.uint8)
    at = (points * finer).astype(int)
    inside = ((at >= 0) & (at < (big.shape[1], big.shape[0]))).all(1)
    big[at[inside, 1], at[inside, 0]] = 255
    size = max(1, round(width * finer))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    small = cv2.resize(cv2.dilate(big, disc), (shape[1], shape[0]), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / 255


@look("pen and ink", detail=0.25)
def pen_and_ink(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Crisp black contours and ruled cross-hatching on white paper."""
    level = tone.tones(tone.flatten(image, passes=1, scale=scale), blur=0.6 * scale) ** 0.8
    shape = level.shape
    mass = tone.blur(level, 1.2 * scale)
    turn = rng.uniform(0.4, 1.1) * rng.choice([-1, 1])
    period = rng.uniform(4.2, 4.8)
    ink = tone.smoothstep(0.07 - level, -0.02, 0.03)
    for threshold, extra in ((0.66, 0.0), (0.42, 1.3), (0.22, 0.65)):
        wave = fields.hatch(shape, period * scale, turn + extra, rng, scale)
        cut = 0.95 - 0.5 * np.clip(threshold - mass, 0, 0.6)
        stroke = tone.smoothstep(wave - cut, -0.14, 0.1)
        ink = np.maximum(ink, stroke * tone.smoothstep(threshold - mass, 0, 0.05))
    contour = tone.smoothstep(fields.lines(level, 1.1 * scale, floor=0.008), 0.2, 0.55)
    black = tone.smoothstep(np.maximum(ink, contour), 0.2, 0.9)
    page = _sheet(image, rng, (0.99, 0.99, 0.98), 0.004, scale)
    return tone.mix(page, (0.02, 0.02, 0.03), black)


_PLATES = tone.hexes("2b1a10", "1c1a1a", "14301f", "35200f")


@look("engraving", detail=0.35)
def engraving(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Fine swelling lines that bend round the forms, as on a banknote, on cream paper."""
    level = tone.tones(image, blur=0.8 * scale)
    x, y = fields.grid(level.shape)
    form = 15 * scale * tone.blur(level, 4 * scale)
    period = rng.uniform(3.7, 4.2) * scale
    turn = rng.uniform(0, np.pi)
    far = 0.9 * np.hypot(*level.shape)
    soft = min(1.1 / period, 0.4)
    ink = np.zeros_like(level)
    for extra, threshold in ((0.0, 1.0), (1.1, 0.45)):
        cx = level.shape[1] / 2 + far * np.cos(turn + extra)
        cy = level.shape[0] / 2 + far * np.sin(turn + extra)
        phase = (np.hypot(x - np.float32(cx), y - np.float32(cy)) + form) / np.float32(period)
        ridge = np.abs(2 * (phase - np.floor(phase)) - 1)
        swell = 0.08 + 0.7 * np.clip(threshold - level, 0, 1) / threshold
        fade = tone.smoothstep(threshold - level, 0.04, 0.12)
        ink = np.maximum(ink, fade * tone.smoothstep(swell - ridge, -soft, soft))
    ink = np.maximum(ink, 0.9 * tone.smoothstep(fields.lines(level, 0.8 * scale), 0.3, 0.8))
    plate = tone.jitter(_PLATES[rng.integers(len(_PLATES))][None], rng, 0.012)[0]
    return tone.mix(_sheet(image, rng, (0.96, 0.92, 0.82), 0.012, scale), plate, 0.96 * ink)


@look("stippling", detail=0.2)
def stippling(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Black ink dots on white, closer together where it is darker."""
    level = tone.tones(image, blur=0.8 * scale)
    contour = fields.lines(level, 1.0 * scale)
    dark = np.clip(1.05 * np.clip(0.97 - level, 0, 1) ** 1.35 + 0.5 * contour, 0, 1)
    ink = np.zeros_like(level)
    for cell, width, start in ((rng.uniform(1.8, 2.0), 1.6, 0.0), (2.6, 2.5, 0.45)):
        chance = np.clip((dark - start) / (1 - start), 0, 1)
        points = _even_points(chance, cell * scale, rng)
        ink = np.maximum(ink, _dotted(level.shape, points, width * scale))
    page = _sheet(image, rng, (0.985, 0.985, 0.975), 0.004, scale)
    return tone.mix(page, (0.03, 0.03, 0.04), tone.smoothstep(ink, 0.05, 0.8))


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
    page = _sheet(image, rng, (0.985, 0.98, 0.965), 0.012, scale)
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


_TINTED = tone.hexes("b79b7a", "8e97a6", "a58a94", "9aa08c", "c2a68f", "8a86a0")


@look("pastel", detail=0.4)
def pastel(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Powdery soft colour rubbed over toned paper that shows between the strokes."""
    shape = image.shape[:2]
    flat = fields.kuwahara(tone.expose(image), round(4 * scale))
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


@look("marker drawing", detail=0.3)
def marker_drawing(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Flat felt-tip strokes that overlap in darker bands, white gaps and a dark outline."""
    smooth = tone.flatten(tone.expose(image), passes=1, sigma=0.2, size=9, scale=scale)
    smooth = tone.blur(smooth, 1.0 * scale)
    level = tone.tones(smooth)
    vivid = tone.saturate(smooth * 0.8 + 0.2, rng.uniform(2.4, 3.0))
    dye = tone.posterise(vivid, 5) * 0.92 + 0.08
    x, y = fields.grid(level.shape)
    turn, width = rng.uniform(0.3, 1.2), rng.uniform(10, 13)
    shaken = 2.0 * fields.noise(level.shape, 24 * scale, rng) + 5 * np.round(level * 3)
    across = ((x * np.sin(turn) - y * np.cos(turn)) / np.float32(scale) + shaken) / width
    place = (across - np.floor(across)).astype(np.float32)
    own = rng.random(256)[np.floor(across).astype(int) % 256].astype(np.float32)
    overlap = tone.smoothstep(0.3 - place, 0, 0.05) + 0.5 * (own - 0.5)
    missed = tone.smoothstep(place, 0.86, 0.9) * tone.smoothstep(level, 0.3, 0.4) * (own > 0.6)
    gap = np.maximum(missed, tone.smoothstep(level, 0.86, 0.9))
    dark = 0.72 + 0.28 * tone.smoothstep(level, 0.24, 0.28)
    inked = np.clip(dye * ((1 - 0.22 * overlap) * dark)[..., None], 0, 1)
    page = tone.mix(np.asarray(inked, np.float32), (0.99, 0.99, 0.98), gap)
    outline = tone.smoothstep(fields.lines(level, 1.4 * scale), 0.25, 0.55)
    return tone.mix(page, (0.07, 0.06, 0.1), 0.95 * outline)


def _coils(dark: Array, gap: float, scale: float, rng: np.random.Generator) -> Array:
    """Rows of looping pen lines whose loops grow with the darkness, (H, W), 1 = ink."""
    height, width = dark.shape
    finer = max(1, round(3 / scale))
    canvas = np.zeros((height * finer, width * finer), np.uint8)
    time = np.arange(-8, width / scale + 8, 0.5, dtype=np.float32)
    for row in np.arange(0, height / scale + gap, gap):
        wild = fields.noise((3, len(time)), (1.0, 24.0), rng)
        turn = 2 * np.pi * (time / rng.uniform(3.0, 4.2) + 1.2 * wild[1]) + 6 * rng.random()
        middle = row + 1.3 * gap * (wild[0] - 0.5)
        here = fields.pick(dark, np.stack([time, middle], 1) * scale)
        reach = gap * np.clip(1.35 * here - 0.32, 0.05, 1.0) * (0.55 + 0.9 * wild[2])
        rise = reach * np.sin(turn)
        curve = np.stack([time + 0.7 * reach * np.cos(turn) - 0.8 * rise, middle + rise], 1)
        points = (curve * scale * finer * 8).astype(np.int32)
        shown = np.flatnonzero(np.diff(np.concatenate([[0], here > 0.3, [0]]).astype(int)))
        pieces = [points[a:b] for a, b in zip(shown[::2], shown[1::2])]
        thick = max(1, round(scale * finer / 3))
        cv2.polylines(canvas, pieces, False, 255, thick, cv2.LINE_AA, 3)
    small = cv2.resize(canvas, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / 255


@look("ballpoint pen", detail=0.4)
def ballpoint_pen(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Blue looping scribbles and restated contours of a ballpoint pen on white paper."""
    level = tone.tones(image, blur=1.0 * scale)
    dark = np.clip(1.05 - level, 0, 1)
    turn = rng.choice([0, 1])
    gap = rng.uniform(3.6, 4.4)
    coils = _coils(np.ascontiguousarray(dark.T) if turn else dark, gap, scale, rng)
    scribble = np.ascontiguousarray(coils.T) if turn else coils
    ruled = fields.hatch(level.shape, 3.2 * scale, rng.uniform(0.5, 1.0), rng, scale)
    deep = tone.smoothstep(ruled, 0.4, 0.9) * tone.smoothstep(0.35 - level, 0, 0.15)
    contour = tone.smoothstep(fields.lines(level, 0.9 * scale, floor=0.006), 0.15, 0.55)
    twice = np.maximum(contour, 0.8 * fields.wobble(contour, 14 * scale, 2.2 * scale, rng))
    ink = np.clip(1.35 * scribble + 0.5 * deep + 0.85 * twice, 0, 1)
    blue = (0.06 + 0.05 * rng.random(), 0.12 + 0.1 * rng.random(), 0.55 + 0.18 * rng.random())
    return tone.mix(_sheet(image, rng, (0.975, 0.975, 0.985), 0.005, scale), blue, 0.92 * ink)


_MATT = tone.hexes("34404f", "5c6b5e", "a8674f", "c99a6b", "8fa3a0", "d9c3a0", "efe4cc", "6d5360")


@look("gouache", detail=0.4)
def gouache(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Matt opaque patches of muted chalky colour with dry-brush edges."""
    shape = image.shape[:2]
    bend = fields.noise(shape, 40 * scale, rng)
    angle = np.full(shape, rng.uniform(-0.5, 0.5), np.float32) + bend
    brush = fields.streaks(angle, 12 * scale, rng, 1.6 * scale)
    flat = fields.kuwahara(fields.kuwahara(image, round(5 * scale)), round(4 * scale))
    flat = fields.displace(tone.expose(flat), 0.9 * scale * brush, -0.7 * scale * brush)
    pots = tone.jitter(_MATT, rng, 0.03)
    nearest = tone.closest(tone.saturate(flat, 1.3), pots)
    nearest = cv2.medianBlur(nearest, round(5 * scale) | 1)
    own = tone.saturate(tone.posterise(flat, 6), 1.25) * 0.74 + 0.2
    painted = tone.blur(tone.mix(pots[nearest], own, 0.55), 0.5 * scale)
    rim = tone.smoothstep(tone.edges(tone.luma(painted), 0.9, scale), 0.15, 0.6)
    dry = tone.smoothstep(brush, 0.4, 0.9) * 0.6 * tone.blur(rim, 1.8 * scale)
    painted = tone.mix(painted, (0.93, 0.89, 0.8), np.clip(dry, 0, 0.6))
    matt = 0.01 * brush + 0.012 * fields.grain(shape, rng, 0.7 * scale)
    return np.asarray(painted + matt[..., None])


_SPRAY = tuple(
    tone.hexes(*codes)
    for codes in (
        ("1a0f4a", "e0218a", "ffb35c", "fff6e0"),
        ("06203f", "1590c9", "8fe6f2", "ffffff"),
        ("2a0a3c", "8a3ad0", "ff7ac6", "fff0fa"),
        ("0b2a3a", "12a5a0", "ffd27a", "fff8e6"),
    )
)


def _sparkles(level: Array, count: int, scale: float, rng: np.random.Generator) -> Array:
    """Four-pointed stars on the brightest places, (H, W), 1 = light."""
    light = np.zeros_like(level)
    points = fields.scatter(level.shape, 24 * scale, rng)
    bright = points[np.argsort(-fields.pick(tone.blur(level, 2 * scale), points))[:count]]
    for px, py in bright.tolist():
        size = rng.uniform(1.4, 2.4) * scale
        reach = round(30 * size)
        rows = slice(max(0, int(py) - reach), max(0, int(py) + reach))
        columns = slice(max(0, int(px) - reach), max(0, int(px) + reach))
        patch = light[rows, columns]
        x, y = (np.abs(w) / size for w in fields.grid(patch.shape))
        x, y = np.abs(x - (px - columns.start) / size), np.abs(y - (py - rows.start) / size)
        spikes = np.exp(-0.9 * x - 0.13 * y) + np.exp(-0.13 * x - 0.9 * y)
        halo = 0.7 * np.exp(-np.hypot(x, y) / 4)
        np.maximum(patch, spikes + halo - 0.02, out=patch)
    return np.clip(light, 0, 1)


@look("airbrush", detail=0.5)
def airbrush(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Sprayed gradients against masked edges, soft glows and starry chrome highlights."""
    smooth = tone.flatten(image, passes=1, sigma=0.16, scale=scale)
    level = tone.tones(smooth, blur=1.5 * scale)
    count = int(rng.integers(3, 5))
    palette = tone.jitter(_SPRAY[rng.integers(len(_SPRAY))], rng, 0.02)
    fall = level * count - np.floor(level * count)
    spray = fields.noise(level.shape, 110 * scale, rng) - 0.5
    sprayed = 0.72 * level + 0.26 * (1 - fall) * (0.3 + 0.7 * level) + 0.22 * spray
    first = tone.ramp(tone.blur(np.clip(sprayed, 0, 1), 0.8 * scale), palette)
    hue = tone.saturate(tone.blur(tone.expose(image), 3 * scale), 1.8)
    made = tone.mix(first, hue, 0.3)
    shine = tone.relief(tone.blur(level, 1.5 * scale), rng.uniform(0.8, 2.3), 2.2, scale)
    made = tone.shade(np.clip(made, 0, 1), 0.5 * shine)
    made = made + 0.02 * fields.grain(level.shape, rng, 0.5 * scale)[..., None]
    lit = tone.smoothstep(level, 0.82, 0.97)
    stars = _sparkles(level, int(rng.integers(4, 8)), scale, rng)
    light = np.maximum(0.45 * tone.blur(lit, 6 * scale) + 0.3 * lit, stars)
    return tone.screen(made, tone.grey(light))


_SPOTS = tuple(
    tone.hexes(*codes)
    for codes in (
        ("ff48b0", "0078bf", "ffe800"),
        ("ff6c2f", "3255a4", "ff48b0"),
        ("ff4c65", "00838a", "ffe800"),
        ("ff48b0", "00a95c", "ffe800"),
        ("ff6c2f", "3d5588", "ffe800"),
    )
)


@look("risograph", detail=0.4)
def risograph(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Two or three fluorescent spot inks, grainy and out of register, on off-white paper."""
    smooth = tone.expose(tone.flatten(image, passes=1, scale=scale))
    inks = _SPOTS[rng.integers(len(_SPOTS))][: rng.integers(2, 4)]
    shape = image.shape[:2]
    page = _sheet(image, rng, (0.965, 0.95, 0.915), 0.008, scale)
    level = tone.tones(smooth, blur=0.7 * scale)
    warm = tone.stretch(smooth[..., 0] - 0.7 * smooth[..., 2] + 0.35 * level)
    lean = 0.8 * (warm - 0.5)
    densities = (
        0.92 - 0.9 * level + lean,
        0.78 - 1.25 * level - lean,
        0.3 - 0.3 * level + 1.4 * lean,
    )
    for ink, density in zip(inks, densities):
        dx, dy = rng.uniform(1.2, 3.2, 2) * rng.choice([-1, 1], 2) * scale
        moved = fields.displace(np.clip(density, 0, 1).astype(np.float32), dx, dy)
        period = rng.uniform(3.0, 3.8) * scale
        dots = fields.halftone(1 - 0.95 * moved, period, rng.uniform(0, 1.5))
        speckled = moved + 0.16 * fields.grain(shape, rng, 0.5 * scale)
        worn = tone.smoothstep(fields.grain(shape, rng, 0.8 * scale), -2.4, -1.2)
        cover = 0.6 * dots + 0.6 * tone.smoothstep(speckled, 0.42, 0.7)
        cover = np.clip(cover, 0, 0.95) * (0.7 + 0.3 * worn)
        page = page * tone.mix(np.ones_like(page), ink, cover)
    return page


def _columns(shape: fields.Shape, scale: float, rng: np.random.Generator) -> Array:
    """Lines of tiny words set in columns, (H, W), 1 = ink."""
    tall, wide = (max(1, int(np.ceil(side / scale))) for side in shape)
    x, y = fields.grid((tall, wide))
    leading, measure = int(rng.integers(6, 8)), int(rng.integers(58, 76))
    x0, y0 = rng.integers(0, measure), rng.integers(0, leading)
    line = ((y[:, 0] + y0) // leading).astype(int)
    letters = rng.random((line[-1] + 1, wide))[line]
    words = rng.random((line[-1] + 1, wide // 4 + 1))[line]
    spaces = np.repeat(words, 4, 1)[:, :wide] > 0.22
    body = (y + y0) % leading < leading - 3
    inside = (x + x0) % measure > 6
    type_ = (0.35 + 0.65 * (letters > 0.35)) * spaces * body * inside
    return cv2.resize(type_.astype(np.float32), shape[::-1], interpolation=cv2.INTER_LINEAR)


@look("newspaper print", detail=0.4)
def newspaper_print(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Coarse black dots on yellowed newsprint, with columns of type in the light areas."""
    level = tone.tones(image, blur=0.7 * scale)
    shape = level.shape
    fibre = fields.fractal(shape, 20 * scale, rng)
    tint = tone.jitter(tone.hexes("e8dcb2"), rng, 0.02)[0]
    page = tint * (0.92 + 0.12 * fibre + 0.02 * fields.grain(shape, rng, 0.7 * scale))[..., None]
    sharp = np.clip(level + 0.6 * (level - tone.blur(level, 5 * scale)), 0, 1)
    period = rng.uniform(4.4, 5.2) * scale
    dots = fields.halftone(np.clip(0.86 * sharp**0.7 + 0.16, 0, 1), period, np.pi / 4)
    type_ = _columns(shape, scale, rng)
    busy = tone.blur(tone.edges(level, 1.5, scale), 7 * scale)
    light = tone.smoothstep(tone.blur(level, 3 * scale), 0.72, 0.78)
    light = light * (1 - tone.smoothstep(busy, 0.08, 0.2))
    ink = tone.smoothstep(dots, 0.2, 0.8) * (1 - light) + 0.75 * type_ * light
    ghost = 0.07 * np.roll(type_[:, ::-1], 2, 0)
    patchy = 0.88 + 0.12 * fields.noise(shape, 5 * scale, rng)
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


@look("travel poster", detail=0.4)
def travel_poster(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Clean flat shapes of a thirties railway poster in a few warm and cool tones."""
    level = tone.tones(fields.kuwahara(image, round(4 * scale)), blur=0.8 * scale)
    level = np.clip(level + 0.4 * (level - tone.blur(level, 24 * scale)), 0, 1)
    palette = tone.jitter(_VOYAGES[rng.integers(len(_VOYAGES))], rng, 0.015)
    share = np.clip(level * len(palette), 0, len(palette) - 0.01).astype(np.uint8)
    index = cv2.medianBlur(share, round(7 * scale) | 1)
    x, y = fields.grid(level.shape)
    turn = rng.uniform(-0.5, 0.5) + np.pi / 2
    along = (x * np.cos(turn) + y * np.sin(turn)) / max(level.shape)
    long = np.clip(0.5 + 0.55 * np.cos(2 * np.pi * (0.7 * along + rng.random())), 0, 1)
    after = palette[np.minimum(index + 1, len(palette) - 1)]
    drawn = tone.mix(palette[index], after, 0.7 * long.astype(np.float32))
    busy = tone.blur(tone.edges(level, 1.5, scale), 9 * scale)
    sky = tone.smoothstep(level, 0.55, 0.62) * (1 - tone.smoothstep(busy, 0.05, 0.16))
    fan = np.arctan2(y - rng.uniform(0.7, 1.2) * y.max(), x - rng.uniform(0.1, 0.9) * x.max())
    ray = tone.smoothstep(np.sin(fan * rng.integers(18, 26)), -0.1, 0.1)
    drawn = tone.mix(drawn, palette[-1], 0.5 * ray * sky)
    soft = tone.blur(drawn, 0.7 * scale)
    return np.asarray(soft + 0.012 * fields.grain(level.shape, rng, 0.6 * scale)[..., None])


def _drips(cut: Array, scale: float, rng: np.random.Generator) -> Array:
    """Paint that ran down from some lower ends of the cut shapes, (H, W), 1 = paint."""
    runs = np.zeros(cut.shape, np.uint8)
    ends = np.argwhere((cut[:-1] > 0.5) & (cut[1:] <= 0.5))
    count = min(len(ends), max(1, round(cut.size / (150 * scale) ** 2)))
    for row, column in ends[rng.permutation(len(ends))[:count]].tolist():
        length, thick = rng.uniform(14, 60) * scale, max(1, round(rng.uniform(1.6, 3) * scale))
        foot = (column, round(row + length))
        cv2.line(runs, (column, row), foot, 255, thick, cv2.LINE_AA)
        cv2.circle(runs, foot, max(1, round(0.8 * thick)), 255, -1, cv2.LINE_AA)
    return tone.to_floats(runs)


@look("stencil", detail=0.25)
def stencil(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Two flat sprayed colours with drips and overspray on a bare wall."""
    shape = image.shape[:2]
    inks = tone.hexes("c8202c", "1c6fb0", "e0a21a", "2f7d4a", "d6417f")
    walls = tone.hexes("b9b5ad", "c9bfae", "a9aeb0", "d8d2c4", "c2a27c")
    wall = walls[rng.integers(len(walls))]
    layers = (0.6, inks[rng.integers(len(inks))]), (0.38, tone.hexes("121214")[0])
    rough = fields.fractal(shape, 30 * scale, rng)
    speckle = fields.grain(shape, rng, 0.5 * scale)
    wall = wall * (0.9 + 0.2 * rough + 0.03 * speckle)[..., None]
    level = tone.tones(fields.kuwahara(image, round(5 * scale)), blur=1.8 * scale)
    level = level + 0.7 * (level - tone.blur(level, 18 * scale))
    page = np.asarray(wall, np.float32)
    for threshold, ink in layers:
        cut = tone.smoothstep(threshold - level, -0.012, 0.012)
        wide = tone.blur(cut, 7 * scale) > 0.78  # small shapes hold too little paint to run
        mist = tone.smoothstep(1.3 * tone.blur(cut, 5 * scale) + 0.2 * speckle, 0.15, 1.1)
        cut = np.maximum(cut, _drips(cut * wide, scale, rng))
        cover = np.maximum(cut * (0.93 + 0.05 * speckle), 0.4 * mist)
        page = tone.mix(page, ink, np.clip(cover, 0, 0.97))
    return page
