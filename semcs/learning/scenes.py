"""Pictures made by code that are like photos to a network: shaded things that hide each other.

Shapes of all sizes that cover each other in random order ("dead leaves") have the statistics of
edges, flat parts and contrasts of natural images (Lee, Mumford & Huang 2001). Here they have
shading, texture and a ground, so that a style that is learned on them has met skies and stones.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Array = NDArray[np.float32]

SMALLEST, LARGEST = 0.06, 1.2  # of a shape, as shares of the side
FEWEST, MOST = 15, 60  # shapes in a scene
EMPTY_TOP = 0.4  # share of scenes whose upper part stays free, as skies and walls do
SURFACES = 6  # of a scene; its things are made of them
CORNERS = 24  # of a round shape


def scene(rng: np.random.Generator, side: int) -> Array:
    """A square picture of things, (side, side, 3) RGB in [0, 1]."""
    palette = _palette(rng)
    picture = _ground(rng, side, palette)
    surfaces = [_surface(rng, side) for _ in range(SURFACES)]
    top = rng.uniform(0.2, 0.6) * side if rng.random() < EMPTY_TOP else 0.0
    sizes = np.sort(_sizes(rng, int(rng.integers(FEWEST, MOST))))[::-1]  # large ones lie behind
    for size in sizes:
        mask = _shape(rng, side, rng.uniform((0, top), (side, side)), size * side)[..., None]
        colour = palette[rng.integers(len(palette))]
        light = surfaces[rng.integers(SURFACES)] * rng.uniform(0.8, 1.2)
        picture += mask * (colour * light[..., None] - picture)
    grain = rng.normal(0, rng.uniform(0, 0.015), (side, side, 1)).astype(np.float32)
    return np.clip(picture + grain, 0, 1)


def _palette(rng: np.random.Generator) -> Array:
    """A few colours (n, 3) that occur together: shades of two or three hues, most of them dull."""
    count = int(rng.integers(4, 9))
    hues = rng.choice(rng.uniform(0, 1, 3), count) + rng.normal(0, 0.03, count)
    saturations, lightness = rng.beta(1.2, 4.0, count), rng.uniform(0.08, 0.97, count)
    around = 2 * np.pi * (hues[:, None] + np.array([0, 1 / 3, 2 / 3]))
    colours = lightness[:, None] * (1 - saturations[:, None] * (0.5 - 0.5 * np.cos(around)))
    return np.asarray(colours, np.float32)


def _ground(rng: np.random.Generator, side: int, palette: Array) -> Array:
    """A gradient from one colour to another, with clouds."""
    first, last = palette[rng.choice(len(palette), 2, replace=False)]
    way = _slope(rng, side) + rng.uniform(0, 0.4) * _clouds(rng, side, 2.0)
    return first + np.clip(way, 0, 1)[..., None] * (last - first)


def _surface(rng: np.random.Generator, side: int) -> Array:
    """By what a colour is multiplied, (side, side): light from one side, and mostly a texture."""
    light = 1 + rng.uniform(0.3, 1.2) * (_slope(rng, side) - 0.5)
    if rng.random() < 0.6:
        light = light + rng.uniform(0.03, 0.3) * _texture(rng, side)
    return np.asarray(light.clip(0), np.float32)


def _texture(rng: np.random.Generator, side: int) -> Array:
    """Clouds of some roughness, or stripes that waver."""
    if rng.random() < 0.7:
        return _clouds(rng, side, rng.uniform(0.4, 1.6))
    waves = 2 * np.pi * rng.uniform(8, 60) * _slope(rng, side)
    return np.asarray(np.sin(waves + 2 * _clouds(rng, side, 2.0)), np.float32)


def _slope(rng: np.random.Generator, side: int) -> Array:
    """A plane (side, side) that rises from 0 to 1 in some direction."""
    across, down = np.meshgrid(*2 * [np.linspace(-0.5, 0.5, side, dtype=np.float32)])
    angle = rng.uniform(0, 2 * np.pi)
    plane = np.cos(angle) * across + np.sin(angle) * down
    return np.asarray((plane - plane.min()) / np.ptp(plane), np.float32)


def _clouds(rng: np.random.Generator, side: int, fall: float) -> Array:
    """Noise (side, side) of unit deviation, whose amplitudes fall as 1 / frequency^fall."""
    rows, columns = np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None]
    frequency = np.maximum(np.hypot(rows, columns), 1 / side)
    spectrum = np.fft.rfft2(rng.normal(size=(side, side))) / frequency**fall
    spectrum[0, 0] = 0
    noise = np.fft.irfft2(spectrum, (side, side))
    return np.asarray(noise / noise.std(), np.float32)


def _sizes(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Sizes whose number falls with their third power, as those of things at all distances do."""
    least, most = SMALLEST**-2, LARGEST**-2
    return (least + rng.random(count) * (most - least)) ** -0.5


def _shape(rng: np.random.Generator, side: int, centre: NDArray[np.float64], size: float) -> Array:
    """The soft mask (side, side) of an ellipse, a box, a leaf or something lumpy."""
    count = int(rng.choice([3, 4, 4, CORNERS, CORNERS, CORNERS]))
    turns = np.linspace(0, 2 * np.pi, count, endpoint=False)
    lumps = 1 + rng.uniform(0, 0.35) * np.sin(turns * rng.integers(2, 6) + rng.uniform(0, 6))
    points = lumps[:, None] * np.stack([np.cos(turns), np.sin(turns)], 1)
    points[:, 1] *= rng.uniform(0.25, 1.0)
    angle = rng.uniform(0, np.pi)
    turned = points @ [[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]
    mask = Image.new("L", (side, side))
    corners = [(float(x), float(y)) for x, y in centre + size / 2 * turned]
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    blurred = mask.filter(ImageFilter.GaussianBlur(float(rng.choice([0.7, 0.7, 1.5, 4.0]))))
    return np.asarray(blurred, np.float32) / np.float32(255)
