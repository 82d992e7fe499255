"""Light, screens and photographic effects."""

from __future__ import annotations

import cv2
import numpy as np
from scipy.spatial import Delaunay

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer

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
)
_TUBES = tone.hexes("ff1fa8", "18f0ff", "39ff6a", "ffe21f", "a43bff", "ff5a1f")


@renderer("neon")
def neon(image: Array, rng: np.random.Generator) -> Array:
    """Glowing coloured tubes along the contours over black."""
    level = tone.tones(image, blur=0.8)
    shape = level.shape
    contour = np.maximum(tone.edges(level, 1.1), fields.lines(level, 1.3))
    # Calm areas get loose tubes of their own.
    loop = 5 * (0.5 * tone.blur(level, 4) + tone.blur(fields.noise(shape, 40, rng), 3))
    slope = np.maximum(tone.edges(loop, 1.0), 0.25)
    loose = np.clip(1.2 - 14 * np.abs(loop - np.round(loop)) * 0.25 / slope, 0, 1)
    calm = 0.55 * (1 - tone.smoothstep(tone.blur(contour, 9), 0.02, 0.12))
    tube = np.maximum(tone.smoothstep(contour, 0.25, 0.8), loose * calm)
    palette = _TUBES[rng.permutation(len(_TUBES))[: rng.integers(2, 5)]]
    colour = tone.ramp(tone.stretch(fields.noise(shape, 40, rng)), tone.jitter(palette, rng, 0.02))
    light = tube[..., None] * colour
    halo = 1.1 * tone.blur(light, 2.0) + 1.2 * tone.blur(light, 6.0)
    ground = tone.ramp(level * 0.6, tone.hexes("030208", "0d0a1e", "1b1336"))
    return tone.screen(tone.screen(ground, halo), tone.mix(light, 1.0, 0.65 * tube**2))


@renderer("cyberpunk")
def cyberpunk(image: Array, rng: np.random.Generator) -> Array:
    """Rainy night city: magenta against cyan, bloom, light streaks and scan lines."""
    level = tone.tones(image, blur=0.6)
    shape = level.shape
    palette = tone.hexes("070418", "1d0b4a", "5a0f8c", "e0159a", "ff74c8", "e8fbff")
    cool = tone.hexes("030a1c", "06264f", "0a5b94", "0cc0e0", "7ff4ff", "f0ffff")
    side = tone.smoothstep(fields.noise(shape, 45, rng), 0.35, 0.65)
    scene = tone.mix(
        tone.ramp(level**1.25, tone.jitter(palette, rng, 0.02)),
        tone.ramp(level**1.25, tone.jitter(cool, rng, 0.02)),
        side,
    )
    split = int(rng.integers(1, 3))
    rim = tone.edges(level, 0.9)
    scene = tone.screen(scene, 0.55 * tone.glow(np.roll(rim, split, 1), (1.0, 0.1, 0.7)))
    scene = tone.screen(scene, 0.55 * tone.glow(np.roll(rim, -split, 1), (0.1, 0.9, 1.0)))
    bars = tone.smoothstep(fields.noise(shape, (30.0, 3.0), rng), 0.8, 1.0)
    tint = tone.mix(tone.fill(image, (1.0, 0.1, 0.7)), (0.1, 0.9, 1.0), side)
    signs = bars[..., None] * tint
    scene = tone.screen(scene, 0.6 * signs)
    scene = tone.screen(scene, 0.5 * tone.blur(np.maximum(scene - 0.45, 0), 5))
    _, y = fields.grid(shape)
    return scene * (1 - 0.16 * (y % 3 < 1))[..., None]


@renderer("pixel art")
def pixel_art(image: Array, rng: np.random.Generator) -> Array:
    """Coarse square pixels in the few bright colours of an early game console."""
    height, width = image.shape[:2]
    size = int(rng.integers(4, 7))
    bright = tone.saturate(np.clip(tone.expose(image) * 1.05 + 0.04, 0, 1), 1.9)
    small = cv2.resize(
        bright, (-(-width // size) + 1, -(-height // size) + 1), interpolation=cv2.INTER_AREA
    )
    checker = (np.indices(small.shape[:2]).sum(0) % 2 - 0.5).astype(np.float32)
    dithered = small + rng.uniform(0.03, 0.07) * checker[..., None]
    lab = cv2.cvtColor(np.clip(dithered, 0, 1), cv2.COLOR_RGB2LAB)
    palette = cv2.cvtColor(_CONSOLE[None], cv2.COLOR_RGB2LAB)[0]
    nearest = ((lab[:, :, None] - palette) ** 2).sum(-1).argmin(-1)
    coded = tone.jitter(_CONSOLE, rng, 0.012)[nearest]
    big = np.repeat(np.repeat(coded, size, 0), size, 1)
    edge = np.array([1.0] * (size - 1) + [0.9], np.float32)
    tiled = np.minimum(np.tile(edge, coded.shape[0])[:, None], np.tile(edge, coded.shape[1])[None])
    dy, dx = rng.integers(0, size, 2)
    return np.ascontiguousarray((big * tiled[..., None])[dy : dy + height, dx : dx + width])


@renderer("sepia")
def sepia(image: Array, rng: np.random.Generator) -> Array:
    """Old brown photograph: faded tones, vignette, dust and scratches."""
    level = tone.tones(image, span=0.6)
    shape = level.shape
    brown = tone.ramp(
        level * 0.92 + 0.04,
        tone.jitter(tone.hexes("2a1709", "6e4a28", "b08a58", "dcc396", "f5e8cb"), rng, 0.015),
    )
    x, y = fields.grid(shape)
    away = np.hypot(x / shape[1] - 0.5, y / shape[0] - 0.5)
    aged = brown * (1.08 - 0.5 * away**2 * rng.uniform(0.5, 1.5))[..., None]
    _, dust = fields.voronoi(shape, 30, rng, 1.0)
    aged = tone.mix(aged, (0.97, 0.92, 0.8), np.clip(1.2 - dust, 0, 1) * 0.7)
    return aged + 0.025 * fields.grain(shape, rng)[..., None]


@renderer("black and white")
def black_and_white(image: Array, rng: np.random.Generator) -> Array:
    """Contrasty silver print with film grain."""
    level = tone.tones(image, span=0.6)
    contrast = np.clip(
        (tone.smoothstep(level, 0.0, 1.0) - 0.5) * rng.uniform(1.0, 1.25) + 0.5, 0, 1
    )
    return tone.grey(contrast + 0.05 * fields.grain(level.shape, rng))


@renderer("low poly")
def low_poly(image: Array, rng: np.random.Generator) -> Array:
    """Flat-shaded triangles."""
    height, width = image.shape[:2]
    cell = rng.uniform(11, 16)
    level = tone.tones(image, blur=1.0)
    points = fields.scatter((height, width), cell, rng)
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]])
    points = np.clip(np.concatenate([points, corners]), 0, [width, height])
    triangles = points[Delaunay(points + rng.normal(0, 1e-3, points.shape)).simplices].astype(
        np.float32
    )
    bright = tone.saturate(tone.blur(tone.expose(image), 1.5), 1.8)
    bright = np.clip(bright + 0.35 * (level - tone.luma(bright))[..., None], 0, 1)
    ink = np.mean(
        [fields.pick(bright, 0.6 * triangles.mean(1) + 0.4 * triangles[:, i]) for i in range(3)], 0
    )
    side = triangles[:, 1] - triangles[:, 0]
    facing = np.cos(2 * np.arctan2(side[:, 1], side[:, 0]) - 1.0)
    ink = ink * (1 + 0.13 * facing + rng.normal(0, 0.06, len(ink)))[:, None] + 0.02
    surface = tone.to_bytes(bright)
    for corner, colour in zip(
        (triangles * 8).astype(np.int32), np.clip(ink * 255, 0, 255).tolist()
    ):
        cv2.fillConvexPoly(surface, corner, colour, cv2.LINE_8, 3)
    return tone.to_floats(surface)


@renderer("vaporwave")
def vaporwave(image: Array, rng: np.random.Generator) -> Array:
    """Pastel pink and aqua duotone, a striped sun and a glowing perspective grid."""
    level = tone.tones(image, blur=0.8)
    shape = level.shape
    x, y = fields.grid(shape)
    palette = tone.jitter(tone.hexes("3b1d78", "b14fd0", "ff7ac6", "ffc0d9", "b6fff5"), rng, 0.02)
    scene = tone.ramp(0.08 + 0.9 * level, palette)
    cx, cy, size = (
        rng.uniform(0.25, 0.75) * shape[1],
        rng.uniform(0.2, 0.4) * shape[0],
        rng.uniform(14, 22),
    )
    disc = np.clip(size - np.hypot(x - cx, y - cy), 0, 1) * ((y % 5 < 3.4) | (y < cy))
    sun = tone.ramp(
        np.clip((y - cy) / (2 * size) + 0.5, 0, 1), tone.hexes("fff08a", "ffa14a", "ff3fa0")
    )
    scene = tone.mix(scene, sun, 0.8 * disc)
    horizon = rng.uniform(0.5, 0.68) * shape[0]
    depth = np.maximum(y - horizon, 0.6)
    across = np.abs(((x - cx) / depth * 1.3 + 0.5) % 1 - 0.5) * depth / 1.3
    along = np.abs((90 / depth + 0.5) % 1 - 0.5) * depth**2 / 90
    mesh = np.maximum(np.clip(1.3 - across, 0, 1), np.clip(1.3 - along, 0, 1)) * (y > horizon + 2)
    scene = tone.mix(scene * (1 - 0.25 * (y > horizon))[..., None], (0.25, 1.0, 0.95), 0.85 * mesh)
    return scene * (1 - 0.07 * (y % 2 < 1))[..., None]


@renderer("glitch")
def glitch(image: Array, rng: np.random.Generator) -> Array:
    """Torn scan lines, split colour channels and corrupt blocks."""
    height, width = image.shape[:2]
    x, y = fields.grid((height, width))
    shove = np.zeros(height, np.float32)
    for _ in range(int(height / 12) + 3):
        top, tall = int(rng.integers(0, height)), int(rng.integers(1, 9))
        shove[top : top + tall] = rng.normal(0, 10)
    torn = [
        fields.sample(np.ascontiguousarray(image[..., c]), x + shove[:, None] + split, y)
        for c, split in enumerate(rng.choice([-1, 1]) * np.array([1, 0, -1]) * rng.uniform(3, 6))
    ]
    made = tone.saturate(np.stack(torn, -1).astype(np.float32), 1.5)
    for _ in range(int(height * width / 1100) + 2):
        top, left = int(rng.integers(0, height)), int(rng.integers(0, width))
        tall, wide = int(rng.integers(1, 6)), int(rng.integers(6, 34))
        block = made[top : top + tall, left : left + wide]
        block[:] = np.clip(block[..., ::-1] * 0.3 + _GLARE[rng.integers(len(_GLARE))] * 0.8, 0, 1)
    return made * (1 - 0.22 * (y % 2 < 1))[..., None]
