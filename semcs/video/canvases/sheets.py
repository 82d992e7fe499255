"""A sheet: where each point of the picture lies on a region's canvas, smooth all over the picture.

The sheet follows the flow inside its region and is carried on smoothly outside, so that what comes
into sight beside the region, or from behind another one, has its place on the canvas already.
Where it would tear or fold, it gives way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.image.visible import carry_on
from semcs.video.motion import Motion

Array = NDArray[np.floating[Any]]
Map = NDArray[np.float32]

CELL = 4  # pixels of the picture between the nodes of a sheet
INSIDE = 0.9  # of a node's cell that has to lie in the region, or be seen in both frames
BLEED, MOST_BLEED = 16, 0.35  # pixels from its outline, at most share of its depth: flow there is
# mixed with that of what lies on the other side
LEAST_KNOWN = 12  # nodes that can be followed, under which a sheet only moves as a whole
STRETCH = (1.25, 1.8)  # times: from where on a sheet gives way, and where it does so wholly
SLACK = 5.0  # nodes over which it gives way
ROUNDS = 6  # of bringing the inverse nearer


@dataclass(frozen=True, eq=False)
class Sheet:
    """Where the points of a picture lie on a canvas.

    Attributes:
        affine: (3, 2): the point (x, y) lies at (x, y, 1) @ affine, but for the residual.
        residual: (h, w, 2) in pixels, at nodes `CELL` pixels apart.
        size: Height and width of the picture in pixels.
    """

    affine: NDArray[np.float64]
    residual: Map
    size: tuple[int, int]

    @staticmethod
    def flat(size: tuple[int, int], offset: tuple[float, float]) -> Sheet:
        """A sheet that lies on the canvas as the picture is, its corner at this (x, y)."""
        affine = np.array([[1, 0], [0, 1], offset], np.float64)
        nodes = tuple(-(-side // CELL) for side in size)
        return Sheet(affine, np.zeros((*nodes, 2), np.float32), size)

    def at(self, points: Array) -> Map:
        """Places on the canvas of points (…, 2) of the picture, also of those outside it."""
        linear = points @ self.affine[:2] + self.affine[2]
        return np.asarray(linear + _read(self.residual, points), np.float32)

    def full(self) -> Map:
        """Places on the canvas of all pixels, (H, W, 2)."""
        return _affine_map(self.size, self.affine) + _enlarged(self.residual, self.size)

    def nodes(self) -> Map:
        """Places on the canvas of its nodes, (h, w, 2)."""
        return self.at(node_points(self.residual.shape))

    def followed(self, motion: Motion, region: Array) -> Sheet:
        """The sheet of the next frame.

        Args:
            motion: Of the pixels since the frame of this sheet.
            region: (H, W) in [0, 1], the region in the next frame.
        """
        shape = self.residual.shape[:2]
        points = node_points(shape)
        back = _reduced(motion.back, shape)
        placed = self.at(points + back)
        known = _well_inside(_reduced(region, shape)) & (_reduced(motion.seen, shape) > INSIDE)
        if known.sum() < LEAST_KNOWN:
            return self
        affine = _fitted(points[known], placed[known])
        residual = placed - (points @ affine[:2] + affine[2]).astype(np.float32)
        filled = carry_on(residual, known.astype(np.float32))
        return Sheet(affine, filled, self.size)._given_way()

    def stretch(self) -> Map:
        """How many times the sheet is longer or shorter than the picture, at its nodes, from 1."""
        largest, smallest = self._scales()
        return np.maximum(largest, 1 / np.maximum(smallest, 1e-3)).astype(np.float32)

    def inverse(self, size: tuple[int, int]) -> Map:
        """The point of the picture that lies at each pixel of a canvas of this size, (h, w, 2)."""
        back = np.linalg.inv(self.affine[:2])
        nodes = tuple(-(-side // CELL) for side in size)
        targets = node_points(nodes)
        start = ((targets - self.affine[2]) @ back).astype(np.float32)
        points = start
        for _ in range(ROUNDS):
            points = start - (_read(self.residual, points) @ back).astype(np.float32)
        inverse = np.concatenate([back, -self.affine[2:] @ back])
        return _affine_map(size, inverse) + _enlarged(points - start, size)

    def _scales(self) -> tuple[Array, Array]:
        """Singular values of the sheet's derivative at every node, the larger one first."""
        down, across = (np.gradient(self.residual, axis=axis) / CELL for axis in (0, 1))
        a, b = across[..., 0] + self.affine[0, 0], down[..., 0] + self.affine[1, 0]
        c, d = across[..., 1] + self.affine[0, 1], down[..., 1] + self.affine[1, 1]
        total, determinant = a * a + b * b + c * c + d * d, a * d - b * c
        spread = np.sqrt(np.maximum(total * total / 4 - determinant * determinant, 0))
        largest = np.sqrt(total / 2 + spread)
        return largest, determinant / np.maximum(largest, 1e-6)  # under 0 where it is folded

    def _given_way(self) -> Sheet:
        """The same sheet, smoothed where it is stretched or folded against its affine part."""
        scale = np.sqrt(abs(np.linalg.det(self.affine[:2])))
        largest, smallest = self._scales()
        stretched = np.maximum(largest / scale, scale / np.maximum(smallest, 1e-3))
        too_much = np.clip((stretched - STRETCH[0]) / (STRETCH[1] - STRETCH[0]), 0, 1)
        if not too_much.any():
            return self
        wide = cv2.dilate(too_much.astype(np.float32), np.ones((5, 5), np.uint8))
        weight = cv2.GaussianBlur(wide, (0, 0), 2.0)[..., None]
        smooth = cv2.GaussianBlur(self.residual, (0, 0), SLACK)
        return Sheet(self.affine, self.residual + weight * (smooth - self.residual), self.size)


def node_points(shape: tuple[int, ...]) -> Map:
    """The pixels (x, y) that the nodes of a sheet of this (h, w) lie at, (h, w, 2)."""
    rows, columns = ((np.arange(n, dtype=np.float32) + 0.5) * CELL - 0.5 for n in shape[:2])
    return np.stack(np.meshgrid(columns, rows), -1)


def at_nodes(plane: Array, sheet: Sheet) -> Map:
    """A plane (H, W) of the picture at a sheet's nodes, (h, w)."""
    return _reduced(plane, sheet.residual.shape)


def _well_inside(region: Map) -> NDArray[np.bool_]:
    """The nodes of a region (h, w) whose flow is its own."""
    inside = (region > INSIDE).astype(np.uint8)
    if inside.all():
        return inside.astype(bool)
    depth = cv2.distanceTransform(inside, cv2.DIST_L2, 5)
    return np.asarray(depth > min(BLEED / CELL, MOST_BLEED * float(depth.max())))


def _read(grid: Map, points: Array) -> Map:
    """Values of the nodes at points (…, 2), of the nearest border outside."""
    at = ((points + 0.5) / CELL - 0.5).astype(np.float32)
    flat = at.reshape(at.shape[0], -1, 2) if at.ndim > 2 else at.reshape(1, -1, 2)
    read = cv2.remap(
        grid, flat[..., 0], flat[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(read.reshape(points.shape), np.float32)


def _reduced(plane: Array, shape: tuple[int, ...]) -> Map:
    """A plane of the picture at the nodes: sides that aren't whole cells are extended."""
    height, width = shape[0] * CELL - plane.shape[0], shape[1] * CELL - plane.shape[1]
    if height or width:
        plane = cv2.copyMakeBorder(plane, 0, height, 0, width, cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(plane, shape[1::-1], interpolation=cv2.INTER_AREA), np.float32)


def _enlarged(grid: Map, size: tuple[int, int]) -> Map:
    """Nodes (h, w, 2) at the pixels of a picture of this size."""
    whole = (grid.shape[1] * CELL, grid.shape[0] * CELL)
    large = cv2.resize(grid, whole, interpolation=cv2.INTER_LINEAR)
    return np.asarray(large[: size[0], : size[1]], np.float32)


def _affine_map(size: tuple[int, int], affine: Array) -> Map:
    """(x, y, 1) @ affine for all pixels, (H, W, 2)."""
    y, x = (np.arange(side)[:, None] for side in size)
    across, down = (x * affine[0] + affine[2]).astype(np.float32), y * affine[1]
    return across[None] + down.astype(np.float32)[:, None]


def _fitted(points: Array, placed: Array) -> NDArray[np.float64]:
    """The affine map (3, 2) that brings points (N, 2) nearest to their places."""
    known = np.concatenate([points, np.ones((len(points), 1))], 1).astype(np.float64)
    solution, *_ = np.linalg.lstsq(known, placed.astype(np.float64), rcond=None)
    return np.asarray(solution, np.float64)
