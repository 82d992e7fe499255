"""PIL images, and files that Pillow decodes: orientation, modes, alpha and metadata."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from semcs.errors import InputError
from semcs.image.arrays import from_unit, to_unit
from semcs.image.colour import ColourSpace, to_srgb
from semcs.image.picture import Picture, check_size

logger = logging.getLogger(__name__)

_8_BIT_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBa", "RGBX")
_COLOUR_MODES = ("CMYK", "YCbCr", "HSV")
_16_BIT_MODES = ("I", "I;16", "I;16B", "I;16L", "I;16N")

# Tags that say how the source file lays its pixels out (TIFF 6.0 and its supplements), XMP and
# ICC blocks, editor layers: in the EXIF of another file they would be wrong or break it.
_FILE_TAGS = frozenset(
    {ExifTags.Base.Orientation, 254, 255, *range(256, 260), 262, *range(263, 267), 273}
    | {*range(277, 282), 284, *range(288, 294), 301, *range(317, 326), 330, *range(332, 348)}
    | {*range(512, 522), *range(529, 533), 700, 34675, 37724}
)


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


@contextmanager
def open_image(file: IO[bytes], *, name: str) -> Iterator[Image.Image]:
    """Open a binary file with Pillow; nothing is decoded yet.

    Args:
        file: Open for reading; seekable or not.
        name: What to call it in errors.

    Raises:
        InputError: If it isn't an image, or its header promises more than Pillow's limit.
    """
    try:
        with warnings.catch_warnings():
            # Between once and twice Pillow's limit it warns; `max_pixels` decides instead.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(file)
    except UnidentifiedImageError as error:
        raise InputError(
            f"{name} isn't an image that can be read; "
            "allowed: JPEG, PNG, WebP, TIFF, BMP, GIF and whatever else Pillow opens"
        ) from error
    except Image.DecompressionBombError as error:
        raise InputError(f"{name} is too large (PIL.Image.MAX_IMAGE_PIXELS): {error}") from error
    except Exception as error:
        # Pillow's readers raise whatever the damaged bytes lead them to, zlib.error for one.
        raise InputError(f"{name} is damaged and can't be read: {error}") from error
    with image:
        yield image


def read_image(image: Image.Image, *, name: str, max_pixels: int) -> Picture:
    """Read a PIL image: its current frame, upright, in sRGB.

    Raises:
        InputError: If it can't be decoded, or its mode, size or values aren't allowed.
    """
    upright, exif = _decode(image, name=name, max_pixels=max_pixels)
    profile = upright.info.get("icc_profile")
    if upright.mode in _16_BIT_MODES or upright.mode == "F":
        rgb, colours = _deep_grey(upright), ColourSpace()
        alpha = None
    else:
        flat, alpha = _split_alpha(upright)
        rgb, colours = to_srgb(flat, profile)
    info = {"exif": exif, "icc_profile": colours.profile, "dpi": _dpi(image)}
    return Picture(
        rgb=rgb,
        alpha=None if alpha is None else to_unit(np.asarray(alpha)),
        layout=PilLayout(
            alpha=alpha,
            colours=colours,
            info={key: value for key, value in info.items() if value},
        ),
    )


def read_plain(image: Image.Image, *, name: str, max_pixels: int) -> NDArray[np.float32]:
    """Read a PIL image as (H, W, 3) float32 in [0, 1], upright, without colour management.

    Raises:
        InputError: If it can't be decoded, or its mode, size or values aren't allowed.
    """
    upright, _ = _decode(image, name=name, max_pixels=max_pixels)
    if upright.mode in _16_BIT_MODES or upright.mode == "F":
        return _deep_grey(upright)
    return to_unit(np.asarray(_split_alpha(upright)[0].convert("RGB")))


def _decode(image: Image.Image, *, name: str, max_pixels: int) -> tuple[Image.Image, bytes | None]:
    check_size(image.height, image.width, max_pixels=max_pixels)
    if image.mode not in (*_8_BIT_MODES, *_COLOUR_MODES, *_16_BIT_MODES, "F"):
        raise InputError(
            f"{name} has mode {image.mode}; allowed: {', '.join(_8_BIT_MODES + _COLOUR_MODES)}, "
            "and grey in I, I;16 and F"
        )
    try:
        image.load()
    except Exception as error:
        # As in `open_image`.
        raise InputError(f"{name} is truncated or damaged: {error}") from error
    return _upright(image)


def _upright(image: Image.Image) -> tuple[Image.Image, bytes | None]:
    try:
        exif = _kept_exif(image.getexif())
        return ImageOps.exif_transpose(image), exif
    except Exception as error:
        # Every camera, phone and editor writes EXIF, some of it broken in ways of its own; the
        # pixels are fine.
        logger.warning("dropped EXIF that can't be read: %s", error)
        return image, None


def _kept_exif(exif: Image.Exif) -> bytes | None:
    # Serialising also leaves out the thumbnail, which would show the picture as it was.
    kept = Image.Exif()
    kept.load(exif.tobytes())
    for tag in _FILE_TAGS.intersection(kept):
        del kept[tag]
    return kept.tobytes() if len(kept) else None


def _split_alpha(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Split into opaque colours of mode `L`, `RGB` or `CMYK`, and alpha of mode `L`."""
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        return rgba.convert("RGB"), rgba.getchannel("A")
    if image.mode in ("L", "CMYK"):
        return image, None
    return image.convert("RGB"), None


def _deep_grey(image: Image.Image) -> NDArray[np.float32]:
    values = np.asarray(image)
    if image.mode == "I":
        low, high = int(values.min()), int(values.max())
        if low < 0 or high > 65535:
            raise InputError(f"image of mode I has values {low} to {high}; allowed: 0 to 65535")
        values = values.astype(np.uint16)
    return np.repeat(to_unit(values)[..., None], 3, axis=2)


def _dpi(image: Image.Image) -> tuple[float, float] | None:
    try:
        x, y = (float(value) for value in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    # Files also say 0 or 1, for unknown, or more than a JPEG header can hold.
    valid = all(1 < value < 65536 for value in (x, y))
    return (x, y) if valid else None
