"""From whatever the caller hands in to a `Picture`."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from semcs.errors import InputError
from semcs.image.arrays import is_tensor, read_array, read_tensor
from semcs.image.picture import MAX_PIXELS, Picture
from semcs.image.pillow import open_image, read_image

if TYPE_CHECKING:
    import torch


def load(source: object, *, max_pixels: int = MAX_PIXELS) -> Picture:
    """Read a picture.

    Args:
        source: One of

            - a PIL image of any mode but `LAB`;
            - an array (H, W), (H, W, 1), (H, W, 3) or (H, W, 4) of bool, uint8, uint16, or
              float16, float32 or float64 in [0, 1];
            - a torch tensor (H, W), (C, H, W) or (1, C, H, W), C = 1, 3 or 4, of the same dtypes
              or bfloat16, on any device; read without its gradient;
            - a path, the bytes of a file, or a binary file, of any format that Pillow opens.

            Four channels are RGBA. Of an animation or a multi-picture file the current frame is
            taken, the first one for files. EXIF orientation is applied, and its tag removed.
            Pixels with an ICC profile are converted to sRGB, and back by `Picture.restore`.
            16-bit grey is read at full precision; Pillow reads 16-bit colour files as 8 bits, so
            hand those in as uint16 arrays.
        max_pixels: Most pixels, height × width, that are accepted. Files of more than twice
            `PIL.Image.MAX_IMAGE_PIXELS` are refused by Pillow itself.

    Raises:
        InputError: If the source is missing, no image, truncated, of a kind, shape, dtype or
            mode that isn't allowed, under 2 pixels on a side, over `max_pixels`, NaN, infinite
            or, as floats, outside [0, 1].
    """
    if isinstance(source, np.ndarray):
        return read_array(source, max_pixels=max_pixels)
    if is_tensor(source):
        return read_tensor(source, max_pixels=max_pixels)
    with open_source(source) as (image, name):
        return read_image(image, name=name, max_pixels=max_pixels)


def load_batch(batch: torch.Tensor, *, max_pixels: int = MAX_PIXELS) -> list[Picture]:
    """Read a (B, C, H, W) tensor as B pictures; `restore_batch` gives the batch back.

    Raises:
        InputError: If it isn't such a tensor, or a picture in it can't be read.
    """
    if not is_tensor(batch) or batch.ndim != 4 or len(batch) == 0:
        shape = tuple(getattr(batch, "shape", ()))
        raise InputError(
            f"batch is {type(batch).__name__} of shape {shape}; allowed: a tensor (B, C, H, W)"
        )
    return [read_tensor(planes, max_pixels=max_pixels) for planes in batch]


def restore_batch(
    pictures: Sequence[Picture], results: Sequence[NDArray[np.floating]]
) -> torch.Tensor:
    """Stack the results of `load_batch`'s pictures to a (B, C, H, W) tensor.

    Raises:
        InputError: If the numbers differ, or a result doesn't fit its picture.
    """
    import torch

    if len(pictures) != len(results):
        raise InputError(f"batch has {len(pictures)} pictures but {len(results)} results")
    restored = [picture.restore(rgb) for picture, rgb in zip(pictures, results)]
    return torch.stack(cast("list[torch.Tensor]", restored))


@contextmanager
def open_source(source: object) -> Iterator[tuple[Image.Image, str]]:
    """Open a PIL image, path, bytes or binary file; give the image and its name for errors.

    Raises:
        InputError: If it is none of these, missing, or not an image.
    """
    if isinstance(source, Image.Image):
        yield source, "PIL image"
        return
    with _open_binary(source) as (file, name), open_image(file, name=name) as image:
        yield image, name


@contextmanager
def _open_binary(source: object) -> Iterator[tuple[IO[bytes], str]]:
    if isinstance(source, (bytes, bytearray, memoryview)):
        yield io.BytesIO(source), f"data of {len(source)} bytes"
    elif isinstance(source, (str, os.PathLike)):
        try:
            file = open(source, "rb")  # noqa: SIM115 - closed below, once opening is done
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise InputError(f"can't open image {os.fspath(source)!r}: {reason}") from error
        with file:
            yield file, repr(os.fspath(source))
    elif hasattr(source, "read"):
        if isinstance(source, io.TextIOBase):
            raise InputError("image file is open as text; open it in binary mode ('rb')")
        yield cast("IO[bytes]", source), "image file"
    else:
        raise InputError(
            f"image is a {type(source).__name__}; allowed: PIL image, numpy array, torch tensor, "
            "path, bytes or binary file"
        )
