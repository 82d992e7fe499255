"""Skies: aurora, blue hour, dawn, galaxy, night, rainbow, sunny day, sunset."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("aurora", detail=0.8)
def aurora(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Green and violet curtains of northern light hanging over a dark land."""
    level = tone.quiet(image, scale, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    x, y = x / np.float32(shape[1]), y / np.float32(shape[0])
    night = tone.hexes("01040c", "061628", "0f3046", "2c6070", "66a3a2")
    land = tone.ramp(0.04 + 0.82 * level**1.15, tone.jitter(night, rng, 0.01))
    colours = tone.jitter(tone.hexes("b8ffd0", "34ff92", "12c878", "5a38b8", "a82fd8"), rng, 0.02)
    stops = (0.0, 0.05, 0.3, 0.62, 1.0)
    fade = np.exp(-1.7 * np.array(stops, np.float32))
    sky = np.zeros_like(image)
    row = (1, shape[1])
    for base in rng.permutation((0.42, 0.66, 0.9))[: rng.integers(2, 4)].tolist():
        sway = 0.5 * fields.noise(row, (1.0, 130 * scale), rng)
        sway += 0.1 * fields.noise(row, (1.0, 34 * scale), rng)
        hem = np.float32(base - 0.3 + 0.06 * rng.normal()) + sway + 0.12 * (x - 0.5)
        up = (hem - y + 0.03 * level) / np.float32(rng.uniform(0.42, 0.6))
        rays = fields.noise(row, (1.0, 6 * scale), rng) * fields.noise(row, (1.0, 44 * scale), rng)
        light = tone.smoothstep(up, -0.04, 0.07) * (0.4 + 1.5 * rays) * (0.42 + 0.75 * level)
        curtain = tone.ramp(up / 1.5, colours * fade[:, None], stops)
        sky += curtain * (1.1 * light)[..., None]
    stars = fields.starlight(shape, 14 * scale, rng, 0.75 * scale) * (1 - y)
    return tone.screen(tone.screen(land, sky), 0.9 * tone.grey(stars))


_WINDOW = np.array([[-0.65, -1], [0.65, -1], [0.65, 1], [-0.65, 1]], np.float32)


@look("blue hour", detail=0.6)
def blue_hour(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Deep even blue twilight with a few warm windows and lamps."""
    level = tone.quiet(image, scale, blur=0.7)
    shape = level.shape
    _, y = fields.grid(shape)
    height = y / np.float32(shape[0])
    blue = tone.jitter(tone.hexes("060c33", "12246b", "2347a8", "4276d6", "a3c4f6"), rng, 0.012)
    scene = tone.ramp(0.04 + 0.78 * level + 0.12 * height, blue)
    scene = tone.mix(scene, (0.62, 0.52, 0.86), 0.34 * height**2 * level)
    points = fields.scatter(shape, scale * rng.uniform(26, 31), rng)
    wanted = 0.8 * fields.pick(tone.edges(level, 2.0, scale), points)
    wanted = wanted + 0.6 * points[:, 1] / shape[0] - 0.5 * fields.pick(level, points)
    order = np.argsort(-wanted - 0.4 * rng.random(len(points)))
    points = points[order[: max(len(points) // 6, 4)]]
    count = len(points)
    amber = tone.hexes("ffb040", "ffd27a", "ff9228")[rng.integers(0, 3, count)]
    sizes = scale * (2.2 + 4.0 * rng.random(count) ** 2)
    lamps = np.zeros_like(image)
    lamps = fields.collage(lamps, ((_WINDOW, amber),), points, np.zeros(count), sizes)
    halo = 1.5 * tone.blur(lamps, 5 * scale) + 2.6 * tone.blur(lamps, 18 * scale)
    warm = tone.glow(np.minimum(halo, 0.8), (1.0, 0.9, 0.8))
    return tone.screen(tone.screen(scene, warm), tone.mix(lamps, lamps**0.5, 0.5))


@look("dawn", detail=0.5)
def dawn(image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None) -> Array:
    """Pink, lilac and peach morning light in thin mist, no hard shadow."""
    level = tone.quiet(image, scale, blur=0.9)
    shape = level.shape
    x, y = fields.grid(shape)
    height = y / np.float32(shape[0])
    height = height + 0.1 * (fields.noise(shape, (26 * scale, 170 * scale), rng) - 0.5)
    sky = tone.hexes("9b9ce6", "cfa9e4", "f8b6cb", "ffc79f", "ffe6b8")
    light = tone.ramp(height, tone.jitter(sky, rng, 0.015))
    ground = tone.ramp(height, tone.hexes("3f3f7c", "65508e", "8f6292"))
    scene = tone.mix(ground, light, tone.smoothstep(level, -0.05, 0.85))
    bank = fields.noise(shape, (30 * scale, 200 * scale), rng)
    mist = tone.smoothstep(bank + 0.3 * (height - 0.5), 0.5, 1.05)
    scene = tone.mix(scene, tone.mix(light, 1.0, 0.35), 0.5 * mist)
    cx, cy = fields.clear_spot(level, rng, (0.12, 0.88), (0.5, 0.78), mask)
    size = scale * rng.uniform(18, 25)
    away = cv2.magnitude(x - np.float32(cx), y - np.float32(cy)) / np.float32(size)
    disc = tone.smoothstep(1 - away, -2 / size, 2 / size)
    sun = 0.6 * np.exp(-((away / 3) ** 2)) + 0.25 * np.exp(-away / 7) + 0.5 * disc
    return tone.mix(
        scene, (1.0, 0.92, 0.78), np.clip(sun, 0, 1) * np.maximum(0.35 + 0.6 * level, 0.8 * disc)
    )


@look("galaxy", detail=0.7)
def galaxy(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Violet, blue and pink nebulae in black space, dusted with stars."""
    level = tone.quiet(image, scale, blur=1.2)
    shape = level.shape
    angle = fields.flow(shape, 110 * scale, rng)
    dx, dy = np.cos(angle), np.sin(angle)
    reach = np.float32(36 * scale)
    gas = fields.displace(fields.fractal(shape, 90 * scale, rng, 5), reach * dx, reach * dy)
    tint = tone.stretch(fields.noise(shape, 110 * scale, rng) + 0.25 * gas)
    density = np.clip(0.8 * level + 0.62 * gas - 0.32, 0, 1)
    pink = tone.ramp(density, tone.hexes("02020a", "2a0b4d", "8a1f8f", "f05fa8", "ffe3d0"))
    blue = tone.ramp(density, tone.hexes("02020a", "0a1550", "2350c0", "55b8f5", "e8fbff"))
    space = tone.mix(pink, blue, tone.smoothstep(tint, 0.3, 0.7))
    dust = fields.starlight(shape, 9 * scale, rng, 0.65 * scale)
    labels, away = fields.voronoi(shape, scale * rng.uniform(58, 76), rng, 1.0)
    size = scale * rng.uniform(0, 2.4, int(labels.max()) + 1).astype(np.float32)[labels]
    away = away / np.maximum(size, np.float32(0.4 * scale))
    halo = np.exp(-away / 3)
    light = 0.8 * dust + halo * halo * halo + 0.25 * halo
    return tone.screen(space, tone.grey(np.clip(light, 0, 1)))


@look("night", detail=0.7)
def night(image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None) -> Array:
    """Moonlit darkness: deep blue-black, faint cold light, grain and small stars."""
    level = tone.quiet(image, scale, blur=0.8)
    shape = level.shape
    x, y = fields.grid(shape)
    blue = tone.jitter(tone.hexes("01030a", "0a1534", "1c3263", "44649c", "a9c0e6"), rng, 0.01)
    cx, cy = fields.clear_spot(level, rng, (0.1, 0.9), (0.08, 0.28), mask)
    size = scale * rng.uniform(17, 23)
    away = cv2.magnitude(x - np.float32(cx), y - np.float32(cy)) / np.float32(size)
    shine = np.exp(-away / 3.2)
    scene = tone.ramp((0.05 + 0.86 * level**1.2) * (0.82 + 0.55 * shine), blue)
    calm = np.clip(1 - 1.6 * tone.edges(level, 2.0, scale), 0, 1)
    open_sky = tone.blur(calm * tone.smoothstep(1 - y / shape[0], 0.1, 0.7), 4 * scale)
    stars = fields.starlight(shape, 13 * scale, rng, 0.75 * scale)
    sparks = fields.starlight(shape, 46 * scale, rng, 1.4 * scale)
    bright = 0.5 if fields.has_sky(mask) else 0.75  # more where there is no sky
    light = tone.glow(bright * shine * (0.35 + 0.65 * level), (0.5, 0.66, 1.0))
    light += tone.glow((stars + sparks) * open_sky, (0.86, 0.92, 1.0))
    scene = tone.screen(scene, light)
    maria = 0.8 + 0.2 * tone.stretch(fields.noise(shape, 9 * scale, rng))
    disc = tone.smoothstep(1 - away, -1 / size, 1 / size)
    scene = tone.mix(scene, tone.glow(maria, (0.98, 0.97, 0.9)), disc)
    return scene + 0.012 * fields.grain(shape, rng, 0.7 * scale)[..., None]


@look("rainbow", detail=0.4)
def rainbow(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """The bands of the spectrum arching across a bright, washed sky after rain."""
    level = tone.quiet(image, scale, blur=0.8)
    shape = level.shape
    x, y = fields.grid(shape)
    bright = tone.saturate(tone.expose(image) * 0.85 + 0.12, 1.5)
    sky = tone.ramp(0.1 + 0.9 * level, tone.hexes("2f5a78", "7fb4d8", "c4e2f4", "ffffff"))
    scene = tone.mix(bright, sky, 0.55 * (1 - 0.5 * y / np.float32(shape[0])))
    size = min(shape)
    cx, cy = rng.uniform(0.25, 0.75) * shape[1], rng.uniform(0.9, 1.15) * shape[0]
    radius, width = rng.uniform(0.66, 0.85) * size, rng.uniform(0.2, 0.28) * size
    spectrum = tone.hexes("8a2be2", "4a3cf0", "1fa0ff", "25d060", "ffee20", "ff9015", "f02028")
    away = cv2.magnitude(x - np.float32(cx), y - np.float32(cy))
    for reach, strength, order in ((radius, 0.78, 1), (radius + 1.9 * width, 0.36, -1)):
        across = (away - np.float32(reach)) / np.float32(width) + np.float32(0.5)
        band = tone.smoothstep(0.5 - np.abs(across - 0.5), -0.06, 0.1)
        arch = tone.ramp(across, spectrum[::order])
        scene = tone.mix(scene, tone.shade(arch, 0.9 * (level - 0.45)), strength * band)
    return tone.shade(scene, 0.12 * tone.relief(level, 0.8, 1.0, scale))


@look("sunny day", detail=0.4)
def sunny_day(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Hard bright sun: saturated sky blue and green, warm lights, crisp shadows, a sunburst."""
    level = tone.quiet(image, scale, blur=0.6)
    shape = level.shape
    x, y = fields.grid(shape)
    height = y / np.float32(shape[0]) + 0.3 * (fields.noise(shape, 120 * scale, rng) - 0.5)
    summer = tone.hexes("1f86f5", "3ba4ff", "8ad24a", "5cb82a")
    tint = tone.ramp(height, tone.jitter(summer, rng, 0.02), (0.0, 0.5, 0.66, 1.0))
    hard = 0.12 + 0.88 * tone.smoothstep(level, -0.05, 1.05)
    painted = tone.mix(tint * (hard / 0.7)[..., None], (1.0, 0.98, 0.84), hard**6 * 0.7)
    lit = tone.saturate(tone.expose(image, amount=1.0), 2.0) * (0.6 + 0.6 * hard)[..., None]
    chroma = tone.blur(cv2.cvtColor(image, cv2.COLOR_RGB2HSV)[..., 1] * level, 6 * scale)
    least = 0.42 if fields.has_sky(mask) else 0.75  # no sky, more of its own colour
    own = least + (0.92 - least) * tone.smoothstep(chroma, 0.1, 0.4)
    scene = tone.mix(painted, lit, own)
    warm = np.array([[[0.62, 0.74, 1.15]], [[1.05, 1.0, 0.9]]], np.float32)
    scene = scene * tone.ramp(tone.smoothstep(hard, 0, 0.35), warm[:, 0])
    cx, cy = fields.clear_spot(level, rng, (0.08, 0.92), (0.06, 0.24), mask)
    dx, dy = x - np.float32(cx), y - np.float32(cy)
    size = scale * rng.uniform(19, 25)
    away, turn = cv2.magnitude(dx, dy) / np.float32(size), cv2.phase(dx, dy)
    count = int(rng.integers(5, 8))
    star = np.maximum(np.cos(count * turn + np.float32(rng.uniform(0, 6))), 0)
    star = star * star * star
    star = star * star
    sun = tone.smoothstep(1 - away, -0.12, 0.12) + 0.55 * np.exp(-away / 1.6)
    sun = sun + 0.6 * star * np.exp(-away / 3) + 0.3 * np.exp(-away / 9)
    return tone.mix(np.clip(scene, 0, 1), (1.0, 0.96, 0.72), np.clip(sun, 0, 1))


@look("sunset", detail=0.5)
def sunset(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Violet to orange sky with a low sun behind dark silhouettes."""
    level = tone.quiet(image, scale, blur=1.0)
    shape = level.shape
    x, y = fields.grid(shape)
    height = y / np.float32(shape[0])
    band = fields.noise(shape, (16 * scale, 150 * scale), rng) - 0.5
    palette = tone.hexes("3a2068", "8a2d7c", "e0506a", "ff8a3c", "ffc85a")
    sky = tone.ramp(height + 0.13 * band, tone.jitter(palette, rng, 0.02))
    cx, cy = fields.clear_spot(level, rng, (0.12, 0.88), (0.45, 0.8), mask)
    size = scale * rng.uniform(22, 30)
    away = cv2.magnitude(x - np.float32(cx), y - np.float32(cy)) / np.float32(size)
    glow = 0.75 * np.exp(-((away / 3.6) ** 2)) + 0.25 * np.exp(-away / 6)
    lit = tone.screen(sky, tone.glow(glow, (0.8, 0.5, 0.16)))
    streak = tone.smoothstep(band, 0.12, 0.4) * tone.smoothstep(height, 0.1, 0.5)
    lit = tone.mix(lit, (0.55, 0.16, 0.36), 0.4 * streak * (1 - 0.7 * np.minimum(glow, 1)))
    disc = tone.smoothstep(1 - away, -1.2 / size, 1.2 / size)
    lit = tone.mix(lit, (1.0, 0.95, 0.7), 0.95 * disc)
    contrast = np.maximum(tone.smoothstep(level, 0.06, 0.66), 0.85 * disc)
    dark = tone.mix(tone.fill(image, (0.13, 0.04, 0.15)), lit, 0.2)
    shine = np.maximum(0.72 + 0.35 * level, disc)
    return tone.mix(dark, lit * shine[..., None], contrast)
