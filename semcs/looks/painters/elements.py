"""Elements and open country: desert, fire, ice, lava, sea, smoke, underwater."""

from __future__ import annotations

import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("desert", detail=0.8)
def desert(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Smooth orange dunes: sunlit flanks, sharp crests and brown shadow sides."""
    level = tone.quiet(image, scale, blur=1.5)
    shape = level.shape
    x, y = (plane / np.float32(scale) for plane in fields.grid(shape))
    swell = tone.blur(fields.noise(shape, (100 * scale, 170 * scale), rng), 12 * scale)
    lean = float(rng.choice([-1, 1]))
    dunes = 150 * swell + 22 * tone.blur(level, 3 * scale) + y + 0.35 * lean * x
    phase = dunes / np.float32(rng.uniform(92, 118)) + rng.random()
    slope = (phase - np.floor(phase)).astype(np.float32)
    shadow = (1 - tone.smoothstep(slope, 0.1, 0.45)) * tone.smoothstep(slope, 0.0, 0.025)
    drift = y + 0.5 * lean * x + 22 * fields.noise(shape, 46 * scale, rng)
    ripple = np.sin(drift * np.float32(2 * np.pi / 7.5)) * (1 - 0.6 * shadow)
    palette = tone.jitter(tone.hexes("5a2413", "b0571d", "e8923a", "fbc675", "fff0c8"), rng, 0.02)
    tint = 0.14 + 0.66 * level + 0.2 * slope - 0.26 * shadow + 0.035 * ripple
    light = 0.45 * tone.relief(level, 0.9, 1.2, scale)
    light = light + 0.02 * fields.grain(shape, rng, 0.5 * scale)
    return tone.shade(tone.ramp(tint, palette), light)


@look("fire", detail=0.9)
def fire(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Rising tongues of flame, yellow in orange in black."""
    level = tone.quiet(image, scale, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    sway = fields.noise(shape, 56 * scale, rng) - 0.5
    tall = 0.6 * fields.noise(shape, (80 * scale, 22 * scale), rng)
    tall += 0.4 * fields.noise(shape, (38 * scale, 10 * scale), rng)
    tall = fields.displace(tall, sway * np.float32(42 * scale), 0 * x)
    upward = np.float32(np.pi / 2) + 0.8 * sway
    flames = fields.smear(tall, upward, 12 * scale)
    tongue = 1 - np.abs(2 * tone.stretch(flames) - 1)
    burning = fields.smear(level, upward, 7 * scale)  # flames rise from bright places
    rising = 0.14 * (y / np.float32(shape[0]))
    heat = 0.28 * level + 0.34 * burning + 0.5 * tongue**1.2 - 0.16 + rising
    heat = heat + 0.22 * tone.edges(level, 1.2, scale)
    palette = tone.hexes("0a0202", "4a0800", "b81d00", "f2600a", "ffb020", "fff3a0")
    made = tone.ramp(heat, tone.jitter(palette, rng, 0.02))
    sparks = fields.starlight(shape, 22 * scale, rng, 1.1 * scale)
    return tone.screen(made, tone.glow(sparks * (heat > 0.2), (1.0, 0.75, 0.3)))


@look("ice", detail=0.8)
def ice(image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None) -> Array:
    """Translucent pale-blue sheets with white branching cracks and frost."""
    level = tone.quiet(image, scale, blur=1.2)
    shape = level.shape
    large, small = (
        fields.split(fields.voronoi(shape, cell * scale, rng, 1.0)[0], mask)
        for cell in (rng.uniform(64, 84), rng.uniform(26, 34))
    )
    # Every sheet bends and dims the light its own way.
    count = int(large.max()) + 1
    shift = scale * rng.normal(0, 2.6, (2, count)).astype(np.float32)
    seen = fields.displace(level, shift[0][large], shift[1][large])
    sheet = rng.normal(0, 0.06, count).astype(np.float32)[large]
    cloud = fields.fractal(shape, 80 * scale, rng)
    palette = tone.hexes("08385f", "1c76ae", "5cb4e0", "a9def5", "f0fbff")
    depth = 0.04 + 0.72 * seen + 0.3 * (cloud - 0.5) + sheet
    body = tone.ramp(depth, tone.jitter(palette, rng, 0.015))
    rims = np.dstack([fields.rim(large), fields.rim(small)]) / np.float32(scale)
    gaps = fields.wobble(rims, 12 * scale, 3 * scale, rng)
    lines = np.clip(1.7 - gaps, 0, 1) + 0.38 * np.exp(-gaps / 5)
    cracks = np.maximum(lines[..., 0], 0.42 * lines[..., 1])
    cracks = cracks * np.clip(1.6 * fields.noise(shape, 36 * scale, rng) - 0.1, 0, 1)
    frost = 0.45 * tone.smoothstep(fields.grain(shape, rng, 0.6 * scale), 1.6, 2.8)
    bumps = tone.blur(cloud, 2 * scale) + 0.8 * level
    gloss = 0.5 * tone.smoothstep(tone.relief(bumps, 0.8, 3.0, scale), 0.3, 0.9)
    white = np.clip(cracks + frost + gloss, 0, 1)
    return tone.mix(body, (0.97, 1.0, 1.0), 0.92 * white)


@look("lava", detail=1.0)
def lava(image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None) -> Array:
    """Black crust in plates, torn by glowing orange cracks."""
    level = tone.quiet(image, scale, blur=1.2)
    shape = level.shape
    cells, _ = fields.voronoi(shape, scale * rng.uniform(40, 52), rng, 1.0)
    gap = fields.rim(fields.split(cells, mask)) / np.float32(scale)
    gap = np.maximum(fields.wobble(gap, 20 * scale, 6 * scale, rng), 0)
    rough = fields.fractal(shape, 22 * scale, rng, 4)
    palette = tone.jitter(tone.hexes("060404", "231815", "53423c", "9a8378"), rng, 0.01)
    crust = tone.ramp(0.08 + 0.84 * level + 0.2 * (rough - 0.5), palette)
    crust = tone.shade(crust, 0.4 * tone.relief(rough + 0.6 * level, 0.8, 1.6, scale))
    # Cracks are wide and bright where the photo is bright, thin where it is dark.
    width = 0.8 + 3.4 * tone.smoothstep(level, 0.25, 1.0)
    busy = tone.blur(tone.edges(level, 2.0, scale), 7 * scale)  # faces keep their own lines
    strength = (0.72 + 0.34 * level) * (1 - 0.6 * np.minimum(1.5 * busy, 1))
    heat = np.exp(-gap / width) * strength - 0.12 * (rough - 0.5)
    embers = tone.smoothstep(level, 0.55, 1.05) * (0.34 + 0.25 * (1 - rough))
    heat = np.maximum(heat, embers)
    hot = tone.hexes("000000", "6a0a00", "d63400", "ff8a0a", "ffe45c")
    glow = tone.ramp(heat, tone.jitter(hot, rng, 0.01))
    lit = tone.mix(crust, glow, tone.smoothstep(heat, 0.16, 0.5))
    light = tone.blur(tone.smoothstep(heat, 0.35, 0.6), 10 * scale)
    return tone.screen(lit, tone.glow(light, (0.36, 0.13, 0.01)))


@look("sea", detail=0.8)
def sea(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Choppy blue-green waves with bright backs and broken white foam."""
    level = tone.quiet(image, scale, blur=1.2)
    shape = level.shape
    x, y = fields.grid(shape)
    chop = 26 * fields.noise(shape, (20 * scale, 64 * scale), rng)
    chop += 60 * fields.noise(shape, (46 * scale, 120 * scale), rng)
    lean = np.float32(rng.uniform(-0.22, 0.22) / scale)
    phase = y / np.float32(scale) + chop + 9 * level + lean * x
    phase = phase / np.float32(rng.uniform(24, 30))
    wave = (phase - np.floor(phase)).astype(np.float32)
    back = wave**1.6 * tone.smoothstep(1 - wave, 0.0, 0.1)
    ripple = fields.noise(shape, (3.2 * scale, 13 * scale), rng) - 0.5
    palette = tone.jitter(tone.hexes("02152e", "07406b", "12789c", "45bcc4", "c4f3ec"), rng, 0.02)
    water = tone.ramp(0.02 + 0.62 * level + 0.24 * back + 0.22 * ripple, palette)
    spray = fields.fractal(shape, 7 * scale, rng, 3)
    lace = 0.9 * spray + 1.1 * fields.noise(shape, (40 * scale, 80 * scale), rng)
    busy = tone.blur(tone.edges(level, 2.0, scale), 7 * scale)
    crest = lace + 0.3 * (level - 0.5) + 1.5 * (wave - 1) - 0.5 * busy
    foam = tone.smoothstep(crest, 0.72, 1.1) * tone.smoothstep(1 - wave, 0.0, 0.08)
    return tone.mix(water, (0.96, 1.0, 1.0), 0.92 * foam)


@look("smoke", detail=0.7)
def smoke(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Grey wisps that curl upwards out of the dark."""
    level = tone.quiet(image, scale, blur=1.5)
    shape = level.shape
    angle = fields.flow(shape, scale * rng.uniform(48, 62), rng)
    dx, dy = np.cos(angle), np.sin(angle)
    reach = np.float32(22 * scale)
    billow = fields.displace(fields.fractal(shape, 48 * scale, rng, 5), reach * dx, reach * dy)
    seen = fields.smear(level, angle, 11 * scale)
    wisp = tone.stretch(fields.smear(tone.stretch(billow), angle, 22 * scale))
    ridge = np.abs(2 * wisp - 1)
    fold = (1 - ridge) * (1 + 0.5 * ridge)
    density = 0.6 * seen + 0.4 * fold * (0.35 + seen) + 0.28 * (wisp - 0.5) - 0.08
    palette = tone.hexes("08080a", "26272b", "63656b", "abadb3", "eeeef1")
    return tone.ramp(np.clip(density, 0, 1), tone.jitter(palette, rng, 0.01))


@look("underwater", detail=0.6)
def underwater(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Blue-green depth, wavering refraction, a net of caustic light and bubbles."""
    seen = fields.wobble(image, 34 * scale, scale * rng.uniform(2.5, 4), rng)
    level = tone.quiet(seen, scale, blur=0.8)
    shape = level.shape
    x, y = fields.grid(shape)
    height = y / np.float32(shape[0])
    palette = tone.hexes("011428", "033f6a", "0a82ac", "40c0d0", "c8f7ee")
    depth = 0.66 * level + 0.28 * (1 - height) ** 1.4
    water = tone.ramp(depth, tone.jitter(palette, rng, 0.015))
    water = tone.mix(water, seen * np.array([0.45, 0.95, 1.0], np.float32), 0.22)
    rims = [
        fields.rim(fields.voronoi(shape, cell * scale, rng, 1.0)[0]) / np.float32(wide * scale)
        for cell, wide in ((rng.uniform(56, 70), 4.6), (rng.uniform(34, 42), 2.6))
    ]
    net = np.exp(-fields.wobble(np.minimum(*rims), 24 * scale, 13 * scale, rng))
    net = tone.blur(net, 1.6 * scale) * 1.15
    lit = net * (0.14 + 0.9 * level) * np.clip(fields.noise(shape, 90 * scale, rng) * 1.5, 0, 1)
    fan = (x - np.float32(rng.uniform(0.2, 0.8) * shape[1])) / (y + np.float32(0.35 * shape[0]))
    rays = fields.noise((2, 512), (2.0, 9.0), rng)
    shaft = fields.sample(rays, 256 + 90 * fan, 0 * x)
    shaft = tone.smoothstep(shaft, 0.5, 0.95) * (1 - height) * 0.5
    water = tone.screen(water, tone.glow(lit + shaft, (0.5, 0.78, 0.7)))
    labels, distance = fields.voronoi(shape, scale * rng.uniform(48, 60), rng, 1.0)
    count = int(labels.max()) + 1
    radius = scale * rng.uniform(2.5, 8, count).astype(np.float32) * (rng.random(count) < 0.45)
    own = radius.astype(np.float32)[labels]
    line = np.float32(1.2 * scale)
    ring = np.clip(1.4 - np.abs(distance - own) / line, 0, 1) * (own > 0)
    inner = 0.2 * (distance < own)
    return tone.mix(water, (0.85, 1.0, 1.0), np.clip(0.75 * ring + inner, 0, 1))
