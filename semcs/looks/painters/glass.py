"""Glass and what shines like it: bubbles, crystal, glass, mosaic, stained glass."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("bubbles", detail=0.6)
def bubbles(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Soap bubbles of several sizes: rainbow rims, clear middles, two white reflections."""
    level = tone.tones(image, blur=1.0 * scale)
    shape = level.shape
    palette = tone.jitter(tone.hexes("2c5498", "6ea6e0", "b4dcf8", "f2fafe"), rng, 0.025)
    made = tone.mix(tone.ramp(level, palette), tone.saturate(tone.expose(image), 1.25), 0.5)
    turns = np.linspace(0, 1, 65)[:, None] + np.array([0, 0.33, 0.67])
    rainbow = (0.5 + 0.5 * np.cos(2 * np.pi * turns)).astype(np.float32)
    for cell, share in ((30.0, 0.6), (rng.uniform(84, 104), 1.0)):
        dx, dy, room, labels = fields.discs(shape, cell * scale, rng, share)
        size = np.maximum(0.97 * room, 1)
        r = np.minimum(np.hypot(dx, dy) / size, 1.5)
        inside = np.clip((1 - r) * size + 0.5, 0, 1) * (room > 3 * scale)
        own = rng.random(int(labels.max()) + 1).astype(np.float32)[labels]
        film = 1.6 * r * r * r + 0.12 * (dx - dy) / size + own
        hue = tone.ramp(film - np.floor(film), rainbow)
        bend = -0.4 * r * r
        lens = fields.displace(made, bend * dx, bend * dy) if cell > 50 else made
        ball = tone.mix(lens, hue, np.clip(0.06 + 0.8 * (r * r) ** 2, 0, 0.85))
        edge = np.clip(1.5 - np.abs(r - 0.97) * size / scale, 0, 1)
        u, v = dx / size, dy / size
        top = ((u + 0.42) ** 2 + (v + 0.45) ** 2) / 0.2**2
        low = ((u - 0.5) ** 2 + (v - 0.5) ** 2) / 0.11**2
        shine = 0.7 * edge + np.clip(1 - top**2, 0, 1) + 0.7 * np.clip(1 - low**2, 0, 1)
        made = tone.mix(made, tone.mix(ball, (1.0, 1.0, 1.0), np.clip(shine, 0, 1)), inside)
    return made


@look("crystal", detail=0.75)
def crystal(image: Array, rng: np.random.Generator, scale: float, mask: Array | None) -> Array:
    """Sharp translucent facets in violet and cyan with white glints on some edges."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.quiet(image, scale)
    stone = fields.superpixels(
        image, rng.uniform(30, 38) * scale, rng, colour=8, spread=1.0, mask=mask
    )
    stones = int(stone.max()) + 1
    centre = fields.cell_mean(np.dstack([x, y]), stone) + rng.normal(0, 3 * scale, (stones, 2))
    dx, dy = (plane - centre.astype(np.float32)[:, i][stone] for i, plane in enumerate((x, y)))
    # Around the middle of every stone lie five to seven facets, cut like a gem.
    number = rng.integers(5, 8, stones)
    start = rng.random(stones).astype(np.float32)
    turn = np.arctan2(dy, dx) / np.float32(2 * np.pi) + 0.5 + start[stone]
    sector = np.floor((turn % 1) * number[stone]).astype(np.int32)
    facet = stone * 8 + sector
    count = stones * 8
    normal = 2 * np.pi * ((np.arange(count) % 8 + 0.5) / np.repeat(number, 8))
    normal = normal - 2 * np.pi * np.repeat(start, 8)
    bend = 5 * scale * np.stack([np.cos(normal), np.sin(normal)]).astype(np.float32)
    seen = fields.displace(level, bend[0][facet], bend[1][facet])
    facing = 0.17 * np.cos(normal - rng.uniform(0, 6.3)) + rng.normal(0, 0.035, count)
    fall = np.hypot(dx, dy) / (60 * scale)
    palette = tone.jitter(tone.hexes("170838", "4b1f9c", "8f5ae6", "6fd0f7", "f3fbff"), rng)
    palette = tone.shift_hue(palette[None], rng.normal(0, 14))[0]
    tint = 0.05 + 0.85 * seen + facing.astype(np.float32)[facet] - 0.12 * fall
    body = tone.ramp(np.asarray(tint, np.float32), palette)
    spark = (rng.random(count) ** 2).astype(np.float32)[facet]
    glint = np.clip(1.6 - fields.rim(facet) / scale, 0, 1) * spark * (0.5 + 0.5 * seen)
    made = tone.screen(body, tone.grey(0.85 * glint))
    return tone.screen(made, tone.glow(tone.soft(glint, 3 * scale), (0.3, 0.35, 0.5)))


@look("glass", detail=0.5)
def glass(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Clear blown glass: pale, bent light, dark rims, sharp white highlights and bubbles."""
    level = tone.quiet(image, scale, blur=1.5)
    shape = level.shape
    height = tone.soft(level, 3 * scale) + 0.2 * fields.noise(shape, 120 * scale, rng)
    slope = tone.relief(height, rng.uniform(0.5, 1.0), 3.0, scale)
    bent = fields.displace(
        image, 9 * scale * slope, 9 * scale * tone.relief(height, 2.2, 3.0, scale)
    )
    clear = tone.ramp(
        0.14 + 0.86 * tone.quiet(bent, scale),
        tone.jitter(tone.hexes("24545c", "6fb0b2", "bfe4e0", "f4fffd"), rng, 0.015),
    )
    clear = tone.mix(clear, tone.vivid(bent, 1.4), 0.16)
    thick = tone.smoothstep(tone.edges(level, 1.6, scale), 0.35, 1.0)
    made = tone.mix(clear, (0.06, 0.22, 0.24), 0.6 * thick * (slope < 0))
    wave = np.sin(2 * np.pi * (2.2 * height + 0.35 * slope + rng.random()))
    gleam = tone.smoothstep(wave, 0.88, 0.99) * tone.smoothstep(np.abs(slope), 0.1, 0.35)
    gleam = gleam + tone.smoothstep(slope, 0.45, 0.85)
    _, bubble = fields.voronoi(shape, rng.uniform(44, 60) * scale, rng, 1.0)
    ring = np.clip(1 - np.abs(bubble / scale - 3.0), 0, 1)
    made = tone.mix(made, (0.2, 0.45, 0.47), 0.5 * ring)
    gleam = gleam + 0.8 * np.clip(1.4 - bubble / scale, 0, 1)
    return tone.mix(made, (1.0, 1.0, 1.0), np.clip(0.9 * gleam, 0, 1))


def _tesserae(level: Array, cell: float, rng: np.random.Generator) -> fields.Labels:
    """Squarish cells whose rows keep off the contours, so that their joints run along them."""
    height, width = level.shape
    contour = tone.soft(tone.edges(level, 0.12 * cell, 1.0), 0.3 * cell)
    rows, columns = int(np.ceil(height / cell)), int(np.ceil(width / cell))
    places = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1).reshape(-1, 2) + 0.5
    points = np.asarray((places + rng.uniform(-0.12, 0.12, places.shape)) * cell, np.float32)
    away = np.stack([fields.pick(cv2.Sobel(contour, -1, *d), points) for d in ((1, 0), (0, 1))], 1)
    size = np.linalg.norm(away, axis=1, keepdims=True)
    points -= 0.35 * cell * away / (size + 0.15 / cell)
    x = np.clip(points[:, 0], 0, width - 1).astype(np.intp)
    y = np.clip(points[:, 1], 0, height - 1).astype(np.intp)
    return fields.nearest_points(level.shape, x, y)[0]


@look("mosaic", detail=0.35)
def mosaic(image: Array, rng: np.random.Generator, scale: float, mask: Array | None) -> Array:
    """Small squarish glazed tiles in thin pale grout, each its own shade."""
    level = tone.quiet(image, scale)
    labels = fields.split(_tesserae(level, rng.uniform(9, 11.5) * scale, rng), mask)
    bright = tone.vivid(tone.relight(image, 0.04 + 0.96 * level), 2.0)
    mean = fields.cell_mean(bright, labels)
    count = len(mean)
    tile = mean * 0.95 + 0.03 + rng.normal(0, 0.045, (count, 1)) + rng.normal(0, 0.02, mean.shape)
    distance = fields.rim(labels) / scale
    colour = np.clip(tile, 0, 1).astype(np.float32)[labels]
    bevel = tone.relief(np.minimum(distance, 2.5), rng.uniform(0, 6.3), 0.4, scale)
    colour = tone.shade(colour, 0.2 * bevel)
    grout = tone.hexes("d8d0bf", "b9b0a0", "efe9dc")[rng.integers(3)]
    joint = tone.blur(1 - tone.smoothstep(distance, 0.2, 1.4), 0.4 * scale)
    return tone.mix(colour, np.broadcast_to(grout, image.shape), 0.9 * joint)


_JEWELS = tone.hexes("d4122f", "1450e0", "ffb400", "0ca653", "8f24c0", "1fb4e8", "f0641c", "ffe14a")


@look("stained glass", detail=0.35)
def stained_glass(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None
) -> Array:
    """Jewel-coloured panes along the picture's shapes in black lead, lit from behind."""
    level = tone.quiet(image, scale, blur=1.0)
    labels = fields.superpixels(
        tone.blur(image, scale), rng.uniform(26, 32) * scale, rng, colour=30, mask=mask
    )
    bright = fields.cell_mean(level, labels)
    own = tone.vivid(fields.cell_mean(tone.relight(image, level), labels)[None], 2.8)[0]
    strength = own.max(1, keepdims=True)
    own = own / np.maximum(strength, 0.1)
    chroma = strength[:, 0] - own.min(1) * strength[:, 0]
    # Colourless panes take any jewel, the others the jewel that is next to their own colour.
    nearest = ((own[:, None] - _JEWELS) ** 2).sum(-1).argmin(1)
    free = rng.choice([1, 5, 4, 2], len(own), p=[0.4, 0.42, 0.06, 0.12])
    coloured = rng.random(len(own)) < np.clip(5 * chroma, 0.1, 1)
    jewel = _JEWELS[np.where(coloured, nearest, free)]
    weight = np.where(coloured, 0.5, 0.65 - 0.3 * bright)
    pane = tone.saturate((own + (jewel - own) * weight[:, None])[None].astype(np.float32), 1.3)[0]
    pane = pane * (1 + rng.normal(0, 0.09, (len(own), 1)))
    light = 0.3 + 0.42 * bright[labels] + 0.56 * level
    distance = fields.rim(labels) / scale
    glow = 0.82 + 0.22 * np.minimum(distance / 8, 1)
    streak = 0.16 * (fields.fractal(level.shape, 16 * scale, rng, 3) - 0.5)
    lit = np.clip(pane, 0, 1).astype(np.float32)[labels] * (light * glow + streak)[..., None]
    lead = 1 - tone.smoothstep(distance, rng.uniform(0.8, 1.1), 2.3)
    painted = tone.smoothstep(fields.lines(level, 1.5 * scale), 0.4, 0.9)
    lead = np.maximum(tone.blur(lead, 0.5 * scale), 0.75 * painted)
    return tone.mix(np.clip(lit, 0, 1), (0.03, 0.03, 0.04), lead)
