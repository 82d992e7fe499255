"""Masks that the caller hands in."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from semcs.errors import InputError
from semcs.image.arrays import read_array
from semcs.image.memory import out_of_memory_told
from semcs.image.picture import luma
from semcs.image.pillow import read_plain
from semcs.image.reading import open_source
from semcs.image.tensors import is_tensor, read_tensor

logger = logging.getLogger(__name__)

# Masks of labels 0 and 1 in 8 bits would otherwise pass as all but empty.
_TWO_LEVELS = 1.5 / 255

# What is left of 1 by rounding.
_WHOLE = 1 - 0.5 / 255

Plane = NDArray[np.float32]


def load_mask(source: object, size: tuple[int, int], *, max_pixels: int | None = None) -> Plane:
    """Read a mask for a picture of height and width `size`.

    A mask that selects nothing or everything is read with a warning.

    Args:
        source: What `load` takes: bool, 0 to 255 as uint8, 0 to 65535 as uint16, or floats in
            [0, 1]. Alpha that isn't the same everywhere is the mask, such as that of a cut-out;
            otherwise the luma is. ICC profiles are ignored, since a mask's values are amounts
            and not colours.
        size: Height and width of the picture (after EXIF orientation).
        max_pixels: As of `load`.

    Returns:
        (H, W) float32 in [0, 1], 1 = selected.

    Raises:
        InputError: If the mask can't be read, is of another size, or holds nothing over 1 of 255.
    """
    with out_of_memory_told("reading the mask"):
        mask = _selection(*_read(source, max_pixels=max_pixels))
    if mask.shape != tuple(size):
        raise InputError(
            f"mask is {mask.shape[0]}×{mask.shape[1]} (height × width) "
            f"but the image is {size[0]}×{size[1]}; they must be the same"
        )
    if 0 < mask.max() < _TWO_LEVELS:
        raise InputError(
            "mask's largest value is 1 of 255, which selects nothing; "
            "hand 0 and 1 in as bool, or scale to 0..255"
        )
    if mask.max() == 0:
        logger.warning("mask selects nothing: it is 0 everywhere")
    elif mask.min() >= _WHOLE:
        logger.warning("mask selects everything: it is 1 everywhere")
    return mask


def masks_of_batch(mask: object, count: int) -> list[object]:
    """The mask of each picture of a batch, to be read by `load_mask`.

    Args:
        mask: A tensor (`count`, 1, H, W), such as `saliency_mask` gives for a batch; a list or
            tuple of `count` masks; or one mask (or None) for all.
        count: Number of pictures.

    Raises:
        InputError: If there are several masks, but not `count`.
    """
    several = isinstance(mask, (list, tuple)) or (
        is_tensor(mask) and mask.ndim == 4 and len(mask) != 1
    )
    if not several:
        return [mask] * count
    masks = list(cast("Sequence[object]", mask))
    if len(masks) != count:
        raise InputError(
            f"there are {len(masks)} masks for a batch of {count} pictures; "
            "hand in one for each, or one for all"
        )
    return masks


def _selection(rgb: Plane, alpha: Plane | None) -> Plane:
    """Which of (H, W, 3) colours and (H, W) alpha is the mask, as (H, W)."""
    level = luma(rgb)
    if alpha is None or alpha.min() == alpha.max():
        return level
    visible = level[alpha > 0]
    if visible.min() != visible.max():
        logger.warning("mask has a picture in its colours; its alpha is taken as the selection")
    return alpha


def _read(source: object, *, max_pixels: int | None) -> tuple[Plane, Plane | None]:
    if isinstance(source, np.ndarray):
        picture = read_array(source, max_pixels=max_pixels)
        return picture.rgb, picture.alpha
    if is_tensor(source):
        picture = read_tensor(source, max_pixels=max_pixels)
        return picture.rgb, picture.alpha
    with open_source(source) as (image, name):
        return read_plain(image, name=name, max_pixels=max_pixels)
