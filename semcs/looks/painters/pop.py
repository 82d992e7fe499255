"""Graphic styles: flat colour, outline and print."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look

_POP = tuple(
    tone.hexes(*codes)
    for codes in (
        ("1b1464", "ff1f8f", "00c8f0", "ffe600"),
        ("5a0fa0", "ff3b1f", "ffd500", "fff6c8"),
        ("0b3fd1", "ff2d7a", "ff9d00", "fff04d"),
        ("d4006a", "00a878", "ffd400", "ff9ad5"),
        ("12128a", "e6142d", "35d0ff", "fff25c"),
    )
)


def _areas(image: Array, scale: float, sigma: float = 0.12) -> Array:
    """Flat areas with clear edges: the bilateral filter on a picture of half the size."""
    return tone.flatten(image, passes=2, sigma=sigma, size=5, scale=2 * scale)


@look("pop art", detail=0.2)
def pop_art(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Garish flat inks, big halftone dots and black outlines, after Warhol and Lichtenstein."""
    level = tone.quiet(_areas(image, scale), scale, blur=0.8)
    palette = tone.jitter(_POP[rng.integers(len(_POP))], rng, 0.02)
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
    smooth = _areas(tone.expose(image), scale, 0.16)
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
    smooth = _areas(tone.expose(image), scale)
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


@look("ukiyo-e", detail=0.4)
def ukiyo_e(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Prussian blue waves in parallel lines, cream foam, muted flat colour, after Hokusai."""
    smooth = fields.kuwahara(image, max(2, round(5 * scale)))
    plain = tone.quiet(smooth, scale, blur=1.4)
    level = fields.wobble(plain, 28 * scale, 1.5 * scale, rng)
    shape = level.shape
    x, y = fields.grid(shape)
    palette = tone.jitter(tone.hexes("14295a", "2c5f9c", "84a9b8", "dcc9a0", "f5ecd0"), rng, 0.015)
    flat = tone.steps(level, palette)
    flat = tone.mix(flat, tone.glow(tone.expose(smooth), (1.05, 0.98, 0.86)), 0.4)
    redness = smooth[..., 0] - 0.5 * (smooth[..., 1] + smooth[..., 2])
    red = tone.smoothstep(redness, 0.08, 0.25)
    flat = tone.mix(flat, tone.glow(0.6 + 0.55 * level, (0.9, 0.52, 0.38)), 0.6 * red)
    # Bokashi: the sky darkens towards the top of the sheet, as wiped on the block.
    wiped = tone.smoothstep(1 - y / np.float32(0.3 * shape[0]), 0, 1) * tone.smoothstep(
        level, 0.5, 0.7
    )
    flat = tone.mix(flat, palette[1], 0.5 * wiped)
    turn = rng.uniform(-0.4, 0.4)
    swell = y * np.float32(np.cos(turn)) + x * np.float32(np.sin(turn))
    swell += 80 * scale * tone.blur(fields.noise(shape, 80 * scale, rng), 8 * scale)
    swell += 34 * scale * tone.blur(level, 6 * scale)
    phase = swell / np.float32(rng.uniform(10, 13) * scale)
    stripe = tone.smoothstep(np.abs(phase - np.round(phase)), 0.26, 0.34)
    body = tone.ramp(stripe, np.stack([palette[0], 0.6 * palette[1] + 0.4 * palette[2]]))
    edge = tone.blur(level, 1.0 * scale)
    deep = tone.smoothstep(0.4 - edge, -0.02, 0.02) * (1 - 0.8 * red)
    sea = tone.mix(body, palette[0], tone.smoothstep(0.2 - level, -0.02, 0.06))
    printed = tone.mix(flat, sea, 0.9 * deep)
    # Foam lies along the shore in round claws with blue outlines, where the sea is broad.
    shore = np.clip(1 - np.abs(tone.blur(level, 2 * scale) - 0.42) / 0.1, 0, 1) * (1 - red)
    broad = tone.smoothstep(tone.blur(deep, 14 * scale), 0.4, 0.65)
    broad *= tone.smoothstep(tone.blur(level, 10 * scale), 0.16, 0.26)  # black is hair, not water
    broad *= 1 - tone.smoothstep(tone.blur(red, 12 * scale), 0.04, 0.25)
    claws = fields.scatter(shape, 7 * scale, rng)
    claws = claws[fields.pick(shore * broad, claws) > 0.3]
    away = np.full(shape, 255, np.uint8)
    away[tuple(np.clip(claws[:, ::-1], 0, np.array(shape) - 1).astype(int).T)] = 0
    distance = cv2.distanceTransform(away, cv2.DIST_L2, 5) - np.float32(6 * scale)
    printed = tone.mix(printed, (0.98, 0.96, 0.9), np.clip(0.5 - distance, 0, 1))
    outline = np.clip(0.7 * scale + 0.4 - np.abs(distance), 0, 1)
    lines = tone.smoothstep(fields.lines(plain, 1.3 * scale), 0.25, 0.6)
    ink = np.maximum(0.75 * outline, lines)
    printed = tone.mix(printed, (0.07, 0.11, 0.26), ink)
    wood = fields.noise(shape, (2.0 * scale, 90 * scale), rng) - 0.5
    return printed * (1 + 0.09 * wood)[..., None]


@look("manga", detail=0.15)
def manga(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Black ink on white with grey screentone."""
    shape = image.shape[:2]
    level = tone.quiet(_areas(image, scale), scale, blur=0.8)
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


@look("anime", detail=0.35)
def anime(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Clean two-tone cel shading, clear pastel colour, thin violet lines and soft bloom."""
    smooth = _areas(image, scale)
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


_CANS = (
    tone.hexes("3a0f8f", "e0127f", "ff7a1a", "ffe600"),
    tone.hexes("1a1f8f", "8f2bff", "00c8ff", "b6ff3a"),
    tone.hexes("5a0a6a", "ff2e63", "00d5ff", "fff04d"),
    tone.hexes("0f3f9f", "00a878", "ffd400", "ff9ad5"),
)


@look("graffiti", detail=0.35)
def graffiti(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Spray paint on a concrete wall: loud fills, double outlines, overspray and drips."""
    shape = image.shape[:2]
    inks = tone.jitter(_CANS[rng.integers(len(_CANS))], rng, 0.02)
    level = tone.quiet(_areas(image, scale), scale, blur=1.2)
    rough = fields.fractal(shape, 24 * scale, rng)
    speckle = fields.grain(shape, rng, 0.6 * max(scale, 0.8))
    x, y = fields.grid(shape)
    tall = np.float32(58 * scale)
    course = np.floor(y / tall)
    along = x / (2 * tall) + 0.5 * np.mod(course, 2)
    joint = np.minimum(y - course * tall, np.abs(along - np.round(along)) * 2 * tall)
    wall = 0.6 + 0.22 * (rough - 0.5) + 0.02 * speckle
    wall -= 0.16 * np.exp(-joint / np.float32(1.4 * scale))
    concrete = tone.glow(wall, (1.0, 0.97, 0.92))
    fade = 0.22 * (fields.noise(shape, 110 * scale, rng) - 0.5)
    depth = np.clip(level + fade + 0.025 * speckle, 0, 1)
    fill = 0.45 * tone.ramp(depth, inks) + 0.55 * tone.steps(np.clip(depth, 0, 0.999), inks)
    # Paint covers the forms; on calm ground the wall shows behind the edge of a spray.
    busy = tone.blur(tone.edges(level, 1.5, scale), 22 * scale)
    sprayed = busy + 0.14 * (rough - 0.5) + 0.012 * speckle
    cover = tone.smoothstep(sprayed, 0.03, 0.1)
    if mask is not None:
        cover = np.maximum(cover, 0.75)
    painted = tone.mix(concrete, fill, 0.12 + 0.85 * cover)
    outline = tone.smoothstep(fields.lines(level, 2.4 * scale), 0.35, 0.65)
    if mask is not None:
        outline = np.maximum(outline, fields.depth_inside(mask) < 3.2 * scale)
    halo = tone.smoothstep(tone.blur(outline, 3.4 * scale) + 0.015 * speckle, 0.1, 0.22)
    mist = tone.blur(outline, 9 * scale)
    painted = tone.mix(painted, inks[0] * 0.6, np.clip(0.8 * mist + 0.06 * speckle, 0, 0.4))
    painted = tone.mix(painted, (0.99, 0.99, 0.97), 0.85 * halo)
    drawn = tone.to_bytes(outline)
    heads = fields.scatter(shape, 30 * scale, rng)
    heads = heads[fields.pick(outline, heads) > 0.5]
    for x, y in (heads[: max(6, len(heads) // 2)] * 8).astype(int).tolist():
        low = y + int(8 * rng.uniform(14, 52) * scale)
        thick = max(1, round(rng.uniform(1.6, 2.6) * scale))
        cv2.line(drawn, (x, y), (x, low), 255, thick, cv2.LINE_AA, 3)
        cv2.circle(drawn, (x, low), int(8 * 0.75 * thick), 255, -1, cv2.LINE_AA, 3)
    return tone.mix(painted, (0.04, 0.03, 0.06), tone.to_floats(drawn))


@look("psychedelic", detail=0.8)
def psychedelic(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Melting bands of the whole rainbow."""
    shape = image.shape[:2]
    tones = tone.quiet(image, scale, blur=1.5)
    level = fields.wobble(tones, 40 * scale, 3.0 * scale, rng)
    # The bands flow round the forms: wide near them, narrower where the blurred tones run out.
    wide = tone.blur(level, 12 * scale)
    warp = fields.fractal(shape, 150 * scale, rng, 2)
    phase = np.float32(rng.uniform(0.7, 0.95)) * level + np.float32(rng.uniform(0.9, 1.2)) * wide
    phase += np.float32(rng.uniform(1.3, 1.7)) * warp + np.float32(rng.random())
    rainbow = tone.jitter(
        tone.hexes("ff0066", "ff9900", "fff200", "18e04a", "00d0ff", "4a2bff", "e01fff", "ff0066"),
        rng,
        0.02,
    )
    colour = tone.ramp(phase - np.floor(phase), rainbow)
    ripple = 0.5 + 0.5 * np.cos(phase * np.float32(2 * np.pi * 5))
    colour = np.clip(colour * (0.74 + 0.36 * ripple)[..., None], 0, 1)
    colour = tone.shade(colour, 0.95 * (tones - 0.5))
    ink = tone.smoothstep(fields.lines(tones, 1.4 * scale), 0.4, 0.8)
    return tone.mix(colour, (0.16, 0.02, 0.22), 0.7 * ink)
