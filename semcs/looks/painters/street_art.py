"""Street art and bright posters: graffiti, keith haring, psychedelic, stencil."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

Canvas = NDArray[np.uint8]


_CANS = (
    ("3a0f8f", "e0127f", "ff7a1a", "ffe600"),
    ("1a1f8f", "8f2bff", "00c8ff", "b6ff3a"),
    ("5a0a6a", "ff2e63", "00d5ff", "fff04d"),
    ("0f3f9f", "00a878", "ffd400", "ff9ad5"),
)


@look("graffiti", detail=0.35)
def graffiti(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Spray paint on a concrete wall: loud fills, double outlines, overspray and drips."""
    shape = image.shape[:2]
    inks = tone.one_of(_CANS, rng, 0.02)
    level = tone.quiet(tone.flat_areas(image, scale), scale, blur=1.2)
    rough = fields.fractal(shape, 24 * scale, rng)
    speckle = fields.grain(shape, rng, 0.6 * max(scale, 0.8))
    concrete = _block_wall(rough, speckle, scale)
    fade = 0.22 * (fields.noise(shape, 110 * scale, rng) - 0.5)
    depth = np.clip(level + fade + 0.025 * speckle, 0, 1)
    fill = 0.45 * tone.ramp(depth, inks) + 0.55 * tone.steps(np.clip(depth, 0, 0.999), inks)
    # Paint covers the forms; on calm ground the wall shows behind the edge of a spray.
    busy = tone.blur(tone.edges(level, 1.5, scale), 22 * scale)
    sprayed = busy + 0.14 * (rough - 0.5) + 0.012 * speckle
    cover = tone.smoothstep(sprayed, 0.03, 0.1)
    if mask is not None:
        cover = np.maximum(cover, 0.75)
    painted = tone.mix(concrete, fill, 0.12 + 0.85 * cover)
    outline = tone.smoothstep(fields.lines(level, 2.4 * scale), 0.35, 0.65)
    if mask is not None:
        outline = np.maximum(outline, fields.depth_inside(mask) < 3.2 * scale)
    halo = tone.smoothstep(tone.blur(outline, 3.4 * scale) + 0.015 * speckle, 0.1, 0.22)
    mist = tone.blur(outline, 9 * scale)
    painted = tone.mix(painted, inks[0] * 0.6, np.clip(0.8 * mist + 0.06 * speckle, 0, 0.4))
    painted = tone.mix(painted, (0.99, 0.99, 0.97), 0.85 * halo)
    return tone.mix(painted, (0.04, 0.03, 0.06), _with_runs(outline, rng, scale))


def _block_wall(rough: Array, speckle: Array, scale: float) -> Array:
    """A wall of concrete blocks with dark joints, (H, W, 3)."""
    x, y = fields.grid(rough.shape)
    tall = np.float32(58 * scale)
    course = np.floor(y / tall)
    along = x / (2 * tall) + 0.5 * np.mod(course, 2)
    joint = np.minimum(y - course * tall, np.abs(along - np.round(along)) * 2 * tall)
    wall = 0.6 + 0.22 * (rough - 0.5) + 0.02 * speckle
    wall -= 0.16 * np.exp(-joint / np.float32(1.4 * scale))
    return tone.glow(wall, (1.0, 0.97, 0.92))


def _with_runs(outline: Array, rng: np.random.Generator, scale: float) -> Array:
    """Outlines (H, W) in wet paint, some of which runs down."""
    drawn = tone.to_bytes(outline)
    heads = fields.scatter(outline.shape, 30 * scale, rng)
    heads = heads[fields.pick(outline, heads) > 0.5]
    for x, y in (heads[: max(6, len(heads) // 2)] * 8).astype(int).tolist():
        low = y + int(8 * rng.uniform(14, 52) * scale)
        thick = max(1, round(rng.uniform(1.6, 2.6) * scale))
        cv2.line(drawn, (x, y), (x, low), 255, thick, cv2.LINE_AA, 3)
        cv2.circle(drawn, (x, low), int(8 * 0.75 * thick), 255, -1, cv2.LINE_AA, 3)
    return tone.to_floats(drawn)


def _dancer(
    surface: Canvas, at: Array, size: float, ink: list[float], rng: np.random.Generator
) -> None:
    """A figure of thick limbs with a round head, outlined in black."""
    flip, bend = rng.choice([-1, 1]), rng.uniform(-0.3, 0.3)
    arm, leg = rng.uniform(-0.6, 0.2), rng.uniform(0.3, 0.6)
    limbs = (
        [(-0.75, -0.95), (-0.7, -0.4), (0, -0.35), (0.7, -0.35), (0.8, arm)],
        [(0, -0.35), (bend, 0.25), (-0.55, 0.55), (-0.45, 1.1)],
        [(bend, 0.25), (0.5, leg), (0.8, 1.05)],
    )
    paths = [((np.array(p) * (flip * size, size) + at) * 8).astype(np.int32) for p in limbs]
    head = ((at + np.array((0, -0.85 * size))) * 8).astype(int).tolist()
    border = 0.3 * size
    for colour, extra in (((10, 10, 10), border), (ink, 0.0)):
        thick = max(round(0.34 * size + extra), 2)
        cv2.polylines(surface, paths, False, colour, thick, cv2.LINE_AA, 3)
        around = int((0.3 * size + extra / 2) * 8)
        cv2.circle(surface, head, around, colour, -1, cv2.LINE_AA, 3)


@look("keith haring", detail=0.25)
def keith_haring(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Thick black wiggly outlines, dancing figures and dashes of motion on flat bright colour."""
    shape = image.shape[:2]
    calm = tone.quiet(tone.kuwahara(image, max(2, round(6 * scale))), scale, blur=1.8)
    level = fields.wobble(calm, 18 * scale, 2.0 * scale, rng)
    inks = tone.hexes("1f4fd0", "e3222a", "18a34a", "ff7a1a", "ff4fa0", "ffe11a", "ffffff")
    inks = inks[[int(rng.integers(0, 2)), int(rng.integers(2, 5)), 5, 6]]
    band = np.clip(level * 4, 0, 3.99).astype(np.uint8)
    band = cv2.medianBlur(band, round(5 * scale) | 1)
    labels = fields.split(band.astype(np.int32), mask)
    rim = np.minimum(fields.rim(labels), 1e4) / np.float32(scale)
    surface = tone.to_bytes(inks[band])
    points = fields.scatter(shape, 12 * scale, rng)
    gx, gy = (tone.blur(cv2.Sobel(rim, cv2.CV_32F, *way), scale) for way in ((1, 0), (0, 1)))
    near = fields.pick(rim, points)
    points = points[(near > 9) & (near < 18)]
    turns = np.arctan2(fields.pick(gy, points), fields.pick(gx, points))
    step = np.stack([np.cos(turns), np.sin(turns)], 1) * 4.5 * scale
    thick = max(1, round(3 * scale))
    for a, b in zip(((points - step) * 8).astype(int), ((points + step) * 8).astype(int)):
        cv2.line(surface, a.tolist(), b.tolist(), (10, 10, 10), thick, cv2.LINE_AA, 3)
    outline = np.clip((2.3 - rim) * np.float32(scale) + 0.5, 0, 1)
    surface = tone.to_bytes(tone.mix(tone.to_floats(surface), (0.03, 0.03, 0.03), outline))
    for at in fields.calm_points(level, rng.uniform(84, 100) * scale, rng, share=0.5, mask=mask):
        own = int(min(fields.pick(level, at[None])[0] * 4, 3.99))
        ink = inks[(own + 2) % 4] * 255
        _dancer(surface, at, float(rng.uniform(19, 27)) * scale, ink.tolist(), rng)
    return tone.to_floats(surface)


@look("psychedelic", detail=0.8)
def psychedelic(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Melting bands of the whole rainbow."""
    shape = image.shape[:2]
    tones = tone.quiet(image, scale, blur=1.5)
    level = fields.wobble(tones, 40 * scale, 3.0 * scale, rng)
    # The bands flow round the forms: wide near them, narrower where the blurred tones run out.
    wide = tone.blur(level, 12 * scale)
    warp = fields.fractal(shape, 150 * scale, rng, 2)
    phase = np.float32(rng.uniform(0.7, 0.95)) * level + np.float32(rng.uniform(0.9, 1.2)) * wide
    phase += np.float32(rng.uniform(1.3, 1.7)) * warp + np.float32(rng.random())
    rainbow = tone.jitter(
        tone.hexes("ff0066", "ff9900", "fff200", "18e04a", "00d0ff", "4a2bff", "e01fff", "ff0066"),
        rng,
        0.02,
    )
    colour = tone.ramp(phase - np.floor(phase), rainbow)
    ripple = 0.5 + 0.5 * np.cos(phase * np.float32(2 * np.pi * 5))
    colour = np.clip(colour * (0.74 + 0.36 * ripple)[..., None], 0, 1)
    colour = tone.shade(colour, 0.95 * (tones - 0.5))
    ink = tone.smoothstep(fields.lines(tones, 1.4 * scale), 0.4, 0.8)
    return tone.mix(colour, (0.16, 0.02, 0.22), 0.7 * ink)


def _drips(cut: Array, scale: float, rng: np.random.Generator) -> Array:
    """Paint that ran down from some lower ends of the cut shapes, (H, W), 1 = paint."""
    runs = np.zeros(cut.shape, np.uint8)
    ends = np.argwhere((cut[:-1] > 0.5) & (cut[1:] <= 0.5))
    count = min(len(ends), max(1, round(cut.size / (150 * scale) ** 2)))
    for row, column in ends[rng.permutation(len(ends))[:count]].tolist():
        length, thick = rng.uniform(14, 60) * scale, max(1, round(rng.uniform(1.6, 3) * scale))
        foot = (column, round(row + length))
        cv2.line(runs, (column, row), foot, 255, thick, cv2.LINE_AA)
        cv2.circle(runs, foot, max(1, round(0.8 * thick)), 255, -1, cv2.LINE_AA)
    return tone.to_floats(runs)


@look("stencil", detail=0.25)
def stencil(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Two flat sprayed colours with drips and overspray on a bare wall."""
    shape = image.shape[:2]
    inks = tone.hexes("c8202c", "1c6fb0", "e0a21a", "2f7d4a", "d6417f")
    walls = tone.hexes("b9b5ad", "c9bfae", "a9aeb0", "d8d2c4", "c2a27c")
    wall = walls[rng.integers(len(walls))]
    layers = (0.6, inks[rng.integers(len(inks))]), (0.38, tone.hexes("121214")[0])
    rough = fields.fractal(shape, 30 * scale, rng)
    speckle = fields.grain(shape, rng, 0.5 * scale)
    wall = wall * (0.9 + 0.2 * rough + 0.03 * speckle)[..., None]
    level = tone.tones(tone.kuwahara(image, round(5 * scale)), blur=1.8 * scale)
    level = level + 0.7 * (level - tone.blur(level, 18 * scale))
    page = np.asarray(wall, np.float32)
    for threshold, ink in layers:
        cut = tone.smoothstep(threshold - level, -0.012, 0.012)
        wide = tone.blur(cut, 7 * scale) > 0.78  # small shapes hold too little paint to run
        mist = tone.smoothstep(1.3 * tone.blur(cut, 5 * scale) + 0.2 * speckle, 0.15, 1.1)
        cut = np.maximum(cut, _drips(cut * wide, scale, rng))
        cover = np.maximum(cut * (0.93 + 0.05 * speckle), 0.4 * mist)
        page = tone.mix(page, ink, np.clip(cover, 0, 0.97))
    return page
