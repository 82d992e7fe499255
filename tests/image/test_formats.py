"""The formats that are read, and that no other reader is ever started."""

from __future__ import annotations

import contextlib
import ctypes
import io
import logging
import subprocess
import sys
import threading
import warnings

import numpy as np
import pytest
from pictures import RGB, RNG, encoded
from PIL import EpsImagePlugin, Image, ImageFile, features

from semcs import image as si
from semcs.errors import InputError
from semcs.image import colour
from semcs.image.formats import READ_FORMATS
from semcs.image.psd import encode_psd

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 20 20\n%%EndComments\nshowpage\n%%EOF\n"


@pytest.mark.parametrize("form", [form for form in READ_FORMATS if form != "HEIF"])
def test_every_format_of_the_list_is_read(form):
    image = Image.fromarray(RGB).resize((170, 120), Image.Resampling.BICUBIC)
    picture = si.load(encoded(image, form))
    assert picture.size == (120, 170)
    assert np.abs(picture.rgb - np.asarray(image) / 255).mean() < 0.1


def test_no_program_is_started(monkeypatch):
    started = []
    monkeypatch.setattr(EpsImagePlugin, "Ghostscript", lambda *a, **k: started.append(a))
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: started.append(a))
    opened = Image.open(io.BytesIO(EPS))
    assert opened.format == "EPS"
    with pytest.raises(InputError, match="it is PostScript or EPS; allowed: JPEG, PNG"):
        si.load(EPS)
    for read in (si.load, lambda source: si.load_mask(source, (20, 20))):
        with pytest.raises(InputError, match="opened from a file of format EPS; allowed: JPEG"):
            read(opened)
    assert not started


def test_formats_outside_of_the_list_are_refused_whatever_pillow_can():
    Image.init()
    image = Image.fromarray(RGB)
    for form in sorted(set(Image.SAVE) & set(Image.OPEN) - set(READ_FORMATS) - {"MPO", "DIB"}):
        try:
            data = encoded(image, form)
        except (OSError, ValueError, KeyError):
            continue
        with pytest.raises(InputError, match="isn't an image that can be read"):
            si.load(data)


def test_a_copy_of_an_image_that_pillow_opened_is_read():
    opened = Image.open(io.BytesIO(encoded(Image.fromarray(RGB), "TGA")))
    with pytest.raises(InputError, match=r"format TGA; .*image\.copy\(\)"):
        si.load(opened)
    np.testing.assert_array_equal(si.load(opened.copy()).rgb, RGB / np.float32(255))


def test_the_name_of_a_file_says_nothing(tmp_path):
    path = tmp_path / "picture.eps"
    path.write_bytes(encoded(Image.fromarray(RGB), "PNG"))
    np.testing.assert_array_equal(si.load(path).rgb, RGB / np.float32(255))


def test_the_state_of_the_process_is_neither_used_nor_changed(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    monkeypatch.setattr(Image, "OPEN", {})
    monkeypatch.setattr(Image, "ID", [])
    before = warnings.filters[:]
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        for form in ("PNG", "JPEG", "BMP", "QOI", "PPM"):
            assert si.load(encoded(Image.fromarray(RGB), form)).size == (12, 17)
    assert not heard
    assert warnings.filters == before
    assert (Image.OPEN, Image.MAX_IMAGE_PIXELS) == ({}, 10)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "CMYK"])
def test_pixels_are_read_whatever_pillow_s_limit(mode, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    monkeypatch.setattr(colour, "_STRIP", 50)  # 2 of 12 rows
    image = Image.fromarray(RGB).convert(mode)
    np.testing.assert_array_equal(
        si.load(image).rgb, np.asarray(image.convert("RGB")) / np.float32(255)
    )


def test_pillow_s_limit_is_told_where_its_readers_hold_to_it(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    with pytest.raises(InputError, match=r"may read here: PIL\.Image\.MAX_IMAGE_PIXELS is 10$"):
        si.load(encoded(Image.fromarray(RGB), "TIFF"))


def test_layers_are_written_whatever_pillow_s_limit(monkeypatch):
    psd = pytest.importorskip("psd_tools").PSDImage
    pixels = np.zeros((30, 40, 4), np.uint8)
    pixels[5:20, 7:33] = RNG.integers(1, 256, (15, 26, 4))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    data = encode_psd([("part", Image.fromarray(pixels))])
    monkeypatch.undo()
    (layer,) = psd.open(io.BytesIO(data))
    assert layer.bbox == (7, 5, 33, 20)
    np.testing.assert_array_equal(np.asarray(layer.topil())[..., :3], pixels[5:20, 7:33, :3])


def test_broken_transparency_is_told_in_one_line():
    image = Image.fromarray(RGB)
    image.info["transparency"] = "none"
    with pytest.raises(InputError, match="PIL image is damaged: "):
        si.load(image)


def test_heic_is_read_where_the_extra_is_installed():
    heif = pytest.importorskip("pillow_heif")
    smooth = Image.fromarray(RGB).resize((170, 120), Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    heif.from_pillow(smooth).save(buffer, quality=95)
    registered = dict(Image.OPEN)
    picture = si.load(buffer.getvalue())
    assert np.abs(picture.rgb - np.asarray(smooth) / 255).mean() < 0.05
    assert registered == Image.OPEN
    with pytest.raises(InputError, match=r"damaged|truncated"):
        si.load(buffer.getvalue()[:900])


@pytest.mark.parametrize("brands", [b"heic\0\0\0\0mif1heic", b"mif1\0\0\0\0mif1heix"])
def test_heic_without_the_extra_names_it(brands, monkeypatch):
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    box = b"ftyp" + brands
    with pytest.raises(InputError, match=r"is HEIC, which needs pillow-heif: pip install 'semcs\["):
        si.load((len(box) + 4).to_bytes(4, "big") + box + bytes(100))


def in_format(form: str) -> bytes:
    smooth = Image.fromarray(RGB).resize((34, 24), Image.Resampling.BICUBIC)
    if form == "HEIF":
        buffer = io.BytesIO()
        pytest.importorskip("pillow_heif").from_pillow(smooth).save(buffer)
        return buffer.getvalue()
    return encoded(smooth, form, **({"compression": "tiff_lzw"} if form == "TIFF" else {}))


@pytest.mark.filterwarnings("ignore::UserWarning:PIL", "ignore:Image size")
@pytest.mark.parametrize("form", READ_FORMATS)
def test_no_library_prints_about_damaged_files(form, capfd):
    """Whatever its language: it would be a second line beside the error."""
    if form == "TIFF" and not reads_names_of_libtiff():
        pytest.skip("libtiff is built into this Pillow")
    if form == "AVIF" and (features.version_module("avif") or "").startswith(("1.2.", "1.3.")):
        pytest.skip("libavif below 1.4 lets its decoder print, and takes no handler of ours")
    whole, rng = in_format(form), np.random.default_rng(0)
    refused = 0
    for number in range(100):
        data = bytearray(whole)
        for place in rng.integers(4, len(data), 1 + number % 8):
            data[place] = rng.integers(256)
        try:
            si.load(bytes(data[: rng.integers(len(data))] if number % 5 == 0 else data))
        except InputError:
            refused += 1
    assert refused
    assert capfd.readouterr() == ("", "")


def damaged_tiff() -> bytes:
    noise = RNG.integers(0, 256, (60, 70, 3), dtype=np.uint8)
    data = bytearray(encoded(Image.fromarray(noise), "TIFF", compression="tiff_adobe_deflate"))
    for place in range(1000, 5000, 7):
        data[place] ^= 0x55
    return bytes(data)


def opened_by_pillow(data: bytes) -> None:
    with pytest.raises(OSError, match="decoder error"):
        Image.open(io.BytesIO(data)).load()


def reads_names_of_libtiff() -> bool:
    try:
        return bool(ctypes.CDLL(Image.core.__file__).TIFFSetErrorHandler)
    except (AttributeError, OSError, TypeError):
        return False


needs_libtiff = pytest.mark.skipif(
    not reads_names_of_libtiff(), reason="libtiff is built into this Pillow"
)


@needs_libtiff
def test_what_libtiff_prints_is_logged_once_instead(capfd, caplog):
    with caplog.at_level(logging.DEBUG, logger="semcs"):
        for source in (damaged_tiff(), Image.open(io.BytesIO(damaged_tiff()))):
            caplog.clear()
            with pytest.raises(InputError, match="truncated or damaged"):
                si.load(source)
            told = [r for r in caplog.records if "libtiff: " in r.getMessage()]
            assert [record.levelno for record in told] == [logging.DEBUG]
            assert "Decod" in told[0].getMessage()
    assert capfd.readouterr().err == ""


@needs_libtiff
def test_other_threads_and_calls_keep_what_libtiff_tells_them(capfd):
    data = damaged_tiff()
    with pytest.raises(InputError):
        si.load(data)
    assert capfd.readouterr().err == ""

    def read() -> None:
        for _ in range(20):
            with pytest.raises(InputError):
                si.load(data)

    def elsewhere() -> None:
        for _ in range(20):
            opened_by_pillow(data)

    threads = [threading.Thread(target=work) for work in (read, elsewhere, read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) == 20
    assert all("Decod" in line for line in lines)


@needs_libtiff
@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_what_pillow_fails_to_write_is_told_by_pillow_as_ever(capfd):
    """It calls libtiff with an exception pending, which no handler in Python stands."""
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x927C] = b"maker note"

    def write() -> str:
        with contextlib.suppress(RuntimeError):  # of some releases of Pillow
            encoded(Image.fromarray(RGB), "TIFF", compression="tiff_lzw", exif=exif.tobytes())
        return capfd.readouterr().err

    before = write()
    with pytest.raises(InputError):
        si.load(damaged_tiff())
    assert capfd.readouterr().err == ""
    assert write() == before
