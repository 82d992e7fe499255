from __future__ import annotations

import io
import os
from pathlib import Path

import hypothesis.extra.numpy as hnp
import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from pictures import RGB, RGBA, RNG, encoded, side, unchanged
from PIL import Image

from semcs import image as si
from semcs.errors import InputError


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBX", "CMYK", "YCbCr", "HSV"])
def test_opaque_modes_come_back_as_rgb(mode: str) -> None:
    image = Image.fromarray(RGB).convert(mode)
    back = unchanged(image)
    assert back.mode == "RGB"
    np.testing.assert_array_equal(np.asarray(back), np.asarray(image.convert("RGB")))


@pytest.mark.parametrize("mode", ["LA", "PA", "RGBA", "RGBa"])
def test_modes_with_alpha_come_back_as_rgba(mode: str) -> None:
    image = Image.fromarray(RGBA).convert("LA").convert("PA") if mode == "PA" else None
    image = image or Image.fromarray(RGBA).convert(mode)
    back = unchanged(image)
    assert back.mode == "RGBA"
    np.testing.assert_array_equal(np.asarray(back), np.asarray(image.convert("RGBA")))


@pytest.mark.parametrize(("mode", "key"), [("P", 3), ("L", 7), ("RGB", (1, 2, 3)), ("1", 255)])
def test_a_transparent_colour_becomes_alpha(mode: str, key: object) -> None:
    image = Image.new(mode, (4, 3), key)
    if mode == "P":
        image.putpalette([9, 8, 7] * 4)
    image.putpixel((0, 0), 0)
    data = encoded(image, "PNG", transparency=key)
    back = unchanged(data)
    alpha = np.zeros((3, 4), int)
    alpha[0, 0] = 255
    np.testing.assert_array_equal(np.asarray(back)[..., 3], alpha)


@given(hnp.arrays(np.uint8, st.tuples(side, side, st.sampled_from([3, 4]))))
def test_files_come_back_bit_for_bit(array: np.ndarray) -> None:
    for form in ("PNG", "TIFF"):
        back = unchanged(encoded(Image.fromarray(array), form))
        np.testing.assert_array_equal(np.asarray(back), array)


def test_every_way_to_hand_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "bild ü.png"
    Image.fromarray(RGB).save(path)
    data = path.read_bytes()
    read, write = os.pipe()
    os.write(write, data)
    os.close(write)
    at_end = io.BytesIO()
    at_end.write(data)
    with open(path, "rb") as file, os.fdopen(read, "rb") as pipe:
        sources = (path, str(path), data, bytearray(data), memoryview(data), file, pipe, at_end)
        for source in sources:
            back = unchanged(source)
            assert isinstance(back, Image.Image)
            np.testing.assert_array_equal(np.asarray(back), RGB)
        assert not file.closed


def test_sixteen_bit_grey_files_keep_their_precision() -> None:
    deep = RNG.integers(0, 65536, (5, 6), dtype=np.uint16)
    expected = np.repeat(deep[..., None] / 65535, 3, axis=2)
    png = encoded(Image.fromarray(deep), "PNG")
    for source in (png, Image.fromarray(deep.astype(np.int32)), Image.fromarray(deep)):
        picture = si.load(source)
        np.testing.assert_allclose(picture.rgb, expected, rtol=1e-6)
        assert picture.restore(picture.rgb).mode == "RGB"


def test_float_images_are_in_unit_range() -> None:
    values = RNG.random((5, 6), dtype=np.float32)
    np.testing.assert_array_equal(si.load(Image.fromarray(values)).rgb[..., 1], values)
    with pytest.raises(InputError, match="from 0 to 255"):
        si.load(Image.fromarray(np.float32([[0, 255], [1, 2]])))
    with pytest.raises(InputError, match="mode I has values -1 to 3"):
        si.load(Image.fromarray(np.int32([[0, -1], [1, 3]])))


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "TIFF", "MPO"])
def test_of_several_frames_the_first_is_taken(form: str) -> None:
    first, second = (Image.new("RGB", (8, 6), colour) for colour in ("red", "blue"))
    data = encoded(first, form, save_all=True, append_images=[second])
    assert Image.open(io.BytesIO(data)).n_frames == 2
    np.testing.assert_allclose(si.load(data).rgb[3, 4], [1, 0, 0], atol=0.02)
    image = Image.open(io.BytesIO(data))
    image.seek(1)
    np.testing.assert_allclose(si.load(image).rgb[3, 4], [0, 0, 1], atol=0.02)


def test_cmyk_jpeg() -> None:
    data = encoded(Image.new("CMYK", (8, 8), (255, 0, 0, 0)), "JPEG", quality=100)
    np.testing.assert_allclose(si.load(data).rgb[4, 4], [0, 1, 1], atol=0.02)
