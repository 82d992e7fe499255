"""A region painted in a look: at any size, without the photo around it, its form given back."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

import semcs.looks.painters  # noqa: F401  fills the table of looks
from semcs.looks.form import give_form
from semcs.looks.region import bounding_box, continue_outside
from semcs.looks.registry import LEAST_SIDE, Array, find_look, paint

BASE_SIDE = 512  # longest side in pixels at which a look has scale 1
LEAST_PAINTED = 384  # smaller pictures are painted enlarged: strokes need pixels
MOST_PAINTED = 2048  # larger ones are painted reduced, as the form given back has no finer shapes
GRAIN = 0.75  # strokes of a picture n times as long are n ** GRAIN times as long
MARGIN = 32  # pixels at scale 1 around a region: what its strokes reach


def look_scale(longest_side: int) -> float:
    """How large strokes are on a picture of this longest side in pixels, 1 at `BASE_SIDE`."""
    return float((longest_side / BASE_SIDE) ** GRAIN)


def stroke_size(longest_side: int) -> float:
    """Pixels of a picture of this longest side for one at scale 1, where it is painted by itself.

    Small pictures are painted enlarged and large ones reduced, which `look_scale` doesn't tell.
    """
    _, ratio, strokes = _working_size((longest_side, longest_side), 1.0)
    return strokes / ratio


def render_region(
    photo: Array,
    name: str,
    mask: Array | None = None,
    *,
    seed: int = 0,
    detail: float | None = None,
    scale: float = 1.0,
) -> NDArray[np.float32]:
    """Paint the region of a photo in a look.

    Args:
        photo: (H, W, 3) RGB in [0, 1], of any size.
        name: A look.
        mask: (H, W) in [0, 1], the region; None is the whole photo. Where it is nowhere over 0.5,
            the photo is returned.
        seed: Of the look's random parameters.
        detail: How much of the photo's form is given back, 0 to 1; None is the look's own amount.
        scale: Of strokes, cells and dots, against what the picture's size gives.

    Returns:
        (H, W, 3) float32 in [0, 1]; what lies far outside the mask is the photo.

    Raises:
        InputError: If there is no such look.
    """
    chosen = find_look(name)
    amount = chosen.detail if detail is None else detail
    size, ratio, strokes = _working_size(photo.shape, scale)
    small, box = _resized(photo, size), np.s_[: size[0], : size[1]]
    outline: Array | None = None
    if mask is not None and not (mask > 0.5).all():
        outline = _resized(mask, size)
        if not (outline > 0.5).any():
            return np.asarray(photo, np.float32)
        box = bounding_box(outline, max(LEAST_SIDE, round(MARGIN * strokes)))
        outline = np.ascontiguousarray(outline[box])
    seen = np.ascontiguousarray(small[box])
    if outline is not None:
        seen = continue_outside(seen, outline)
    painted = paint(name, seen, np.random.default_rng(seed), strokes, outline)
    is_own_size = size == photo.shape[:2]
    if is_own_size or ratio < 1:
        whole = np.array(small) if is_own_size else small  # the caller's photo stays as it is
        whole[box] = give_form(painted, seen, amount, strokes)
        return _resized(whole, photo.shape[:2])
    # Painted enlarged: what is reduced again gets the form that the photo has at its own size.
    small[box] = painted
    return give_form(_resized(small, photo.shape[:2]), photo, amount, strokes / ratio)


def _working_size(shape: tuple[int, ...], scale: float) -> tuple[tuple[int, int], float, float]:
    """At which height and width a picture is painted, how many times its own, and the scale."""
    longest = max(shape[:2])
    enlarged = max(longest, LEAST_PAINTED)
    working = min(enlarged, MOST_PAINTED)
    ratio = working / longest
    height, width = (max(LEAST_SIDE, round(side * ratio)) for side in shape[:2])
    return (height, width), ratio, scale * look_scale(enlarged) * working / enlarged


def _resized(image: Array, size: tuple[int, ...]) -> NDArray[np.float32]:
    """(H, W[, C]) at another height and width, clipped to [0, 1]."""
    height, width = size
    if image.shape[:2] == (height, width):
        return np.asarray(image, np.float32)
    shrinks = height * width < image.shape[0] * image.shape[1]
    way = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    resized = cv2.resize(
        np.ascontiguousarray(image, np.float32), (width, height), interpolation=way
    )
    return np.clip(resized, 0, 1, out=resized)
