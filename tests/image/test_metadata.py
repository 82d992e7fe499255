from __future__ import annotations

import io
import logging
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import RGB, RGBA, SRGB, encoded, exif_of, unchanged
from PIL import ExifTags, Image, ImageOps, IptcImagePlugin, PngImagePlugin

from semcs import image as si
from semcs.errors import InputError

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


def test_how_a_tiff_stored_its_pixels_is_not_carried_over() -> None:
    image = Image.fromarray(RGBA)
    tags = {317: 2, 315: "A painter"}
    data = encoded(image, "TIFF", compression="tiff_lzw", tiffinfo=tags)
    result = Image.open(io.BytesIO(si.encode(unchanged(data), format="TIFF")))
    np.testing.assert_array_equal(np.asarray(result), RGBA)
    assert result.getexif()[315] == "A painter"
    assert 317 not in result.getexif()
    png = Image.open(io.BytesIO(si.encode(unchanged(data), format="PNG")))
    assert dict(png.getexif()) == {315: "A painter"}


def test_the_thumbnail_of_the_old_picture_goes() -> None:
    # IFD0: Artist = "abc"; IFD1: a thumbnail of 9 bytes at offset 56.
    entry = struct.Struct("<HHI4s")
    ifd0 = struct.pack("<H", 1) + entry.pack(315, 2, 4, b"abc\0") + struct.pack("<I", 26)
    pointers = entry.pack(513, 4, 1, struct.pack("<I", 56)) + entry.pack(
        514, 4, 1, struct.pack("<I", 9)
    )
    ifd1 = struct.pack("<H", 2) + pointers + struct.pack("<I", 0)
    exif = b"Exif\0\0II*\0\x08\0\0\0" + ifd0 + ifd1 + b"THUMBNAIL"
    image = Image.fromarray(RGB)
    image.info["exif"] = exif
    assert image.getexif().get_ifd(ExifTags.IFD.IFD1)[513] == 56
    back = unchanged(image)
    assert back.getexif()[315] == "abc"
    for keep in ("private", "all"):
        assert b"THUMBNAIL" not in si.encode(back, format="JPEG", metadata=keep)


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


def metadata_of_a_phone() -> bytes:
    """EXIF as phones write it: place, serial numbers, names, a maker's note, a thumbnail."""
    exif = Image.Exif()
    exif.update(KEPT | {271: "Maker", 270: "SECRET caption", 316: "SECRET's phone"})
    exif[0x0112], exif[282], exif[283], exif[296] = 6, 300.0, 300.0, 2
    exif[50735], exif[40092] = "SECRET serial", "SECRET words".encode("utf-16-le")
    exif.get_ifd(ExifTags.IFD.Exif).update(KEPT_TIMES)
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {42032: "SECRET owner", 42033: "SECRET body", 42037: "SECRET lens", 42016: "SECRET id"}
    )
    exif.get_ifd(ExifTags.IFD.Exif).update({37500: b"SECRET note", 37510: b"ASCII\0\0\0SECRET"})
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (47.0, 30.0, 12.5), 29: "SECRET:day"})
    return exif.tobytes()


KEPT = {306: "2020:02:03 04:05:06", 315: "Ann Artist", 33432: "(c) Ann"}
KEPT_TIMES = {0x9003: "2020:02:03 04:05:06", 0x9011: "+01:00", 0x9291: "123"}
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a tiff:Orientation="6"/>SECRET</x:xmpmeta>'
IPTC = b"\x1c\x02\x50\x00\x0eSECRET by-line"
READ = ["PNG", "JPEG", "TIFF", "WEBP", "AVIF", "GIF", "BMP"]
WRITTEN = ["PNG", "JPEG", "TIFF", "WEBP", "AVIF", "BMP"]
HOLD_EXIF = {"PNG", "JPEG", "TIFF", "WEBP", "AVIF"}


def phone_photo(form: str) -> bytes:
    """A photo with all the metadata that Pillow can put into a format."""
    options = {"exif": metadata_of_a_phone(), "icc_profile": SRGB, "dpi": (300, 300)}
    if form == "TIFF":
        exif = Image.Exif()
        exif.load(metadata_of_a_phone())
        exif[700], exif[33723] = XMP, IPTC
        options["exif"] = exif.tobytes()
    if form in ("WEBP", "AVIF"):
        options["xmp"] = XMP
    if form in ("JPEG", "GIF"):
        options["comment"] = b"SECRET comment"
    if form == "JPEG":
        block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(IPTC).to_bytes(4, "big") + IPTC + b"\0"
        options |= {"xmp": XMP, "extra": b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block}
    if form == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Description", "SECRET text")
        options["pnginfo"].add_text("Comment", "SECRET comment")
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", XMP.decode())
    return encoded(Image.fromarray(RGB), form, **options)


def written(source: str, target: str, keep: str) -> bytes:
    return si.encode(unchanged(phone_photo(source)), format=target, metadata=keep)


def dpi_of(image: Image.Image) -> tuple[float, float]:
    exif = image.getexif()
    return image.info.get("dpi") or (exif[282], exif[283])


@pytest.mark.parametrize("source", READ)
@pytest.mark.parametrize("target", WRITTEN)
def test_by_default_nobody_learns_who_and_where(source: str, target: str) -> None:
    data = si.encode(unchanged(phone_photo(source)), format=target)
    assert b"SECRET" not in data
    assert b"S\0E\0C\0R" not in data
    result = Image.open(io.BytesIO(data))
    result.load()
    exif = result.getexif()
    assert not exif.get_ifd(ExifTags.IFD.GPSInfo)
    assert not exif.get_ifd(ExifTags.IFD.IFD1)
    assert 0x0112 not in exif
    if source in HOLD_EXIF:
        assert result.size == (12, 17)
        if target in HOLD_EXIF:
            assert {tag: exif[tag] for tag in KEPT} == KEPT
            assert exif.get_ifd(ExifTags.IFD.Exif) == KEPT_TIMES
        assert dpi_of(result) == pytest.approx((300, 300), abs=0.01)
        if target != "BMP":
            assert result.info["icc_profile"] == SRGB


@pytest.mark.parametrize("source", READ)
@pytest.mark.parametrize("target", WRITTEN)
def test_strip_leaves_the_colour_profile_alone(source: str, target: str) -> None:
    data = written(source, target, "none")
    result = Image.open(io.BytesIO(data))
    layout = {254, 256, 257, 258, 259, 262, 273, 277, 278, 279, 284, 34675, 339}
    assert set(result.getexif()) <= layout
    assert not set(result.info) & {"exif", "xmp", "comment", "photoshop"}
    assert b"SECRET" not in data
    assert b"Ann" not in data
    if source in HOLD_EXIF and target != "BMP":
        assert result.info["icc_profile"] == SRGB


@pytest.mark.parametrize("source", sorted(HOLD_EXIF))
@pytest.mark.parametrize("target", sorted(HOLD_EXIF))
def test_all_is_kept_on_demand(source: str, target: str) -> None:
    data = written(source, target, "all")
    result = Image.open(io.BytesIO(data))
    result.load()
    exif, details = result.getexif(), result.getexif().get_ifd(ExifTags.IFD.Exif)
    assert 0x0112 not in exif
    assert exif.get_ifd(ExifTags.IFD.GPSInfo)[2] == (47.0, 30.0, 12.5)
    assert {tag: exif[tag] for tag in (*KEPT, 270, 316)} == KEPT | {
        270: "SECRET caption",
        316: "SECRET's phone",
    }
    assert (details[42033], details[37500]) == ("SECRET body", b"SECRET note")
    xmp = result.info["xmp"]
    assert b"SECRET" in (xmp.encode() if isinstance(xmp, str) else xmp)
    assert b"Orientation" not in (xmp.encode() if isinstance(xmp, str) else xmp)


@pytest.mark.parametrize("source", ["JPEG", "TIFF"])
@pytest.mark.parametrize("target", ["JPEG", "TIFF"])
def test_iptc_is_kept_on_demand(source: str, target: str) -> None:
    result = Image.open(io.BytesIO(written(source, target, "all")))
    assert IptcImagePlugin.getiptcinfo(result) == {(2, 80): b"SECRET by-line"}


def test_comments_and_texts_are_kept_where_there_is_a_place(
    caplog: pytest.LogCaptureFixture,
) -> None:
    for source in ("JPEG", "GIF", "PNG"):
        jpeg = Image.open(io.BytesIO(written(source, "JPEG", "all")))
        assert jpeg.info["comment"] == b"SECRET comment"
        png = Image.open(io.BytesIO(written(source, "PNG", "all")))
        assert png.text["Comment"] == "SECRET comment"
    assert png.text["Description"] == "SECRET text"
    caplog.clear()
    written("PNG", "BMP", "all")
    assert "left out xmp, text: BMP has no place for it" in caplog.text


@pytest.mark.parametrize("keep", ["private", "none"])
@pytest.mark.parametrize("source", READ)
@pytest.mark.parametrize("target", WRITTEN)
def test_images_as_pillow_opens_them_are_no_way_around(source: str, target: str, keep: str) -> None:
    opened = Image.open(io.BytesIO(phone_photo(source)))
    data = si.encode(opened, format=target, metadata=keep)
    assert b"SECRET" not in data
    again = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))))
    if source in HOLD_EXIF and target in HOLD_EXIF:
        assert again.shape == (17, 12, 3)  # upright still


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_pillow_itself_finds_nothing_private_to_write(form: str) -> None:
    buffer = io.BytesIO()
    unchanged(phone_photo("JPEG")).save(buffer, form)
    assert b"SECRET" not in buffer.getvalue()


def test_an_amount_that_there_isnt() -> None:
    with pytest.raises(InputError, match="metadata is 'some': choose from private, all, none"):
        si.encode(Image.fromarray(RGB), format="PNG", metadata="some")


@given(st.binary(max_size=200), st.integers(0, 600))
@settings(max_examples=60, deadline=None)
def test_damaged_exif_never_gets_in_the_way(noise: bytes, at: int) -> None:
    exif = metadata_of_a_phone()
    image = Image.fromarray(RGB)
    image.info["exif"] = exif[:at] + noise + exif[at + len(noise) :]
    result = unchanged(image)
    for keep in ("private", "all", "none"):
        assert si.encode(result, format="JPEG", metadata=keep)
