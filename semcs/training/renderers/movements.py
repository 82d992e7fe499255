"""Painters and movements from Turner to the sixties: light, strokes, shapes and signs."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer


@renderer("turner")
def turner(image: Array, rng: np.random.Generator) -> Array:
    """A hazy vortex of golden and white light, everything soft and blown round the sun."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    cx, cy = rng.uniform(0.25, 0.75) * shape[1], rng.uniform(0.25, 0.65) * shape[0]
    dx, dy = x - cx, 1.3 * (y - cy)
    distance = np.hypot(dx, dy) + 1
    angle = np.arctan2(dx, -dy) + 0.5 + 0.9 * (fields.noise(shape, 30, rng) - 0.5)
    level = fields.smear(tone.tones(image, blur=0.8), angle, rng.uniform(3, 5))
    strokes = fields.streaks(angle, 18, rng, 4.0)
    sun = np.exp(-((distance / (0.2 * min(shape))) ** 2)).astype(np.float32)
    haze = np.exp(-distance / (0.4 * min(shape))).astype(np.float32)
    palette = tone.jitter(
        tone.hexes("43302a", "97602e", "dca545", "f4cf7a", "fbe9b8", "fffaf0"), rng, 0.02
    )
    light = tone.ramp(0.02 + 0.78 * level + 0.24 * haze + 0.05 * strokes, palette)
    cold = tone.ramp(level, tone.hexes("3d5064", "94aab4", "ecebdc"))
    air = tone.smoothstep(fields.noise(shape, 34, rng) - 0.6 * haze, 0.35, 0.75)
    return tone.mix(tone.mix(light, cold, 0.6 * air), (1.0, 0.97, 0.86), 0.92 * sun)


@renderer("cezanne")
def cezanne(image: Array, rng: np.random.Generator) -> Array:
    """Blocks of parallel slanting strokes in ochre, green and blue, with broken blue outlines."""
    shape = image.shape[:2]
    level = tone.tones(image, blur=1.2)
    drift = 0.3 * (fields.noise(shape, 26, rng) - 0.5)
    palette = tone.jitter(
        tone.hexes("22344f", "3d6480", "54794f", "93a04e", "d09a4a", "e9c98c", "dfe4dc"), rng, 0.02
    )
    body = tone.mix(
        tone.ramp(np.clip(level + drift, 0, 1), palette),
        tone.saturate(tone.expose(image), 1.5),
        0.2,
    )
    slant = rng.choice([-1, 1]) * rng.uniform(0.7, 1.0)
    canvas = tone.mix(tone.blur(body, 2), (0.9, 0.86, 0.74), 0.25)
    block = np.array([(-1, -0.42), (1, -0.42), (1, 0.42), (-1, 0.42)], np.float32)
    for cell, size in ((6.5, 7.0), (4.6, 4.4)):
        points = fields.scatter(shape, cell, rng)
        count = len(points)
        ink = fields.pick(body, points) * (1 + rng.normal(0, 0.13, (count, 1)))
        ink = ink + rng.normal(0, 0.025, (count, 3))
        turn = slant + rng.normal(0, 0.1, count)
        canvas = fields.stamp(canvas, block, points, turn, size * rng.uniform(0.8, 1.3, count), ink)
    broken = fields.lines(level, 1.7) * tone.smoothstep(fields.noise(shape, 9, rng), 0.35, 0.6)
    canvas = tone.mix(canvas, (0.11, 0.18, 0.33), 0.8 * tone.smoothstep(broken, 0.2, 0.6))
    return tone.shade(canvas, 0.25 * tone.relief(tone.luma(canvas), slant + np.pi / 2, 0.9))


def _robe(shape: tuple[int, ...], rng: np.random.Generator) -> tuple[Array, Array]:
    """Columns of upright rectangles: the ink number of every pixel, and 1 inside a rectangle."""
    x, y = fields.grid(shape)
    turn = rng.uniform(-0.25, 0.25)
    u = (x * np.cos(turn) + y * np.sin(turn)) / rng.uniform(4.5, 5.5) + 64
    v = (y * np.cos(turn) - x * np.sin(turn)) / rng.uniform(7, 10) + 64
    column = np.floor(u).astype(int) % 64
    v = v + rng.random(64)[column]
    inks = rng.integers(0, 5, (64, 64))[np.floor(v).astype(int) % 64, column]
    fu, fv = np.abs(u % 1 - 0.5), np.abs(v % 1 - 0.5)
    return inks, np.asarray((fu < 0.4) & (fv < 0.43), np.float32)


@renderer("klimt")
def klimt(image: Array, rng: np.random.Generator) -> Array:
    """Gold leaf with robes of black, white and coloured rectangles, curling spirals and eyes."""
    shape = image.shape[:2]
    level = tone.tones(image, blur=1.6)
    leaf = 0.72 + 0.35 * (level - 0.5) + 0.16 * (fields.fractal(shape, 8, rng, 3) - 0.5)
    palette = tone.jitter(tone.hexes("3a2208", "8a5a12", "cf9a22", "efc850", "fbeaa8"), rng, 0.02)
    made = tone.ramp(leaf, palette)
    numbers, inside = _robe(shape, rng)
    inks = tone.hexes("12100e", "f3ead0", "d8a628", "6f6a62", "12100e")
    robe = tone.mix(tone.fill(image, (0.62, 0.42, 0.1)), inks[numbers], inside)
    bright = tone.hexes("b8322a", "2a4f9a", "3f7f4a", "e8c040", "7a3f86")[numbers]
    robe = tone.mix(robe, bright, inside * (level > 0.26) * (numbers != 1))
    made = tone.mix(made, robe, tone.smoothstep(0.45 - level, -0.01, 0.02))
    surface = tone.to_bytes(made)
    coil = np.linspace(0, 5.2 * np.pi, 48)
    points = fields.scatter(shape, rng.uniform(19, 23), rng)
    for (px, py), tint in zip(points.tolist(), fields.pick(level, points).tolist()):
        if tint > 0.42 and rng.random() < 0.75:
            swing, size = rng.uniform(0, 6.3), rng.uniform(0.42, 0.62)
            hand = rng.choice([-1, 1])
            path = np.stack([np.cos(hand * coil + swing), np.sin(hand * coil + swing)], 1)
            path = (path * coil[:, None] * size + (px, py)) * 8
            cv2.polylines(surface, [path.astype(np.int32)], False, (74, 40, 10), 1, cv2.LINE_AA, 3)
        elif tint > 0.3 and rng.random() < 0.7:
            at = (int(px), int(py))
            cv2.ellipse(surface, at, (7, 4), 0, 0, 360, (246, 238, 214), -1, cv2.LINE_AA)
            cv2.ellipse(surface, at, (7, 4), 0, 0, 360, (20, 16, 12), 1, cv2.LINE_AA)
            cv2.circle(surface, at, 2, (30, 60, 120), -1, cv2.LINE_AA)
    contour = tone.smoothstep(fields.lines(level, 1.6), 0.3, 0.7)
    return tone.mix(tone.to_floats(surface), (0.1, 0.06, 0.03), 0.8 * contour)


@renderer("matisse cutout")
def matisse_cutout(image: Array, rng: np.random.Generator) -> Array:
    """Flat wavy shapes cut with scissors from painted paper, with lobed fronds of seaweed."""
    shape = image.shape[:2]
    level = fields.wobble(tone.tones(fields.kuwahara(image, 7), blur=1.0), 15, 3.0, rng)
    band = np.clip(level * 5, 0, 4).astype(np.uint8)
    band = cv2.medianBlur(cv2.medianBlur(band, 11), 7)
    sheets = tone.hexes("1a2f9e", "117a4c", "d42a78", "f58a1c", "f8d23a", "faf6ea")
    order = [0, int(rng.integers(1, 3)), 3, int(rng.integers(2, 5)), 5]
    sheets = tone.jitter(sheets[order], rng, 0.02)
    canvas = tone.blur(sheets[band], 0.6)
    turn = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    lobes = int(rng.integers(7, 11))
    reach = 0.28 + 0.72 * np.abs(np.cos(turn * lobes / 2)) ** 0.7
    frond = np.stack([1.5 * reach * np.cos(turn), 0.8 * reach * np.sin(turn)], 1)
    points = fields.scatter(shape, rng.uniform(33, 40), rng)
    count = len(points)
    own = np.clip(fields.pick(level, points) * 5, 0, 4).astype(int)
    ink = sheets[np.where(own < 2, 4 - rng.integers(0, 2, count), rng.integers(0, 2, count))]
    size = rng.uniform(10, 15, count)
    canvas = fields.stamp(canvas, frond, points, rng.uniform(0, 6.3, count), size, ink)
    brush = fields.streaks(np.full_like(level, rng.uniform(0, 3.1)), 14, rng, 2.2)
    return canvas * (0.97 + 0.02 * brush)[..., None]


@renderer("futurism")
def futurism(image: Array, rng: np.random.Generator) -> Array:
    """A form repeated along its motion, cut by rays into facets, with sweeping lines of force."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    px, py = rng.choice([-0.2, 1.2]) * shape[1], rng.uniform(-0.2, 1.2) * shape[0]
    turn, far = np.arctan2(y - py, x - px), np.hypot(x - px, y - py)
    bounds = np.sort(rng.uniform(-np.pi, np.pi, 34))
    ray = np.searchsorted(bounds, turn)
    lift = rng.normal(0, 0.12, 35).astype(np.float32)[ray]
    way = rng.uniform(-0.5, 0.5)
    seen = fields.displace(tone.tones(image, blur=0.8), *(rng.normal(0, 3, (2, 35))[:, ray]))
    gap = rng.uniform(5, 7)
    level, ink = 0.6 * seen, np.zeros(shape, np.float32)
    contour = tone.smoothstep(fields.lines(tone.tones(image, blur=1.0), 1.3), 0.25, 0.6)
    for echo in range(5):
        step = (
            np.full_like(x, gap * echo * np.cos(way)),
            np.full_like(x, gap * echo * np.sin(way)),
        )
        ink = np.maximum(ink, fields.displace(contour, *step) * (1 - 0.17 * echo))
        level = level + 0.08 * fields.displace(seen, *step)
    force = tone.smoothstep(np.sin(far * 2 * np.pi / rng.uniform(26, 36)), 0.98, 1.0)
    shine = lift + 0.18 * (np.mod(far, 31) / 31 - 0.5) * np.sign(lift)
    hot = tone.jitter(tone.hexes("2a1210", "9a2418", "e2571c", "f6a72e", "fbe6a8"), rng, 0.02)
    cold = tone.jitter(tone.hexes("0c1830", "1d4a7a", "2f8f92", "93cdb4", "f2f0d8"), rng, 0.02)
    chosen = (rng.random(35) < 0.45).astype(np.float32)[ray]
    made = tone.mix(tone.ramp(level + shine, hot), tone.ramp(level + shine, cold), chosen)
    made = tone.mix(made, (1.0, 0.95, 0.8), 0.4 * force)
    return tone.mix(made, (0.06, 0.05, 0.09), 0.85 * ink)


@renderer("suprematism")
def suprematism(image: Array, rng: np.random.Generator) -> Array:
    """A few flat tilted rectangles, bars and a disc in black, red, blue and yellow on white."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.tones(fields.kuwahara(image, 7), blur=2.5)
    band = np.minimum((level * 4).astype(np.int32), 3)
    labels, _ = fields.voronoi(shape, rng.uniform(28, 38), rng)
    groups = np.where(band < 3, labels * 4 + band, -1)
    turn = rng.choice([-1, 1]) * rng.uniform(0.25, 0.65)
    u, v = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    inks = tone.hexes("131313", "131313", "c9241c", "1f3f9a", "c9241c", "edb81c", "2f7a58") * 255
    surface = tone.to_bytes(tone.fill(image, (0.955, 0.945, 0.915)) - 0.02 * tone.grey(1 - level))
    numbers, sizes = np.unique(groups[groups >= 0], return_counts=True)
    for number in numbers[np.argsort(-sizes)].tolist():
        here = groups == number
        if here.sum() < 36:
            continue
        (u0, u1), (v0, v1) = (np.percentile(plane[here], (8, 92)) for plane in (u, v))
        if rng.random() < 0.4:
            v0 = v1 - rng.uniform(0.2, 0.45) * (v1 - v0)
            u0, u1 = u0 - 6, u1 + 6
        step = number % 4
        ink = inks[rng.integers((0, 2, 4)[step], (2, 5, 7)[step])].tolist()
        corners = np.array([(u0, v0), (u1, v0), (u1, v1), (u0, v1)])
        at = corners @ np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))])
        if rng.random() < 0.1:
            middle = (at.mean(0) * 8).astype(int).tolist()
            cv2.circle(surface, middle, int(4 * min(u1 - u0, v1 - v0)), ink, -1, cv2.LINE_AA, 3)
        else:
            cv2.fillPoly(surface, [(at * 8).astype(np.int32)], ink, cv2.LINE_AA, 3)
    return tone.to_floats(surface) * (1 + 0.015 * fields.grain(shape, rng, 1.0))[..., None]


@renderer("constructivism")
def constructivism(image: Array, rng: np.random.Generator) -> Array:
    """A Soviet poster: the photo cut to black on cream, with red wedges, bars and a red disc."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    turn = rng.choice([-1, 1]) * rng.uniform(0.5, 0.95)
    u, v = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    level = tone.tones(tone.flatten(image), blur=0.9)
    red, cream = np.array((0.8, 0.13, 0.09)), np.array((0.94, 0.89, 0.76))
    period, start = rng.uniform(48, 66), rng.uniform(0, 60)
    across = np.mod(v + start + rng.uniform(-0.25, 0.25) * u, period)
    wedge = tone.smoothstep(period * rng.uniform(0.34, 0.46) - across, -0.5, 0.5)
    far = np.hypot(x - rng.uniform(0, shape[1]), y - rng.uniform(0, shape[0]))
    radius = rng.uniform(0.2, 0.28) * min(shape)
    disc = tone.smoothstep(radius - far, -0.5, 0.5)
    ground = tone.mix(tone.fill(image, (0.94, 0.89, 0.76)), red, np.maximum(wedge, disc))
    rows = np.mod(u, 7.0) < 3.5
    bars = tone.smoothstep(4.5 - np.abs(across - 0.78 * period), -0.5, 0.5) * rows
    mid = tone.smoothstep(0.56 - level, -0.02, 0.02)
    made = tone.mix(ground, tone.mix(red + 0 * ground, cream, np.maximum(wedge, disc)), 0.9 * mid)
    made = tone.mix(made, (0.07, 0.06, 0.06), 0.95 * bars * (level > 0.56))
    dark = tone.smoothstep(0.4 - level, -0.02, 0.02)
    made = tone.mix(made, (0.07, 0.06, 0.06), dark)
    worn = tone.smoothstep(fields.grain(shape, rng, 0.8), 1.6, 2.4)
    return tone.mix(made, (0.9, 0.85, 0.72), 0.5 * worn)


def _checks(
    surface: NDArray[np.uint8], at: Array, turn: float, side: float, inks: list[list[float]]
) -> None:
    """A tilted board of 4 × 4 checks in two inks."""
    axes = np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))]) * side
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
    for row in range(4):
        for column in range(4):
            corners = (square + np.array((column - 2, row - 2))) @ axes + at
            ink = inks[(row + column) % 2]
            cv2.fillPoly(surface, [(corners * 8).astype(np.int32)], ink, cv2.LINE_AA, 3)


@renderer("kandinsky")
def kandinsky(image: Array, rng: np.random.Generator) -> Array:
    """Haloed circles, arcs, long lines, wedges and checks floating on cream, over soft colour."""
    shape = image.shape[:2]
    level = tone.tones(image, blur=1.2)
    soft = tone.tones(fields.kuwahara(image, 6), blur=2.0)
    wash = tone.hexes("5f86c4", "b79ac8", "f0a890", "f7dc8c", "f8f1dc", "fbf6e6")
    drift = 0.2 * (fields.noise(shape, 30, rng) - 0.5)
    surface = tone.to_bytes(tone.ramp(np.clip(soft + 0.04 + drift, 0, 1), tone.jitter(wash, rng)))
    inks = (tone.hexes("d8262c", "1f49b0", "f4b81c", "141414", "1f8f7a", "7a2f90") * 255).tolist()
    black = (18, 18, 20)
    for point in fields.scatter(shape, rng.uniform(29, 35), rng):
        at, turn, size = point.astype(int).tolist(), rng.uniform(0, 6.3), float(rng.uniform(4, 9))
        one, two, three = (inks[i] for i in rng.permutation(6)[:3])
        kind = rng.integers(0, 5)
        if kind <= 1:
            for part, ink in ((1.5, two), (1.0, black), (0.85, one), (0.4, three)):
                cv2.circle(surface, at, int(size * part * 8) // 8, ink, -1, cv2.LINE_AA)
        elif kind == 2:
            _checks(surface, point, turn, size * 0.55, [[250, 246, 230], one])
        elif kind == 3:
            for ring in range(3):
                radius = int(size + 4 * ring)
                cv2.ellipse(surface, at, (radius, radius), turn * 57, 0, 180, one, 1, cv2.LINE_AA)
        else:
            tips = [
                (point + 3 * size * np.array((np.cos(t), np.sin(t)))) for t in (turn, turn + 0.5)
            ]
            cv2.fillPoly(surface, [np.array([point, *tips]).astype(np.int32)], one, cv2.LINE_AA)
        if rng.random() < 0.5:
            ray = 30 * np.array((np.cos(turn + 1), np.sin(turn + 1)))
            ends = [(point + s * ray).astype(int).tolist() for s in (-1, 1)]
            cv2.line(surface, ends[0], ends[1], black, 1, cv2.LINE_AA)
    contour = tone.smoothstep(fields.lines(level, 1.1), 0.3, 0.7)
    made = tone.mix(tone.to_floats(surface), (0.07, 0.07, 0.09), 0.75 * contour)
    return tone.shade(made, 0.5 * (level - tone.blur(level, 8)))


def _watches(surface: NDArray[np.uint8], rng: np.random.Generator) -> None:
    """Pale watch faces with gilt rims, ticks and hands, drawn over a picture."""
    for px, py in fields.scatter(surface.shape, 74, rng).tolist():
        at, size = (int(px), int(py)), int(rng.integers(11, 16))
        cv2.circle(surface, at, size, (150, 104, 40), -1, cv2.LINE_AA)
        cv2.circle(surface, at, size - 2, (206, 220, 222), -1, cv2.LINE_AA)
        for hour in range(12):
            way = np.array((np.cos(hour * np.pi / 6), np.sin(hour * np.pi / 6)))
            ends = [((px, py) + way * size * part).astype(int).tolist() for part in (0.62, 0.76)]
            cv2.line(surface, ends[0], ends[1], (28, 30, 46), 1, cv2.LINE_AA)
        for part, turn in zip((0.6, 0.4), rng.uniform(0, 6.3, 2)):
            tip = (int(px + size * part * np.cos(turn)), int(py + size * part * np.sin(turn)))
            cv2.line(surface, at, tip, (20, 22, 40), 1, cv2.LINE_AA)


@renderer("surrealism")
def surrealism(image: Array, rng: np.random.Generator) -> Array:
    """Melting forms and soft watches with long shadows, between ochre desert and clear sky."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.tones(image, blur=0.8)
    horizon = shape[0] * rng.uniform(0.3, 0.55)
    depth = y - horizon + 8 * (fields.noise(shape, 40, rng) - 0.5)
    land = tone.hexes("24120a", "6e3f18", "bd7f34", "e4bb6c", "f6e2ae")
    sky = tone.hexes("1d3450", "3f7ba8", "7ab4cc", "bfdcd4", "f7e9bc")
    low = tone.smoothstep(depth, -2, 2)
    cast, way = level.copy(), rng.choice([-1, 1])
    for reach in (3, 6, 10, 15, 21):
        shifted = fields.displace(
            level, np.full_like(x, way * reach), np.full_like(x, -0.25 * reach)
        )
        cast = np.minimum(cast, shifted + 0.015 * reach)
    far = np.clip(0.3 - 0.5 * np.abs(depth) / shape[0], 0, 1)
    air = tone.ramp(0.75 * level + far, tone.jitter(sky, rng, 0.02))
    desert = tone.ramp(0.45 * level + 0.45 * cast + 0.6 * far, tone.jitter(land, rng, 0.02))
    surface = tone.to_bytes(tone.mix(tone.mix(air, desert, low), tone.expose(image), 0.12))
    _watches(surface, rng)
    sag = tone.blur(fields.noise(shape, (60.0, rng.uniform(11, 16)), rng), 2.0)
    wave = 3.5 * np.sin(y / rng.uniform(8, 12) + 4 * fields.noise(shape, 40, rng))
    return fields.displace(tone.to_floats(surface), wave, -22 * (sag - 0.4))


_VEILS = (
    ("4a1414", "a8241c", "e0531f", "f3a63a"),
    ("7a2a12", "d84a1a", "f0902a", "f7d04a"),
    ("0f1a3a", "24458f", "4f7fb8", "b8c4d8"),
    ("1a1014", "4f1a2a", "8a2438", "d0603f"),
    ("16281f", "2a5f4a", "c8702a", "eecb6a"),
)


@renderer("rothko")
def rothko(image: Array, rng: np.random.Generator) -> Array:
    """Two or three broad soft-edged bands of colour that glow over a thin painted ground."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.tones(image, blur=1.5)
    inks = tone.jitter(tone.hexes(*_VEILS[rng.integers(len(_VEILS))]), rng, 0.03)
    made = tone.fill(image, (0, 0, 0)) + inks[int(rng.integers(0, 2))] * 0.85
    frayed = 5 * (fields.fractal(shape, 14, rng, 3) - 0.5)
    period = rng.uniform(42, 58)
    cuts = np.arange(-rng.uniform(0, period), shape[0], period)
    last = -1
    for top in cuts.tolist():
        tall = period * rng.uniform(0.74, 0.88)
        rows = level[max(int(top), 0) : max(int(top + tall), 1)]
        own = float(rows.mean()) if rows.size else 0.5
        chosen = int(np.clip(4 * own + rng.normal(0, 0.7), 0, 3))
        last = chosen if chosen != last else (chosen + 1 if chosen < 3 else 2)
        side = np.minimum(x, shape[1] - 1 - x) - 5
        inside = np.minimum(np.minimum(y - top, top + tall - y), side) + frayed
        made = tone.mix(made, inks[last], 0.93 * tone.smoothstep(inside, -3.5, 4.0))
    veil = fields.fractal(shape, 24, rng) - 0.5
    lit = 0.42 * (level - 0.5) + 0.16 * veil + 0.015 * fields.grain(shape, rng, 1.0)
    return tone.shade(made, lit)


def _dancer(
    surface: NDArray[np.uint8], at: Array, size: float, ink: list[float], rng: np.random.Generator
) -> None:
    """A figure of thick limbs with a round head, outlined in black."""
    flip, bend = rng.choice([-1, 1]), rng.uniform(-0.3, 0.3)
    arm, leg = rng.uniform(-0.6, 0.2), rng.uniform(0.3, 0.6)
    limbs = (
        [(-0.75, -0.95), (-0.7, -0.4), (0, -0.35), (0.7, -0.35), (0.8, arm)],
        [(0, -0.35), (bend, 0.25), (-0.55, 0.55), (-0.45, 1.1)],
        [(bend, 0.25), (0.5, leg), (0.8, 1.05)],
    )
    paths = [((np.array(p) * (flip * size, size) + at) * 8).astype(np.int32) for p in limbs]
    head = ((at + np.array((0, -0.85 * size))) * 8).astype(int).tolist()
    for colour, extra in (((10, 10, 10), 4), (ink, 0)):
        thick = max(int(0.34 * size), 2) + extra
        cv2.polylines(surface, paths, False, colour, thick, cv2.LINE_AA, 3)
        cv2.circle(surface, head, int((0.3 * size + extra / 2) * 8), colour, -1, cv2.LINE_AA, 3)


@renderer("keith haring")
def keith_haring(image: Array, rng: np.random.Generator) -> Array:
    """Thick black wiggly outlines, dancing figures and dashes of motion on flat bright colour."""
    shape = image.shape[:2]
    calm = tone.tones(fields.kuwahara(image, 7), blur=2.2)
    level = fields.wobble(calm, 10, 2.0, rng)
    inks = tone.hexes("1f4fd0", "e3222a", "18a34a", "ff7a1a", "ff4fa0", "ffe11a", "ffffff")
    inks = inks[[int(rng.integers(0, 2)), int(rng.integers(2, 5)), 5, 6]]
    band = np.clip(level * 4, 0, 3.99).astype(np.int32)
    rim = fields.rim(band)
    surface = tone.to_bytes(inks[band])
    points = fields.scatter(shape, 6.5, rng)
    gx, gy = (tone.blur(cv2.Sobel(rim, cv2.CV_32F, *way), 1.0) for way in ((1, 0), (0, 1)))
    turns, near = fields.pick(np.arctan2(gy, gx), points), fields.pick(rim, points)
    kept = (near > 4.5) & (near < 11)
    step = np.stack([np.cos(turns), np.sin(turns)], 1) * 2.2
    for a, b in zip((points - step)[kept].astype(int), (points + step)[kept].astype(int)):
        cv2.line(surface, a.tolist(), b.tolist(), (10, 10, 10), 2, cv2.LINE_AA)
    made = tone.mix(tone.to_floats(surface), (0.03, 0.03, 0.03), np.clip(2.4 - rim, 0, 1))
    surface = tone.to_bytes(made)
    for at in fields.scatter(shape, rng.uniform(46, 58), rng):
        own = int(min(fields.pick(level, at[None])[0] * 4, 3.99))
        ink = inks[(own + 2) % 4] * 255
        _dancer(surface, at, float(rng.uniform(11, 15)), ink.tolist(), rng)
    return tone.to_floats(surface)


@renderer("op art")
def op_art(image: Array, rng: np.random.Generator) -> Array:
    """Black and white stripes or checks that bulge with the tones, after Riley and Vasarely."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.tones(image, blur=1.5)
    bulge = tone.blur(level, 3) * rng.uniform(11, 15)
    turn, period = rng.uniform(0, np.pi), rng.uniform(6.5, 8.5)
    wave = 5 * np.sin((x * np.sin(turn) - y * np.cos(turn)) / rng.uniform(9, 16))
    u = 2 * np.pi * (x * np.cos(turn) + y * np.sin(turn) + bulge + wave) / period
    if rng.random() < 0.6:
        pattern = np.sin(u) + 2.0 * (level - 0.5)
    else:
        v = 2 * np.pi * (y * np.cos(turn) - x * np.sin(turn) - bulge) / period
        pattern = 1.4 * np.sin(0.7 * u) * np.sin(0.7 * v) + 1.5 * (level - 0.5)
    return tone.grey(0.02 + 0.96 * tone.smoothstep(np.asarray(pattern, np.float32), -0.22, 0.22))
