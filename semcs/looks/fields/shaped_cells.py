"""Cells that follow the picture: superpixels and a mesh of triangles."""

from __future__ import annotations

import cv2
import numpy as np
from scipy.spatial import Delaunay

from semcs.looks.fields.cells import cell_mean, split
from semcs.looks.fields.grids import Labels, Shape, grid
from semcs.looks.fields.strokes import pick, scatter
from semcs.looks.registry import Array

UNIT = 8  # pixels of a cell on the reduced picture where superpixels are found
SMOOTH = 1.2  # of those pixels: over how many the borders of superpixels are smoothed
ROUNDS = 3  # of giving pixels to the nearest seed


def superpixels(
    image: Array,
    cell: float,
    rng: np.random.Generator,
    *,
    colour: float = 16.0,
    spread: float = 0.7,
    mask: Array | None = None,
) -> Labels:
    """Cells of about ``cell`` pixels that end at the picture's edges.

    Args:
        image: (H, W, 3).
        cell: Length of a cell in pixels.
        rng: Places the seeds.
        colour: Weighs squared differences of colour against squared distances in cells: 0 gives
            cells that don't follow the picture.
        spread: How far seeds may lie from the middle of their place in the grid, 0 to 1.
        mask: (H, W), a region at whose outline cells are split.

    Returns:
        Labels (H, W) from 0.

    Source: SLIC, Achanta et al. (2012), on a picture reduced so that a cell is eight pixels long.
    """
    height, width = image.shape[:2]
    rows, columns = max(1, round(height / cell)), max(1, round(width / cell))
    size = (columns * UNIT, rows * UNIT)
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), 0.8) * np.float32(np.sqrt(colour))
    x, y = (plane / np.float32(UNIT) for plane in grid((size[1], size[0])))
    points = np.dstack([x, y, small])
    home = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1).reshape(-1, 2)
    place = home + 0.5 + spread * (rng.random(home.shape) - 0.5)
    place[:, 0] += 0.25 - 0.5 * (home[:, 1] % 2)  # every other row is shifted, as of bricks
    at = np.clip(place * UNIT, 0, np.array(size) - 1).astype(int)
    seeds = np.concatenate([place, small[at[:, 1], at[:, 0]]], 1).astype(np.float32)
    labels = np.zeros((size[1], size[0]), np.int32)
    for turn in range(ROUNDS):
        if turn:
            seeds = cell_mean(points, labels)
        labels = _nearest_seeds(points, seeds.reshape(rows, columns, -1))
        missing = np.bincount(labels.ravel(), minlength=len(seeds)) == 0
        if missing.any():  # a cell that lost all its pixels keeps the seed's own
            labels[at[missing, 1], at[missing, 0]] = np.flatnonzero(missing)
    return split(_enlarge_labels(labels, columns, (height, width)), mask)


def _nearest_seeds(points: Array, seeds: Array) -> Labels:
    """Labels of the nearest of the nine seeds (rows, columns, C) around every point (H, W, C)."""
    rows, columns = seeds.shape[:2]
    best = np.full(points.shape[:2], np.inf, np.float32)
    labels = np.zeros(points.shape[:2], np.int32)
    number = np.arange(rows * columns, dtype=np.int32).reshape(rows, columns)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            row = np.clip(np.arange(rows) + down, 0, rows - 1)[:, None]
            column = np.clip(np.arange(columns) + right, 0, columns - 1)
            near, own = (
                np.repeat(np.repeat(table[row, column], UNIT, 0), UNIT, 1)
                for table in (seeds, number)
            )
            away = points - near
            cost = np.einsum("ijk,ijk->ij", away, away)
            closer = cost < best
            best, labels = np.where(closer, cost, best), np.where(closer, own, labels)
    return labels


def _enlarge_labels(labels: Labels, columns: int, size: Shape) -> Labels:
    """Labels of cells in rows of so many, at a larger (height, width) and with smooth borders.

    Each pixel is given to the cell whose blurred area weighs most there. Cells that are four rows
    or columns apart don't meet, so they share a plane.
    """
    height, width = size
    planes = 4 * (labels // columns % 4) + labels % columns % 4
    most, winner = np.zeros((height, width), np.float32), np.zeros((height, width), np.uint8)
    spread = np.empty((16, *labels.shape), np.int32)
    for plane in range(16):
        own = (planes == plane).astype(np.float32)
        area = cv2.GaussianBlur(own, (0, 0), SMOOTH)
        area = cv2.resize(area, (width, height), interpolation=cv2.INTER_LINEAR)
        winner[area > most] = plane
        most = np.maximum(area, most)
        numbers = (own * (labels + 1)).astype(np.float32)
        spread[plane] = cv2.dilate(numbers, np.ones((7, 7), np.uint8)) - 1
    y = np.arange(height) * labels.shape[0] // height
    x = np.arange(width) * labels.shape[1] // width
    return spread[winner, y[:, None], x]


def edge_mesh(level: Array, cell: float, rng: np.random.Generator) -> tuple[Array, Labels]:
    """Triangles that are small along the contours and large where the picture is calm.

    Args:
        level: (H, W).
        cell: Distance in pixels between corners where the picture is calm.
        rng: Places the corners there.

    Returns:
        Corners (N, 3, 2) as (x, y), and the number of the triangle at every pixel (H, W).
    """
    height, width = level.shape
    sharp = _contour_points(level, cell)
    loose = scatter(level.shape, cell, rng)
    near = np.zeros((height, width), np.uint8)
    near[sharp[:, 1].astype(int), sharp[:, 0].astype(int)] = 1
    reach = round(0.5 * cell)
    near = cv2.dilate(near, np.ones((2 * reach + 1,) * 2, np.uint8))
    loose = loose[pick(near, loose) == 0]
    points = np.concatenate([sharp, loose])
    border = 0.35 * cell  # no slivers along the frame: it has points of its own
    inside = (points > border).all(1) & (points < np.array([width, height]) - border).all(1)
    frame = _frame_points(level.shape, cell)
    points = np.concatenate([frame, points[inside]])
    shaken = np.r_[frame, points[len(frame) :] + rng.normal(0, 1e-2, (len(points) - len(frame), 2))]
    triangles = points[Delaunay(shaken).simplices].astype(np.float32)
    labels = np.zeros((height, width), np.int32)
    for index, triangle in enumerate((triangles * 8).astype(np.int32)):
        cv2.fillConvexPoly(labels, triangle, index, cv2.LINE_8, 3)
    return triangles, labels


def _contour_points(level: Array, cell: float) -> Array:
    """The sharpest pixel of each small block that holds a contour: (N, 2) as (x, y)."""
    height, width = level.shape
    fine = min(max(3, round(0.36 * cell)), height, width)
    contour = cv2.magnitude(cv2.Sobel(level, -1, 1, 0), cv2.Sobel(level, -1, 0, 1))
    rows, columns = height // fine, width // fine
    blocks = contour[: rows * fine, : columns * fine].reshape(rows, fine, columns, fine)
    blocks = blocks.transpose(0, 2, 1, 3).reshape(rows * columns, -1)
    strongest, place = blocks.max(1), blocks.argmax(1)
    strong = strongest > max(1.2 * float(np.percentile(strongest, 55)), 0.8 / cell)
    corner = np.stack(np.divmod(np.arange(rows * columns), columns)[::-1], 1) * fine
    sharp = (corner + np.stack([place % fine, place // fine], 1))[strong]
    return np.asarray(sharp, np.float32)


def _frame_points(shape: Shape, cell: float) -> Array:
    """Points along the picture's frame, about a cell apart: (N, 2) as (x, y)."""
    height, width = shape[:2]
    across = np.linspace(0, width, max(2, round(width / cell)))
    down = np.linspace(0, height, max(2, round(height / cell)))
    rims = [[(x, 0), (x, height)] for x in across] + [[(0, y), (width, y)] for y in down[1:-1]]
    return np.array(rims, np.float32).reshape(-1, 2)
