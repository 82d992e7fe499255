"""What grows wild: cherry blossom, coral reef, jungle, lavender field, moss."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

_BLOSSOM = np.array(
    [
        [0, 0],
        [0.35, 0.2],
        [0.7, 0.38],
        [0.95, 0.26],
        [0.86, 0],
        [0.95, -0.26],
        [0.7, -0.38],
        [0.35, -0.2],
    ],
    np.float32,
)


_STAMEN = np.array([[0, 0.02], [0.5, 0.03], [0.5, -0.03], [0, -0.02]], np.float32)


def _boughs(canvas: Array, rng: np.random.Generator, thick: float) -> tuple[Array, Array]:
    """Dark crooked branches with twigs, growing in from a side: the picture, and where they are."""
    height, width = canvas.shape[:2]
    reach = max(height, width)
    mask = np.zeros((height, width), np.uint8)
    for place in (np.arange(4) + rng.random(4)).tolist():
        turn = float(rng.choice([0.0, np.pi])) + rng.uniform(-0.6, 0.6)
        left = -thick if np.cos(turn) > 0 else width + thick
        spot = np.array([left, place / 4 * height])
        for piece in np.linspace(thick, thick / 5, 6).tolist():
            turn += rng.normal(0, 0.24)
            step = np.array([np.cos(turn), np.sin(turn)]) * reach / 13
            fork = turn + float(rng.choice([-0.8, 0.8]))
            twig = spot + np.array([np.cos(fork), np.sin(fork)]) * reach / 10
            for end, size in ((spot + step, piece), (twig, piece / 2.2)):
                line = (np.stack([spot, end]) * 8).astype(np.int32)
                cv2.polylines(mask, [line], False, 255, max(round(size), 1), cv2.LINE_AA, 3)
            spot = spot + step
    wood = tone.to_floats(mask)
    bark = 0.35 * tone.relief(tone.blur(wood, thick / 4), -1.2, 1.0, thick / 4)
    brown = tone.shade(tone.fill(canvas, (0.33, 0.19, 0.18)), bark)
    return tone.mix(canvas, brown, wood), wood


@look("cherry blossom", detail=0.9)
def cherry_blossom(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Pale pink five-petalled blossoms on dark twigs, petals adrift."""
    level = tone.quiet(image, scale, blur=1.0)
    shape = level.shape
    pale = tone.jitter(tone.hexes("7a5872", "cf9ab2", "f3cfdb", "eef1fa"), rng, 0.015)
    canvas, wood = _boughs(tone.ramp(0.06 + 0.92 * level, pale), rng, scale * rng.uniform(9, 12))
    pink = tone.jitter(tone.hexes("8f3a5e", "d9779f", "f7b0c9", "ffdce8", "fff4f7"), rng, 0.012)
    loose = fields.scatter(shape, 40 * scale, rng)
    tint = tone.ramp(0.45 + 0.45 * fields.pick(level, loose), pink)
    turns, sizes = rng.uniform(0, 6.3, len(loose)), scale * rng.uniform(5, 9, len(loose))
    adrift = (_BLOSSOM * 1.15, tint * [0.8, 0.55, 0.65]), (_BLOSSOM, tint)
    canvas = fields.collage(canvas, adrift, loose, turns, sizes)
    points = fields.scatter(shape, scale * rng.uniform(20, 23), rng)
    near = np.minimum(1.6 * fields.pick(tone.blur(wood, 14 * scale), points), 0.6)
    cluster = fields.pick(fields.noise(shape, 52 * scale, rng), points)
    busy = fields.pick(tone.blur(tone.edges(level, 2.0, scale), 14 * scale), points)
    points = points[0.75 * cluster + near - 0.6 * busy + 0.25 * rng.random(len(points)) > 0.7]
    count = len(points)
    light = 0.38 + 0.52 * fields.pick(level, points) + rng.normal(0, 0.1, count)
    ink = tone.ramp(light.astype(np.float32), pink)
    petals, stamens = fields.around(_BLOSSOM, 5), fields.around(_STAMEN, 7)
    parts = (
        (petals * 1.09, ink * [0.84, 0.56, 0.68]),
        (petals, ink),
        (petals * 0.46, ink * [0.97, 0.78, 0.86]),
        (stamens * 0.9, ink * [0.82, 0.34, 0.48]),
    )
    sizes, angles = scale * rng.uniform(13, 21, count), rng.uniform(0, 6.3, count)
    return fields.collage(canvas, parts, points, angles, sizes)


_CORALS = tone.hexes("ff6a3d", "ff4f8b", "ffb03a", "f0559f", "ff8d6b", "b45ad6", "ffe0c0")


def _corals(roots: Array, inks: Array, rng: np.random.Generator, scale: float) -> tuple[Array, ...]:
    """Strokes of corals that fork four times: middles, angles, lengths, widths and colours."""
    count = len(roots)
    spots, owner = roots, np.arange(count)
    angle = -np.pi / 2 + rng.normal(0, 0.3, count)
    size = scale * rng.uniform(15, 23, count)
    light = inks.max(1, keepdims=True)
    strokes: list[tuple[Array, ...]] = []
    owners = []
    for width in (8.0, 6.5, 5.0, 4.0, 3.0):
        step = np.stack([np.cos(angle), np.sin(angle)], 1) * size[:, None]
        middle, wide = spots + step / 2, np.full(len(spots), width * scale)
        glint = middle - scale * np.array([0.18 * width, 0.1 * width])
        strokes.append((middle + scale, angle, size, wide + 2 * scale, inks * 0.4))
        strokes.append((middle, angle, size, wide, inks))
        strokes.append((glint, angle, size * 0.8, wide * 0.3, inks * 0.7 + 0.3 * light))
        owners += 3 * [owner]
        spots, owner = np.repeat(spots + step, 2, 0), np.repeat(owner, 2)
        inks, light = np.repeat(inks * 1.05, 2, 0), np.repeat(light, 2, 0)
        fork = np.tile([-0.45, 0.45], len(step)) * rng.uniform(0.5, 1.5, len(spots))
        angle = np.repeat(angle, 2) + fork
        size = np.repeat(size * 0.8, 2) * rng.uniform(0.75, 1.2, len(spots))
    polyps = np.full(len(spots), 4.2 * scale)
    strokes.append((spots, angle, 0 * polyps, polyps, inks * 0.45 + 0.45))
    order = np.argsort(np.concatenate([*owners, owner]), kind="stable")  # one after the other
    return tuple(np.concatenate(column)[order] for column in zip(*strokes))


@look("coral reef", detail=1.0)
def coral_reef(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Branching corals in orange, pink and yellow with pale polyp tips, turquoise water."""
    level = tone.quiet(image, scale, blur=1.0)
    water = tone.jitter(tone.hexes("03303f", "08707f", "1fb5b5", "9df0e2"), rng, 0.015)
    canvas = tone.ramp(0.05 + 0.9 * level, water)
    roots = fields.scatter(level.shape, scale * rng.uniform(52, 60), rng)
    busy = fields.pick(tone.blur(tone.edges(level, 2.0, scale), 12 * scale), roots)
    roots = roots[rng.random(len(roots)) > 1.5 * busy - 0.15]  # few on detail, as in faces
    roots = roots[np.argsort(roots[:, 1], kind="stable")]
    light = (0.34 + 0.85 * fields.pick(tone.blur(level, 6 * scale), roots))[:, None]
    inks = _CORALS[rng.integers(0, len(_CORALS), len(roots))] * light
    canvas = fields.dab(canvas, *_corals(roots, inks, rng, scale))
    return tone.shade(canvas, 0.8 * (level - tone.blur(level, 18 * scale)))


def _monstera() -> Array:
    """Outline of a heart-shaped leaf cut deeply between its ribs, tip at (1, 0)."""
    turn = np.linspace(-np.pi, np.pi, 81)[:-1]
    heart = (
        0.62 + 0.38 * np.abs(np.cos(turn / 2)) - 0.5 * np.exp(-(((np.pi - abs(turn)) / 0.3) ** 2))
    )
    side = np.abs(turn)
    cut = np.maximum(np.cos(7 * side + 1.0), 0) ** 3 * (side > 0.3) * (side < 2.6)
    radius = heart * (1 - 0.58 * cut)
    return np.stack([radius * np.cos(turn), radius * np.sin(turn)], 1).astype(np.float32)


def _palm() -> Array:
    """Outline of a palm frond: leaflets in pairs along a rib from (-1, 0) to (1, 0)."""
    root = np.linspace(-0.95, 0.95, 8)
    reach = 0.62 * np.sqrt(np.clip(1 - (0.75 * root) ** 2, 0, 1))
    valley = np.stack([root, np.full(8, 0.04)], 1)
    tip = np.stack([root + 0.3, reach], 1)
    upper = np.stack([valley, tip], 1).reshape(-1, 2)
    return np.concatenate([upper, upper[::-1] * [1, -1]]).astype(np.float32)


@look("jungle", detail=0.9)
def jungle(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Big dark tropical leaves, cut monstera and palm fronds, under dappled light."""
    level = tone.quiet(image, scale, blur=1.0)
    shape = level.shape
    green = tone.hexes("010b08", "06321f", "0f6038", "2a9a4c", "a4dc5c")
    palette = tone.jitter(green, rng, 0.012)
    canvas = tone.ramp(0.4 * level, palette)
    soft = tone.blur(level, 5 * scale)
    for outline, size in (
        (_monstera(), 62.0),
        (_palm(), 70.0),
        (_monstera(), 50.0),
        (_palm(), 60.0),
    ):
        points = fields.scatter(shape, 1.1 * size * scale, rng)
        points = points[: max(len(points) * 2 // 3, 4)]
        count = len(points)
        light = 0.18 + 0.72 * fields.pick(soft, points) + rng.normal(0, 0.07, count)
        ink = tone.ramp(light.astype(np.float32), palette)
        half = np.maximum(outline, np.array([-1, 0], np.float32))
        rib = np.array([[-0.9, 0.025], [0.95, 0], [-0.9, -0.025]], np.float32)
        parts = (
            (outline * 1.06, ink * 0.3),
            (outline, ink * 0.85),
            (half, ink * 1.3 + 0.015),
            (rib, ink * 1.5 + 0.05),
        )
        sizes = size * scale * rng.uniform(0.7, 1.0, count)
        canvas = fields.collage(canvas, parts, points, rng.uniform(0, 2 * np.pi, count), sizes)
    canvas = canvas * np.clip(1 + 1.9 * (level - tone.blur(level, 22 * scale)), 0.4, 1.8)[..., None]
    _, spot = fields.voronoi(shape, scale * rng.uniform(42, 54), rng, 1.0)
    spot = fields.wobble(spot, 16 * scale, 6 * scale, rng) / np.float32(15 * scale)
    dapple = np.clip(1 - spot, 0, 1) * fields.noise(shape, 66 * scale, rng)
    return tone.mix(canvas, (0.8, 0.88, 0.36), 0.7 * dapple * (0.15 + 0.75 * level))


@look("lavender field", detail=0.8)
def lavender_field(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Rows of purple flower spikes with green furrows, running to the horizon."""
    level = tone.quiet(image, scale, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    horizon, middle = rng.uniform(-0.12, 0.02) * shape[0], rng.uniform(0.25, 0.75) * shape[1]
    depth = np.maximum((y - np.float32(horizon)) / np.float32(shape[0]) + 0.04 * level, 0.02)
    aside = (x - np.float32(middle)) / np.float32(max(shape))
    phase = aside / (depth + 0.14) * np.float32(rng.uniform(3.0, 3.8)) + np.float32(rng.random())
    ridge = 0.5 + 0.5 * np.cos(np.float32(2 * np.pi) * phase)
    row = tone.smoothstep(ridge + 0.3 * (fields.noise(shape, 9 * scale, rng) - 0.5), 0.06, 0.3)
    purple = tone.hexes("22104a", "5a2f9c", "8f5fd0", "bd95ee", "ecdcff")
    purple = tone.jitter(purple, rng, 0.015)
    green = tone.jitter(tone.hexes("1c2418", "3c5a34", "6f9455", "b4c88a"), rng, 0.015)
    light = -0.04 + 0.76 * level + 0.22 * ridge
    canvas = tone.mix(tone.ramp(light, green), tone.ramp(light, purple), row)
    points = fields.scatter(shape, scale * rng.uniform(6.6, 7.8), rng)
    points = points[fields.pick(row, points) > 0.4]
    points = points[np.argsort(points[:, 1], kind="stable")]
    count = len(points)
    tint = 0.08 + fields.pick(light, points) + rng.normal(0, 0.1, count)
    ink = tone.ramp(tint.astype(np.float32), purple)
    size = scale * (3 + 13 * np.clip(fields.pick(depth, points), 0, 1))
    lean = -np.pi / 2 + rng.normal(0, 0.2, count)
    canvas = fields.dab(canvas, points, lean, size, size / 3, ink)
    tips = points - np.stack([0 * size, 0.4 * size], 1)
    canvas = fields.dab(canvas, tips, lean, size * 0.3, size / 6, ink * 0.8 + 0.2)
    sky = tone.ramp(0.3 + 0.7 * level, tone.hexes("a87fb5", "f2c6c4", "ffeccf"))
    return tone.mix(canvas, sky, tone.smoothstep(np.float32(horizon) - y, -1.5, 1.5))


@look("moss", detail=0.9)
def moss(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """A soft carpet of bright green cushions, lump beside lump."""
    level = tone.quiet(image, scale, blur=1.2)
    shape = level.shape
    lump = np.zeros(shape, np.float32)
    for cell, tall in ((rng.uniform(60, 74), 1.0), (rng.uniform(26, 32), 0.6), (11.0, 0.2)):
        _, away = fields.voronoi(shape, cell * scale, rng, 1.0)
        dome = 1 - (away / np.float32(0.72 * cell * scale)) ** 2
        lump += np.float32(tall) * np.sqrt(np.maximum(dome, 0))
    # Every pixel reads its height from a little way off, which frays the cushions' edges.
    sprig = fields.grain(shape, rng, 1.4 * scale)
    lump = fields.displace(lump, np.float32(2.2 * scale) * sprig, np.float32(2.2 * scale) * sprig)
    soft = tone.stretch(lump) + 0.03 * sprig
    fuzz = fields.grain(shape, rng, 0.7 * scale)
    palette = tone.hexes("0c1c04", "2c4d08", "5f8f10", "9ccc20", "d8f05a")
    height = 0.5 * soft + 0.66 * level + 0.03 * fuzz - 0.18
    carpet = tone.ramp(height, tone.jitter(palette, rng, 0.015))
    angle = rng.uniform(-2.2, -0.9)
    relief = tone.blur(soft, 2.2 * scale) + 0.5 * level
    light = -tone.relief(relief, angle, 1.6, scale)
    carpet = tone.mix(carpet, (0.8, 0.95, 0.3), 0.32 * np.maximum(light, 0))
    return tone.shade(carpet, np.minimum(0.5 * light, 0) + 0.07 * fuzz)
