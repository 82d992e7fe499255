"""Pens and markers: ballpoint pen, blueprint, marker drawing, pen and ink, stippling."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


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
    return tone.mix(fields.paper(image, rng, (0.975, 0.975, 0.985), 0.005, scale), blue, 0.92 * ink)


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
    page = fields.paper(image, rng, blue, 0.012, scale)
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
    page = fields.paper(image, rng, (0.99, 0.99, 0.98), 0.004, scale)
    return tone.mix(page, (0.02, 0.02, 0.03), black)


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
    page = fields.paper(image, rng, (0.985, 0.985, 0.975), 0.004, scale)
    return tone.mix(page, (0.03, 0.03, 0.04), tone.smoothstep(ink, 0.05, 0.8))
