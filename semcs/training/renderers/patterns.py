"""Surfaces with a pattern of their own: gears, circuits, camouflage, hides, scales, goo, clay."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer


def _disc() -> Array:
    """Outline of a circle of radius 1."""
    turn = np.linspace(0, 2 * np.pi, 25)[:-1]
    return np.stack([np.cos(turn), np.sin(turn)], 1).astype(np.float32)


def _gear(teeth: int) -> Array:
    """Outline of a toothed wheel of radius 1."""
    turn = (np.arange(teeth)[:, None] + np.array([0.0, 0.14, 0.42, 0.56])) * 2 * np.pi / teeth
    radius = np.broadcast_to([0.8, 1.0, 1.0, 0.8], turn.shape)
    outline = np.stack([radius * np.cos(turn), radius * np.sin(turn)], -1)
    return np.asarray(outline.reshape(-1, 2), np.float32)


@renderer("steampunk")
def steampunk(image: Array, rng: np.random.Generator) -> Array:
    """Brass and copper gears, wheel in wheel, with spokes and rivets in sepia dusk."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    metal = tone.hexes("160b05", "4a2810", "93602a", "cf9f52", "f7dfa0")
    palette = tone.jitter(metal, rng, 0.015)
    canvas = tone.ramp(0.04 + 0.5 * level, palette)
    disc = _disc()
    for size, teeth, share in ((21.0, 16, 1.0), (14.0, 12, 0.45), (9.0, 10, 0.2)):
        points = fields.scatter(shape, size * 1.6, rng)
        points = points[: max(int(share * len(points)), 3)]
        count = len(points)
        sizes, angles = size * rng.uniform(0.8, 1.2, count), rng.uniform(0, 6.3, count)
        shade = 0.28 + 0.6 * fields.pick(tone.blur(level, 2), points) + rng.normal(0, 0.05, count)
        ink = tone.ramp(shade[None].astype(np.float32), palette)[0]
        ink = ink * np.where(rng.random((count, 1)) < 0.35, np.array([1.05, 0.78, 0.62]), 1.0)
        gear = _gear(teeth)
        for outline, scale, gain in (
            (gear, 1.1, 0.2),
            (gear, 1.0, 1.0),
            (disc, 0.64, 0.6),
            (disc, 0.56, 0.25),
        ):
            canvas = fields.stamp(canvas, outline, points, angles, sizes * scale, ink * gain)
        for turn in np.arange(3) * np.pi / 3:
            canvas = fields.dab(canvas, points, angles + turn, sizes * 1.1, sizes * 0.16, ink)
        canvas = fields.stamp(canvas, disc, points, angles, sizes * 0.24, ink * 1.2)
        canvas = fields.dab(canvas, points, angles, 0 * sizes, sizes * 0.2, ink * 0.2)
    light = tone.relief(tone.luma(canvas), rng.uniform(0.5, 1.1), -0.5)
    return tone.shade(canvas, 0.3 * light + 0.8 * (level - tone.blur(level, 8)))


_COMPASS = np.array([[1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]], float)


def _traces(height: int, width: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Bundles of parallel conductors that turn by 45°, and the pads at their ends."""
    copper, hole = (np.zeros((height, width), np.uint8) for _ in range(2))
    for start in fields.scatter((height, width), 24, rng):
        turn = 2 * int(rng.integers(0, 4))
        bend = (turn + int(rng.choice([-1, 1]))) % 8
        across = _COMPASS[(turn + 2) % 8]
        first, second, third = (rng.uniform(low, 2.6 * low) for low in (7, 5, 8))
        for lane in range(int(rng.integers(2, 5))):
            steps = [_COMPASS[turn] * first, _COMPASS[bend] * second, _COMPASS[turn] * third]
            path = np.cumsum([start.round() + across * 4.0 * lane, *steps], 0)
            cv2.polylines(copper, [(path * 8).astype(np.int32)], False, 190, 1, cv2.LINE_AA, 3)
            for end in (path[0], path[-1]):
                spot = (end * 8).astype(int).tolist()
                cv2.circle(copper, spot, 18, 255, -1, cv2.LINE_AA, 3)
                cv2.circle(hole, spot, 8, 255, -1, cv2.LINE_AA, 3)
    return tone.to_floats(copper), tone.to_floats(hole)


def _chips(canvas: Array, level: Array, rng: np.random.Generator) -> Array:
    """Black packages with silver pins on two sides, set where the picture is dark."""
    points = fields.scatter(level.shape, 34, rng)
    dark = np.argsort(fields.pick(tone.blur(level, 4), points) + 0.3 * rng.random(len(points)))
    surface = tone.to_bytes(canvas)
    for x, y in points[dark[: max(len(points) // 3, 2)]].astype(int).tolist():
        wide, tall = (int(rng.integers(7, 13)), int(rng.integers(5, 9)))
        for pin in range(x - wide + 2, x + wide - 1, 4):
            cv2.rectangle(
                surface, (pin, y - tall - 3), (pin + 1, y + tall + 3), (205, 210, 205), -1
            )
        cv2.rectangle(surface, (x - wide, y - tall), (x + wide, y + tall), (24, 26, 28), -1)
        cv2.rectangle(surface, (x - wide, y - tall), (x + wide, y - tall), (88, 92, 94), 1)
        cv2.circle(surface, (x - wide + 3, y + tall - 3), 1, (130, 132, 132), -1)
    return tone.to_floats(surface)


@renderer("circuit board")
def circuit_board(image: Array, rng: np.random.Generator) -> Array:
    """Green printed board: copper conductors at right angles and 45°, pads, black chips."""
    level = tone.tones(image, blur=1.0)
    height, width = level.shape
    green = tone.hexes("01180c", "04421f", "0b6e36", "2f9f58", "86d69a")
    board = tone.ramp(0.1 + 0.75 * level, tone.jitter(green, rng, 0.012))
    copper, hole = _traces(height, width, rng)
    metal = tone.ramp(level, tone.hexes("7a5a1c", "c9963a", "f2cf7a", "fff0c0"))
    made = tone.mix(board * (1 - 0.5 * np.roll(copper, 1, 0))[..., None], metal, copper)
    made = _chips(tone.mix(made, (0.02, 0.06, 0.03), hole), level, rng)
    print_line = tone.smoothstep(tone.edges(level, 1.2), 0.5, 0.8)
    made = tone.mix(made, (0.92, 0.97, 0.9), 0.6 * print_line * (1 - copper))
    return tone.shade(made, 0.6 * (level - tone.blur(level, 10)))


@renderer("camouflage")
def camouflage(image: Array, rng: np.random.Generator) -> Array:
    """Woodland blotches of sand, green, brown and black printed on cloth."""
    level = tone.tones(image, blur=2.0)
    shape = level.shape
    inks = tone.jitter(tone.hexes("1d1f18", "5a4327", "4f6132", "b5a679"), rng, 0.02)
    size = rng.uniform(15, 21)
    made = np.broadcast_to(inks[2], image.shape)
    for ink, want, share in (
        (inks[3], level - 0.5, 0.6),
        (inks[1], 0.3 - np.abs(level - 0.38) * 2, 0.58),
        (inks[0], 0.42 - level, 0.62),
    ):
        blot = 0.7 * fields.noise(shape, (0.75 * size, 1.3 * size), rng)
        blot = blot + 0.3 * fields.noise(shape, 0.45 * size, rng) + 0.55 * want
        made = tone.mix(
            made, ink, tone.smoothstep(tone.blur(blot, 0.8), share - 0.02, share + 0.02)
        )
    x, y = fields.grid(shape)
    twill = ((x + y) % 3 < 1).astype(np.float32)
    fold = 0.5 * (tone.tones(image, blur=0.8) - 0.5) - 0.08 * twill
    return tone.shade(made, fold + 0.02 * fields.grain(shape, rng, 0.5))


@renderer("zebra print")
def zebra_print(image: Array, rng: np.random.Generator) -> Array:
    """Black and white stripes that fork and bend around the forms."""
    level = tone.tones(image, blur=1.5)
    shape = level.shape
    angle = np.full(shape, rng.uniform(0.9, 2.2), np.float32)
    angle = angle + 2.2 * (tone.blur(level, 5) - 0.5) + 1.2 * (fields.noise(shape, 44, rng) - 0.5)
    angle = np.asarray(angle, np.float32)
    size = rng.uniform(1.9, 2.5)
    # Short-range growth and long-range decay leave stripes of one width (Turing patterns).
    skin = fields.streaks(angle, 14, rng, 3.5)
    for _ in range(5):
        skin = np.tanh(9 * (tone.blur(skin, size) - tone.blur(skin, 1.6 * size)))
        skin = np.asarray(fields.smear(skin, angle, 7), np.float32)
    white = tone.smoothstep(tone.blur(skin, 0.7) + 0.9 * (level - 0.5), -0.1, 0.1)
    pale = tone.ramp(level, tone.jitter(tone.hexes("b3aa9c", "efeae0", "ffffff"), rng, 0.01))
    dark = tone.ramp(level, tone.hexes("050505", "16140f", "2c2822"))
    hair = fields.streaks(angle + np.float32(np.pi / 2), 3, rng, 1.2)
    return tone.shade(tone.mix(dark, pale, white), 0.04 * hair)


@renderer("leopard print")
def leopard_print(image: Array, rng: np.random.Generator) -> Array:
    """Tan fur with broken dark rosettes around browner hearts."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    fur = tone.jitter(tone.hexes("7d4f1e", "c4883c", "e6b567", "f7dfa8"), rng, 0.015)
    hair = fields.streaks(np.full(shape, rng.uniform(0, 3.1), np.float32), 4, rng, 1.3)
    coat = tone.ramp(0.05 + 0.85 * level + 0.05 * hair, fur)
    labels, away = fields.voronoi(shape, rng.uniform(11.5, 14), rng, 0.5)
    size = rng.uniform(3.4, 5.2, int(labels.max()) + 1).astype(np.float32)[labels]
    inside = fields.wobble(size - away, 7, 2.4, rng)
    thick = 1.3 + 1.2 * (0.5 - level)
    ring = tone.smoothstep(thick - np.abs(inside), -0.2, 0.6)
    broken = tone.smoothstep(fields.noise(shape, 5.0, rng) + 0.4 * (0.5 - level), 0.32, 0.44)
    heart = tone.smoothstep(inside, -0.5, 0.5)
    coat = tone.mix(coat, coat * np.array([0.82, 0.66, 0.45]), 0.8 * heart)
    made = tone.mix(coat, (0.1, 0.05, 0.02), 0.95 * ring * broken)
    return tone.shade(made, 0.5 * (level - tone.blur(level, 8)) + 0.03 * hair)


_SCALES = tuple(
    tone.hexes(*codes)
    for codes in (
        ("02120c", "0a4a30", "1f9a5c", "7fe8a0"),
        ("1a0303", "6a0f12", "c22a20", "ff9a5a"),
        ("04081f", "12306f", "2f6fc0", "9ad8ff"),
        ("0d0a12", "3a2a4a", "7a5a8a", "d8b8e0"),
    )
)


@renderer("dragon scales")
def dragon_scales(image: Array, rng: np.random.Generator) -> Array:
    """Pointed glossy scales overlapping in rows, each with a keel and a highlight."""
    level = tone.tones(image, blur=1.0)
    x, y = fields.grid(level.shape)
    wide = rng.uniform(6.5, 9.0)
    tall = wide * rng.uniform(0.75, 0.95)
    bulge = 14 * tone.blur(level, 5)
    x, y = x + bulge + rng.uniform(0, 40), y - bulge + rng.uniform(0, 40) + 40
    upper = np.floor(y / tall) - 1
    parts = []
    for row in (upper, upper + 1):
        side = x / (2 * wide) + 0.5 * (row % 2)
        u, v = 2 * (side - np.floor(side)) - 1, (y - row * tall) / (2 * tall)
        parts.append((u, v, np.abs(u) ** 1.3 + v**2.2))
    (u, v, out), (lower_u, lower_v, lower_out) = parts
    front = out < 1
    shadow = np.where(front, 0, np.exp(-np.maximum(out - 1, 0) / 0.18))
    u, v = np.where(front, u, lower_u), np.where(front, v, lower_v)
    rim = tone.smoothstep(np.where(front, out, lower_out), 0.82, 1.0) * front
    palette = tone.jitter(_SCALES[rng.integers(len(_SCALES))], rng, 0.02)
    tint = 0.04 + 0.78 * level + 0.3 * (v - 0.45) - 0.5 * shadow - 0.12 * np.abs(u)
    made = tone.ramp(np.clip(tint - 0.3 * rim, 0, 1), palette)
    gloss = np.exp(-(((u + 0.3) / 0.22) ** 2) - ((v - 0.5) / 0.2) ** 2)
    keel = np.exp(-((u / 0.08) ** 2)) * tone.smoothstep(v, 0.3, 0.8)
    shine = np.clip(0.75 * gloss * (0.25 + level) + 0.25 * keel, 0, 1)
    return tone.mix(made, (0.97, 1.0, 0.95), np.asarray(shine * (1 - rim), np.float32))


def _drips(shape: fields.Shape, top: float, rng: np.random.Generator) -> Array:
    """1 above a fringe of rounded drips that hang from a height, 0 under it."""
    x, y = fields.grid(shape)
    hem = np.full(shape[1], top, np.float32) + 5 * fields.noise((1, shape[1]), (1.0, 24.0), rng)[0]
    for seat in np.arange(0, shape[1] + 12, 12):
        centre = seat + rng.normal(0, 2.5)
        half, reach = rng.uniform(3.5, 6.5), rng.exponential(15) + 2
        column = np.clip(1 - ((x[0] - centre) / half) ** 2, 0, 1)
        hem = np.maximum(hem, np.where(column > 0, top + reach + half * np.sqrt(column), 0))
    return np.asarray(np.clip(tone.blur(np.repeat(hem[None], shape[0], 0), 0.8) - y, 0, 1))


@renderer("slime")
def slime(image: Array, rng: np.random.Generator) -> Array:
    """Glossy neon-green goo running down in thick rounded drips, with bubbles."""
    level = tone.tones(image, blur=1.8)
    shape = level.shape
    height, layers = 0.9 * tone.blur(level, 2), np.zeros(shape, np.float32)
    first, step = rng.uniform(0, 0.25) * shape[0], rng.uniform(0.36, 0.45) * shape[0]
    for top in first + step * np.arange(2)[::-1]:
        goo = _drips(shape, float(top), rng)
        thick = cv2.distanceTransform((goo > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
        dome = np.sqrt(np.clip(1 - (1 - np.minimum(thick, 5) / 5) ** 2, 0, 1))
        layers += goo - 1.2 * (1 - goo) * tone.blur(goo, 3.5)
        height = tone.mix(height, height + 0.42 * dome, goo)
    _, distance = fields.voronoi(shape, rng.uniform(20, 26), rng, 1.0)
    radius = rng.uniform(3, 4.5)
    bubble = np.sqrt(np.clip(1 - (distance / radius) ** 2, 0, 1)) * (level > 0.4)
    height = tone.blur(np.asarray(height + 0.25 * bubble, np.float32), 1.0)
    green = tone.hexes("0a2a02", "1f7a05", "4fd010", "9cff2a", "e2ff8a")
    tint = 0.08 + 0.52 * level + 0.3 * (height - tone.blur(height, 9)) + 0.13 * layers
    light = tone.relief(height, rng.uniform(0.9, 1.3), -0.9)
    made = tone.ramp(np.clip(tint + 0.22 * light, 0, 1), tone.jitter(green, rng, 0.015))
    gloss = tone.smoothstep(light, 0.45, 0.75)
    return tone.mix(made, (0.98, 1.0, 0.9), 0.9 * tone.blur(gloss, 0.7))


_CLAYS = tone.hexes(
    "e8483a",
    "f28c28",
    "f7cf3c",
    "58b54a",
    "2f8fd8",
    "7a55c0",
    "f2a0b8",
    "f4ead8",
    "8a5a3a",
    "35507a",
)


@renderer("claymation")
def claymation(image: Array, rng: np.random.Generator) -> Array:
    """Plasticine: bulgy rounded lumps of matt bright colour, dented by fingers."""
    shape = image.shape[:2]
    smooth = fields.kuwahara(fields.wobble(tone.expose(image), 12, 1.0, rng), 5)
    vivid = tone.saturate(np.clip(tone.blur(smooth, 1.2) * 1.05 + 0.08, 0, 1), 2.6)
    areas = _CLAYS[rng.permutation(7)[:4]]
    tint = tone.steps(tone.stretch(fields.noise(shape, 34, rng)), areas)
    level = tone.tones(smooth, blur=1.8)
    coloured = tone.mix(vivid, tint * (0.45 + 0.8 * level)[..., None], 0.53)
    lab = cv2.cvtColor(np.clip(coloured, 0, 1).astype(np.float32), cv2.COLOR_RGB2LAB)
    palette = cv2.cvtColor(_CLAYS[None], cv2.COLOR_RGB2LAB)[0]
    kind = ((palette**2).sum(1) - 2 * (lab @ palette.T)).argmin(-1).astype(np.uint8)
    kind = cv2.medianBlur(kind, 5)
    inside = fields.rim(kind.astype(np.int32))
    dome = tone.blur(np.sqrt(np.clip(1 - (1 - np.minimum(inside, 5.5) / 5.5) ** 2, 0, 1)), 1.2)
    _, spot = fields.voronoi(shape, rng.uniform(17, 22), rng, 1.0)
    print_line = np.sin(fields.wobble(spot, 9, 2, rng) * 2 * np.pi / 2.9) * (spot < 8)
    bumps = 1.6 * dome + 1.3 * level + 0.3 * fields.noise(shape, 8, rng)
    light = tone.relief(np.asarray(bumps, np.float32), rng.uniform(0.6, 1.1), -0.55)
    flat = tone.blur(tone.jitter(_CLAYS, rng, 0.015)[kind], 0.7)
    matt = 0.6 * light + 0.75 * (level - tone.blur(level, 8)) + 0.055 * print_line
    return tone.shade(flat * (0.62 + 0.4 * dome)[..., None], np.asarray(matt, np.float32))
