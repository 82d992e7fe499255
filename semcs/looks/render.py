"""A region painted in a look: any size of picture, the region by itself, its form given back."""

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
MOST_PAINTED = 2048  # larger ones are painted reduced, form and all: it has no finer shapes
GRAIN = 0.75  # a picture n times as long has strokes n ** GRAIN times as long: finer to the eye
MARGIN = 32  # pixels at scale 1 around a region: what its strokes reach


def look_scale(longest_side: int) -> float:
    """How large strokes are on a picture of this longest side in pixels."""
    return float((longest_side / BASE_SIDE) ** GRAIN)


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
        mask: (H, W) in [0, 1], the region; None is the whole photo.
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
    height, width = photo.shape[:2]
    longest = max(height, width)
    enlarged = max(longest, LEAST_PAINTED)
    working = min(enlarged, MOST_PAINTED)
    ratio = working / longest
    size = tuple(max(LEAST_SIDE, round(side * ratio)) for side in (height, width))
    strokes = scale * look_scale(enlarged) * working / enlarged

    small, small_mask = _resized(photo, size), None
    box = slice(0, size[0]), slice(0, size[1])
    if mask is not None and not (mask > 0.5).all():
        small_mask = _resized(mask, size)
        box = bounding_box(small_mask, max(LEAST_SIDE, round(MARGIN * strokes)))
        if not (small_mask > 0.5).any():
            return np.asarray(photo, np.float32)
    seen = np.ascontiguousarray(small[box])
    outline = None
    if small_mask is not None:
        outline = np.ascontiguousarray(small_mask[box])
        seen = continue_outside(seen, outline)
    painted = paint(name, seen, np.random.default_rng(seed), strokes, outline)
    own_size = size == (height, width)
    if own_size or ratio < 1:
        whole = np.array(small) if own_size else small
        whole[box] = give_form(painted, seen, amount, strokes)
        return _resized(whole, (height, width))
    # Painted enlarged: what is reduced again gets the form that the photo has at its own size.
    small[box] = painted
    return give_form(_resized(small, (height, width)), photo, amount, strokes / ratio)


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
