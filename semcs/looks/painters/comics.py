"""Comics and pop: anime, cartoon, comic book, manga, pop art."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("anime", detail=0.35)
def anime(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Clean two-tone cel shading, clear pastel colour, thin violet lines and soft bloom."""
    smooth = tone.flat_areas(image, scale)
    level = tone.quiet(smooth, scale, blur=1.0)
    toned = level + 0.1 * (fields.noise(image.shape, 90 * scale, rng) - 0.5)
    first, second = rng.uniform(0.32, 0.42), rng.uniform(0.58, 0.7)
    lit = tone.smoothstep(toned, first, first + 0.04) + tone.smoothstep(
        toned, second, second + 0.04
    )
    # Half of the light is taken out of the colours: the flat shades of the cels put it back.
    even = tone.relight(
        smooth, 0.72 * np.sqrt(np.sqrt(np.maximum(tone.luma(smooth), 0.02))), most=6
    )
    clear = tone.vivid(even, rng.uniform(1.5, 1.9))
    shadows = tone.hexes("6b73c7", "7a5fc0", "4f86c9", "9a62b5")[rng.integers(4)]
    lights = tone.hexes("fff7ed", "fff0f4", "f2fbff", "fff8d8")[rng.integers(4)]
    air = tone.ramp(toned, np.stack([shadows, lights]))
    drawn = (0.66 * clear + 0.34 * air) * (0.78 + 0.18 * lit)[..., None]
    bloom = tone.blur(tone.glow(np.clip(drawn - 0.55, 0, 1), (1.0, 0.85, 0.95)), 10 * scale)
    made = tone.screen(drawn, rng.uniform(0.4, 0.6) * bloom)
    x, y = fields.grid(image.shape)
    for at in fields.calm_points(level, rng.uniform(90, 120) * scale, rng, share=0.4):
        size = rng.uniform(9, 20) * scale
        reach = int(size)
        rows = slice(max(int(at[1]) - reach, 0), int(at[1]) + reach + 1)
        columns = slice(max(int(at[0]) - reach, 0), int(at[0]) + reach + 1)
        dx, dy = np.abs(x[rows, columns] - at[0]), np.abs(y[rows, columns] - at[1])
        star = np.clip(1 - (np.sqrt(dx / size) + np.sqrt(dy / size)), 0, 1)  # four points
        made[rows, columns] += 1.6 * star[..., None] * (1 - made[rows, columns])
    ink = tone.smoothstep(fields.lines(level, rng.uniform(0.9, 1.15) * scale), 0.35, 0.7)
    return tone.mix(made, (0.24, 0.16, 0.34), 0.85 * ink)


_TOYS = tone.hexes("3aa0ff", "ff5a4d", "ffd23c", "5fd35a", "ff9a2e", "b06bff", "38d0c8")


def _colour_in(image: Array, level: Array, rng: np.random.Generator, scale: float) -> Array:
    """Tint what is grey at equal luminance: a cool ink for the shadows, warm ones for the light."""
    cool, warm = _TOYS[[0, 5, 6]][rng.integers(3)], _TOYS[[1, 2, 4]][rng.integers(3)]
    areas = tone.ramp(tone.blur(level, 2 * scale), np.stack([cool, 0.5 * (cool + warm), warm]))
    gain = tone.luma(image) / np.maximum(tone.luma(areas), 0.05)
    red, green, blue = cv2.split(image)
    most, least = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    chroma = tone.blur(most - least, 2 * scale)
    weight = 0.34 * (1 - tone.smoothstep(chroma, 0.04, 0.3))
    return tone.mix(image, np.clip(areas * gain[..., None], 0, 1), weight)


@look("cartoon", detail=0.2)
def cartoon(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Smooth bright flat areas inside clean thick black outlines."""
    smooth = tone.flat_areas(tone.expose(image), scale, 0.16)
    level = tone.quiet(smooth, scale, blur=0.8)
    vivid = tone.vivid(np.clip(smooth * 1.05 + 0.08, 0, 1), rng.uniform(1.8, 2.2))
    vivid = _colour_in(vivid, level, rng, scale)
    grey = tone.blur(tone.luma(vivid), 1.2 * scale)
    count = int(rng.integers(3, 5))
    part = grey * count - np.floor(grey * count)
    # Each tone is flat and ends in a short soft step, so that plain skies show no bands.
    stepped = (np.floor(grey * count) + 0.3 + 0.7 * tone.smoothstep(part, 0.35, 0.65)) / count
    flat = np.clip(vivid * (stepped / np.maximum(grey, 0.08))[..., None], 0, 1)
    ink = tone.smoothstep(fields.lines(level, rng.uniform(1.5, 1.9) * scale), 0.25, 0.55)
    if mask is not None:
        ink = np.maximum(ink, fields.depth_inside(mask) < 2.2 * scale)
    return tone.mix(flat, (0.04, 0.03, 0.04), ink)


@look("comic book", detail=0.2)
def comic_book(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Cheap print on yellowed paper: primary tints in small dots, inked shadows and outlines."""
    smooth = tone.flat_areas(tone.expose(image), scale)
    level = tone.quiet(smooth, scale, blur=0.8)
    inked = _colour_in(tone.vivid(smooth, 2.4), level, rng, scale)
    tint = np.clip(0.7 * tone.posterise(inked, 3) + 0.3 * inked, 0, 1) * 0.92 + 0.08
    period, angle = rng.uniform(4.2, 5.2) * scale, rng.uniform(0.2, 1.3)
    dots = tone.smoothstep(
        fields.halftone(np.clip(level * 0.9 + 0.05, 0, 1), period, angle), 0.3, 0.7
    )
    paper = np.array((0.98, 0.93, 0.76), np.float32)
    pale = 0.5 * paper + 0.5 * tint * paper
    page = tone.mix(pale, tone.glow(tint, (0.96, 0.9, 0.75)), 0.85 * dots)
    hatched = fields.hatch(level.shape, 6.0 * scale, angle + 0.8, rng, scale)
    stroke = tone.smoothstep(hatched, 0.5, 0.75)
    shadow = tone.smoothstep(0.25 - level, 0, 0.05) * stroke
    shadow = shadow + tone.smoothstep(0.1 - level, 0, 0.03)
    lines = tone.smoothstep(fields.lines(level, 1.4 * scale), 0.25, 0.6)
    ink = np.maximum(lines, np.clip(shadow, 0, 1))
    return tone.mix(page, (0.06, 0.05, 0.1), ink)


@look("manga", detail=0.15)
def manga(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Black ink on white with grey screentone."""
    shape = image.shape[:2]
    level = tone.quiet(tone.flat_areas(image, scale), scale, blur=0.8)
    period = rng.uniform(4.2, 5.0) * scale
    # Two tones of one screen: small dots for the middle, large ones for the shadows.
    light = tone.smoothstep(0.52 - level, -0.015, 0.015)
    deep = tone.smoothstep(0.32 - level, -0.015, 0.015)
    cover = 0.26 * light + 0.36 * deep
    tint = tone.smoothstep(fields.halftone(1 - cover, period, np.pi / 4), 0.3, 0.7)
    solid = tone.smoothstep(0.15 - level, 0, 0.03)
    lines = tone.smoothstep(fields.lines(level, 1.2 * scale), 0.25, 0.5)
    x, y = fields.grid(shape)
    cx, cy = rng.uniform(0.3, 0.7) * shape[1], rng.uniform(0.3, 0.7) * shape[0]
    dx, dy = x - np.float32(cx), y - np.float32(cy)
    far = np.sqrt(dx * dx + dy * dy)
    turn = (np.arctan2(dy, dx) + np.pi) * np.float32(720 / (2 * np.pi))
    strokes = np.tile(fields.noise((1, 720), (1.0, 3.0), rng)[0], 2)
    ends = rng.uniform(0.75, 1.2, 1440) * 0.42 * np.hypot(*shape)
    ray = turn.astype(np.int32)
    speed = tone.smoothstep(strokes[ray], 0.72, 0.86) * (far > ends[ray // 4])
    calm = 1 - tone.smoothstep(tone.blur(lines, 8 * scale), 0.04, 0.16)
    ink = np.maximum(np.maximum(0.92 * tint, solid), lines)
    white = 0.9 * solid * speed  # lines of motion are cut out of the black
    ink = np.maximum(ink * (1 - white), 0.9 * speed * (level > 0.6)) * calm + ink * (1 - calm)
    return tone.grey(0.985 - 0.955 * np.clip(ink, 0, 1))


_POP = (
    ("1b1464", "ff1f8f", "00c8f0", "ffe600"),
    ("5a0fa0", "ff3b1f", "ffd500", "fff6c8"),
    ("0b3fd1", "ff2d7a", "ff9d00", "fff04d"),
    ("d4006a", "00a878", "ffd400", "ff9ad5"),
    ("12128a", "e6142d", "35d0ff", "fff25c"),
)


@look("pop art", detail=0.2)
def pop_art(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Garish flat inks, big halftone dots and black outlines, after Warhol and Lichtenstein."""
    level = tone.quiet(tone.flat_areas(image, scale), scale, blur=0.8)
    palette = tone.one_of(_POP, rng, 0.02)
    flat = tone.steps(level, palette)
    # The dots of each area have the ink of another one, so that they always show.
    spots = tone.steps(level, np.roll(palette, rng.choice([-1, 1, 2]), 0))
    period, angle = rng.uniform(6.0, 7.5) * scale, rng.uniform(0.3, 1.2)
    dots = fields.halftone(np.clip(0.3 + 0.6 * level, 0, 1), period, angle)
    dotted = tone.smoothstep(level, 0.25, 0.27) * (1 - tone.smoothstep(level, 0.76, 0.78))
    flat = tone.mix(flat, spots, tone.smoothstep(dots, 0.3, 0.7) * dotted)
    ink = tone.smoothstep(fields.lines(level, 1.5 * scale), 0.3, 0.7)
    black = np.maximum(ink, tone.smoothstep(0.1 - level, 0, 0.03))
    return tone.mix(flat, (0.03, 0.02, 0.05), black)
