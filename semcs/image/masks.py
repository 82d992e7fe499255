"""Masks that the caller hands in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from semcs.errors import InputError
from semcs.image.arrays import is_tensor, read_array, read_tensor
from semcs.image.picture import MAX_PIXELS, luma
from semcs.image.pillow import read_plain
from semcs.image.reading import open_source

# Masks of labels 0 and 1 in 8 bits would otherwise pass as all but empty.
_TWO_LEVELS = 1.5 / 255


def load_mask(
    source: object, size: tuple[int, int], *, max_pixels: int = MAX_PIXELS
) -> NDArray[np.float32]:
    """Read a mask for a picture of height and width `size`.

    Args:
        source: What `load` takes: bool, 0 to 255 as uint8, 0 to 65535 as uint16, or floats in
            [0, 1]. Colour is read as its luma and alpha is ignored; ICC profiles are too, since
            a mask's values are amounts and not colours.
        size: Height and width of the picture (after EXIF orientation).
        max_pixels: Most pixels, height × width, that are accepted.

    Returns:
        (H, W) float32 in [0, 1], 1 = selected.

    Raises:
        InputError: If the mask can't be read, is of another size, or holds nothing over 1 of 255.
    """
    mask = luma(_read(source, max_pixels=max_pixels))
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
    return mask


def _read(source: object, *, max_pixels: int) -> NDArray[np.float32]:
    if isinstance(source, np.ndarray):
        return read_array(source, max_pixels=max_pixels).rgb
    if is_tensor(source):
        return read_tensor(source, max_pixels=max_pixels).rgb
    with open_source(source) as (image, name):
        return read_plain(image, name=name, max_pixels=max_pixels)
