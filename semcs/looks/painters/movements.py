"""Painters and movements from Turner to the sixties: light, strokes, shapes and signs."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

Canvas = NDArray[np.uint8]


@look("turner", detail=0.5)
def turner(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """A hazy vortex of golden and white light, everything soft and blown round the sun."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.quiet(image, scale, blur=1.0)
    cx, cy = fields.clear_spot(level, rng, (0.2, 0.8), (0.15, 0.6), mask)
    dx, dy = x - np.float32(cx), 1.3 * (y - np.float32(cy))
    far = np.sqrt(dx * dx + dy * dy) / np.float32(max(min(shape), 96 * scale))
    angle = np.arctan2(dx, -dy) + 0.5 + 0.9 * (fields.noise(shape, 60 * scale, rng) - 0.5)
    seen = fields.smear(level, angle, rng.uniform(5, 8) * scale)
    strokes = fields.streaks(angle, 26 * scale, rng, 5.0 * scale)
    sun = np.exp(-((far / 0.12) ** 2))
    haze = np.exp(far / np.float32(-0.36))
    palette = tone.jitter(
        tone.hexes("3a2628", "8a4c26", "d8902f", "f4c763", "fbe7b0", "fffaf0"), rng, 0.02
    )
    light = tone.ramp(0.03 + 0.72 * seen + 0.3 * haze + 0.045 * strokes, palette)
    cold = tone.ramp(seen + 0.03 * strokes, tone.hexes("2f4560", "7f9fb4", "eeebdc"))
    air = tone.smoothstep(fields.noise(shape, 90 * scale, rng) + 0.5 * far - 0.5 * haze, 0.35, 0.95)
    made = tone.mix(tone.mix(light, cold, 0.7 * air), tone.vivid(tone.expose(image), 1.4), 0.16)
    made = tone.mix(made, (1.0, 0.86, 0.5), 0.4 * np.exp(-((far / 0.3) ** 2)))
    return tone.mix(made, (1.0, 0.98, 0.88), 0.9 * sun)


_BLOCK = np.array([(-1, -0.34), (1, -0.34), (1, 0.34), (-1, 0.34)], np.float32)


@look("cezanne", detail=0.65)
def cezanne(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Blocks of parallel slanting strokes in ochre, green and blue, with broken blue outlines."""
    shape = image.shape[:2]
    level = tone.quiet(image, scale, blur=1.0)
    drift = 0.22 * (fields.noise(shape, 50 * scale, rng) - 0.5)
    palette = tone.jitter(
        tone.hexes("1f3358", "36628a", "4f8058", "9aa648", "dca04c", "efcf92", "f0ecdc"), rng, 0.02
    )
    body = tone.mix(
        tone.ramp(np.clip(level + drift, 0, 1), palette),
        tone.vivid(tone.blur(tone.expose(image), scale), 1.9),
        0.42,
    )
    slant = rng.choice([-1, 1]) * rng.uniform(0.7, 1.0)
    canvas = tone.mix(tone.blur(body, 3 * scale), (0.9, 0.86, 0.74), 0.25)
    patch, _ = fields.voronoi(shape, 44 * scale, rng)
    count = int(patch.max()) + 1
    turned, lift = rng.normal(0, 0.32, count), rng.normal(0, 0.06, count)
    for cell, size in ((11.0, 13.0), (7.2, 8.0)):
        points = fields.scatter(shape, cell * scale, rng)
        own = fields.pick(patch.astype(np.float32), points).astype(int)
        ink = fields.pick(body, points) * (1 + rng.normal(0, 0.07, (len(points), 1)))
        ink = ink + lift[own][:, None] + rng.normal(0, 0.025, (len(points), 3))
        turn = slant + turned[own] + rng.normal(0, 0.06, len(points))
        length = size * scale * rng.uniform(0.8, 1.3, len(points))
        canvas = fields.stamp(canvas, _BLOCK, points, turn, length, ink)
    gaps = tone.smoothstep(fields.noise(shape, 14 * scale, rng), 0.3, 0.55)
    broken = fields.lines(level, 1.6 * scale) * gaps
    canvas = tone.mix(canvas, (0.1, 0.17, 0.36), 0.75 * tone.smoothstep(broken, 0.25, 0.7))
    ridge = tone.blur(tone.luma(canvas), 0.7 * scale)
    return tone.shade(canvas, 0.22 * tone.relief(ridge, slant + np.pi / 2, 1.0, scale))


def _robe(shape: tuple[int, ...], rng: np.random.Generator, scale: float) -> tuple[Array, Array]:
    """Columns of upright rectangles: the ink number of every pixel, and 1 inside a rectangle."""
    x, y = fields.grid(shape)
    turn = rng.uniform(-0.25, 0.25)
    u = (x * np.cos(turn) + y * np.sin(turn)) / np.float32(rng.uniform(8.5, 10.5) * scale)
    v = (y * np.cos(turn) - x * np.sin(turn)) / np.float32(rng.uniform(14, 18) * scale)
    across = np.floor(u)
    column = across.astype(np.int32) & 63
    v = v + rng.random(64, np.float32)[column]
    down = np.floor(v)
    inks = rng.integers(0, 5, (64, 64))[down.astype(np.int32) & 63, column]
    inside = (np.abs(u - across - 0.5) < 0.4) & (np.abs(v - down - 0.5) < 0.43)
    return inks, inside.astype(np.float32)


def _spiral(surface: Canvas, at: Array, size: float, thick: int, rng: np.random.Generator) -> None:
    """A brown coil, from its middle outwards."""
    coil = np.linspace(0, 5.6 * np.pi, 64)
    swing, hand = rng.uniform(0, 6.3), rng.choice([-1, 1])
    path = np.stack([np.cos(hand * coil + swing), np.sin(hand * coil + swing)], 1)
    path = (path * (coil / coil[-1])[:, None] * size + at) * 8
    cv2.polylines(surface, [path.astype(np.int32)], False, (92, 50, 10), thick, cv2.LINE_AA, 3)


def _eye(surface: Canvas, at: Array, size: float, thick: int) -> None:
    """An almond with a blue pupil."""
    middle, axes = (at * 8).astype(int).tolist(), (int(size * 8), int(size * 4.4))
    cv2.ellipse(surface, middle, axes, 0, 0, 360, (246, 238, 214), -1, cv2.LINE_AA, 3)
    cv2.ellipse(surface, middle, axes, 0, 0, 360, (26, 18, 12), thick, cv2.LINE_AA, 3)
    cv2.circle(surface, middle, int(size * 2.8), (30, 60, 120), -1, cv2.LINE_AA, 3)


@look("klimt", detail=0.6)
def klimt(image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None) -> Array:
    """Gold leaf with robes of black, white and coloured rectangles, curling spirals and eyes."""
    shape = image.shape[:2]
    level = tone.quiet(image, scale, blur=1.4)
    leaf = 0.66 + 0.5 * (level - 0.5) + 0.14 * (fields.fractal(shape, 14 * scale, rng, 3) - 0.5)
    palette = tone.jitter(tone.hexes("3a2208", "8f5c12", "d6a022", "f3cd52", "fdf0b8"), rng, 0.02)
    made = tone.ramp(leaf, palette)
    numbers, inside = _robe(shape, rng, scale)
    inks = tone.hexes("12100e", "f3ead0", "d8a628", "7d766a", "12100e")
    robe = tone.mix(tone.fill(image, (0.66, 0.45, 0.1)), inks[numbers], inside)
    bright = tone.hexes("b8322a", "2a4f9a", "3f7f4a", "e8c040", "7a3f86")[numbers]
    robe = tone.mix(robe, bright, inside * (level > 0.24) * (numbers != 1))
    robed = tone.smoothstep(0.4 - tone.blur(level, 1.5 * scale), -0.01, 0.02)
    surface = tone.to_bytes(tone.mix(made, robe, robed))
    thick = max(1, round(1.1 * scale))
    for at in fields.calm_points(level, rng.uniform(36, 44) * scale, rng, share=0.6, mask=mask):
        own = float(fields.pick(level, at[None])[0])
        size = float(rng.uniform(0.8, 1.25)) * scale
        if own > 0.42:
            _spiral(surface, at, 14 * size, thick, rng)
        elif rng.random() < 0.6:
            _eye(surface, at, 11 * size, thick)
    contour = tone.smoothstep(fields.lines(level, 1.5 * scale), 0.3, 0.7)
    return tone.mix(tone.to_floats(surface), (0.16, 0.09, 0.03), 0.85 * contour)


@look("matisse cutout", detail=0.45)
def matisse_cutout(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Flat wavy shapes cut with scissors from painted paper, with lobed fronds of seaweed."""
    shape = image.shape[:2]
    calm = tone.quiet(fields.kuwahara(image, max(2, round(7 * scale))), scale, blur=1.6)
    level = fields.wobble(calm, 26 * scale, 2.0 * scale, rng)
    band = np.clip(level * 5, 0, 4).astype(np.uint8)
    band = cv2.medianBlur(cv2.medianBlur(band, round(7 * scale) | 1), round(5 * scale) | 1)
    sheets = tone.hexes("1a2f9e", "117a4c", "d42a78", "f58a1c", "f8d23a", "faf6ea")
    order = [0, int(rng.integers(1, 3)), 3, 4, 5]
    sheets = tone.jitter(sheets[order], rng, 0.02)
    # Each sheet lies on the darker one and casts a soft shadow on it.
    cast = np.zeros(shape, np.float32)
    pushed = cv2.warpAffine(
        band,
        np.array([[1, 0, 2.2 * scale], [0, 1, 2.6 * scale]], np.float32),
        shape[::-1],
        flags=0,
        borderMode=cv2.BORDER_REPLICATE,
    )
    cast = tone.blur((pushed > band).astype(np.float32), 1.2 * scale)
    canvas = tone.shade(tone.blur(sheets[band], 0.6), -0.32 * cast * (pushed >= band))
    turn = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    lobes = int(rng.integers(7, 11))
    reach = 0.28 + 0.72 * np.abs(np.cos(turn * lobes / 2)) ** 0.7
    frond = np.stack([1.5 * reach * np.cos(turn), 0.8 * reach * np.sin(turn)], 1)
    points = fields.calm_points(level, rng.uniform(80, 96) * scale, rng, share=0.42, mask=mask)
    count = len(points)
    own = np.clip(fields.pick(level, points) * 5, 0, 4).astype(int)
    ink = sheets[np.where(own < 2, 4 - rng.integers(0, 2, count), rng.integers(0, 2, count))]
    size, way = rng.uniform(19, 28, count) * scale, rng.uniform(0, 6.3, count)
    shadow = fields.pick(canvas, points) * 0.62
    below = points + np.float32(2.2 * scale)
    canvas = fields.stamp(canvas, frond, below, way, size, shadow)
    canvas = fields.stamp(canvas, frond, points, way, size, ink)
    brush = np.full(shape, rng.uniform(0, 3.1), np.float32)
    gouache = fields.streaks(brush, 26 * scale, rng, 3.6 * scale)
    return canvas * (0.97 + 0.025 * gouache)[..., None]


@look("futurism", detail=0.35)
def futurism(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """A form repeated along its motion, cut by rays into facets, with sweeping lines of force."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    px, py = rng.choice([-0.2, 1.2]) * shape[1], rng.uniform(-0.2, 1.2) * shape[0]
    dx, dy = x - np.float32(px), y - np.float32(py)
    turn, far = np.arctan2(dy, dx), np.sqrt(dx * dx + dy * dy)
    ahead = np.arctan2(shape[0] / 2 - py, shape[1] / 2 - px)
    turn = np.mod(turn - ahead + np.pi, np.float32(2 * np.pi))  # no seam within the picture
    bounds = np.cumsum(rng.uniform(0.4, 1.6, 46))
    table = np.searchsorted(bounds[:-1] / bounds[-1] * 2 * np.pi, np.linspace(0, 2 * np.pi, 4096))
    ray = table[np.clip(turn * np.float32(4095 / (2 * np.pi)), 0, 4095).astype(np.int32)]
    lift = rng.normal(0, 0.1, 46).astype(np.float32)[ray]
    way = rng.uniform(-0.5, 0.5)
    tones = tone.quiet(image, scale, blur=0.8)
    shift = rng.normal(0, 2.5 * scale, (2, 46)).astype(np.float32)
    seen = fields.displace(tones, *shift[:, ray])
    gap = rng.uniform(8, 10) * scale
    level, ink = 0.64 * seen, np.zeros(shape, np.float32)
    contour = tone.smoothstep(fields.lines(tones, 1.3 * scale), 0.25, 0.6)
    for echo in range(5):
        move = np.array(
            [[1, 0, -gap * echo * np.cos(way)], [0, 1, -gap * echo * np.sin(way)]], np.float32
        )
        again, shaped = (
            cv2.warpAffine(plane, move, shape[::-1], borderMode=cv2.BORDER_REFLECT_101)
            for plane in (contour, seen)
        )
        ink = np.maximum(ink, again * np.float32(1 - 0.2 * echo))
        level += np.float32(0.07) * shaped
    period = rng.uniform(46, 64) * scale
    force = tone.smoothstep(np.cos(far * np.float32(2 * np.pi / period)), 0.985, 1.0)
    shine = lift + 0.16 * (np.mod(far, np.float32(period)) / period - 0.5) * np.sign(lift)
    hot = tone.jitter(tone.hexes("2a1210", "9a2418", "e2571c", "f6a72e", "fbe6a8"), rng, 0.02)
    cold = tone.jitter(tone.hexes("0c1830", "1d4a7a", "2f8f92", "93cdb4", "f2f0d8"), rng, 0.02)
    chosen = (rng.random(46) < 0.45).astype(np.float32)[ray]
    made = tone.mix(tone.ramp(level + shine, hot), tone.ramp(level + shine, cold), chosen)
    made = tone.mix(made, (1.0, 0.95, 0.8), 0.35 * force)
    return tone.mix(made, (0.06, 0.05, 0.09), 0.65 * ink)


def _tiles(level: Array, least: int, most: int, unrest: float) -> list[tuple[int, int, int, int]]:
    """Quarter a picture where its tones vary: (top, left, side, side) of every calm square."""
    total, squares = cv2.integral2(level, sdepth=cv2.CV_64F, sqdepth=cv2.CV_64F)
    height, width = level.shape
    waiting = [
        (top, left, most) for top in range(0, height, most) for left in range(0, width, most)
    ]
    found = []
    while waiting:
        top, left, side = waiting.pop()
        low, right = min(top + side, height), min(left + side, width)
        area = max((low - top) * (right - left), 1)
        mean, power = (
            (table[low, right] - table[top, right] - table[low, left] + table[top, left]) / area
            for table in (total, squares)
        )
        if side // 2 >= least and power - mean * mean > unrest**2:
            half = side // 2
            waiting += [(top + i * half, left + j * half, half) for i in (0, 1) for j in (0, 1)]
            waiting = [tile for tile in waiting if tile[0] < height and tile[1] < width]
        else:
            found.append((top, left, side, side))
    return found


@look("suprematism", detail=0.6)
def suprematism(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Flat tilted rectangles, bars and discs in black, red, blue and yellow on white."""
    shape = image.shape[:2]
    turn = rng.choice([-1, 1]) * rng.uniform(0.3, 0.6)
    unit = 2.0 * scale  # pixels of a tilted grid's cell
    side = int(np.hypot(*shape) / unit) + 2
    across = np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))])
    # Planes are twice as long as they are wide.
    step = across * np.array([2.0, 1.0])[:, None] * unit
    middle = np.array([shape[1], shape[0]]) / 2
    corner = middle - (step[0] * side / 4 + step[1] * side / 2)
    place = np.float32(np.concatenate([step.T, corner[:, None]], 1))
    size = (side // 2 + 1, side)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    calm = tone.quiet(image, scale, blur=2.0)
    colours = tone.blur(image, 2.0 * scale)
    level, seen = (
        cv2.warpAffine(plane, place, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        for plane in (calm, colours)
    )
    inks = tone.hexes("141414", "c9241c", "1f3f9a", "edb81c", "2f7a58", "e06a2a")
    ground = (0.955, 0.945, 0.915)
    surface = tone.to_bytes(tone.fill(image, ground))
    tiles = _tiles(level, 4, 32, 0.085)
    for index in rng.permutation(len(tiles)).tolist():
        top, left, tall, wide = tiles[index]
        here = np.s_[top : top + tall, left : left + wide]
        own = float(level[here].mean()) + rng.normal(0, 0.03)
        if own > 0.64:
            continue
        red, _, blue = seen[here].reshape(-1, 3).mean(0).tolist()
        warm = red - blue + rng.normal(0, 0.1)
        if own < 0.3:
            ink = inks[0] if rng.random() < 0.85 else inks[rng.integers(1, 3)]
        elif own < 0.46:
            ink = inks[1] if warm > 0.05 else inks[2]
        else:
            ink = inks[3] if warm > -0.02 else inks[4]
        low, high = 0.05 * tall, 0.95 * tall
        if own > 0.4 and rng.random() < 0.4:
            high = low + rng.uniform(0.4, 0.7) * tall  # a bar: white shows beside it
        reach = rng.uniform(-0.1, 0.2) * wide
        box = np.array([(-reach, low), (wide + reach, low), (wide + reach, high), (-reach, high)])
        box = box + np.array((left, top))
        if tall >= 16 and rng.random() < 0.12:
            at = ((corner + (box.mean(0) @ step)) * 8).astype(int).tolist()
            cv2.circle(surface, at, int(4 * tall * unit), (ink * 255).tolist(), -1, cv2.LINE_AA, 3)
            continue
        points = ((corner + box @ step) * 8).astype(np.int32)
        cv2.fillConvexPoly(surface, points, (ink * 255).tolist(), cv2.LINE_AA, 3)
    weave = 1 + 0.015 * fields.grain(shape, rng, 1.0 * max(scale, 0.8))
    return tone.to_floats(surface) * weave[..., None]


@look("constructivism", detail=0.3)
def constructivism(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """A Soviet poster: the photo cut to black on cream, with red wedges, bars and a red disc."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.quiet(image, scale, blur=1.1)
    red, cream, black = (0.82, 0.13, 0.09), (0.95, 0.9, 0.77), (0.07, 0.06, 0.06)
    hub_x, hub_y = fields.clear_spot(level, rng, (0.1, 0.9), (0.1, 0.9), mask)
    dx, dy = x - np.float32(hub_x), y - np.float32(hub_y)
    far = np.sqrt(dx * dx + dy * dy)
    rays = np.arctan2(dy, dx) * np.float32(rng.integers(7, 10)) + np.float32(rng.uniform(0, 6.3))
    sharp = np.maximum(far, 1) / np.float32(8 * scale)
    wedge = np.clip(np.sin(rays) * sharp + 0.5, 0, 1)
    radius = rng.uniform(46, 66) * scale
    disc = np.clip(radius - far + 0.5, 0, 1)
    ring = np.clip(1.25 * radius - far + 0.5, 0, 1)
    wedge = np.maximum(wedge * (1 - ring), disc)
    ground = tone.mix(tone.fill(image, cream), red, wedge)
    # The middle tones are ruled: black on the red wedges, red on the cream paper.
    turn = rng.choice([-1, 1]) * rng.uniform(0.5, 0.95)
    period = 6.5 * scale
    across = (x * np.cos(turn) + y * np.sin(turn)) / np.float32(period)
    stripe = np.abs(across - np.round(across)) * 2
    weight = np.clip((0.66 - level) / 0.3, 0, 1)
    ruled = np.clip((weight - stripe) * np.float32(period / 2) + 0.5, 0, 1) * (weight > 0.04)
    middle = tone.mix(tone.fill(image, red), black, wedge)
    made = tone.mix(ground, middle, ruled)
    dark = tone.smoothstep(0.37 - level, -0.02, 0.02)
    dark = np.maximum(dark, tone.smoothstep(fields.lines(level, 1.4 * scale), 0.35, 0.7))
    made = tone.mix(made, black, dark)
    if mask is not None:  # cut out with scissors: the paper's edge shows
        made = tone.mix(made, cream, np.clip(2.0 * scale - fields.depth_inside(mask), 0, 1))
    worn = tone.smoothstep(fields.grain(shape, rng, 0.8 * max(scale, 0.8)), 1.9, 2.6)
    return tone.mix(made, (0.93, 0.87, 0.73), 0.4 * worn)


def _checks(surface: Canvas, at: Array, turn: float, side: float, inks: list[list[float]]) -> None:
    """A tilted board of 4 × 4 checks in two inks."""
    axes = np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))]) * side
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
    for row in range(4):
        for column in range(4):
            corners = (square + np.array((column - 2, row - 2))) @ axes + at
            ink = inks[(row + column) % 2]
            cv2.fillConvexPoly(surface, (corners * 8).astype(np.int32), ink, cv2.LINE_AA, 3)


@look("kandinsky", detail=0.5)
def kandinsky(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Haloed circles, arcs, long lines, wedges and checks floating on cream, over soft colour."""
    shape = image.shape[:2]
    level = tone.quiet(image, scale, blur=1.0)
    wash = tone.hexes("3f68b8", "a98cc4", "f2a07c", "f8d878", "faf2da", "fdf9ec")
    drift = 0.2 * (fields.noise(shape, 70 * scale, rng) - 0.5)
    soft = tone.ramp(np.clip(level + 0.02 + drift, 0, 1), tone.jitter(wash, rng))
    soft = tone.mix(soft, tone.vivid(tone.expose(image), 1.8), 0.22)
    surface = tone.to_bytes(soft)
    inks = (tone.hexes("d8262c", "1f49b0", "f4b81c", "141414", "1f8f7a", "7a2f90") * 255).tolist()
    black, thin = (18, 18, 20), max(1, round(1.2 * scale))
    points = fields.calm_points(level, rng.uniform(52, 62) * scale, rng, share=0.5, mask=mask)
    for index, point in enumerate(points):
        # The calmest places take the largest shapes.
        size = float(rng.uniform(8, 12) + 12 * (1 - index / len(points)) ** 2) * scale
        turn, at = float(rng.uniform(0, 6.3)), (point * 8).astype(int).tolist()
        one, two, three = (inks[i] for i in rng.permutation(6)[:3])
        kind = rng.integers(0, 5)
        if kind <= 1:
            for part, ink in ((1.45, two), (1.0, black), (0.87, one), (0.4, three)):
                cv2.circle(surface, at, int(size * part * 8), ink, -1, cv2.LINE_AA, 3)
        elif kind == 2:
            _checks(surface, point, turn, size * 0.5, [[250, 246, 230], one])
        elif kind == 3:
            for ring in range(4):
                radius = int((size + 5 * scale * ring) * 8)
                axes, way = (radius, radius), np.degrees(turn)
                cv2.ellipse(surface, at, axes, way, 0, 180, one, 2 * thin, cv2.LINE_AA, 3)
        else:
            tips = [point + 3 * size * np.array((np.cos(t), np.sin(t))) for t in (turn, turn + 0.5)]
            corners = (np.array([point, *tips]) * 8).astype(np.int32)
            cv2.fillConvexPoly(surface, corners, one, cv2.LINE_AA, 3)
        if rng.random() < 0.5:
            ray = rng.uniform(2.5, 5) * size * np.array((np.cos(turn + 1), np.sin(turn + 1)))
            ends = [((point + s * ray) * 8).astype(int).tolist() for s in (-1, 1)]
            cv2.line(surface, ends[0], ends[1], black, thin, cv2.LINE_AA, 3)
    contour = tone.smoothstep(fields.lines(level, 1.3 * scale), 0.3, 0.7)
    return tone.mix(tone.to_floats(surface), (0.07, 0.07, 0.09), 0.8 * contour)


def _watch(surface: Canvas, at: Array, size: float, rng: np.random.Generator, scale: float) -> None:
    """A pale watch face with a gilt rim, ticks and hands, hanging over an edge and dripping."""
    turn = np.linspace(0, 2 * np.pi, 60)
    lean, drip = rng.uniform(-0.4, 0.4), rng.uniform(0.9, 1.5)

    def melt(x: Array, y: Array) -> Array:
        """Points of the unit disc on the soft watch, in eighths of a pixel."""
        low = np.maximum(y, 0) ** 2
        sagged = y * 0.78 + low * drip * np.exp(-(((x - 0.3) / 0.36) ** 2))
        return np.asarray(
            ((np.stack([x + lean * low, sagged], -1) * size) + at) * 8, np.float64
        ).astype(np.int32)

    thick = max(1, round(1.2 * scale))
    shadow = melt(np.cos(turn), np.sin(turn)) + int(8 * 0.22 * size)
    cv2.fillPoly(surface, [shadow], (44, 26, 16), cv2.LINE_AA, 3)
    for part, ink in ((1.0, (150, 100, 34)), (0.93, (238, 200, 110)), (0.85, (214, 226, 226))):
        rim = melt(part * np.cos(turn), part * np.sin(turn))
        cv2.fillPoly(surface, [rim], ink, cv2.LINE_AA, 3)
    hours = np.arange(12) * np.pi / 6
    ends = [melt(part * np.cos(hours), part * np.sin(hours)) for part in (0.62, 0.78)]
    for a, b in zip(*(e.tolist() for e in ends)):
        cv2.line(surface, a, b, (28, 30, 46), thick, cv2.LINE_AA, 3)
    hub = melt(np.zeros(1), np.zeros(1))[0].tolist()
    for part, way in zip((0.6, 0.42), rng.uniform(0, 6.3, 2)):
        tip = melt(np.array([part * np.cos(way)]), np.array([part * np.sin(way)]))[0].tolist()
        cv2.line(surface, hub, tip, (20, 22, 40), thick + 1, cv2.LINE_AA, 3)


@look("surrealism", detail=0.5)
def surrealism(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Melting forms and soft watches with long shadows, between ochre desert and clear sky."""
    shape = image.shape[:2]
    _, y = fields.grid(shape)
    level = tone.quiet(image, scale, blur=0.7)
    horizon = shape[0] * rng.uniform(0.35, 0.55)
    depth = y - np.float32(horizon) + 10 * scale * (fields.noise(shape, 90 * scale, rng) - 0.5)
    land = tone.hexes("24120a", "74411a", "c8862f", "ecc070", "faeac0")
    sky = tone.hexes("142a4a", "2f74ac", "6fb2d2", "c2e0da", "faecc4")
    low = tone.smoothstep(depth, -3 * scale, 3 * scale)
    cast, way = level, float(rng.choice([-1, 1]))
    for reach in (4, 8, 13, 19, 26):
        move = np.array([[1, 0, -way * reach * scale], [0, 1, 0.25 * reach * scale]], np.float32)
        shifted = cv2.warpAffine(level, move, shape[::-1], borderMode=cv2.BORDER_REPLICATE)
        cast = np.minimum(cast, shifted + np.float32(0.012 * reach))
    far = np.clip(0.3 - np.abs(depth) / np.float32(340 * scale), 0, 1)
    air = tone.ramp(0.78 * level + far, tone.jitter(sky, rng, 0.02))
    desert = tone.ramp(0.45 * level + 0.47 * cast + 0.5 * far, tone.jitter(land, rng, 0.02))
    made = tone.mix(tone.mix(air, desert, low), tone.vivid(tone.expose(image), 1.4), 0.2)
    sag = tone.blur(fields.noise(shape, (150.0 * scale, 30 * scale), rng), 4 * scale)
    wave = 2.2 * scale * np.sin(y / np.float32(rng.uniform(16, 24) * scale))
    surface = tone.to_bytes(fields.displace(made, wave, -16 * scale * (sag - 0.4)))
    for at in fields.calm_points(level, 150 * scale, rng, share=0.34, mask=mask):
        _watch(surface, at, float(rng.uniform(26, 38)) * scale, rng, scale)
    return tone.to_floats(surface)


_VEILS = (
    ("4a1414", "a8241c", "e0531f", "f3a63a"),
    ("7a2a12", "d84a1a", "f0902a", "f7d04a"),
    ("0f1a3a", "24458f", "4f7fb8", "b8c4d8"),
    ("1a1014", "5f1a2e", "a02a3e", "e0704a"),
    ("16281f", "2a5f4a", "c8702a", "eecb6a"),
)


@look("rothko", detail=1.0)
def rothko(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Two or three broad soft-edged bands of colour that glow over a thin painted ground."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.quiet(image, scale, blur=1.0)
    inks = tone.jitter(tone.hexes(*_VEILS[rng.integers(len(_VEILS))]), rng, 0.03)
    frayed = 9 * scale * (fields.fractal(shape, 30 * scale, rng, 3) - 0.5)
    count = int(rng.integers(2, 4))
    margin = min(20 * scale, 0.12 * min(shape))
    cuts = np.cumsum(rng.uniform(0.6, 1.4, count + 1))
    cuts = margin + (cuts - cuts[0]) / (cuts[-1] - cuts[0]) * (shape[0] - 2 * margin)
    ground, *rest = rng.permutation(4).tolist()
    lightness = [float(level[int(a) : int(b) + 1].mean()) for a, b in pairwise(cuts.tolist())]
    # The lightest colour lies where the photo is lightest.
    chosen = np.sort(rest[:count])[np.argsort(np.argsort(lightness))]
    made = tone.fill(image, (0, 0, 0)) + 0.8 * inks[ground]
    side = np.minimum(x, shape[1] - 1 - x) - np.float32(margin)
    for (top, low), ink in zip(pairwise(cuts.tolist()), inks[chosen]):
        gap = 0.3 * margin
        depth = np.minimum(np.minimum(y - np.float32(top + gap), np.float32(low - gap) - y), side)
        soft = tone.smoothstep(depth + frayed, -5 * scale, 9 * scale)
        made = tone.mix(made, ink, 0.94 * soft)
    veil = fields.fractal(shape, 60 * scale, rng) - 0.5
    brush = 0.014 * fields.grain(shape, rng, 1.2 * max(scale, 0.8))
    return tone.shade(made, 0.85 * (level - 0.48) + 0.16 * veil + brush)


def _dancer(
    surface: Canvas, at: Array, size: float, ink: list[float], rng: np.random.Generator
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
    border = 0.3 * size
    for colour, extra in (((10, 10, 10), border), (ink, 0.0)):
        thick = max(round(0.34 * size + extra), 2)
        cv2.polylines(surface, paths, False, colour, thick, cv2.LINE_AA, 3)
        around = int((0.3 * size + extra / 2) * 8)
        cv2.circle(surface, head, around, colour, -1, cv2.LINE_AA, 3)


@look("keith haring", detail=0.25)
def keith_haring(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Thick black wiggly outlines, dancing figures and dashes of motion on flat bright colour."""
    shape = image.shape[:2]
    calm = tone.quiet(fields.kuwahara(image, max(2, round(6 * scale))), scale, blur=1.8)
    level = fields.wobble(calm, 18 * scale, 2.0 * scale, rng)
    inks = tone.hexes("1f4fd0", "e3222a", "18a34a", "ff7a1a", "ff4fa0", "ffe11a", "ffffff")
    inks = inks[[int(rng.integers(0, 2)), int(rng.integers(2, 5)), 5, 6]]
    band = np.clip(level * 4, 0, 3.99).astype(np.uint8)
    band = cv2.medianBlur(band, round(5 * scale) | 1)
    labels = fields.split(band.astype(np.int32), mask)
    rim = np.minimum(fields.rim(labels), 1e4) / np.float32(scale)
    surface = tone.to_bytes(inks[band])
    points = fields.scatter(shape, 12 * scale, rng)
    gx, gy = (tone.blur(cv2.Sobel(rim, cv2.CV_32F, *way), scale) for way in ((1, 0), (0, 1)))
    near = fields.pick(rim, points)
    points = points[(near > 9) & (near < 18)]
    turns = np.arctan2(fields.pick(gy, points), fields.pick(gx, points))
    step = np.stack([np.cos(turns), np.sin(turns)], 1) * 4.5 * scale
    thick = max(1, round(3 * scale))
    for a, b in zip(((points - step) * 8).astype(int), ((points + step) * 8).astype(int)):
        cv2.line(surface, a.tolist(), b.tolist(), (10, 10, 10), thick, cv2.LINE_AA, 3)
    outline = np.clip((2.3 - rim) * np.float32(scale) + 0.5, 0, 1)
    surface = tone.to_bytes(tone.mix(tone.to_floats(surface), (0.03, 0.03, 0.03), outline))
    for at in fields.calm_points(level, rng.uniform(84, 100) * scale, rng, share=0.5, mask=mask):
        own = int(min(fields.pick(level, at[None])[0] * 4, 3.99))
        ink = inks[(own + 2) % 4] * 255
        _dancer(surface, at, float(rng.uniform(19, 27)) * scale, ink.tolist(), rng)
    return tone.to_floats(surface)


@look("op art", detail=0.15)
def op_art(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Black and white stripes or checks that bulge with the tones, after Riley and Vasarely."""
    shape = image.shape[:2]
    x, y = (plane / np.float32(scale) for plane in fields.grid(shape))
    level = tone.quiet(image, scale, blur=1.4)
    bulge = tone.blur(level, 3 * scale) * np.float32(rng.uniform(13, 18))
    turn, period = rng.uniform(0, np.pi), rng.uniform(8.0, 9.5)
    wave = 6 * np.sin((x * np.sin(turn) - y * np.cos(turn)) / np.float32(rng.uniform(18, 32)))
    u = (x * np.cos(turn) + y * np.sin(turn) + bulge + wave) * np.float32(2 * np.pi / period)
    if rng.random() < 0.6:
        pattern = np.sin(u) + 2.0 * (level - 0.5)
    else:
        v = (y * np.cos(turn) - x * np.sin(turn) - bulge) * np.float32(2 * np.pi / period)
        pattern = 1.4 * np.sin(0.7 * u) * np.sin(0.7 * v) + 1.5 * (level - 0.5)
    sharp = 0.22 / max(scale, 0.7)
    return tone.grey(0.02 + 0.96 * tone.smoothstep(pattern.astype(np.float32), -sharp, sharp))
