"""Skies, hours of light and places outdoors: aurora, rainbow, dawn, reef, jungle, moss, frost."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer


@renderer("aurora")
def aurora(image: Array, rng: np.random.Generator) -> Array:
    """Green and violet curtains of northern light hanging over a dark land."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    night = tone.hexes("01040c", "04101f", "0b2536", "1f4a5a", "4d8a8e")
    scene = tone.ramp(0.85 * level**1.3, tone.jitter(night, rng, 0.01))
    colours = tone.jitter(tone.hexes("d8ffe0", "3dff9a", "12d68f", "5a4be0", "b83df0"), rng, 0.02)
    for base in rng.permutation((0.42, 0.68, 0.95))[: rng.integers(2, 4)]:
        sway = fields.noise((1, shape[1]), (1.0, 30.0), rng) * 0.5
        hem = shape[0] * (base + sway - 0.25 + 0.1 * rng.normal() + 0.1 * (x / shape[1] - 0.5))
        up = (hem - y + 6 * level) / (shape[0] * rng.uniform(0.42, 0.6))
        rays = 0.35 + 0.9 * fields.noise((1, shape[1]), (1.0, 3.5), rng) * fields.noise(
            (1, shape[1]), (1.0, 16.0), rng
        )
        light = tone.smoothstep(up, -0.04, 0.06) * np.exp(-1.7 * np.maximum(up, 0)) * rays
        curtain = tone.ramp(np.clip(up * 1.1, 0, 1), colours)
        scene = tone.screen(scene, curtain * (1.5 * light * (0.3 + 0.8 * level))[..., None])
    _, star = fields.voronoi(shape, rng.uniform(11, 15), rng, 1.0)
    return tone.screen(scene, 0.6 * tone.grey(np.clip(1.1 - star, 0, 1)))


@renderer("rainbow")
def rainbow(image: Array, rng: np.random.Generator) -> Array:
    """The bands of the spectrum arching across a bright, washed sky after rain."""
    level = tone.tones(image, blur=0.8)
    shape = level.shape
    x, y = fields.grid(shape)
    bright = tone.saturate(tone.expose(image) * 0.85 + 0.12, 1.5)
    sky = tone.ramp(0.1 + 0.9 * level, tone.hexes("2f5a78", "7fb4d8", "c4e2f4", "ffffff"))
    scene = tone.mix(bright, sky, 0.55 * (1 - 0.4 * y / shape[0]))
    size = min(shape)
    cx, cy = rng.uniform(0.25, 0.75) * shape[1], rng.uniform(0.85, 1.15) * shape[0]
    radius, width = rng.uniform(0.62, 0.85) * size, rng.uniform(0.24, 0.34) * size
    spectrum = tone.hexes("8a2be2", "4a3cf0", "1fa0ff", "25d060", "ffee20", "ff9015", "f02028")
    for reach, strength, order in ((radius, 0.82, 1), (radius + 1.9 * width, 0.4, -1)):
        across = (np.hypot(x - cx, y - cy) - reach) / width + 0.5
        band = tone.smoothstep(across, -0.06, 0.06) * tone.smoothstep(1 - across, -0.06, 0.06)
        arch = tone.ramp(np.clip(across, 0, 1), spectrum[::order])
        scene = tone.mix(scene, tone.shade(arch, 0.8 * (level - 0.45)), strength * band)
    return tone.shade(scene, 0.12 * tone.relief(level, 0.8, 1.0))


_BLOSSOM = np.array(
    [
        [0, 0],
        [0.35, 0.16],
        [0.7, 0.36],
        [1, 0.2],
        [0.86, 0],
        [1, -0.2],
        [0.7, -0.36],
        [0.35, -0.16],
    ],
    np.float32,
)


def _five_petals() -> Array:
    """Outline of a blossom of five notched petals, radius 1."""
    turns = np.arange(5) * 2 * np.pi / 5
    spin = [np.array([[np.cos(t), np.sin(t)], [-np.sin(t), np.cos(t)]]) for t in turns]
    return np.concatenate([_BLOSSOM @ s for s in spin]).astype(np.float32)


def _boughs(canvas: Array, rng: np.random.Generator, thick: float) -> Array:
    """Dark crooked branches with twigs, growing in from a side."""
    height, width = canvas.shape[:2]
    surface = tone.to_bytes(canvas)
    for _ in range(3):
        turn = rng.choice([0.0, np.pi]) + rng.uniform(-0.7, 0.7)
        spot = np.array([-4 if np.cos(turn) > 0 else width + 4, rng.uniform(0.1, 0.95) * height])
        for piece in np.linspace(thick, 1, 9):
            turn += rng.normal(0, 0.32)
            step = np.array([np.cos(turn), np.sin(turn)]) * width / 8
            fork = turn + rng.choice([-0.9, 0.9])
            twig = spot + np.array([np.cos(fork), np.sin(fork)]) * width / 7
            for end, size in ((spot + step, piece), (twig, piece / 2)):
                ends = (np.stack([spot, end]) * 8).astype(np.int32)
                line = (84, 48, 46)
                cv2.polylines(surface, [ends], False, line, max(round(size), 1), cv2.LINE_AA, 3)
            spot = spot + step
    return tone.to_floats(surface)


@renderer("cherry blossom")
def cherry_blossom(image: Array, rng: np.random.Generator) -> Array:
    """Pale pink five-petalled blossoms on dark twigs, petals adrift."""
    level = tone.tones(image, blur=1.0)
    pale = tone.jitter(tone.hexes("8d6a80", "d7a3b8", "f3cfdb", "e9eef8"), rng, 0.015)
    canvas = _boughs(tone.ramp(0.12 + 0.88 * level, pale), rng, rng.uniform(4, 6))
    pink = tone.jitter(tone.hexes("8f3a5e", "d9779f", "f7b0c9", "ffdce8", "fff4f7"), rng, 0.012)
    petals = _five_petals()
    points = fields.scatter(level.shape, rng.uniform(9.5, 11), rng)
    cluster = fields.pick(fields.noise(level.shape, 22, rng), points)
    points = points[cluster + 0.25 * rng.random(len(points)) > 0.62]
    count = len(points)
    shade = 0.18 + 0.72 * fields.pick(level, points) + rng.normal(0, 0.13, count)
    ink = tone.ramp(shade[None].astype(np.float32), pink)[0]
    sizes, angles = rng.uniform(6.5, 10, count), rng.uniform(0, 6.3, count)
    rim = ink * np.array([0.72, 0.42, 0.55])
    canvas = fields.stamp(canvas, petals, points + 0.4, angles, sizes * 1.13, rim)
    canvas = fields.stamp(canvas, petals, points, angles, sizes, ink)
    heart = ink * np.array([0.9, 0.42, 0.58])
    canvas = fields.stamp(canvas, petals, points, angles, sizes * 0.28, heart)
    loose = fields.scatter(level.shape, 13, rng)
    count = len(loose)
    tint = tone.ramp((0.45 + 0.5 * fields.pick(level, loose))[None], pink)[0]
    turns, sizes = rng.uniform(0, 6.3, count), rng.uniform(3, 5, count)
    canvas = fields.stamp(canvas, _BLOSSOM, loose, turns, sizes, tint)
    return tone.shade(canvas, 0.7 * (level - tone.blur(level, 8)))


@renderer("dawn")
def dawn(image: Array, rng: np.random.Generator) -> Array:
    """Pink, lilac and peach morning light in thin mist, no hard shadow."""
    level = tone.tones(image, blur=0.9)
    shape = level.shape
    x, y = fields.grid(shape)
    height = y / shape[0] + 0.16 * (fields.noise(shape, (10.0, 60.0), rng) - 0.5)
    sky = tone.hexes("a9a8e8", "d3b2e6", "f7bcd0", "ffcdb0", "ffe3bd")
    light = tone.ramp(height, tone.jitter(sky, rng, 0.015))
    ground = tone.ramp(height, tone.hexes("4d4a86", "6b5590", "8a6292"))
    scene = tone.mix(ground, light, tone.smoothstep(level, -0.05, 0.85))
    mist = tone.smoothstep(fields.noise(shape, (7.0, 60.0), rng), 0.45, 0.95)
    scene = tone.mix(scene, tone.mix(light, 1.0, 0.35), 0.55 * mist)
    cx, cy = rng.uniform(0.2, 0.8) * shape[1], rng.uniform(0.55, 0.8) * shape[0]
    away = np.hypot(x - cx, y - cy)
    size = rng.uniform(5, 8)
    sun = 0.75 * np.exp(-((away / (4 * size)) ** 2)) + 0.5 * tone.smoothstep(size - away, -1, 1)
    return tone.mix(scene, (1.0, 0.92, 0.78), np.clip(sun, 0, 1) * (0.35 + 0.6 * level))


_WINDOW = np.array([[-0.65, -1], [0.65, -1], [0.65, 1], [-0.65, 1]], np.float32)


@renderer("blue hour")
def blue_hour(image: Array, rng: np.random.Generator) -> Array:
    """Deep even blue twilight with a few warm windows and lamps."""
    level = tone.tones(image, blur=0.7)
    shape = level.shape
    _, y = fields.grid(shape)
    blue = tone.jitter(tone.hexes("060c33", "12246b", "2347a8", "4276d6", "8fb6f2"), rng, 0.012)
    scene = tone.ramp(0.06 + 0.72 * level + 0.14 * y / shape[0], blue)
    scene = tone.mix(scene, (0.55, 0.5, 0.85), 0.3 * (y / shape[0]) ** 2 * level)
    points = fields.scatter(shape, rng.uniform(12, 15), rng)
    wanted = 1.1 * fields.pick(tone.edges(level, 1.5), points) + 0.5 * points[:, 1] / shape[0]
    points = points[np.argsort(-wanted - 0.3 * rng.random(len(points)))[: max(len(points) // 5, 4)]]
    count = len(points)
    amber = tone.hexes("ffb040", "ffd27a", "ff9228")[rng.integers(0, 3, count)]
    tall = rng.uniform(1.2, 2.4, count)
    black = tone.fill(image, (0.0, 0.0, 0.0))
    lamps = fields.stamp(black, _WINDOW, points, np.zeros(count), tall, amber)
    halo = 1.6 * tone.blur(lamps, 2.5) + 2.2 * tone.blur(lamps, 7)
    return tone.screen(tone.screen(scene, np.minimum(halo, 0.85)), tone.mix(lamps, lamps**0.5, 0.5))


@renderer("sunny day")
def sunny_day(image: Array, rng: np.random.Generator) -> Array:
    """Hard bright sun: saturated sky blue and green, warm lights, crisp shadows, a sunburst."""
    level = tone.tones(image, blur=0.6)
    shape = level.shape
    x, y = fields.grid(shape)
    height = y / shape[0] + 0.35 * (fields.noise(shape, 40, rng) - 0.5)
    summer = tone.hexes("1f86f5", "3ba4ff", "8ad24a", "5cb82a")
    tint = tone.ramp(height, tone.jitter(summer, rng, 0.02), (0.0, 0.47, 0.55, 1.0))
    hard = 0.12 + 0.88 * tone.smoothstep(level, -0.05, 1.05)
    painted = tone.mix(tint * (hard / 0.7)[..., None], (1.0, 0.98, 0.84), hard**6 * 0.7)
    vivid = tone.saturate(tone.expose(image, amount=1.0), 2.3)
    chroma = tone.smoothstep(tone.blur(image.max(-1) - image.min(-1), 2), 0.2, 0.6)
    scene = tone.mix(painted, vivid * (0.6 + 0.6 * hard)[..., None], 0.12 + 0.6 * chroma)
    scene = tone.mix(scene, scene * np.array([0.55, 0.7, 1.15]), 1 - tone.smoothstep(hard, 0, 0.35))
    cx, cy = rng.choice([0.12, 0.3, 0.7, 0.88]) * shape[1], rng.uniform(0.08, 0.22) * shape[0]
    away, turn = np.hypot(x - cx, y - cy), np.arctan2(y - cy, x - cx)
    star = np.maximum(np.cos(rng.integers(5, 8) * turn + rng.uniform(0, 6)), 0) ** 6
    size = rng.uniform(8, 11)
    sun = tone.smoothstep(size - away, -1.5, 1.5) + 0.5 * np.exp(-away / 16)
    sun = sun + 0.75 * star * np.exp(-away / (3.6 * size))
    return tone.mix(np.clip(scene, 0, 1), (1.0, 0.96, 0.72), np.clip(sun, 0, 1))


_SPARKS = tone.hexes("ff3b4a", "ffd24a", "3dff7a", "4aa8ff", "ff5cf0", "ffffff", "ff9a2e")


@renderer("fireworks")
def fireworks(image: Array, rng: np.random.Generator) -> Array:
    """Radial bursts of coloured sparks over a dark sky."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    points = fields.scatter(shape, rng.uniform(26, 32), rng)
    points = points[(points > 4).all(1) & (points < np.array(shape[::-1]) - 4).all(1)]
    bright = fields.pick(tone.blur(level, 8), points)
    chosen = np.argsort(-0.6 * bright - 0.4 * rng.random(len(points)))
    centres = points[chosen[: max(len(points) // 2, 3)]]
    tints = _SPARKS[rng.integers(0, len(_SPARKS), len(centres))]
    light = np.zeros_like(image)
    for centre, tint in zip(centres, tints):
        count, reach = int(rng.integers(16, 26)), rng.uniform(0.12, 0.28) * min(shape)
        turns = (np.arange(count) + rng.normal(0, 0.2, count)) * 2 * np.pi / count
        far = reach * rng.uniform(0.75, 1.05, count)
        away = np.stack([np.cos(turns), np.sin(turns)], 1)
        fall = np.array([0.0, 0.1 * reach])
        ink, fine = np.repeat(tint[None], count, 0), np.ones(count)
        middle = centre + away * far[:, None] * 0.6
        light = fields.dab(light, middle, turns, far * 0.75, fine, ink * 0.75)
        tips = centre + away * far[:, None] + fall
        light = fields.dab(light, tips, turns, fine * 1.5, fine, ink * 0.4 + 0.6)
    halo = 0.7 * tone.blur(light, 2) + 0.8 * tone.blur(light, 8)
    night = tone.ramp(level**1.3, tone.hexes("02020a", "0c0c2a", "22224e", "4a4a80"))
    lit = tone.screen(night, halo * (0.4 + 0.8 * level)[..., None])
    return tone.screen(lit, light * (0.65 + 0.35 * level)[..., None])


@renderer("sandstorm")
def sandstorm(image: Array, rng: np.random.Generator) -> Array:
    """Orange-brown driven dust, forms drowned in it, everything streaming sideways."""
    shape = image.shape[:2]
    level = tone.tones(image, blur=1.2)
    lean = np.full(shape, rng.uniform(-0.14, 0.14), np.float32)
    lean = lean + 0.2 * (fields.noise(shape, 40, rng) - 0.5)
    seen = 0.6 * level + 0.4 * fields.smear(level, lean, 9)
    dust = tone.hexes("63300e", "a65a18", "d98a36", "eaae62", "f3cd94")
    cloud = fields.smear(fields.fractal(shape, 34, rng), lean, 7)
    driven = fields.streaks(lean, 22, rng, 2.2)
    haze = 0.06 + 0.78 * seen + 0.4 * (cloud - 0.5) + 0.03 * driven
    scene = tone.ramp(haze, tone.jitter(dust, rng, 0.015))
    wall = tone.smoothstep(fields.fractal(shape, 44, rng, 3), 0.45, 0.9)
    scene = tone.mix(scene, (0.86, 0.6, 0.28), 0.55 * wall)
    gust = tone.smoothstep(fields.streaks(lean, 6, rng, 1.0), 1.0, 2.4)
    scene = tone.mix(scene, (0.98, 0.86, 0.62), 0.6 * gust)
    return tone.shade(scene, 0.025 * fields.grain(shape, rng, 0.6))


_CORALS = tone.hexes("ff6a3d", "ff4f8b", "ffb03a", "f0559f", "ff8d6b", "b45ad6", "ffe0c0")


@renderer("coral reef")
def coral_reef(image: Array, rng: np.random.Generator) -> Array:
    """Branching corals in orange, pink and yellow with pale polyp tips, turquoise water."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    water = tone.jitter(tone.hexes("03303f", "08707f", "1fb5b5", "7fe6d8"), rng, 0.015)
    canvas = tone.ramp(0.05 + 0.9 * level, water)
    spots = fields.scatter(shape, rng.uniform(21, 25), rng)
    spots = spots[np.argsort(spots[:, 1], kind="stable")]
    count = len(spots)
    light = (0.3 + 0.95 * fields.pick(tone.blur(level, 2), spots))[:, None]
    ink = _CORALS[rng.integers(0, len(_CORALS), count)] * light
    angle, size = -np.pi / 2 + rng.normal(0, 0.35, count), rng.uniform(8, 12, count)
    for width in (4.0, 3.0, 2.0, 2.0):
        step = np.stack([np.cos(angle), np.sin(angle)], 1) * size[:, None]
        wide = np.full(len(spots), width)
        canvas = fields.dab(canvas, spots + step / 2 + 0.7, angle, size, wide + 1, ink * 0.4)
        canvas = fields.dab(canvas, spots + step / 2, angle, size, wide, ink)
        spots, ink = np.repeat(spots + step, 2, 0), np.repeat(ink * 1.06, 2, 0)
        fork = np.tile([-0.45, 0.45], len(step)) * rng.uniform(0.5, 1.5, len(spots))
        angle, size = (
            np.repeat(angle, 2) + fork,
            np.repeat(size * 0.8, 2) * rng.uniform(0.75, 1.2, len(spots)),
        )
    tips = np.zeros(len(spots))
    canvas = fields.dab(canvas, spots, angle, tips, tips + 2, ink * 0.5 + 0.4)
    return tone.shade(canvas, 0.9 * (level - tone.blur(level, 7)))


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


@renderer("jungle")
def jungle(image: Array, rng: np.random.Generator) -> Array:
    """Big dark tropical leaves, cut monstera and palm fronds, under dappled light."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    green = tone.hexes("010b08", "04281a", "0b4f2c", "1c8040", "7cc447")
    palette = tone.jitter(green, rng, 0.012)
    canvas = tone.ramp(0.45 * level, palette)
    for outline, size in (
        (_monstera(), 27.0),
        (_palm(), 32.0),
        (_monstera(), 23.0),
        (_palm(), 27.0),
    ):
        points = fields.scatter(shape, 1.2 * size, rng)
        points = points[: max(len(points) * 3 // 5, 4)]
        count = len(points)
        shade = 0.1 + 0.66 * fields.pick(tone.blur(level, 2), points) + rng.normal(0, 0.1, count)
        ink = tone.ramp(shade[None].astype(np.float32), palette)[0]
        sizes, angles = size * rng.uniform(0.7, 1.0, count), rng.uniform(0, 2 * np.pi, count)
        canvas = fields.stamp(canvas, outline, points + 1.5, angles, sizes * 1.08, ink * 0.15)
        canvas = fields.stamp(canvas, outline, points, angles, sizes, ink)
        half = np.maximum(outline, np.array([-1, 0], np.float32))
        canvas = fields.stamp(canvas, half, points, angles, sizes, ink * 1.45 + 0.015)
    canvas = canvas * np.clip(1 + 1.8 * (level - tone.blur(level, 9)), 0.3, 1.8)[..., None]
    _, spot = fields.voronoi(shape, rng.uniform(15, 20), rng, 1.0)
    dapple = np.clip(1 - fields.wobble(spot, 6, 2, rng) / 5, 0, 1) * fields.noise(shape, 24, rng)
    return tone.screen(canvas, tone.glow(dapple * (0.2 + 0.8 * level), (0.75, 0.8, 0.3)))


@renderer("moss")
def moss(image: Array, rng: np.random.Generator) -> Array:
    """A soft carpet of bright green cushions, lump beside lump."""
    level = tone.tones(image, blur=1.2)
    shape = level.shape
    lump = np.zeros(shape, np.float32)
    for cell, tall in ((rng.uniform(22, 28), 1.0), (rng.uniform(10, 13), 0.55)):
        labels, _ = fields.voronoi(shape, cell, rng, 1.0)
        edge = np.minimum(fields.wobble(fields.rim(labels), 7, 1.5, rng) / (0.42 * cell), 1)
        lump += tall * np.sqrt(np.clip(1 - (1 - edge) ** 2, 0, 1))
    soft = tone.blur(lump, 1.0) / 1.55
    fuzz = fields.grain(shape, rng, 0.6)
    palette = tone.hexes("0c1c04", "2c4d08", "5f8f10", "9ccc20", "d8f05a")
    height = 0.55 * soft + 0.62 * level + 0.05 * fuzz - 0.22
    carpet = tone.ramp(height, tone.jitter(palette, rng, 0.015))
    angle = rng.uniform(-2.2, -0.9)
    light = tone.relief(-4 * soft - 1.5 * tone.blur(level, 1.5), angle, 0.5)
    carpet = tone.mix(carpet, (0.8, 0.95, 0.3), 0.4 * np.maximum(light, 0))
    return tone.shade(carpet, np.minimum(0.55 * light, 0) + 0.08 * fuzz)


def _offshoots(
    roots: Array, angles: Array, lengths: Array, count: int, share: float
) -> tuple[Array, Array, Array]:
    """Side branches at ±60° along straight stems, shorter towards the tip."""
    along = (np.arange(count) + 0.6) / count
    stem = np.stack([np.cos(angles), np.sin(angles)], 1) * lengths[:, None]
    start = (roots[:, None] + stem[:, None] * along[None, :, None]).repeat(2, 1)
    turn = angles[:, None] + np.tile([-np.pi / 3, np.pi / 3], count)
    size = share * lengths[:, None] * (1.05 - along).repeat(2)
    kept = size.ravel() > 1.5
    return start.reshape(-1, 2)[kept], turn.ravel()[kept], size.ravel()[kept]


@renderer("frost")
def frost(image: Array, rng: np.random.Generator) -> Array:
    """White fern-like crystals grown over a cold dim window."""
    level = tone.tones(image, blur=1.6)
    shape = level.shape
    cold = tone.jitter(tone.hexes("0a1c33", "24486b", "55809f", "9dbfd3"), rng, 0.012)
    scene = tone.ramp(0.05 + 0.75 * level, cold)
    roots = fields.scatter(shape, rng.uniform(29, 36), rng)
    count = len(roots)
    stems = (roots, rng.uniform(0, 2 * np.pi, count), rng.uniform(22, 60, count))
    twigs = _offshoots(*stems, 12, 0.45)
    needles = _offshoots(*twigs, 4, 0.34)
    ice = np.zeros(shape, np.uint8)
    for (start, turn, size), shade in ((needles, 105), (twigs, 190), (stems, 255)):
        end = start + np.stack([np.cos(turn), np.sin(turn)], 1) * size[:, None]
        pairs = (np.stack([start, end], 1) * 8).astype(np.int32)
        cv2.polylines(ice, list(pairs), False, shade, 1, cv2.LINE_AA, 3)
    fern = tone.to_floats(ice)
    bloom = 0.3 * tone.blur(fern, 3)
    cover = np.clip(0.35 + 0.75 * level + 0.5 * (fields.noise(shape, 26, rng) - 0.5), 0, 1)
    rime = 0.1 * np.maximum(fields.grain(shape, rng, 0.5), 0)
    return tone.mix(scene, (0.95, 0.98, 1.0), np.clip((fern + bloom + rime) * cover, 0, 0.97))


@renderer("lavender field")
def lavender_field(image: Array, rng: np.random.Generator) -> Array:
    """Rows of purple flower spikes with green furrows, running to the horizon."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    horizon, middle = rng.uniform(-0.1, 0.12) * shape[0], rng.uniform(0.2, 0.8) * shape[1]
    depth = np.maximum(y - horizon + 5 * level, 2) / shape[0]
    phase = (x - middle) / shape[1] / (depth + 0.12) * rng.uniform(3.2, 4.2) + rng.random()
    ridge = 0.5 + 0.5 * np.cos(2 * np.pi * phase).astype(np.float32)
    row = tone.smoothstep(ridge + 0.3 * (fields.noise(shape, 5, rng) - 0.5), 0.22, 0.42)
    purple = tone.hexes("22104a", "5a2f9c", "8f5fd0", "bd95ee", "e6d2ff")
    purple = tone.jitter(purple, rng, 0.015)
    green = tone.jitter(tone.hexes("142a0c", "35601c", "6d9a35", "b4cc6a"), rng, 0.015)
    shade = 0.05 + 0.7 * level + 0.25 * ridge
    canvas = tone.mix(tone.ramp(shade - 0.1, green), tone.ramp(shade - 0.1, purple), row)
    points = fields.scatter(shape, rng.uniform(3.6, 4.4), rng)
    points = points[fields.pick(row, points) > 0.5]
    points = points[np.argsort(points[:, 1], kind="stable")]
    count = len(points)
    tint = fields.pick(shade, points) + rng.normal(0, 0.1, count)
    ink = tone.ramp(tint[None].astype(np.float32), purple)[0]
    size = 2 + 6 * fields.pick(depth, points)
    lean = -np.pi / 2 + rng.normal(0, 0.22, count)
    canvas = fields.dab(canvas, points, lean, size, np.clip(size / 3, 1, 2), ink)
    sky = tone.ramp(0.3 + 0.7 * level, tone.hexes("a87fb5", "f2c6c4", "ffeccf"))
    return tone.mix(canvas, sky, tone.smoothstep(horizon - y, -1.5, 1.5))


@renderer("bokeh lights")
def bokeh_lights(image: Array, rng: np.random.Generator) -> Array:
    """Large soft out-of-focus discs of light over a dark blur."""
    level = tone.tones(image, blur=1.2)
    shape = level.shape
    soft = tone.blur(tone.expose(image), 2.0)
    scene = tone.mix(
        soft * 0.6, tone.ramp(0.6 * level, tone.hexes("05030a", "2a1626", "7a4a34")), 0.5
    )
    kinds = tone.hexes("ffc45a", "ffe2a0", "ff8a3c", "ff6f91", "6ab8ff", "fff4dc")
    kinds = kinds[rng.permutation(len(kinds))[: rng.integers(2, 5)]]
    for cell, size in ((34.0, 13.0), (26.0, 10.0), (19.0, 7.0), (15.0, 4.5)):
        points = fields.scatter(shape, cell, rng)
        points = points[fields.pick(level, points) + 0.3 * rng.random(len(points)) > 0.62]
        glowing = np.zeros((*shape, 3), np.uint8)
        for point in points:
            power = 0.25 + 0.45 * float(fields.pick(level, point[None])[0])
            ink = kinds[rng.integers(len(kinds))] * power * 255
            spot, radius = (point * 8).astype(int).tolist(), round(size * rng.uniform(6.5, 10.0))
            cv2.circle(glowing, spot, radius, (ink * 0.75).tolist(), -1, cv2.LINE_AA, 3)
            cv2.circle(glowing, spot, radius, ink.tolist(), 1, cv2.LINE_AA, 3)
        scene = tone.screen(scene, tone.blur(tone.to_floats(glowing), 0.6))
    return scene * (0.8 + 0.25 * level)[..., None]
