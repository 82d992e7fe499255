"""A picture as semcs works on it, and the way back to what the caller handed in."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from semcs.errors import InputError, check_whole
from semcs.image.memory import check_memory

MAX_PIXELS = 2**26
"""Most pixels (height × width) that are read, 67 megapixels, unless `SEMCS_MAX_PIXELS` in the
environment or the argument `max_pixels` says otherwise."""

MIN_SIDE = 2
"""Shortest side in pixels; a side of one pixel has no neighbours to compare with."""


class Layout(Protocol):
    """How to give a result back in the form in which the picture came in."""

    def restore(self, rgb: NDArray[np.float32]) -> object:
        """Give back (H, W, 3) float32 in [0, 1] in the caller's form."""

    def restore_mask(self, mask: NDArray[np.float32]) -> object:
        """Give back an (H, W) float32 mask in [0, 1] in the caller's form."""


@dataclass(frozen=True, eq=False)
class Picture:
    """Float RGB to work with, and how to give it back.

    Attributes:
        rgb: (H, W, 3) float32 in [0, 1], upright, sRGB where the source says otherwise;
            read-only.
        alpha: (H, W) float32 in [0, 1], or None where the source has no alpha; read-only.
        layout: The form in which the picture came in.
    """

    rgb: NDArray[np.float32]
    alpha: NDArray[np.float32] | None
    layout: Layout = field(repr=False)

    def __post_init__(self) -> None:
        self.rgb.flags.writeable = False
        if self.alpha is not None:
            self.alpha.flags.writeable = False

    @property
    def size(self) -> tuple[int, int]:
        """Height and width in pixels."""
        height, width = self.rgb.shape[:2]
        return height, width

    def restore(self, rgb: NDArray[np.floating]) -> object:
        """Give a result back as the type, dtype, size, channels and device that came in.

        The alpha of the source is attached unchanged. `restore(picture.rgb)` gives the source's
        pixels back: bit for bit, except that float64 passes through float32.

        - PIL images, paths, bytes and files come back as PIL images, `RGB`, or `RGBA` where
          there was alpha, whatever the source's mode: the picture may now be coloured.
        - Arrays and tensors keep their shape and dtype, so one-channel sources get the luma of
          the result. Tensors come back without gradient, in contiguous memory.

        Args:
            rgb: (H, W, 3) of the picture's own size; clipped to [0, 1].

        Raises:
            InputError: If the shape differs, or a value is NaN or infinite.
        """
        if rgb.shape != self.rgb.shape:
            raise InputError(f"result has shape {rgb.shape}; the picture needs {self.rgb.shape}")
        return self.layout.restore(_unit(rgb, "result"))

    def restore_mask(self, mask: NDArray[np.floating]) -> object:
        """Give a mask of this picture back in the kind of container that came in.

        PIL images, paths, bytes and files give a PIL image of mode `L`; arrays give (H, W)
        float32; tensors give (1, H, W) float32 on the source's device, or (1, 1, H, W) where the
        source had a batch axis.

        Args:
            mask: (H, W) of the picture's own size; clipped to [0, 1].

        Raises:
            InputError: If the shape differs, or a value is NaN or infinite.
        """
        if mask.shape != self.size:
            raise InputError(f"mask has shape {mask.shape}; the picture needs {self.size}")
        return self.layout.restore_mask(_unit(mask, "mask"))


def _unit(values: NDArray[np.floating], what: str) -> NDArray[np.float32]:
    if not np.isfinite(values).all():
        raise InputError(f"{what} holds NaN or infinite values; allowed: finite values in [0, 1]")
    return np.clip(values, 0, 1, dtype=np.float32)


def luma(rgb: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rec. 601 luma, (H, W, 3) to (H, W); written so that R = G = B gives exactly that value."""
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    return green + np.float32(0.299) * (red - green) + np.float32(0.114) * (blue - green)


def pixel_limit(max_pixels: int | None = None) -> int:
    """Most pixels that are read: the argument, else `SEMCS_MAX_PIXELS`, else `MAX_PIXELS`.

    Raises:
        InputError: If the argument or the variable isn't a whole number from 1.
    """
    if max_pixels is not None:
        return check_whole("max_pixels", max_pixels, least=1)
    said = os.environ.get("SEMCS_MAX_PIXELS", "").strip()
    if not said:
        return MAX_PIXELS
    if not (said.isascii() and said.isdigit() and len(said) < 19 and int(said) > 0):
        raise InputError(
            f"SEMCS_MAX_PIXELS is {said!r}; allowed: a whole number of pixels, such as {MAX_PIXELS}"
        )
    return int(said)


def check_size(height: int, width: int, *, max_pixels: int | None) -> None:
    """Refuse pictures that can't be worked on, before they are decoded.

    Raises:
        InputError: As in `check_pixels`, or if reading takes more memory than this process may
            use.
    """
    check_pixels(height, width, max_pixels=max_pixels)
    check_memory(height, width)


def check_pixels(height: int, width: int, *, max_pixels: int | None) -> None:
    """Refuse pictures that are too small or too large, however much memory there is.

    Args:
        height: In pixels.
        width: In pixels.
        max_pixels: As of `pixel_limit`.

    Raises:
        InputError: If a side is under 2 pixels, or height × width is over the limit.
    """
    if min(height, width) < MIN_SIDE:
        raise InputError(
            f"image is {height}×{width} pixels (height × width); "
            f"each side must be at least {MIN_SIDE}"
        )
    most = pixel_limit(max_pixels)
    if height * width > most:
        raise InputError(
            f"image is {height}×{width} = {height * width:,} pixels; "
            f"at most {most:,} are allowed (max_pixels, or SEMCS_MAX_PIXELS in the environment)"
        )
