"""Painting before 1850: fresco, rembrandt, rococo, turner."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

Canvas = NDArray[np.uint8]


Ink = tuple[int, int, int]


@look("fresco", detail=0.6)
def fresco(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Matt chalky earth colours on old plaster that is cracked and has flaked away in patches."""
    shape = image.shape[:2]
    soft = tone.kuwahara(tone.expose(image), round(4 * scale))
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


@look("rembrandt", detail=0.45)
def rembrandt(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """One golden light that falls out of a warm brown-black dark, in thick old varnished paint."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.tones(tone.kuwahara(image, round(3 * scale)), blur=0.7 * scale)
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
    _scrolls(
        surface, points[fields.pick(fields.calmness(level, 16, scale), points) > 0.7], scale, rng
    )
    gilt = tone.smoothstep(fields.lines(level, 0.9 * scale), 0.35, 0.9)
    made = tone.mix(tone.to_floats(surface), (0.7, 0.48, 0.26), 0.7 * gilt)
    return tone.screen(made, 0.12 * tone.blur(made, 5 * scale))


@look("turner", detail=0.5)
def turner(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """A hazy vortex of golden and white light, everything soft and blown round the sun."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.quiet(image, scale, blur=1.0)
    cx, cy = fields.clear_spot(level, rng, (0.2, 0.8), (0.15, 0.6), mask)
    dx, dy = x - np.float32(cx), 1.3 * (y - np.float32(cy))
    far = np.sqrt(dx * dx + dy * dy) / np.float32(max(min(shape), 96 * scale))
    angle = np.arctan2(dx, -dy) + 0.5 + 0.9 * (fields.noise(shape, 60 * scale, rng) - 0.5)
    seen = fields.smear(level, angle, rng.uniform(5, 8) * scale)
    strokes = fields.streaks(angle, 26 * scale, rng, 5.0 * scale)
    sun = np.exp(-((far / 0.12) ** 2))
    haze = np.exp(far / np.float32(-0.36))
    palette = tone.jitter(
        tone.hexes("3a2628", "8a4c26", "d8902f", "f4c763", "fbe7b0", "fffaf0"), rng, 0.02
    )
    light = tone.ramp(0.03 + 0.72 * seen + 0.3 * haze + 0.045 * strokes, palette)
    cold = tone.ramp(seen + 0.03 * strokes, tone.hexes("2f4560", "7f9fb4", "eeebdc"))
    air = tone.smoothstep(fields.noise(shape, 90 * scale, rng) + 0.5 * far - 0.5 * haze, 0.35, 0.95)
    made = tone.mix(tone.mix(light, cold, 0.7 * air), tone.vivid(tone.expose(image), 1.4), 0.16)
    made = tone.mix(made, (1.0, 0.86, 0.5), 0.4 * np.exp(-((far / 0.3) ** 2)))
    return tone.mix(made, (1.0, 0.98, 0.88), 0.9 * sun)
