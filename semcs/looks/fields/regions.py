"""Where in a region or a picture: distances to the outline, and calm places."""

from __future__ import annotations

import cv2
import numpy as np

from semcs.looks.fields.grids import Shape
from semcs.looks.fields.strokes import pick, scatter
from semcs.looks.registry import Array
from semcs.looks.tone import blur, edges, smoothstep


def inset(shape: Shape, mask: Array | None) -> Array:
    """Distance in pixels inwards from a region's outline and from the picture's frame: (H, W)."""
    inside = np.ones(shape[:2], np.uint8) if mask is None else (mask > 0.5).astype(np.uint8)
    framed = cv2.copyMakeBorder(inside, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return np.asarray(cv2.distanceTransform(framed, cv2.DIST_L2, 5)[1:-1, 1:-1])


def depth_inside(mask: Array) -> Array:
    """Distance in pixels inwards from a region's outline, (H, W); the frame is no outline.

    It is 0 outside, and 10,000 where there is no outline.
    """
    inside = np.ascontiguousarray(mask > 0.5, np.uint8)
    return np.minimum(cv2.distanceTransform(inside, cv2.DIST_L2, 5), np.float32(1e4))


def has_sky(mask: Array | None) -> bool:
    """Whether a region reaches along the picture's top, as a sky does and a person doesn't."""
    return mask is None or float(mask[0].mean()) > 0.3


def clear_spot(
    level: Array,
    rng: np.random.Generator,
    across: tuple[float, float],
    down: tuple[float, float],
    mask: Array | None = None,
    *,
    sky_only: bool = True,
) -> tuple[float, float]:
    """A calm, light place where a sun or moon hides little.

    Args:
        level: (H, W), the picture's lightness.
        rng: Proposes places.
        across: Bounds of x, in parts of the width.
        down: Bounds of y, in parts of the height.
        mask: (H, W). The place is in this region if it has a sky; otherwise it is beside it, so
            that a person shows the light but not the sun.
        sky_only: False puts the place in the region whether or not it has a sky.

    Returns:
        (x, y) in pixels.
    """
    small = cv2.resize(level, (48, 48), interpolation=cv2.INTER_AREA)
    unrest = cv2.magnitude(cv2.Sobel(small, -1, 1, 0), cv2.Sobel(small, -1, 0, 1))
    cost = cv2.blur(unrest, (13, 13)) - 0.22 * cv2.blur(small, (13, 13))
    if mask is not None:
        inside = cv2.resize(np.asarray(mask, np.float32), (48, 48), interpolation=cv2.INTER_AREA)
        cost = cost + (-4 if has_sky(mask) or not sky_only else 4) * cv2.blur(inside, (13, 13))
    spots = np.stack([rng.uniform(*across, 24), rng.uniform(*down, 24)], 1)
    central = 0.3 * np.exp(-(((spots[:, 0] - 0.5) / 0.22) ** 2))  # where faces mostly are
    x, y = spots[np.argmin(pick(cost, spots * 48) + central + 0.05 * rng.random(24))].tolist()
    return x * level.shape[1], y * level.shape[0]


def calm_points(
    level: Array,
    cell: float,
    rng: np.random.Generator,
    *,
    share: float = 0.5,
    mask: Array | None = None,
) -> Array:
    """Points where a mark hides least of the picture, calmest first.

    Args:
        level: (H, W), the picture's lightness.
        cell: Distance between the points of `scatter` that they are taken from.
        rng: Places those.
        share: How many of those are kept, 0 to 1.
        mask: (H, W), a region; points outside it are left out.

    Returns:
        (N, 2) as (x, y), inside the picture.
    """
    step = max(1, round(cell / 12))  # the variation within a cell is as plain on a reduced picture
    small = cv2.resize(level, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    contour = cv2.magnitude(cv2.Sobel(small, -1, 1, 0), cv2.Sobel(small, -1, 0, 1))
    unrest = blur(contour, max(1.0, 0.3 * cell / step))
    points = scatter(level.shape, cell, rng)
    inside = ((points >= 0) & (points < level.shape[1::-1])).all(1)
    if mask is not None:
        inside &= pick(mask, points) > 0.5
    points = points[inside]
    order = np.argsort(pick(unrest, points / step), kind="stable")
    return np.asarray(points[order[: int(np.ceil(share * len(points)))]])


def calmness(level: Array, reach: float, scale: float) -> Array:
    """1 where there are no edges within ``reach`` pixels at scale 1, 0 beside edges: (H, W)."""
    busy = blur(edges(level, 1.5, scale), reach * scale)
    return 1 - smoothstep(busy, 0.05, 0.16)
