"""Modern movements: from Munch and Matisse to Mondrian, Kandinsky, Klimt and Pollock."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("expressionism", detail=0.75)
def expressionism(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Long wavy bands of orange sky over dark blue, after Munch's Scream."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.quiet(image, scale, blur=1.0)
    sway = np.sin(x / np.float32(rng.uniform(16, 26) * scale))
    rise = fields.noise(shape, (70.0 * scale, 120.0 * scale), rng) - 0.5
    # The bands bend round the forms, as level lines of the picture do.
    height = y / np.float32(scale) + 120 * rise + 7 * sway + 26 * tone.blur(level, 7 * scale)
    gx, gy = cv2.Sobel(height, cv2.CV_32F, 1, 0), cv2.Sobel(height, cv2.CV_32F, 0, 1)
    angle = np.arctan2(gx, -gy)
    seen = fields.smear(level, angle, 8 * scale)
    band = np.sin(height * np.float32(2 * np.pi / rng.uniform(17, 23)))
    fine = fields.streaks(angle, 30 * scale, rng, 4.0 * scale)
    hot = tone.jitter(
        tone.hexes("160f1e", "5a1820", "b8321a", "ea6a1c", "f7a634", "fde59a"), rng, 0.025
    )
    cold = tone.jitter(
        tone.hexes("070c1e", "14305a", "1f5f6e", "4f8a5c", "b8b460", "f5e4a6"), rng, 0.025
    )
    tones = 0.06 + 0.84 * seen + 0.085 * band + 0.055 * fine
    warmth = tone.smoothstep(seen + 0.16 * band + 0.06 * fine, 0.36, 0.58)
    return tone.mix(tone.ramp(tones, cold), tone.ramp(tones, hot), warmth)


@look("fauvism", detail=0.4)
def fauvism(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Broad flat patches of wild unnatural colour with blue contours, after Matisse."""
    shape = image.shape[:2]
    smooth = fields.kuwahara(image, max(2, round(7 * scale)))
    level = tone.quiet(image, scale, blur=1.3)
    wheel = tone.hexes("14307a", "0f7a5a", "c2185b", "e8452c", "ff8f1f", "ffd23f", "f9b4c0")
    drift = 0.16 * (tone.stretch(fields.noise(shape, 120 * scale, rng)) - 0.5)
    angle = fields.tangent(level, 5 * scale) + np.float32(0.5)
    strokes = fields.streaks(angle, 16 * scale, rng, 6.0 * scale)
    # Neighbouring inks meet in strokes, so that plain grounds have brushwork and no blotches.
    depth = 0.5 * (level + tone.quiet(smooth, scale)) + drift + 0.045 * strokes
    wild = tone.steps(np.clip(depth, 0, 0.999), tone.jitter(wheel, rng, 0.04))
    painted = tone.mix(wild, tone.vivid(smooth, 2.6), 0.28)
    painted = tone.blur(painted, 0.8 * scale) * (1 + 0.06 * strokes)[..., None]
    contour = tone.smoothstep(fields.lines(level, 1.8 * scale), 0.25, 0.7)
    return tone.mix(painted, (0.07, 0.1, 0.38), 0.85 * contour)


def _rooms(
    level: Array, least: float, most: float, rng: np.random.Generator
) -> list[tuple[int, int, int, int]]:
    """Cut a picture into (top, left, tall, wide), small where its tones vary."""
    total, squares = cv2.integral2(level, sdepth=cv2.CV_64F, sqdepth=cv2.CV_64F)
    waiting = [(0, 0, *level.shape)]
    done = []
    while waiting:
        top, left, tall, wide = waiting.pop()
        low, right = top + tall, left + wide
        mean, power = (
            (table[low, right] - table[top, right] - table[low, left] + table[top, left])
            / (tall * wide)
            for table in (total, squares)
        )
        longest = max(tall, wide)
        unrest = np.sqrt(max(power - mean * mean, 0))
        calm = longest < most and unrest < 0.07 and rng.random() < 0.8
        if longest < 2 * least or calm:
            done.append((top, left, tall, wide))
            continue
        part = rng.uniform(0.32, 0.68)
        if tall * rng.uniform(0.7, 1.4) >= wide:
            cut = max(1, int(tall * part))
            waiting += [(top, left, cut, wide), (low - (tall - cut), left, tall - cut, wide)]
        else:
            cut = max(1, int(wide * part))
            waiting += [(top, left, tall, cut), (top, left + cut, tall, wide - cut)]
    return [room for room in done if room[2] > 0 and room[3] > 0]


@look("mondrian", detail=0.65)
def mondrian(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Rectangles in red, blue, yellow and white between thick black bars."""
    level = tone.quiet(image, scale, blur=0.8)
    inks = tone.jitter(
        tone.hexes("10131c", "1a3a9f", "d81e1c", "f6cf10", "f3f0e6", "f8f6ee"), rng, 0.015
    )
    canvas = np.empty_like(image)
    bars = np.zeros(level.shape, np.float32)
    bar = max(1, round(rng.uniform(3.0, 4.5) * scale))
    for top, left, tall, wide in _rooms(level, 13 * scale, 110 * scale, rng):
        room = np.s_[top : top + tall, left : left + wide]
        own = float(level[room].mean()) * 1.06 + rng.normal(0, 0.09)
        canvas[room] = inks[int(np.clip(own * 6, 0, 5))]
        # Fine rooms have fine bars, so that a face isn't drowned in black.
        width = bar if min(tall, wide) > 5 * bar else max(1, bar // 2)
        bars[top : top + width, left : left + wide] = 1
        bars[top : top + tall, left : left + width] = 1
    if mask is not None:
        bars = np.maximum(bars, fields.depth_inside(mask) < bar)
    lit = canvas * (0.86 + 0.22 * level)[..., None]
    return tone.mix(lit, (0.04, 0.04, 0.045), bars)


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
    smooth = fields.kuwahara(image, max(2, round(5 * scale)))
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
    arcs = 0.5 + 0.5 * np.cos(distance * np.float32(2 * np.pi / (radius / 4)))
    arcs = tone.smoothstep(arcs, 0.66, 0.9)
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
