"""Screens and computer graphics: glitch, hologram, low poly, matrix code, pixel art."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

_GLARE = tone.hexes("00ffe1", "ff00c8", "f8ff1a", "ffffff", "1aff5c")


@look("glitch", detail=0.3)
def glitch(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Torn scan lines, split colour channels and corrupt blocks."""
    height, width = image.shape[:2]
    x, y = fields.grid((height, width))
    shove = np.zeros(height, np.float32)
    for _ in range(int(height / (18 * scale)) + 3):
        top, tall = int(rng.integers(0, height)), int(np.ceil(rng.uniform(1, 22) * scale))
        shove[top : top + tall] = rng.normal(0, 11 * scale)
    split = rng.choice([-1, 1]) * np.array([1, 0, -1]) * rng.uniform(4, 7) * scale
    source = tone.vivid(image, 1.5)
    torn = [
        fields.sample(np.ascontiguousarray(source[..., c]), x + shove[:, None] + split[c], y)
        for c in range(3)
    ]
    made = np.dstack(torn)
    # Corrupt blocks come in bursts along a few rows.
    rows = rng.uniform(0, height, int(height / (60 * scale)) + 2)
    for _ in range(int(height * width / (2600 * scale**2)) + 2):
        top = int(rng.choice(rows) + rng.normal(0, 9 * scale))
        tall, wide = (int(np.ceil(rng.uniform(*span) * scale)) for span in ((1, 7), (6, 60)))
        top, left = max(0, top), int(rng.integers(-wide // 2, width))
        block = made[top : top + tall, max(0, left) : left + wide]
        block[:] = np.clip(block[..., ::-1] * 0.3 + _GLARE[rng.integers(len(_GLARE))] * 0.8, 0, 1)
    return made * (1 - 0.2 * fields.scan_lines((height, width), 2.5 * scale))


@look("hologram", detail=0.35)
def hologram(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """A see-through cyan projection in scan lines with rainbow fringes on a dark ground."""
    level = tone.quiet(image, scale, blur=0.8)
    shape = level.shape
    _, y = fields.grid(shape)
    torn = fields.noise((shape[0], 1), (5.0 * scale, 1.0), rng)
    jump = 2.5 * scale * tone.smoothstep(torn, 0.7, 0.9)
    level = fields.displace(level, np.broadcast_to(jump, shape) * rng.choice([-1, 1]), 0 * y)
    rim = tone.edges(level, 0.9, scale)
    light = np.clip(0.13 + 0.72 * level**1.3 + 0.3 * rim, 0, 1)
    cyan = tone.ramp(light, tone.hexes("02060f", "064a78", "18b4e6", "a8f6ff"))
    split = int(np.ceil(rng.uniform(1.5, 2.6) * scale))
    for offset, colour in ((-split, (1.0, 0.1, 0.45)), (split, (0.25, 0.2, 1.0))):
        cyan = tone.screen(cyan, tone.glow(0.6 * np.roll(rim, offset, 1), colour))
    period, start = rng.uniform(2.8, 3.6) * scale, rng.random()
    row = y[:, :1]
    scan = 0.5 + 0.5 * np.cos(2 * np.pi * (row / max(period, 2.2) + start))
    band = np.exp(-(((row / shape[0] - rng.random() + 0.5) % 1 - 0.5) ** 2) / 0.006)
    flicker = np.asarray(0.46 + 0.6 * scan + 0.3 * band, np.float32)
    made = cyan * flicker[..., None]
    return tone.screen(made, tone.glow(0.22 * tone.soft(light, 6 * scale), (0.1, 0.7, 1.0)))


@look("low poly", detail=0.2)
def low_poly(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Flat-shaded triangles, small where the picture is rich and large where it is calm."""
    level = tone.quiet(image, scale, blur=1.2)
    triangles, labels = fields.edge_mesh(level, rng.uniform(20, 28) * scale, rng)
    count = int(labels.max()) + 1
    bright = tone.vivid(tone.relight(image, 0.06 + 0.94 * level), 1.8)
    ink = fields.cell_mean(bright, labels)
    side = (triangles[:, 1] - triangles[:, 0])[:count]
    facing = np.cos(2 * np.arctan2(side[:, 1], side[:, 0]) - 1.0)
    ink = ink * (1 + 0.1 * facing + rng.normal(0, 0.03, count))[:, None] + 0.02
    return np.clip(ink, 0, 1).astype(np.float32)[labels]


def _glyphs(rng: np.random.Generator, count: int, tall: int, wide: int) -> Array:
    """Made-up signs of two to four strokes: (count, tall, wide) with a blank margin."""
    signs = np.zeros((count, tall, wide), np.float32)
    for sign in signs:
        page = np.zeros((36, 26), np.uint8)
        for _ in range(int(rng.integers(3, 5))):
            start = np.array([rng.integers(0, 3) * 9 + 3, rng.integers(0, 4) * 9 + 4])
            step = np.array([(1, 0), (0, 1), (1, 1), (1, -1), (2, 0), (0, 2)][rng.integers(6)])
            end = np.clip(start + 9 * step, (3, 4), (21, 31))
            cv2.line(page, start.tolist(), end.tolist(), 255, 4, cv2.LINE_AA)
        sign[:] = cv2.resize(page, (wide, tall), interpolation=cv2.INTER_AREA) / np.float32(255)
    return np.clip(1.3 * signs, 0, 1)


@look("matrix code", detail=0.75)
def matrix_code(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Green signs raining down a black screen, brighter where the picture is."""
    level = tone.equalised(tone.quiet(image, scale, blur=0.8), 0.35)
    height, width = level.shape
    tall, wide = max(6, round(9 * scale)), max(5, round(7 * scale))
    rows, columns = height // tall + 2, width // wide + 2
    atlas = _glyphs(rng, 48, tall, wide)[rng.integers(0, 48, (rows, columns))]
    text = atlas.transpose(0, 2, 1, 3).reshape(rows * tall, columns * wide)
    length = rng.integers(12, 28, columns)
    age = (rng.integers(0, 60, columns) - np.arange(rows)[:, None]) % length
    trail = np.repeat(np.repeat(1 - age / length, tall, 0), wide, 1)
    head = np.repeat(np.repeat(age == 0, tall, 0), wide, 1)
    top, left = int(rng.integers(0, tall)), int(rng.integers(0, wide))
    window = np.s_[top : top + height, left : left + width]
    ink, fall, first = (np.asarray(p[window], np.float32) for p in (text, trail, head))
    power = np.clip(0.1 + 1.4 * level**1.4, 0, 1.35) * (0.42 + 0.58 * fall)
    lit = ink * power
    phosphor = tone.jitter(tone.hexes("000300", "003b0c", "00a82c", "1dff5a", "d8ffe2"), rng, 0.01)
    ground = 0.36 * level**1.6
    screen = tone.ramp(np.maximum(ground, 0.8 * lit + 0.12 * lit * level), phosphor)
    screen = tone.screen(screen, tone.glow(tone.soft(lit, 2.5 * scale), (0.02, 0.4, 0.1)))
    bright_head = 0.9 * first * ink * (0.1 + 0.9 * level)
    return tone.mix(screen, (0.85, 1.0, 0.9), bright_head)


_CONSOLE = tone.hexes(
    "1a1c2c",
    "5d275d",
    "b13e53",
    "ef7d57",
    "ffcd75",
    "a7f070",
    "38b764",
    "257179",
    "29366f",
    "3b5dc9",
    "41a6f6",
    "73eff7",
    "f4f4f4",
    "94b0c2",
    "566c86",
    "333c57",
    "8a4836",
    "d9a066",
    "f2c6a0",
    "5a3a30",
    "8b8680",
    "c4beb4",
    "4a5a2e",
    "e8d04c",
)


@look("pixel art", detail=0.15)
def pixel_art(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Coarse square pixels in the few bright colours of an early game console."""
    height, width = image.shape[:2]
    size = max(2, round(int(rng.integers(4, 7)) * scale))
    rows, columns = -(-height // size) + 1, -(-width // size) + 1
    crisp = tone.crisp(image, scale, size)
    small = cv2.resize(crisp, (columns, rows), interpolation=cv2.INTER_AREA)
    checker = (np.indices(small.shape[:2]).sum(0) % 2 - 0.5).astype(np.float32)
    dithered = small + rng.uniform(0.02, 0.05) * checker[..., None]
    nearest = tone.nearest_colour(dithered, _CONSOLE)
    coded = tone.jitter(_CONSOLE, rng, 0.012)[nearest]
    big = np.repeat(np.repeat(coded, size, 0), size, 1)
    edge = np.where(np.arange(size) < size - max(1, round(0.8 * scale)), 1.0, 0.95)
    edge = edge.astype(np.float32)
    tiled = np.minimum(np.tile(edge, coded.shape[0])[:, None], np.tile(edge, coded.shape[1])[None])
    dy, dx = rng.integers(0, size, 2)
    return np.ascontiguousarray((big * tiled[..., None])[dy : dy + height, dx : dx + width])
