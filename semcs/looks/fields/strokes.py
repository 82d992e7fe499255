"""Points on a picture, and strokes, polygons and bubbles painted there."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from semcs.looks.fields.grids import Shape
from semcs.looks.registry import Array
from semcs.looks.tone import to_bytes, to_floats


def scatter(shape: Shape, cell: float, rng: np.random.Generator) -> Array:
    """Points on a jittered grid in random order: (N, 2) as (x, y)."""
    rows, columns = int(shape[0] / cell) + 2, int(shape[1] / cell) + 2
    points = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1).reshape(-1, 2)
    placed = (points + rng.random(points.shape) - 0.5) * cell
    return np.asarray(rng.permutation(placed), np.float32)


def pick(values: Array, points: Array) -> Array:
    """Values of a (H, W, …) field at the nearest pixel of each point (N, 2): (N, …)."""
    x = np.clip(points[:, 0], 0, values.shape[1] - 1).astype(int)
    y = np.clip(points[:, 1], 0, values.shape[0] - 1).astype(int)
    return np.asarray(values[y, x])


def dab(
    canvas: Array, points: Array, angles: Array, lengths: Array, widths: Array, colours: Array
) -> Array:
    """Paint straight round-ended strokes over a canvas, in order.

    Args:
        canvas: (H, W, 3), or (H, W) for strokes of grey.
        points: (N, 2) as (x, y), the middles.
        angles: (N,).
        lengths: (N,) in pixels.
        widths: (N,) in pixels.
        colours: (N, 3), or (N,).
    """
    surface = to_bytes(canvas)
    step = np.stack([np.cos(angles), np.sin(angles)], 1) * lengths[:, None] / 2
    starts, ends = ((points - step) * 8).astype(int), ((points + step) * 8).astype(int)
    inks = np.clip(colours * 255, 0, 255)
    thick = np.maximum(np.round(widths), 1).astype(int)
    for a, b, ink, size in zip(starts.tolist(), ends.tolist(), inks.tolist(), thick.tolist()):
        cv2.line(surface, a, b, ink, size, cv2.LINE_AA, 3)
    return to_floats(surface)


def stamp(
    canvas: Array, outline: Array, points: Array, angles: Array, sizes: Array, colours: Array
) -> Array:
    """Fill copies of a polygon, turned, scaled and coloured, over a canvas, in order.

    Args:
        canvas: (H, W, 3).
        outline: (K, 2), of size 1.
        points: (N, 2) as (x, y).
        angles: (N,), of a turn about the point.
        sizes: (N,) in pixels.
        colours: (N, 3).
    """
    surface = to_bytes(canvas)
    placed = ((np.matmul(outline, _turns(angles, sizes)) + points[:, None]) * 8).astype(np.int32)
    for polygon, ink in zip(placed, np.clip(colours * 255, 0, 255).tolist()):
        cv2.fillPoly(surface, [polygon], ink, cv2.LINE_AA, 3)
    return to_floats(surface)


def collage(
    canvas: Array,
    parts: Sequence[tuple[Array, Array]],
    points: Array,
    angles: Array,
    sizes: Array,
) -> Array:
    """Lay things of several polygons over a canvas, one thing after the other.

    Args:
        canvas: (H, W, 3).
        parts: From below to above, an outline (K, 2) of size 1 and its colours (N, 3).
        points: (N, 2) as (x, y).
        angles: (N,), of a turn about the point.
        sizes: (N,) in pixels.
    """
    # Drawn at twice the size and reduced: several times as fast as antialiased polygons.
    height, width = canvas.shape[:2]
    surface = cv2.resize(to_bytes(canvas), (2 * width, 2 * height), interpolation=cv2.INTER_NEAREST)
    turn = _turns(angles, sizes).astype(np.float32)
    layers = []
    for outline, colours in parts:
        placed = np.asarray(outline, np.float32) @ turn + points[:, None]
        layers.append(((placed * 16).astype(np.int32), np.clip(colours * 255, 0, 255).tolist()))
    for index in range(len(points)):
        for polygons, inks in layers:
            cv2.fillPoly(surface, [polygons[index]], inks[index], cv2.LINE_8, 3)
    return to_floats(cv2.resize(surface, (width, height), interpolation=cv2.INTER_AREA))


def _turns(angles: Array, sizes: Array) -> Array:
    """Matrices (N, 2, 2) that turn and scale rows of (x, y)."""
    cosine, sine = np.cos(angles) * sizes, np.sin(angles) * sizes
    return np.stack([np.stack([cosine, sine], 1), np.stack([-sine, cosine], 1)], 1)


def around(petal: Array, count: int) -> Array:
    """Outline of ``count`` copies of a petal (K, 2) around (0, 0): a blossom, (count K, 2)."""
    turns = np.arange(count) * 2 * np.pi / count
    spin = [np.array([[np.cos(t), np.sin(t)], [-np.sin(t), np.cos(t)]]) for t in turns]
    return np.concatenate([petal @ s for s in spin]).astype(np.float32)


def bristle(ratio: float) -> Array:
    """Outline (10, 2) of a flat brush's mark, ``ratio`` times as wide as it is long."""
    turn = np.linspace(0, 2 * np.pi, 10, endpoint=False)
    across = np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.6
    return np.stack([np.cos(turn), ratio * across], 1)


def inclusions(
    shape: Shape, cell: float, rng: np.random.Generator, share: float, scale: float
) -> tuple[Array, Array, Array]:
    """Round bubbles in a solid, in ``share`` of the cells.

    Returns:
        Their bodies, their rims, and the points of light on them, each (H, W).
    """
    body, rims, light = (np.zeros(shape, np.uint8) for _ in range(3))
    points = scatter(shape, cell, rng)
    points = points[: max(1, int(share * len(points)))]
    sizes = rng.uniform(0.09, 0.24, len(points)) * cell
    thick = max(1, round(1.3 * scale))
    for (x, y), size in zip(points.tolist(), sizes.tolist()):
        centre, reach = (round(8 * x), round(8 * y)), round(8 * size)
        cv2.circle(body, centre, reach, 255, -1, cv2.LINE_AA, 3)
        cv2.circle(rims, centre, reach, 255, thick, cv2.LINE_AA, 3)
        spot = (round(8 * (x - 0.38 * size)), round(8 * (y - 0.38 * size)))
        cv2.circle(light, spot, max(8, round(2 * size)), 255, -1, cv2.LINE_AA, 3)
    return to_floats(body), to_floats(rims), to_floats(light)
