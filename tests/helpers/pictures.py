"""Pictures, and what all tests of the image part do with them."""

from __future__ import annotations

import io

import hypothesis.strategies as st
import numpy as np
from PIL import Image, ImageCms

from semcs import image as si

RNG = np.random.default_rng(0)
RGB = RNG.integers(0, 256, (12, 17, 3), dtype=np.uint8)
RGBA = RNG.integers(0, 256, (12, 17, 4), dtype=np.uint8)
GREY = RNG.integers(0, 256, (12, 17), dtype=np.uint8)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

integer = st.sampled_from([np.uint8, np.uint16, np.dtype(">u2"), np.bool_])
side = st.integers(2, 9)
array_shapes = st.tuples(side, side) | st.tuples(side, side, st.sampled_from([1, 3, 4]))
tensor_shapes = (
    st.tuples(side, side)
    | st.tuples(st.sampled_from([1, 3, 4]), side, side)
    | st.tuples(st.just(1), st.sampled_from([1, 3, 4]), side, side)
)


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def unchanged(source: object) -> object:
    picture = si.load(source)
    return picture.restore(picture.rgb)


def exif_of(orientation: int | None = None) -> bytes:
    exif = Image.Exif()
    exif[271] = "Maker"
    exif.get_ifd(0x8769)[0x9003] = "2020:02:03 04:05:06"
    exif.get_ifd(0x8825)[1] = "N"
    if orientation:
        exif[0x0112] = orientation
    return exif.tobytes()
