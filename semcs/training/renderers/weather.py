"""Weather, hours of the day and places of light."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer


@renderer("snow")
def snow(image: Array, rng: np.random.Generator) -> Array:
    """Pale cold light, soft white caps on whatever faces up, falling flakes."""
    level = tone.tones(image, blur=0.8)
    shape = level.shape
    palette = tone.jitter(tone.hexes("26344a", "71869f", "b9c9da", "f0f4f9"), rng, 0.02)
    scene = tone.mix(tone.ramp(0.06 + 0.94 * level, palette), tone.saturate(image, 0.7), 0.18)
    patch = fields.fractal(shape, 13, rng)
    smooth = tone.blur(level, 1.6)
    top = smooth - np.roll(smooth, 4, 0)
    cover = tone.smoothstep(1.8 * top + 0.8 * (patch - 0.5) + 0.3 * (level - 0.5), 0.04, 0.3)
    cover = tone.smoothstep(tone.blur(cover, 1.0), 0.25, 0.8)
    soft = tone.shade(
        tone.ramp(0.3 + 0.6 * level + 0.2 * cover, tone.hexes("a9bdd4", "e6eef6", "ffffff")),
        0.25 * tone.relief(cover, 1.2, 1.0),
    )
    scene = tone.mix(scene, soft, 0.95 * cover)
    for cell, size, strength in (
        (rng.uniform(7, 9), 1.0, 0.9),
        (rng.uniform(13, 18), 1.9, 1.0),
        (36.0, 3.6, 0.7),
    ):
        labels, distance = fields.voronoi(shape, cell, rng, 1.0)
        own = size * rng.uniform(0.3, 1.15, int(labels.max()) + 1).astype(np.float32)[labels]
        flake = tone.smoothstep(own - distance + 0.6, 0.0, 0.5 * size)
        scene = tone.mix(scene, (1.0, 1.0, 1.0), strength * flake)
    return scene


@renderer("night")
def night(image: Array, rng: np.random.Generator) -> Array:
    """Moonlit darkness: deep blue-black, faint cold light, grain and small stars."""
    level = tone.tones(image, blur=0.8)
    dark = tone.ramp(
        0.8 * level**1.5,
        tone.jitter(tone.hexes("01030a", "070f24", "14234a", "34507f", "8fa8cf"), rng, 0.01),
    )
    shape = level.shape
    x, y = fields.grid(shape)
    cx, cy = rng.uniform(0, shape[1]), rng.uniform(0, shape[0] * 0.35)
    moon = np.hypot(x - cx, y - cy)
    light = np.exp(-moon / 18) * 0.5 + np.clip(rng.uniform(5, 8) - moon, 0, 1)
    _, star = fields.voronoi(shape, rng.uniform(13, 18), rng, 1.0)
    scene = tone.mix(dark, (0.9, 0.93, 1.0), np.clip(1.2 - star, 0, 1) * (level > 0.35))
    scene = tone.screen(scene, tone.glow(light, (0.85, 0.9, 1.0)))
    return scene + 0.02 * fields.grain(shape, rng)[..., None]


@renderer("rain")
def rain(image: Array, rng: np.random.Generator) -> Array:
    """Grey wet light behind slanting streaks, drops and their splashes."""
    level = tone.tones(image, blur=1.2)
    shape = level.shape
    grey = tone.ramp(
        0.1 + 0.7 * level,
        tone.jitter(tone.hexes("141c24", "3a4853", "6c7c88", "a9b6bf", "d7e0e5"), rng, 0.015),
    )
    turn = np.pi / 2 + rng.choice([-1, 1]) * rng.uniform(0.12, 0.4)
    wet = fields.smear(tone.mix(grey, image, 0.18), np.full(shape, np.pi / 2, np.float32), 5)
    points = fields.scatter(shape, rng.uniform(6.5, 8.5), rng)
    count = len(points)
    streak = np.zeros_like(image)
    ink = np.repeat(rng.uniform(0.25, 0.85, (count, 1)), 3, 1)
    streak = fields.dab(
        streak, points, np.full(count, turn), rng.uniform(9, 20, count), np.ones(count), ink
    )
    scene = tone.screen(wet, tone.glow(0.75 * streak, (0.9, 0.96, 1.0)))
    _, distance = fields.voronoi(shape, rng.uniform(15, 20), rng, 1.0)
    return tone.screen(scene, 0.5 * tone.grey(np.clip(1.6 - distance, 0, 1)))


@renderer("fog")
def fog(image: Array, rng: np.random.Generator) -> Array:
    """Forms that fade into drifting white veils."""
    shape = image.shape[:2]
    soft = tone.blur(image, rng.uniform(1.2, 2.0))
    level = tone.tones(soft)
    pale = tone.ramp(
        level, tone.jitter(tone.hexes("626b72", "a0a8ad", "cdd3d6", "eceff0"), rng, 0.012)
    )
    pale = tone.mix(pale, soft, 0.12)
    _, y = fields.grid(shape)
    veil = fields.noise(shape, (22.0, 70.0), rng) * 0.6 + fields.fractal(shape, 36, rng) * 0.4
    depth = np.clip(0.35 + 0.75 * (veil - 0.3) + 0.25 * (1 - y / shape[0]), 0.15, 0.93)
    return tone.mix(pale, (0.87, 0.89, 0.9), depth)


@renderer("sunset")
def sunset(image: Array, rng: np.random.Generator) -> Array:
    """Violet to orange sky with a low sun behind dark silhouettes."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    sky = tone.ramp(
        y / shape[0] + 0.12 * (fields.noise(shape, (9.0, 60.0), rng) - 0.5),
        tone.jitter(tone.hexes("3a2068", "8a2d7c", "e0506a", "ff8a3c", "ffc85a"), rng, 0.02),
    )
    cx, cy = rng.uniform(0.15, 0.85) * shape[1], rng.uniform(0.45, 0.8) * shape[0]
    distance = np.hypot(x - cx, y - cy)
    size = rng.uniform(8, 13)
    sun = np.clip(size - distance, 0, 1)
    glow = np.exp(-((distance / (3.0 * size)) ** 2))
    lit = tone.screen(sky, tone.glow(glow, (0.75, 0.5, 0.15)))
    lit = tone.mix(lit, (1.0, 0.95, 0.7), 0.95 * sun)
    contrast = tone.smoothstep(level, 0.1, 0.62)
    dark = tone.mix(tone.fill(image, (0.13, 0.04, 0.15)), lit, 0.18)
    return tone.mix(dark, lit * (0.72 + 0.35 * level)[..., None], contrast)


@renderer("storm")
def storm(image: Array, rng: np.random.Generator) -> Array:
    """Black-violet thunderclouds split by branching white lightning."""
    level = tone.tones(image, blur=1.2)
    shape = level.shape
    cloud = fields.fractal(shape, 34, rng, 4)
    dark = tone.ramp(
        0.72 * level + 0.34 * cloud - 0.06,
        tone.jitter(tone.hexes("06060d", "191b2c", "3a3c58", "72769a", "b9bddb"), rng, 0.015),
    )
    bolt = np.zeros((*shape, 3), np.uint8)
    for _ in range(int(rng.integers(1, 3))):
        height = np.linspace(-2, shape[0] * rng.uniform(0.7, 1.1), 22)
        path = np.stack(
            [rng.uniform(0.1, 0.9) * shape[1] + np.cumsum(rng.normal(0, 4.5, 22)), height], 1
        )
        cv2.polylines(
            bolt, [(path * 8).astype(np.int32)], False, (255, 255, 255), 2, cv2.LINE_AA, 3
        )
        for start in rng.integers(3, 18, 3):
            fork = path[start] + np.cumsum(
                np.stack([rng.normal(rng.choice([-4, 4]), 3, 7), rng.uniform(1, 6, 7)], 1), 0
            )
            limb = np.concatenate([path[start : start + 1], fork])
            cv2.polylines(
                bolt, [(limb * 8).astype(np.int32)], False, (210, 210, 255), 1, cv2.LINE_AA, 3
            )
    light = tone.to_floats(bolt)
    halo = 1.1 * tone.blur(light, 2) + 1.1 * tone.blur(light, 7)
    return tone.screen(tone.screen(dark, tone.glow(halo, (0.6, 0.55, 1.0))), light)


@renderer("clouds")
def clouds(image: Array, rng: np.random.Generator) -> Array:
    """White cumulus heaps on clear blue sky."""
    level = tone.tones(image, blur=1.5)
    shape = level.shape
    _, y = fields.grid(shape)
    puff = np.zeros(shape, np.float32)
    for cell in (26.0, 13.0, 7.0):
        _, distance = fields.voronoi(shape, cell, rng, 1.0)
        puff += np.clip(1 - distance / (0.75 * cell), 0, 1) * cell / 26
    heap = 0.62 * tone.stretch(puff) + 0.72 * level
    cover = tone.smoothstep(heap + 0.15 * (fields.fractal(shape, 10, rng) - 0.5), 0.45, 0.75)
    sky = tone.ramp(
        0.25 + 0.6 * y / shape[0] + 0.2 * level,
        tone.jitter(tone.hexes("1b5fb8", "4b97e0", "9ccbf2"), rng, 0.02),
    )
    body = tone.ramp(tone.stretch(heap), tone.hexes("9fb2c8", "d5dfea", "ffffff"))
    body = tone.shade(body, 0.3 * tone.relief(tone.blur(heap, 1.0), np.pi / 2, 1.2))
    return tone.mix(sky, body, cover)
