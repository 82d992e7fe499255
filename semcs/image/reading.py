"""From whatever the caller hands in to a `Picture`."""

from __future__ import annotations

import io
import math
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from semcs.errors import InputError, check_whole
from semcs.image.arrays import read_array
from semcs.image.formats import open_image
from semcs.image.memory import out_of_memory_told
from semcs.image.picture import Picture, check_pixels
from semcs.image.pillow import read_image
from semcs.image.tensors import check_plain, is_tensor, read_tensor

if TYPE_CHECKING:
    import torch

Source = str | os.PathLike[str] | bytes | IO[bytes]
"""What a PIL image is read from, and given back for."""


def load(source: object, *, max_pixels: int | None = None, at_least: int | None = None) -> Picture:
    """Read a picture.

    Args:
        source: One of

            - a PIL image of any mode but `LAB`;
            - an array (H, W), (H, W, 1), (H, W, 3) or (H, W, 4) of bool, uint8, uint16, or
              float16, float32 or float64 in [0, 1];
            - a torch tensor (H, W), (C, H, W) or (1, C, H, W), C = 1, 3 or 4, of the same dtypes
              or bfloat16, on any device; read without its gradient;
            - a path, the bytes of a file, or a binary file: AVIF, BMP, GIF, JPEG, JPEG 2000, PNG,
              PPM, QOI, TIFF, WebP, and HEIC where `semcs[heic]` is installed.

            Four channels are RGBA. Of an animation or a multi-picture file the current frame is
            taken, the first one for files. EXIF orientation is applied, and its tag removed.
            Pixels with an ICC profile are converted to sRGB, and back by `Picture.restore`.
            16-bit grey is read at full precision; Pillow reads 16-bit colour files as 8 bits, so
            hand those in as uint16 arrays.
        max_pixels: Most pixels, height × width, that are accepted; by default
            `SEMCS_MAX_PIXELS` of the environment, or else 67 million. Files are refused by
            their header, before they are decoded.
        at_least: Longest side in pixels that is enough: larger JPEG files are decoded at a half,
            a quarter or an eighth, in less time and memory, where no side comes under what this
            asks. Other sources are read at their own size.

    Raises:
        InputError: If the source is missing, no image, truncated, of a kind, shape, dtype,
            format or mode that isn't allowed, under 2 pixels on a side, over `max_pixels`, more
            than fits into memory, NaN, infinite or, as floats, outside [0, 1].
    """
    with out_of_memory_told("reading the image"):
        if isinstance(source, np.ndarray):
            return read_array(source, max_pixels=max_pixels)
        if is_tensor(source):
            return read_tensor(source, max_pixels=max_pixels)
        with open_source(source) as (image, name):
            if at_least is not None and image is not source:
                check_pixels(image.height, image.width, max_pixels=max_pixels)
                _draft(image, check_whole("at_least", at_least, least=1))
            return read_image(image, name=name, max_pixels=max_pixels)


def load_batch(batch: torch.Tensor, *, max_pixels: int | None = None) -> list[Picture]:
    """Read a (B, C, H, W) tensor as B pictures; `restore_batch` gives the batch back.

    Raises:
        InputError: If it isn't such a tensor, or a picture in it can't be read.
    """
    if is_tensor(batch):
        check_plain(batch)
    if not is_tensor(batch) or batch.ndim != 4 or len(batch) == 0:
        shape = tuple(getattr(batch, "shape", ()))
        raise InputError(
            f"batch is {type(batch).__name__} of shape {shape}; allowed: a tensor (B, C, H, W)"
        )
    with out_of_memory_told("reading the batch"):
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
        data = _bytes_of(source)
        yield io.BytesIO(data), f"data of {len(data)} bytes"
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


def _bytes_of(source: bytes | bytearray | memoryview) -> bytes:
    try:
        return bytes(source)
    except ValueError as error:  # a memoryview that was released
        raise InputError(f"image data can't be read: {error}") from error


def _draft(image: Image.Image, longest: int) -> None:
    """Have a JPEG decoded smaller, its longest side still `longest` or more."""
    scale = longest / max(image.size)
    if scale < 1:
        width, height = (max(1, math.ceil(side * scale)) for side in image.size)
        image.draft(None, (width, height))
