"""Old pictures: vases, papyri, manuscripts, frescoes, rock dots and the old masters."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

Canvas = NDArray[np.uint8]
Ink = tuple[int, int, int]

_KEY = np.array(
    [
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [1, 1, 1, 1, 1, 1, 1, 1, 0, 1],
        [1, 0, 0, 0, 0, 0, 0, 1, 0, 1],
        [1, 0, 1, 1, 1, 1, 0, 1, 0, 1],
        [1, 0, 1, 0, 0, 1, 0, 1, 0, 1],
        [1, 0, 1, 0, 1, 1, 0, 1, 0, 1],
        [1, 0, 1, 0, 0, 0, 0, 1, 0, 1],
        [1, 0, 1, 1, 1, 1, 1, 1, 0, 1],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    ],
    np.float32,
)
_GLYPHS: tuple[tuple[tuple[tuple[float, float], ...], ...], ...] = (
    (((-1, 0), (-0.6, -0.5), (-0.2, 0), (0.2, -0.5), (0.6, 0), (1, -0.5)),),
    (((0, 1), (0, -0.1), (-0.5, -0.7), (0, -1), (0.5, -0.7), (0, -0.1)), ((-0.6, 0.1), (0.6, 0.1))),
    (((-1, 0), (0, -0.6), (1, 0), (0, 0.4), (-1, 0)), ((-0.1, 0.4), (-0.4, 1), (-0.8, 0.9))),
    (((-0.7, 1), (-0.4, 0), (0, -0.9), (0.5, -0.7), (0.1, -0.4), (0.8, 0.5), (0.1, 0.6)),),
    (((-0.9, -0.4), (0.9, -0.4), (0.9, 0.5), (0.2, 0.5)), ((-0.9, -0.4), (-0.9, 0.5), (-0.3, 0.5))),
    (((0, 1), (0, -1), (0.5, -0.6), (0.4, 0.1), (0, 0.3)),),
)


def _calm(level: Array, reach: float, scale: float) -> Array:
    """1 where nothing of the photo happens within ``reach`` pixels: room for ornament."""
    busy = tone.blur(tone.edges(level, 1.5, scale), reach * scale)
    return 1 - tone.smoothstep(busy, 0.05, 0.16)


def _inked(image: Array, level: Array, palette: Array, gain: float) -> NDArray[np.uint8]:
    """Index of the palette's colour for every pixel; its colours run from dark to light.

    ``gain`` is of the photo's saturation, since inks are more vivid than photos. Leaning on the
    palette's own ramp gives grey pictures colours too.
    """
    vivid = tone.saturate(tone.expose(image), gain)
    return tone.closest(tone.mix(vivid, tone.ramp(level, palette), 0.35), palette)


_GLAZE = (0.07, 0.055, 0.05)


def _meander(width: int, size: float, rng: np.random.Generator) -> Array:
    """A band of the Greek key, (rows, width), 1 = glaze; ``size`` is a line's width in pixels."""
    x, y = fields.grid((round(13 * size), width))
    step = np.mod(x / np.float32(size) + np.float32(rng.uniform(0, 10)), 10)
    row = y / np.float32(size) - np.float32(1)
    key = fields.sample(np.tile(_KEY, (1, 2)), step, np.clip(row, 0, 10))
    return np.asarray(tone.smoothstep(key, 0.35, 0.65) * (np.abs(row - 5) < 6))


@look("greek vase", detail=0.25)
def greek_vase(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Black figures on orange clay, with incised lines, and meanders above and below."""
    shape = image.shape[:2]
    flat = fields.kuwahara(image, round(4 * scale))
    level = tone.tones(flat, blur=1.0 * scale)
    level = np.clip(level + 0.7 * (level - tone.blur(level, 26 * scale)), 0, 1)
    clay = tone.glow(0.9 + 0.16 * fields.fractal(shape, 20 * scale, rng), (0.86, 0.43, 0.17))
    border = rng.uniform(0.46, 0.54)
    figure = tone.smoothstep(border - level, -0.02, 0.02)
    washed = tone.smoothstep(border + 0.15 - level, -0.02, 0.02)
    fine = tone.luma(image)
    fine = tone.stretch(fine - tone.blur(fine, 5 * scale), span=0.16)
    incised = tone.smoothstep(fields.lines(1 - fine, 0.9 * scale), 0.3, 0.7) * figure
    drawn = tone.smoothstep(fields.lines(level, 1.0 * scale), 0.35, 0.7) * (1 - figure)
    red = tone.saturate(flat, 1.5)
    purple = tone.smoothstep(red[..., 0] - np.maximum(red[..., 1], red[..., 2]), 0.16, 0.26)
    purple *= (level > 0.12) * (1 - _calm(level, 10, scale))
    glaze = tone.mix(tone.fill(image, _GLAZE), (0.42, 0.1, 0.09), purple)
    made = tone.mix(clay, (0.6, 0.25, 0.09), 0.55 * washed)
    made = tone.mix(made, glaze, np.maximum(figure, 0.9 * drawn))
    made = tone.mix(made, clay, 0.9 * incised)
    if mask is None:
        band = _meander(shape[1], min(rng.uniform(1.6, 1.9) * scale, shape[0] / 60), rng)
        for edge, strip in ((0, band), (shape[0] - len(band), band[::-1])):
            made[edge : edge + len(band)] = tone.mix(clay[edge : edge + len(band)], _GLAZE, strip)
    else:
        contour = 1.3 * scale - np.abs(fields.inset(shape, mask) - 2.5 * scale)
        made = tone.mix(made, _GLAZE, tone.smoothstep(contour, -0.5, 0.5))
    place = np.linspace(0, 1, shape[1], dtype=np.float32) - np.float32(rng.uniform(0.2, 0.8))
    gloss = 0.1 * np.exp(-((place / 0.16) ** 2)) - 0.03
    return tone.shade(made, np.broadcast_to(gloss, shape))


def _write_glyphs(surface: Canvas, room: Array, scale: float, rng: np.random.Generator) -> None:
    """Columns of signs between upright lines, wherever there is room for three of them."""
    wide, tall = 24 * scale, 22 * scale
    thick = max(1, round(1.5 * scale))
    for left in np.arange(rng.uniform(0, wide / 2), room.shape[1] - wide / 2, wide).tolist():
        tops = np.arange(rng.uniform(0, tall / 2), room.shape[0] - tall / 2, tall)
        middles = np.stack([np.full(len(tops), left + wide / 2), tops + tall / 2], 1)
        free = (fields.pick(room, middles) > 0.5).astype(int)
        ends = np.flatnonzero(np.diff(np.concatenate([[0], free, [0]])))
        for first, last in zip(ends[::2].tolist(), ends[1::2].tolist()):
            if last - first < 3:
                continue
            for middle in middles[first:last]:
                _write_glyph(surface, middle, scale, thick, rng)
            for side in (left + 0.5 * scale, left + wide - 0.5 * scale):
                a, b = (
                    (round(side), round(tops[first])),
                    (round(side), round(tops[last - 1] + tall)),
                )
                cv2.line(surface, a, b, (70, 46, 28), thick, cv2.LINE_AA)


def _write_glyph(
    surface: Canvas, middle: Array, scale: float, thick: int, rng: np.random.Generator
) -> None:
    ink: Ink = ((40, 26, 18), (40, 26, 18), (158, 60, 36), (28, 96, 104))[int(rng.integers(4))]
    kind = int(rng.integers(0, len(_GLYPHS) + 1))
    if kind < len(_GLYPHS):
        size = np.array((7.6, 8.4)) * scale
        paths = [((np.array(part) * size + middle) * 8).astype(np.int32) for part in _GLYPHS[kind]]
        cv2.polylines(surface, paths, False, ink, thick, cv2.LINE_AA, 3)
        return
    at = (round(float(middle[0])), round(float(middle[1])))
    cv2.circle(surface, at, round(7 * scale), (176, 62, 38), -1, cv2.LINE_AA)
    cv2.circle(surface, at, round(7 * scale), ink, thick, cv2.LINE_AA)


_NILE = tone.hexes("20150f", "6d2c17", "16605f", "a8512a", "4d8a4a", "c98a3a", "2f9a98", "dfc48a")


@look("papyrus", detail=0.35)
def papyrus(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Crossed reed fibres under flat ochre and turquoise, black outlines and hieroglyphs."""
    shape = image.shape[:2]
    flat = fields.kuwahara(image, round(6 * scale))
    level = tone.tones(flat, blur=1.6 * scale)
    inks = tone.jitter(_NILE, rng, 0.015)
    made = inks[_inked(flat, level, inks, 2.2)]
    surface = tone.to_bytes(tone.blur(made, 0.6 * scale))
    calm = _calm(level, 12, scale)
    room = calm * tone.smoothstep(level, 0.5, 0.6)
    if mask is not None:
        room = room * (fields.inset(shape, mask) > 14 * scale)
    _write_glyphs(surface, room, scale, rng)
    outline = tone.smoothstep(fields.lines(level, 1.4 * scale), 0.2, 0.5)
    if mask is not None:
        outline = np.maximum(
            outline, tone.smoothstep(2.2 * scale - fields.inset(shape, mask), -0.5, 0.5)
        )
    made = tone.mix(tone.to_floats(surface), (0.09, 0.06, 0.05), 0.92 * outline)
    across, down = (
        fields.noise(shape, (a * scale, b * scale), rng) + fields.noise(shape, (c, d), rng) - 1
        for a, b, c, d in (
            (1.6, 50, 3.5 * scale, 120 * scale),
            (50, 1.8, 120 * scale, 4 * scale),
        )
    )
    mats = fields.noise(shape, (9 * scale, 160 * scale), rng) - 0.5
    mats += fields.noise(shape, (160 * scale, 11 * scale), rng) - 0.5
    bare = tone.smoothstep(fields.fractal(shape, 26 * scale, rng) + 0.2 * across, 0.72, 1.0)
    made = tone.mix(made, (0.86, 0.74, 0.48), bare * (0.15 + 0.4 * calm))
    return tone.shade(made, 0.2 * across + 0.16 * down + 0.13 * mats - 0.02)


_ILLUMINATION = tone.hexes(
    "33190f", "1f2f86", "b3261a", "23643f", "8a5638", "c98b1d", "5d7fc4", "d59a70", "e9d6a8"
)
_LEAF, _BLUE, _RED, _FLESH, _PARCHMENT = 5, 1, 2, 7, 8


def _vine(length: int, wide: float, rng: np.random.Generator) -> Array:
    """A border strip (wide, length, 3): a curling stem with leaves and balls of gold."""
    x, y = fields.grid((round(wide), length))
    along = x / np.float32(1.6 * wide) + np.float32(rng.random())
    across = (y + 0.5) / np.float32(wide) - np.float32(0.5)
    turn = along - np.floor(along)
    stem = np.abs(across - 0.22 * np.sin(2 * np.pi * along))
    strip = np.broadcast_to(np.array((0.95, 0.89, 0.72), np.float32), (*x.shape, 3))
    strip = tone.mix(strip, (0.2, 0.36, 0.19), tone.smoothstep(0.05 - stem, -0.02, 0.02))
    leaves = tone.hexes("b22c1c", "263c96", "3c703c")
    own = (np.floor(2 * along) % 3).astype(np.intp)
    for at, side in ((0.25, -1.0), (0.75, 1.0)):
        far = np.hypot((turn - at) * 1.6 * 0.8, (across - 0.12 * side) * 1.1)
        strip = tone.mix(strip, (0.2, 0.1, 0.06), tone.smoothstep(0.215 - far, -0.02, 0.02))
        strip = np.where((far < 0.17)[..., None], leaves[own], strip)
        ball = np.hypot((turn - at) * 1.6, across + 0.3 * side)
        strip = tone.mix(strip, (0.87, 0.67, 0.16), tone.smoothstep(0.12 - ball, -0.02, 0.02))
    bars = tone.smoothstep(np.abs(across) - 0.42, -0.02, 0.02)
    return tone.mix(np.asarray(strip, np.float32), (0.8, 0.58, 0.13), bars)


def _framed(image: Array, wide: float, rng: np.random.Generator) -> Array:
    """A picture in a border of vines of that width in pixels."""
    height, width = image.shape[:2]
    framed = image.copy()
    upright, level = (_vine(side, wide, rng) for side in (height, width))
    deep = len(level)
    framed[:, :deep] = upright.transpose(1, 0, 2)
    framed[:, width - deep :] = upright[::-1].transpose(1, 0, 2)
    framed[:deep], framed[height - deep :] = level, level[::-1]
    return framed


def _specks(mask: NDArray[np.bool_], area: float) -> NDArray[np.bool_]:
    """The connected parts of a mask that have fewer pixels than ``area``."""
    _, labels, rows, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    return np.asarray((rows[:, cv2.CC_STAT_AREA] < area)[labels] & mask)


def _tiled(tile: Array, shape: fields.Shape) -> Array:
    """Copies of a tile side by side, (H, W)."""
    counts = [-(-side // own) for side, own in zip(shape, tile.shape)]
    return np.asarray(np.tile(tile, counts)[: shape[0], : shape[1]])


def _diaper(shape: fields.Shape, pitch: int, scale: float) -> Array:
    """A slanting lattice with a dot in every mesh, (H, W), 1 = gold."""
    x, y = fields.grid((pitch, pitch))
    u, v = (np.abs(np.mod(w / pitch, 1) - 0.5) * pitch for w in (x + y, x - y))
    lattice = tone.smoothstep(1.1 * scale - np.minimum(u, v), -0.5, 0.5)
    middle = np.hypot(pitch / 2 - u, pitch / 2 - v) / np.float32(1.41)
    return _tiled(np.maximum(lattice, tone.smoothstep(2.0 * scale - middle, -0.5, 0.5)), shape)


@look("illuminated manuscript", detail=0.6)
def illuminated_manuscript(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Flat blue, red and gold leaf inked in outline on parchment, with script and a vine border."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    flat = fields.kuwahara(image, round(5 * scale))
    level = tone.tones(flat, blur=1.2 * scale)
    inks = tone.jitter(_ILLUMINATION, rng, 0.015)
    index = cv2.medianBlur(_inked(flat, level, inks, 1.7), round(7 * scale) | 1)
    index[_specks(index == _LEAF, (36 * scale) ** 2)] = _FLESH  # small ones of gold look dirty
    calm = _calm(level, 9, scale)
    skin = tone.ramp(
        fields.fractal(shape, 24 * scale, rng), tone.hexes("dcc48e", "f0e2bb", "f6ecd0")
    )
    made = tone.mix(inks[index], skin, (index == _PARCHMENT).astype(np.float32))
    diaper = _diaper(shape, max(4, round(rng.uniform(15, 18) * scale)), scale) * calm
    diaper = diaper * np.isin(np.arange(len(inks)), (_BLUE, _RED, _LEAF))[index]
    gilt = tone.hexes("ebbd47")[np.zeros(len(inks), np.intp)]
    gilt[_LEAF] = 0.55, 0.33, 0.06
    made = tone.mix(made, gilt[index], 0.8 * diaper)
    line, word = 11 * scale, fields.noise(shape, (11 * scale, 7 * scale), rng)
    wave = 3 * fields.noise(shape, (11 * scale, 8 * scale), rng)
    row = np.mod(y, line) / np.float32(line)
    quill = tone.smoothstep(np.sin(x * np.float32(2 * np.pi / (4.4 * scale)) + wave), -0.2, 0.4)
    script = quill * (row > 0.15) * (row < 0.72) * (word > 0.3) * (index == _PARCHMENT) * calm
    outline = tone.smoothstep(fields.lines(level, 1.1 * scale), 0.2, 0.5)
    seam = tone.smoothstep(0.9 * scale - fields.rim(index.astype(np.int32)), -0.4, 0.6)
    outline = np.maximum(outline, 0.7 * seam)
    made = tone.mix(made, (0.14, 0.08, 0.045), np.maximum(0.78 * script, 0.92 * outline))
    gleam = tone.relief(fields.fractal(shape, 14 * scale, rng), 0.8, 2.5, scale)
    made = tone.shade(made, 0.35 * gleam * (index == _LEAF))
    if mask is None:
        return _framed(made, float(np.clip(0.1 * min(shape), 3, 26 * scale)), rng)
    inset = fields.inset(shape, mask)
    made = tone.mix(made, (0.86, 0.65, 0.17), tone.smoothstep(5 * scale - inset, -0.5, 0.5))
    rule = np.abs(inset - 5 * scale) - 0.8 * scale
    return tone.mix(made, (0.4, 0.06, 0.04), tone.smoothstep(-rule, -0.5, 0.5))


_MINIATURE = tone.hexes(
    "2a1a33",
    "1c3f96",
    "a8202a",
    "17694f",
    "a85a3c",
    "2fa3a6",
    "e0703a",
    "e58aa0",
    "efb63c",
    "f3dcb0",
)
_PETALS = tone.hexes(
    "c9a04a",
    "f4e7c0",
    "f6dcb0",
    "f2c14a",
    "f4d9a0",
    "f7ead0",
    "fff0c8",
    "b3262e",
    "b3262e",
    "c8455a",
)


def _sprigs(size: int, scale: float) -> tuple[Array, Array, Array]:
    """Leaves, petals and hearts of two flowers of two rows, each (2 size, size) in [0, 1]."""
    x, y = fields.grid((2 * size, size))
    across = np.mod(x / size + 0.5 * (y >= size), 1) - 0.5
    down = np.mod(y / size, 1) - 0.5
    far, turn = np.hypot(across, down) * np.float32(size / scale), np.arctan2(down, across)
    soft = 0.5 / scale
    leafy = np.cos(4 * turn + 0.8) - 0.22 * np.abs(far - 6.4) - 0.5
    leafy = tone.smoothstep(leafy, -0.1, 0.2) * (far > 4.6)
    petals = tone.smoothstep(3.6 + 1.3 * np.cos(5 * turn) - far, -soft, soft)
    return leafy, petals, tone.smoothstep(1.5 - far, -soft, soft)


@look("persian miniature", detail=0.55)
def persian_miniature(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Flat jewel colours with fine gold outlines, sprinkled with rows of tiny flowers."""
    shape = image.shape[:2]
    flat = fields.kuwahara(image, round(5 * scale))
    level = tone.tones(flat, blur=1.2 * scale)
    inks = tone.jitter(_MINIATURE, rng, 0.015)
    band = cv2.medianBlur(_inked(flat, level, inks, 1.9), round(7 * scale) | 1)
    made = inks[band]
    room = _calm(level, 10, scale)
    sprigs = _sprigs(max(6, round(rng.uniform(15, 17) * scale)), scale)
    leafy, petals, heart = (_tiled(part, shape) * room for part in sprigs)
    made = tone.mix(made, (0.1, 0.34, 0.22), 0.75 * leafy)
    made = tone.mix(tone.mix(made, _PETALS[band], 0.95 * petals), (0.93, 0.68, 0.2), heart)
    step = tone.smoothstep(1.2 * scale - fields.rim(band.astype(np.int32)), -0.3, 0.7)
    if mask is not None:
        step = np.maximum(step, tone.smoothstep(2.5 * scale - fields.inset(shape, mask), -0.5, 0.5))
    made = tone.mix(made, (0.86, 0.64, 0.2), 0.9 * step)
    fine = tone.smoothstep(fields.lines(level, 0.9 * scale), 0.25, 0.6)
    return tone.mix(made, (0.12, 0.07, 0.08), 0.9 * fine)


@look("fresco", detail=0.6)
def fresco(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Matt chalky earth colours on old plaster that is cracked and has flaked away in patches."""
    shape = image.shape[:2]
    soft = fields.kuwahara(tone.expose(image), round(4 * scale))
    level = tone.tones(soft, blur=0.8 * scale)
    earth = tone.jitter(tone.hexes("543a2c", "98583c", "c4864f", "ddb47c", "ecd9b4"), rng, 0.02)
    blue = tone.jitter(tone.hexes("3f5560", "5f8088", "8faba4", "c2cdb8", "e8e0c8"), rng, 0.02)
    cool = tone.smoothstep(
        soft[..., 2] - soft[..., 0] + 0.3 * fields.noise(shape, 50 * scale, rng), 0.1, 0.3
    )
    paint = tone.ramp(level, earth)
    paint = tone.mix(paint, tone.ramp(level, blue), cool)
    paint = tone.mix(paint, tone.saturate(soft, 1.5) * 0.75 + 0.17, 0.42)
    outline = tone.smoothstep(fields.lines(level, 1.2 * scale), 0.3, 0.8)
    paint = tone.mix(paint, (0.38, 0.22, 0.16), 0.6 * outline)
    patches = 0.55 * fields.noise(shape, 90 * scale, rng)
    fallen = tone.smoothstep(fields.fractal(shape, 22 * scale, rng) + patches, 1.1, 1.13)
    bare = tone.glow(0.84 + 0.1 * fields.fractal(shape, 5 * scale, rng, 3), (0.93, 0.87, 0.74))
    labels, _ = fields.voronoi(shape, rng.uniform(75, 95) * scale, rng)
    crack = np.clip(1.2 * scale + 0.5 - fields.rim(labels), 0, 1)
    crack = fields.wobble(crack, 12 * scale, 5 * scale, rng)
    crack *= tone.smoothstep(fields.noise(shape, 60 * scale, rng), 0.3, 0.6)
    made = tone.mix(paint, bare, fallen)
    made = tone.mix(made, (0.24, 0.18, 0.14), 0.75 * crack)
    lime = tone.smoothstep(fields.fractal(shape, 6 * scale, rng, 3), 0.55, 0.95)
    made = tone.mix(made, (0.93, 0.89, 0.8), 0.28 * lime)
    edge = tone.relief(-tone.blur(fallen, 0.8 * scale), rng.uniform(0.4, 1.2), 1.0, scale)
    return tone.shade(made, 0.4 * edge + 0.02 * fields.grain(shape, rng, 0.8 * scale))


def _beads(rim: Array, gap: float) -> tuple[Array, NDArray[np.intp]]:
    """Points along rows that are ``gap`` apart and follow the borders: (N, 2), rows (N,)."""
    points, rows = [np.zeros((0, 2), np.float32)], [np.zeros(0, np.intp)]
    for row in range(int(float(rim.max()) / gap) + 1):
        inside = np.asarray(rim > (row + 0.5) * gap, np.uint8)
        outlines, _ = cv2.findContours(inside, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        if not outlines:
            break
        path = np.concatenate(outlines)[:, 0].astype(np.float32)
        moved = np.hypot(*np.diff(path, axis=0, prepend=path[:1]).T)
        reach = np.floor(np.cumsum(np.minimum(moved, gap)) / gap)
        kept = path[np.diff(reach, prepend=-1) > 0]
        points.append(kept)
        rows.append(np.full(len(kept), row, np.intp))
    return np.concatenate(points), np.concatenate(rows)


def _nearest(shape: fields.Shape, points: Array) -> tuple[NDArray[np.intp], Array]:
    """Index of the point (x, y) nearest to every pixel, and the distance to it in pixels."""
    columns = np.clip(points[:, 0], 0, shape[1] - 1).astype(np.intp)
    rows = np.clip(points[:, 1], 0, shape[0] - 1).astype(np.intp)
    labels, _ = fields.nearest_points(shape, columns, rows)
    owner = np.zeros(int(labels.max()) + 1, np.intp)
    owner[labels[rows, columns]] = np.arange(len(points))
    x, y = fields.grid(shape)
    own = owner[labels]
    return own, np.hypot(x - points[own, 0], y - points[own, 1])


@look("aboriginal dot painting", detail=0.8)
def aboriginal_dot_painting(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Rows of dots in ochre, red, white and black that follow the forms and ring round centres."""
    shape = image.shape[:2]
    level = tone.tones(fields.kuwahara(image, round(6 * scale)), blur=2.0 * scale)
    # Rows are laid out on a picture at scale 1: a dot's place needs no more pixels.
    reduced = tuple(max(8, round(side / scale)) for side in shape)
    small = cv2.resize(level, reduced[::-1], interpolation=cv2.INTER_AREA)
    band = cv2.medianBlur((np.clip(small, 0, 0.999) * 4).astype(np.uint8), 5)
    if mask is not None:
        inside = cv2.resize(np.asarray(mask, np.float32), reduced[::-1]) > 0.5
        band = band + np.uint8(8) * inside
    centres = fields.scatter(reduced, rng.uniform(64, 74), rng)
    room = fields.pick(_calm(small, 9, 1.0), centres) > 0.6
    radius = rng.uniform(21, 26)
    near = np.full(reduced, np.inf, np.float32)
    if room.any():
        _, near = _nearest(reduced, centres[room])
    ringed = near < radius
    rim = np.where(ringed, radius - near, fields.rim(np.where(ringed, 99, band).astype(np.int32)))
    points, rows = _beads(rim, rng.uniform(5.2, 5.8))
    if not len(points):
        points, rows = np.zeros((1, 2), np.float32), np.zeros(1, np.intp)
    stretch = np.array((shape[1] / reduced[1], shape[0] / reduced[0]), np.float32)
    own, far = _nearest(shape, (points + np.float32(0.5)) * stretch)
    tints = fields.pick(small, points)
    lifted = 4.3 * tints + np.array((0.9, -0.7, 0.2))[(rows + int(rng.integers(3))) % 3]
    dots = tone.jitter(
        tone.hexes("5c1a10", "9a3216", "cf6a20", "eaa83a", "fbf1d8", "fbf1d8"), rng, 0.02
    )
    inks = dots[np.clip(np.round(lifted), 0, 5).astype(np.intp)]
    size = rng.uniform(1.9, 2.5, len(points)).astype(np.float32) * scale
    ground = tone.ramp(level, tone.jitter(tone.hexes("0d0706", "2a0f0a", "5a1f10"), rng, 0.01))
    return tone.mix(ground, inks[own], tone.smoothstep(size[own] - far, -0.5, 0.5))


@look("rembrandt", detail=0.45)
def rembrandt(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """One golden light that falls out of a warm brown-black dark, in thick old varnished paint."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.tones(fields.kuwahara(image, round(3 * scale)), blur=0.7 * scale)
    mass = tone.blur(level, 0.05 * max(shape)) + 0.2 * fields.noise(shape, 60 * scale, rng)
    aside, above = np.abs(x / shape[1] - 0.5), np.abs(y / shape[0] - 0.45)
    cy, cx = np.unravel_index(int(np.argmax(mass - aside - above)), shape)
    reach = rng.uniform(0.42, 0.52) * (shape[0] * shape[1]) ** 0.5
    far = np.hypot(x - cx, 0.9 * (y - cy)) / np.float32(reach)
    pool = np.exp(-(far**2)).astype(np.float32)
    turn = rng.uniform(-0.6, 0.6) - np.pi / 2
    beside = np.abs((x - cx) * np.sin(turn) - (y - cy) * np.cos(turn))
    ahead = (x - cx) * np.cos(turn) + (y - cy) * np.sin(turn)
    shaft = np.exp(-((beside / (40 * scale)) ** 2)) * tone.smoothstep(ahead, 0, 40 * scale)
    lit = level * (0.4 + 0.68 * pool + 0.08 * shaft) + 0.05 * pool
    palette = tone.jitter(
        tone.hexes("080503", "2a160b", "5f3714", "a46c2a", "dca650", "f8e2ac"), rng, 0.012
    )
    made = tone.ramp(np.clip(lit, 0, 1), palette)
    own = tone.saturate(tone.expose(image), 1.3) * np.array((1.05, 0.78, 0.5), np.float32)
    made = tone.mix(made, own * (0.3 + 0.75 * pool)[..., None], 0.4)
    angle = fields.tangent(level, 5 * scale)
    strokes = fields.streaks(angle, 6 * scale, rng, 2.6 * scale)
    thick = tone.luma(made)
    made = made * (1 + 0.05 * strokes)[..., None]
    return tone.shade(
        made, 0.3 * tone.relief(thick + (0.006 + 0.02 * thick) * strokes, 0.9, 1.2, scale)
    )


def _scrolls(surface: Canvas, points: Array, scale: float, rng: np.random.Generator) -> None:
    """Gilded S-scrolls and pink roses with leaves."""
    time = np.linspace(-1, 1, 60)
    for px, py in points.tolist():
        way = rng.uniform(0, 6.3)
        if rng.random() < 0.5:
            _rose(surface, np.array((px, py)), way, scale)
            continue
        # A curve that bends the more the farther it is from its middle curls up at both ends.
        turn = way + 5.6 * time**2 * rng.choice([-1, 1])
        path = np.cumsum(np.stack([np.cos(turn), np.sin(turn)], 1), 0) * 1.5 * scale
        placed = [((path - path[30] + np.array((px, py))) * 8).astype(np.int32)]
        for ink, thick in (((128, 88, 40), 4.6), ((206, 158, 78), 3.0), ((246, 222, 158), 1.2)):
            cv2.polylines(surface, placed, False, ink, max(1, round(thick * scale)), cv2.LINE_AA, 3)


def _rose(surface: Canvas, at: Array, way: float, scale: float) -> None:
    def spot(offset: float, turn: float, axes: tuple[float, float], ink: Ink) -> None:
        place = at + offset * scale * np.array((np.cos(turn), np.sin(turn)))
        middle = tuple(int(v * 8) for v in place)
        size = tuple(int(v * scale * 8) for v in axes)
        cv2.ellipse(surface, middle, size, turn * 57.3, 0, 360, ink, -1, cv2.LINE_AA, 3)

    for turn in (way, way + 2.2, way + 4.1):
        spot(13, turn, (6.5, 3), (132, 164, 122))
    for ring, inks in ((5.5, (228, 142, 162)), (3.6, (242, 176, 188)), (1.8, (226, 130, 154))):
        for petal in range(5):
            turn = way + ring + petal * 1.2566
            spot(ring, turn, (0.75 * ring + 0.8, 0.9 * ring + 0.8), inks)
    spot(0, way, (1.6, 1.6), (190, 84, 116))


@look("rococo", detail=0.5)
def rococo(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Powdery pink, pale blue and cream in feathery strokes, with roses and gilded scrolls."""
    shape = image.shape[:2]
    level = tone.tones(image, blur=0.9 * scale)
    rose = tone.jitter(tone.hexes("8f5068", "d68a9e", "f4b6bf", "fbded6", "fffaf0"), rng, 0.015)
    sky = tone.jitter(tone.hexes("4f7496", "86b2d0", "b4d8ea", "def0f2", "fffcf2"), rng, 0.015)
    hue = tone.blur(image[..., 2] - image[..., 0], 3 * scale)
    mist = 0.16 * (fields.noise(shape, 60 * scale, rng) - 0.5)
    cool = 0.65 * tone.stretch(hue, span=0.12) + 0.7 * hue + mist
    cool = tone.smoothstep(cool, 0.1, 0.75)
    body = tone.mix(tone.ramp(level, rose), tone.ramp(level, sky), cool)
    own = tone.saturate(tone.expose(image), 1.3) * 0.6 + 0.4
    body = tone.mix(body, own, 0.22)
    angle = fields.tangent(tone.blur(level, 2 * scale) + 0.3 * mist, 6 * scale)
    feather = fields.streaks(angle, 9 * scale, rng, 3.2 * scale)
    push = 1.8 * scale * feather
    body = fields.displace(body, push * np.sin(angle), -push * np.cos(angle))
    body = tone.shade(body, 0.05 * feather)
    surface = tone.to_bytes(body)
    points = fields.scatter(shape, 84 * scale, rng)
    _scrolls(surface, points[fields.pick(_calm(level, 16, scale), points) > 0.7], scale, rng)
    gilt = tone.smoothstep(fields.lines(level, 0.9 * scale), 0.35, 0.9)
    made = tone.mix(tone.to_floats(surface), (0.7, 0.48, 0.26), 0.7 * gilt)
    return tone.screen(made, 0.12 * tone.blur(made, 5 * scale))
