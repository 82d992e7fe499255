from __future__ import annotations

import errno
import io
import json
import logging
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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


def test_of_exif_too_long_for_jpeg_the_harmless_part_is_kept(
    caplog: pytest.LogCaptureFixture,
) -> None:
    exif = Image.Exif()
    exif[270], exif[315] = "x" * 70_000, "Ann Artist"
    image = Image.fromarray(RGB)
    image.info["exif"] = exif.tobytes()
    with caplog.at_level(logging.WARNING, logger="semcs"):
        data = si.encode(unchanged(image), format="JPEG", metadata="all")
    assert "too long for JPEG" in caplog.text
    assert dict(Image.open(io.BytesIO(data)).getexif()) == {315: "Ann Artist"}
    png = Image.open(io.BytesIO(si.encode(unchanged(image), format="PNG", metadata="all")))
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


def written_through_a_pipe(path: Path, write: Callable[[], None]) -> bytes:
    """What a reader of a pipe gets while something is written to it."""
    with ThreadPoolExecutor(1) as pool:
        received = pool.submit(path.read_bytes)
        write()
        return received.result(10)


def test_a_pipe_stays_one_and_gets_the_bytes(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    data = written_through_a_pipe(pipe, lambda: si.save(Image.fromarray(RGB), pipe))
    np.testing.assert_array_equal(np.asarray(Image.open(io.BytesIO(data))), RGB)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


def test_devices_and_open_descriptors_are_written_to(tmp_path: Path) -> None:
    si.save(Image.fromarray(RGB), "/dev/null")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    with pytest.raises(InputError, match="can't write '/dev/full': No space left on device"):
        si.write_bytes_atomic("/dev/full", b"{}")
    with open(tmp_path / "log", "wb") as log:
        si.check_writable(f"/dev/fd/{log.fileno()}")
        si.write_bytes_atomic(f"/dev/fd/{log.fileno()}", b"{}")
        si.write_bytes_atomic(f"/proc/self/fd/{log.fileno()}", b"[]")
    assert (tmp_path / "log").read_bytes() == b"{}[]"
    reader, writer = os.pipe()
    os.close(reader)
    with pytest.raises(InputError, match="its reader has gone"):
        si.write_bytes_atomic(f"/dev/fd/{writer}", b"{}")
    os.close(writer)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_is_kept(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    path.chmod(mode)
    si.write_bytes_atomic(path, b"new")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", mode)


def test_a_private_file_is_private_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    path.chmod(0o600)
    seen = []

    def look(*_: object) -> None:
        seen.extend(other.stat().st_mode & 0o077 for other in tmp_path.iterdir())

    monkeypatch.setattr(os, "fchown", look)
    si.write_bytes_atomic(path, b"new")
    assert seen == [0, 0]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_is_kept_where_that_is_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    path.chmod(0o640)
    os.chown(path, 12345, 23456)
    si.write_bytes_atomic(path, b"new")
    found = path.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (12345, 23456, 0o640)

    def forbidden(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", forbidden)
    si.write_bytes_atomic(path, b"newer")
    assert path.read_bytes() == b"newer"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600  # not for whichever group we are in


def test_other_names_of_a_file_keep_what_it_was(tmp_path: Path) -> None:
    path, other = tmp_path / "a.json", tmp_path / "b.json"
    path.write_bytes(b"old")
    other.hardlink_to(path)
    si.write_bytes_atomic(path, b"new")
    assert (path.read_bytes(), other.read_bytes()) == (b"new", b"old")


def test_links_that_lead_to_nothing_yet_are_written_through(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to("there/file.json")
    with pytest.raises(InputError, match="there is no directory"):
        si.check_writable(link)
    (tmp_path / "there").mkdir()
    si.write_bytes_atomic(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "there" / "file.json").read_bytes() == b"new"


def test_only_what_processes_that_are_gone_have_left_is_removed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    ours, theirs = os.getpid(), os.getppid()
    names = {
        f".a.json.{gone.pid}.semcs-partial": False,
        f".a.json.{gone.pid}.3.semcs-partial": False,
        f".a.json.{ours}.semcs-partial": False,  # of an earlier process with our number
        f".a.json.{theirs}.semcs-partial": True,
        f".b.json.{gone.pid}.semcs-partial": True,
        f".a.json.{gone.pid}.part": True,
        "a.json.semcs-partial": True,
    }
    for name in names:
        (tmp_path / name).write_bytes(b"half")
    si.write_bytes_atomic(tmp_path / "a.json", b"new")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {name for name, stays in names.items() if stays} | {"a.json"}


def test_threads_may_write_one_file_at_a_time_each(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    contents = [bytes([65 + i]) * 10_000 for i in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda data: si.write_bytes_atomic(path, data), contents * 20))
    assert path.read_bytes() in contents
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["x" * 251 + ".png", "水" * 83 + ".png", "a\nb[*].png"])
def test_names_of_any_kind(name: str, tmp_path: Path) -> None:
    si.save(Image.fromarray(RGB), tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_names_that_no_file_can_have(name: str, tmp_path: Path) -> None:
    for write in (si.check_writable, lambda path: si.write_bytes_atomic(path, b"")):
        with pytest.raises(InputError, match="can't write"):
            write(os.path.join(tmp_path, name))


def test_what_is_being_written_can_be_removed_by_whoever_ends_the_process(tmp_path: Path) -> None:
    code = (
        "import os, sys\n"
        "from semcs.image import whole_files\n"
        "def end(descriptor):\n"
        "    print(*os.listdir('.'), flush=True)\n"
        "    whole_files.remove_partials()\n"
        "    os._exit(0)\n"
        "os.fsync = end\n"
        "whole_files.write_bytes_atomic('a.json', b'{}')\n"
    )
    out = subprocess.check_output([sys.executable, "-c", code], cwd=tmp_path, text=True)
    assert re.fullmatch(r"\.a\.json\.\d+\.semcs-partial\n", out)
    assert list(tmp_path.iterdir()) == []


def test_importing_loads_no_torch() -> None:
    code = "import semcs.image, sys; sys.exit('torch' in sys.modules)"
    root = Path(__file__).parents[1]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
