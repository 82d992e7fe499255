"""Coats and skins of animals: dragon scales, feathers, fur, leather, leopard print, zebra print."""

from __future__ import annotations

import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

_SCALES = (
    ("02140d", "06573a", "1fae62", "9cf7a8"),
    ("1c0303", "7a0f14", "d8321f", "ffb25c"),
    ("04081f", "12388a", "2f80d8", "a8e4ff"),
    ("0f0818", "43246a", "8a52b8", "e6bcff"),
)


@look("dragon scales", detail=0.6)
def dragon_scales(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Pointed glossy scales overlapping in rows, each with a keel and a highlight."""
    palette = tone.one_of(_SCALES, rng, 0.02)
    level = tone.tones(image, blur=1.0 * scale)
    x, y = fields.grid(level.shape)
    wide = rng.uniform(10.5, 13.0) * scale
    tall = wide * rng.uniform(0.75, 0.95)
    bulge = 26 * scale * tone.blur(level, 8 * scale)
    x, y = x + bulge + rng.uniform(0, 40), y - bulge + 40 * scale
    upper = np.floor(y / tall) - 1
    parts = []
    for row in (upper, upper + 1):
        side = x / (2 * wide) + 0.5 * (row % 2)
        u, v = 2 * (side - np.floor(side)) - 1, (y - row * tall) / (2 * tall)
        parts.append((u, v, np.abs(u) ** 1.3 + np.maximum(v, 0) ** 2.2))
    (u, v, out), (lower_u, lower_v, lower_out) = parts
    front = out < 1
    shadow = np.where(front, 0, np.exp(-np.maximum(out - 1, 0) / 0.18))
    u, v = np.where(front, u, lower_u), np.where(front, v, lower_v)
    rim = tone.smoothstep(np.where(front, out, lower_out), 0.82, 1.0) * front
    tint = 0.13 + 0.82 * level + 0.3 * (v - 0.45) - 0.45 * shadow - 0.12 * np.abs(u)
    made = tone.ramp(np.clip(tint - 0.25 * rim, 0, 1), palette)
    gloss = np.exp(-(((u + 0.3) / 0.22) ** 2) - ((v - 0.5) / 0.2) ** 2)
    keel = np.exp(-((u / 0.08) ** 2)) * tone.smoothstep(v, 0.3, 0.8)
    shine = np.clip(0.8 * gloss * (0.2 + level) + 0.25 * keel, 0, 1)
    return tone.mix(made, (0.97, 1.0, 0.95), shine * (1 - rim))


@look("feathers", detail=0.6)
def feathers(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Plumage: rows of rounded feathers lapping like tiles, with pale shafts and slanted barbs."""
    plumes = (
        ("0a1230", "134a86", "1f93b8", "6fd6cf", "effff4"),
        ("1d1109", "5a3a20", "976b40", "cfac7c", "f8ecd2"),
        ("16181c", "4a4f58", "8d939c", "c8ccd2", "fbfbfc"),
        ("3a0608", "a3131a", "e8412a", "f9a12d", "fff0b0"),
    )
    palette = tone.one_of(plumes, rng, 0.015)
    level = tone.tones(image, blur=1.0 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    shake = 28 * scale
    bx, by = (shake * (fields.noise(shape, 80 * scale, rng) - 0.5) for _ in range(2))
    wide, step = rng.uniform(34, 40) * scale, rng.uniform(25, 29) * scale
    row = np.floor((y + by) / step)

    def place(k: Array) -> tuple[Array, Array, Array]:
        """Side and length coordinates in the feather of row k here, and its column."""
        u = (x + bx) / wide + 0.5 * (k % 2)
        return u - np.floor(u) - 0.5, ((y + by) - k * step) / (2 * step), np.floor(u)

    upper, lower = place(row - 1), place(row)
    tip = np.sqrt(np.clip(1 - ((upper[1] - 0.5) / 0.5) ** 2, 0, 1)) * 0.5
    on_top = np.abs(upper[0]) < tip
    side, along = (np.where(on_top, a, b) for a, b in zip(upper[:2], lower[:2]))
    key = ((row - on_top) * 31 + np.where(on_top, upper[2], lower[2]) * 7).astype(np.int32) % 256
    # Lengths from here on are in pixels at scale 1.
    width = wide / scale
    rim = np.where(on_top, tip - np.abs(upper[0]), 0.5) * width
    shadow = np.where(on_top, 0, np.exp(-(np.abs(upper[0]) - tip) * width / 4.5))
    vane = along * 2 * step / scale - 0.9 * np.abs(side) * width
    barb = np.sin(2 * np.pi * vane / 5.0)
    own = rng.normal(0, 0.05, 256).astype(np.float32)[key]
    body = 0.1 + 0.72 * level + own + 0.09 * barb - 0.32 * shadow + 0.2 * (along - 0.5)
    made = tone.ramp(body, palette)
    edge = np.clip(1.8 - rim, 0, 1)
    shaft = np.clip(1.5 - np.abs(side) * width, 0, 1) * (along < 0.9)
    made = tone.mix(made, palette[-1] * np.float32(0.96), 0.25 * edge)
    return tone.mix(made, (0.97, 0.93, 0.84), 0.65 * shaft)


@look("fur", detail=0.5)
def fur(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Dense soft hairs combed around the form, dark at the roots, pale at the tips."""
    coats = (
        ("1c0e06", "5e3819", "a8713c", "dcb27c", "faeacb"),
        ("0d0d0f", "3b3a3d", "7d7a7a", "bdb8b3", "f5f2ee"),
        ("240b03", "7a2f0c", "c66421", "eda45a", "fff0d6"),
    )
    palette = tone.one_of(coats, rng, 0.015)
    level = tone.tones(image, blur=1.6 * scale)
    shape = level.shape
    comb = 0.45 * fields.flow(shape, 130 * scale, rng) + rng.uniform(0.9, 2.2)
    follow = tone.edges(level, 2.5, scale)
    around = fields.tangent(level, 4.0 * scale)
    tuft = fields.noise(shape, 15 * scale, rng) - 0.5
    angle = comb + follow * np.arctan(np.tan(around - comb)) + 1.1 * tuft
    hairs = fields.streaks(angle, 13 * scale, rng, 1.7 * scale)
    under = 0.82 * level + 0.02 + 0.2 * tuft + 0.1 * hairs
    coat = tone.ramp(under, palette)
    points = fields.scatter(shape, 7.5 * scale, rng)
    count = len(points)
    shade = fields.pick(level, points) + 0.25 * fields.pick(tuft, points)
    shade = np.clip(0.9 * shade + 0.12 + rng.normal(0, 0.13, count), 0, 1)
    turn = fields.pick(angle, points) + rng.normal(0, 0.16, count)
    length, width = rng.uniform(11, 22, count) * scale, np.full(count, 1.1 * scale)
    return fields.dab(coat, points, turn, length, width, tone.ramp(shade, palette))


@look("leather", detail=0.5)
def leather(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Tanned hide: pebbled grain with dark creases, tooled relief and a stitched seam."""
    tans = ("2a1006", "6a3212", "b0622a", "d8954f", "f2cc98")
    browns = ("1c0a06", "4d2414", "8a4527", "bb7444", "e2ab7c")
    palette = tone.jitter(tone.hexes(*(tans if rng.random() < 0.6 else browns)), rng, 0.015)
    level = tone.tones(image, blur=1.2 * scale)
    shape = level.shape
    labels, _ = fields.voronoi(shape, rng.uniform(6.0, 7.5) * scale, rng, 1.0)
    cushion = tone.blur(np.minimum(fields.rim(labels) / scale, 2.6), 0.8 * scale)
    worn = fields.fractal(shape, 60 * scale, rng) - 0.5
    depth = fields.inset(shape, mask)
    # The seam pulls the hide down, and hands wear it dark there.
    pulled = np.exp(-(((depth - 9 * scale) / (3.5 * scale)) ** 2))
    hide = 0.1 + 0.74 * level + 0.14 * worn + 0.07 * (cushion - 1) - 0.16 * pulled
    hide = tone.ramp(hide, palette)
    height = 0.2 * cushion + 1.5 * level - 0.5 * pulled
    slope = tone.relief(height, rng.uniform(0.6, 1.0), 0.9, scale)
    hide = tone.shade(hide, 0.5 * slope)
    hide = tone.screen(hide, tone.glow(tone.smoothstep(slope, 0.55, 1.0), (0.26, 0.2, 0.14)))
    thread = fields.stitches(depth, 9 * scale, 8 * scale, 4 * scale, 2.2 * scale)
    cast = np.roll(tone.blur(thread, 1.3 * scale), round(1.5 * scale), (0, 1))
    hide = hide * (1 - 0.75 * cast)[..., None]
    return tone.mix(hide, (0.96, 0.87, 0.68), 0.95 * thread)


@look("leopard print", detail=0.7)
def leopard_print(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Tan fur with broken dark rosettes around browner hearts."""
    level = tone.tones(image, blur=1.0 * scale)
    shape = level.shape
    fur = tone.jitter(tone.hexes("6b3d14", "c78834", "efbf6a", "ffefc4"), rng, 0.015)
    comb = np.full(shape, rng.uniform(0, 3.1), np.float32)
    hair = fields.streaks(comb, 8 * scale, rng, 1.5 * scale)
    coat = tone.ramp(0.04 + 0.86 * level + 0.05 * hair, fur)
    labels, away = fields.voronoi(shape, rng.uniform(25, 29) * scale, rng, 0.5)
    size = rng.uniform(7.0, 10.5, int(labels.max()) + 1).astype(np.float32)[labels]
    inside = fields.wobble(size - away / scale, 15 * scale, 5 * scale, rng)
    thick = 2.4 + 2.2 * (0.5 - level)
    ring = tone.smoothstep(thick - np.abs(inside), -0.3, 0.9)
    gaps = fields.noise(shape, 10 * scale, rng) + 0.4 * (0.5 - level)
    broken = tone.smoothstep(gaps, 0.32, 0.42)
    heart = tone.smoothstep(inside, -0.8, 0.8)
    coat = tone.mix(coat, coat * np.array([0.84, 0.66, 0.42], np.float32), 0.8 * heart)
    ink = tone.ramp(level, tone.hexes("0c0603", "24130a", "4a2c18"))
    made = tone.mix(coat, ink, 0.95 * ring * broken)
    return tone.shade(made, 0.5 * (level - tone.blur(level, 14 * scale)) + 0.03 * hair)


@look("zebra print", detail=1.0)
def zebra_print(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Black and white stripes that fork and bend around the forms."""
    # The stripes are smooth and grow on a reduced picture.
    step = max(1.0, 2 * scale)
    unit = scale / step
    level = tone.tones(image, blur=1.2 * scale)
    seen = tone.reduced(level, step)
    angle = rng.uniform(0.9, 2.2) + 2.0 * (tone.blur(seen, 8 * unit) - 0.5)
    angle = angle + 1.4 * (fields.noise(seen.shape, 110 * unit, rng) - 0.5)
    size = rng.uniform(2.6, 3.2) * unit
    # Short-range growth and long-range decay leave stripes of one width (Turing patterns).
    skin = fields.streaks(angle, 20 * unit, rng, 5 * unit)
    for _ in range(5):
        skin = np.tanh(9 * (tone.blur(skin, size) - tone.blur(skin, 1.6 * size)))
        skin = fields.smear(skin, angle, 10 * unit)
    skin = tone.blur(skin, 1.2 * size)
    skin = skin / max(float(skin.std()), 1e-6)
    skin = tone.enlarged(skin, level.shape)
    # Black stripes swell in the dark and thin out in the light, so that they shade the form.
    shading = level - 0.5 + 0.8 * (level - tone.blur(level, 12 * scale))
    white = tone.smoothstep(skin + 2.3 * shading, -0.22, 0.22)
    pale = tone.ramp(level, tone.jitter(tone.hexes("857b6d", "d9d1c2", "ffffff"), rng, 0.01))
    dark = tone.ramp(level, tone.hexes("040404", "1a1712", "4a443a"))
    hair = fields.noise(level.shape, (5 * scale, 1.3 * scale), rng) - 0.5
    return tone.shade(tone.mix(dark, pale, white), 0.12 * hair)
