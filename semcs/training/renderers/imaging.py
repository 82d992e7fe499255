"""Cameras and displays beyond the visible, and pictures rebuilt from paper and bricks."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer

_HEAT = tone.hexes("05020f", "14107a", "5a12a8", "c21a6b", "f0501e", "fbb21a", "fff46a", "ffffff")


@renderer("thermal camera")
def thermal_camera(image: Array, rng: np.random.Generator) -> Array:
    """Heat map of an infrared camera, from black and blue to red, yellow and white."""
    shape = image.shape[:2]
    level = tone.tones(image, blur=rng.uniform(1.0, 1.8))
    warmth = tone.blur(image[..., 0] - image[..., 2], 2)
    drift = 0.24 * (fields.noise(shape, 60, rng) - 0.5)
    heat = np.clip(tone.stretch(level + 0.35 * warmth) * 1.05 + drift, 0, 1)
    heat = 0.8 * tone.blur(heat, 1.0) + 0.2 * tone.blur(heat, 5)
    coarse = np.repeat(rng.normal(0, 0.006, (shape[0], 1)), shape[1], 1)
    noisy = heat + coarse + 0.008 * fields.grain(shape, rng, 0.6)
    return tone.ramp(np.asarray(noisy, np.float32), tone.jitter(_HEAT, rng, 0.012))


@renderer("x-ray")
def x_ray(image: Array, rng: np.random.Generator) -> Array:
    """Dense parts glow translucent blue-white on black film, as on a radiograph."""
    level = tone.tones(image, blur=1.0)
    rim = tone.edges(level, 1.3)
    dense = (1 - level) ** 1.5
    soft = 0.5 * tone.blur(dense, 1.2) + 0.25 * tone.blur(dense, 5)
    bone = 0.55 * tone.blur(rim, 0.8) * (0.4 + 0.6 * dense) + 0.25 * tone.blur(rim, 3)
    cloud = 0.85 + 0.3 * fields.fractal(level.shape, 30, rng)
    plate = np.clip((soft + bone) * cloud - 0.05, 0, 1)
    plate = plate + 0.018 * fields.grain(level.shape, rng, 0.6)
    tint = rng.uniform(0, 1)
    film = tone.hexes("01030a", "0b2238", "3f7ea8", "b4dcf0", "fbfeff")
    grey = tone.hexes("020405", "1a2631", "66808f", "c0d0d8", "fafdff")
    palette = tone.jitter(tone.mix(film, grey, 0.6 * tint), rng, 0.008)
    return tone.ramp(np.asarray(plate, np.float32), palette)


def _glyphs(rng: np.random.Generator, count: int) -> Array:
    """Made-up signs of a few bars and dots: (count, 8, 6) with a blank margin."""
    bars = np.zeros((10, 8, 6), np.float32)
    for index, row in enumerate((0, 3, 6)):
        bars[index, row, :5] = 1
    for index, column in enumerate((0, 2, 4)):
        bars[3 + index, :7, column] = 1
    bars[6, :3, 1], bars[7, 4:7, 3], bars[8, 2, 2:5] = 1, 1, 1
    bars[9, np.arange(5) + 1, 4 - np.arange(5)] = 1
    chosen = rng.permuted(np.tile(np.arange(10) < 3, (count, 1)), axis=1)
    return np.asarray(np.minimum(np.tensordot(chosen.astype(np.float32), bars, 1), 1))


@renderer("matrix code")
def matrix_code(image: Array, rng: np.random.Generator) -> Array:
    """Green signs raining down a black screen, brighter where the picture is."""
    level = tone.tones(image, blur=1.0)
    height, width = level.shape
    rows, columns = height // 8 + 2, width // 6 + 2
    atlas = _glyphs(rng, 40)[rng.integers(0, 40, (rows, columns))]
    text = atlas.transpose(0, 2, 1, 3).reshape(rows * 8, columns * 6)
    length = rng.integers(8, 18, columns)
    age = (rng.integers(0, 60, columns) - np.arange(rows)[:, None]) % length
    trail = np.repeat(np.repeat(1 - 0.75 * age / length, 8, 0), 6, 1)
    head = np.repeat(np.repeat(age == 0, 8, 0), 6, 1)
    top, left = int(rng.integers(0, 8)), int(rng.integers(0, 6))
    window = np.s_[top : top + height, left : left + width]
    ink, fall, first = (np.asarray(p[window], np.float32) for p in (text, trail, head))
    power = np.clip(0.1 + 1.15 * level**1.3, 0, 1) * (0.5 + 0.5 * fall)
    lit = ink * power
    green = 0.15 + 0.15 * rng.random()
    screen: Array = tone.glow(lit, (0.12, 1.0, green)) + tone.glow(0.13 * level, (0.0, 1.0, 0.25))
    screen = tone.screen(screen, tone.glow(tone.blur(lit, 2.0), (0.05, 0.55, 0.12)))
    return tone.mix(screen, (0.85, 1.0, 0.9), 0.85 * first * ink * (0.25 + 0.75 * level))


@renderer("hologram")
def hologram(image: Array, rng: np.random.Generator) -> Array:
    """A see-through cyan projection in scan lines with rainbow fringes on a dark ground."""
    level = tone.tones(image, blur=0.8)
    shape = level.shape
    _, y = fields.grid(shape)
    jump = 2.5 * tone.smoothstep(fields.noise((shape[0], 1), (5.0, 1.0), rng), 0.7, 0.9)
    level = fields.displace(level, np.broadcast_to(jump, shape) * rng.choice([-1, 1]), 0 * y)
    rim = tone.edges(level, 0.9)
    body = 0.1 + 0.55 * level**1.5
    light = np.clip(body + 0.35 * rim, 0, 1)
    cyan = tone.ramp(light, tone.hexes("02060f", "064a78", "18b4e6", "a8f6ff"))
    split = rng.uniform(1.5, 2.6)
    red, violet = (fields.displace(rim, s * split + 0 * y, 0 * y) for s in (1, -1))
    cyan = tone.screen(cyan, 0.6 * tone.glow(red, (1.0, 0.1, 0.45)))
    cyan = tone.screen(cyan, 0.6 * tone.glow(violet, (0.25, 0.2, 1.0)))
    period, start = rng.uniform(2.8, 3.6), rng.random()
    scan = 0.5 + 0.5 * np.cos(2 * np.pi * (y / period + start))
    band = np.exp(-(((y / shape[0] - rng.random() + 0.5) % 1 - 0.5) ** 2) / 0.006)
    flicker = 0.42 + 0.62 * scan + 0.3 * band
    made = cyan * np.asarray(flicker, np.float32)[..., None]
    return tone.screen(made, tone.glow(0.22 * tone.blur(light, 5), (0.1, 0.7, 1.0)))


_BRICKS = tone.hexes(
    "c91a09",
    "0055bf",
    "f2cd37",
    "237841",
    "f4f4f4",
    "1b2a34",
    "fe8a18",
    "a0a5a9",
    "5c9dd1",
    "e4cd9e",
    "582a12",
    "4b9f4a",
    "6c6e68",
    "fc97ac",
    "0a3463",
)


@renderer("lego")
def lego(image: Array, rng: np.random.Generator) -> Array:
    """Plastic bricks in toy colours, seen from above with their round studs."""
    height, width = image.shape[:2]
    size = int(rng.integers(7, 10))
    bright = tone.saturate(tone.expose(image), 1.9)
    rows, columns = -(-height // size) + 1, -(-width // size) + 1
    small = cv2.resize(bright, (columns, rows), interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(np.clip(small, 0, 1), cv2.COLOR_RGB2LAB)
    toys = cv2.cvtColor(_BRICKS[None], cv2.COLOR_RGB2LAB)[0]
    nearest = ((lab[:, :, None] - toys) ** 2).sum(-1).argmin(-1)
    big = np.repeat(np.repeat(tone.jitter(_BRICKS, rng, 0.012)[nearest], size, 0), size, 1)
    v, u = (np.mgrid[0:size, 0:size].astype(np.float32) + 0.5) / size - 0.5
    radius, facing = np.hypot(u, v), -(u + v)
    disc = tone.smoothstep(0.33 - radius, -0.04, 0.04)
    ring = disc * tone.smoothstep(radius, 0.2, 0.28)
    cast = tone.smoothstep(0.36 - np.hypot(u - 0.1, v - 0.1), -0.03, 0.08) * (1 - disc)
    stud = 0.1 * disc + 1.1 * ring * facing - 0.5 * cast
    seam = np.zeros((rows, columns, size, size), np.float32)
    joined = (nearest[:, 1:] == nearest[:, :-1]) & (rng.random((rows, columns - 1)) < 0.6)
    seam[:, :, -1, :] = -0.35
    seam[:, :, 0, :] = 0.18
    seam[:, :-1, 1:, -1] = np.where(joined, 0, -0.35)[..., None]
    light = (seam + stud).transpose(0, 2, 1, 3).reshape(rows * size, columns * size)
    dy, dx = rng.integers(0, size, 2)
    made = tone.shade(np.asarray(big, np.float32), light)
    return np.ascontiguousarray(made[dy : dy + height, dx : dx + width])


@renderer("collage")
def collage(image: Array, rng: np.random.Generator) -> Array:
    """Torn scraps of magazine and newsprint with white ragged edges, glued over each other."""
    shape = image.shape[:2]
    labels, _ = fields.voronoi(shape, rng.uniform(32, 42), rng, 0.95)
    x, y = fields.grid(shape)
    dx, dy = (3.0 * fields.grain(shape, rng, 4.0) + fields.grain(shape, rng, 1.2) for _ in range(2))
    torn = cv2.remap(
        labels.astype(np.float32), x + dx, y + dy, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REFLECT
    ).astype(np.int32)
    count = int(labels.max()) + 1
    slip = rng.normal(0, 2.0, (2, count)).astype(np.float32)
    moved = fields.displace(tone.expose(image), slip[0][torn], slip[1][torn])
    level = tone.tones(moved, blur=0.8)
    scraps = tone.jitter(
        tone.hexes("e5483a", "f2b632", "2f7fb8", "3d9a7a", "e88aa6", "7a5aa8"), rng
    )
    own = scraps[rng.integers(0, len(scraps), count)][torn]
    duotone = tone.mix(own * 0.22, own * 0.45 + 0.55, level)
    row = (y.astype(int) + torn * 3) % 5 < 2
    letters = rng.random(shape) < 0.6
    news = tone.glow(0.35 + 0.62 * level - 0.35 * row * letters, (1.0, 0.96, 0.84))
    kind = rng.random(count)[torn]
    piece: Array = tone.mix(tone.saturate(moved, 1.6), duotone, (kind < 0.3).astype(np.float32))
    piece = tone.mix(piece, news, (kind > 0.82).astype(np.float32))
    edge = np.minimum(fields.rim(torn), 40)
    lift = fields.displace(edge, np.float32(-1.5) + 0 * x, np.float32(-1.5) + 0 * y)
    piece = piece * (0.62 + 0.38 * tone.smoothstep(lift, 0, 4.0))[..., None]
    wide = 0.5 + 2.2 * fields.noise(shape, 12, rng)
    ragged = edge + 0.5 * fields.grain(shape, rng, 0.7)
    return tone.mix(piece, (0.97, 0.96, 0.94), tone.smoothstep(wide - ragged, 0, 0.7))


def _facets(shape: fields.Shape, size: float, rng: np.random.Generator) -> tuple[Array, Array]:
    """Folded square grid: corner triples (N, 3, 2) of its facets and their tilt towards light."""
    rows, columns = int(shape[0] / size) + 3, int(shape[1] / size) + 3
    nodes = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1).astype(np.float32)
    corners = (nodes - 0.7 + 0.42 * (rng.random(nodes.shape) - 0.5)) * size
    a, b, c, d = corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:], corners[1:, :-1]
    odd = (np.indices(a.shape[:2]).sum(0) % 2 > 0)[..., None]
    first = np.stack([a, b, np.where(odd, c, d)], 2)
    second = np.stack([np.where(odd, a, b), c, d], 2)
    triangles = np.concatenate([first.reshape(-1, 3, 2), second.reshape(-1, 3, 2)])
    tilt = np.concatenate([np.full(odd.size, 1.0), np.full(odd.size, -1.0)])
    return np.asarray(triangles, np.float32), tilt + rng.normal(0, 0.5, tilt.size)


_WASHI = tuple(
    tone.hexes(*codes)
    for codes in (
        ("5f7fae", "8fb3d9", "f2b8b5", "f9dcc4", "fdf6ec"),
        ("7a6a9f", "b39bd1", "f3b6cf", "fbdfe4", "fffaf2"),
        ("4f8f8b", "8cc7b5", "f6d186", "fbe9c6", "fffdf4"),
        ("a65f5a", "e39a86", "f7c9a9", "cfe3dd", "fbf8f0"),
    )
)


@renderer("origami")
def origami(image: Array, rng: np.random.Generator) -> Array:
    """Large folded facets of pastel paper with crisp creases and soft shadows."""
    shape = image.shape[:2]
    level = tone.tones(fields.kuwahara(image, 5), blur=2.0)
    triangles, tilt = _facets(shape, rng.uniform(17, 23), rng)
    canvas = np.zeros(shape, np.int32)
    for index, triangle in enumerate((triangles * 8).astype(np.int32)):
        cv2.fillConvexPoly(canvas, triangle, index, cv2.LINE_8, 3)
    mean = np.zeros(len(triangles), np.float32)
    seen = fields.cell_mean(level, canvas)
    mean[: len(seen)] = seen
    papers = tone.jitter(_WASHI[rng.integers(len(_WASHI))], rng, 0.02)
    colour = tone.steps(np.clip(1.3 * (mean - 0.5) + 0.5, 0, 1), papers)[canvas]
    x, y = fields.grid(shape)
    centre = triangles.mean(1)[canvas]
    turn = rng.uniform(0, 2 * np.pi)
    fall = (x - centre[..., 0]) * np.cos(turn) + (y - centre[..., 1]) * np.sin(turn)
    light = 0.13 * tilt[canvas] + 0.016 * fall * np.sign(tilt)[canvas]
    edge = fields.rim(canvas)
    crease = 0.4 * tone.smoothstep(1.2 - edge, 0, 0.8) - 0.16 * tone.smoothstep(4 - edge, 0, 3)
    crease = tone.blur(np.asarray(crease, np.float32), 0.6)
    sheet = tone.shade(
        tone.blur(colour, 0.5), np.asarray(np.clip(light, -0.35, 0.3) + crease, np.float32)
    )
    return sheet + 0.01 * fields.grain(shape, rng, 0.7)[..., None]
