"""Scenes of flat layers that move in known ways, and what a camera sees of them.

A layer lies on a plane. Its pose, a 3×3 matrix, takes a pixel (x, y, 1) of the frame to the pixel
of the layer that is seen there, so that the exact motion between two frames follows from two poses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Matrix = NDArray[np.float64]
Plane = NDArray[np.float32]
Rgb = NDArray[np.uint8]
Truth = NDArray[np.bool_]

OVERSAMPLING = 2  # samples a side of each pixel
NOISE = 1.0  # standard deviation of the sensor's noise, in levels of 255
PURE = 0.98  # share of a pixel that a layer has to fill for the pixel to move as the layer does


@dataclass(frozen=True, eq=False)
class Step:
    """The motion from a frame to the next.

    Attributes:
        back: (H, W, 2) float32: what is at (x, y) was at (x, y) + back[y, x] in the frame before.
        seen: (H, W): whether it could be seen there.
    """

    back: NDArray[np.float32]
    seen: Truth


@dataclass(frozen=True, eq=False)
class Clip:
    """Frames, and what is known of them.

    Attributes:
        name: What tables call it.
        frames: (H, W, 3) uint8 each.
        steps: One fewer than the frames; step i leads from frame i to frame i + 1.
        masks: (H, W) for each frame, True on the foreground; None where they aren't known.
        is_exact: Whether the motion is known and not estimated.
    """

    name: str
    frames: Sequence[Rgb]
    steps: Sequence[Step]
    masks: Sequence[Truth] | None
    is_exact: bool = True


@dataclass(frozen=True, eq=False)
class Layer:
    """A picture in a scene.

    Attributes:
        rgb: (h, w, 3) uint8.
        pose: Gives its pose at a frame's number.
        cover: (h, w) in [0, 1], what it hides of the layers below; None is a picture that goes on
            without end, mirrored at its edges.
        subject: (h, w) in [0, 1], what of it belongs to the foreground; None: nothing.
    """

    rgb: Rgb
    pose: Callable[[int], Matrix]
    cover: Plane | None = None
    subject: Plane | None = None


@dataclass(frozen=True, eq=False)
class _View:
    """A frame before noise, its foreground, and how much each layer fills of each pixel."""

    rgb: Plane
    subject: Plane
    shares: Sequence[Plane]


def film(
    name: str, layers: Sequence[Layer], size: tuple[int, int], count: int, noise: float = NOISE
) -> Clip:
    """Film a scene.

    Args:
        name: Of the clip.
        layers: From back to front; the first has no cover.
        size: Height and width.
        count: Of frames.
        noise: Standard deviation of each pixel's own noise, in levels of 255.
    """
    rng = np.random.default_rng(0)
    views = [_view(layers, size, index) for index in range(count)]
    noisy = (view.rgb + noise * rng.standard_normal(view.rgb.shape) for view in views)
    frames = [np.clip(np.rint(rgb), 0, 255).astype(np.uint8) for rgb in noisy]
    steps = [_step(layers, views[index - 1 : index + 1], index) for index in range(1, count)]
    return Clip(name, frames, steps, [view.subject > 0.5 for view in views])


def join(name: str, shots: Sequence[Clip]) -> Clip:
    """Shots one after the other; nothing can be followed from one into the next."""
    height, width = shots[0].frames[0].shape[:2]
    cut = Step(np.zeros((height, width, 2), np.float32), np.zeros((height, width), bool))
    steps: list[Step] = []
    masks: list[Truth] = []
    for index, shot in enumerate(shots):
        steps += [*([cut] if index else []), *shot.steps]
        masks += shot.masks or []
    return Clip(name, [frame for shot in shots for frame in shot.frames], steps, masks or None)


def grid(height: int, width: int) -> NDArray[np.float64]:
    """(height, width, 2): x and y of every pixel."""
    x, y = np.meshgrid(np.arange(width, dtype=np.float64), np.arange(height, dtype=np.float64))
    return np.stack([x, y], 2)


def place(pose: Matrix, points: Array) -> NDArray[np.float64]:
    """Points (…, 2) taken by an affine pose."""
    moved: NDArray[np.float64] = points @ pose[:2, :2].T + pose[:2, 2]
    return moved


def _view(layers: Sequence[Layer], size: tuple[int, int], index: int) -> _View:
    height, width = size
    fine = grid(OVERSAMPLING * height, OVERSAMPLING * width)
    fine = (fine - (OVERSAMPLING - 1) / 2) / OVERSAMPLING
    rgb = np.zeros((height, width, 3), np.float32)
    subject = np.zeros(size, np.float32)
    shares: list[Plane] = []
    for layer in layers:
        at = place(layer.pose(index), fine).astype(np.float32)
        endless = layer.cover is None
        cover = np.ones_like(at[..., 0]) if layer.cover is None else _look(layer.cover, at, False)
        seen = _look(layer.rgb.astype(np.float32), at, endless)
        own = 0 * cover if layer.subject is None else _look(layer.subject, at, endless)
        share = _shrink(cover, size)
        shares = [under * (1 - share) for under in shares] + [share]
        rgb = rgb * (1 - share[..., None]) + _shrink(seen * cover[..., None], size)
        subject = subject * (1 - share) + _shrink(own * cover, size)
    return _View(rgb, subject, shares)


def _look(picture: Plane, at: Plane, endless: bool) -> Plane:
    border = cv2.BORDER_REFLECT if endless else cv2.BORDER_CONSTANT
    seen = cv2.remap(picture, at[..., 0], at[..., 1], cv2.INTER_CUBIC, borderMode=border)
    return np.asarray(np.clip(seen, 0, 255 if picture.ndim == 3 else 1), np.float32)


def _shrink(fine: Plane, size: tuple[int, int]) -> Plane:
    return np.asarray(cv2.resize(fine, size[::-1], interpolation=cv2.INTER_AREA), np.float32)


def _step(layers: Sequence[Layer], views: Sequence[_View], index: int) -> Step:
    """The exact motion from frame index − 1 to frame index; mixed pixels have none."""
    before, after = views
    height, width = after.subject.shape
    here = grid(height, width)
    back = np.zeros((height, width, 2), np.float32)
    seen = np.zeros((height, width), bool)
    for number, layer in enumerate(layers):
        on_it = after.shares[number] >= np.max(after.shares, axis=0)
        return_pose = np.linalg.inv(layer.pose(index - 1)) @ layer.pose(index)
        there = place(return_pose, here)
        offset = (there - here).astype(np.float32)
        back[on_it] = offset[on_it]
        at = there.astype(np.float32)
        pure = (before.shares[number] > PURE).astype(np.float32)
        # All pixels that the place is interpolated from have to show the layer; none is outside.
        was_pure = cv2.remap(pure, at[..., 0], at[..., 1], cv2.INTER_LINEAR) > 0.999
        seen[on_it] = (was_pure & (after.shares[number] > PURE))[on_it]
    return Step(back, seen)
