"""ICC profiles: into sRGB to work, and back into the picture's own colour space."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from semcs.image.arrays import from_unit, to_unit

logger = logging.getLogger(__name__)

# Which pixels a profile's colour space can describe, as Pillow modes.
_MODES_OF_SPACE = {"RGB": ("RGB", "L"), "GRAY": ("L",), "CMYK": ("CMYK",)}

# Two levels of 8 bits: what rounding adds to an sRGB profile that isn't exactly Pillow's.
_SAME_COLOUR = 2

_STRIP = 2**20  # pixels


@dataclass(frozen=True, eq=False)
class ColourSpace:
    """The colour space that a picture came in.

    Attributes:
        profile: ICC profile to attach to the result, or None for sRGB without a profile.
        native: (H, W, 3) uint8 pixels as they came; None where they are sRGB already.
        srgb: (H, W, 3) uint8, the same pixels in sRGB; None where `native` is.
    """

    profile: bytes | None = None
    native: NDArray[np.uint8] | None = field(default=None, repr=False)
    srgb: NDArray[np.uint8] | None = field(default=None, repr=False)

    def from_srgb(self, rgb: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Turn (H, W, 3) float32 sRGB into uint8 of this colour space.

        sRGB may be the smaller space and 8 bits round, so pixels that still are what they were
        take their original value instead of the way there and back.
        """
        pixels: NDArray[np.uint8] = from_unit(rgb, np.dtype(np.uint8))
        if self.native is None or self.profile is None:
            return pixels
        back = _transform(_srgb_profile(), _parse(self.profile), "RGB", "RGB")
        converted = np.asarray(back.apply(Image.fromarray(pixels)))
        untouched = (pixels == self.srgb).all(axis=2, keepdims=True)
        return np.where(untouched, self.native, converted)


def to_srgb(image: Image.Image, profile: bytes | None) -> tuple[NDArray[np.float32], ColourSpace]:
    """Read an `L`, `RGB`, `RGBA` or `CMYK` image as (H, W, 3) float32 sRGB in [0, 1].

    RGB profiles are kept and undone by `ColourSpace.from_srgb`. Grey and CMYK profiles can't
    describe the RGB result: the pixels are converted and the profile goes. A profile that can't
    be read, or that is of another kind than the pixels, is dropped with a warning.
    """
    if profile:
        try:
            return _convert(image.convert("RGB") if image.mode == "RGBA" else image, profile)
        except (ImageCms.PyCMSError, OSError, ValueError) as error:
            logger.warning("dropped an ICC profile that can't be used: %s", error)
    return unit_rgb(image), ColourSpace()


def unit_rgb(image: Image.Image) -> NDArray[np.float32]:
    """The pixels of an image as (H, W, 3) float32 in [0, 1], in strips that need little memory."""
    rgb = np.empty((image.height, image.width, 3), np.float32)
    rows = max(1, _STRIP // image.width)
    for top in range(0, image.height, rows):
        # Not by `crop`, which holds to Pillow's limit on pixels, the caller's to set.
        strip = Image.new(image.mode, (image.width, min(rows, image.height - top)), None)
        strip.paste(image, (0, -top))
        rgb[top : top + rows] = to_unit(np.asarray(strip.convert("RGB")))
    return rgb


def _convert(image: Image.Image, data: bytes) -> tuple[NDArray[np.float32], ColourSpace]:
    profile = _parse(data)
    space = profile.profile.xcolor_space.strip()
    if image.mode not in _MODES_OF_SPACE.get(space, ()):
        raise ValueError(f"its colour space {space} doesn't fit pixels of mode {image.mode}")
    if space != "RGB":
        converted = _transform(profile, _srgb_profile(), image.mode, "RGB").apply(image)
        return unit_rgb(converted), ColourSpace()
    native = image if image.mode == "RGB" else image.convert("RGB")
    forward = _transform(profile, _srgb_profile(), "RGB", "RGB")
    if _is_identity(forward):
        return unit_rgb(native), ColourSpace(profile=data)
    # Built here as well, so that a profile without a way back is found before any work.
    _transform(_srgb_profile(), profile, "RGB", "RGB")
    srgb = np.asarray(forward.apply(native))
    return to_unit(srgb), ColourSpace(profile=data, native=np.asarray(native), srgb=srgb)


def _parse(data: bytes) -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(io.BytesIO(data))


def _srgb_profile() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _transform(
    source: ImageCms.ImageCmsProfile,
    target: ImageCms.ImageCmsProfile,
    source_mode: str,
    target_mode: str,
) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        source,
        target,
        source_mode,
        target_mode,
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.HIGHRESPRECALC,
    )


def _is_identity(transform: ImageCms.ImageCmsTransform) -> bool:
    levels = np.linspace(0, 255, 16).astype(np.uint8)
    cube = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(64, 64, 3)
    moved = np.asarray(transform.apply(Image.fromarray(cube)))
    return int(np.abs(moved.astype(int) - cube).max()) <= _SAME_COLOUR
