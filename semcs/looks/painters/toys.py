"""Toys and sweets: candy, chocolate, claymation, lego, slime."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

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
    seen = tone.kuwahara(fields.wobble(seen, 24 * unit, 1.5 * unit, rng), max(2, round(7 * unit)))
    vivid = tone.saturate(np.clip(tone.blur(seen, 2.2 * unit) * 1.05 + 0.04, 0, 1), 1.7)
    lab = cv2.cvtColor(vivid, cv2.COLOR_RGB2LAB)
    clays = tone.jitter(_CLAYS, rng, 0.015)
    palette = cv2.cvtColor(clays[None], cv2.COLOR_RGB2LAB)[0]
    # Noise added to the lightness splits plain areas into lumps as well.
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
    rows, columns = -(-height // size) + 1, -(-width // size) + 1
    crisp = tone.crisp(image, scale, size)
    small = cv2.resize(crisp, (columns, rows), interpolation=cv2.INTER_AREA)
    nearest = tone.nearest_colour(small, _BRICKS)
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
