"""Printing: engraving, newspaper print, risograph, travel poster, ukiyo-e, woodcut."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

_PLATES = tone.hexes("2b1a10", "1c1a1a", "14301f", "35200f")


@look("engraving", detail=0.35)
def engraving(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Fine swelling lines that bend round the forms, as on a banknote, on cream paper."""
    level = tone.tones(image, blur=0.8 * scale)
    x, y = fields.grid(level.shape)
    form = 15 * scale * tone.blur(level, 4 * scale)
    period = rng.uniform(3.7, 4.2) * scale
    turn = rng.uniform(0, np.pi)
    far = 0.9 * np.hypot(*level.shape)
    soft = min(1.1 / period, 0.4)
    ink = np.zeros_like(level)
    for extra, threshold in ((0.0, 1.0), (1.1, 0.45)):
        cx = level.shape[1] / 2 + far * np.cos(turn + extra)
        cy = level.shape[0] / 2 + far * np.sin(turn + extra)
        phase = (np.hypot(x - np.float32(cx), y - np.float32(cy)) + form) / np.float32(period)
        ridge = np.abs(2 * (phase - np.floor(phase)) - 1)
        swell = 0.08 + 0.7 * np.clip(threshold - level, 0, 1) / threshold
        fade = tone.smoothstep(threshold - level, 0.04, 0.12)
        ink = np.maximum(ink, fade * tone.smoothstep(swell - ridge, -soft, soft))
    ink = np.maximum(ink, 0.9 * tone.smoothstep(fields.lines(level, 0.8 * scale), 0.3, 0.8))
    plate = tone.jitter(_PLATES[rng.integers(len(_PLATES))][None], rng, 0.012)[0]
    return tone.mix(fields.paper(image, rng, (0.96, 0.92, 0.82), 0.012, scale), plate, 0.96 * ink)


def _columns(shape: fields.Shape, scale: float, rng: np.random.Generator) -> Array:
    """Lines of tiny words set in columns, (H, W), 1 = ink."""
    tall, wide = (max(1, int(np.ceil(side / scale))) for side in shape)
    x, y = fields.grid((tall, wide))
    leading, measure = int(rng.integers(6, 8)), int(rng.integers(58, 76))
    x0, y0 = rng.integers(0, measure), rng.integers(0, leading)
    line = ((y[:, 0] + y0) // leading).astype(int)
    letters = rng.random((line[-1] + 1, wide))[line]
    words = rng.random((line[-1] + 1, wide // 4 + 1))[line]
    spaces = np.repeat(words, 4, 1)[:, :wide] > 0.22
    body = (y + y0) % leading < leading - 3
    inside = (x + x0) % measure > 6
    type_ = (0.35 + 0.65 * (letters > 0.35)) * spaces * body * inside
    return cv2.resize(type_.astype(np.float32), shape[::-1], interpolation=cv2.INTER_LINEAR)


@look("newspaper print", detail=0.4)
def newspaper_print(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Coarse black dots on yellowed newsprint, with columns of type in the light areas."""
    level = tone.tones(image, blur=0.7 * scale)
    shape = level.shape
    fibre = fields.fractal(shape, 20 * scale, rng)
    tint = tone.jitter(tone.hexes("e8dcb2"), rng, 0.02)[0]
    page = tint * (0.92 + 0.12 * fibre + 0.02 * fields.grain(shape, rng, 0.7 * scale))[..., None]
    sharp = np.clip(level + 0.6 * (level - tone.blur(level, 5 * scale)), 0, 1)
    period = rng.uniform(4.4, 5.2) * scale
    dots = fields.halftone(np.clip(0.86 * sharp**0.7 + 0.16, 0, 1), period, np.pi / 4)
    type_ = _columns(shape, scale, rng)
    busy = tone.blur(tone.edges(level, 1.5, scale), 7 * scale)
    light = tone.smoothstep(tone.blur(level, 3 * scale), 0.72, 0.78)
    light = light * (1 - tone.smoothstep(busy, 0.08, 0.2))
    ink = tone.smoothstep(dots, 0.2, 0.8) * (1 - light) + 0.75 * type_ * light
    ghost = 0.07 * np.roll(type_[:, ::-1], 2, 0)
    patchy = 0.88 + 0.12 * fields.noise(shape, 5 * scale, rng)
    black = np.clip(np.maximum(ink * patchy, ghost), 0, 0.93)
    return tone.mix(np.asarray(page, np.float32), (0.12, 0.11, 0.1), black)


_SPOTS = (
    ("ff48b0", "0078bf", "ffe800"),
    ("ff6c2f", "3255a4", "ff48b0"),
    ("ff4c65", "00838a", "ffe800"),
    ("ff48b0", "00a95c", "ffe800"),
    ("ff6c2f", "3d5588", "ffe800"),
)


@look("risograph", detail=0.4)
def risograph(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Two or three fluorescent spot inks, grainy and out of register, on off-white paper."""
    smooth = tone.expose(tone.flatten(image, passes=1, scale=scale))
    inks = tone.hexes(*_SPOTS[rng.integers(len(_SPOTS))])[: rng.integers(2, 4)]
    shape = image.shape[:2]
    page = fields.paper(image, rng, (0.965, 0.95, 0.915), 0.008, scale)
    level = tone.tones(smooth, blur=0.7 * scale)
    warm = tone.stretch(smooth[..., 0] - 0.7 * smooth[..., 2] + 0.35 * level)
    lean = 0.8 * (warm - 0.5)
    densities = (
        0.92 - 0.9 * level + lean,
        0.78 - 1.25 * level - lean,
        0.3 - 0.3 * level + 1.4 * lean,
    )
    for ink, density in zip(inks, densities):
        dx, dy = rng.uniform(1.2, 3.2, 2) * rng.choice([-1, 1], 2) * scale
        moved = fields.displace(np.clip(density, 0, 1).astype(np.float32), dx, dy)
        period = rng.uniform(3.0, 3.8) * scale
        dots = fields.halftone(1 - 0.95 * moved, period, rng.uniform(0, 1.5))
        speckled = moved + 0.16 * fields.grain(shape, rng, 0.5 * scale)
        worn = tone.smoothstep(fields.grain(shape, rng, 0.8 * scale), -2.4, -1.2)
        cover = 0.6 * dots + 0.6 * tone.smoothstep(speckled, 0.42, 0.7)
        cover = np.clip(cover, 0, 0.95) * (0.7 + 0.3 * worn)
        page = page * tone.mix(np.ones_like(page), ink, cover)
    return page


_VOYAGES = (
    ("1d2f45", "2f6672", "b5532f", "e39a4a", "f0d49a", "f7ecd0"),
    ("20304f", "4a5f86", "c0603f", "e8a35f", "a8c4c0", "f4e6c4"),
    ("2b2a3c", "7a3b35", "cf7b3a", "eab764", "8fb0a4", "f5ead2"),
    ("16383f", "2f7f7a", "7fb59b", "e6c273", "e98f52", "f8eccb"),
)


@look("travel poster", detail=0.4)
def travel_poster(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Clean flat shapes of a thirties railway poster in a few warm and cool tones."""
    level = tone.tones(tone.kuwahara(image, round(4 * scale)), blur=0.8 * scale)
    level = np.clip(level + 0.4 * (level - tone.blur(level, 24 * scale)), 0, 1)
    palette = tone.one_of(_VOYAGES, rng, 0.015)
    share = np.clip(level * len(palette), 0, len(palette) - 0.01).astype(np.uint8)
    index = cv2.medianBlur(share, round(7 * scale) | 1)
    x, y = fields.grid(level.shape)
    turn = rng.uniform(-0.5, 0.5) + np.pi / 2
    along = (x * np.cos(turn) + y * np.sin(turn)) / max(level.shape)
    long = np.clip(0.5 + 0.55 * np.cos(2 * np.pi * (0.7 * along + rng.random())), 0, 1)
    after = palette[np.minimum(index + 1, len(palette) - 1)]
    drawn = tone.mix(palette[index], after, 0.7 * long.astype(np.float32))
    busy = tone.blur(tone.edges(level, 1.5, scale), 9 * scale)
    sky = tone.smoothstep(level, 0.55, 0.62) * (1 - tone.smoothstep(busy, 0.05, 0.16))
    fan = np.arctan2(y - rng.uniform(0.7, 1.2) * y.max(), x - rng.uniform(0.1, 0.9) * x.max())
    ray = tone.smoothstep(np.sin(fan * rng.integers(18, 26)), -0.1, 0.1)
    drawn = tone.mix(drawn, palette[-1], 0.5 * ray * sky)
    soft = tone.blur(drawn, 0.7 * scale)
    return np.asarray(soft + 0.012 * fields.grain(level.shape, rng, 0.6 * scale)[..., None])


@look("ukiyo-e", detail=0.4)
def ukiyo_e(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Prussian blue waves in parallel lines, cream foam, muted flat colour, after Hokusai."""
    smooth = tone.kuwahara(image, max(2, round(5 * scale)))
    plain = tone.quiet(smooth, scale, blur=1.4)
    level = fields.wobble(plain, 28 * scale, 1.5 * scale, rng)
    palette = tone.jitter(tone.hexes("14295a", "2c5f9c", "84a9b8", "dcc9a0", "f5ecd0"), rng, 0.015)
    redness = smooth[..., 0] - 0.5 * (smooth[..., 1] + smooth[..., 2])
    red = tone.smoothstep(redness, 0.08, 0.25)
    flat = _flat_inks(smooth, level, red, palette)
    waves = _waves(level, palette, rng, scale)
    deep = tone.smoothstep(0.4 - tone.blur(level, 1.0 * scale), -0.02, 0.02) * (1 - 0.8 * red)
    sea = tone.mix(waves, palette[0], tone.smoothstep(0.2 - level, -0.02, 0.06))
    printed = tone.mix(flat, sea, 0.9 * deep)
    distance = _foam(level, deep, red, rng, scale)
    printed = tone.mix(printed, (0.98, 0.96, 0.9), np.clip(0.5 - distance, 0, 1))
    outline = np.clip(0.7 * scale + 0.4 - np.abs(distance), 0, 1)
    lines = tone.smoothstep(fields.lines(plain, 1.3 * scale), 0.25, 0.6)
    ink = np.maximum(0.75 * outline, lines)
    printed = tone.mix(printed, (0.07, 0.11, 0.26), ink)
    wood = fields.noise(level.shape, (2.0 * scale, 90 * scale), rng) - 0.5
    return printed * (1 + 0.09 * wood)[..., None]


def _flat_inks(smooth: Array, level: Array, red: Array, palette: Array) -> Array:
    """Flat colours that lean on the photo's own, under a sky that is darker at the top."""
    _, y = fields.grid(level.shape)
    flat = tone.steps(level, palette)
    flat = tone.mix(flat, tone.glow(tone.expose(smooth), (1.05, 0.98, 0.86)), 0.4)
    flat = tone.mix(flat, tone.glow(0.6 + 0.55 * level, (0.9, 0.52, 0.38)), 0.6 * red)
    # Bokashi: the printer wipes the ink on the block, so that it fades down the sheet.
    top = tone.smoothstep(1 - y / np.float32(0.3 * level.shape[0]), 0, 1)
    wiped = top * tone.smoothstep(level, 0.5, 0.7)
    return tone.mix(flat, palette[1], 0.5 * wiped)


def _waves(level: Array, palette: Array, rng: np.random.Generator, scale: float) -> Array:
    """Parallel blue lines that swell with the forms, (H, W, 3)."""
    x, y = fields.grid(level.shape)
    turn = rng.uniform(-0.4, 0.4)
    swell = y * np.float32(np.cos(turn)) + x * np.float32(np.sin(turn))
    swell += 80 * scale * tone.blur(fields.noise(level.shape, 80 * scale, rng), 8 * scale)
    swell += 34 * scale * tone.blur(level, 6 * scale)
    phase = swell / np.float32(rng.uniform(10, 13) * scale)
    stripe = tone.smoothstep(np.abs(phase - np.round(phase)), 0.26, 0.34)
    return tone.ramp(stripe, np.stack([palette[0], 0.6 * palette[1] + 0.4 * palette[2]]))


def _foam(level: Array, deep: Array, red: Array, rng: np.random.Generator, scale: float) -> Array:
    """Distance in pixels to the outline of the foam, (H, W), under 0 inside.

    It lies along the shore in round claws, where the dark water ``deep`` is broad.
    """
    shape = level.shape
    shore = np.clip(1 - np.abs(tone.blur(level, 2 * scale) - 0.42) / 0.1, 0, 1) * (1 - red)
    broad = tone.smoothstep(tone.blur(deep, 14 * scale), 0.4, 0.65)
    broad *= tone.smoothstep(tone.blur(level, 10 * scale), 0.16, 0.26)  # black is no water
    broad *= 1 - tone.smoothstep(tone.blur(red, 12 * scale), 0.04, 0.25)
    claws = fields.scatter(shape, 7 * scale, rng)
    claws = claws[fields.pick(shore * broad, claws) > 0.3]
    away = np.full(shape, 255, np.uint8)
    away[tuple(np.clip(claws[:, ::-1], 0, np.array(shape) - 1).astype(int).T)] = 0
    return np.asarray(cv2.distanceTransform(away, cv2.DIST_L2, 5) - np.float32(6 * scale))


@look("woodcut", detail=0.3)
def woodcut(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Black ink in carved lines that swell with the tone, on cream paper."""
    level = tone.tones(image, blur=1.3 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    turn = rng.uniform(-0.4, 0.4) + rng.choice([0, np.pi / 2])
    bent = 14 * level + 12 * fields.noise(shape, 30 * scale, rng)
    across = (x * np.sin(turn) + y * np.cos(turn)) / scale + bent
    period = rng.uniform(5.0, 6.2)
    wave = np.abs(2 * (across / period - np.floor(across / period)) - 1).astype(np.float32)
    rough = 0.05 * fields.grain(shape, rng, 1.0 * scale)
    carved = tone.smoothstep(wave - 1.3 * level + 0.12 + rough, -0.08, 0.08)
    ink = np.maximum(carved, tone.smoothstep(fields.lines(level, 1.8 * scale), 0.3, 0.6))
    ink = np.maximum(ink, tone.smoothstep(0.14 - level, -0.03, 0.03))
    ink = ink * (1 - 0.5 * tone.smoothstep(fields.grain(shape, rng, 0.8 * scale), 1.7, 2.2))
    page = fields.paper(image, rng, (0.93, 0.88, 0.76), 0.015, scale)
    return tone.mix(page, (0.06, 0.05, 0.05), ink)
