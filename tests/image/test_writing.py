from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pictures import RGB, encoded, exif_of, unchanged
from PIL import Image, JpegImagePlugin

from semcs import image as si
from semcs.errors import InputError


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
