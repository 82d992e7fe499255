"""`paint_file`: what a worker does with one picture."""

from __future__ import annotations

import errno
import hashlib
import os
import pickle
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import cv2
import pytest
from PIL import Image

from semcs.errors import ModelUnavailableError, NotFoundError
from semcs.folder import faults, painting
from semcs.folder.faults import OutputError
from semcs.folder.making import Made, Maker
from semcs.folder.painting import paint_file
from semcs.folder.task import Products, Task
from semcs.models import families
from semcs.runs.process import WorkerProcess


@pytest.fixture(autouse=True)
def tiny(monkeypatch, tiny_family):
    """Tiny networks, not those of earlier tests."""
    monkeypatch.setattr(families, "_bundled_family", lambda device: tiny_family)
    painting._maker.cache_clear()
    yield
    painting._maker.cache_clear()


@pytest.fixture
def task(tmp_path, photo):
    """Of a photo in a folder within the folder."""
    (tmp_path / "in" / "sub").mkdir(parents=True)
    source = tmp_path / "in" / "sub" / "a.jpg"
    photo.save(source)
    options = {"style": "gold", "preset": "instant"}
    paths = ("sub/a.jpg", str(source), str(tmp_path / "out"), "sub/a.png")
    return Task(*paths, options, Products(), "bundled", "cpu", "0" * 64)


def files(folder):
    there = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in there)


def out(task):
    return Path(task.root)


@pytest.fixture
def making(monkeypatch):
    """Has something else called in place of `Maker.make`."""
    return lambda make: monkeypatch.setattr(Maker, "make", make)


def made_of(**files):
    """What a maker gives: the output's bytes, and those of other files by their ending."""
    return lambda *args: Made({f".{name}" if name else "": files[name] for name in files}, None)


def raising(error):
    def make(*args):
        raise error

    return make


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def test_a_row_tells_what_was_read_and_written(task):
    row = paint_file(task)
    source, output = os.stat(task.source), os.stat(task.path)
    assert Image.open(task.path).size == (96, 64)
    told = asdict(row)
    assert 0 < told.pop("seconds") < 60
    assert told == {
        "name": "sub/a.jpg",
        "status": "done",
        "output": "sub/a.png",
        "options_hash": "0" * 64,
        "source_hash": sha256(task.source),
        "source_size": source.st_size,
        "source_mtime": source.st_mtime_ns,
        "output_hash": sha256(task.path),
        "output_size": output.st_size,
        "output_mtime": output.st_mtime_ns,
        "error": None,
        "scores": None,
        "others": (),
    }
    assert files(out(task)) == ["sub/a.png"]


def test_the_output_has_the_format_of_its_extension(task):
    row = paint_file(replace(task, output="sub/a.jpg.jpeg"))
    assert row.output == "sub/a.jpg.jpeg"
    assert Image.open(out(task) / row.output).format == "JPEG"


def test_others_lie_beside_the_output_and_are_told(task, disc):
    options = {"fg": "gold", "preset": "instant", "mask": disc}
    products = Products(also=("mask", "layers"), scores=True)
    row = paint_file(replace(task, options=options, products=products))
    assert row.error is None
    beside = ["a.layers/01-background.png", "a.layers/02-foreground.png", "a.mask.png"]
    assert sorted(row.others) == [f"sub/{name}" for name in beside]
    assert files(out(task)) == sorted([*row.others, "sub/a.png"])
    assert row.scores["content"] > 0


def test_the_output_may_have_any_name_within_its_folder(task):
    assert paint_file(replace(task, output="other/place/b.png")).output == "other/place/b.png"
    assert files(out(task)) == ["other/place/b.png"]


def test_the_output_is_written_last(task, making, monkeypatch):
    written, write = [], painting.write_bytes_atomic
    monkeypatch.setattr(
        painting, "write_bytes_atomic", lambda path, data: written.append(path) or write(path, data)
    )
    making(lambda *args: Made({"": b"1", ".mask.png": b"2", ".layers/01-x.png": b"3"}, None))
    paint_file(task)
    assert [os.path.basename(path) for path in written] == ["a.mask.png", "01-x.png", "a.png"]


def test_a_worker_does_it(task):
    process = WorkerProcess()
    try:
        row = process.do(pickle.dumps(partial(paint_file, task)))
    finally:
        process.end()
    assert (row.status, row.output_hash) == ("done", sha256(task.path))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MemoryError(), "making the picture takes more memory than this process may use"),
        (NotFoundError("no dog was found"), "no dog was found"),
        (RecursionError("maximum depth"), "RecursionError: maximum depth"),
        (cv2.error("a\n b"), "error: a b"),
        (Image.DecompressionBombError("a bomb"), "DecompressionBombError: a bomb"),
        (KeyError("x" * 1000), f"KeyError: '{'x' * 289}…"),
        (OSError(errno.ENOSPC, "no space for shared memory"), "OSError: [Errno 28] no space for"),
        (ValueError("/home/me/my.data/model.bin is odd"), "ValueError: model.bin is odd"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_a_picture_raises_is_a_row(error, told, task, making):
    making(raising(error))
    row = paint_file(task)
    assert (row.status, row.output, row.output_hash) == ("failed", "sub/a.png", None)
    assert row.error.startswith(told)
    assert len(row.error) <= faults.LONGEST_ERROR + 1
    assert row.source_hash == sha256(task.source)
    assert not out(task).exists()


def test_bytes_that_are_no_picture_leave_an_older_output(task):
    Path(task.source).write_bytes(b"hello")
    Path(task.path).parent.mkdir(parents=True)
    Path(task.path).write_bytes(b"old")
    row = paint_file(task)
    assert row.error.startswith("the file isn't an image that can be read")
    assert (row.source_hash, row.source_size) == (hashlib.sha256(b"hello").hexdigest(), 5)
    assert Path(task.path).read_bytes() == b"old"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
@pytest.mark.parametrize("kind", ["pipe", "folder", "nothing"])
def test_what_is_no_file_is_a_row(kind, task):
    os.remove(task.source)
    if kind == "pipe":
        os.mkfifo(task.source)
    elif kind == "folder":
        os.mkdir(task.source)
    row = paint_file(task)
    reason = "No such file" if kind == "nothing" else "it isn't a regular file"
    assert row.error.startswith(f"the file can't be read: {reason}")
    assert (row.source_hash, row.source_size, row.source_mtime) == (None, None, None)


def test_files_that_are_too_large_are_not_read(task, monkeypatch):
    size = os.path.getsize(task.source)
    monkeypatch.setattr(painting, "LONGEST_INPUT", size)
    assert paint_file(task).status == "done"
    monkeypatch.setattr(painting, "LONGEST_INPUT", size - 1)
    row = paint_file(task)
    assert row.error == f"the file holds more than {size - 1:,} bytes, which are allowed"
    assert (row.source_hash, row.source_size) == (None, size)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
@pytest.mark.parametrize("kind", ["pipe", "folder", "folder is a file"])
def test_what_is_in_the_outputs_place_is_a_row(kind, task, making):
    making(made_of(**{"": b"1"}))
    output = Path(task.path)
    if kind == "folder is a file":
        out(task).mkdir()
        output.parent.write_bytes(b"mine")
    else:
        output.parent.mkdir(parents=True)
        os.mkfifo(output) if kind == "pipe" else output.mkdir()
    row = paint_file(task)
    assert row.status == "failed"
    assert str(out(task)) not in row.error
    assert len(list(out(task).rglob("*"))) == (1 if kind == "folder is a file" else 2)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("at", ["Path.write_bytes", "os.makedirs"])
def test_a_folder_that_takes_nothing_more_stops_the_run(number, at, task, making, monkeypatch):
    making(made_of(**{"": b"1"}))
    Path(task.path).parent.mkdir(parents=True)
    Path(task.path).write_bytes(b"old")
    owner, name = (Path, "write_bytes") if at.startswith("Path") else (os, "makedirs")
    monkeypatch.setattr(owner, name, lambda *args, **options: raising(OSError(number, "x"))())
    with pytest.raises(OutputError, match=os.strerror(number)) as raised:
        paint_file(task)
    monkeypatch.undo()
    assert files(out(task)) == ["sub/a.png"]
    assert Path(task.path).read_bytes() == b"old"
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)


def test_missing_networks_stop_the_run(task, making):
    making(raising(ModelUnavailableError("no weights")))
    with pytest.raises(ModelUnavailableError, match="no weights"):
        paint_file(task)
