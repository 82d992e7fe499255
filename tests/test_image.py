from __future__ import annotations

import io
import json
import logging
import os
import struct
import subprocess
import sys
import warnings
import zlib
from pathlib import Path

import hypothesis.extra.numpy as hnp
import hypothesis.strategies as st
import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from PIL import ExifTags, Image, ImageCms, ImageOps, JpegImagePlugin

from semcs import image as si
from semcs.errors import InputError

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


# --- arrays ---------------------------------------------------------------------------------


@given(hnp.arrays(integer, array_shapes))
@example(np.arange(16).reshape(2, 2, 4).astype(">u2"))
def test_integer_arrays_come_back_bit_for_bit(array: np.ndarray) -> None:
    back = unchanged(array)
    assert back.dtype == array.dtype
    np.testing.assert_array_equal(back, array, strict=True)


@given(st.data(), st.sampled_from([np.float16, np.float32]))
def test_half_and_single_arrays_come_back_bit_for_bit(data: st.DataObject, dtype: type) -> None:
    width = np.dtype(dtype).itemsize * 8
    array = data.draw(hnp.arrays(dtype, array_shapes, elements=st.floats(0, 1, width=width)))
    np.testing.assert_array_equal(unchanged(array), array, strict=True)


@given(hnp.arrays(np.float64, array_shapes, elements=st.floats(0, 1)))
def test_double_arrays_come_back_to_single_precision(array: np.ndarray) -> None:
    back = unchanged(array)
    assert back.dtype == np.float64
    np.testing.assert_allclose(back, array, atol=1e-7, strict=True)
    if array.ndim == 3 and array.shape[2] == 4:
        np.testing.assert_array_equal(back[..., 3], array[..., 3])


def test_rgb_is_the_scaled_source_and_read_only() -> None:
    picture = si.load(RGBA)
    np.testing.assert_array_equal(picture.rgb, RGBA[..., :3] / np.float32(255))
    np.testing.assert_array_equal(picture.alpha, RGBA[..., 3] / np.float32(255))
    assert picture.rgb.dtype == picture.alpha.dtype == np.float32
    assert picture.size == (12, 17)
    assert not picture.rgb.flags.writeable
    assert not picture.alpha.flags.writeable


def test_sixteen_bits_keep_their_precision() -> None:
    deep = np.array([[0, 1], [32768, 65535]], np.uint16)
    np.testing.assert_allclose(si.load(deep).rgb[..., 0], deep / 65535, rtol=1e-7)


@pytest.mark.parametrize(
    "view",
    [
        RGB[::-1, ::2],
        RGB.transpose(1, 0, 2),
        np.asfortranarray(RGB),
        RGB[..., ::-1],
        np.broadcast_to(RGB[:, :, :1], RGB.shape),
    ],
    ids=["strided", "transposed", "fortran", "bgr", "broadcast"],
)
def test_views_and_read_only_arrays(view: np.ndarray) -> None:
    frozen = view.view()
    frozen.flags.writeable = False
    np.testing.assert_array_equal(unchanged(frozen), view, strict=True)


def test_the_source_may_change_after_it_was_loaded() -> None:
    source = RGBA.copy()
    picture = si.load(source)
    source[:] = 0
    np.testing.assert_array_equal(picture.restore(picture.rgb), RGBA)


def test_alpha_comes_back_untouched_with_other_colours() -> None:
    double = RNG.random((5, 6, 4))
    back = si.load(double).restore(np.zeros((5, 6, 3)))
    np.testing.assert_array_equal(back[..., 3], double[..., 3])
    np.testing.assert_array_equal(back[..., :3], 0)


def test_one_channel_gets_the_luma_of_the_result() -> None:
    back = si.load(GREY).restore(RGB / np.float32(255))
    luma = np.asarray(Image.fromarray(RGB).convert("L"), int)
    assert np.abs(back - luma).max() <= 1
    assert si.load(GREY[..., None]).restore(RGB / 255).shape == (12, 17, 1)


def test_results_are_clipped_and_rounded() -> None:
    picture = si.load(np.zeros((2, 2), np.uint8))
    for value, expected in ((-3.0, 0), (7.0, 255), (0.999, 255), (0.5 / 255 + 1e-4, 1)):
        assert (picture.restore(np.full((2, 2, 3), value)) == expected).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_results_that_are_not_pictures_are_refused(bad: float) -> None:
    picture = si.load(RGB)
    with pytest.raises(InputError, match="NaN or infinite"):
        picture.restore(np.full(RGB.shape, bad))
    with pytest.raises(InputError, match=r"\(3, 3, 3\); the picture needs \(12, 17, 3\)"):
        picture.restore(np.zeros((3, 3, 3)))
    with pytest.raises(InputError, match=r"mask has shape \(3, 3\)"):
        picture.restore_mask(np.zeros((3, 3)))


def test_masks_come_back_in_the_kind_of_the_picture() -> None:
    mask = np.linspace(0, 1, GREY.size).reshape(GREY.shape)
    array = si.load(RGB).restore_mask(mask)
    assert array.dtype == np.float32
    np.testing.assert_allclose(array, mask, atol=1e-7)
    image = si.load(Image.fromarray(RGBA)).restore_mask(mask)
    assert image.mode == "L"
    np.testing.assert_array_equal(np.asarray(image), np.rint(mask * 255))
    for shape, expected in (((12, 17), (1, 12, 17)), ((1, 3, 12, 17), (1, 1, 12, 17))):
        tensor = si.load(torch.zeros(shape)).restore_mask(mask)
        assert tensor.shape == expected
        np.testing.assert_array_equal(tensor.squeeze().numpy(), array)


# --- tensors --------------------------------------------------------------------------------


@given(
    st.data(),
    tensor_shapes,
    st.sampled_from([torch.uint8, torch.uint16, torch.bool, torch.float32, torch.bfloat16]),
)
def test_tensors_come_back_bit_for_bit(
    data: st.DataObject, shape: tuple[int, ...], dtype: torch.dtype
) -> None:
    ints = data.draw(hnp.arrays(np.uint8, shape))
    tensor = torch.from_numpy(ints)
    tensor = tensor.to(dtype) / 255 if dtype.is_floating_point else tensor.to(dtype)
    back = unchanged(tensor)
    assert (back.dtype, back.device) == (tensor.dtype, tensor.device)
    assert torch.equal(back, tensor)


def test_tensor_planes_are_channels_first() -> None:
    rgb = si.load(torch.from_numpy(RGB).permute(2, 0, 1)[None]).rgb
    np.testing.assert_array_equal(rgb, RGB / np.float32(255))


def test_tensors_with_gradient_come_back_without() -> None:
    tensor = torch.rand(4, 6, 5, requires_grad=True)
    back = unchanged(tensor)
    assert not back.requires_grad
    assert torch.equal(back, tensor.detach())


def test_batches_go_through_one_by_one() -> None:
    batch = torch.rand(3, 4, 5, 6, dtype=torch.float64)
    pictures = si.load_batch(batch)
    results = [np.full((5, 6, 3), 0.25 * index) for index in range(3)]
    back = si.restore_batch(pictures, results)
    assert (back.shape, back.dtype) == (batch.shape, batch.dtype)
    assert torch.equal(back[:, 3], batch[:, 3])
    assert torch.equal(back[:, 0, 0, 0], torch.tensor([0, 0.25, 0.5], dtype=torch.float64))
    with pytest.raises(InputError, match="3 pictures but 2 results"):
        si.restore_batch(pictures, results[:2])


@pytest.mark.parametrize("bad", [RGB, torch.zeros(3, 4, 4), torch.zeros(0, 3, 4, 4)])
def test_what_is_no_batch_is_refused(bad: object) -> None:
    with pytest.raises(InputError, match=r"allowed: a tensor \(B, C, H, W\)"):
        si.load_batch(bad)


def test_to_tensor_and_back() -> None:
    rgb = si.load(RGB).rgb
    tensor = si.to_tensor(rgb)
    assert (tensor.shape, tensor.dtype) == ((1, 3, 12, 17), torch.float32)
    assert tensor[0, 2, 3, 4] == rgb[3, 4, 2]
    tensor[:] = tensor.clone().requires_grad_()
    np.testing.assert_array_equal(si.to_array(tensor.requires_grad_()), rgb)
    assert si.to_array(torch.zeros(1, 3, 1, 1)).shape == (1, 1, 3)
    source = torch.zeros(1, 3, 4, 5).to(memory_format=torch.channels_last)
    si.to_array(source)[:] = 1
    assert source.max() == 0


# --- PIL images and files -------------------------------------------------------------------


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


# --- metadata -------------------------------------------------------------------------------


def exif_of(orientation: int | None = None) -> bytes:
    exif = Image.Exif()
    exif[271] = "Maker"
    exif.get_ifd(0x8769)[0x9003] = "2020:02:03 04:05:06"
    exif.get_ifd(0x8825)[1] = "N"
    if orientation:
        exif[0x0112] = orientation
    return exif.tobytes()


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


# --- ICC profiles ---------------------------------------------------------------------------


def icc(space: bytes, pcs: bytes, tags: dict[bytes, bytes]) -> bytes:
    """A version 2 profile (ICC.1:2001-04, clause 6)."""
    white = struct.pack(">3i", *(round(x * 65536) for x in (0.9642, 1, 0.8249)))
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        offset = 132 + 12 * len(tags) + len(body)
        table += name + struct.pack(">II", offset, len(data))
        body += data + b"\0" * (-len(data) % 4)
    kind = b"prtr" if space == b"CMYK" else b"mntr"
    header = struct.pack(">I4sI", 128 + len(table + body), b"\0" * 4, 0x02100000)
    header += kind + space + pcs + struct.pack(">6H", 2020, 1, 1, 0, 0, 0) + b"acsp"
    return (header + b"\0" * 28 + white).ljust(128, b"\0") + table + body


def xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in values))


LINEAR_CURVE = b"curv" + b"\0" * 8
WHITE = xyz(0.9642, 1, 0.8249)
RED = xyz(0.43607, 0.22249, 0.01392)


def rgb_profile(curve: bytes, *, red: bytes = RED) -> bytes:
    """sRGB's primaries, adapted to D50, with another curve or red."""
    green, blue = xyz(0.38515, 0.71687, 0.09708), xyz(0.14307, 0.06061, 0.7141)
    tags = {b"wtpt": WHITE, b"rXYZ": red, b"gXYZ": green, b"bXYZ": blue}
    return icc(b"RGB ", b"XYZ ", tags | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve))


LINEAR_RGB = rgb_profile(LINEAR_CURVE)
GREY_GAMMA = 461 / 256
GREY_1_8 = icc(
    b"GRAY",
    b"XYZ ",
    {b"wtpt": WHITE, b"kTRC": b"curv" + struct.pack(">IIH", 0, 1, 461)},
)


def black_ink_profile() -> bytes:
    """CMYK in which only black counts, L* = 100·(1 − K), as a lut8 of 2 grid points a side."""
    ramp = bytes(range(256))
    nodes = b"".join(bytes([0 if node & 1 else 255, 128, 128]) for node in range(16))
    matrix = struct.pack(">9i", *(65536 * (i % 4 == 0) for i in range(9)))
    lut = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + matrix + ramp * 4 + nodes + ramp * 3
    return icc(b"CMYK", b"Lab ", {b"wtpt": WHITE, b"A2B0": lut})


def srgb_curve(linear: np.ndarray) -> np.ndarray:
    """IEC 61966-2-1."""
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def coarse_srgb_profile() -> bytes:
    """sRGB as a maker writes it: off by a level here and there, here from a short curve."""
    coded = np.linspace(0, 1, 64)
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    samples = np.rint(linear * 65535).astype(">u2").tobytes()
    return rgb_profile(b"curv" + struct.pack(">II", 0, 64) + samples)


@pytest.mark.parametrize("profile", [SRGB, coarse_srgb_profile()])
def test_an_srgb_profile_is_kept_and_leaves_the_pixels_alone(profile: bytes) -> None:
    picture = si.load(encoded(Image.fromarray(RGBA), "PNG", icc_profile=profile))
    np.testing.assert_array_equal(picture.rgb, RGBA[..., :3] / np.float32(255))
    assert picture.restore(picture.rgb).info["icc_profile"] == profile


def test_other_rgb_profiles_are_worked_on_in_srgb_and_given_back() -> None:
    image = Image.fromarray(RGBA)
    image.info["icc_profile"] = LINEAR_RGB
    picture = si.load(image)
    expected = srgb_curve(RGBA[..., :3] / 255)
    np.testing.assert_allclose(picture.rgb, expected, atol=1.5 / 255)
    back = picture.restore(np.full(picture.rgb.shape, 188 / 255, np.float32))
    assert back.info["icc_profile"] == LINEAR_RGB
    linear = ((188 / 255 + 0.055) / 1.055) ** 2.4 * 255
    np.testing.assert_allclose(np.asarray(back)[..., :3], linear, atol=1)
    np.testing.assert_array_equal(np.asarray(back)[..., 3], RGBA[..., 3])


def test_pixels_left_alone_keep_their_value_in_another_colour_space() -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8).reshape(16, 16, 1), 3, axis=2)
    # P3-like: a wider red. Most of its pixels don't survive the way to 8-bit sRGB and back.
    wide = rgb_profile(LINEAR_CURVE, red=xyz(0.515, 0.241, -0.001))
    ramp[..., 1:] //= 4
    image = Image.fromarray(ramp)
    image.info["icc_profile"] = wide
    picture = si.load(image)
    np.testing.assert_array_equal(np.asarray(picture.restore(picture.rgb)), ramp)
    half = picture.rgb.copy()
    half[8:] = 0
    back = np.asarray(picture.restore(half))
    np.testing.assert_array_equal(back[:8], ramp[:8])
    np.testing.assert_array_equal(back[8:], 0)


def test_grey_profiles_are_applied_and_dropped() -> None:
    image = Image.fromarray(GREY)
    image.info["icc_profile"] = GREY_1_8
    picture = si.load(image)
    expected = np.repeat(srgb_curve((GREY / 255) ** GREY_GAMMA)[..., None], 3, axis=2)
    np.testing.assert_allclose(picture.rgb, expected, atol=1.5 / 255)
    back = picture.restore(picture.rgb)
    assert "icc_profile" not in back.info
    np.testing.assert_array_equal(np.asarray(back), np.rint(picture.rgb * 255))


def test_cmyk_profiles_are_applied_and_dropped() -> None:
    ink = np.zeros((16, 16, 4), np.uint8)
    ink[..., 3] = np.arange(256).reshape(16, 16)
    image = Image.frombytes("CMYK", (16, 16), ink.tobytes())
    image.info["icc_profile"] = black_ink_profile()
    picture = si.load(image)
    lightness = 100 * (1 - ink[..., 3] / 255)
    low, high = lightness / 903.3, ((lightness + 16) / 116) ** 3
    expected = srgb_curve(np.where(lightness <= 8, low, high))
    np.testing.assert_allclose(picture.rgb[..., 1], expected, atol=3 / 255)
    assert "icc_profile" not in picture.restore(picture.rgb).info


@pytest.mark.parametrize(
    ("mode", "profile"),
    [
        ("RGB", b"garbage"),
        ("RGB", GREY_1_8),
        ("RGB", black_ink_profile()),
        ("CMYK", LINEAR_RGB),
        ("L", black_ink_profile()),
    ],
)
def test_profiles_that_do_not_fit_are_dropped_with_a_warning(
    mode: str, profile: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    image = Image.fromarray(RGB).convert(mode)
    image.info["icc_profile"] = profile
    with caplog.at_level(logging.WARNING, logger="semcs"):
        back = unchanged(image)
    assert "ICC" in caplog.text
    assert "icc_profile" not in back.info
    np.testing.assert_array_equal(np.asarray(back), np.asarray(image.convert("RGB")))


# --- what is refused ------------------------------------------------------------------------


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
    st.sampled_from(["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF", "PPM", "TGA", "QOI"]),
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
        (11_000, "110,000,000 pixels; at most 100,000,000"),  # of which Pillow would warn
        (100_000, "too large .*1000000000 pixels"),  # which Pillow itself refuses
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


# --- masks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrap",
    [
        lambda m: m,
        lambda m: m.astype(np.uint8) * 255,
        lambda m: m.astype(np.float64)[..., None],
        lambda m: m.astype(np.uint16) * 65535,
        torch.from_numpy,
        lambda m: torch.from_numpy(m)[None, None].float().requires_grad_(),
        Image.fromarray,
        lambda m: Image.fromarray(m).convert("RGB"),
        lambda m: encoded(Image.fromarray(m), "PNG"),
    ],
)
def test_masks_of_every_kind(wrap: object) -> None:
    mask = RNG.random((6, 7)) > 0.5
    read = si.load_mask(wrap(mask), (6, 7))
    assert read.dtype == np.float32
    np.testing.assert_array_equal(read, mask)


def test_mask_values_are_amounts_not_colours() -> None:
    image = Image.fromarray(GREY)
    image.info["icc_profile"] = GREY_1_8
    np.testing.assert_array_equal(si.load_mask(image, (12, 17)), GREY / np.float32(255))
    turned = Image.fromarray(GREY)
    turned.info["exif"] = exif_of(6)
    expected = np.rot90(GREY, -1) / np.float32(255)
    np.testing.assert_array_equal(si.load_mask(turned, (17, 12)), expected)
    see_through = Image.merge("LA", [Image.fromarray(GREY), Image.new("L", (17, 12), 9)])
    np.testing.assert_array_equal(si.load_mask(see_through, (12, 17)), GREY / np.float32(255))


def test_sixteen_bit_masks() -> None:
    mask = Image.fromarray(np.linspace(0, 65535, 20).astype(np.uint16).reshape(4, 5))
    for source in (mask, encoded(mask, "PNG")):
        read = si.load_mask(source, (4, 5))
        np.testing.assert_allclose(read.ravel(), np.linspace(0, 1, 20), atol=2e-5)


def test_masks_that_do_not_fit_are_refused() -> None:
    with pytest.raises(
        InputError, match=r"mask is 12×17 \(height × width\) but the image is 17×12"
    ):
        si.load_mask(GREY, (17, 12))
    for labels in (np.eye(4, dtype=np.uint8), Image.fromarray(np.eye(4, dtype=np.uint8))):
        with pytest.raises(InputError, match="hand 0 and 1 in as bool"):
            si.load_mask(labels, (4, 4))
    assert si.load_mask(np.zeros((4, 4), np.uint8), (4, 4)).max() == 0
    with pytest.raises(InputError, match="at most 15"):
        si.load_mask(np.zeros((4, 4)), (4, 4), max_pixels=15)


# --- sizes ----------------------------------------------------------------------------------


@given(st.integers(2, 20_000), st.integers(2, 20_000), st.integers(32, 2048))
def test_working_size_keeps_aspect_and_never_enlarges(height: int, width: int, size: int) -> None:
    h, w = si.working_size(height, width, size)
    assert max(h, w) <= size
    assert min(h, w) >= 32
    assert h <= max(height, 32)
    assert w <= max(width, 32)
    if max(height, width) >= size:
        assert max(h, w) == size
    if min(h, w) > 32:
        assert abs(h * width - w * height) <= 0.5 * max(height, width) + 1e-6 * height * width


@pytest.mark.parametrize(
    ("height", "width", "size", "expected"),
    [
        (3000, 4000, 512, (384, 512)),
        (300, 200, 512, (300, 200)),
        (2000, 10, 512, (512, 32)),
        (5, 5, 512, (32, 32)),
    ],
)
def test_working_size_by_example(
    height: int, width: int, size: int, expected: tuple[int, int]
) -> None:
    assert si.working_size(height, width, size) == expected


@pytest.mark.parametrize(
    ("height", "width", "size", "least", "expected"),
    [
        (96, 192, 512, 384, (192, 384)),  # enlarged
        (96, 192, 256, 384, (128, 256)),  # no further than asked for
        (300, 400, 512, 384, (300, 400)),  # large enough
        (300, 400, 256, 384, (192, 256)),
    ],
)
def test_small_pictures_are_enlarged_to_the_least(
    height: int, width: int, size: int, least: int, expected: tuple[int, int]
) -> None:
    assert si.working_size(height, width, size, least) == expected


def test_working_size_has_a_least() -> None:
    with pytest.raises(InputError, match="size is 31; it must be at least 32"):
        si.working_size(100, 100, 31)
    assert si.working_size(100, 100, si.MIN_WORKING_SIDE) == (32, 32)


def lanczos_matrix(length: int, target: int) -> np.ndarray:
    scale = length / target
    stretch = max(scale, 1)
    centres = (np.arange(target) + 0.5) * scale
    x = (np.arange(length) + 0.5 - centres[:, None]) / stretch
    weights = np.where(np.abs(x) < 3, np.sinc(x) * np.sinc(x / 3), 0)
    return weights / weights.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("size", [(5, 7), (40, 11), (30, 50)])
def test_resize_is_antialiased_lanczos(size: tuple[int, int]) -> None:
    rgb = RNG.random((23, 31, 3), dtype=np.float32)
    rows, columns = lanczos_matrix(23, size[0]), lanczos_matrix(31, size[1])
    expected = np.einsum("ih,hwc,jw->ijc", rows, rgb, columns).clip(0, 1)
    resized = si.resize_rgb(rgb, size)
    assert resized.dtype == np.float32
    np.testing.assert_allclose(resized, expected, atol=2e-3)
    assert si.resize_rgb(rgb, (23, 31)) is rgb


# --- writing --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.png", "a.TIFF", "a.tif", "a.webp", "a.avif"])
def test_save_keeps_alpha(name: str, tmp_path: Path) -> None:
    # Lossy formats drop the colour under transparency, so it is half opaque at least.
    soft = Image.new("RGBA", (32, 24), (200, 100, 50, 128))
    si.save(soft, tmp_path / name)
    back = Image.open(tmp_path / name)
    assert back.mode == "RGBA"
    np.testing.assert_allclose(np.asarray(back)[5, 5], (200, 100, 50, 128), atol=4)


@pytest.mark.parametrize("name", ["a.jpg", "a.JPEG", "a.bmp"])
def test_save_puts_alpha_on_white_where_the_format_has_none(name: str, tmp_path: Path) -> None:
    si.save(Image.new("RGBA", (16, 16), (255, 0, 0, 51)), str(tmp_path / name))
    back = Image.open(tmp_path / name)
    assert back.mode == "RGB"
    np.testing.assert_allclose(np.asarray(back)[5, 5], (255, 204, 204), atol=2)


def test_jpeg_is_written_at_95_without_subsampling(tmp_path: Path) -> None:
    si.save(Image.fromarray(RGB), tmp_path / "a.jpg")
    written = Image.open(tmp_path / "a.jpg")
    reference = Image.open(io.BytesIO(encoded(Image.fromarray(RGB), "JPEG", quality=95)))
    assert written.quantization == reference.quantization
    assert JpegImagePlugin.get_sampling(written) == 0


def test_exif_too_long_for_jpeg_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    exif = Image.Exif()
    exif[270] = "x" * 70_000
    image = Image.fromarray(RGB)
    image.info["exif"] = exif.tobytes()
    with caplog.at_level(logging.WARNING, logger="semcs"):
        jpeg = Image.open(io.BytesIO(si.encode(unchanged(image), format="JPEG")))
    assert "too long for JPEG" in caplog.text
    assert "exif" not in jpeg.info
    png = Image.open(io.BytesIO(si.encode(unchanged(image), format="PNG")))
    assert len(png.getexif()[270]) == 70_000


def test_a_tiff_with_exif_is_written_whatever_compressed_the_source() -> None:
    source = Image.open(io.BytesIO(encoded(Image.fromarray(RGB), "TIFF", compression="tiff_lzw")))
    source.load()
    source.info["exif"] = exif_of()
    back = Image.open(io.BytesIO(si.encode(source, format="TIFF")))
    np.testing.assert_array_equal(np.asarray(back), RGB)
    assert back.getexif().get_ifd(0x8769)[0x9003] == "2020:02:03 04:05:06"


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "AVIF"])
def test_encode_takes_every_opaque_mode(mode: str, form: str) -> None:
    image = Image.new("RGB", (24, 24), "white").convert(mode)
    back = Image.open(io.BytesIO(si.encode(image, format=form.lower())))
    assert back.format == form
    assert (np.asarray(back.convert("L")) >= 253).all()


def test_format_overrides_the_extension(tmp_path: Path) -> None:
    si.save(Image.fromarray(RGB), tmp_path / "a.out", format="PNG")
    assert Image.open(tmp_path / "a.out").format == "PNG"


@pytest.mark.parametrize(
    ("image", "name", "form", "message"),
    [
        (Image.new("RGB", (4, 4)), "a.xyz", None, r"'.xyz' of .*allowed: .png, .jpg, .jpeg"),
        (Image.new("RGB", (4, 4)), "png", None, "unknown extension ''"),
        (Image.new("RGB", (4, 4)), "a.png", "DOC", "unknown picture format 'DOC'; allowed: PNG"),
        (Image.new("RGB", (4, 4)), "no/a.png", None, "there is no directory"),
        (Image.new("F", (4, 4)), "a.png", None, "can't write an image of mode F; allowed: 1, L"),
        (Image.new("RGB", (16384, 2)), "a.webp", None, "can't encode 2×16384 pixels as WEBP"),
    ],
)
def test_save_refuses(
    image: Image.Image, name: str, form: str | None, message: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=message):
        si.save(image, tmp_path / name, format=form)
    assert list(tmp_path.iterdir()) == []


def test_check_output_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    si.check_output_path(tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "b.png").mkdir()
    with pytest.raises(InputError, match="it is a directory"):
        si.check_output_path(tmp_path / "b.png")
    with pytest.raises(InputError, match="unknown extension"):
        si.check_output_path(tmp_path / "report.json")
    si.check_writable(tmp_path / "report.json")
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with pytest.raises(InputError, match="no permission"):
        si.check_output_path(tmp_path / "a.png")


@pytest.mark.parametrize("error", [OSError("encoder error -2"), ValueError("odd")])
def test_a_failed_encoder_leaves_the_old_file_and_nothing_else(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"old")

    def fail(image: Image.Image, file: io.BytesIO, *args: object, **options: object) -> None:
        file.write(b"half of it")
        raise error

    monkeypatch.setattr(Image.Image, "save", fail)
    with pytest.raises(InputError, match="can't encode 12×17 pixels as PNG"):
        si.save(Image.fromarray(RGB), path)
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (OSError(28, "No space left on device"), InputError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    error: BaseException, raised: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"old")

    def fail(source: Path, target: Path) -> None:
        assert Path(source).parent == tmp_path
        assert Path(source).read_bytes() == b"{}"
        raise error

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(raised, match="No space left" if raised is InputError else None):
        si.write_bytes_atomic(path, b"{}")
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"old"


def test_writing_where_there_is_no_directory(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "no" / "a.json", tmp_path / "file" / "a.json"):
        with pytest.raises(InputError, match="can't write"):
            si.write_bytes_atomic(path, b"{}")


def test_files_get_the_usual_permissions_and_links_are_written_through(tmp_path: Path) -> None:
    plain, link = tmp_path / "plain.json", tmp_path / "link.json"
    si.write_bytes_atomic(plain, json.dumps({"a": 1}).encode())
    (tmp_path / "reference").write_bytes(b"")
    assert plain.stat().st_mode == (tmp_path / "reference").stat().st_mode
    link.symlink_to(plain)
    si.write_bytes_atomic(link, b"[]")
    assert link.is_symlink()
    assert plain.read_bytes() == b"[]"


def test_importing_loads_no_torch() -> None:
    code = "import semcs.image, sys; sys.exit('torch' in sys.modules)"
    root = Path(__file__).parents[1]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
