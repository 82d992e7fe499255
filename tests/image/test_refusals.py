from __future__ import annotations

import io
import os
import struct
import warnings
import zlib

import hypothesis.strategies as st
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from pictures import RGB, encoded
from PIL import Image

from semcs import image as si
from semcs.errors import InputError


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (np.zeros((4, 5, 2)), r"shape \(4, 5, 2\); allowed: \(H, W\)"),
        (np.zeros((3, 40, 50)), r"shape \(3, 40, 50\); allowed"),
        (np.zeros((2, 4, 5, 3)), "one picture at a time"),
        (np.zeros(4), "allowed"),
        (np.zeros((0, 5, 3)), r"0×5 pixels \(height × width\); each side must be at least 2"),
        (np.zeros((9, 1)), "9×1 pixels"),
        (np.zeros((4, 5), np.int64), "dtype int64; allowed: bool, uint8, uint16, float16"),
        (np.zeros((4, 5), complex), "dtype complex128"),
        (np.zeros((4, 5), object), "dtype object"),
        (RGB.astype(np.float64), "from 0 to 25[0-9]; allowed: .0, 1.*uint8"),
        (RGB / 127.5 - 1, "from -1 to"),
        (np.full((4, 5), np.nan), "NaN or infinite"),
        (np.full((4, 5), np.inf, np.float16), "NaN or infinite"),
        (torch.zeros(2, 4, 5), r"tensor has shape \(2, 4, 5\); allowed"),
        (torch.zeros(40, 50, 3), r"tensor has shape \(40, 50, 3\)"),
        (torch.zeros(2, 3, 4, 5), "batch of 2; read it by load_batch"),
        (torch.zeros(4), "tensor has shape"),
        (torch.zeros(3, 4, 5, dtype=torch.int64), "dtype int64; allowed: bool, uint8"),
        (torch.full((3, 4, 5), torch.nan), "NaN or infinite"),
        (torch.zeros(3, 1, 5), "1×5 pixels"),
        (Image.new("RGB", (1, 9)), "9×1 pixels"),
        (Image.new("RGB", (0, 0)), "0×0 pixels"),
        (Image.new("LAB", (4, 4)), "mode LAB; allowed"),
        (b"", "data of 0 bytes isn't an image"),
        (b"not an image", "isn't an image that can be read; allowed: JPEG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "isn't an image that can be read: it is PostScript or EPS"),
        (b"<svg xmlns=''/>", "it is SVG or XML; allowed: JPEG"),
        (b"8BPS\0\1", "it is Photoshop"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "it is a video"),
        ([[0, 1], [1, 0]], "image is a list; allowed: PIL image"),
        (None, "image is a NoneType"),
        (io.StringIO("text"), "binary mode"),
        ("no/such/file.png", "can't open image 'no/such/file.png': No such file"),
        (os.curdir, "can't open image '.': Is a directory"),
        ("nul\0.png", "null byte"),
    ],
)
def test_what_is_no_picture_is_refused(source: object, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        si.load(source)
    assert "\n" not in str(caught.value)


def test_rounding_past_the_unit_range_is_clipped() -> None:
    picture = si.load(np.array([[-1e-4, 0.5], [1, 1.0005]]))
    np.testing.assert_array_equal(picture.rgb[..., 0], [[0, 0.5], [1, 1]])


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF", "AVIF"])
def test_truncated_files_are_refused(form: str) -> None:
    smooth = Image.fromarray(RGB).resize((200, 150))
    data = encoded(smooth, form)
    for part in (0.2, 0.6, 0.9):
        with pytest.raises(InputError, match=r"truncated|damaged|isn't an image") as caught:
            si.load(data[: int(len(data) * part)])
        assert "\n" not in str(caught.value)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF", "PPM", "JPEG2000", "QOI"]),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_damaged_files_load_or_raise_input_error(
    form: str, damage: list[tuple[float, int]]
) -> None:
    data = bytearray(encoded(Image.fromarray(RGB), form))
    for place, value in damage:
        data[int(place * len(data))] = value
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = si.load(bytes(data), max_pixels=1_000_000)
        except InputError as error:
            assert "\n" not in str(error)  # noqa: PT017 - either outcome is right
        else:
            assert np.isfinite(picture.rgb).all()


def png_header(width: int, height: int) -> bytes:
    data = bytearray(encoded(Image.new("L", (2, 2)), "PNG"))
    data[16:24] = struct.pack(">II", width, height)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    return bytes(data)


@pytest.mark.parametrize(
    ("width", "message"),
    [
        (11_000, "110,000,000 pixels; at most 100,000,000"),  # of which Pillow itself would warn
        (100_000, "1,000,000,000 pixels; at most 100,000,000"),  # which Pillow itself would refuse
    ],
)
def test_bombs_are_refused_without_a_warning(width: int, message: str) -> None:
    data = png_header(width, 10_000)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(InputError, match=message) as caught:
            si.load(data, max_pixels=100_000_000)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "source",
    [RGB, torch.zeros(3, 12, 17), Image.fromarray(RGB), encoded(Image.new("1", (17, 12)), "PNG")],
)
def test_the_limit_counts_for_every_source(source: object) -> None:
    assert si.load(source, max_pixels=12 * 17).size == (12, 17)
    with pytest.raises(InputError, match=r"12×17 = 204 pixels; at most 203"):
        si.load(source, max_pixels=203)
