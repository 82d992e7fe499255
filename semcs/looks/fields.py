"""Fields that the styles share: noise, flow, smearing, cells, dots, hatching and strokes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay

from semcs.looks.registry import Array
from semcs.looks.tone import blur, luma, smoothly_enlarged, to_bytes, to_floats

SMOOTH = 1.2  # pixels, of eight in a cell, over which the borders of superpixels are smoothed

Shape = tuple[int, ...]
Labels = NDArray[np.int32]


@lru_cache(maxsize=64)
def _grid(height: int, width: int) -> tuple[Array, Array]:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    y.flags.writeable = x.flags.writeable = False
    return x, y


def grid(shape: Shape) -> tuple[Array, Array]:
    """Pixel coordinates (x, y), each (H, W), read-only."""
    return _grid(int(shape[0]), int(shape[1]))


def noise(shape: Shape, cell: float | tuple[float, float], rng: np.random.Generator) -> Array:
    """Value noise in [0, 1]; ``cell`` is the size of a blob, or its (height, width)."""
    tall, wide = cell if isinstance(cell, tuple) else (cell, cell)
    rows, columns = int(np.ceil(shape[0] / tall)) + 2, int(np.ceil(shape[1] / wide)) + 2
    coarse = rng.random((rows, columns), np.float32)
    big = cv2.resize(
        coarse, (int(columns * wide) + 1, int(rows * tall) + 1), interpolation=cv2.INTER_CUBIC
    )
    top, left = int(tall / 2), int(wide / 2)
    cut = big[top : top + shape[0], left : left + shape[1]]
    return np.clip(cut, 0, 1)  # cubic interpolation overshoots


def fractal(shape: Shape, cell: float, rng: np.random.Generator, octaves: int = 4) -> Array:
    """Sum of value noises, each half as large and half as strong, stretched over [0, 1]."""
    total = np.zeros(shape[:2], np.float32)
    for octave in range(octaves):
        size = max(cell / 2**octave, 1.0)
        total += noise(shape, size, rng) * 0.5**octave
    return np.clip((total / (2 - 0.5 ** (octaves - 1)) - 0.5) * 1.8 + 0.5, 0, 1)


def grain(shape: Shape, rng: np.random.Generator, sigma: float = 0.7) -> Array:
    """Fine grain around 0 with a standard deviation near 1."""
    fine = cv2.GaussianBlur(rng.standard_normal(shape[:2], np.float32), (0, 0), sigma)
    return np.asarray(fine / max(float(fine.std()), 1e-6))


def sample(image: Array, x: Array, y: Array) -> Array:
    """Read the image at (x, y), bilinear, mirrored at the border."""
    x, y = np.asarray(x, np.float32), np.asarray(y, np.float32)
    return np.asarray(cv2.remap(image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101))


def displace(image: Array, dx: Array, dy: Array) -> Array:
    """Read the image at an offset given in pixels."""
    x, y = grid(image.shape)
    return sample(image, x + dx, y + dy)


def wobble(image: Array, cell: float, amount: float, rng: np.random.Generator) -> Array:
    """Displace by smooth noise of ``amount`` pixels."""
    dx, dy = (noise(image.shape, cell, rng) - 0.5 for _ in range(2))
    return displace(image, dx * 2 * amount, dy * 2 * amount)


def smear(image: Array, angle: Array, length: float) -> Array:
    """Average along a flow, a line integral convolution of ±``length`` pixels.

    Three passes of three taps with steps of ratio 1:3:9 stand for 27 taps
    (Cabral and Leedom, Imaging Vector Fields Using Line Integral Convolution, 1993).
    """
    dx, dy = np.cos(angle), np.sin(angle)
    for reach in (length / 13, 3 * length / 13, 9 * length / 13):
        ahead, behind = (
            displace(image, dx * reach, dy * reach),
            displace(image, -dx * reach, -dy * reach),
        )
        image = (image + ahead + behind) / np.float32(3)
    return image


def flow(shape: Shape, cell: float, rng: np.random.Generator) -> Array:
    """Angles of a smooth, divergence-free flow: level lines of value noise."""
    height = blur(noise(shape, cell, rng), max(cell / 6, 1.0))
    gx, gy = cv2.Sobel(height, cv2.CV_32F, 1, 0), cv2.Sobel(height, cv2.CV_32F, 0, 1)
    return np.asarray(np.arctan2(gx, -gy), np.float32)


def tangent(tone: Array, sigma: float = 3.0) -> Array:
    """Angle along the edges, from the smoothed structure tensor."""
    gx, gy = cv2.Sobel(tone, cv2.CV_32F, 1, 0), cv2.Sobel(tone, cv2.CV_32F, 0, 1)
    xx, yy, xy = (blur(p, sigma) for p in (gx * gx, gy * gy, gx * gy))
    return np.asarray(0.5 * np.arctan2(2 * xy, xx - yy) + np.pi / 2, np.float32)


def streaks(angle: Array, length: float, rng: np.random.Generator, width: float = 2.0) -> Array:
    """Strokes of about ``width`` pixels along a flow: smeared noise around 0, deviation 1."""
    step = max(1, int(width // 2.8))  # wide strokes are as plain on a reduced picture
    coarse = np.ascontiguousarray(angle[::step, ::step])
    strokes = smear(grain(coarse.shape, rng, width / step / 2.5), coarse, length / step)
    strokes /= max(float(strokes.std()), 1e-6)
    return np.asarray(strokes) if step == 1 else smoothly_enlarged(strokes, angle.shape)


def lines(tone: Array, width: float = 1.0, *, floor: float = 0.012) -> Array:
    """Ink lines, (H, W), 1 = ink: a difference of Gaussians averaged along the edges.

    After Kang, Lee and Chui, Coherent Line Drawing, 2007.
    """
    step = max(1, int(width // 1.25))  # wide lines are as plain on a reduced picture
    seen, own = tone, width / step
    if step > 1:
        reduced = tuple(max(1, round(side / step)) for side in tone.shape[1::-1])
        seen = cv2.resize(tone, reduced, interpolation=cv2.INTER_AREA)
    narrow, wide = blur(seen, own), blur(seen, 1.6 * own)
    coherent = smear(wide - narrow, tangent(narrow, 2.5 * own), 4 * own)
    if step > 1:
        coherent = cv2.resize(coherent, tone.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    return np.clip((coherent - floor) * 56, 0, 1)


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
    """Distance in pixels to the border of the own cell, 0 on it; at most the longer side."""
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


def kuwahara(image: Array, radius: int) -> Array:
    """Mean of the calmest of four quadrants: the look of flat brush marks (Kuwahara, 1976)."""
    size, half = radius + 1, radius // 2 + radius % 2
    tone = luma(image)
    mean, mean_tone = cv2.blur(image, (size, size)), cv2.blur(tone, (size, size))
    spread = cv2.blur(tone * tone, (size, size)) - mean_tone * mean_tone
    best, result = np.full(tone.shape, np.inf, np.float32), np.array(image, np.float32)
    padded = cv2.copyMakeBorder(mean, half, half, half, half, cv2.BORDER_REFLECT_101)
    padded_spread = cv2.copyMakeBorder(spread, half, half, half, half, cv2.BORDER_REFLECT_101)
    height, width = tone.shape
    for dy, dx in ((0, 0), (0, 2 * half), (2 * half, 0), (2 * half, 2 * half)):
        here = padded_spread[dy : dy + height, dx : dx + width]
        calmer = (here < best).astype(np.uint8)
        best = np.minimum(here, best)
        result = cv2.copyTo(padded[dy : dy + height, dx : dx + width], calmer, result)
    return np.asarray(result, np.float32)


def halftone(tone: Array, period: float, angle: float) -> Array:
    """Dots whose area grows with darkness, (H, W), 1 = ink."""
    x, y = grid(tone.shape)
    u = (x * np.cos(angle) + y * np.sin(angle)) / period
    v = (y * np.cos(angle) - x * np.sin(angle)) / period
    radius = np.hypot(u - np.floor(u) - 0.5, v - np.floor(v) - 0.5)
    return np.clip((np.sqrt(np.clip(1 - tone, 0, 1) / 1.8) - radius) * period + 0.5, 0, 1)


def hatch(
    shape: Shape, period: float, angle: float, rng: np.random.Generator, scale: float = 1.0
) -> Array:
    """Hand-drawn parallel lines: a wave in [0, 1] across the angle, shaken by noise."""
    x, y = grid(shape)
    shaken = 2.2 * scale * noise(shape, 18 * scale, rng)
    across = x * np.cos(angle) + y * np.sin(angle) + shaken
    return np.asarray(0.5 + 0.5 * np.cos(2 * np.pi * across / period), np.float32)


def scatter(shape: Shape, cell: float, rng: np.random.Generator) -> Array:
    """Points on a jittered grid in random order: (N, 2) as (x, y)."""
    rows, columns = int(shape[0] / cell) + 2, int(shape[1] / cell) + 2
    points = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1).reshape(-1, 2)
    placed = (points + rng.random(points.shape) - 0.5) * cell
    return np.asarray(rng.permutation(placed), np.float32)


def pick(values: Array, points: Array) -> Array:
    """Values of a (H, W, …) field at the nearest pixel of each point."""
    x = np.clip(points[:, 0], 0, values.shape[1] - 1).astype(int)
    y = np.clip(points[:, 1], 0, values.shape[0] - 1).astype(int)
    return np.asarray(values[y, x])


def dab(
    canvas: Array, points: Array, angles: Array, lengths: Array, widths: Array, colours: Array
) -> Array:
    """Paint straight round-ended strokes over a canvas, in order."""
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
    """Fill copies of a polygon (K, 2), turned, scaled and coloured, over a canvas, in order."""
    surface = to_bytes(canvas)
    cosine, sine = np.cos(angles) * sizes, np.sin(angles) * sizes
    turn = np.stack([np.stack([cosine, sine], 1), np.stack([-sine, cosine], 1)], 1)
    placed = ((np.matmul(outline, turn) + points[:, None]) * 8).astype(np.int32)
    for polygon, ink in zip(placed, np.clip(colours * 255, 0, 255).tolist()):
        cv2.fillPoly(surface, [polygon], ink, cv2.LINE_AA, 3)
    return to_floats(surface)


def superpixels(
    image: Array,
    cell: float,
    rng: np.random.Generator,
    *,
    colour: float = 16.0,
    spread: float = 0.7,
    mask: Array | None = None,
) -> Labels:
    """Cells of about ``cell`` pixels that end at the picture's edges: labels (H, W).

    ``colour`` weighs squared differences of colour against squared distances in cells: 0 gives
    cells that know nothing of the picture. A mask (H, W) splits the cells at its outline.

    Source: SLIC, Achanta et al. (2012), on a picture reduced so that a cell is eight pixels long.
    """
    height, width = image.shape[:2]
    rows, columns = max(1, round(height / cell)), max(1, round(width / cell))
    unit = 8
    size = (columns * unit, rows * unit)
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), 0.8) * np.float32(np.sqrt(colour))
    x, y = (plane / np.float32(unit) for plane in grid((size[1], size[0])))
    points = np.dstack([x, y, small])
    home = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1).reshape(-1, 2)
    place = home + 0.5 + spread * (rng.random(home.shape) - 0.5)
    place[:, 0] += 0.25 - 0.5 * (home[:, 1] % 2)  # every other row is shifted, as of bricks
    at = np.clip(place * unit, 0, np.array(size) - 1).astype(int)
    seeds = np.concatenate([place, small[at[:, 1], at[:, 0]]], 1).astype(np.float32)
    labels = np.zeros((size[1], size[0]), np.int32)
    for turn in range(3):
        if turn:
            seeds = cell_mean(points, labels)
        labels = _nearest_seeds(points, seeds.reshape(rows, columns, -1), unit)
        missing = np.bincount(labels.ravel(), minlength=len(seeds)) == 0
        if missing.any():  # a cell that lost all its pixels keeps the seed's own
            labels[at[missing, 1], at[missing, 0]] = np.flatnonzero(missing)
    large = _enlarge_labels(labels, columns, (height, width))
    return large if mask is None else 2 * large + (mask > 0.5)


def _nearest_seeds(points: Array, seeds: Array, unit: int) -> Labels:
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
                np.repeat(np.repeat(table[row, column], unit, 0), unit, 1)
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

    Returns:
        Corners (N, 3, 2) as (x, y), and the number of the triangle at every pixel (H, W).
    """
    height, width = level.shape
    fine = min(max(3, round(0.36 * cell)), height, width)
    contour = cv2.magnitude(cv2.Sobel(level, -1, 1, 0), cv2.Sobel(level, -1, 0, 1))
    rows, columns = height // fine, width // fine
    blocks = contour[: rows * fine, : columns * fine].reshape(rows, fine, columns, fine)
    blocks = blocks.transpose(0, 2, 1, 3).reshape(rows * columns, -1)
    strongest, place = blocks.max(1), blocks.argmax(1)
    strong = strongest > max(1.2 * float(np.percentile(strongest, 55)), 0.8 / cell)
    corner = np.stack(np.divmod(np.arange(rows * columns), columns)[::-1], 1) * fine
    sharp = (corner + np.stack([place % fine, place // fine], 1))[strong].astype(np.float32)
    loose = scatter(level.shape, cell, rng)
    near = np.zeros((height, width), np.uint8)
    near[sharp[:, 1].astype(int), sharp[:, 0].astype(int)] = 1
    reach = round(0.5 * cell)
    near = cv2.dilate(near, np.ones((2 * reach + 1,) * 2, np.uint8))
    loose = loose[pick(near, loose) == 0]
    points = np.concatenate([sharp, loose])
    border = 0.35 * cell  # no slivers along the frame: it has points of its own
    inside = (points > border).all(1) & (points < np.array([width, height]) - border).all(1)
    across = np.linspace(0, width, max(2, round(width / cell)))
    down = np.linspace(0, height, max(2, round(height / cell)))
    rims = [[(x, 0), (x, height)] for x in across] + [[(0, y), (width, y)] for y in down[1:-1]]
    frame = np.array(rims, np.float32).reshape(-1, 2)
    points = np.concatenate([frame, points[inside]])
    shaken = np.r_[frame, points[len(frame) :] + rng.normal(0, 1e-2, (len(points) - len(frame), 2))]
    triangles = points[Delaunay(shaken).simplices].astype(np.float32)
    labels = np.zeros((height, width), np.int32)
    for index, triangle in enumerate((triangles * 8).astype(np.int32)):
        cv2.fillConvexPoly(labels, triangle, index, cv2.LINE_8, 3)
    return triangles, labels


def split(labels: Labels, mask: Array | None) -> Labels:
    """Cells cut in two where the outline of a region crosses them."""
    return labels if mask is None else np.asarray(2 * labels + (mask > 0.5), np.int32)


def inset(shape: Shape, mask: Array | None) -> Array:
    """Distance in pixels inwards from the outline of a region and from the picture's frame."""
    inside = np.ones(shape[:2], np.uint8) if mask is None else (mask > 0.5).astype(np.uint8)
    framed = cv2.copyMakeBorder(inside, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return np.asarray(cv2.distanceTransform(framed, cv2.DIST_L2, 5)[1:-1, 1:-1])


def stitches(depth: Array, at: float, dash: float, gap: float, width: float) -> Array:
    """Dashes along the line where ``depth`` is ``at``, (H, W), 1 = thread.

    Rings shorter than 12 dashes are left out.
    """
    thread = np.zeros(depth.shape, np.uint8)
    inside = np.ascontiguousarray(depth > at, np.uint8)
    rings, _ = cv2.findContours(inside, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    thick = max(1, round(width))
    for ring in rings:
        points = ring[:, 0]
        walked = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
        count = int(walked[-1] / (dash + gap))
        if count < 12:
            continue
        starts = np.arange(count) * walked[-1] / count
        ends = points[np.searchsorted(walked, starts + dash).clip(max=len(points) - 1)]
        for a, b in zip(points[np.searchsorted(walked, starts)].tolist(), ends.tolist()):
            cv2.line(thread, a, b, 255, thick, cv2.LINE_AA)
    return to_floats(thread)


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
    cosine, sine = np.cos(angles) * sizes, np.sin(angles) * sizes
    turn = np.stack([np.stack([cosine, sine], 1), np.stack([-sine, cosine], 1)], 1)
    layers = []
    for outline, colours in parts:
        placed = np.asarray(outline, np.float32) @ turn.astype(np.float32) + points[:, None]
        layers.append(((placed * 16).astype(np.int32), np.clip(colours * 255, 0, 255).tolist()))
    for index in range(len(points)):
        for polygons, inks in layers:
            cv2.fillPoly(surface, [polygons[index]], inks[index], cv2.LINE_8, 3)
    return to_floats(cv2.resize(surface, (width, height), interpolation=cv2.INTER_AREA))


def starlight(shape: Shape, cell: float, rng: np.random.Generator, radius: float) -> Array:
    """Points of light at random places, few bright and many faint: (H, W) in [0, 1].

    ``cell`` is the mean distance between them in pixels.
    """
    height, width = shape[:2]
    count = max(1, round(height * width / cell**2))
    light = np.zeros((height, width), np.float32)
    y, x = rng.integers(0, height, count), rng.integers(0, width, count)
    light[y, x] = 0.12 + 0.88 * rng.random(count, np.float32) ** 4
    spread = cv2.GaussianBlur(light, (0, 0), radius) * np.float32(2 * np.pi * radius**2)
    return np.clip(spread, 0, 1)


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
    """A calm, light place (x, y) where a sun or moon hides little.

    ``across`` and ``down`` bound it, in parts of the width and height. It's in the masked region
    if that has a sky or needs none; otherwise it's beside it, so that a person shows the light
    but not the sun.
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
    """The share of the points of `scatter` where a mark hides least of the picture: (N, 2).

    Calmest first. Points outside the picture or a mask (H, W) are left out.
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


def around(petal: Array, count: int) -> Array:
    """Outline of ``count`` copies of a petal (K, 2) around (0, 0): a blossom."""
    turns = np.arange(count) * 2 * np.pi / count
    spin = [np.array([[np.cos(t), np.sin(t)], [-np.sin(t), np.cos(t)]]) for t in turns]
    return np.concatenate([petal @ s for s in spin]).astype(np.float32)


def depth_inside(mask: Array) -> Array:
    """Distance in pixels inwards from a region's outline, 0 outside it; the frame is no outline."""
    inside = np.ascontiguousarray(mask > 0.5, np.uint8)
    return np.minimum(cv2.distanceTransform(inside, cv2.DIST_L2, 5), np.float32(1e4))
