"""Geometric abstraction: constructivism, kandinsky, mondrian, suprematism."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

Canvas = NDArray[np.uint8]


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


def _moments(sums: tuple[Array, Array], box: tuple[int, int, int, int]) -> tuple[float, float]:
    """Mean of a picture and of its squares in a box (top, left, low, right).

    ``sums`` are the integral images of both.
    """
    top, left, low, right = box
    area = max((low - top) * (right - left), 1)
    mean, power = (
        (table[low, right] - table[top, right] - table[low, left] + table[top, left]) / area
        for table in sums
    )
    return mean, power


def _rooms(
    level: Array, least: float, most: float, rng: np.random.Generator
) -> list[tuple[int, int, int, int]]:
    """Cut a picture into (top, left, tall, wide), small where its tones vary."""
    sums = cv2.integral2(level, sdepth=cv2.CV_64F, sqdepth=cv2.CV_64F)
    waiting = [(0, 0, *level.shape)]
    done = []
    while waiting:
        top, left, tall, wide = waiting.pop()
        low, right = top + tall, left + wide
        mean, power = _moments(sums, (top, left, low, right))
        longest = max(tall, wide)
        unrest = np.sqrt(max(power - mean * mean, 0))
        calm = longest < most and unrest < 0.07 and rng.random() < 0.8
        if longest < 2 * least or calm:
            done.append((top, left, tall, wide))
            continue
        part = rng.uniform(0.32, 0.68)
        if tall * rng.uniform(0.7, 1.4) >= wide:
            cut = max(1, int(tall * part))
            waiting += [(top, left, cut, wide), (low - (tall - cut), left, tall - cut, wide)]
        else:
            cut = max(1, int(wide * part))
            waiting += [(top, left, tall, cut), (top, left + cut, tall, wide - cut)]
    return [room for room in done if room[2] > 0 and room[3] > 0]


@look("mondrian", detail=0.65)
def mondrian(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Rectangles in red, blue, yellow and white between thick black bars."""
    level = tone.quiet(image, scale, blur=0.8)
    inks = tone.jitter(
        tone.hexes("10131c", "1a3a9f", "d81e1c", "f6cf10", "f3f0e6", "f8f6ee"), rng, 0.015
    )
    canvas = np.empty_like(image)
    bars = np.zeros(level.shape, np.float32)
    bar = max(1, round(rng.uniform(3.0, 4.5) * scale))
    for top, left, tall, wide in _rooms(level, 13 * scale, 110 * scale, rng):
        room = np.s_[top : top + tall, left : left + wide]
        own = float(level[room].mean()) * 1.06 + rng.normal(0, 0.09)
        canvas[room] = inks[int(np.clip(own * 6, 0, 5))]
        # Fine rooms have fine bars, so that a face isn't drowned in black.
        width = bar if min(tall, wide) > 5 * bar else max(1, bar // 2)
        bars[top : top + width, left : left + wide] = 1
        bars[top : top + tall, left : left + width] = 1
    if mask is not None:
        bars = np.maximum(bars, fields.depth_inside(mask) < bar)
    lit = canvas * (0.86 + 0.22 * level)[..., None]
    return tone.mix(lit, (0.04, 0.04, 0.045), bars)


def _tiles(level: Array, least: int, most: int, unrest: float) -> list[tuple[int, int, int, int]]:
    """Quarter a picture where its tones vary: (top, left, side, side) of every calm square."""
    sums = cv2.integral2(level, sdepth=cv2.CV_64F, sqdepth=cv2.CV_64F)
    height, width = level.shape
    waiting = [
        (top, left, most) for top in range(0, height, most) for left in range(0, width, most)
    ]
    found = []
    while waiting:
        top, left, side = waiting.pop()
        low, right = min(top + side, height), min(left + side, width)
        mean, power = _moments(sums, (top, left, low, right))
        if side // 2 >= least and power - mean * mean > unrest**2:
            half = side // 2
            waiting += [(top + i * half, left + j * half, half) for i in (0, 1) for j in (0, 1)]
            waiting = [tile for tile in waiting if tile[0] < height and tile[1] < width]
        else:
            found.append((top, left, side, side))
    return found


_SUPREMATIST = tone.hexes("141414", "c9241c", "1f3f9a", "edb81c", "2f7a58")
_BLACK, _RED, _BLUE, _YELLOW, _GREEN = range(5)


@look("suprematism", detail=0.6)
def suprematism(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Flat tilted rectangles, bars and discs in black, red, blue and yellow on white."""
    shape = image.shape[:2]
    turn = rng.choice([-1, 1]) * rng.uniform(0.3, 0.6)
    unit = 2.0 * scale  # pixels of a tilted grid's cell
    corner, step, level, seen = _tilted(image, turn, unit, scale)
    surface = tone.to_bytes(tone.fill(image, (0.955, 0.945, 0.915)))
    tiles = _tiles(level, 4, 32, 0.085)
    for index in rng.permutation(len(tiles)).tolist():
        top, left, tall, wide = tiles[index]
        here = np.s_[top : top + tall, left : left + wide]
        own = float(level[here].mean()) + rng.normal(0, 0.03)
        if own > 0.64:
            continue
        red, _, blue = seen[here].reshape(-1, 3).mean(0).tolist()
        ink = _suprematist_ink(own, red - blue + rng.normal(0, 0.1), rng)
        box = _plane(tiles[index], own, rng)
        if tall >= 16 and rng.random() < 0.12:
            at = ((corner + (box.mean(0) @ step)) * 8).astype(int).tolist()
            cv2.circle(surface, at, int(4 * tall * unit), ink, -1, cv2.LINE_AA, 3)
            continue
        points = ((corner + box @ step) * 8).astype(np.int32)
        cv2.fillConvexPoly(surface, points, ink, cv2.LINE_AA, 3)
    weave = 1 + 0.015 * fields.grain(shape, rng, 1.0 * max(scale, 0.8))
    return tone.to_floats(surface) * weave[..., None]


def _tilted(
    image: Array, turn: float, unit: float, scale: float
) -> tuple[Array, Array, Array, Array]:
    """The picture read on a tilted grid, whose cells are twice as long as they are wide.

    Returns:
        Where the grid's corner lies, (2,) as (x, y); its steps along columns and rows, (2, 2); and
        the lightness (rows, columns) and the colours (rows, columns, 3) read there.
    """
    shape = image.shape[:2]
    side = int(np.hypot(*shape) / unit) + 2
    across = np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))])
    step = across * np.array([2.0, 1.0])[:, None] * unit
    middle = np.array([shape[1], shape[0]]) / 2
    corner = middle - (step[0] * side / 4 + step[1] * side / 2)
    place = np.float32(np.concatenate([step.T, corner[:, None]], 1))
    size = (side // 2 + 1, side)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    level, seen = (
        cv2.warpAffine(plane, place, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        for plane in (tone.quiet(image, scale, blur=2.0), tone.blur(image, 2.0 * scale))
    )
    return corner, step, level, seen


def _suprematist_ink(level: float, warmth: float, rng: np.random.Generator) -> list[float]:
    """The ink of a plane, by how light and how warm the photo is there: RGB in bytes."""
    if level < 0.3:
        ink = _BLACK if rng.random() < 0.85 else int(rng.integers(_RED, _YELLOW))
    elif level < 0.46:
        ink = _RED if warmth > 0.05 else _BLUE
    else:
        ink = _YELLOW if warmth > -0.02 else _GREEN
    inked: list[float] = (_SUPREMATIST[ink] * 255).tolist()
    return inked


def _plane(tile: tuple[int, int, int, int], level: float, rng: np.random.Generator) -> Array:
    """Corners (4, 2) of the rectangle or bar that fills a tile of the tilted grid."""
    top, left, tall, wide = tile
    low, high = 0.05 * tall, 0.95 * tall
    if level > 0.4 and rng.random() < 0.4:
        high = low + rng.uniform(0.4, 0.7) * tall  # a bar: white shows beside it
    reach = rng.uniform(-0.1, 0.2) * wide
    box = np.array([(-reach, low), (wide + reach, low), (wide + reach, high), (-reach, high)])
    return box + np.array((left, top))
