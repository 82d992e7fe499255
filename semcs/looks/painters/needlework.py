"""Threads that are sewn, knotted or knitted: embroidery, lace, wool."""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


@look("embroidery", detail=0.45)
def embroidery(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Satin stitches: patches of parallel shiny threads that turn from patch to patch, on linen."""
    shape = image.shape[:2]
    level = tone.tones(image, blur=1.5 * scale)
    patch = fields.noise(shape, 70 * scale, rng) * 4 + tone.blur(level, 4 * scale) * 4
    patches = fields.split(patch.astype(np.int32), mask)
    stitch = _satin_stitches(patches, rng, scale)
    ink = _yarn(image, stitch, scale)
    own = rng.normal(0, 0.05, 509).astype(np.float32)[stitch.number % 509]
    end = stitch.end**2
    body = np.sqrt(np.clip(1 - 0.9 * stitch.side**2, 0, 1)) * (1 - 0.7 * ((end**2) ** 2) ** 2)
    sheen = (1 - end) ** 2 * np.clip(1 - 2.2 * np.abs(stitch.side + 0.25), 0, 1)
    edge = tone.smoothstep(fields.rim(patches), 0.0, 2.2 * scale)
    light = 0.42 + (0.7 + own) * body * (0.6 + 0.4 * edge)
    satin = np.clip((ink * 0.9 + 0.06) * light[..., None], 0, 1)
    satin = tone.screen(satin, 0.42 * sheen[..., None] * (0.35 + 0.65 * ink))
    linen = _linen(shape, rng, scale)
    seen = fields.sample(level, stitch.x, stitch.y)
    bare = (seen > rng.uniform(0.93, 0.97)).astype(np.float32)
    cast = tone.blur(1 - bare, 1.5 * scale) * bare
    return tone.mix(satin, linen * (1 - 0.45 * cast)[..., None], bare)


class _Stitches(NamedTuple):
    """Of every pixel (H, W), the stitch that it is part of.

    Attributes:
        x: Where the middle of the stitch is.
        y: Where the middle of the stitch is.
        side: Place across the thread, -1 to 1.
        end: Place along the stitch, -1 to 1.
        number: One for each stitch, though not without repeats.
    """

    x: Array
    y: Array
    side: Array
    end: Array
    number: NDArray[np.int32]


def _satin_stitches(patches: fields.Labels, rng: np.random.Generator, scale: float) -> _Stitches:
    """Parallel stitches, which have another direction in every patch."""
    x, y = fields.grid(patches.shape)
    turns = (np.arange(5) * 0.62 + rng.uniform(0, 3)).astype(np.float32)
    cosine, sine = np.cos(turns)[patches % 5], np.sin(turns)[patches % 5]
    width, length = 3.2 * scale, rng.uniform(15, 19) * scale
    across = (y * cosine - x * sine) / width
    across = across + 0.25 * (fields.noise(patches.shape, 30 * scale, rng) - 0.5)
    thread = np.floor(across)
    # Neighbouring threads begin at other places, as satin stitches do.
    stagger = rng.random(256).astype(np.float32)[thread.astype(np.int32) % 256]
    along = (x * cosine + y * sine) / length + stagger
    stitch = np.floor(along)
    back = (stitch + 0.5 - along) * length, (thread + 0.5 - across) * width
    return _Stitches(
        x=x + back[0] * cosine - back[1] * sine,
        y=y + back[0] * sine + back[1] * cosine,
        side=2 * (across - thread) - 1,
        end=2 * (along - stitch) - 1,
        number=(thread * 31 + stitch * 17).astype(np.int32),
    )


def _yarn(image: Array, stitch: _Stitches, scale: float) -> Array:
    """One colour a stitch, (H, W, 3): a reduced picture has all that is seen of the photo's."""
    step = max(1.0, 1.5 * scale)
    small = tone.reduced(image, step)
    yarn = tone.blur(tone.saturate(tone.expose(small), 1.9), 1.2 * scale / step)
    zoom_x, zoom_y = small.shape[1] / image.shape[1], small.shape[0] / image.shape[0]
    return fields.sample(yarn, (stitch.x + 0.5) * zoom_x - 0.5, (stitch.y + 0.5) * zoom_y - 0.5)


def _linen(shape: fields.Shape, rng: np.random.Generator, scale: float) -> Array:
    """Cloth of a plain weave, (H, W, 3)."""
    x, y = fields.grid(shape)
    warp, weft = (np.sin(line * (2 * np.pi / (4.5 * scale))) for line in (x[:1], y[:, :1]))
    weave = 0.5 + 0.25 * warp + 0.25 * weft
    return tone.ramp(weave, tone.jitter(tone.hexes("b3a386", "dccfb3", "f1e8d3"), rng, 0.02))


def _net(shape: fields.Shape, pitch: float, lean: float, thick: Array) -> Array:
    """A net of three directions of threads, each as thick in pixels as asked."""
    x, y = fields.grid(shape)
    net = np.zeros(shape, np.float32)
    for turn in (lean, lean + np.pi / 3, lean + 2 * np.pi / 3):
        across = (x * math.cos(turn) + y * math.sin(turn)) / pitch
        net = np.maximum(net, np.clip(thick - np.abs(across - np.round(across)) * pitch, 0, 1))
    return net


def _flowers(
    shape: fields.Shape, rng: np.random.Generator, scale: float
) -> tuple[Array, Array, Array]:
    """Flowers of lace: their cords, their bodies, and the gap that sets them off from the net."""
    cord, body, gap = (np.zeros(shape, np.uint8) for _ in range(3))
    thick, turns = max(1, round(1.9 * scale)), np.linspace(0, 2 * np.pi, 72, endpoint=False)
    for centre in fields.scatter(shape, 54 * scale, rng):
        petals, turn = int(rng.integers(5, 8)), rng.uniform(0, 6.3)
        bend = np.abs(np.cos(petals * turns / 2))
        around = np.stack([np.cos(turns + turn), np.sin(turns + turn)], 1)
        rings = [
            [(8 * (centre + scale * reach[:, None] * around)).astype(np.int32)]
            for reach in (17.5 + 6.5 * bend, 14 + 6.5 * bend)
        ]
        middle = (8 * centre).astype(int).tolist()
        cv2.fillPoly(gap, rings[0], 255, cv2.LINE_AA, 3)
        cv2.fillPoly(cord, rings[0], 0, cv2.LINE_AA, 3)
        cv2.fillPoly(body, rings[0], 0, cv2.LINE_AA, 3)
        cv2.fillPoly(body, rings[1], 255, cv2.LINE_AA, 3)
        cv2.polylines(cord, rings[1], True, 255, thick, cv2.LINE_AA, 3)
        for vein in turn + (np.arange(petals) * 2 + 1) * np.pi / petals:
            tip = centre + 13 * scale * np.array([np.cos(vein), np.sin(vein)])
            cv2.line(cord, middle, (8 * tip).astype(int).tolist(), 255, thick, cv2.LINE_AA, 3)
        cv2.circle(body, middle, int(8 * 5.5 * scale), 0, -1, cv2.LINE_AA, 3)
        cv2.circle(cord, middle, int(8 * 5.5 * scale), 0, -1, cv2.LINE_AA, 3)
        cv2.circle(cord, middle, int(8 * 5.5 * scale), 255, thick, cv2.LINE_AA, 3)
    return tone.to_floats(cord), tone.to_floats(body), tone.to_floats(gap)


@look("lace", detail=0.7)
def lace(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """White openwork: fine net and petalled flowers of thread over a darker ground."""
    grounds = tone.hexes("1a1028", "560a26", "0b2468", "2c1410", "0a3a44")
    ground = tone.jitter(grounds, rng, 0.015)[rng.integers(len(grounds))]
    level = tone.tones(image, blur=1.2 * scale)
    shape = level.shape
    # Close threads where the photo is light, an open net where it is dark.
    thick = (0.8 + 0.7 * level) * scale + 0.2
    net = _net(shape, rng.uniform(7.0, 8.0) * scale, rng.uniform(-0.3, 0.3), thick)
    cord, body, gap = _flowers(shape, rng, scale)
    x, y = fields.grid(shape)
    hatch = 0.6 + 0.25 * np.sin((x + y) * (2 * np.pi / (2.6 * scale)))
    step = max(1.0, 2 * scale)
    contour = fields.lines(tone.reduced(level, step), 1.5 * scale / step)
    contour = tone.smoothstep(tone.enlarged(contour, shape), 0.25, 0.9)
    light = 0.2 + 0.85 * level
    work = np.maximum(0.9 * net * (1 - gap), np.maximum(cord, body * hatch)) * light
    work = np.maximum(work, 0.85 * contour * (0.35 + 0.65 * level))
    under = np.clip(ground * (0.5 + 0.8 * level)[..., None], 0, 1)
    cast = np.roll(tone.blur(work, 1.2 * scale), round(1.5 * scale), (0, 1))
    under = under * (1 - 0.5 * cast)[..., None]
    return tone.mix(under, (1.0, 0.985, 0.95), np.clip(1.3 * work, 0, 1))


@look("wool", detail=0.5)
def wool(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Knitted stitches: columns of interlocking Vs of fuzzy yarn, one colour a stitch."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    wide, tall = rng.uniform(11, 13.5) * scale, rng.uniform(7.5, 9.0) * scale
    drift = (fields.noise(shape, 44 * scale, rng) - 0.5) * 4 * scale
    u, v = (x + drift) / wide, (y + drift) / tall
    across = u - np.floor(u) - 0.5
    row = v + 0.9 * np.abs(across)
    strand = row - np.floor(row)
    cx, cy = (np.floor(u) + 0.5) * wide, (np.floor(row) + 0.2) * tall
    dyed = tone.blur(tone.saturate(tone.expose(image), 1.9), 2.0 * scale)
    stitch = np.clip(fields.sample(dyed, cx, cy) * 0.78 + 0.18, 0, 1)
    middle = np.exp(-((across / 0.07) ** 2))
    side = np.exp(-(((np.abs(across) - 0.5) / 0.07) ** 2))
    roundness = np.sin(np.pi * strand) * (1 - 0.55 * middle - 0.5 * side)
    ply = 0.5 + 0.5 * np.sin(2 * np.pi * (strand + np.abs(across) * 5))
    fuzz = fields.grain(shape, rng, 0.7 * scale)
    light = 0.36 + 0.78 * roundness + 0.14 * ply + 0.08 * fuzz
    return np.clip(stitch * light[..., None] * 1.12, 0, 1)
