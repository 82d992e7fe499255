"""PIL images, and files that Pillow decodes: orientation, modes, alpha and metadata."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps

from semcs.errors import InputError
from semcs.image.arrays import from_unit, to_unit
from semcs.image.colour import ColourSpace, to_srgb, unit_rgb
from semcs.image.formats import check_format, one_line, unreadable
from semcs.image.libtiff import libtiff_logged
from semcs.image.metadata import read_metadata
from semcs.image.picture import Picture, check_size

logger = logging.getLogger(__name__)

_8_BIT_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBa", "RGBX")
_COLOUR_MODES = ("CMYK", "YCbCr", "HSV")
_16_BIT_MODES = ("I", "I;16", "I;16B", "I;16L", "I;16N")


@dataclass(frozen=True, eq=False)
class PilLayout:
    """A PIL image, RGB or RGBA by whether there is alpha, with its metadata."""

    alpha: Image.Image | None = field(repr=False)
    colours: ColourSpace
    info: dict[str, Any] = field(repr=False)

    def restore(self, rgb: NDArray[np.float32]) -> Image.Image:
        """Give (H, W, 3) back as a PIL image with the source's alpha, profile, EXIF and DPI."""
        image = Image.fromarray(self.colours.from_srgb(rgb))
        if self.alpha is not None:
            image.putalpha(self.alpha)
        image.info.update(self.info)
        return image

    def restore_mask(self, mask: NDArray[np.float32]) -> Image.Image:
        """Give an (H, W) mask back as an 8-bit grey PIL image."""
        return Image.fromarray(from_unit(mask, np.dtype(np.uint8)))


def read_image(image: Image.Image, *, name: str, max_pixels: int | None) -> Picture:
    """Read a PIL image: its current frame, upright, in sRGB.

    Raises:
        InputError: If it can't be decoded, or its mode, size or values aren't allowed.
    """
    upright, info = _decode(image, name=name, max_pixels=max_pixels)
    profile = upright.info.get("icc_profile")
    if upright.mode in _16_BIT_MODES or upright.mode == "F":
        rgb, colours = _deep_grey(upright), ColourSpace()
        alpha = None
    else:
        flat, alpha = _split_alpha(upright, name)
        rgb, colours = to_srgb(flat, profile)
    if colours.profile:
        info["icc_profile"] = colours.profile
    return Picture(
        rgb=rgb,
        alpha=None if alpha is None else to_unit(np.asarray(alpha)),
        layout=PilLayout(alpha=alpha, colours=colours, info=info),
    )


def read_plain(
    image: Image.Image, *, name: str, max_pixels: int | None
) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
    """Read a PIL image as it is, upright, without colour management.

    Returns:
        (H, W, 3) and, where there is alpha, (H, W), both float32 in [0, 1].

    Raises:
        InputError: If it can't be decoded, or its mode, size or values aren't allowed.
    """
    upright, _ = _decode(image, name=name, max_pixels=max_pixels)
    if upright.mode in _16_BIT_MODES or upright.mode == "F":
        return _deep_grey(upright), None
    flat, alpha = _split_alpha(upright, name)
    return unit_rgb(flat), None if alpha is None else to_unit(np.asarray(alpha))


def _decode(
    image: Image.Image, *, name: str, max_pixels: int | None
) -> tuple[Image.Image, dict[str, Any]]:
    check_format(image)
    check_size(image.height, image.width, max_pixels=max_pixels)
    if image.mode not in (*_8_BIT_MODES, *_COLOUR_MODES, *_16_BIT_MODES, "F"):
        raise InputError(
            f"{name} has mode {image.mode}; allowed: {', '.join(_8_BIT_MODES + _COLOUR_MODES)}, "
            "and grey in I, I;16 and F"
        )
    try:
        with libtiff_logged():
            image.load()
    except MemoryError:
        raise
    except Exception as error:
        # As in `open_image`.
        raise unreadable(name, error, "is truncated or damaged") from error
    return _upright(image)


def _upright(image: Image.Image) -> tuple[Image.Image, dict[str, Any]]:
    """The picture turned as EXIF says, and the metadata for what is made of it."""
    upright = image
    try:
        # A picture that stands already would be copied.
        if image.getexif().get(ExifTags.Base.Orientation, 1) != 1:
            upright = ImageOps.exif_transpose(image)
    except MemoryError:
        raise
    except Exception:
        # EXIF that can't be read says nothing of orientation either; `read_metadata` warns.
        upright = image
    return upright, read_metadata(image, upright)


def _split_alpha(image: Image.Image, name: str) -> tuple[Image.Image, Image.Image | None]:
    """Colours of mode `L`, `RGB`, `CMYK` or, its alpha to be ignored, `RGBA`; and alpha (`L`)."""
    try:
        if image.has_transparency_data:
            rgba = image if image.mode == "RGBA" else image.convert("RGBA")
            return rgba, rgba.getchannel("A")
        return (image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")), None
    except MemoryError:
        raise
    except Exception as error:
        # A file may name a transparent colour or a palette that its pixels can't have.
        raise InputError(f"{name} is damaged: {one_line(error)}") from error


def _deep_grey(image: Image.Image) -> NDArray[np.float32]:
    values = np.asarray(image)
    if image.mode == "I":
        low, high = int(values.min()), int(values.max())
        if low < 0 or high > 65535:
            raise InputError(f"image of mode I has values {low} to {high}; allowed: 0 to 65535")
        values = values.astype(np.uint16)
    return np.repeat(to_unit(values)[..., None], 3, axis=2)
