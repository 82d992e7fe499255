"""Painted styles: brush, palette and movement."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

_NIGHT = tone.hexes("050b26", "10246a", "1d48a8", "3f86cc", "93c8dc", "f4eeb8")
_WASHES = tone.hexes("3f7fc4", "d8654a", "e8b23a", "5a9a6a", "8a5fa8", "d87aa0", "3fa0a0")
_PURE = tone.hexes(
    "e03a2e",
    "f28c1e",
    "f7d92e",
    "3fae4a",
    "1f8fd0",
    "2a3fa8",
    "8a3fa0",
    "f4f0e0",
    "16203f",
    "f29ab8",
)
_STAR = tone.hexes("f0a81c", "ffd840", "fff3b0")
_ACCENTS = tone.hexes("f2a7b8", "8f9fe0", "f7d77a", "8fcf9a", "b48fd6", "ffffff")

_TURN = np.linspace(0, 2 * np.pi, 10, endpoint=False)


def _bristle(ratio: float) -> Array:
    """Outline of a flat brush's mark, ``ratio`` times as wide as it is long."""
    return np.stack(
        [np.cos(_TURN), ratio * np.sign(np.sin(_TURN)) * np.abs(np.sin(_TURN)) ** 0.6], 1
    )


def _around(shape: tuple[int, ...], x: float, y: float, reach: float) -> tuple[slice, slice]:
    """Rows and columns of a picture within ``reach`` of a point."""
    (height, width), far = shape[:2], int(reach) + 1
    top, left = int(y), int(x)
    return (
        slice(max(top - far, 0), min(max(top + far, 0), height)),
        slice(max(left - far, 0), min(max(left + far, 0), width)),
    )


@look("starry night", detail=0.75)
def starry_night(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Strokes in blues that swirl around glowing yellow stars, after van Gogh."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.quiet(image, scale, blur=0.8)
    swirl = fields.flow(shape, rng.uniform(60, 90) * scale, rng)
    along = fields.tangent(level, 4 * scale)
    firm = np.clip(2 * tone.edges(level, 3.0, scale), 0, 1)
    # Angles of twice the size, so that strokes to and fro are the same.
    cosine = np.cos(2 * swirl) + firm * (np.cos(2 * along) - np.cos(2 * swirl))
    sine = np.sin(2 * swirl) + firm * (np.sin(2 * along) - np.sin(2 * swirl))
    light, rings = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    stars = fields.calm_points(level, rng.uniform(88, 108) * scale, rng, share=0.45, mask=mask)
    sizes = rng.uniform(10, 18, len(stars)) * scale
    sizes[rng.integers(0, max(len(stars), 1)) : 1] *= 1.6
    for (cx, cy), size in zip(stars.tolist(), sizes.tolist()):
        here = _around(shape, cx, cy, 3.2 * size)
        dx, dy = x[here] - cx, y[here] - cy
        square = dx * dx + dy * dy + 1e-3
        distance = np.sqrt(square)
        pull = 5 * np.exp(-square / (2.0 * size) ** 2)
        cosine[here] += pull * (dy * dy - dx * dx) / square
        sine[here] -= pull * 2 * dx * dy / square
        bright = np.exp(-square / (0.5 * size) ** 2) + 0.62 * np.exp(-square / (1.3 * size) ** 2)
        light[here] = np.maximum(light[here], np.minimum(bright, 1))
        ripple = np.cos(distance * (2 * np.pi / (0.62 * size)))
        rings[here] += ripple * np.exp(-square / (1.8 * size) ** 2)
    angle = (0.5 * np.arctan2(sine, cosine)).astype(np.float32)
    strokes = fields.streaks(angle, rng.uniform(14, 19) * scale, rng, rng.uniform(3.4, 4.4) * scale)
    base = fields.smear(level, angle, 4 * scale)
    painted = tone.ramp(0.03 + 0.8 * base + 0.11 * strokes + 0.08 * rings, tone.jitter(_NIGHT, rng))
    warmth = tone.smoothstep(image[..., 0] - image[..., 2], 0.15, 0.6) * base
    painted = tone.mix(painted, (0.93, 0.72, 0.28), 0.4 * warmth)
    glow = tone.ramp(0.9 * light + 0.12 * strokes, tone.jitter(_STAR, rng))
    painted = tone.mix(painted, glow, np.clip(1.4 * light * (1 + 0.35 * rings) - 0.08, 0, 0.97))
    return tone.shade(painted, 0.22 * tone.relief(strokes, 0.8, 0.3, scale))


@look("watercolor", detail=0.45)
def watercolor(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Pale transparent washes that bleed, with pooled edges, granulation and bare paper."""
    shape = image.shape[:2]
    cloud, fine = fields.fractal(shape, 70 * scale, rng), fields.fractal(shape, 12 * scale, rng, 3)
    flat = fields.kuwahara(tone.expose(image, amount=0.5), max(2, round(5 * scale)))
    soft = fields.wobble(flat, 12 * scale, rng.uniform(1.5, 2.5) * scale, rng)
    tints = _WASHES[rng.permutation(len(_WASHES))[:3]]
    drift = tone.ramp(tone.stretch(fields.noise(shape, 120 * scale, rng)), tints)
    tinted = tone.mix(soft, drift, 0.13 + 0.2 * cloud)
    pigment = tone.vivid(tinted, rng.uniform(1.9, 2.3)) * 0.86 + 0.14
    level = tone.blur(tone.luma(soft), 1.5 * scale)
    # Watercolour has no black: the darks are deep indigo.
    pigment = tone.mix(pigment, (0.16, 0.2, 0.42), 0.6 * (1 - tone.smoothstep(level, 0.05, 0.4)))
    wash = np.floor(np.clip(level + 0.16 * (cloud - 0.5), 0, 0.99) * 4).astype(np.int32)
    pooled = np.exp(np.minimum(fields.rim(wash), 1e4) * np.float32(-1 / (1.7 * scale)))
    dry = tone.smoothstep(level + 0.1 * (fine - 0.5), 0.84, 0.92)
    load = 0.62 + 0.5 * cloud + 0.5 * pooled
    load += 0.09 * fields.grain(shape, rng, 0.8 * max(scale, 0.8))
    if mask is None:
        bare = rng.uniform(3, 7) * scale + 12 * scale * (cloud - 0.3)
        load *= tone.smoothstep(fields.inset(shape, None) - bare, -1.5 * scale, 2.5 * scale)
    else:
        load += 0.4 * np.exp(fields.depth_inside(mask) * np.float32(-1 / (2 * scale)))
    load *= 1 - 0.8 * dry
    paint = np.exp(np.log(pigment) * np.maximum(load, 0)[..., None])
    paper = 1 + 0.05 * tone.relief(fine, 0.8, 0.6, scale)
    return tone.glow(paint * paper[..., None], (0.985, 0.975, 0.95))


@look("oil painting", detail=0.35)
def oil_painting(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Broad loaded strokes along the forms, rich warm colour, bristle marks that catch light."""
    shape = image.shape[:2]
    rich = tone.vivid(tone.expose(image, amount=0.6), rng.uniform(1.5, 1.8))
    warm = tone.blur(tone.glow(rich, (1.05, 0.97, 0.84)), 1.2 * scale)
    level = tone.quiet(image, scale, blur=1.2)
    sway = 0.7 * (fields.noise(shape, 50 * scale, rng) - 0.5)
    angle = fields.tangent(level, 5 * scale) + sway
    body = warm
    for cell, size in ((13.0, 14.0), (8.8, 9.2), (6.8, 5.4)):
        points = fields.scatter(shape, cell * scale, rng)
        if size < 6:  # the last and finest strokes draw the contours alone
            points = points[fields.pick(tone.edges(level, 1.5, scale), points) > 0.35]
        count = len(points)
        ink = fields.pick(warm, points) * (1 + rng.normal(0, 0.08, (count, 1)))
        ink = ink + rng.normal(0, 0.015, (count, 3))
        turn = fields.pick(angle, points) + rng.normal(0, 0.16, count)
        length = size * scale * rng.uniform(0.8, 1.3, count)
        body = fields.stamp(body, _bristle(0.36), points, turn, length, ink)
    bristles = fields.streaks(angle, 10 * scale, rng, 1.5 * scale)
    ridge = tone.blur(tone.luma(body), 0.8 * scale) + 0.04 * bristles
    lit = 0.4 * tone.relief(ridge, rng.uniform(0.4, 1.2), 1.6, scale)
    return tone.shade(body * (0.98 + 0.05 * bristles)[..., None], lit)


@look("impressionism", detail=0.4)
def impressionism(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Small separate dabs of broken pastel colour, violet in the shadows, after Monet."""
    shape = image.shape[:2]
    level = tone.quiet(image, scale, blur=1.2)
    light = tone.ramp(
        level, tone.jitter(tone.hexes("3a3f9c", "5f86d0", "7fc096", "f6cf9a", "fff2d4"), rng)
    )
    own = np.clip(tone.vivid(tone.blur(tone.expose(image), 1.2 * scale), 2.4) * 0.86 + 0.12, 0, 1)
    bright = tone.mix(own, light, 0.32)
    canvas = tone.blur(bright, 3 * scale)
    sway = 0.9 * (fields.noise(shape, 60 * scale, rng) - 0.5)
    flat = rng.normal(0, 0.2)
    for cell, size in ((9.5, 9.5), (5.8, 5.8)):
        points = fields.scatter(shape, cell * scale, rng)
        count = len(points)
        accent = _ACCENTS[rng.integers(0, len(_ACCENTS), count)]
        ink = fields.pick(bright, points) * (1 + rng.normal(0, 0.1, (count, 1)))
        ink = ink + rng.normal(0, 0.045, (count, 3))
        ink = np.where(rng.random((count, 1)) < 0.16, 0.6 * ink + 0.4 * accent, ink)
        upright = fields.pick(level, points) < 0.45
        turn = np.where(upright, np.pi / 2.6, flat) + fields.pick(sway, points)
        turn = turn + rng.normal(0, 0.3, count)
        length = size * scale * rng.uniform(0.7, 1.2, count)
        canvas = fields.stamp(canvas, _bristle(0.36), points, turn, length, ink)
    ridge = tone.blur(tone.luma(canvas), 0.6 * scale)
    return tone.shade(canvas, 0.3 * tone.relief(ridge, 0.8, 1.0, scale))


@look("pointillism", detail=0.35)
def pointillism(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Round dots of pure colour on a pale ground, after Seurat."""
    vivid = tone.vivid(np.clip(tone.expose(image) * 0.88 + 0.1, 0, 1), 1.8)
    canvas = tone.mix(tone.blur(vivid, 4 * scale), (0.96, 0.93, 0.85), 0.45)
    size = rng.uniform(5.0, 6.2) * scale
    for cell in (size * 1.15, size):
        labels, distance = fields.voronoi(image.shape, cell, rng, 0.7)
        mean = fields.cell_mean(vivid, labels)
        wanted = mean + rng.normal(0, 0.25, mean.shape)
        away = (_PURE**2).sum(1) - 2 * wanted @ _PURE.T
        pure = _PURE[away.argmin(1)]
        # Pure dots that err towards a colour are answered by the rest of the cell's light.
        ink = np.clip(0.58 * mean + 0.42 * pure, 0, 1).astype(np.float32)
        dot = np.clip((cell * 0.5 - distance) / max(scale, 0.8) + 0.5, 0, 1)
        canvas = tone.mix(canvas, ink[labels], dot)
    return canvas


def _facets(
    shape: tuple[int, ...], scale: float, rng: np.random.Generator
) -> tuple[NDArray[np.uint16], Array, Array]:
    """Cuts across a picture: the code of every facet, ink along the cuts and light beside them."""
    height, width = shape
    reach = float(np.hypot(height, width))
    codes = np.zeros(shape, np.uint16)
    ink, fade = np.zeros(shape, np.uint8), np.zeros(shape, np.float32)
    x, y = fields.grid(shape)
    family = rng.uniform(0, np.pi) + np.array([0, 0.9, 1.9])
    count = int(np.clip(height * width / (82 * scale) ** 2, 12, 60))
    for index in range(count):
        turn = rng.choice(family) + rng.normal(0, 0.22)
        at = np.array([rng.uniform(0, width), rng.uniform(0, height)])
        half = reach if index < 2 else rng.uniform(26, 75) * scale
        across = np.array([np.cos(turn), np.sin(turn)])
        along = np.array([-across[1], across[0]])
        far = reach if index < 4 else rng.uniform(50, 190) * scale
        ends = np.stack([at - half * along, at + half * along])
        plane = np.zeros(shape, np.uint8)
        corners = np.concatenate([ends, ends[::-1] + far * across])
        cv2.fillPoly(plane, [np.round(corners * 8).astype(np.int32)], 1, cv2.LINE_8, 3)
        codes ^= plane * np.uint16(rng.integers(1, 1 << 16))
        first, last = np.round(ends * 8).astype(int).tolist()
        weight = int(255 * rng.uniform(0.25, 1.0))
        cv2.line(ink, first, last, weight, max(1, round(1.6 * scale)), cv2.LINE_AA, 3)
        low, high = ends.min(0), ends.max(0) + 1
        deep = 18 * scale
        rows = slice(max(int(low[1] - 3 * deep), 0), max(int(high[1] + 3 * deep), 0))
        columns = slice(max(int(low[0] - 3 * deep), 0), max(int(high[0] + 3 * deep), 0))
        side = (x[rows, columns] - at[0]) * across[0] + (y[rows, columns] - at[1]) * across[1]
        fall = np.exp(np.abs(side) * np.float32(-1 / deep)) * plane[rows, columns]
        fade[rows, columns] += fall * np.float32(rng.choice([-1, 1]))
    return codes, tone.to_floats(ink), np.tanh(fade)


@look("cubism", detail=0.45)
def cubism(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Shaded angular planes in ochre, umber and slate, each seen from its own side."""
    shape = image.shape[:2]
    codes, ink, fade = _facets(shape, scale, rng)
    table = rng.normal(0, 1, (4, 1 << 16)).astype(np.float32)
    shift = np.clip(table[:2], -2, 2) * np.float32(5 * scale)
    seen = fields.displace(tone.blur(tone.expose(image), 0.7 * scale), *shift[:, codes])
    level = tone.quiet(seen, scale)
    level = 0.5 * np.round(level * 5) / 5 + 0.5 * level
    level = 0.05 + 0.88 * level + 0.11 * table[2][codes] + 0.24 * fade
    ochre = tone.ramp(
        level, tone.jitter(tone.hexes("1a130d", "633d1e", "b07a3a", "dcb573", "f6e8c6"), rng)
    )
    slate = tone.ramp(
        level, tone.jitter(tone.hexes("10181d", "314a58", "6a8a94", "a9bcb8", "eceadb"), rng)
    )
    cool = (table[3] > 0.35).astype(np.float32)[codes]
    planes = tone.mix(tone.mix(ochre, slate, cool), tone.vivid(seen, 1.6), 0.16)
    if mask is not None:
        ink = np.maximum(ink, np.exp(-fields.depth_inside(mask) / np.float32(1.2 * scale)))
    return tone.mix(planes, (0.07, 0.05, 0.04), 0.9 * ink)
