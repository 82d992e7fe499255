"""Cells around points: their labels, borders and means."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.looks.fields.grids import Labels, Shape, grid
from semcs.looks.registry import Array


def voronoi(
    shape: Shape, cell: float, rng: np.random.Generator, spread: float = 0.9
) -> tuple[Labels, Array]:
    """Cells of jittered grid seeds: labels (H, W) from 0 and distance to the own seed in pixels."""
    height, width = shape[:2]
    rows, columns = int(np.ceil(height / cell)), int(np.ceil(width / cell))
    offsets = (rng.random((2, rows, columns)) - 0.5) * spread + 0.5
    y = np.clip((np.arange(rows)[:, None] + offsets[0]) * cell, 0, height - 1).astype(int)
    x = np.clip((np.arange(columns)[None] + offsets[1]) * cell, 0, width - 1).astype(int)
    return nearest_points((height, width), x, y)


def nearest_points(shape: Shape, x: NDArray[np.intp], y: NDArray[np.intp]) -> tuple[Labels, Array]:
    """Number from 0 of the nearest of the pixels (x, y), and the distance to it, each (H, W)."""
    open_pixels = np.ones(shape[:2], np.uint8)
    open_pixels[y, x] = 0
    distance, labels = cv2.distanceTransformWithLabels(
        open_pixels, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    return labels - 1, distance


def rim(labels: Labels) -> Array:
    """Distance in pixels to the border of the own cell, (H, W), 0 on it.

    It is at most the longer side, as where there is one cell alone.
    """
    border = np.ones(labels.shape, np.uint8)
    border[:, 1:] &= labels[:, 1:] == labels[:, :-1]
    border[1:] &= labels[1:] == labels[:-1]
    return np.minimum(cv2.distanceTransform(border, cv2.DIST_L2, 3), np.float32(max(labels.shape)))


def cell_mean(values: Array, labels: Labels) -> Array:
    """Mean of (H, W) or (H, W, C) values in every cell: (cells,) or (cells, C)."""
    flat = labels.ravel()
    count = np.maximum(np.bincount(flat), 1)
    planes = values.reshape(flat.size, -1).T
    means = [np.bincount(flat, weights=plane) / count for plane in planes]
    table = np.stack(means, 1).astype(np.float32)
    return table if values.ndim == 3 else table[:, 0]


def split(labels: Labels, mask: Array | None) -> Labels:
    """Cells cut in two where the outline of a region (H, W) crosses them; None cuts none."""
    return labels if mask is None else np.asarray(2 * labels + (mask > 0.5), np.int32)


def discs(
    shape: Shape, cell: float, rng: np.random.Generator, share: float
) -> tuple[Array, Array, Array, Labels]:
    """Discs that don't overlap, in ``share`` of the cells.

    Returns:
        Of every pixel, each (H, W): its offset from the centre of the cell's disc in pixels, x and
        y; the disc's radius, 0 where there is none; and the label of the cell.
    """
    x, y = grid(shape)
    labels, distance = voronoi(shape, cell, rng, 0.7)
    count = int(labels.max()) + 1
    seeds = np.flatnonzero(distance.ravel() == 0)
    own, middle = labels.ravel()[seeds], np.zeros((2, count), np.float32)
    middle[:, own] = np.stack([x.ravel()[seeds], y.ravel()[seeds]])
    room = np.zeros(count, np.float32)
    room[own] = rim(labels).ravel()[seeds]
    room *= (rng.random(count) < share) * rng.uniform(0.6, 1.0, count).astype(np.float32)
    return x - middle[0][labels], y - middle[1][labels], room[labels], labels
