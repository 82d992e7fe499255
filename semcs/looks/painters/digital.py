"""Light, screens and photographic effects."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

_GLARE = tone.hexes("00ffe1", "ff00c8", "f8ff1a", "ffffff", "1aff5c")
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
_TUBES = tone.hexes("ff1fa8", "18f0ff", "39ff6a", "ffe21f", "a43bff", "ff5a1f")


@look("neon", detail=0.3)
def neon(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Glowing coloured tubes along the contours over black."""
    level = tone.quiet(image, scale, blur=0.8)
    shape = level.shape
    contour = np.maximum(tone.edges(level, 1.1, scale), fields.lines(level, 1.3 * scale))
    # Calm areas get loose tubes of their own.
    loop = 4.5 * (0.5 * tone.soft(level, 5 * scale) + fields.noise(shape, 64 * scale, rng))
    slope = np.maximum(tone.edges(loop, 1.0, scale), 0.25)
    loose = np.clip(1.2 - 14 * np.abs(loop - np.round(loop)) * 0.25 / slope, 0, 1)
    calm = 0.5 * (1 - tone.smoothstep(tone.soft(contour, 9 * scale), 0.02, 0.12))
    tube = np.maximum(tone.smoothstep(contour, 0.25, 0.8), loose * calm)
    others = 2 + rng.permutation(len(_TUBES) - 2)[: rng.integers(0, 3)]
    palette = _TUBES[rng.permutation([0, 1, *others])]
    zones = tone.stretch(fields.noise(shape, 90 * scale, rng))
    light = tube[..., None] * tone.ramp(zones, tone.jitter(palette, rng, 0.02))
    halo = 1.1 * tone.soft(light, 2.0 * scale) + 1.2 * tone.soft(light, 6.0 * scale)
    ground = tone.ramp(level * 0.75, tone.hexes("030208", "0f0a24", "2a1650"))
    return tone.screen(tone.screen(ground, halo), tone.mix(light, 1.0, 0.5 * tube**3))


@look("cyberpunk", detail=0.5)
def cyberpunk(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Rainy night city: magenta against cyan, bloom, light streaks and scan lines."""
    level = tone.quiet(image, scale, blur=0.6)
    shape = level.shape
    warm = tone.hexes("070418", "1d0b4a", "5a0f8c", "d0149a", "ff66c4", "ffe6fa")
    cool = tone.hexes("030a1c", "06264f", "0a5b94", "0cb8dc", "74eeff", "ecffff")
    # Magenta signs light one side of every form, cyan ones the other.
    lamp = tone.relief(tone.soft(level, 5 * scale), rng.uniform(-0.5, 0.5), 3.0, scale)
    x, _ = fields.grid(shape)
    drift = x / shape[1] - 0.5 + 1.4 * (fields.noise(shape, 150 * scale, rng) - 0.5)
    side = tone.smoothstep(0.5 + 0.5 * drift * rng.choice([-1, 1]) + 0.45 * lamp, 0.3, 0.7)
    night = level**1.4 * 0.94
    scene = tone.mix(
        tone.ramp(night, tone.jitter(warm, rng, 0.02)),
        tone.ramp(night, tone.jitter(cool, rng, 0.02)),
        side,
    )
    split = int(np.ceil(rng.integers(1, 3) * scale))
    rim = tone.edges(level, 0.9, scale)
    for offset, colour in ((split, (1.0, 0.1, 0.7)), (-split, (0.1, 0.9, 1.0))):
        scene = tone.screen(scene, tone.glow(0.5 * np.roll(rim, offset, 1), colour))
    rain = tone.smoothstep(fields.noise(shape, (34.0 * scale, 2.6 * scale), rng), 0.84, 1.0)
    tint = tone.mix(tone.fill(image, (1.0, 0.1, 0.7)), (0.1, 0.9, 1.0), side)
    scene = tone.screen(scene, 0.5 * rain[..., None] * tint)
    scene = tone.screen(scene, 0.5 * tone.soft(np.maximum(scene - 0.5, 0), 5 * scale))
    return scene * (1 - 0.14 * _scan_lines(shape, 3 * scale))


def _scan_lines(shape: fields.Shape, period: float) -> Array:
    """Dark lines of a screen, (H, 1, 1): 1 in the first part of every period."""
    rows = np.arange(shape[0], dtype=np.float32) % max(period, 2.0)
    return np.asarray(rows < max(period / 3, 1.0), np.float32)[:, None, None]


@look("pixel art", detail=0.15)
def pixel_art(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Coarse square pixels in the few bright colours of an early game console."""
    height, width = image.shape[:2]
    size = max(2, round(int(rng.integers(4, 7)) * scale))
    bright = tone.vivid(tone.relight(image, tone.quiet(image, scale)), 1.8)
    crisp = np.clip(1.4 * bright - 0.4 * tone.soft(bright, 1.5 * size), 0, 1)
    small = cv2.resize(
        crisp, (-(-width // size) + 1, -(-height // size) + 1), interpolation=cv2.INTER_AREA
    )
    checker = (np.indices(small.shape[:2]).sum(0) % 2 - 0.5).astype(np.float32)
    dithered = small + rng.uniform(0.02, 0.05) * checker[..., None]
    lab = cv2.cvtColor(np.clip(dithered, 0, 1), cv2.COLOR_RGB2LAB)
    palette = cv2.cvtColor(_CONSOLE[None], cv2.COLOR_RGB2LAB)[0]
    nearest = ((lab[:, :, None] - palette) ** 2).sum(-1).argmin(-1)
    coded = tone.jitter(_CONSOLE, rng, 0.012)[nearest]
    big = np.repeat(np.repeat(coded, size, 0), size, 1)
    edge = np.where(np.arange(size) < size - max(1, round(0.8 * scale)), 1.0, 0.95)
    edge = edge.astype(np.float32)
    tiled = np.minimum(np.tile(edge, coded.shape[0])[:, None], np.tile(edge, coded.shape[1])[None])
    dy, dx = rng.integers(0, size, 2)
    return np.ascontiguousarray((big * tiled[..., None])[dy : dy + height, dx : dx + width])


@look("sepia", detail=0.2)
def sepia(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Old brown photograph: faded tones, vignette, dust and scratches."""
    level = 0.5 * (tone.quiet(image, scale) + tone.tones(image, span=0.6))
    shape = level.shape
    brown = tone.ramp(
        level * 0.92 + 0.04,
        tone.jitter(tone.hexes("2a1709", "6e4a28", "b08a58", "dcc396", "f5e8cb"), rng, 0.015),
    )
    x, y = fields.grid(shape)
    away = (x / shape[1] - 0.5) ** 2 + (y / shape[0] - 0.5) ** 2
    aged = brown * (1.08 - 0.6 * away * rng.uniform(0.6, 1.5))[..., None]
    _, dust = fields.voronoi(shape, 40 * scale, rng, 1.0)
    aged = tone.mix(aged, (0.97, 0.92, 0.8), np.clip(1.2 - dust / scale, 0, 1) * 0.7)
    scratch = tone.smoothstep(fields.noise(shape, (170 * scale, 1.6 * scale), rng), 0.97, 1.05)
    aged = tone.mix(aged, (0.97, 0.92, 0.8), 0.5 * scratch)
    return aged + 0.025 * fields.grain(shape, rng, 0.7 * scale)[..., None]


@look("black and white", detail=0.2)
def black_and_white(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Contrasty silver print with film grain."""
    level = 0.5 * (tone.quiet(image, scale) + tone.tones(image, span=0.6))
    contrast = np.clip((tone.smoothstep(level, 0.0, 1.0) - 0.5) * rng.uniform(1.0, 1.2) + 0.5, 0, 1)
    film = fields.grain(level.shape, rng, 0.7 * scale)
    return tone.grey(contrast + 0.07 * film * np.sqrt(contrast * (1 - contrast)) + 0.01 * film)


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


@look("vaporwave", detail=0.4)
def vaporwave(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Pastel pink and aqua duotone, a striped sun and a glowing perspective grid."""
    level = tone.quiet(image, scale, blur=0.8)
    shape = level.shape
    x, y = fields.grid(shape)
    palette = tone.jitter(
        tone.hexes("2b1268", "7a35b8", "e85cc4", "ff9ccf", "ffd0dc", "b6fff5"), rng, 0.02
    )
    scene = tone.ramp(0.05 + 0.93 * level, palette)
    busy = tone.soft(tone.edges(level, 1.5, scale), 7 * scale)
    calm = 1 - tone.smoothstep(busy, 0.05, 0.22)
    size = rng.uniform(0.16, 0.21) * min(shape)
    cx, cy = _calmest_place(calm, size)
    disc = np.clip((size - np.hypot(x - cx, y - cy)) / scale, 0, 1)
    fallen = np.clip((y - cy) / size, -1, 1)
    disc *= (np.abs((fallen * 5) % 1 - 0.5) < 0.46 - 0.3 * fallen) | (fallen < 0)
    sun = tone.ramp(0.5 + 0.5 * fallen, tone.hexes("fff08a", "ffa14a", "ff2f92"))
    scene = tone.mix(scene, sun, disc * (0.2 + 0.75 * calm))
    horizon = rng.uniform(0.6, 0.7) * shape[0]
    depth = np.maximum(y - horizon, 0.6 * scale)
    across = np.abs(((x - 0.5 * shape[1]) / depth * 1.3 + 0.5) % 1 - 0.5) * depth / 1.3
    rank = 110 * scale / depth
    along = np.abs((rank + 0.5) % 1 - 0.5) * depth / rank
    mesh = np.clip(1.4 - np.minimum(across, along) / scale, 0, 1)
    mesh *= tone.smoothstep((y - horizon) / scale, 6, 40)
    glowing = np.maximum(mesh, 0.7 * tone.soft(mesh, 3 * scale))
    floor = 0.35 * tone.smoothstep(y, horizon, float(shape[0]))
    scene = tone.mix(scene, (0.16, 0.05, 0.4), floor)
    scene = tone.mix(scene, (0.3, 1.0, 0.95), glowing * (0.45 + 0.5 * calm))
    return scene * (1 - 0.06 * _scan_lines(shape, 3 * scale))


def _calmest_place(calm: Array, radius: float) -> tuple[float, float]:
    """Where in the upper half a disc hides the least: its centre (x, y)."""
    height, width = calm.shape
    ratio = 64 / max(height, width)
    size = (max(1, round(width * ratio)), max(1, round(height * ratio)))
    small = cv2.resize(calm, size, interpolation=cv2.INTER_AREA)
    window = 2 * max(1, round(radius * ratio)) + 1
    free = cv2.blur(small, (window, window), borderType=cv2.BORDER_REFLECT)
    v = (np.arange(size[1])[:, None] + 0.5) / size[1]
    u = (np.arange(size[0])[None] + 0.5) / size[0]
    free = free - 0.6 * np.abs(u - 0.5) - 0.8 * np.abs(v - 0.32) - (v > 0.5)
    row, column = np.unravel_index(int(free.argmax()), free.shape)
    return (column + 0.5) / size[0] * width, (row + 0.5) / size[1] * height


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
    return made * (1 - 0.2 * _scan_lines((height, width), 2.5 * scale))
