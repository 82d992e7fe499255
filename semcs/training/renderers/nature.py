"""Elements and places: ice, fire, lava, smoke, water, dunes, space."""

from __future__ import annotations

import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer


@renderer("ice")
def ice(image: Array, rng: np.random.Generator) -> Array:
    """Translucent pale-blue sheets with white branching cracks and frost."""
    level = tone.tones(image, blur=1.5)
    shape = level.shape
    cloud = fields.fractal(shape, 30, rng)
    seen = fields.wobble(level, 8, 2.0, rng)
    body = tone.ramp(
        0.1 + 0.62 * seen + 0.35 * (cloud - 0.3),
        tone.jitter(tone.hexes("0b4a78", "2f8fc4", "86cdea", "cdf0fb", "f6feff"), rng, 0.02),
    )
    cracks = np.zeros(shape, np.float32)
    for cell, strength in ((rng.uniform(22, 32), 1.0), (rng.uniform(10, 14), 0.45)):
        labels, _ = fields.voronoi(shape, cell, rng, 1.0)
        distance = fields.rim(labels)
        cracks = np.maximum(
            cracks,
            strength * np.clip(1.3 - distance, 0, 1) + 0.3 * strength * np.exp(-distance / 2.5),
        )
    frost = tone.smoothstep(fields.grain(shape, rng, 0.6), 1.2, 2.2) * 0.7
    gloss = tone.smoothstep(tone.relief(cloud + level, 0.8, 2.0), 0.25, 0.8) * 0.6
    white = np.clip(cracks * fields.noise(shape, 12, rng) * 1.4 + frost + gloss, 0, 1)
    return tone.mix(body, (0.97, 1.0, 1.0), white)


@renderer("fire")
def fire(image: Array, rng: np.random.Generator) -> Array:
    """Rising tongues of flame, yellow in orange in black."""
    level = tone.tones(image, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    sway = (fields.noise(shape, 22, rng) - 0.5) * 16
    tall = fields.displace(
        fields.noise(shape, (26.0, 8.0), rng) * 0.6 + fields.noise(shape, (13.0, 4.0), rng) * 0.4,
        sway,
        0 * x,
    )
    flames = fields.smear(tall, np.full(shape, np.pi / 2, np.float32) + sway / 20, 7)
    tongue = 1 - np.abs(2 * tone.stretch(flames) - 1)
    rising = 0.16 * (y / shape[0])
    heat = 0.5 * level + 0.62 * tongue - 0.14 + rising + 0.3 * tone.edges(level, 1.2)
    palette = tone.jitter(
        tone.hexes("0a0202", "4a0800", "b81d00", "f2600a", "ffb020", "fff3a0"), rng, 0.02
    )
    burning = tone.ramp(heat, palette)
    _, spark = fields.voronoi(shape, rng.uniform(14, 20), rng, 1.0)
    return tone.mix(
        burning, (1.0, 0.85, 0.4), np.clip(1.6 - spark, 0, 1) * (fields.noise(shape, 9, rng) > 0.5)
    )


@renderer("underwater")
def underwater(image: Array, rng: np.random.Generator) -> Array:
    """Blue-green depth, wavering refraction, a net of caustic light and bubbles."""
    shape = image.shape[:2]
    seen = fields.wobble(image, 14, rng.uniform(2, 3.5), rng)
    level = tone.tones(seen, blur=1.0)
    _, y = fields.grid(shape)
    depth = 0.1 + 0.68 * level + 0.16 * (1 - y / shape[0])
    water = tone.ramp(
        depth, tone.jitter(tone.hexes("02202f", "04506b", "0b8fa6", "4cc9c8", "c2f5e6"), rng, 0.02)
    )
    water = tone.mix(water, tone.glow(seen, (0.3, 0.9, 1.0)), 0.2)
    labels, _ = fields.voronoi(shape, rng.uniform(13, 19), rng, 1.0)
    net = fields.wobble(np.exp(-fields.rim(labels) / 1.8), 9, 3.0, rng)
    lit = tone.screen(water, tone.glow(net, (0.35, 0.6, 0.55)))
    _, distance = fields.voronoi(shape, rng.uniform(20, 28), rng, 1.0)
    radius = rng.uniform(2.2, 3.6)
    return tone.mix(lit, (0.85, 1.0, 1.0), np.clip(1 - np.abs(distance - radius), 0, 1) * 0.8)


@renderer("lava")
def lava(image: Array, rng: np.random.Generator) -> Array:
    """Black crust in plates, torn by glowing orange cracks."""
    level = tone.tones(image, blur=1.2)
    shape = level.shape
    labels, _ = fields.voronoi(shape, rng.uniform(17, 24), rng, 1.0)
    gap = fields.wobble(fields.rim(labels), 9, 3.5, rng)
    rough = fields.fractal(shape, 9, rng, 4)
    crust = tone.ramp(
        0.12 + 0.45 * level + 0.35 * (rough - 0.4),
        tone.jitter(tone.hexes("050303", "1c1413", "453733", "7d6c66"), rng, 0.01),
    )
    crust = tone.shade(crust, 0.55 * tone.relief(rough + 0.5 * level, 0.8, 1.2))
    heat = (
        np.exp(-gap / rng.uniform(1.6, 2.4)) * 0.95
        + 0.45 * tone.smoothstep(level, 0.55, 0.95)
        - 0.1 * rough
    )
    glow = tone.ramp(
        np.clip(heat, 0, 1),
        tone.jitter(tone.hexes("000000", "6a0a00", "d63400", "ff8a0a", "ffe45c"), rng, 0.01),
    )
    lit = tone.mix(crust, glow, tone.smoothstep(heat, 0.12, 0.5))
    return tone.screen(lit, 0.35 * tone.blur(glow * (heat > 0.4)[..., None], 5))


@renderer("smoke")
def smoke(image: Array, rng: np.random.Generator) -> Array:
    """Grey wisps that curl upwards out of the dark."""
    level = tone.tones(image, blur=1.5)
    shape = level.shape
    angle = fields.flow(shape, rng.uniform(26, 36), rng)
    billow = fields.displace(
        fields.fractal(shape, 24, rng, 4), 12 * np.cos(angle), 12 * np.sin(angle)
    )
    seen = fields.smear(level, angle, 9)
    wisp = tone.stretch(fields.smear(tone.stretch(billow), angle, 12))
    fold = 1 - np.abs(2 * wisp - 1)
    density = 0.62 * seen + 0.42 * fold * (0.35 + seen) + 0.2 * (wisp - 0.5) - 0.08
    palette = tone.jitter(tone.hexes("08080a", "26272a", "636468", "a9aaad", "e6e6e8"), rng, 0.012)
    return tone.ramp(np.clip(density, 0, 1), palette)


@renderer("sea")
def sea(image: Array, rng: np.random.Generator) -> Array:
    """Choppy blue-green waves with bright backs and broken white foam."""
    level = tone.tones(image, blur=1.2)
    shape = level.shape
    x, y = fields.grid(shape)
    chop = fields.noise(shape, (9.0, 26.0), rng) * 14 + fields.noise(shape, (20.0, 44.0), rng) * 26
    phase = (y + chop + 5 * level + rng.uniform(-0.25, 0.25) * x) / rng.uniform(9, 13)
    wave = (phase - np.floor(phase)).astype(np.float32)
    back = wave**1.6 * tone.smoothstep(1 - wave, 0.0, 0.12)
    shimmer = fields.streaks(np.zeros(shape, np.float32), 7, rng, 1.5)
    palette = tone.jitter(tone.hexes("02152e", "07406b", "12789c", "45bcc4", "c4f3ec"), rng, 0.02)
    water = tone.ramp(0.62 * level + 0.3 * back + 0.05 * shimmer + 0.02, palette)
    lace = (
        fields.fractal(shape, 7, rng, 3) + 0.9 * fields.noise(shape, 24, rng) + 0.5 * (level - 0.5)
    )
    foam = tone.smoothstep(lace + 0.9 * (wave - 1), 0.72, 0.92) * tone.smoothstep(
        1 - wave, 0.0, 0.1
    )
    return tone.mix(water, (0.96, 1.0, 1.0), 0.95 * foam)


@renderer("desert")
def desert(image: Array, rng: np.random.Generator) -> Array:
    """Smooth orange dunes: sunlit flanks, sharp crests and brown shadow sides."""
    level = tone.tones(image, blur=1.8)
    shape = level.shape
    x, y = fields.grid(shape)
    dunes = tone.blur(fields.noise(shape, (34.0, 50.0), rng), 3) * 60 + 14 * tone.blur(level, 2) + y
    lean = rng.choice([-1, 1])
    phase = (dunes + lean * 0.35 * x) / rng.uniform(30, 42) + rng.random()
    slope = (phase - np.floor(phase)).astype(np.float32)
    shadow = (1 - tone.smoothstep(slope, 0.12, 0.42)) * tone.smoothstep(slope, 0.0, 0.03)
    ripple = 0.5 + 0.5 * np.sin(
        (y + lean * 0.5 * x + 12 * fields.noise(shape, 16, rng)) * 2 * np.pi / 4.2
    )
    palette = tone.jitter(tone.hexes("5a2413", "b0571d", "e8923a", "fbc675", "fff0c8"), rng, 0.02)
    tint = 0.22 + 0.62 * level + 0.16 * slope - 0.34 * shadow + 0.05 * ripple.astype(np.float32)
    made = tone.ramp(tint, palette)
    return tone.shade(
        made, 0.5 * tone.relief(level, 0.9, 1.2) + 0.02 * fields.grain(shape, rng, 0.5)
    )


@renderer("galaxy")
def galaxy(image: Array, rng: np.random.Generator) -> Array:
    """Violet, blue and pink nebulae in black space, dusted with stars."""
    level = tone.tones(image, blur=1.5)
    shape = level.shape
    angle = fields.flow(shape, 40, rng)
    gas = fields.displace(fields.fractal(shape, 36, rng, 5), 14 * np.cos(angle), 14 * np.sin(angle))
    tint = tone.stretch(fields.noise(shape, 36, rng))
    density = np.clip(0.85 * level + 0.6 * gas - 0.34, 0, 1)
    pink = tone.ramp(density, tone.hexes("02020a", "2a0b4d", "8a1f8f", "f05fa8", "ffe3d0"))
    blue = tone.ramp(density, tone.hexes("02020a", "0a1550", "2350c0", "55b8f5", "e8fbff"))
    space = tone.mix(pink, blue, tone.smoothstep(tint, 0.35, 0.65))
    _, small = fields.voronoi(shape, rng.uniform(7, 10), rng, 1.0)
    labels, large = fields.voronoi(shape, rng.uniform(24, 34), rng, 1.0)
    shown = (rng.random(int(labels.max()) + 1) < 0.8).astype(np.float32)[labels]
    light = 0.8 * np.clip(0.9 - small, 0, 1) + shown * (
        np.exp(-large / 1.3) + 0.35 * np.exp(-large / 4)
    )
    return tone.screen(space, tone.grey(light))
