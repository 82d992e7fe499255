"""Cameras and film: black and white, bokeh lights, sepia, thermal camera, x-ray."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("black and white", detail=0.2)
def black_and_white(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Contrasty silver print with film grain."""
    level = 0.5 * (tone.quiet(image, scale) + tone.tones(image, span=0.6))
    contrast = np.clip((tone.smoothstep(level, 0.0, 1.0) - 0.5) * rng.uniform(1.0, 1.2) + 0.5, 0, 1)
    film = fields.grain(level.shape, rng, 0.7 * scale)
    return tone.grey(contrast + 0.07 * film * np.sqrt(contrast * (1 - contrast)) + 0.01 * film)


@look("bokeh lights", detail=0.9)
def bokeh_lights(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Large soft out-of-focus discs of light over a dark blur."""
    level = tone.quiet(image, scale, blur=1.2)
    shape = level.shape
    soft = tone.blur(tone.expose(image), 4 * scale)
    dark = tone.ramp(0.75 * level, tone.hexes("05030a", "241222", "5c3430", "94603c"))
    scene = tone.mix(soft * 0.62, dark, 0.4)
    kinds = tone.hexes("ffb93e", "ffd778", "ff7a26", "ff5580", "4aa6ff", "ffeec4")
    kinds = kinds[rng.permutation(len(kinds))[: rng.integers(3, 5)]]
    calm = 1 - 2 * tone.blur(tone.edges(level, 2.0, scale), 14 * scale)
    wanted = 0.45 * level + 0.55 * calm
    for cell, size in ((104.0, 36.0), (70.0, 24.0), (50.0, 13.0)):
        points = fields.scatter(shape, cell * scale, rng)
        points = points[fields.pick(wanted, points) + 0.6 * rng.random(len(points)) > 0.95]
        glowing = np.zeros(image.shape, np.uint8)
        for point, bright in zip(points, fields.pick(level, points).tolist()):
            ink = kinds[rng.integers(len(kinds))] * (0.34 + 0.5 * bright) * 255
            spot, radius = (point * 8).astype(int).tolist(), size * scale * rng.uniform(0.7, 1.1)
            cv2.circle(glowing, spot, round(8 * radius), ink.tolist(), -1, cv2.LINE_AA, 3)
            inner = round(8 * (radius - max(1.0, 1.6 * scale)))
            cv2.circle(glowing, spot, inner, (ink * 0.68).tolist(), -1, cv2.LINE_AA, 3)
        scene = tone.screen(scene, tone.to_floats(glowing))
    return scene


@look("sepia", detail=0.2)
def sepia(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Old brown photograph: faded tones, vignette, dust and scratches."""
    level = 0.5 * (tone.quiet(image, scale) + tone.tones(image, span=0.6))
    shape = level.shape
    brown = tone.ramp(
        level * 0.92 + 0.04,
        tone.jitter(tone.hexes("2a1709", "6e4a28", "b08a58", "dcc396", "f5e8cb"), rng, 0.015),
    )
    x, y = fields.grid(shape)
    away = (x / shape[1] - 0.5) ** 2 + (y / shape[0] - 0.5) ** 2
    aged = brown * (1.08 - 0.6 * away * rng.uniform(0.6, 1.5))[..., None]
    _, dust = fields.voronoi(shape, 40 * scale, rng, 1.0)
    aged = tone.mix(aged, (0.97, 0.92, 0.8), np.clip(1.2 - dust / scale, 0, 1) * 0.7)
    scratch = tone.smoothstep(fields.noise(shape, (170 * scale, 1.6 * scale), rng), 0.97, 1.05)
    aged = tone.mix(aged, (0.97, 0.92, 0.8), 0.5 * scratch)
    return aged + 0.025 * fields.grain(shape, rng, 0.7 * scale)[..., None]


_HEAT = tone.hexes("05020f", "14107a", "5a12a8", "c21a6b", "f0501e", "fbb21a", "fff46a", "ffffff")


@look("thermal camera", detail=0.3)
def thermal_camera(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Heat map of an infrared camera, from black and blue to red, yellow and white."""
    shape = image.shape[:2]
    level = tone.quiet(image, scale, blur=rng.uniform(1.2, 1.8))
    warmth = tone.soft(image[..., 0] - image[..., 2], 4 * scale)
    drift = 0.1 * (fields.noise(shape, 150 * scale, rng) - 0.5)
    heat = 0.04 + 0.88 * tone.equalised(np.clip(level + 0.3 * warmth, 0, 1), 0.5) + drift
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
    # The picture's frame is taken for air, which is dark on film.
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
