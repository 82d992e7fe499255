"""Hides, cloths, weaves and sweets: leather, velvet, fur, lace, baskets, chocolate, bark."""

from __future__ import annotations

import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer


@renderer("leather")
def leather(image: Array, rng: np.random.Generator) -> Array:
    """Tanned hide: pebbled grain with dark creases, tooled relief and a stitched seam."""
    level = tone.tones(image, blur=1.2)
    shape = level.shape
    labels, _ = fields.voronoi(shape, rng.uniform(4.2, 5.5), rng, 1.0)
    cushion = tone.blur(np.minimum(fields.rim(labels), 2.0), 0.6)
    worn = fields.fractal(shape, 30, rng) - 0.5
    tans = ("1e0d06", "55290f", "94521f", "c28444", "e6bd85")
    browns = ("140907", "3a1a10", "6b3420", "9a5a3b", "cf9670")
    palette = tone.jitter(tone.hexes(*(tans if rng.random() < 0.6 else browns)), rng, 0.015)
    hide = tone.ramp(0.06 + 0.68 * level + 0.16 * worn + 0.1 * (cushion - 1), palette)
    slope = tone.relief(0.28 * cushion + 1.1 * level, rng.uniform(0.6, 1.0), 0.9)
    hide = tone.shade(hide, 0.45 * slope)
    x, y = fields.grid(shape)
    seam, along = (x, y) if rng.random() < 0.5 else (y, x)
    place = rng.uniform(0.2, 0.8) * (shape[1] if seam is x else shape[0])
    off = seam - place - 0.05 * along - 3 * np.sin(along / 20)
    hide = tone.mix(hide, (0.08, 0.03, 0.02), 0.75 * np.clip(2.0 - np.abs(off), 0, 1))
    for side in (-5, 5):
        dash = np.clip(1.6 - np.abs(off - side), 0, 1) * (along % 7 < 5)
        hide = tone.mix(hide, (0.95, 0.86, 0.66), 0.95 * dash.astype(np.float32))
    return hide


@renderer("velvet")
def velvet(image: Array, rng: np.random.Generator) -> Array:
    """Deep saturated pile hung in heavy folds: dark where it faces us, bright at the rims."""
    level = tone.tones(image, blur=1.4)
    shape = level.shape
    x, y = fields.grid(shape)
    sway = 16 * fields.noise(shape, (60.0, 24.0), rng) + rng.uniform(-0.15, 0.15) * y
    fold = np.sin(2 * np.pi * (x + sway + 5 * level) / rng.uniform(24, 34)).astype(np.float32)
    sheen = fold**2 * (fold > 0) + 0.35 * tone.edges(level, 2.0)
    pile = fields.grain(shape, rng, 0.6)
    deep = (
        ("120005", "4d0213", "8f0a24", "c72a45", "f08095"),
        ("03051a", "0c1659", "1d30a0", "3f58cc", "8c9df0"),
        ("00120b", "023b26", "0a6a45", "23946a", "7fcfae"),
        ("0c0316", "2e0a52", "571c8f", "7e42bb", "b98fe4"),
    )
    palette = tone.jitter(tone.hexes(*deep[rng.integers(len(deep))]), rng, 0.012)
    body = 0.56 * level + 0.1 * fold + 0.22 * tone.blur(sheen, 1.2)
    return tone.ramp(body + 0.035 * pile, palette)


@renderer("silk")
def silk(image: Array, rng: np.random.Generator) -> Array:
    """Smooth lustrous cloth flowing in diagonal folds with broad satin highlights."""
    level = tone.tones(image, blur=1.8)
    shape = level.shape
    x, y = fields.grid(shape)
    turn = rng.uniform(0.5, 1.1) * rng.choice([-1, 1])
    bend = 46 * tone.blur(fields.noise(shape, 44, rng), 5.0)
    across = x * np.cos(turn) + y * np.sin(turn) + bend + 7 * level
    phase = 2 * np.pi * across / rng.uniform(26, 36)
    height = np.sin(phase + 0.9 * np.sin(phase)) + 0.35 * np.sin(2.3 * phase + 1)
    lustre = tone.smoothstep(height.astype(np.float32), 0.4, 1.25)
    dyes = (
        ("7a4f2c", "c79a66", "ecd2a6", "fff3dc"),
        ("7d2a48", "cf6d8c", "f2afc0", "ffe9ee"),
        ("2c5c80", "6ea7cc", "b0d8ee", "f1fbff"),
        ("55457e", "9a88c6", "cabfe8", "f7f3ff"),
        ("71767e", "aab0b8", "d6dade", "ffffff"),
    )
    palette = tone.jitter(tone.hexes(*dyes[rng.integers(len(dyes))]), rng, 0.02)
    cloth = tone.ramp(0.02 + 0.62 * level + 0.15 * (height.astype(np.float32) + 0.6), palette)
    return tone.screen(cloth, tone.grey(0.55 * lustre * (0.4 + 0.6 * level)))


@renderer("fur")
def fur(image: Array, rng: np.random.Generator) -> Array:
    """Dense soft hairs combed around the form, dark at the roots, pale at the tips."""
    level = tone.tones(image, blur=1.6)
    shape = level.shape
    comb = 0.5 * fields.flow(shape, 50, rng) + rng.uniform(0.9, 2.2)
    follow = tone.edges(level, 2.5)
    around = fields.tangent(level, 4.0)
    angle = comb + follow * np.arctan(np.tan(around - comb))
    coats = (
        ("1c0e06", "5e3819", "a8713c", "dcb27c", "faeacb"),
        ("0d0d0f", "3b3a3d", "7d7a7a", "bdb8b3", "f5f2ee"),
        ("240b03", "7a2f0c", "c66421", "eda45a", "fff0d6"),
    )
    palette = tone.jitter(tone.hexes(*coats[rng.integers(len(coats))]), rng, 0.015)
    under = tone.ramp(0.75 * level - 0.08 + 0.06 * fields.streaks(angle, 8, rng), palette)
    points = fields.scatter(shape, rng.uniform(2.5, 2.8), rng)
    count = len(points)
    lock = fields.pick(fields.noise(shape, 7, rng), points) - 0.5
    turn = fields.pick(angle, points) + 0.9 * lock + rng.normal(0, 0.1, count)
    shade = fields.pick(level, points) + 0.35 * lock + rng.normal(0, 0.11, count)
    ink = tone.ramp(np.clip(shade * 0.92 + 0.06, 0, 1)[None], palette)[0]
    length = rng.uniform(7, 13, count)
    return fields.dab(under, points, turn, length, np.ones(count), ink)


@renderer("lace")
def lace(image: Array, rng: np.random.Generator) -> Array:
    """White openwork: fine net and petalled flowers of thread over a darker ground."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    net = np.zeros(shape, np.float32)
    pitch, lean = rng.uniform(4.2, 5.2), rng.uniform(-0.3, 0.3)
    for turn in (lean, lean + np.pi / 3, lean + 2 * np.pi / 3):
        across = (x * np.cos(turn) + y * np.sin(turn)) / pitch
        net = np.maximum(net, np.clip(1.15 - np.abs(across - np.round(across)) * pitch, 0, 1))
    labels, _ = fields.voronoi(shape, rng.uniform(21, 27), rng, 0.5)
    middle = np.stack([fields.cell_mean(p, labels) for p in (x, y)])
    dx, dy = x - middle[0][labels], y - middle[1][labels]
    count = int(labels.max()) + 1
    petals = rng.integers(5, 8, count).astype(np.float32)[labels]
    reach, angle = np.hypot(dx, dy), np.arctan2(dy, dx) + rng.uniform(0, 6.3, count)[labels]
    edge = (7.4 + 2.6 * np.abs(np.cos(petals * angle / 2))).astype(np.float32)
    cord = np.clip(1.5 - np.abs(reach - edge), 0, 1) + np.clip(1.1 - np.abs(reach - 3), 0, 1)
    rib = np.clip(0.7 - np.abs(np.sin(petals * angle / 2)) * reach * 0.45, 0, 1) * (reach < edge)
    cloth = (reach < edge - 1) * (reach > 3.5) * (0.35 + 0.35 * (np.sin(2.4 * (x + y)) > 0))
    work = np.maximum(0.62 * net * (reach > 2), np.maximum(cord, np.maximum(cloth, rib)))
    contour = tone.smoothstep(fields.lines(level, 1.4), 0.3, 0.9)
    work = np.clip(np.maximum(work * (0.22 + 0.95 * level), 0.9 * contour), 0, 1)
    grounds = tone.hexes("16131a", "3a0f1c", "10203c", "2b2320", "173028")
    ground = tone.jitter(grounds, rng, 0.015)[rng.integers(len(grounds))]
    under = ground * (0.55 + 1.1 * level)[..., None]
    return tone.mix(np.clip(under, 0, 1), (0.98, 0.97, 0.94), work.astype(np.float32))


@renderer("burlap")
def burlap(image: Array, rng: np.random.Generator) -> Array:
    """Coarse jute sacking: uneven threads over and under, dark holes, stray fibres."""
    level = tone.tones(image, blur=1.1)
    shape = level.shape
    x, y = fields.grid(shape)
    pitch = rng.uniform(4.6, 6.0)
    u = (x + 3.0 * (fields.noise(shape, (40.0, 9.0), rng) - 0.5)) / pitch
    v = (y + 3.0 * (fields.noise(shape, (9.0, 40.0), rng) - 0.5)) / pitch
    over = np.cos(np.pi * np.floor(u)) * np.cos(np.pi * np.floor(v)) > 0
    thick = 0.33 + 0.16 * fields.noise(shape, (30.0, 4.0), rng)
    thin = 0.33 + 0.16 * fields.noise(shape, (4.0, 30.0), rng)
    warp = np.clip(1 - (np.abs(u - np.floor(u) - 0.5) / thick) ** 2, 0, 1)
    weft = np.clip(1 - (np.abs(v - np.floor(v) - 0.5) / thin) ** 2, 0, 1)
    top = np.where(over, np.maximum(warp, 0.6 * weft), np.maximum(weft, 0.6 * warp))
    twist = np.sin(2 * np.pi * (np.where(over, u + 1.6 * v, v + 1.6 * u)) * 1.1)
    thread = np.sqrt(top) * (0.86 + 0.14 * twist)
    palette = tone.jitter(tone.hexes("2a1b0d", "6b4c2a", "a5814f", "cfb07c", "efdcb4"), rng, 0.018)
    jute = tone.ramp(0.14 + 0.82 * level + 0.05 * fields.grain(shape, rng, 0.8), palette)
    sack = jute * (0.16 + 0.92 * thread.astype(np.float32))[..., None]
    hair = tone.smoothstep(fields.streaks(fields.flow(shape, 14, rng), 9, rng, 1.0), 2.0, 2.8)
    return tone.mix(np.clip(sack, 0, 1), (0.93, 0.83, 0.62), 0.7 * hair)


@renderer("wicker")
def wicker(image: Array, rng: np.random.Generator) -> Array:
    """Basketry: round cane strips bulging over and diving under upright stakes."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    tall, wide = rng.uniform(5.5, 7.5), rng.uniform(12, 16)
    v = (y + 2.0 * (fields.noise(shape, 40, rng) - 0.5) + rng.uniform(0, tall)) / tall
    u = (x + 2.0 * (fields.noise(shape, 40, rng) - 0.5)) / wide + rng.random()
    row = np.floor(v)
    swing = np.cos(np.pi * (u + row % 2))
    strip = 1 - (2 * (v - row) - 1) ** 2
    bulge = np.sqrt(np.clip(strip, 0, 1)) * (0.45 + 0.55 * swing)
    own = rng.normal(0, 0.05, 256).astype(np.float32)[row.astype(int) % 256]
    fibre = fields.streaks(np.zeros_like(level), 8, rng, 1.2)
    palette = tone.jitter(tone.hexes("2b1506", "7a4718", "bd8236", "e3b76b", "fbe6b6"), rng, 0.015)
    cane = tone.ramp(0.02 + 0.98 * level + own + 0.03 * fibre, palette)
    near = np.abs(u - np.round(u - 0.5) - 0.5) * wide
    stake = np.sqrt(np.clip(1 - (near / 2.6) ** 2, 0, 1)) * (swing < 0.35)
    light = np.clip(0.42 + 0.72 * bulge, 0, 1.2).astype(np.float32)
    made = np.clip(cane * light[..., None], 0, 1)
    post = tone.ramp(level, palette) * (0.3 + 0.45 * stake.astype(np.float32))[..., None]
    made = tone.mix(made, post, ((stake > 0) * (light < 0.55)).astype(np.float32))
    gloss = tone.smoothstep(light, 0.95, 1.2)
    return tone.screen(made, tone.glow(gloss, (0.35, 0.3, 0.2)))


@renderer("cardboard")
def cardboard(image: Array, rng: np.random.Generator) -> Array:
    """Brown board: the flat liner is torn off along ragged pale edges and bares the fluting."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    along = x if rng.random() < 0.6 else y
    flute = 0.5 + 0.5 * np.sin(2 * np.pi * along / rng.uniform(5.5, 7.5)).astype(np.float32)
    ragged = 0.16 * (fields.fractal(shape, 7, rng, 3) - 0.5)
    mask = tone.blur(level, 1.5) + ragged + 0.5 * (fields.noise(shape, 34, rng) - 0.5)
    cut = float(np.percentile(mask, rng.uniform(30, 50)))
    liner = tone.smoothstep(mask, cut - 0.01, cut + 0.02)
    torn = tone.smoothstep(mask, cut - 0.07, cut - 0.04) * (1 - liner)
    palette = tone.jitter(tone.hexes("4d3319", "8c6538", "b98d58", "d3ac79", "e6caa0"), rng, 0.012)
    fibre = fields.streaks(np.zeros_like(level), 5, rng, 1.0)
    sheet = tone.ramp(0.16 + 0.7 * level + 0.03 * fibre + 0.05 * (flute - 0.5), palette)
    sheet = tone.shade(sheet, 0.25 * tone.relief(level, 0.8, 1.2))
    bare = tone.ramp(0.5 * level + 0.55 * flute, palette) * np.float32(0.92)
    shadow = tone.blur(liner, 1.6) * (1 - liner)
    bare = tone.shade(bare, -0.9 * shadow)
    made = tone.mix(bare, sheet, liner)
    return tone.mix(made, (0.93, 0.84, 0.69), 0.85 * torn)


@renderer("chocolate")
def chocolate(image: Array, rng: np.random.Generator) -> Array:
    """A bar of dark or milk chocolate: bevelled squares, moulded relief, a buttery gloss."""
    level = tone.tones(image, blur=1.5)
    shape = level.shape
    x, y = fields.grid(shape)
    side, lean = rng.uniform(26, 36), rng.uniform(-0.15, 0.15)
    u = (x + lean * y + rng.uniform(0, side)) % side
    v = (y - lean * x + rng.uniform(0, 0.8 * side)) % (0.8 * side)
    inner = np.minimum(np.minimum(u, side - u), np.minimum(v, 0.8 * side - v)).astype(np.float32)
    slab = 0.22 * np.clip(inner - 0.8, 0, 4.5)
    height = slab + 1.3 * tone.blur(level, 0.8)
    darks = ("0f0503", "2a1008", "4b2212", "7a4527", "c08a60")
    milks = ("240e06", "4d2410", "7d431f", "a8693a", "dfb084")
    palette = tone.jitter(tone.hexes(*(darks if rng.random() < 0.5 else milks)), rng, 0.01)
    swirl = fields.noise(shape, 26, rng) - 0.5
    body = tone.ramp(0.1 + 0.62 * level + 0.12 * swirl, palette)
    slope = tone.relief(height, rng.uniform(0.7, 1.0), 1.0)
    body = tone.shade(body, np.where(slope > 0, 0.22, 0.6).astype(np.float32) * slope)
    body = tone.mix(body, (0.06, 0.02, 0.01), 0.9 * (1 - tone.smoothstep(inner, 0.3, 1.6)))
    gleam = tone.blur(tone.smoothstep(slope, 0.7, 1.0), 0.7)
    return tone.screen(body, tone.glow(gleam, (0.55, 0.46, 0.4)))


@renderer("candy")
def candy(image: Array, rng: np.random.Generator) -> Array:
    """Glossy sweets: gum drops and striped boiled sweets in loud colours, dusted with sugar."""
    level = tone.tones(image, blur=0.9)
    x, y = fields.grid(image.shape)
    cell = rng.uniform(13, 17)
    labels, distance = fields.voronoi(image.shape, cell, rng, 0.55)
    count = int(labels.max()) + 1
    loud = tone.hexes("ff1f4b", "ff7a00", "ffd400", "25c93f", "12a8ff", "b03cff", "ff5fb8")
    hue = loud[rng.integers(0, len(loud), count)][labels]
    turn = rng.uniform(0, np.pi, count)[labels]
    band = np.sin(2 * np.pi * (x * np.cos(turn) + y * np.sin(turn)) / 5.5) > 0
    cane = band * (rng.random(count) < 0.45)[labels]
    sweet = tone.mix(hue, (1.0, 0.97, 0.95), 0.92 * cane.astype(np.float32))
    own = fields.cell_mean(level, labels)[labels]
    sweet = tone.mix(sweet, (1.0, 0.9, 0.95), 0.35 * tone.smoothstep(level, 0.6, 1.0))
    sweet = np.clip(sweet * (0.02 + 0.45 * own + 0.95 * level)[..., None], 0, 1)
    shape_off = np.minimum(fields.rim(labels), 0.6 * cell - distance)
    dome = np.sqrt(np.clip(tone.blur(shape_off, 0.7), 0, 6) / 6)
    slope = tone.relief(dome, 0.8, 0.8)
    sweet = tone.shade(sweet, 0.35 * slope)
    gap = 1 - tone.smoothstep(shape_off, 0.2, 1.4)
    sweet = tone.mix(sweet, (0.35, 0.05, 0.22), 0.85 * gap)
    sugar = tone.smoothstep(fields.grain(level.shape, rng, 0.5), 2.1, 2.6)
    gloss = tone.blur(tone.smoothstep(slope, 0.5, 0.9), 0.5)
    return tone.mix(sweet, (1.0, 1.0, 1.0), np.clip(0.9 * gloss + 0.6 * sugar, 0, 1))


@renderer("bark")
def bark(image: Array, rng: np.random.Generator) -> Array:
    """A tree trunk: long rough plates of grey-brown bark parted by deep black fissures."""
    level = tone.tones(image, blur=1.1)
    shape = level.shape
    x, y = fields.grid(shape)
    flat, _ = fields.voronoi((shape[0] // 3 + 8, shape[1]), rng.uniform(10, 13), rng, 1.0)
    fine = fields.fractal(shape, 9, rng, 4)
    bend = 9 * (fields.noise(shape, 20, rng) - 0.5) + 5 * (fine - 0.5)
    column = np.clip(x + bend, 0, shape[1] - 1).astype(int)
    row = np.clip(y / 3 + 4 * fine, 0, flat.shape[0] - 1).astype(int)
    plates = np.ascontiguousarray(flat[row, column])
    depth = fields.rim(plates) + 1.6 * (fine - 0.5)
    fibre = fields.noise(shape, (12.0, 1.7), rng) - 0.5
    own = rng.normal(0, 0.06, int(flat.max()) + 1).astype(np.float32)[plates]
    palette = tone.jitter(tone.hexes("1b110a", "4f3724", "83634a", "ae9277", "dccbb3"), rng, 0.015)
    wood = tone.ramp(0.02 + 0.95 * level + own + 0.2 * fibre + 0.2 * (fine - 0.5), palette)
    height = 0.35 * np.clip(depth, 0, 3) + 0.5 * fibre + 0.5 * fine
    wood = tone.shade(wood, 0.5 * tone.relief(height, rng.uniform(0.1, 0.6), 0.8))
    moss = tone.smoothstep(fields.fractal(shape, 30, rng), 0.66, 0.9)
    wood = tone.mix(wood, (0.36, 0.42, 0.2), 0.15 * moss)
    return tone.mix(wood, (0.06, 0.04, 0.03), 0.85 * (1 - tone.smoothstep(depth, 0.3, 1.6)))


@renderer("feathers")
def feathers(image: Array, rng: np.random.Generator) -> Array:
    """Plumage: rows of rounded feathers lapping like tiles, with pale shafts and slanted barbs."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    bx, by = (14 * (fields.noise(shape, 36, rng) - 0.5) for _ in range(2))
    wide, step = rng.uniform(20, 26), rng.uniform(15, 19)
    row = np.floor((y + by) / step)

    def place(k: Array) -> tuple[Array, Array, Array]:
        """Side and length coordinates in the feather of row k here, and its column."""
        u = (x + bx) / wide + 0.5 * (k % 2)
        return u - np.floor(u) - 0.5, ((y + by) - k * step) / (2 * step), np.floor(u)

    upper, lower = place(row - 1), place(row)
    tip = np.sqrt(np.clip(1 - ((upper[1] - 0.5) / 0.5) ** 2, 0, 1)) * 0.5
    on_top = np.abs(upper[0]) < tip
    side, along = (np.where(on_top, a, b) for a, b in zip(upper[:2], lower[:2]))
    key = ((row - on_top) * 31 + np.where(on_top, upper[2], lower[2]) * 7).astype(int) % 256
    rim = np.where(on_top, tip - np.abs(upper[0]), 0.5).astype(np.float32)
    shadow = np.where(on_top, 0, np.exp(-(np.abs(upper[0]) - tip) * wide / 2.5))
    barb = np.sin(2 * np.pi * (along * 2 * step - 0.9 * np.abs(side) * wide) / 4.0)
    plumes = (
        ("0a1230", "134a86", "1f93b8", "6fd6cf", "effff4"),
        ("1d1109", "5a3a20", "976b40", "cfac7c", "f8ecd2"),
        ("16181c", "4a4f58", "8d939c", "c8ccd2", "fbfbfc"),
        ("3a0608", "a3131a", "e8412a", "f9a12d", "fff0b0"),
    )
    palette = tone.jitter(tone.hexes(*plumes[rng.integers(len(plumes))]), rng, 0.015)
    own = rng.normal(0, 0.05, 256).astype(np.float32)[key]
    body = 0.08 + 0.7 * level + own + 0.12 * barb - 0.32 * shadow + 0.2 * (along - 0.5)
    made = tone.ramp(body.astype(np.float32), palette)
    edge = np.clip(1.4 - rim * wide, 0, 1)
    shaft = np.clip(1.1 - np.abs(side) * wide, 0, 1) * (along < 0.9)
    made = tone.mix(made, palette[-1] * np.float32(0.96), (0.18 * edge).astype(np.float32))
    return tone.mix(made, (0.97, 0.93, 0.84), (0.65 * shaft).astype(np.float32))
