"""Cameras and displays beyond the visible, and pictures rebuilt from paper and bricks."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

_HEAT = tone.hexes("05020f", "14107a", "5a12a8", "c21a6b", "f0501e", "fbb21a", "fff46a", "ffffff")


def _spread(level: Array, amount: float) -> Array:
    """Move tones by ``amount`` towards equal shares of the range, so that none is rare."""
    shares = np.linspace(0, 1, 33)
    at = np.quantile(level[::4, ::4], shares) + shares * 1e-3
    return np.asarray(level + amount * (np.interp(level, at, shares) - level), np.float32)


@look("thermal camera", detail=0.3)
def thermal_camera(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Heat map of an infrared camera, from black and blue to red, yellow and white."""
    shape = image.shape[:2]
    level = tone.quiet(image, scale, blur=rng.uniform(1.2, 1.8))
    warmth = tone.soft(image[..., 0] - image[..., 2], 4 * scale)
    drift = 0.1 * (fields.noise(shape, 150 * scale, rng) - 0.5)
    heat = 0.04 + 0.88 * _spread(np.clip(level + 0.3 * warmth, 0, 1), 0.5) + drift
    heat = 0.85 * heat + 0.15 * tone.soft(heat, 6 * scale)
    rows = fields.noise((shape[0], 1), (1.5 * scale, 1.0), rng) - 0.5
    noisy = heat + 0.014 * rows + 0.006 * fields.grain(shape, rng, 0.7 * scale)
    return tone.ramp(np.asarray(noisy, np.float32), tone.jitter(_HEAT, rng, 0.012))


@look("x-ray", detail=0.0)
def x_ray(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Dense parts glow translucent blue-white on black film, as on a radiograph."""
    level = tone.quiet(image, scale, blur=0.8)
    shape = level.shape
    rim = tone.edges(level, 1.2, scale)
    # What the frame shows is air: the film stays dark there.
    x, y = fields.grid(shape)
    outer = np.maximum(np.abs(x / shape[1] - 0.5), np.abs(y / shape[0] - 0.5)) > 0.42
    dense = 1 - level if np.median(level[outer]) > 0.55 else level
    deep = tone.soft(dense, 22 * scale)
    hollow = 0.8 * dense + 0.45 * (dense - deep) - 0.02
    bone = 0.5 * tone.blur(rim, 0.8 * scale) * (0.4 + 0.6 * dense)
    haze = 0.22 * tone.soft(rim, 3.5 * scale) + 0.1 * tone.soft(rim, 12 * scale)
    cloud = 0.9 + 0.2 * fields.fractal(shape, 60 * scale, rng)
    plate = np.clip((0.82 * hollow + bone + haze) * cloud, 0, 1)
    plate = plate + 0.014 * fields.grain(shape, rng, 0.6 * scale)
    film = tone.hexes("01030a", "0b2238", "3f7ea8", "b4dcf0", "fbfeff")
    grey = tone.hexes("020405", "1a2631", "66808f", "c0d0d8", "fafdff")
    palette = tone.jitter(tone.mix(film, grey, 0.6 * rng.uniform(0, 1)), rng, 0.008)
    return tone.ramp(np.asarray(plate, np.float32), palette)


def _glyphs(rng: np.random.Generator, count: int, tall: int, wide: int) -> Array:
    """Made-up signs of two to four strokes: (count, tall, wide) with a blank margin."""
    signs = np.zeros((count, tall, wide), np.float32)
    for sign in signs:
        page = np.zeros((36, 26), np.uint8)
        for _ in range(int(rng.integers(3, 5))):
            start = np.array([rng.integers(0, 3) * 9 + 3, rng.integers(0, 4) * 9 + 4])
            step = np.array([(1, 0), (0, 1), (1, 1), (1, -1), (2, 0), (0, 2)][rng.integers(6)])
            end = np.clip(start + 9 * step, (3, 4), (21, 31))
            cv2.line(page, start.tolist(), end.tolist(), 255, 4, cv2.LINE_AA)
        sign[:] = cv2.resize(page, (wide, tall), interpolation=cv2.INTER_AREA) / np.float32(255)
    return np.clip(1.3 * signs, 0, 1)


@look("matrix code", detail=0.75)
def matrix_code(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Green signs raining down a black screen, brighter where the picture is."""
    level = _spread(tone.quiet(image, scale, blur=0.8), 0.35)
    height, width = level.shape
    tall, wide = max(6, round(9 * scale)), max(5, round(7 * scale))
    rows, columns = height // tall + 2, width // wide + 2
    atlas = _glyphs(rng, 48, tall, wide)[rng.integers(0, 48, (rows, columns))]
    text = atlas.transpose(0, 2, 1, 3).reshape(rows * tall, columns * wide)
    length = rng.integers(12, 28, columns)
    age = (rng.integers(0, 60, columns) - np.arange(rows)[:, None]) % length
    trail = np.repeat(np.repeat(1 - age / length, tall, 0), wide, 1)
    head = np.repeat(np.repeat(age == 0, tall, 0), wide, 1)
    top, left = int(rng.integers(0, tall)), int(rng.integers(0, wide))
    window = np.s_[top : top + height, left : left + width]
    ink, fall, first = (np.asarray(p[window], np.float32) for p in (text, trail, head))
    power = np.clip(0.1 + 1.4 * level**1.4, 0, 1.35) * (0.42 + 0.58 * fall)
    lit = ink * power
    phosphor = tone.jitter(tone.hexes("000300", "003b0c", "00a82c", "1dff5a", "d8ffe2"), rng, 0.01)
    ground = 0.36 * level**1.6
    screen = tone.ramp(np.maximum(ground, 0.8 * lit + 0.12 * lit * level), phosphor)
    screen = tone.screen(screen, tone.glow(tone.soft(lit, 2.5 * scale), (0.02, 0.4, 0.1)))
    bright_head = 0.9 * first * ink * (0.1 + 0.9 * level)
    return tone.mix(screen, (0.85, 1.0, 0.9), bright_head)


@look("hologram", detail=0.35)
def hologram(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """A see-through cyan projection in scan lines with rainbow fringes on a dark ground."""
    level = tone.quiet(image, scale, blur=0.8)
    shape = level.shape
    _, y = fields.grid(shape)
    torn = fields.noise((shape[0], 1), (5.0 * scale, 1.0), rng)
    jump = 2.5 * scale * tone.smoothstep(torn, 0.7, 0.9)
    level = fields.displace(level, np.broadcast_to(jump, shape) * rng.choice([-1, 1]), 0 * y)
    rim = tone.edges(level, 0.9, scale)
    light = np.clip(0.13 + 0.72 * level**1.3 + 0.3 * rim, 0, 1)
    cyan = tone.ramp(light, tone.hexes("02060f", "064a78", "18b4e6", "a8f6ff"))
    split = int(np.ceil(rng.uniform(1.5, 2.6) * scale))
    for offset, colour in ((-split, (1.0, 0.1, 0.45)), (split, (0.25, 0.2, 1.0))):
        cyan = tone.screen(cyan, tone.glow(0.6 * np.roll(rim, offset, 1), colour))
    period, start = rng.uniform(2.8, 3.6) * scale, rng.random()
    row = y[:, :1]
    scan = 0.5 + 0.5 * np.cos(2 * np.pi * (row / max(period, 2.2) + start))
    band = np.exp(-(((row / shape[0] - rng.random() + 0.5) % 1 - 0.5) ** 2) / 0.006)
    flicker = np.asarray(0.46 + 0.6 * scan + 0.3 * band, np.float32)
    made = cyan * flicker[..., None]
    return tone.screen(made, tone.glow(0.22 * tone.soft(light, 6 * scale), (0.1, 0.7, 1.0)))


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
    "f0c8a0",
    "c98a5a",
    "8a5a38",
    "720e0f",
    "36aebf",
    "4a5340",
)


@look("lego", detail=0.15)
def lego(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Plastic bricks in toy colours, seen from above with their round studs."""
    height, width = image.shape[:2]
    size = max(4, round(int(rng.integers(7, 10)) * scale))
    bright = tone.vivid(tone.relight(image, tone.quiet(image, scale)), 1.8)
    bright = np.clip(1.4 * bright - 0.4 * tone.soft(bright, 1.5 * size), 0, 1)
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
    thick = max(1, round(0.8 * scale))
    seam[:, :, -thick:, :] = -0.35
    seam[:, :, :thick, :] = 0.18
    seam[:, :-1, thick:, -thick:] = np.where(joined, 0, -0.35)[..., None, None]
    light = (seam + stud).transpose(0, 2, 1, 3).reshape(rows * size, columns * size)
    dy, dx = rng.integers(0, size, 2)
    window = np.s_[dy : dy + height, dx : dx + width]
    return tone.shade(np.asarray(big[window], np.float32), light[window])


@look("collage", detail=0.4)
def collage(image: Array, rng: np.random.Generator, scale: float, mask: Array | None) -> Array:
    """Torn scraps of magazine and newsprint with white ragged edges, glued over each other."""
    shape = image.shape[:2]
    level = tone.quiet(image, scale)
    scraps = fields.superpixels(
        image, rng.uniform(56, 72) * scale, rng, colour=5, spread=0.9, mask=mask
    )
    x, y = fields.grid(shape)
    ragged = [
        5 * scale * (fields.noise(shape, 9 * scale, rng) - 0.5)
        + 3.5 * scale * (fields.noise(shape, 2.5 * scale, rng) - 0.5)
        for _ in range(2)
    ]
    torn = cv2.remap(
        scraps.astype(np.float32),
        x + ragged[0],
        y + ragged[1],
        cv2.INTER_NEAREST,
        borderMode=cv2.BORDER_REFLECT,
    ).astype(np.int32)
    count = int(torn.max()) + 1
    slip = rng.normal(0, 2.0 * scale, (2, count)).astype(np.float32)
    lit = tone.relight(image, 0.06 + 0.94 * level)
    moved = fields.displace(np.dstack([lit, level]), slip[0][torn], slip[1][torn])
    photo, level = np.ascontiguousarray(moved[..., :3]), np.ascontiguousarray(moved[..., 3])
    papers = tone.jitter(
        tone.hexes("e5483a", "f2b632", "2f7fb8", "3d9a7a", "e88aa6", "7a5aa8"), rng
    )
    own = papers[rng.integers(0, len(papers), count)][torn]
    duotone = tone.mix(own * 0.3, own * 0.55 + 0.45, level)
    row = (y + torn * 3) % (5 * scale) < 2 * scale
    letters = fields.noise(shape, (2 * scale, 1.6 * scale), rng) > 0.42
    news = tone.glow(0.34 + 0.63 * level - 0.2 * row * letters, (1.0, 0.96, 0.84))
    # What is rich in detail stays a photo: paper and newsprint take the calm scraps.
    busy = fields.cell_mean(tone.soft(tone.edges(level, 1.2, scale), 18 * scale), torn)
    dark = fields.cell_mean(level, torn) < 0.35
    kind = np.clip(rng.random(count) + 4 * (busy - 0.08) + 0.25 * dark, 0, 1)[torn]
    piece: Array = tone.mix(tone.vivid(photo, 1.7), duotone, (kind < 0.28).astype(np.float32))
    piece = tone.mix(piece, news, ((kind >= 0.28) & (kind < 0.42)).astype(np.float32))
    edge = np.minimum(fields.rim(torn) / scale, 40)
    cast = fields.displace(edge, 0 * x - 2 * scale, 0 * x - 2 * scale)
    piece = piece * (0.6 + 0.4 * tone.smoothstep(cast, 0, 5.0))[..., None]
    wide = 0.3 + 2.6 * fields.noise(shape, 14 * scale, rng)
    return tone.mix(piece, (0.97, 0.96, 0.94), tone.smoothstep(wide - edge, 0, 0.8))


_WASHI = tuple(
    tone.hexes(*codes)
    for codes in (
        ("35558c", "6f97c8", "f2b8b5", "f9dcc4", "fdf6ec"),
        ("54407e", "9a80c2", "f3a9c8", "fbdfe4", "fffaf2"),
        ("2c6b68", "6fb5a2", "f6d186", "fbe9c6", "fffdf4"),
        ("8a3f3c", "dd8670", "f7c9a9", "fbe6d2", "fbf8f0"),
    )
)


@look("origami", detail=0.55)
def origami(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Large folded facets of pastel paper with crisp creases and soft shadows."""
    level = tone.quiet(image, scale, blur=1.5)
    triangles, facet = fields.edge_mesh(level, rng.uniform(34, 44) * scale, rng)
    count = int(facet.max()) + 1
    mean = _spread(fields.cell_mean(level, facet)[None], 0.25)[0]
    papers = tone.jitter(_WASHI[rng.integers(len(_WASHI))], rng, 0.02)
    smooth, flat = tone.ramp(mean, papers), tone.steps(mean, papers)
    colour = (0.45 * smooth + 0.55 * flat)[facet]
    x, y = fields.grid(level.shape)
    corners = triangles[:count]
    centre = corners.mean(1)[facet]
    side = corners[:, 1] - corners[:, 0]
    turn = np.arctan2(side[:, 1], side[:, 0]).astype(np.float32)
    tilt = np.asarray(0.12 * np.cos(2 * turn - 1.0) + rng.normal(0, 0.035, count), np.float32)
    across = np.stack([np.cos(turn + 1.6), np.sin(turn + 1.6)], 1)[facet]
    fall = (x - centre[..., 0]) * across[..., 0] + (y - centre[..., 1]) * across[..., 1]
    light = tilt[facet] + 0.1 * np.tanh(fall / (14 * scale))
    edge = fields.rim(facet) / scale
    crease = 0.4 * tone.smoothstep(1.2 - edge, 0, 0.8) - 0.12 * tone.smoothstep(5 - edge, 0, 4)
    crease = tone.blur(np.asarray(crease, np.float32), 0.6 * scale)
    sheet = tone.shade(colour, np.asarray(np.clip(light, -0.35, 0.3) + crease, np.float32))
    return sheet + 0.012 * fields.grain(level.shape, rng, 0.8 * scale)[..., None]
