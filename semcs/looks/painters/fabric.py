"""Threads and paper: knitting, embroidery, denim, cut paper."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks import fields, tone
from semcs.looks.registry import Array, look


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


@look("embroidery", detail=0.45)
def embroidery(
    image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None
) -> Array:
    """Satin stitches: patches of parallel shiny threads that turn from patch to patch, on linen."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    level = tone.tones(image, blur=1.5 * scale)
    patch = fields.noise(shape, 70 * scale, rng) * 4 + tone.blur(level, 4 * scale) * 4
    patches = fields.split(patch.astype(np.int32), mask)
    turns = (np.arange(5) * 0.62 + rng.uniform(0, 3)).astype(np.float32)
    cosine, sine = np.cos(turns)[patches % 5], np.sin(turns)[patches % 5]
    width, length = 3.2 * scale, rng.uniform(15, 19) * scale
    across = (y * cosine - x * sine) / width
    across = across + 0.25 * (fields.noise(shape, 30 * scale, rng) - 0.5)
    thread = np.floor(across)
    # Neighbouring threads begin at other places, as satin stitches do.
    stagger = rng.random(256).astype(np.float32)[thread.astype(np.int32) % 256]
    along = (x * cosine + y * sine) / length + stagger
    stitch = np.floor(along)
    back = (stitch + 0.5 - along) * length, (thread + 0.5 - across) * width
    cx, cy = x + back[0] * cosine - back[1] * sine, y + back[0] * sine + back[1] * cosine
    # One colour a stitch: a reduced picture has all that is seen of the photo's.
    step = max(1.0, 1.5 * scale)
    small = tone.reduced(image, step)
    yarn = tone.blur(tone.saturate(tone.expose(small), 1.9), 1.2 * scale / step)
    zoom_x, zoom_y = small.shape[1] / shape[1], small.shape[0] / shape[0]
    ink = fields.sample(yarn, (cx + 0.5) * zoom_x - 0.5, (cy + 0.5) * zoom_y - 0.5)
    own = rng.normal(0, 0.05, 509).astype(np.float32)[
        (thread * 31 + stitch * 17).astype(np.int32) % 509
    ]
    side, end = 2 * (across - thread) - 1, (2 * (along - stitch) - 1) ** 2
    body = np.sqrt(np.clip(1 - 0.9 * side**2, 0, 1)) * (1 - 0.7 * ((end**2) ** 2) ** 2)
    sheen = (1 - end) ** 2 * np.clip(1 - 2.2 * np.abs(side + 0.25), 0, 1)
    edge = tone.smoothstep(fields.rim(patches), 0.0, 2.2 * scale)
    light = 0.42 + (0.7 + own) * body * (0.6 + 0.4 * edge)
    satin = np.clip((ink * 0.9 + 0.06) * light[..., None], 0, 1)
    satin = tone.screen(satin, 0.42 * sheen[..., None] * (0.35 + 0.65 * ink))
    warp, weft = (np.sin(line * (2 * np.pi / (4.5 * scale))) for line in (x[:1], y[:, :1]))
    weave = 0.5 + 0.25 * warp + 0.25 * weft
    linen = tone.ramp(weave, tone.jitter(tone.hexes("b3a386", "dccfb3", "f1e8d3"), rng, 0.02))
    bare = (fields.sample(level, cx, cy) > rng.uniform(0.93, 0.97)).astype(np.float32)
    cast = tone.blur(1 - bare, 1.5 * scale) * bare
    return tone.mix(satin, linen * (1 - 0.45 * cast)[..., None], bare)


@look("denim", detail=0.5)
def denim(image: Array, rng: np.random.Generator, scale: float, mask: Array | None = None) -> Array:
    """Indigo twill: diagonal ribs, pale worn threads, two rows of orange topstitching."""
    level = tone.tones(image, blur=1.0 * scale)
    shape = level.shape
    x, y = fields.grid(shape)
    sign = 1 if rng.random() < 0.5 else -1
    phase = (x + sign * y) / (rng.uniform(5.0, 6.4) * scale)
    shaken = fields.noise(shape, 20 * scale, rng)
    rib = 0.5 + 0.5 * np.sin(2 * np.pi * phase + 2 * shaken)
    warp = fields.noise(shape, (22 * scale, 1.6 * scale), rng) - 0.5
    weft = fields.noise(shape, (1.6 * scale, 9 * scale), rng) - 0.5
    depth = fields.inset(shape, mask)
    seams = [7 * scale, 14 * scale]
    # Cloth wears pale on the ridge that a seam raises, and stays dark beside it.
    ridge = np.exp(-(((depth - 10.5 * scale) / (7 * scale)) ** 2))
    crease = np.exp(-(((depth - 18 * scale) / (1.6 * scale)) ** 2))
    puckered = 0.5 + 0.5 * fields.noise(shape, 8 * scale, rng)
    fade = 0.64 * level + 0.2 * fields.fractal(shape, 60 * scale, rng)
    fade = fade + 0.16 * rib + 0.3 * warp + 0.14 * weft - 0.06
    fade = fade + 0.14 * ridge * puckered - 0.25 * crease
    indigo = tone.hexes("0b1530", "1b3568", "3f66a0", "86a8d0", "e2ecf3")
    cloth = tone.ramp(fade, tone.jitter(indigo, rng, 0.02))
    for seam in seams:
        thread = fields.stitches(depth, seam, 7 * scale, 3.5 * scale, 1.8 * scale)
        cast = np.roll(tone.blur(thread, 1.2 * scale), round(scale), (0, 1))
        cloth = cloth * (1 - 0.7 * cast)[..., None]
        cloth = tone.mix(cloth, (0.93, 0.58, 0.2), 0.95 * thread)
    return np.asarray(cloth, np.float32)


_SHEETS = (
    ("1c3440", "26606a", "2a9d8f", "e9c46a", "f4a261", "fdf0d5"),
    ("2e2044", "5d3f78", "a0609c", "e07a9a", "f6bd60", "fff1e0"),
    ("14263f", "2a5078", "5a95b8", "a8dadc", "f28482", "f8edeb"),
)


@look("paper cut", detail=0.35)
def paper_cut(image: Array, rng: np.random.Generator, scale: float) -> Array:
    """Stacked sheets of coloured paper, each edge casting a soft shadow."""
    sheets = tone.jitter(tone.hexes(*_SHEETS[rng.integers(len(_SHEETS))]), rng, 0.03)
    # Scissors round everything off: the cuts are found on a reduced picture.
    step = max(1.0, 2 * scale)
    unit = scale / step
    small = fields.kuwahara(tone.reduced(image, step), max(2, round(6 * unit)))
    small = fields.wobble(tone.tones(small, blur=3.1 * unit), 14 * unit, 1.2 * unit, rng)
    small = small + 0.4 * (small - tone.blur(small, 22 * unit))
    # Ranks share the sheets out evenly, so that dark and light pictures show their form too.
    ranks = np.searchsorted(np.sort(small, axis=None), small).astype(np.float32) / small.size
    small = np.where(np.ptp(small) > 0.02, 0.6 * small + 0.4 * ranks, small)
    level = tone.blur(tone.enlarged(small, image.shape), 1.2 * scale)
    # Scissors cut as sharply where the tone changes slowly as where it does so at once.
    gx, gy = (cv2.Sobel(level, cv2.CV_32F, *way, scale=1 / 8) for way in ((1, 0), (0, 1)))
    slope = np.maximum(1.2 * cv2.magnitude(gx, gy), np.float32(1e-4))
    made = np.broadcast_to(sheets[0], image.shape)
    angle, drop = rng.uniform(0.5, 1.1), rng.uniform(3.5, 5.0) * scale
    down, right = round(drop * np.sin(angle)), round(drop * np.cos(angle))
    thickness = max(1, round(scale))
    for index in range(1, len(sheets)):
        cut = index / len(sheets)
        sheet = np.clip((level - cut) / slope + 0.5, 0, 1)
        made = made * (1 - 0.55 * tone.blur(_moved(sheet, down, right), 2.4 * scale))[..., None]
        lip = np.clip(sheet - _moved(sheet, thickness, thickness), 0, 1)
        made = tone.mix(made, np.clip(sheets[index] + 0.14 * lip[..., None], 0, 1), sheet)
    fibre = fields.grain(level.shape, rng, 0.9 * scale)
    return np.asarray(made * (1 + 0.025 * fibre)[..., None], np.float32)


def _moved(sheet: Array, down: int, right: int) -> Array:
    """The sheet moved by whole pixels; what enters at the top and left is its own edge."""
    height, width = sheet.shape
    padded = cv2.copyMakeBorder(sheet, down, 0, right, 0, cv2.BORDER_REPLICATE)
    return np.asarray(padded[:height, :width])
