"""Abstract and optical art: abstract, drip painting, matisse cutout, op art, rothko."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("abstract", detail=0.5)
def abstract(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Discs, rings, bars and triangles in bright translucent colours over cream."""
    level = tone.quiet(image, scale, blur=1.0)
    ground = tone.ramp(
        level, tone.jitter(tone.hexes("27407e", "6f86b8", "e8b98c", "f8e6b8", "fdf7e4"), rng)
    )
    canvas = tone.mix(ground, tone.vivid(tone.expose(image), 1.6), 0.2)
    dark = tone.hexes("1d3fb8", "a01d3a", "262a3a", "0f6f60", "6a2fb0")
    light = tone.hexes("fcbf49", "f25c3a", "5fc4e0", "f7f1de", "ff9fb8")
    around = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    disc = np.stack([np.cos(around), np.sin(around)], 1)
    triangle = np.array([(1.5, 0), (-0.7, 1.1), (-0.7, -1.1)])
    bar = np.array([(-2.4, -0.22), (2.4, -0.22), (2.4, 0.22), (-2.4, 0.22)])
    outlines = (disc, disc, triangle, disc[:21], bar)
    # From large to small, each layer shines through the next: colours change where they cross.
    for cell, size, cover in ((92, 46, 0.6), (56, 22, 0.72), (36, 10, 0.9)):
        surface = tone.to_bytes(canvas)
        for at in fields.calm_points(level, cell * scale, rng, share=0.6, mask=mask):
            inks = dark if fields.pick(level, at[None])[0] + rng.normal(0, 0.1) < 0.5 else light
            ink = (inks[rng.integers(5)] * 255).tolist()
            kind, turn = int(rng.integers(5)), rng.uniform(0, 6.3)
            reach = rng.uniform(0.6, 1.1) * size * scale
            spin = reach * np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))])
            corners = ((outlines[kind] @ spin + at) * 8).astype(np.int32)
            cv2.fillPoly(surface, [corners], ink, cv2.LINE_AA, 3)
            if kind == 0:  # a ring
                middle = (fields.pick(canvas, at[None])[0] * 255).tolist()
                hub = (at * 8).astype(int).tolist()
                cv2.circle(surface, hub, int(4.4 * reach), middle, -1, cv2.LINE_AA, 3)
        canvas = tone.mix(canvas, tone.to_floats(surface), cover)
    contour = tone.smoothstep(fields.lines(level, 1.2 * scale), 0.3, 0.7)
    return tone.mix(canvas, (0.06, 0.06, 0.1), 0.75 * contour)


def _drips(
    shape: tuple[int, ...], ground: Array, inks: Array, rng: np.random.Generator, scale: float
) -> Array:
    """A canvas flung full of looping threads, pools and drops of paint."""
    height, width = shape
    surface = tone.to_bytes(ground)
    count = int(np.ceil(height * width / (24 * scale) ** 2))
    tints = (inks[rng.integers(0, len(inks), count)] * 255).tolist()
    starts = rng.uniform(-20 * scale, 1, (count, 2)) + rng.random((count, 2)) * (width, height)
    bends = np.cumsum(rng.normal(0, 0.24, (count, 56)) + rng.normal(0, 0.06, (count, 1)), 1)
    turns = bends + rng.uniform(0, 6.3, (count, 1))
    strides = rng.uniform(1.6, 4.2, (count, 1)) * scale
    steps = np.stack([np.cos(turns) * strides, np.sin(turns) * strides], -1)
    paths = ((starts[:, None] + np.cumsum(steps, 1)) * 8).astype(np.int32)
    weights = rng.choice([0.9, 1.2, 1.8, 2.8], count, p=[0.3, 0.3, 0.25, 0.15])
    pools = rng.uniform(0.6, 1.9, (count, 4)) * scale
    for path, ink, weight, radii in zip(paths, tints, weights.tolist(), pools):
        thick = max(1, round(weight * scale))
        cv2.polylines(surface, [path], False, ink, thick, cv2.LINE_AA, 3)
        for at, radius in zip(path[::15].tolist(), radii.tolist()):
            cv2.circle(surface, at, int(8 * radius * weight), ink, -1, cv2.LINE_AA, 3)
    drops = rng.random((count, 2)) * (width, height) * 8
    sizes = 8 * scale * rng.uniform(0.7, 1.0, count) / np.maximum(rng.random(count), 0.22) * 0.8
    for at, radius, ink in zip(drops.astype(int).tolist(), sizes.astype(int).tolist(), tints):
        cv2.circle(surface, at, radius, ink, -1, cv2.LINE_AA, 3)
    return tone.to_floats(surface)


@look("drip painting", detail=1.0)
def drip_painting(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Looping drips and splatters of house paint, light on light, dark on dark; after Pollock."""
    shape = image.shape[:2]
    level = tone.quiet(image, scale, blur=1.2)
    own = tone.vivid(tone.expose(image), 1.5)
    linen = tone.jitter(tone.hexes("2a241e", "8a7550", "dccba0", "f6efdc"), rng)
    ground = tone.mix(tone.ramp(level, linen), own, 0.35)
    dark = tone.hexes("0c0c0e", "0c0c0e", "1f3f6e", "7a2418", "3c4a3a", "a87a1c", "b8b4a6")
    light = tone.hexes("faf7f0", "faf7f0", "ece4d0", "e8b52c", "c9d2cc", "d8694a", "1a1a1c")
    deep = _drips(shape, ground * np.float32(0.8), dark, rng, scale)
    high = _drips(shape, ground * np.float32(0.8) + np.float32(0.2), light, rng, scale)
    torn = 0.5 * (fields.noise(shape, 9 * scale, rng) - 0.5)
    painted = tone.mix(deep, high, tone.smoothstep(level + torn, 0.46, 0.54))
    ridge = tone.blur(tone.luma(painted), 0.7 * scale)
    return tone.shade(painted, 0.25 * tone.relief(ridge, 0.8, 0.8, scale))


@look("matisse cutout", detail=0.45)
def matisse_cutout(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Flat wavy shapes cut with scissors from painted paper, with lobed fronds of seaweed."""
    shape = image.shape[:2]
    calm = tone.quiet(tone.kuwahara(image, max(2, round(7 * scale))), scale, blur=1.6)
    level = fields.wobble(calm, 26 * scale, 2.0 * scale, rng)
    band = np.clip(level * 5, 0, 4).astype(np.uint8)
    band = cv2.medianBlur(cv2.medianBlur(band, round(7 * scale) | 1), round(5 * scale) | 1)
    sheets = tone.hexes("1a2f9e", "117a4c", "d42a78", "f58a1c", "f8d23a", "faf6ea")
    order = [0, int(rng.integers(1, 3)), 3, 4, 5]
    sheets = tone.jitter(sheets[order], rng, 0.02)
    # Each sheet lies on the darker one and casts a soft shadow on it.
    cast = np.zeros(shape, np.float32)
    pushed = cv2.warpAffine(
        band,
        np.array([[1, 0, 2.2 * scale], [0, 1, 2.6 * scale]], np.float32),
        shape[::-1],
        flags=0,
        borderMode=cv2.BORDER_REPLICATE,
    )
    cast = tone.blur((pushed > band).astype(np.float32), 1.2 * scale)
    canvas = tone.shade(tone.blur(sheets[band], 0.6), -0.32 * cast * (pushed >= band))
    turn = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    lobes = int(rng.integers(7, 11))
    reach = 0.28 + 0.72 * np.abs(np.cos(turn * lobes / 2)) ** 0.7
    frond = np.stack([1.5 * reach * np.cos(turn), 0.8 * reach * np.sin(turn)], 1)
    points = fields.calm_points(level, rng.uniform(80, 96) * scale, rng, share=0.42, mask=mask)
    count = len(points)
    own = np.clip(fields.pick(level, points) * 5, 0, 4).astype(int)
    ink = sheets[np.where(own < 2, 4 - rng.integers(0, 2, count), rng.integers(0, 2, count))]
    size, way = rng.uniform(19, 28, count) * scale, rng.uniform(0, 6.3, count)
    shadow = fields.pick(canvas, points) * 0.62
    below = points + np.float32(2.2 * scale)
    canvas = fields.stamp(canvas, frond, below, way, size, shadow)
    canvas = fields.stamp(canvas, frond, points, way, size, ink)
    brush = np.full(shape, rng.uniform(0, 3.1), np.float32)
    gouache = fields.streaks(brush, 26 * scale, rng, 3.6 * scale)
    return canvas * (0.97 + 0.025 * gouache)[..., None]


@look("op art", detail=0.15)
def op_art(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Black and white stripes or checks that bulge with the tones, after Riley and Vasarely."""
    shape = image.shape[:2]
    x, y = (plane / np.float32(scale) for plane in fields.grid(shape))
    level = tone.quiet(image, scale, blur=1.4)
    bulge = tone.blur(level, 3 * scale) * np.float32(rng.uniform(13, 18))
    turn, period = rng.uniform(0, np.pi), rng.uniform(8.0, 9.5)
    wave = 6 * np.sin((x * np.sin(turn) - y * np.cos(turn)) / np.float32(rng.uniform(18, 32)))
    u = (x * np.cos(turn) + y * np.sin(turn) + bulge + wave) * np.float32(2 * np.pi / period)
    if rng.random() < 0.6:
        pattern = np.sin(u) + 2.0 * (level - 0.5)
    else:
        v = (y * np.cos(turn) - x * np.sin(turn) - bulge) * np.float32(2 * np.pi / period)
        pattern = 1.4 * np.sin(0.7 * u) * np.sin(0.7 * v) + 1.5 * (level - 0.5)
    sharp = 0.22 / max(scale, 0.7)
    return tone.grey(0.02 + 0.96 * tone.smoothstep(pattern.astype(np.float32), -sharp, sharp))


_VEILS = (
    ("4a1414", "a8241c", "e0531f", "f3a63a"),
    ("7a2a12", "d84a1a", "f0902a", "f7d04a"),
    ("0f1a3a", "24458f", "4f7fb8", "b8c4d8"),
    ("1a1014", "5f1a2e", "a02a3e", "e0704a"),
    ("16281f", "2a5f4a", "c8702a", "eecb6a"),
)


@look("rothko", detail=1.0)
def rothko(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Two or three broad soft-edged bands of colour that glow over a thin painted ground."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.quiet(image, scale, blur=1.0)
    inks = tone.one_of(_VEILS, rng, 0.03)
    frayed = 9 * scale * (fields.fractal(shape, 30 * scale, rng, 3) - 0.5)
    count = int(rng.integers(2, 4))
    margin = min(20 * scale, 0.12 * min(shape))
    cuts = np.cumsum(rng.uniform(0.6, 1.4, count + 1))
    cuts = margin + (cuts - cuts[0]) / (cuts[-1] - cuts[0]) * (shape[0] - 2 * margin)
    ground, *rest = rng.permutation(4).tolist()
    lightness = [float(level[int(a) : int(b) + 1].mean()) for a, b in pairwise(cuts.tolist())]
    # The lightest colour lies where the photo is lightest.
    chosen = np.sort(rest[:count])[np.argsort(np.argsort(lightness))]
    made = tone.fill(image, (0, 0, 0)) + 0.8 * inks[ground]
    side = np.minimum(x, shape[1] - 1 - x) - np.float32(margin)
    for (top, low), ink in zip(pairwise(cuts.tolist()), inks[chosen]):
        gap = 0.3 * margin
        depth = np.minimum(np.minimum(y - np.float32(top + gap), np.float32(low - gap) - y), side)
        soft = tone.smoothstep(depth + frayed, -5 * scale, 9 * scale)
        made = tone.mix(made, ink, 0.94 * soft)
    veil = fields.fractal(shape, 60 * scale, rng) - 0.5
    brush = 0.014 * fields.grain(shape, rng, 1.2 * max(scale, 0.8))
    return tone.shade(made, 0.85 * (level - 0.48) + 0.16 * veil + brush)
