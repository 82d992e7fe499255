from __future__ import annotations

import io
import logging
import struct

import numpy as np
import pytest
from pictures import RGB, RGBA, SRGB, encoded, exif_of, unchanged
from PIL import ExifTags, Image, ImageOps

from semcs import image as si

UPRIGHT = {
    1: lambda a: a,
    2: np.fliplr,
    3: lambda a: np.rot90(a, 2),
    4: np.flipud,
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: np.rot90(a, -1),
    7: lambda a: np.rot90(a, 2).swapaxes(0, 1),
    8: np.rot90,
}


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
@pytest.mark.parametrize("orientation", UPRIGHT)
def test_exif_orientation_is_applied_once(orientation: int, form: str) -> None:
    data = encoded(Image.fromarray(RGBA), form, exif=exif_of(orientation))
    back = unchanged(data)
    np.testing.assert_array_equal(np.asarray(back), UPRIGHT[orientation](RGBA))
    transposed = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    np.testing.assert_array_equal(np.asarray(back), np.asarray(transposed))
    assert 0x0112 not in back.getexif()
    np.testing.assert_array_equal(np.asarray(unchanged(back)), np.asarray(back))


def test_orientation_of_an_opened_image_is_applied_and_the_image_left_alone() -> None:
    opened = Image.open(io.BytesIO(encoded(Image.fromarray(RGB), "PNG", exif=exif_of(6))))
    assert si.load(opened).size == (17, 12)
    assert opened.size == (17, 12)
    assert opened.getexif()[0x0112] == 6


@pytest.mark.parametrize("source", ["PNG", "JPEG", "TIFF", "WEBP"])
@pytest.mark.parametrize("target", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_metadata_survives_from_format_to_format(source: str, target: str) -> None:
    options = {"exif": exif_of(6), "icc_profile": SRGB, "dpi": (300, 300)}
    data = encoded(Image.fromarray(RGB), source, **options)
    result = Image.open(io.BytesIO(si.encode(unchanged(data), format=target)))
    assert result.size == (12, 17)
    exif = result.getexif()
    assert exif[271] == "Maker"
    assert 0x0112 not in exif
    assert exif.get_ifd(0x8769)[0x9003] == "2020:02:03 04:05:06"
    assert exif.get_ifd(0x8825)[1] == "N"
    assert result.info["icc_profile"] == SRGB
    if "WEBP" not in (source, target):
        assert result.info["dpi"] == pytest.approx((300, 300), abs=0.01)


def test_how_a_tiff_stored_its_pixels_is_not_carried_over() -> None:
    image = Image.fromarray(RGBA)
    tags = {317: 2, 270: "A title"}
    data = encoded(image, "TIFF", compression="tiff_lzw", tiffinfo=tags)
    result = Image.open(io.BytesIO(si.encode(unchanged(data), format="TIFF")))
    np.testing.assert_array_equal(np.asarray(result), RGBA)
    assert result.getexif()[270] == "A title"
    assert 317 not in result.getexif()
    png = Image.open(io.BytesIO(si.encode(unchanged(data), format="PNG")))
    assert dict(png.getexif()) == {270: "A title"}


def test_the_thumbnail_of_the_old_picture_goes() -> None:
    # IFD0: Make = "abc"; IFD1: a thumbnail of 9 bytes at offset 56.
    entry = struct.Struct("<HHI4s")
    ifd0 = struct.pack("<H", 1) + entry.pack(271, 2, 4, b"abc\0") + struct.pack("<I", 26)
    pointers = entry.pack(513, 4, 1, struct.pack("<I", 56)) + entry.pack(
        514, 4, 1, struct.pack("<I", 9)
    )
    ifd1 = struct.pack("<H", 2) + pointers + struct.pack("<I", 0)
    exif = b"Exif\0\0II*\0\x08\0\0\0" + ifd0 + ifd1 + b"THUMBNAIL"
    image = Image.fromarray(RGB)
    image.info["exif"] = exif
    assert image.getexif().get_ifd(ExifTags.IFD.IFD1)[513] == 56
    back = unchanged(image)
    assert back.getexif()[271] == "abc"
    assert b"THUMBNAIL" not in back.info["exif"]


def test_broken_exif_is_dropped_with_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    image = Image.fromarray(RGB)
    image.info["exif"] = b"Exif\0\0garbage"
    with caplog.at_level(logging.WARNING, logger="semcs"):
        back = unchanged(image)
    assert "EXIF" in caplog.text
    assert "exif" not in back.info
    np.testing.assert_array_equal(np.asarray(back), RGB)


@pytest.mark.parametrize("dpi", [(0, 0), (1, 1), (float("nan"), 72), 1e9, (1e9, 1e9)])
def test_dpi_that_is_none_is_dropped(dpi: object) -> None:
    image = Image.fromarray(RGB)
    image.info["dpi"] = dpi
    back = unchanged(image)
    assert "dpi" not in back.info
    si.encode(back, format="JPEG")
