"""Hides, cloths, weaves and sweets: leather, velvet, fur, lace, baskets, chocolate, bark."""

from __future__ import annotations

import math

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


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


@look("velvet", detail=0.5)
def velvet(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Deep saturated pile hung in heavy folds: dark where it faces us, bright at the rims."""
    deep = (
        ("140006", "560215", "a30b2a", "de3350", "ff9daa"),
        ("030520", "0d1766", "1f33b4", "4a63de", "a9b6ff"),
        ("00130c", "02452c", "0b7a50", "2aa877", "96e6c2"),
        ("0d0319", "350b60", "6520a6", "9149d0", "cfa6f6"),
    )
    palette = tone.jitter(tone.hexes(*deep[rng.integers(len(deep))]), rng, 0.012)
    level = tone.tones(image, blur=1.4 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    sway = 90 * fields.noise(shape, (300 * scale, 110 * scale), rng)
    sway = sway * scale + rng.uniform(-0.2, 0.2) * y
    phase = 2 * np.pi * (x + sway + 14 * scale * level) / (rng.uniform(66, 90) * scale)
    fold = np.sin(phase + 0.7 * np.sin(phase))
    rims = np.clip(fold, 0, 1) ** 2
    crushed = fields.fractal(shape, 46 * scale, rng, 3) - 0.5
    pile = fields.grain(shape, rng, 0.7 * scale)
    contour = tone.edges(level, 2.0, scale)
    body = 0.05 + 0.6 * level + 0.07 * fold + 0.15 * rims + 0.12 * crushed + 0.12 * contour
    return tone.ramp(body + 0.035 * pile, palette)


@look("silk", detail=0.7)
def silk(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Smooth lustrous cloth flowing in diagonal folds with broad satin highlights."""
    dyes = (
        ("6b3d16", "c48a45", "f0cd92", "fff3dc"),
        ("78123f", "d2537f", "f6a6bd", "ffe9ee"),
        ("124a7c", "4f9bd2", "a6d8f5", "f1fbff"),
        ("402a7e", "8a70d0", "c8b6f0", "f7f3ff"),
        ("0b5a50", "3fae9c", "a3e2d2", "effffa"),
    )
    palette = tone.jitter(tone.hexes(*dyes[rng.integers(len(dyes))]), rng, 0.02)
    level = tone.tones(image, blur=1.8 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    turn = rng.uniform(0.5, 1.1) * (1 if rng.random() < 0.5 else -1)
    bend = 200 * tone.blur(fields.noise(shape, 150 * scale, rng), 14 * scale)
    across = (
        x * math.cos(turn) + y * math.sin(turn) + scale * (bend + 14 * tone.blur(level, 3 * scale))
    )
    phase = 2 * np.pi * across / (rng.uniform(95, 125) * scale)
    height = np.sin(phase + 0.9 * np.sin(phase)) + 0.35 * np.sin(2.3 * phase + 1)
    lustre = tone.smoothstep(height, 0.3, 1.3)
    valley = tone.smoothstep(-height, 0.3, 1.2)
    weave = fields.noise(shape, (9 * scale, 1.2 * scale), rng) - 0.5
    body = 0.1 + 0.62 * level + 0.1 * height - 0.1 * valley + 0.03 * weave
    cloth = tone.ramp(body, palette)
    return tone.screen(cloth, tone.grey(0.5 * lustre * (0.35 + 0.65 * level)))


@look("fur", detail=0.5)
def fur(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Dense soft hairs combed around the form, dark at the roots, pale at the tips."""
    coats = (
        ("1c0e06", "5e3819", "a8713c", "dcb27c", "faeacb"),
        ("0d0d0f", "3b3a3d", "7d7a7a", "bdb8b3", "f5f2ee"),
        ("240b03", "7a2f0c", "c66421", "eda45a", "fff0d6"),
    )
    palette = tone.jitter(tone.hexes(*coats[rng.integers(len(coats))]), rng, 0.015)
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


def _net(shape: fields.Shape, pitch: float, lean: float, thick: Array) -> Array:
    """A net of three directions of threads, each as thick in pixels as asked."""
    x, y = fields.grid(shape)
    net = np.zeros(shape, np.float32)
    for turn in (lean, lean + np.pi / 3, lean + 2 * np.pi / 3):
        across = (x * math.cos(turn) + y * math.sin(turn)) / pitch
        net = np.maximum(net, np.clip(thick - np.abs(across - np.round(across)) * pitch, 0, 1))
    return net


def _flowers(
    shape: fields.Shape, rng: np.random.Generator, scale: float
) -> tuple[Array, Array, Array]:
    """Flowers of lace: their cords, their bodies, and the gap that sets them off from the net."""
    cord, body, gap = (np.zeros(shape, np.uint8) for _ in range(3))
    thick, turns = max(1, round(1.9 * scale)), np.linspace(0, 2 * np.pi, 72, endpoint=False)
    for centre in fields.scatter(shape, 54 * scale, rng):
        petals, turn = int(rng.integers(5, 8)), rng.uniform(0, 6.3)
        bend = np.abs(np.cos(petals * turns / 2))
        around = np.stack([np.cos(turns + turn), np.sin(turns + turn)], 1)
        rings = [
            [(8 * (centre + scale * reach[:, None] * around)).astype(np.int32)]
            for reach in (17.5 + 6.5 * bend, 14 + 6.5 * bend)
        ]
        middle = (8 * centre).astype(int).tolist()
        cv2.fillPoly(gap, rings[0], 255, cv2.LINE_AA, 3)
        cv2.fillPoly(cord, rings[0], 0, cv2.LINE_AA, 3)
        cv2.fillPoly(body, rings[0], 0, cv2.LINE_AA, 3)
        cv2.fillPoly(body, rings[1], 255, cv2.LINE_AA, 3)
        cv2.polylines(cord, rings[1], True, 255, thick, cv2.LINE_AA, 3)
        for vein in turn + (np.arange(petals) * 2 + 1) * np.pi / petals:
            tip = centre + 13 * scale * np.array([np.cos(vein), np.sin(vein)])
            cv2.line(cord, middle, (8 * tip).astype(int).tolist(), 255, thick, cv2.LINE_AA, 3)
        cv2.circle(body, middle, int(8 * 5.5 * scale), 0, -1, cv2.LINE_AA, 3)
        cv2.circle(cord, middle, int(8 * 5.5 * scale), 0, -1, cv2.LINE_AA, 3)
        cv2.circle(cord, middle, int(8 * 5.5 * scale), 255, thick, cv2.LINE_AA, 3)
    return tone.to_floats(cord), tone.to_floats(body), tone.to_floats(gap)


@look("lace", detail=0.7)
def lace(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """White openwork: fine net and petalled flowers of thread over a darker ground."""
    grounds = tone.hexes("1a1028", "560a26", "0b2468", "2c1410", "0a3a44")
    ground = tone.jitter(grounds, rng, 0.015)[rng.integers(len(grounds))]
    level = tone.tones(image, blur=1.2 * scale)
    shape = level.shape
    # Close threads where the photo is light, an open net where it is dark.
    thick = (0.8 + 0.7 * level) * scale + 0.2
    net = _net(shape, rng.uniform(7.0, 8.0) * scale, rng.uniform(-0.3, 0.3), thick)
    cord, body, gap = _flowers(shape, rng, scale)
    x, y = fields.grid(shape)
    hatch = 0.6 + 0.25 * np.sin((x + y) * (2 * np.pi / (2.6 * scale)))
    step = max(1.0, 2 * scale)
    contour = fields.lines(tone.reduced(level, step), 1.5 * scale / step)
    contour = tone.smoothstep(tone.enlarged(contour, shape), 0.25, 0.9)
    light = 0.2 + 0.85 * level
    work = np.maximum(0.9 * net * (1 - gap), np.maximum(cord, body * hatch)) * light
    work = np.maximum(work, 0.85 * contour * (0.35 + 0.65 * level))
    under = np.clip(ground * (0.5 + 0.8 * level)[..., None], 0, 1)
    cast = np.roll(tone.blur(work, 1.2 * scale), round(1.5 * scale), (0, 1))
    under = under * (1 - 0.5 * cast)[..., None]
    return tone.mix(under, (1.0, 0.985, 0.95), np.clip(1.3 * work, 0, 1))


@look("burlap", detail=0.5)
def burlap(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Coarse jute sacking: uneven threads over and under, dark holes, stray fibres."""
    level = tone.tones(image, blur=1.1 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    pitch = rng.uniform(6.4, 7.8) * scale
    long, short = 70 * scale, 13 * scale
    u = (x + 5.0 * scale * (fields.noise(shape, (long, short), rng) - 0.5)) / pitch
    v = (y + 5.0 * scale * (fields.noise(shape, (short, long), rng) - 0.5)) / pitch
    over = (np.floor(u) + np.floor(v)) % 2 == 0
    thick = 0.33 + 0.18 * fields.noise(shape, (45 * scale, pitch), rng)
    thin = 0.33 + 0.18 * fields.noise(shape, (pitch, 45 * scale), rng)
    warp = np.clip(1 - ((u - np.floor(u) - 0.5) / thick) ** 2, 0, 1)
    weft = np.clip(1 - ((v - np.floor(v) - 0.5) / thin) ** 2, 0, 1)
    top = np.where(over, np.maximum(warp, 0.6 * weft), np.maximum(weft, 0.6 * warp))
    twist = np.sin(2 * np.pi * np.where(over, u + 1.6 * v, v + 1.6 * u) * 1.1)
    thread = np.sqrt(top) * (0.86 + 0.14 * twist)
    palette = tone.jitter(tone.hexes("33200d", "7a5528", "b58d50", "dabb82", "f5e6c2"), rng, 0.018)
    coarse = fields.noise(shape, (45 * scale, pitch), rng) + fields.noise(
        shape, (pitch, 45 * scale), rng
    )
    speck = 0.05 * fields.grain(shape, rng, 0.8 * scale)
    jute = tone.ramp(0.12 + 0.84 * level + speck + 0.08 * (coarse - 1), palette)
    sack = np.clip(jute * (0.2 + 0.92 * thread)[..., None], 0, 1)
    stray = fields.streaks(fields.flow(shape, 36 * scale, rng), 16 * scale, rng, 1.3 * scale)
    return tone.mix(sack, (0.96, 0.86, 0.64), 0.7 * tone.smoothstep(stray, 2.2, 3.0))


@look("wicker", detail=0.6)
def wicker(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Basketry: round cane strips bulging over and diving under upright stakes."""
    level = tone.tones(image, blur=1.0 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    tall, wide = rng.uniform(7.5, 9.0) * scale, rng.uniform(19, 24) * scale
    shake = 3.0 * scale
    v = (y + shake * (fields.noise(shape, 60 * scale, rng) - 0.5)) / tall + rng.random()
    u = (x + shake * (fields.noise(shape, 60 * scale, rng) - 0.5)) / wide + rng.random()
    row = np.floor(v)
    swing = np.cos(np.pi * (u + row % 2))
    strip = 1 - (2 * (v - row) - 1) ** 2
    bulge = np.sqrt(np.clip(strip, 0, 1)) * (0.45 + 0.55 * swing)
    own = rng.normal(0, 0.045, 256).astype(np.float32)[row.astype(np.int32) % 256]
    fibre = fields.noise(shape, (1.5 * scale, 16 * scale), rng) - 0.5
    palette = tone.jitter(tone.hexes("331806", "864c17", "c98b39", "ecc278", "fdecc2"), rng, 0.015)
    cane = tone.ramp(0.04 + 0.94 * level + own + 0.1 * fibre, palette)
    near = np.abs(u - np.round(u - 0.5) - 0.5) * wide
    stake = np.sqrt(np.clip(1 - (near / (4 * scale)) ** 2, 0, 1)) * (swing < 0.35)
    light = np.clip(0.42 + 0.72 * bulge, 0, 1.2)
    made = np.clip(cane * light[..., None], 0, 1)
    post = tone.ramp(level, palette) * (0.3 + 0.45 * stake)[..., None]
    made = tone.mix(made, post, ((stake > 0) & (light < 0.55)).astype(np.float32))
    gloss = tone.smoothstep(light, 0.95, 1.2)
    return tone.screen(made, tone.glow(gloss, (0.32, 0.28, 0.18)))


@look("cardboard", detail=0.5)
def cardboard(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Brown board: the flat liner is torn off along ragged pale edges and bares the fluting."""
    level = tone.tones(image, blur=1.0 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    along = x if rng.random() < 0.6 else y
    flute = 0.5 + 0.5 * np.sin(2 * np.pi * along / (rng.uniform(9, 11.5) * scale))
    # What tears is broad: the photo's large tones and a slow noise decide where.
    ragged = 0.1 * (fields.fractal(shape, 13 * scale, rng, 3) - 0.5)
    field = tone.blur(level, 9 * scale) + 0.9 * fields.noise(shape, 110 * scale, rng) + ragged
    field = field + 0.9 * tone.blur(tone.edges(level, 2.0, scale), 14 * scale)
    cut = float(np.percentile(field[::3, ::3], rng.uniform(14, 22)))
    liner = tone.smoothstep(field, cut - 0.006, cut + 0.006)
    torn = tone.smoothstep(field, cut - 0.06, cut - 0.045) * (1 - liner)
    palette = tone.jitter(tone.hexes("4a2d14", "8f6233", "c2935a", "dcb682", "f0d9b2"), rng, 0.012)
    fibre = fields.noise(shape, (1.4 * scale, 12 * scale), rng) - 0.5
    sheet = tone.ramp(0.16 + 0.74 * level + 0.1 * fibre + 0.06 * (flute - 0.5), palette)
    sheet = tone.shade(sheet, 0.25 * tone.relief(level, 0.8, 1.2, scale))
    bare = tone.ramp(0.62 * level + 0.42 * flute - 0.06, palette)
    shadow = tone.blur(np.roll(liner, round(3 * scale), (0, 1)), 2.4 * scale) * (1 - liner)
    bare = tone.shade(bare, -0.75 * shadow)
    made = tone.mix(bare, sheet, liner)
    return tone.mix(made, (0.95, 0.87, 0.73), torn * (0.55 + 0.35 * level))


@look("chocolate", detail=0.5)
def chocolate(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """A bar of dark or milk chocolate: bevelled squares, moulded relief, a buttery gloss."""
    darks = ("140604", "35150a", "5f2c16", "934f2c", "d6a377")
    milks = ("2c1107", "5f2d12", "965327", "c07f47", "eec396")
    palette = tone.jitter(tone.hexes(*(darks if rng.random() < 0.5 else milks)), rng, 0.01)
    level = tone.tones(image, blur=1.5 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    side, lean = rng.uniform(58, 72) * scale, rng.uniform(-0.08, 0.08)
    u = (x + lean * y + rng.uniform(0, side)) % side
    v = (y - lean * x + rng.uniform(0, 0.8 * side)) % (0.8 * side)
    inner = np.minimum(np.minimum(u, side - u), np.minimum(v, 0.8 * side - v))
    if mask is not None:
        inner = np.minimum(inner, fields.inset(shape, mask))
    inner = (inner / scale).astype(np.float32)
    height = 0.2 * np.clip(inner - 1.0, 0, 7) + 1.5 * tone.blur(level, 0.8 * scale)
    swirl = fields.noise(shape, 70 * scale, rng) - 0.5
    body = tone.ramp(0.1 + 0.68 * level + 0.12 * swirl, palette)
    slope = tone.relief(height, rng.uniform(0.7, 1.0), 0.8, scale)
    body = tone.shade(body, np.where(slope > 0, 0.25, 0.55).astype(np.float32) * slope)
    body = tone.mix(body, (0.06, 0.02, 0.01), 0.85 * (1 - tone.smoothstep(inner, 0.3, 1.8)))
    gleam = tone.blur(tone.smoothstep(slope, 0.6, 1.0), 1.0 * scale)
    return tone.screen(body, tone.glow(gleam, (0.55, 0.46, 0.4)))


_SWEETS = (
    ("6a1b9a", "8e0f3c", "15469c", "7a3b12", "0c6b45"),
    ("e01a3c", "1c86e0", "12a34a", "b03cff", "f0521e"),
    ("ff8a1f", "ff5fb0", "ffc21a", "5ed0f0", "8ede4a"),
    ("fff2a0", "ffd6e8", "d6f6ff", "fffaf0", "ffe0b8"),
)


@look("candy", detail=0.9)
def candy(image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None) -> Array:
    """Glossy sweets: gum drops and striped boiled sweets in loud colours, dusted with sugar."""
    level = tone.tones(image, blur=0.9 * scale)
    x, y = fields.grid(image.shape)
    cell = rng.uniform(17, 20) * scale
    labels, distance = fields.voronoi(image.shape, cell, rng, 0.55)
    labels = fields.split(labels, mask)
    count = int(labels.max()) + 1
    own = fields.cell_mean(level, labels)
    # Dark sweets where the photo is dark, sugared pale ones where it is light, of the flavour
    # that comes nearest to the photo's colour there.
    tray = np.clip(own * 4 + rng.normal(0, 0.25, count), 0, 3.99).astype(int)
    flavours = np.stack([tone.hexes(*codes) for codes in _SWEETS])[tray]
    wanted = fields.cell_mean(tone.saturate(tone.expose(image), 2.0), labels)
    off = ((flavours - wanted[:, None]) ** 2).sum(2) + rng.exponential(0.13, (count, 5))
    sweet = flavours[np.arange(count), off.argmin(1)][labels]
    turn = rng.uniform(0, np.pi, count).astype(np.float32)
    band = (np.cos(turn)[labels] * x + np.sin(turn)[labels] * y) * (2 * np.pi / (7.5 * scale))
    striped = (rng.random(count) < 0.35).astype(np.float32)[labels]
    cane = tone.smoothstep(np.sin(band), -0.2, 0.2) * striped * (0.25 + 0.6 * own[labels])
    sweet = tone.mix(sweet, (1.0, 0.97, 0.95), cane)
    sweet = np.clip(sweet * (0.72 + 0.6 * (level - own[labels] + 0.4))[..., None], 0, 1)
    shape_off = np.minimum(fields.rim(labels), 0.64 * cell - distance) / scale
    dome = np.sqrt(np.clip(tone.blur(shape_off, 0.8 * scale), 0, 8) / 8)
    slope = tone.relief(dome, 0.8, 0.9, scale)
    sweet = tone.shade(sweet, 0.4 * slope)
    gap = 1 - tone.smoothstep(shape_off, 0.2, 1.6)
    sweet = tone.mix(sweet, (0.33, 0.05, 0.2), 0.8 * gap)
    sugar = tone.smoothstep(fields.grain(level.shape, rng, 0.6 * scale), 2.2, 2.7)
    gloss = tone.blur(tone.smoothstep(slope, 0.5, 0.9), 0.6 * scale)
    return tone.mix(sweet, (1.0, 1.0, 1.0), np.clip(0.85 * gloss + 0.5 * sugar, 0, 1))


@look("bark", detail=0.8)
def bark(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """A tree trunk: long rough plates of grey-brown bark parted by deep black fissures."""
    level = tone.tones(image, blur=1.1 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    tall = (int(shape[0] // 3 + 8 * scale) + 2, shape[1])
    flat, _ = fields.voronoi(tall, rng.uniform(17, 21) * scale, rng, 1.0)
    fine = fields.fractal(shape, 16 * scale, rng, 4)
    bend = 18 * (fields.noise(shape, 40 * scale, rng) - 0.5) + 8 * (fine - 0.5)
    column = np.clip(x + bend * scale, 0, shape[1] - 1).astype(np.int32)
    row = np.clip(y / 3 + 6 * scale * fine, 0, flat.shape[0] - 1).astype(np.int32)
    plates = flat[row, column]
    depth = fields.rim(plates) / scale + 2.4 * (fine - 0.5)
    fibre = fields.noise(shape, (22 * scale, 2.4 * scale), rng) - 0.5
    crack = fields.noise(shape, (3 * scale, 14 * scale), rng)
    own = rng.normal(0, 0.05, int(flat.max()) + 1).astype(np.float32)[plates]
    palette = tone.jitter(tone.hexes("20130a", "5e3c22", "966d47", "c0a078", "e8d6b8"), rng, 0.015)
    body = 0.06 + 0.92 * level + own + 0.2 * fibre + 0.18 * (fine - 0.5)
    wood = tone.ramp(body, palette)
    height = 0.3 * np.clip(depth, 0, 4.5) + 0.7 * fibre + 0.7 * fine
    height = height - 0.4 * tone.smoothstep(crack, 0.72, 0.85)
    wood = tone.shade(wood, 0.5 * tone.relief(height, rng.uniform(0.1, 0.6), 0.9, scale))
    moss = tone.smoothstep(fields.fractal(shape, 80 * scale, rng), 0.6, 0.9)
    wood = tone.mix(wood, (0.42, 0.5, 0.18), 0.25 * moss)
    fissure = 1 - tone.smoothstep(depth, 0.3, 2.2)
    return tone.mix(wood, (0.07, 0.045, 0.03), (0.88 - 0.25 * level) * fissure)


@look("feathers", detail=0.6)
def feathers(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Plumage: rows of rounded feathers lapping like tiles, with pale shafts and slanted barbs."""
    plumes = (
        ("0a1230", "134a86", "1f93b8", "6fd6cf", "effff4"),
        ("1d1109", "5a3a20", "976b40", "cfac7c", "f8ecd2"),
        ("16181c", "4a4f58", "8d939c", "c8ccd2", "fbfbfc"),
        ("3a0608", "a3131a", "e8412a", "f9a12d", "fff0b0"),
    )
    palette = tone.jitter(tone.hexes(*plumes[rng.integers(len(plumes))]), rng, 0.015)
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
