"""Graphic styles: flat colour, outline and print."""

from __future__ import annotations

import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer

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


@renderer("pop art")
def pop_art(image: Array, rng: np.random.Generator) -> Array:
    """Garish flat inks, big halftone dots and black outlines, after Warhol and Lichtenstein."""
    level = tone.tones(tone.flatten(image), blur=1.0)
    palette = tone.jitter(_POP[rng.integers(len(_POP))], rng, 0.02)
    flat = tone.steps(level, palette)
    # The dots of each area have the ink of another one, so that they always show.
    spots = tone.steps(level, np.roll(palette, rng.choice([-1, 1, 2]), 0))
    period, angle = rng.uniform(4.5, 6.5), rng.uniform(0.3, 1.2)
    dots = fields.halftone(np.clip(0.3 + 0.6 * level, 0, 1), period, angle)
    dotted = tone.smoothstep(level, 0.25, 0.27) * (1 - tone.smoothstep(level, 0.76, 0.78))
    flat = tone.mix(flat, spots, tone.smoothstep(dots, 0.3, 0.7) * dotted)
    ink = tone.smoothstep(fields.lines(level, 1.5), 0.3, 0.7)
    black = np.maximum(ink, tone.smoothstep(0.1 - level, 0, 0.03))
    return tone.mix(flat, (0.03, 0.02, 0.05), black)


_TOYS = tone.hexes("3aa0ff", "ff5a4d", "ffd23c", "5fd35a", "ff9a2e", "b06bff", "38d0c8")


def _colour_in(image: Array, rng: np.random.Generator) -> Array:
    """Tint the grey areas in a few cheerful colours, at equal luminance."""
    tints = _TOYS[rng.permutation(len(_TOYS))[:4]]
    areas = tone.steps(tone.stretch(fields.noise(image.shape, 44, rng)), tints)
    level = tone.luma(image) / np.maximum(tone.luma(areas), 0.05)
    chroma = tone.blur(image.max(-1) - image.min(-1), 3)
    weight = 0.65 * (1 - tone.smoothstep(chroma, 0.08, 0.4))
    return tone.mix(image, np.clip(areas * level[..., None], 0, 1), weight)


@renderer("cartoon")
def cartoon(image: Array, rng: np.random.Generator) -> Array:
    """Smooth bright flat areas inside clean thick black outlines."""
    smooth = tone.flatten(tone.expose(image), passes=2, sigma=0.18, size=9)
    vivid = tone.saturate(np.clip(smooth * 1.05 + 0.1, 0, 1), rng.uniform(1.9, 2.4))
    vivid = _colour_in(vivid, rng)
    level = tone.blur(tone.luma(vivid), 1.2)
    count = int(rng.integers(3, 5))
    stepped = (np.floor(level * count) + 0.65) / count
    flat = np.clip(tone.blur(vivid, 1.0) * (stepped / np.maximum(level, 0.08))[..., None], 0, 1)
    ink = tone.smoothstep(
        fields.lines(tone.tones(smooth, blur=1.0), rng.uniform(1.3, 1.7)), 0.25, 0.55
    )
    return tone.mix(flat, (0.04, 0.03, 0.04), ink)


@renderer("comic book")
def comic_book(image: Array, rng: np.random.Generator) -> Array:
    """Cheap print on yellowed paper: primary tints in small dots, inked shadows and outlines."""
    smooth = tone.flatten(tone.expose(image), passes=1)
    level = tone.tones(smooth, blur=1.0)
    inked = _colour_in(tone.saturate(smooth, 2.6), rng)
    tint = np.clip(tone.posterise(inked, 3) * 0.92 + 0.08, 0, 1)
    period, angle = rng.uniform(3.4, 4.4), rng.uniform(0.2, 1.3)
    dots = tone.smoothstep(
        fields.halftone(np.clip(level * 0.9 + 0.05, 0, 1), period, angle), 0.3, 0.7
    )
    paper = tone.fill(image, (0.98, 0.93, 0.76))
    page = tone.mix(
        tone.mix(paper, tint * paper, 0.45), tone.glow(tint, (0.96, 0.9, 0.75)), 0.85 * dots
    )
    stroke = tone.smoothstep(fields.hatch(level.shape, 4.6, angle + 0.8, rng), 0.5, 0.75)
    shadow = tone.smoothstep(0.27 - level, 0, 0.04) * stroke + tone.smoothstep(0.1 - level, 0, 0.03)
    ink = np.maximum(tone.smoothstep(fields.lines(level, 1.2), 0.25, 0.6), np.clip(shadow, 0, 1))
    return tone.mix(page, (0.06, 0.05, 0.1), ink)


@renderer("ukiyo-e")
def ukiyo_e(image: Array, rng: np.random.Generator) -> Array:
    """Prussian blue waves in parallel lines, cream foam, muted flat colour, after Hokusai."""
    level = fields.wobble(tone.tones(fields.kuwahara(image, 6), blur=2.0), 16, 2.0, rng)
    shape = level.shape
    palette = tone.jitter(tone.hexes("132a55", "2a5a92", "7ea3b4", "d9c9a2", "f2e9cc"), rng, 0.015)
    flat = tone.steps(level, palette)
    red = tone.smoothstep(image[..., 0] - 0.5 * image[..., 1] - 0.5 * image[..., 2], 0.1, 0.2)
    flat = tone.mix(flat, (0.74, 0.44, 0.33), 0.6 * red * (level > 0.4))
    x, y = fields.grid(shape)
    turn = rng.uniform(-0.5, 0.5)
    swell = (
        y * np.cos(turn)
        + x * np.sin(turn)
        + 34 * tone.blur(fields.noise(shape, 38, rng), 4)
        + 16 * tone.blur(level, 3)
    )
    phase = swell / rng.uniform(4.5, 6.0)
    stripe = tone.smoothstep(np.abs(phase - np.round(phase)).astype(np.float32), 0.24, 0.36)
    deep = tone.smoothstep(0.47 - tone.blur(level, 1.0), -0.02, 0.02)
    sea = tone.mix(
        np.broadcast_to(palette[0], image.shape), tone.mix(palette[1], palette[2], 0.45), stripe
    )
    printed = tone.mix(flat, sea, 0.92 * deep)
    shore = np.clip(1 - np.abs(tone.blur(level, 1.0) - 0.47) / 0.09, 0, 1)
    _, distance = fields.voronoi(shape, 5.5, rng, 0.8)
    claw = tone.smoothstep(2.9 - distance, 0, 0.8) * tone.smoothstep(shore, 0.1, 0.5)
    printed = tone.mix(printed, (0.96, 0.94, 0.86), claw)
    outline = claw * tone.smoothstep(distance, 1.7, 2.4)
    ink = np.maximum(0.7 * outline, tone.smoothstep(fields.lines(level, 1.2), 0.25, 0.6))
    printed = tone.mix(printed, (0.07, 0.11, 0.24), ink)
    wood = fields.streaks(np.full_like(level, rng.uniform(-0.1, 0.1)), 25, rng, 1.5)
    return printed * (1 + 0.02 * wood)[..., None]


@renderer("manga")
def manga(image: Array, rng: np.random.Generator) -> Array:
    """Black ink on white with grey screentone."""
    level = tone.tones(tone.flatten(image), blur=1.0)
    period = rng.uniform(3.0, 3.8)
    grey = tone.smoothstep(0.62 - level, 0, 0.04) * (
        1 - 0.5 * tone.smoothstep(0.35 - level, 0, 0.04)
    )
    screen = tone.smoothstep(
        fields.halftone(np.full_like(level, 0.62), period, np.pi / 4), 0.3, 0.7
    )
    dense = tone.smoothstep(fields.halftone(np.full_like(level, 0.3), period, np.pi / 4), 0.3, 0.7)
    tint = np.maximum(screen * grey, dense * tone.smoothstep(0.36 - level, 0, 0.04))
    black = np.maximum(
        tone.smoothstep(0.17 - level, 0, 0.03), tone.smoothstep(fields.lines(level, 1.1), 0.25, 0.5)
    )
    x, y = fields.grid(level.shape)
    turn = np.arctan2(y - rng.uniform(-1, 2) * level.shape[0], x + rng.uniform(20, 60))
    speed = tone.smoothstep(
        fields.noise((1, 720), (1.0, 3.0), rng)[0][((turn + np.pi) * 114).astype(int) % 720],
        0.83,
        0.9,
    )
    ink = np.maximum(np.maximum(0.95 * tint, black), 0.8 * speed * (level > 0.75))
    return tone.grey(0.98 - 0.95 * np.clip(ink, 0, 1))


@renderer("anime")
def anime(image: Array, rng: np.random.Generator) -> Array:
    """Clean two-tone cel shading, clear pastel colour, thin violet lines and soft bloom."""
    smooth = tone.flatten(image, passes=2, sigma=0.12, size=9)
    level = tone.tones(smooth, blur=1.2) + 0.2 * (fields.noise(image.shape, 30, rng) - 0.5)
    first, second = rng.uniform(0.32, 0.42), rng.uniform(0.58, 0.7)
    lit = tone.smoothstep(level, first, first + 0.04) + tone.smoothstep(
        level, second, second + 0.04
    )
    even = smooth / np.maximum(tone.luma(smooth), 0.12)[..., None] * 0.72
    clear = tone.saturate(np.clip(even, 0, 1), rng.uniform(1.3, 1.9))
    shadows = tone.hexes("6b73c7", "7a5fc0", "4f86c9", "9a62b5")[rng.integers(4)]
    lights = tone.hexes("fff7ed", "fff0f4", "f2fbff", "fff8d8")[rng.integers(4)]
    air = tone.mix(np.broadcast_to(shadows, image.shape), lights, level)
    drawn: Array = (0.5 * clear + 0.5 * air) * (0.82 + 0.16 * lit)[..., None]
    bloom = tone.blur(tone.glow(np.clip(drawn - 0.55, 0, 1), (1.0, 0.85, 0.95)), 5)
    labels, distance = fields.voronoi(image.shape, rng.uniform(26, 40), rng, 1.0)
    shown = (rng.random(int(labels.max()) + 1) < 0.5).astype(np.float32)[labels]
    sparkle = shown * np.exp(-distance / rng.uniform(1.0, 2.0)) * tone.smoothstep(level, 0.4, 0.7)
    made = tone.screen(tone.screen(drawn, rng.uniform(0.6, 1.0) * bloom), tone.grey(0.9 * sparkle))
    ink = tone.smoothstep(fields.lines(level, rng.uniform(0.7, 0.95)), 0.35, 0.7)
    return tone.mix(made, (0.24, 0.16, 0.34), 0.85 * ink)


@renderer("graffiti")
def graffiti(image: Array, rng: np.random.Generator) -> Array:
    """Spray paint on a concrete wall: loud fills, double outlines, overspray and drips."""
    shape = image.shape[:2]
    rough = fields.fractal(shape, 9, rng)
    wall = tone.glow(0.5 + 0.3 * (rough - 0.5), (1.0, 0.97, 0.92))
    level = fields.wobble(tone.tones(fields.kuwahara(image, 6), blur=1.8), 14, 2.0, rng)
    inks = tone.hexes("ff2e93", "00d5ff", "ffe600", "7cff00", "ff7a00", "8f2bff")[
        rng.permutation(6)[:4]
    ]
    fill = tone.ramp(
        np.clip(level + 0.25 * (fields.noise(shape, 30, rng) - 0.5), 0, 1), tone.jitter(inks, rng)
    )
    speckle = fields.grain(shape, rng, 0.6)
    cover = tone.smoothstep(fields.noise(shape, 26, rng) + 0.07 * speckle, 0.22, 0.4)
    painted = tone.mix(wall, fill, 0.95 * cover)
    step = np.round(level * 3) / 3
    outline = tone.smoothstep(tone.edges(tone.blur(step, 0.8), 1.0), 0.2, 0.5)
    outer = tone.smoothstep(tone.blur(outline, 2.2), 0.12, 0.3)
    column = tone.smoothstep(fields.noise(shape, (40.0, 2.5), rng), 0.72, 0.85)
    drip = column * tone.smoothstep(
        fields.smear(outline, np.full(shape, np.pi / 2, np.float32), 14), 0.08, 0.2
    )
    painted = tone.mix(painted, (0.98, 0.98, 0.98), 0.8 * outer)
    return tone.mix(painted, (0.04, 0.03, 0.06), np.maximum(outline, drip))


@renderer("psychedelic")
def psychedelic(image: Array, rng: np.random.Generator) -> Array:
    """Melting bands of the whole rainbow."""
    shape = image.shape[:2]
    level = fields.wobble(tone.tones(image, blur=2.0), 16, 4.0, rng)
    warp = fields.fractal(shape, 50, rng, 2)
    phase = (rng.uniform(1.2, 1.7) * level + rng.uniform(1.6, 2.4) * warp + rng.random()).astype(
        np.float32
    )
    rainbow = tone.jitter(
        tone.hexes("ff0066", "ff9900", "fff200", "18e04a", "00d0ff", "4a2bff", "e01fff", "ff0066"),
        rng,
        0.02,
    )
    colour = tone.ramp(phase - np.floor(phase), rainbow)
    ripple = 0.5 + 0.5 * np.cos(2 * np.pi * phase * 6)
    colour = np.clip(colour * (0.72 + 0.4 * ripple.astype(np.float32))[..., None], 0, 1)
    return tone.shade(colour, 0.8 * (level - 0.5) * 0.9)
