"""Modern movements: from Munch and Matisse to Mondrian, Kandinsky, Klimt and Pollock."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.training.renderers import fields, tone
from semcs.training.renderers.registry import Array, renderer


@renderer("expressionism")
def expressionism(image: Array, rng: np.random.Generator) -> Array:
    """Long wavy bands of orange sky over dark blue, after Munch's Scream."""
    shape = image.shape[:2]
    x, y = fields.grid(shape)
    bend = (fields.noise(shape, (34.0, 60.0), rng) - 0.5) * 60 + 5 * np.sin(x / rng.uniform(8, 13))
    height = y + bend
    gx, gy = cv2.Sobel(height, cv2.CV_32F, 1, 0), cv2.Sobel(height, cv2.CV_32F, 0, 1)
    angle = np.arctan2(gx, -gy)
    level = fields.smear(tone.tones(image, blur=1.0), angle, 9)
    band = 0.5 + 0.5 * np.sin(height * 2 * np.pi / rng.uniform(9, 13))
    fine = fields.streaks(angle, 22, rng, 3.0)
    palette = tone.jitter(
        tone.hexes("0c1326", "1e3a5c", "4d6b50", "b5501e", "ee7b22", "f8c75a"), rng
    )
    return tone.ramp(0.72 * level + 0.24 * band + 0.07 * fine + 0.02, palette)


@renderer("fauvism")
def fauvism(image: Array, rng: np.random.Generator) -> Array:
    """Broad flat patches of wild unnatural colour with blue contours, after Matisse."""
    shape = image.shape[:2]
    level = tone.tones(image, blur=1.5)
    smooth = fields.kuwahara(image, 8)
    wheel = tone.hexes("14307a", "0f7a5a", "c2185b", "e8452c", "ff8f1f", "ffd23f", "f7a8b8")
    drift = 0.35 * (tone.stretch(fields.noise(shape, 34, rng)) - 0.5)
    wild = tone.steps(np.clip(level + drift, 0, 0.999), tone.jitter(wheel, rng, 0.04))
    painted = tone.mix(wild, tone.saturate(smooth, 3.0), 0.22)
    angle = fields.tangent(level, 6) + 0.5
    strokes = fields.streaks(angle, 8, rng, 3.5)
    painted = fields.smear(painted, angle, 3) * (1 + 0.08 * strokes)[..., None]
    contour = tone.smoothstep(fields.lines(level, 2.0), 0.25, 0.7)
    return tone.mix(painted, (0.07, 0.1, 0.35), 0.9 * contour)


@renderer("mondrian")
def mondrian(image: Array, rng: np.random.Generator) -> Array:
    """Rectangles in red, blue, yellow and white between thick black bars."""
    shape = image.shape[:2]
    boxes = [(0, 0, shape[0], shape[1])]
    least = int(rng.integers(9, 13))
    final = []
    while boxes:
        top, left, tall, wide = boxes.pop()
        if max(tall, wide) < 2.2 * least or (max(tall, wide) < 40 and rng.random() < 0.18):
            final.append((top, left, tall, wide))
            continue
        part = rng.uniform(0.3, 0.7)
        if tall >= wide:
            cut = int(tall * part)
            boxes += [(top, left, cut, wide), (top + cut, left, tall - cut, wide)]
        else:
            cut = int(wide * part)
            boxes += [(top, left, tall, cut), (top, left + cut, tall, wide - cut)]
    level = tone.tones(image)
    inks = tone.jitter(tone.hexes("1a2f8f", "d01c1c", "c8c6bd", "f6d013", "f4f1e6"), rng, 0.02)
    canvas = np.empty_like(image)
    bar = int(rng.integers(2, 4))
    for top, left, tall, wide in final:
        own = float(level[top : top + tall, left : left + wide].mean()) + rng.normal(0, 0.16)
        canvas[top : top + tall, left : left + wide] = inks[int(np.clip(own * 5, 0, 4))]
    for top, left, tall, wide in final:
        canvas[top : top + bar, left : left + wide] = 0.04
        canvas[top : top + tall, left : left + bar] = 0.04
    return canvas * (0.85 + 0.25 * level)[..., None]


@renderer("abstract")
def abstract(image: Array, rng: np.random.Generator) -> Array:
    """Discs, rings, bars and triangles in bright colours over cream, after Kandinsky."""
    shape = image.shape[:2]
    level = tone.tones(image, blur=1.5)
    ground = tone.ramp(level, tone.jitter(tone.hexes("3f5f96", "a6a3b8", "efd9a8", "fbf4dd"), rng))
    surface = tone.to_bytes(ground)
    dark = tone.hexes("1d3fb8", "a01d3a", "1d1d22", "0f6f60", "6a2fb0") * 255
    light = tone.hexes("fcbf49", "f25c3a", "7fd0e8", "f7f1de", "ff9fb8") * 255
    points = fields.scatter(shape, rng.uniform(14, 18), rng)
    for (px, py), tint in zip(points.tolist(), fields.pick(level, points).tolist()):
        inks = dark if tint + rng.normal(0, 0.12) < 0.5 else light
        ink, other = (
            inks[rng.integers(5)].tolist(),
            (dark if inks is light else light)[rng.integers(5)].tolist(),
        )
        at, size, turn = (int(px), int(py)), int(rng.integers(4, 10)), rng.uniform(0, 2 * np.pi)
        far = (int(px + 3 * size * np.cos(turn)), int(py + 3 * size * np.sin(turn)))
        kind = rng.random()
        if kind < 0.5:
            cv2.circle(surface, at, size, ink, -1, cv2.LINE_AA)
            cv2.circle(surface, at, size // 2, other, -1, cv2.LINE_AA)
            cv2.circle(surface, at, size, (15, 15, 15), 1, cv2.LINE_AA)
        elif kind < 0.75:
            cv2.line(surface, at, far, (15, 15, 15), int(rng.integers(1, 3)), cv2.LINE_AA)
        else:
            corner = (
                int(px + 2 * size * np.cos(turn + 0.8)),
                int(py + 2 * size * np.sin(turn + 0.8)),
            )
            cv2.fillPoly(surface, [np.array([at, far, corner], np.int32)], ink, cv2.LINE_AA)
    contour = tone.smoothstep(fields.lines(level, 1.4), 0.3, 0.7)
    shapes = tone.mix(tone.to_floats(surface), (0.06, 0.06, 0.08), 0.85 * contour)
    return tone.shade(shapes, 0.7 * (level - tone.blur(level, 10)))


@renderer("art nouveau")
def art_nouveau(image: Array, rng: np.random.Generator) -> Array:
    """Gold ornament of spirals, rings and coloured lozenges, after Klimt's Kiss."""
    shape = image.shape[:2]
    level = tone.tones(image, blur=1.2)
    leaf = fields.fractal(shape, 7, rng, 3)
    palette = tone.jitter(tone.hexes("2a1a0a", "7a4d12", "c08c1e", "e6bc3f", "f8e6a0"), rng, 0.02)
    ground = tone.ramp(0.1 + 0.75 * level + 0.22 * (leaf - 0.5), palette)
    labels, distance = fields.voronoi(shape, rng.uniform(13, 16), rng, 0.6)
    count = int(labels.max()) + 1
    x, y = fields.grid(shape)
    sites = np.stack([fields.cell_mean(np.ascontiguousarray(c), labels) for c in (x, y)], 1)
    turn = np.arctan2(y - sites[labels, 1], x - sites[labels, 0])
    coil = 0.5 + 0.5 * np.cos(2 * np.pi * distance / 3.6 - turn * rng.choice([0, 1], count)[labels])
    inks = tone.hexes("1c1a16", "f4e3a1", "b3362a", "26506b", "3f6f3a", "7b3f78")[
        rng.integers(0, 6, count)
    ]
    disc = tone.smoothstep(6.2 - distance, 0, 0.8) * tone.smoothstep(
        coil.astype(np.float32), 0.45, 0.65
    )
    shown = (rng.random(count) < 0.75).astype(np.float32)[labels]
    made = tone.mix(ground, inks[labels], 0.85 * disc * shown)
    contour = tone.smoothstep(fields.lines(level, 1.6), 0.3, 0.7)
    made = tone.mix(made, (0.16, 0.09, 0.03), 0.9 * contour)
    return tone.shade(made, 0.7 * (level - tone.blur(level, 7)))


@renderer("art deco")
def art_deco(image: Array, rng: np.random.Generator) -> Array:
    """Rows of fans in thin gold arcs on black and teal."""
    shape = image.shape[:2]
    level = tone.tones(image, blur=1.0)
    x, y = fields.grid(shape)
    size = rng.uniform(22, 30)
    distance = np.zeros(shape, np.float32)
    for row in range(int(shape[0] / (size / 2)) + 2, -1, -1):
        cy = row * size / 2
        cx = (np.round(x / size - 0.5 * (row % 2)) + 0.5 * (row % 2)) * size
        here = np.hypot(x - cx, y - cy)
        inside = (here < size / 2) & (y <= cy + 0.5)
        distance[inside] = here[inside]
    arcs = 0.5 + 0.5 * np.cos(2 * np.pi * distance / (size / 6))
    arcs = tone.smoothstep(arcs, 0.55, 0.8)
    ground = tone.steps(
        level, tone.jitter(tone.hexes("0a0d10", "0d3b40", "15686a", "cdb98a"), rng, 0.02)
    )
    shine = tone.ramp(0.35 + 0.65 * level, tone.hexes("8a6420", "d6ab4a", "fbe7ae"))
    made = tone.mix(ground, shine, 0.95 * arcs)
    return tone.mix(made, (0.02, 0.02, 0.03), tone.smoothstep(fields.lines(level, 1.4), 0.3, 0.7))


@renderer("drip painting")
def drip_painting(image: Array, rng: np.random.Generator) -> Array:
    """Looping drips and splatters of house paint, light on light, dark on dark; after Pollock."""
    shape = image.shape[:2]
    level = tone.tones(image, blur=2.0)
    canvas = tone.ramp(level, tone.jitter(tone.hexes("2f2a24", "8a7a5e", "d8c9a5", "f3ecd8"), rng))
    surface = tone.to_bytes(tone.mix(canvas, tone.expose(image), 0.3))
    inks = tone.hexes("0f0f0f", "26405e", "7a2418", "6f7a6b", "d8a520", "d9d3c4", "faf7f0") * 255
    starts = fields.scatter(shape, 12, rng)
    for start, tint in zip(starts, fields.pick(level, starts).tolist()):
        ink = inks[int(np.clip(7 * (tint + rng.normal(0, 0.22)), 0, 6))].tolist()
        turn = np.cumsum(rng.normal(0, 0.6, 16)) + rng.uniform(0, 6.3)
        path = start + np.cumsum(
            np.stack([np.cos(turn), np.sin(turn)], 1) * rng.uniform(1.5, 3.5), 0
        )
        thick = int(rng.choice([1, 1, 2, 3]))
        cv2.polylines(surface, [(path * 8).astype(np.int32)], False, ink, thick, cv2.LINE_AA, 3)
        at = ((start + rng.normal(0, 9, 2)) * 8).astype(int).tolist()
        cv2.circle(surface, at, int(rng.uniform(5, 17)), ink, -1, cv2.LINE_AA, 3)
    return tone.shade(tone.to_floats(surface), 0.7 * (level - tone.blur(level, 10)))
