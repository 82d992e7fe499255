"""Decorative art around 1900 and after: art deco, art nouveau, klimt."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

Canvas = NDArray[np.uint8]


@look("art deco", detail=0.4)
def art_deco(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Rows of fans in thin gold arcs on black and teal."""
    shape = image.shape[:2]
    level = tone.quiet(image, scale, blur=0.9)
    x, y = fields.grid(shape)
    size = np.float32(rng.uniform(54, 68) * scale)
    radius, rise = size / 2, size / 4
    distance = np.zeros(shape, np.float32)
    # A fan covers the upper half of its disc, and lies before those of the row above it.
    first = np.ceil(y / rise)
    for row in (first + 1, first):
        odd = 0.5 * np.mod(row, 2)
        side = x / size - odd
        dx, dy = (side - np.round(side)) * size, row * rise - y
        here = np.sqrt(dx * dx + dy * dy)
        distance = np.where(here < radius, here, distance)
    wave = 0.5 + 0.5 * np.cos(distance * np.float32(2 * np.pi / (radius / 4)))
    arcs = tone.smoothstep(wave, 0.66, 0.9)
    fan = distance / radius
    palette = tone.jitter(
        tone.hexes("07090c", "0a2a30", "0f5f62", "2f9088", "d9bf7c", "fbeec2"), rng, 0.015
    )
    sheen = level + 0.07 * (fan - 0.5)
    ground = tone.ramp(0.55 * sheen + 0.45 * np.floor(np.clip(sheen, 0, 0.99) * 5) / 4, palette)
    shine = tone.ramp(0.2 + 0.8 * level, tone.hexes("6a4716", "c8952f", "f6d884", "fff4c8"))
    # Gold is seen on dark; on the light gold the arcs are cut in bronze.
    bright = tone.smoothstep(level, 0.66, 0.74)
    inlay = tone.mix(shine, (0.55, 0.36, 0.12), 0.85 * bright)
    made = tone.mix(ground, inlay, arcs * (0.9 - 0.35 * bright))
    contour = tone.smoothstep(fields.lines(level, 1.5 * scale), 0.3, 0.7)
    return tone.mix(made, (0.02, 0.02, 0.03), contour)


def _whiplash(
    shape: tuple[int, ...], points: Array, rng: np.random.Generator, scale: float
) -> Array:
    """Plant-like curls, each a long stem that winds into a coil: (H, W), 1 = line."""
    drawn = np.zeros(shape, np.uint8)
    steps = np.linspace(0, 1, 96)
    for at in points:
        way, hand = rng.uniform(0, 6.3), float(rng.choice([-1, 1]))
        size = rng.uniform(60, 84) * scale
        for start, length in ((0.0, 1.0), (np.pi, 0.72)):
            # An S: from its middle both arms wind into a coil.
            turn = way + start + hand * 8.5 * steps**1.5
            stride = length * size * (2.7 - 2.3 * steps) / len(steps)
            path = at + np.cumsum(np.stack([np.cos(turn), np.sin(turn)], 1) * stride[:, None], 0)
            for part in range(3):  # a stem thins out
                piece = (path[part * 32 : part * 32 + 33] * 8).astype(np.int32)
                thick = max(1, round((3.6 - 0.9 * part) * scale))
                cv2.polylines(drawn, [piece], False, 255, thick, cv2.LINE_AA, 3)
            bud = (path[-1] * 8).astype(int).tolist()
            cv2.circle(drawn, bud, int(8 * 2.6 * scale), 255, -1, cv2.LINE_AA, 3)
    return tone.to_floats(drawn)


@look("art nouveau", detail=0.4)
def art_nouveau(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """A poster after Mucha: soft flat tints in gold, olive and rose, whiplash curls, bold lines."""
    shape = image.shape[:2]
    smooth = tone.kuwahara(image, max(2, round(5 * scale)))
    level = tone.quiet(image, scale, blur=1.0)
    shaded = tone.quiet(smooth, scale, blur=1.0)
    palette = tone.jitter(
        tone.hexes("3f2a1c", "7a5a2c", "b3913f", "e3bd66", "f8e0a0", "fef5da"), rng, 0.02
    )
    flat = 0.5 * shaded + 0.5 * np.floor(np.clip(shaded, 0, 0.99) * 6) / 5
    made = tone.mix(tone.ramp(flat, palette), tone.vivid(tone.expose(smooth), 1.6), 0.34)
    rose, teal = tone.hexes("c8766a", "5a8f86")
    redness = image[..., 0] - 0.5 * (image[..., 1] + image[..., 2])
    made = tone.mix(made, rose * 1.15, 0.4 * tone.smoothstep(redness, 0.08, 0.35) * shaded)
    blueness = image[..., 2] - 0.5 * (image[..., 0] + image[..., 1])
    made = tone.mix(made, teal * 1.1, 0.5 * tone.smoothstep(blueness, 0.02, 0.25))
    points = fields.calm_points(level, rng.uniform(120, 140) * scale, rng, share=0.3, mask=mask)
    curls = _whiplash(shape, points, rng, scale)
    gold = tone.ramp(0.35 + 0.5 * level, tone.hexes("6a4312", "c8902a", "f6d676", "fff3c0"))
    rimmed = tone.smoothstep(tone.blur(curls, 1.3 * scale), 0.06, 0.25)
    made = tone.mix(made, (0.25, 0.16, 0.08), 0.8 * rimmed)
    made = tone.mix(made, gold, curls)
    thick = tone.smoothstep(fields.lines(level, 1.9 * scale), 0.3, 0.75)
    thin = tone.smoothstep(fields.lines(level, 0.9 * scale), 0.4, 0.8)
    contour = np.maximum(0.9 * thick, 0.7 * thin)
    if mask is not None:
        away = np.minimum(fields.depth_inside(mask) / np.float32(scale), 99)
        contour = np.maximum(contour, np.exp(-((away / 2.4) ** 4)))
    paper = 1 + 0.02 * fields.grain(shape, rng, max(scale, 0.8))
    return tone.mix(made * paper[..., None], (0.22, 0.12, 0.06), contour)


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
