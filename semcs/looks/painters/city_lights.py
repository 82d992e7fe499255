"""Lights at night: cyberpunk, fireworks, neon, vaporwave."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


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
    return scene * (1 - 0.14 * fields.scan_lines(shape, 3 * scale))


_SPARKS = tone.hexes("ff3b4a", "ffd24a", "3dff7a", "4aa8ff", "ff5cf0", "ffffff", "ff9a2e")


def _bursts(
    centres: Array, reach: Array, tints: Array, rng: np.random.Generator
) -> tuple[Array, ...]:
    """Strokes of bursting rockets: rays that fall as they fly, brighter towards their tips."""
    strokes = []
    for centre, size, tint in zip(centres, reach.tolist(), tints):
        count = int(rng.integers(22, 38))
        turn = (np.arange(count) + rng.normal(0, 0.25, count)) * 2 * np.pi / count
        far = size * rng.uniform(0.7, 1.05, count)
        along = np.linspace(0.12, 1, 6)
        fall = 0.16 * size * along**2
        ray = np.stack([np.cos(turn), np.sin(turn)], 1)[:, None] * (far[:, None] * along)[..., None]
        path = centre + ray + np.stack([0 * fall, fall], 1)
        power = np.broadcast_to(np.array([0.35, 0.6, 0.85, 1.05, 1.3]), (count, 5))
        strokes.append((path[:, :-1], path[:, 1:], power[..., None] * tint))
    starts, ends, inks = (
        np.concatenate([s[i].reshape(-1, s[i].shape[-1]) for s in strokes]) for i in range(3)
    )
    return starts, ends, inks


@look("fireworks", detail=0.7)
def fireworks(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Radial bursts of coloured sparks over a dark sky."""
    level = tone.quiet(image, scale, blur=1.0)
    shape = level.shape
    centres = fields.scatter(shape, 104 * scale, rng)
    calm = 1 - fields.pick(tone.blur(tone.edges(level, 2.0, scale), 20 * scale), centres)
    order = np.argsort(-calm - 0.15 * rng.random(len(centres)))
    centres = centres[order[: max(round(0.48 * len(centres)), 2)]]
    reach = scale * rng.uniform(42, 96, len(centres))
    tints = _SPARKS[rng.integers(0, len(_SPARKS), len(centres))]
    starts, ends, inks = _bursts(centres, reach, tints, rng)
    light = np.zeros(image.shape, np.uint8)
    pairs = (np.stack([starts, ends], 1) * 8).astype(np.int32)
    thick = max(1, round(1.6 * scale))
    for (a, b), ink in zip(pairs.tolist(), np.clip(inks * 255, 0, 255).tolist()):
        cv2.line(light, a, b, ink, thick, cv2.LINE_AA, 3)
    tips = np.clip(inks[4::5] * 0.4 + 0.6, 0, 1) * 255
    for spot, ink in zip(pairs[4::5, 1].tolist(), tips.tolist()):
        cv2.circle(light, spot, round(8 * 1.5 * scale), ink, -1, cv2.LINE_AA, 3)
    trails = tone.to_floats(light)
    halo = 0.7 * tone.blur(trails, 4 * scale) + 1.4 * tone.blur(trails, 24 * scale)
    palette = tone.hexes("02020a", "0d0e30", "262a63", "5a60a8", "a9b0e0")
    night = tone.ramp(0.03 + 0.8 * level**1.1, palette)
    lit = tone.screen(night, halo * (0.2 + 0.75 * level)[..., None])
    return tone.screen(lit, trails)


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
    return scene * (1 - 0.06 * fields.scan_lines(shape, 3 * scale))


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
