"""Machines: circuit board, steampunk."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

Bytes: TypeAlias = NDArray[np.uint8]


_COMPASS = np.array([[1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]], float)


def _traces(shape: fields.Shape, rng: np.random.Generator, scale: float) -> tuple[Array, Array]:
    """Bundles of parallel conductors that turn by 45°, and the holes at their ends."""
    copper, hole = (np.zeros(shape, np.uint8) for _ in range(2))
    thick = max(1, round(1.8 * scale))
    for start in fields.scatter(shape, 44 * scale, rng):
        turn = 2 * int(rng.integers(0, 4))
        bend = (turn + int(rng.choice([-1, 1]))) % 8
        across = _COMPASS[(turn + 2) % 8]
        first, second, third = (rng.uniform(low, 2.6 * low) * scale for low in (13, 9, 15))
        for lane in range(int(rng.integers(2, 5))):
            steps = [_COMPASS[turn] * first, _COMPASS[bend] * second, _COMPASS[turn] * third]
            path = np.cumsum([start.round() + across * 6.5 * scale * lane, *steps], 0)
            points = [(path * 8).astype(np.int32)]
            cv2.polylines(copper, points, False, 190, thick, cv2.LINE_AA, 3)
            for end in (path[0], path[-1]):
                spot = (end * 8).astype(int).tolist()
                cv2.circle(copper, spot, int(27 * scale), 255, -1, cv2.LINE_AA, 3)
                cv2.circle(hole, spot, int(11 * scale), 255, -1, cv2.LINE_AA, 3)
    return tone.to_floats(copper), tone.to_floats(hole)


def _chips(canvas: Array, level: Array, rng: np.random.Generator, scale: float) -> Array:
    """Black packages with silver pins on two sides, set where the picture is dark and calm."""
    points = fields.scatter(level.shape, 62 * scale, rng)
    busy = tone.blur(level, 7 * scale) + 1.2 * tone.blur(tone.edges(level, 2.0, scale), 10 * scale)
    order = np.argsort(fields.pick(busy, points) + 0.2 * rng.random(len(points)))
    surface = tone.to_bytes(canvas)

    def box(left: float, top: float, right: float, bottom: float, ink: tuple[int, ...]) -> None:
        start, end = (round(left), round(top)), (round(right), round(bottom))
        cv2.rectangle(surface, start, end, ink, -1)

    for x, y in points[order[: max(len(points) // 4, 2)]].tolist():
        wide, tall = (rng.uniform(13, 23) * scale, rng.uniform(9, 15) * scale)
        for pin in np.arange(x - wide + 3 * scale, x + wide - 2 * scale, 6 * scale):
            box(pin, y - tall - 5 * scale, pin + 2 * scale, y + tall + 5 * scale, (215, 220, 214))
        box(x - wide, y - tall, x + wide, y + tall, (30, 32, 35))
        box(x - wide, y - tall, x + wide, y - tall + scale, (96, 100, 104))
        dot = (round(x - wide + 5 * scale), round(y + tall - 5 * scale))
        cv2.circle(surface, dot, max(1, round(1.6 * scale)), (140, 142, 142), -1, cv2.LINE_AA)
    return tone.to_floats(surface)


@look("circuit board", detail=0.9)
def circuit_board(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Green printed board: copper conductors at right angles and 45°, pads, black chips."""
    level = tone.tones(image, blur=1.0 * scale)
    green = tone.hexes("01200f", "05502a", "0d8040", "3cb569", "a4ecb4")
    board = tone.ramp(0.06 + 0.76 * level, tone.jitter(green, rng, 0.012))
    copper, hole = _traces(level.shape, rng, scale)
    metal = tone.ramp(0.85 * level, tone.hexes("6b4a12", "c08a2c", "efc766", "fff0c0"))
    cast = np.roll(copper, max(1, round(scale)), (0, 1))
    made = tone.mix(board * (1 - 0.5 * cast)[..., None], metal, copper)
    made = _chips(tone.mix(made, (0.02, 0.06, 0.03), hole), level, rng, scale)
    print_line = tone.smoothstep(fields.lines(level, 1.3 * scale), 0.4, 0.9)
    made = tone.mix(made, (0.94, 0.99, 0.92), 0.75 * print_line)
    return tone.shade(made, 0.6 * (level - tone.blur(level, 14 * scale)))


def _draw_gear(
    maps: tuple[Bytes, Bytes], centre: Array, radius: float, teeth: int, rng: np.random.Generator
) -> None:
    """Draw one wheel with ring, spokes, hub and axle into the maps of height and of metal."""
    unit, shift = 8, 3
    height, metal = maps
    turn = rng.uniform(0, 6.3)
    steps = np.arange(teeth)[:, None] + np.array([0.0, 0.14, 0.42, 0.56])
    angle = turn + steps.ravel() * 2 * np.pi / teeth
    reach = radius * np.tile([0.84, 1.0, 1.0, 0.84], teeth)
    outline = centre + np.stack([reach * np.cos(angle), reach * np.sin(angle)], 1)
    outline = [(outline * unit).astype(np.int32)]
    cv2.fillPoly(metal, outline, int(rng.choice([0, 0, 220])), cv2.LINE_AA, shift)
    cv2.fillPoly(height, outline, 165, cv2.LINE_AA, shift)
    middle = (centre * unit).astype(int).tolist()

    def disc(share: float, level: int) -> None:
        cv2.circle(height, middle, int(share * radius * unit), level, -1, cv2.LINE_AA, shift)

    disc(0.7, 225)
    disc(0.6, 30)
    spokes = turn + np.arange(5) * 2 * np.pi / 5
    tips = centre + 0.62 * radius * np.stack([np.cos(spokes), np.sin(spokes)], 1)
    thick = max(1, round(0.14 * radius))
    for tip in (tips * unit).astype(int).tolist():
        cv2.line(height, middle, tip, 185, thick, cv2.LINE_AA, shift)
    disc(0.26, 235)
    disc(0.1, 40)


def _gears(level: Array, rng: np.random.Generator, scale: float) -> tuple[Array, Array, Array]:
    """Wheels, small ones over large ones: where they are, their height, and which are copper."""
    height, metal = (np.zeros(level.shape, np.uint8) for _ in range(2))
    busy = tone.blur(tone.edges(level, 2.0, scale), 28 * scale)
    for size, teeth, share in ((62.0, 22, 0.7), (38.0, 16, 0.35), (23.0, 12, 0.16)):
        points = fields.scatter(level.shape, 1.7 * size * scale, rng)
        # Wheels are set where the photo is calm, so that faces and outlines stay.
        calm = np.argsort(fields.pick(busy, points) + 0.04 * rng.random(len(points)))
        for centre in points[calm[: max(1, int(share * len(points)))]]:
            radius = size * scale * rng.uniform(0.75, 1.15)
            _draw_gear((height, metal), centre, radius, teeth, rng)
    there = (height > 0).astype(np.float32)
    return there, tone.to_floats(height), tone.to_floats(metal)


@look("steampunk", detail=0.9)
def steampunk(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Brass and copper gears, wheel in wheel, with spokes and hubs in sepia dusk."""
    level = tone.tones(image, blur=1.0 * scale)
    shape = level.shape
    there, height, copper = _gears(level, rng, scale)
    brass = tone.jitter(tone.hexes("1a0d05", "5c3210", "a86d2c", "e0b05c", "ffeeb8"), rng, 0.015)
    brushed = fields.noise(shape, (1.4 * scale, 40 * scale), rng) - 0.5
    patina = fields.fractal(shape, 90 * scale, rng) - 0.5
    tint = 0.1 + 0.68 * level + there * (0.36 * height - 0.2) + 0.08 * brushed + 0.14 * patina
    plate = tone.ramp(tint, brass)
    plate = tone.mix(plate, plate * np.array([1.1, 0.7, 0.52], np.float32), copper * there)
    # The wheels stand off the plate: a dark line around them, and a shadow on one side.
    drop = round(2.5 * scale)
    cast = np.roll(tone.blur(there, 2.0 * scale), drop, (0, 1)) * (1 - there)
    plate = tone.shade(plate, -0.75 * np.clip(1.3 * cast, 0, 1))
    raised = tone.blur(height, 0.8 * scale)
    light = tone.relief(raised, rng.uniform(0.6, 1.0), 0.6, scale)
    light = light + 0.5 * tone.relief(level, 0.8, 1.0, scale)
    plate = tone.shade(plate, np.clip(0.5 * light, -0.6, 0.6))
    gleam = tone.smoothstep(light, 0.4, 1.0) * (0.3 + 0.7 * level)
    return tone.screen(plate, tone.glow(gleam, (0.4, 0.32, 0.18)))
