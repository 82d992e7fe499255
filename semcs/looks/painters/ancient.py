"""Antiquity and rock art: aboriginal dot painting, greek vase, papyrus."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

Canvas = NDArray[np.uint8]


Ink = tuple[int, int, int]


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
    level = tone.tones(tone.kuwahara(image, round(6 * scale)), blur=2.0 * scale)
    # Rows are laid out on a picture at scale 1: a dot's place needs no more pixels.
    reduced = tuple(max(8, round(side / scale)) for side in shape)
    small = cv2.resize(level, reduced[::-1], interpolation=cv2.INTER_AREA)
    band = cv2.medianBlur((np.clip(small, 0, 0.999) * 4).astype(np.uint8), 5)
    if mask is not None:
        inside = cv2.resize(np.asarray(mask, np.float32), reduced[::-1]) > 0.5
        band = band + np.uint8(8) * inside
    centres = fields.scatter(reduced, rng.uniform(64, 74), rng)
    room = fields.pick(fields.calmness(small, 9, 1.0), centres) > 0.6
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
    flat = tone.kuwahara(image, round(4 * scale))
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
    purple *= (level > 0.12) * (1 - fields.calmness(level, 10, scale))
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


_GLYPHS: tuple[tuple[tuple[tuple[float, float], ...], ...], ...] = (
    (((-1, 0), (-0.6, -0.5), (-0.2, 0), (0.2, -0.5), (0.6, 0), (1, -0.5)),),
    (((0, 1), (0, -0.1), (-0.5, -0.7), (0, -1), (0.5, -0.7), (0, -0.1)), ((-0.6, 0.1), (0.6, 0.1))),
    (((-1, 0), (0, -0.6), (1, 0), (0, 0.4), (-1, 0)), ((-0.1, 0.4), (-0.4, 1), (-0.8, 0.9))),
    (((-0.7, 1), (-0.4, 0), (0, -0.9), (0.5, -0.7), (0.1, -0.4), (0.8, 0.5), (0.1, 0.6)),),
    (((-0.9, -0.4), (0.9, -0.4), (0.9, 0.5), (0.2, 0.5)), ((-0.9, -0.4), (-0.9, 0.5), (-0.3, 0.5))),
    (((0, 1), (0, -1), (0.5, -0.6), (0.4, 0.1), (0, 0.3)),),
)


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
    flat = tone.kuwahara(image, round(6 * scale))
    level = tone.tones(flat, blur=1.6 * scale)
    inks = tone.jitter(_NILE, rng, 0.015)
    made = inks[tone.nearest_ink(flat, level, inks, 2.2)]
    surface = tone.to_bytes(tone.blur(made, 0.6 * scale))
    calm = fields.calmness(level, 12, scale)
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
