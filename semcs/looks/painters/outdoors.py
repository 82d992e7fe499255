"""Skies, hours of light and places outdoors: aurora, rainbow, dawn, reef, jungle, moss, frost."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("aurora", detail=0.8)
def aurora(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Green and violet curtains of northern light hanging over a dark land."""
    level = tone.quiet(image, scale, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    x, y = x / np.float32(shape[1]), y / np.float32(shape[0])
    night = tone.hexes("01040c", "061628", "0f3046", "2c6070", "66a3a2")
    land = tone.ramp(0.04 + 0.82 * level**1.15, tone.jitter(night, rng, 0.01))
    colours = tone.jitter(tone.hexes("b8ffd0", "34ff92", "12c878", "5a38b8", "a82fd8"), rng, 0.02)
    stops = (0.0, 0.05, 0.3, 0.62, 1.0)
    fade = np.exp(-1.7 * np.array(stops, np.float32))
    sky = np.zeros_like(image)
    row = (1, shape[1])
    for base in rng.permutation((0.42, 0.66, 0.9))[: rng.integers(2, 4)].tolist():
        sway = 0.5 * fields.noise(row, (1.0, 130 * scale), rng)
        sway += 0.1 * fields.noise(row, (1.0, 34 * scale), rng)
        hem = np.float32(base - 0.3 + 0.06 * rng.normal()) + sway + 0.12 * (x - 0.5)
        up = (hem - y + 0.03 * level) / np.float32(rng.uniform(0.42, 0.6))
        rays = fields.noise(row, (1.0, 6 * scale), rng) * fields.noise(row, (1.0, 44 * scale), rng)
        light = tone.smoothstep(up, -0.04, 0.07) * (0.4 + 1.5 * rays) * (0.42 + 0.75 * level)
        curtain = tone.ramp(up / 1.5, colours * fade[:, None], stops)
        sky += curtain * (1.1 * light)[..., None]
    stars = fields.starlight(shape, 14 * scale, rng, 0.75 * scale) * (1 - y)
    return tone.screen(tone.screen(land, sky), 0.9 * tone.grey(stars))


@look("rainbow", detail=0.4)
def rainbow(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """The bands of the spectrum arching across a bright, washed sky after rain."""
    level = tone.quiet(image, scale, blur=0.8)
    shape = level.shape
    x, y = fields.grid(shape)
    bright = tone.saturate(tone.expose(image) * 0.85 + 0.12, 1.5)
    sky = tone.ramp(0.1 + 0.9 * level, tone.hexes("2f5a78", "7fb4d8", "c4e2f4", "ffffff"))
    scene = tone.mix(bright, sky, 0.55 * (1 - 0.5 * y / np.float32(shape[0])))
    size = min(shape)
    cx, cy = rng.uniform(0.25, 0.75) * shape[1], rng.uniform(0.9, 1.15) * shape[0]
    radius, width = rng.uniform(0.66, 0.85) * size, rng.uniform(0.2, 0.28) * size
    spectrum = tone.hexes("8a2be2", "4a3cf0", "1fa0ff", "25d060", "ffee20", "ff9015", "f02028")
    away = cv2.magnitude(x - np.float32(cx), y - np.float32(cy))
    for reach, strength, order in ((radius, 0.78, 1), (radius + 1.9 * width, 0.36, -1)):
        across = (away - np.float32(reach)) / np.float32(width) + np.float32(0.5)
        band = tone.smoothstep(0.5 - np.abs(across - 0.5), -0.06, 0.1)
        arch = tone.ramp(across, spectrum[::order])
        scene = tone.mix(scene, tone.shade(arch, 0.9 * (level - 0.45)), strength * band)
    return tone.shade(scene, 0.12 * tone.relief(level, 0.8, 1.0, scale))


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
    tint = tone.ramp((0.45 + 0.45 * fields.pick(level, loose))[None], pink)[0]
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
    ink = tone.ramp(light[None].astype(np.float32), pink)[0]
    petals, stamens = fields.around(_BLOSSOM, 5), fields.around(_STAMEN, 7)
    parts = (
        (petals * 1.09, ink * [0.84, 0.56, 0.68]),
        (petals, ink),
        (petals * 0.46, ink * [0.97, 0.78, 0.86]),
        (stamens * 0.9, ink * [0.82, 0.34, 0.48]),
    )
    sizes, angles = scale * rng.uniform(13, 21, count), rng.uniform(0, 6.3, count)
    return fields.collage(canvas, parts, points, angles, sizes)


@look("dawn", detail=0.5)
def dawn(image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None) -> Array:
    """Pink, lilac and peach morning light in thin mist, no hard shadow."""
    level = tone.quiet(image, scale, blur=0.9)
    shape = level.shape
    x, y = fields.grid(shape)
    height = y / np.float32(shape[0])
    height = height + 0.1 * (fields.noise(shape, (26 * scale, 170 * scale), rng) - 0.5)
    sky = tone.hexes("9b9ce6", "cfa9e4", "f8b6cb", "ffc79f", "ffe6b8")
    light = tone.ramp(height, tone.jitter(sky, rng, 0.015))
    ground = tone.ramp(height, tone.hexes("3f3f7c", "65508e", "8f6292"))
    scene = tone.mix(ground, light, tone.smoothstep(level, -0.05, 0.85))
    bank = fields.noise(shape, (30 * scale, 200 * scale), rng)
    mist = tone.smoothstep(bank + 0.3 * (height - 0.5), 0.5, 1.05)
    scene = tone.mix(scene, tone.mix(light, 1.0, 0.35), 0.5 * mist)
    cx, cy = fields.clear_spot(level, rng, (0.12, 0.88), (0.5, 0.78), mask)
    size = scale * rng.uniform(18, 25)
    away = cv2.magnitude(x - np.float32(cx), y - np.float32(cy)) / np.float32(size)
    disc = tone.smoothstep(1 - away, -2 / size, 2 / size)
    sun = 0.6 * np.exp(-((away / 3) ** 2)) + 0.25 * np.exp(-away / 7) + 0.5 * disc
    return tone.mix(
        scene, (1.0, 0.92, 0.78), np.clip(sun, 0, 1) * np.maximum(0.35 + 0.6 * level, 0.8 * disc)
    )


_WINDOW = np.array([[-0.65, -1], [0.65, -1], [0.65, 1], [-0.65, 1]], np.float32)


@look("blue hour", detail=0.6)
def blue_hour(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Deep even blue twilight with a few warm windows and lamps."""
    level = tone.quiet(image, scale, blur=0.7)
    shape = level.shape
    _, y = fields.grid(shape)
    height = y / np.float32(shape[0])
    blue = tone.jitter(tone.hexes("060c33", "12246b", "2347a8", "4276d6", "a3c4f6"), rng, 0.012)
    scene = tone.ramp(0.04 + 0.78 * level + 0.12 * height, blue)
    scene = tone.mix(scene, (0.62, 0.52, 0.86), 0.34 * height**2 * level)
    points = fields.scatter(shape, scale * rng.uniform(26, 31), rng)
    wanted = 0.8 * fields.pick(tone.edges(level, 2.0, scale), points)
    wanted = wanted + 0.6 * points[:, 1] / shape[0] - 0.5 * fields.pick(level, points)
    order = np.argsort(-wanted - 0.4 * rng.random(len(points)))
    points = points[order[: max(len(points) // 6, 4)]]
    count = len(points)
    amber = tone.hexes("ffb040", "ffd27a", "ff9228")[rng.integers(0, 3, count)]
    sizes = scale * (2.2 + 4.0 * rng.random(count) ** 2)
    lamps = np.zeros_like(image)
    lamps = fields.collage(lamps, ((_WINDOW, amber),), points, np.zeros(count), sizes)
    halo = 1.5 * tone.blur(lamps, 5 * scale) + 2.6 * tone.blur(lamps, 18 * scale)
    warm = tone.glow(np.minimum(halo, 0.8), (1.0, 0.9, 0.8))
    return tone.screen(tone.screen(scene, warm), tone.mix(lamps, lamps**0.5, 0.5))


@look("sunny day", detail=0.4)
def sunny_day(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Hard bright sun: saturated sky blue and green, warm lights, crisp shadows, a sunburst."""
    level = tone.quiet(image, scale, blur=0.6)
    shape = level.shape
    x, y = fields.grid(shape)
    height = y / np.float32(shape[0]) + 0.3 * (fields.noise(shape, 120 * scale, rng) - 0.5)
    summer = tone.hexes("1f86f5", "3ba4ff", "8ad24a", "5cb82a")
    tint = tone.ramp(height, tone.jitter(summer, rng, 0.02), (0.0, 0.5, 0.66, 1.0))
    hard = 0.12 + 0.88 * tone.smoothstep(level, -0.05, 1.05)
    painted = tone.mix(tint * (hard / 0.7)[..., None], (1.0, 0.98, 0.84), hard**6 * 0.7)
    lit = tone.saturate(tone.expose(image, amount=1.0), 2.0) * (0.6 + 0.6 * hard)[..., None]
    chroma = tone.blur(cv2.cvtColor(image, cv2.COLOR_RGB2HSV)[..., 1] * level, 6 * scale)
    least = 0.42 if fields.has_sky(mask) else 0.75  # no sky is seen on a person
    own = least + (0.92 - least) * tone.smoothstep(chroma, 0.1, 0.4)
    scene = tone.mix(painted, lit, own)
    warm = np.array([[[0.62, 0.74, 1.15]], [[1.05, 1.0, 0.9]]], np.float32)
    scene = scene * tone.ramp(tone.smoothstep(hard, 0, 0.35), warm[:, 0])
    cx, cy = fields.clear_spot(level, rng, (0.08, 0.92), (0.06, 0.24), mask)
    dx, dy = x - np.float32(cx), y - np.float32(cy)
    size = scale * rng.uniform(19, 25)
    away, turn = cv2.magnitude(dx, dy) / np.float32(size), cv2.phase(dx, dy)
    count = int(rng.integers(5, 8))
    star = np.maximum(np.cos(count * turn + np.float32(rng.uniform(0, 6))), 0)
    star = star * star * star
    star = star * star
    sun = tone.smoothstep(1 - away, -0.12, 0.12) + 0.55 * np.exp(-away / 1.6)
    sun = sun + 0.6 * star * np.exp(-away / 3) + 0.3 * np.exp(-away / 9)
    return tone.mix(np.clip(scene, 0, 1), (1.0, 0.96, 0.72), np.clip(sun, 0, 1))


_SPARKS = tone.hexes("ff3b4a", "ffd24a", "3dff7a", "4aa8ff", "ff5cf0", "ffffff", "ff9a2e")


def _bursts(
    centres: Array, reach: Array, tints: Array, rng: np.random.Generator
) -> tuple[Array, ...]:
    """Strokes of bursting rockets: rays that fall as they fly, brighter towards their tips."""
    strokes = []
    for centre, size, tint in zip(centres, reach.tolist(), tints):
        count = int(rng.integers(22, 38))
        turn = (np.arange(count) + rng.normal(0, 0.25, count)) * 2 * np.pi / count
        far = size * rng.uniform(0.7, 1.05, count)
        along = np.linspace(0.12, 1, 6)
        fall = 0.16 * size * along**2
        ray = np.stack([np.cos(turn), np.sin(turn)], 1)[:, None] * (far[:, None] * along)[..., None]
        path = centre + ray + np.stack([0 * fall, fall], 1)
        power = np.broadcast_to(np.array([0.35, 0.6, 0.85, 1.05, 1.3]), (count, 5))
        strokes.append((path[:, :-1], path[:, 1:], power[..., None] * tint))
    starts, ends, inks = (
        np.concatenate([s[i].reshape(-1, s[i].shape[-1]) for s in strokes]) for i in range(3)
    )
    return starts, ends, inks


@look("fireworks", detail=0.7)
def fireworks(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Radial bursts of coloured sparks over a dark sky."""
    level = tone.quiet(image, scale, blur=1.0)
    shape = level.shape
    centres = fields.scatter(shape, 104 * scale, rng)
    calm = 1 - fields.pick(tone.blur(tone.edges(level, 2.0, scale), 20 * scale), centres)
    order = np.argsort(-calm - 0.15 * rng.random(len(centres)))
    centres = centres[order[: max(round(0.48 * len(centres)), 2)]]
    reach = scale * rng.uniform(42, 96, len(centres))
    tints = _SPARKS[rng.integers(0, len(_SPARKS), len(centres))]
    starts, ends, inks = _bursts(centres, reach, tints, rng)
    light = np.zeros(image.shape, np.uint8)
    pairs = (np.stack([starts, ends], 1) * 8).astype(np.int32)
    thick = max(1, round(1.6 * scale))
    for (a, b), ink in zip(pairs.tolist(), np.clip(inks * 255, 0, 255).tolist()):
        cv2.line(light, a, b, ink, thick, cv2.LINE_AA, 3)
    tips = np.clip(inks[4::5] * 0.4 + 0.6, 0, 1) * 255
    for spot, ink in zip(pairs[4::5, 1].tolist(), tips.tolist()):
        cv2.circle(light, spot, round(8 * 1.5 * scale), ink, -1, cv2.LINE_AA, 3)
    trails = tone.to_floats(light)
    halo = 0.7 * tone.blur(trails, 4 * scale) + 1.4 * tone.blur(trails, 24 * scale)
    palette = tone.hexes("02020a", "0d0e30", "262a63", "5a60a8", "a9b0e0")
    night = tone.ramp(0.03 + 0.8 * level**1.1, palette)
    lit = tone.screen(night, halo * (0.2 + 0.75 * level)[..., None])
    return tone.screen(lit, trails)


@look("sandstorm", detail=0.5)
def sandstorm(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Orange-brown driven dust, forms drowned in it, everything streaming sideways."""
    shape = image.shape[:2]
    level = tone.quiet(image, scale, blur=1.2)
    x, _ = fields.grid(shape)
    lean = np.float32(rng.uniform(-0.14, 0.14))
    bend = 24 * scale * (fields.noise(shape, 120 * scale, rng) - 0.5)
    # Streaks are made along the rows and then bent by the wind, all in one reading.
    straight = np.dstack(
        [
            fields.noise(shape, (cell * scale, length * scale), rng) - 0.5
            for cell, length in ((24.0, 130.0), (3.5, 46.0), (1.6, 20.0))
        ]
    )
    driven = fields.displace(straight, 0 * x, lean * (x - shape[1] / 2) + bend)
    cloud, streak, gust = (driven[..., i] for i in range(3))
    blown = cv2.blur(level, (round(24 * scale) | 1, 1))
    dust = tone.hexes("4e240a", "98501a", "d38533", "ecb066", "f8dba6")
    haze = 0.06 + 0.48 * level + 0.32 * blown + 0.3 * cloud + 0.17 * streak
    scene = tone.ramp(haze, tone.jitter(dust, rng, 0.015))
    wall = fields.fractal(shape, 120 * scale, rng, 4) + 0.5 * cloud
    scene = tone.mix(scene, (0.88, 0.62, 0.3), 0.6 * tone.smoothstep(wall, 0.4, 0.95))
    bright = tone.smoothstep(gust + 0.4 * cloud, 0.28, 0.6)
    scene = tone.mix(scene, (0.99, 0.88, 0.66), 0.5 * bright)
    return tone.shade(scene, 0.03 * fields.grain(shape, rng, 0.6 * scale))


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
    roots = roots[rng.random(len(roots)) > 1.5 * busy - 0.15]  # few before faces
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
        ink = tone.ramp(light[None].astype(np.float32), palette)[0]
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
    # Sprigs fray the cushions: every pixel reads its height from a little way off.
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


def _fern(
    root: Array, angle: float, length: float, bend: float, scale: float, rng: np.random.Generator
) -> list[tuple[Array, Array, int]]:
    """A curved frond of ice: starts and ends of its needles, twigs and stem, and their white."""
    count = max(6, int(length / (8 * scale)))
    turn = angle + bend * np.linspace(0, 1, count)
    step = np.stack([np.cos(turn), np.sin(turn)], 1) * length / count
    stem = root + np.cumsum(step, 0)
    size = 0.42 * length * (1.04 - np.arange(count) / count).repeat(2) ** 0.8
    size = size * rng.uniform(0.75, 1.1, 2 * count)
    lean = turn.repeat(2) + np.tile([-np.pi / 3, np.pi / 3], count)
    way = np.stack([np.cos(lean), np.sin(lean)], 1)
    start = stem.repeat(2, 0)
    along = np.linspace(0.25, 0.9, 6)
    knots = start[:, None] + way[:, None] * (size[:, None] * along)[..., None]
    side = lean[:, None, None] + np.array([-np.pi / 3, np.pi / 3])
    needle = np.stack([np.cos(side), np.sin(side)], -1)
    reach = 0.24 * size[:, None] * (1.1 - along)
    knots = np.broadcast_to(knots[:, :, None], (2 * count, 6, 2, 2))
    ends = knots + needle * reach[..., None, None]
    return [
        (knots.reshape(-1, 2), ends.reshape(-1, 2), 120),
        (start, start + way * size[:, None], 190),
        (stem - step, stem, 255),
    ]


@look("frost", detail=0.7)
def frost(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """White fern-like crystals grown over a cold dim window."""
    level = tone.quiet(image, scale, blur=1.2)
    shape = level.shape
    cold = tone.jitter(tone.hexes("0a1c33", "24486b", "55809f", "a9c8da"), rng, 0.012)
    scene = tone.ramp(0.03 + 0.85 * level, cold)
    ice = np.zeros(shape, np.uint8)
    thin = max(1, round(0.8 * scale))
    for root in fields.scatter(shape, scale * rng.uniform(118, 134), rng):
        fan = rng.uniform(0, 2 * np.pi)
        for turn in np.arange(5) * 2 * np.pi / 5 + rng.normal(0, 0.2, 5):
            length, bend = scale * rng.uniform(56, 122), rng.normal(0, 0.3)
            fern = _fern(root, fan + turn, length, bend, scale, rng)
            for (start, end, white), width in zip(fern, (thin, thin, 2 * thin)):
                pairs = (np.stack([start, end], 1) * 8).astype(np.int32)
                cv2.polylines(ice, list(pairs), False, white, width, cv2.LINE_AA, 3)
    fern_ice = tone.to_floats(ice)
    bloom = 0.35 * tone.blur(fern_ice, 7 * scale)
    patch = 1.1 * (fields.noise(shape, 90 * scale, rng) - 0.5)
    busy = tone.blur(tone.edges(level, 2.0, scale), 12 * scale)
    cover = np.clip(0.5 + 0.4 * level + patch - 0.5 * busy, 0.08, 1)
    rime = 0.1 * np.maximum(fields.grain(shape, rng, 0.6 * scale), 0)
    white_ice = np.clip((fern_ice + bloom + rime) * cover, 0, 0.95)
    return tone.mix(scene, (0.95, 0.98, 1.0), white_ice)


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
    ink = tone.ramp(tint[None].astype(np.float32), purple)[0]
    size = scale * (3 + 13 * np.clip(fields.pick(depth, points), 0, 1))
    lean = -np.pi / 2 + rng.normal(0, 0.2, count)
    canvas = fields.dab(canvas, points, lean, size, size / 3, ink)
    tips = points - np.stack([0 * size, 0.4 * size], 1)
    canvas = fields.dab(canvas, tips, lean, size * 0.3, size / 6, ink * 0.8 + 0.2)
    sky = tone.ramp(0.3 + 0.7 * level, tone.hexes("a87fb5", "f2c6c4", "ffeccf"))
    return tone.mix(canvas, sky, tone.smoothstep(np.float32(horizon) - y, -1.5, 1.5))


@look("bokeh lights", detail=0.9)
def bokeh_lights(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Large soft out-of-focus discs of light over a dark blur."""
    level = tone.quiet(image, scale, blur=1.2)
    shape = level.shape
    soft = tone.blur(tone.expose(image), 4 * scale)
    dark = tone.ramp(0.75 * level, tone.hexes("05030a", "241222", "5c3430", "94603c"))
    scene = tone.mix(soft * 0.62, dark, 0.4)
    kinds = tone.hexes("ffb93e", "ffd778", "ff7a26", "ff5580", "4aa6ff", "ffeec4")
    kinds = kinds[rng.permutation(len(kinds))[: rng.integers(3, 5)]]
    calm = 1 - 2 * tone.blur(tone.edges(level, 2.0, scale), 14 * scale)
    wanted = 0.45 * level + 0.55 * calm
    for cell, size in ((104.0, 36.0), (70.0, 24.0), (50.0, 13.0)):
        points = fields.scatter(shape, cell * scale, rng)
        points = points[fields.pick(wanted, points) + 0.6 * rng.random(len(points)) > 0.95]
        glowing = np.zeros(image.shape, np.uint8)
        for point, bright in zip(points, fields.pick(level, points).tolist()):
            ink = kinds[rng.integers(len(kinds))] * (0.34 + 0.5 * bright) * 255
            spot, radius = (point * 8).astype(int).tolist(), size * scale * rng.uniform(0.7, 1.1)
            cv2.circle(glowing, spot, round(8 * radius), ink.tolist(), -1, cv2.LINE_AA, 3)
            inner = round(8 * (radius - max(1.0, 1.6 * scale)))
            cv2.circle(glowing, spot, inner, (ink * 0.68).tolist(), -1, cv2.LINE_AA, 3)
        scene = tone.screen(scene, tone.to_floats(glowing))
    return scene
