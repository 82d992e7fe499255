"""Surfaces with a pattern of their own: gears, circuits, camouflage, hides, scales, goo, clay."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

Bytes: TypeAlias = NDArray[np.uint8]


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


@look("camouflage", detail=0.9)
def camouflage(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Woodland blotches of sand, green, brown and black printed on cloth."""
    level = tone.tones(image, blur=2.0 * scale)
    shape = level.shape
    inks = tone.jitter(tone.hexes("23251b", "68502c", "5f7a38", "c9b884"), rng, 0.02)
    size = rng.uniform(30, 38) * scale
    made = np.broadcast_to(inks[2], image.shape)
    soft = tone.blur(level, 3 * scale)
    for ink, want, share in (
        (inks[3], soft - 0.5, 0.56),
        (inks[1], 0.3 - np.abs(soft - 0.38) * 2, 0.58),
        (inks[0], 0.4 - soft, 0.6),
    ):
        blot = 0.7 * fields.noise(shape, (0.75 * size, 1.3 * size), rng)
        blot = blot + 0.3 * fields.noise(shape, 0.45 * size, rng) + 0.6 * want
        edge = tone.smoothstep(tone.blur(blot, 1.2 * scale), share - 0.015, share + 0.015)
        made = tone.mix(made, ink, edge)
    x, y = fields.grid(shape)
    twill = 0.5 + 0.5 * np.sin(2 * np.pi * (x + y) / (4.2 * scale))
    fold = 0.55 * (level - 0.5) - 0.09 * twill
    return tone.shade(made, fold + 0.02 * fields.grain(shape, rng, 0.6 * scale))


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


_SCALES = tuple(
    tone.hexes(*codes)
    for codes in (
        ("02140d", "06573a", "1fae62", "9cf7a8"),
        ("1c0303", "7a0f14", "d8321f", "ffb25c"),
        ("04081f", "12388a", "2f80d8", "a8e4ff"),
        ("0f0818", "43246a", "8a52b8", "e6bcff"),
    )
)


@look("dragon scales", detail=0.6)
def dragon_scales(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Pointed glossy scales overlapping in rows, each with a keel and a highlight."""
    palette = tone.jitter(_SCALES[rng.integers(len(_SCALES))], rng, 0.02)
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


def _drips(shape: fields.Shape, top: float, rng: np.random.Generator, scale: float) -> Array:
    """1 above a fringe of rounded drips that hang from about a height, 0 under it."""
    x, y = fields.grid(shape)
    columns = x[0]
    wave = fields.noise((1, shape[1]), (1.0, 150 * scale), rng)[0] - 0.5
    hem = top + 150 * scale * wave + 8 * scale * fields.noise((1, shape[1]), (1.0, 30 * scale), rng)
    line = np.array(hem[0])
    for seat in np.arange(0, shape[1] + 34 * scale, 34 * scale):
        centre = seat + rng.normal(0, 8) * scale
        half, reach = rng.uniform(10, 19) * scale, (rng.exponential(38) + 8) * scale
        left, right = max(0, int(centre - half)), min(shape[1], int(centre + half) + 2)
        if left >= right:
            continue
        round_off = np.sqrt(np.clip(1 - ((columns[left:right] - centre) / half) ** 2, 0, 1))
        start = hem[0, min(max(int(centre), 0), shape[1] - 1)]
        tip = np.where(round_off > 0, start + reach + half * round_off, -np.inf)
        line[left:right] = np.maximum(line[left:right], tip)
    return tone.blur(np.clip(line[None] - y, 0, 1).astype(np.float32), 0.8 * scale)


@look("slime", detail=0.7)
def slime(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Glossy neon-green goo running down in thick rounded drips, with bubbles."""
    level = tone.tones(image, blur=1.8 * scale)
    shape = level.shape
    height, layers = 1.1 * tone.blur(level, 2 * scale), np.zeros(shape, np.float32)
    step = rng.uniform(150, 190) * scale
    for top in np.arange(rng.uniform(0.1, 0.6) * step, shape[0], step)[::-1]:
        goo = _drips(shape, float(top), rng, scale)
        thick = cv2.distanceTransform((goo > 0.5).astype(np.uint8), cv2.DIST_L2, 3) / scale
        dome = np.sqrt(np.clip(1 - (1 - np.minimum(thick, 14) / 14) ** 2, 0, 1))
        under = tone.blur(np.roll(goo, round(4 * scale), 0), 4 * scale)
        layers = layers * (1 - 0.6 * goo) + 0.5 * goo - 1.1 * (1 - goo) * under
        height = tone.mix(height, height + 0.9 * dome, goo)
    _, distance = fields.voronoi(shape, rng.uniform(46, 58) * scale, rng, 1.0)
    radius = rng.uniform(5, 8) * scale
    bubble = np.sqrt(np.clip(1 - (distance / radius) ** 2, 0, 1))
    height = tone.blur(height + 0.35 * bubble, 1.5 * scale)
    green = tone.hexes("062003", "1a7006", "4ad010", "a2ff30", "ecffa0")
    tint = 0.06 + 0.6 * level + 0.25 * (height - tone.blur(height, 14 * scale)) + 0.16 * layers
    light = tone.relief(height, rng.uniform(0.9, 1.3), -0.9, scale)
    made = tone.ramp(np.clip(tint + 0.2 * light, 0, 1), tone.jitter(green, rng, 0.015))
    gloss = tone.smoothstep(light, 0.42, 0.75)
    return tone.mix(made, (0.98, 1.0, 0.92), 0.9 * tone.blur(gloss, 0.9 * scale))


_CLAYS = tone.hexes(
    "e8362a",
    "f5821f",
    "ffcf33",
    "4fb548",
    "2386e0",
    "7a4fc8",
    "f58fb0",
    "fbf0dc",
    "96592f",
    "2b4676",
    "f0b48a",
    "57433c",
)


_HUE_FIRST = np.array([0.6, 1.0, 1.0], np.float32)


@look("claymation", detail=0.8)
def claymation(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Plasticine: bulgy rounded lumps of matt bright colour, dented by fingers."""
    # Lumps are found on a reduced picture: clay has no fine edges.
    step = max(1.0, 2 * scale)
    unit = scale / step
    seen = tone.expose(tone.reduced(image, step))
    seen = fields.kuwahara(fields.wobble(seen, 24 * unit, 1.5 * unit, rng), max(2, round(7 * unit)))
    vivid = tone.saturate(np.clip(tone.blur(seen, 2.2 * unit) * 1.05 + 0.04, 0, 1), 1.7)
    lab = cv2.cvtColor(vivid, cv2.COLOR_RGB2LAB)
    clays = tone.jitter(_CLAYS, rng, 0.015)
    palette = cv2.cvtColor(clays[None], cv2.COLOR_RGB2LAB)[0]
    # A mottle of lightness parts plain areas into lumps as well.
    lab[..., 0] += 12 * (fields.noise(lab.shape, 60 * unit, rng) - 0.5)
    # Hue counts for more than light, so that a shaded thing stays one lump.
    near, inks = lab * _HUE_FIRST, palette * _HUE_FIRST
    kind = ((inks**2).sum(1) - 2 * (near @ inks.T)).argmin(-1).astype(np.uint8)
    kind = cv2.medianBlur(cv2.medianBlur(kind, 5), 5)
    inside = np.minimum(fields.rim(kind.astype(np.int32)), 11 * unit) / (11 * unit)
    dome = tone.blur(np.sqrt(np.clip(1 - (1 - inside) ** 2, 0, 1)), 1.6 * unit)
    lump = tone.mix(vivid, clays[kind], 0.45)
    level = tone.tones(seen, blur=2 * unit)
    lump = tone.blur(lump, 1.1 * unit)
    dome, level, lump = (tone.enlarged(part, image.shape) for part in (dome, level, lump))
    shape = dome.shape
    _, spot = fields.voronoi(shape, rng.uniform(52, 62) * scale, rng, 1.0)
    whorl = fields.wobble(spot, 24 * scale, 5 * scale, rng)
    pressed = tone.smoothstep(-spot, -20 * scale, -12 * scale)
    print_line = np.sin(whorl * (2 * np.pi / (4.2 * scale))) * pressed
    dents = fields.noise(shape, 20 * scale, rng) - 0.25 * pressed
    bumps = tone.blur(2.4 * dome + 1.6 * level + 0.7 * dents, 1.2 * scale)
    light = tone.relief(bumps, rng.uniform(0.6, 1.1), -0.7, scale)
    matt = 0.5 * light + 0.05 * print_line
    body = np.clip(lump * (0.8 + 0.22 * dome)[..., None], 0, 1)
    return tone.shade(body, matt)
