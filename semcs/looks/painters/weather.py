"""Weather: clouds, fog, frost, rain, sandstorm, snow, storm."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("clouds", detail=0.7)
def clouds(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """White cumulus heaps on clear blue sky."""
    level = tone.quiet(image, scale, blur=1.5)
    shape = level.shape
    _, y = fields.grid(shape)
    puff = np.zeros(shape, np.float32)
    for cell in (84.0, 42.0, 21.0, 11.0):
        _, distance = fields.voronoi(shape, cell * scale, rng, 1.0)
        bulge = np.clip(1 - (distance / np.float32(0.8 * cell * scale)) ** 2, 0, 1)
        puff += bulge * np.float32((cell / 84) ** 0.9)
    puff = tone.blur(fields.wobble(puff, 16 * scale, 4 * scale, rng), 0.8 * scale)
    heap = 0.5 * tone.stretch(puff) + 0.78 * level
    wisp = 0.14 * (fields.fractal(shape, 26 * scale, rng) - 0.5)
    cover = tone.smoothstep(heap + wisp, 0.4, 0.8)
    blue = tone.jitter(tone.hexes("1b5fb8", "4b97e0", "9ccbf2"), rng, 0.02)
    sky = tone.ramp(0.12 + 0.55 * y / np.float32(shape[0]) + 0.4 * level, blue)
    body = tone.ramp(
        tone.stretch(heap + 0.3 * puff) - 0.15 * (1 - level),
        tone.hexes("7d97bf", "c2d2e6", "f8fbff"),
    )
    under = tone.relief(tone.blur(heap, 2.5 * scale), np.pi / 2, 1.6, scale)
    return tone.mix(sky, tone.shade(body, 0.36 * under), cover)


@look("fog", detail=0.45)
def fog(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Forms that fade into drifting white veils."""
    soft = tone.blur(image, scale * rng.uniform(1.6, 2.4))
    level = tone.tones(soft)
    shape = level.shape
    palette = tone.jitter(tone.hexes("4a565e", "88949b", "c0c9cd", "eceff0"), rng, 0.012)
    pale = tone.mix(tone.ramp(level, palette), soft, 0.15)
    _, y = fields.grid(shape)
    bank = fields.noise(shape, (70 * scale, 210 * scale), rng)
    veil = 0.65 * bank + 0.35 * fields.fractal(shape, 110 * scale, rng)
    depth = 0.3 + 0.95 * (veil - 0.4) + 0.3 * (0.7 - y / shape[0])
    return tone.mix(pale, (0.88, 0.9, 0.91), np.clip(depth, 0.12, 0.86))


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


@look("rain", detail=0.6)
def rain(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Grey wet light behind slanting streaks, drops and their splashes."""
    level = tone.quiet(image, scale, blur=1.0)
    shape = level.shape
    slate = tone.jitter(tone.hexes("10181f", "34444f", "657988", "a3b4bf", "dbe6ec"), rng, 0.012)
    grey = tone.ramp(0.04 + 0.72 * level, slate)
    wet = cv2.blur(tone.mix(grey, image, 0.22), (1, round(13 * scale) | 1))  # wet light runs down
    wet = tone.mix(wet, grey, 0.35)
    turn = np.pi / 2 + float(rng.choice([-1, 1])) * rng.uniform(0.14, 0.36)
    far, near = (fields.scatter(shape, cell * scale, rng) for cell in (13.0, 34.0))
    points = np.concatenate([far, near])
    few, many = len(near), len(far)
    lengths = scale * np.concatenate([rng.uniform(14, 34, many), rng.uniform(46, 90, few)])
    widths = np.repeat(np.array([1.0, 1.6]) * scale, [many, few])
    power = np.concatenate([rng.uniform(0.15, 0.6, many), rng.uniform(0.35, 0.85, few)])
    angles = turn + rng.normal(0, 0.015, many + few)
    fall = fields.dab(np.zeros(shape, np.float32), points, angles, lengths, widths, power)
    scene = tone.screen(wet, tone.glow(0.8 * fall, (0.88, 0.95, 1.0)))
    _, distance = fields.voronoi(shape, scale * rng.uniform(30, 38), rng, 1.0)
    drop = np.clip(1.6 - distance / np.float32(scale), 0, 1)
    return tone.screen(scene, 0.55 * tone.grey(drop))


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


@look("snow", detail=0.6)
def snow(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Pale cold light, soft white caps on whatever faces up, falling flakes."""
    level = tone.quiet(image, scale, blur=0.8)
    shape = level.shape
    palette = tone.jitter(tone.hexes("26344a", "5f7c9f", "a9bfd6", "eef3f9"), rng, 0.015)
    scene = tone.mix(tone.ramp(0.08 + 0.94 * level, palette), tone.saturate(image, 0.8), 0.2)
    smooth = tone.blur(level, 2.5 * scale)
    rise = round(6 * scale)
    padded = cv2.copyMakeBorder(smooth, rise, 0, 0, 0, cv2.BORDER_REPLICATE)
    top = smooth - padded[: shape[0]]
    drift = fields.fractal(shape, 34 * scale, rng, 3) - 0.5
    cover = tone.smoothstep(3.2 * top + 0.3 * drift + 0.2 * (level - 0.5), 0.05, 0.3)
    cover = cover * tone.smoothstep(top, 0.0, 0.05)  # none on what faces sideways
    cap = tone.ramp(0.25 + 0.65 * level, tone.hexes("9db8d8", "dfe9f4", "ffffff"))
    cap = tone.shade(cap, 0.3 * tone.relief(tone.blur(cover, 1.5 * scale), 1.2, 1.0, scale))
    scene = tone.mix(scene, cap, 0.92 * cover)
    fall = np.zeros(shape, np.float32)
    for cell, size, strength in (
        (rng.uniform(11, 13), 1.1, 0.75),
        (rng.uniform(24, 30), 2.2, 0.9),
        (64.0, 5.0, 0.8),
    ):
        labels, distance = fields.voronoi(shape, cell * scale, rng, 1.0)
        own = size * rng.uniform(0.2, 1.15, int(labels.max()) + 1).astype(np.float32)[labels]
        flake = tone.smoothstep(own - distance / np.float32(scale) + 0.5, 0.0, 0.55 * size)
        fall = np.maximum(fall, strength * flake)
    return tone.mix(scene, 1.0, fall)


def _jagged(start: Array, end: Array, rng: np.random.Generator, halvings: int = 6) -> Array:
    """A path of lightning: a straight line, broken at its middles again and again."""
    path = np.stack([start, end])
    for _ in range(halvings):
        step = np.diff(path, axis=0)
        across = np.stack([-step[:, 1], step[:, 0]], 1) * rng.normal(0, 0.13, (len(step), 1))
        middle = path[:-1] + step / 2 + across
        path = np.concatenate([np.stack([path[:-1], middle], 1).reshape(-1, 2), path[-1:]])
    return path


def _lightning(level: Array, rng: np.random.Generator, scale: float, top: float) -> Array:
    """One branching bolt from the clouds to the ground, (H, W), 1 = light."""
    height, width = level.shape
    foot = np.array([top + rng.normal(0, 0.12) * width, rng.uniform(0.72, 1.05) * height])
    trunk = _jagged(np.array([top, -0.02 * height]), foot, rng)
    canvas = np.zeros((height, width), np.uint8)
    drawn = [(trunk, 2.3, 255)]
    for at in rng.integers(8, 52, 4).tolist():
        lean = float(rng.choice([-1, 1])) * rng.uniform(0.35, 0.9)
        reach = height * rng.uniform(0.12, 0.32)
        limb = _jagged(trunk[at], trunk[at] + reach * np.array([lean, 1.0]), rng, 5)
        twig = _jagged(limb[12], limb[12] + 0.4 * reach * np.array([2 * lean, 0.8]), rng, 4)
        drawn += [(limb, 1.3, 215), (twig, 1.0, 150)]
    for path, wide, power in drawn[::-1]:
        line = (path * 8).astype(np.int32)
        cv2.polylines(canvas, [line], False, power, max(1, round(wide * scale)), cv2.LINE_AA, 3)
    return tone.to_floats(canvas)


@look("storm", detail=0.6)
def storm(image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None) -> Array:
    """Black-violet thunderclouds split by branching white lightning."""
    level = tone.quiet(image, scale, blur=1.2)
    shape = level.shape
    heap = fields.wobble(fields.fractal(shape, 90 * scale, rng, 4), 40 * scale, 16 * scale, rng)
    light = np.zeros(shape, np.float32)
    for across in ((0.08, 0.5), (0.5, 0.92))[: int(rng.integers(1, 3))]:
        top, _ = fields.clear_spot(level, rng, across, (0.1, 0.6), mask, sky_only=False)
        light = np.maximum(light, _lightning(level, rng, scale, top))
    flash = np.minimum(9 * tone.blur(light, 45 * scale), 1)
    cloud = heap + 0.5 * tone.relief(tone.blur(heap, 3 * scale), -1.2, 5.0, scale)
    violet = tone.jitter(tone.hexes("05050d", "17192c", "3a3a5e", "7478a4", "c4c6e8"), rng, 0.012)
    dark = tone.ramp(0.62 * level + 0.42 * (cloud - 0.35) + 0.15 * flash * (0.4 + cloud), violet)
    halo = 1.1 * tone.blur(light, 3 * scale) + 1.6 * tone.blur(light, 13 * scale) + 0.16 * flash
    return tone.screen(dark, tone.glow(halo, (0.6, 0.55, 1.0)) + light[..., None])
