"""Wrong usage and failures: one line on stderr, an exit code, and no file left behind."""

from __future__ import annotations

import errno
import os
import subprocess
import sys

import cv2
import pytest
import torch
from commandline import QUICK, assert_one_line, code_of
from PIL import Image

import semcs
from semcs.models.interfaces import ImageTextModel

NOTHING = {"mask.png", "photo.png"}


@pytest.mark.parametrize(
    ("argv", "complaint"),
    [
        ((), "COMMAND"),
        (("paint",), "'paint'"),
        (("stylize", "photo.png", "gold"), "-o/--output"),
        (("stylize", "photo.png", "-o", "out.png"), "either STYLE"),
        (("stylize", "photo.png", "gold", "-o", "out.png", "--bg", "snow"), "either STYLE"),
        (("stylize", "photo.png", "gold", "more", "-o", "out.png"), "more"),
        (("stylize", "photo.png", "gold", "-o", "out.png", "--fast"), "--fast"),
        (("stylize", "photo.png", "gold", "-o", "out.png", "--preset", "x"), "gen-art"),
        (("stylize", "photo.png", "gold", "-o", "out.png", "--models", "x"), "bundled"),
        (("stylize", "photo.png", "gold", "-o", "o.png", "--save-mask", "m.png"), "no mask"),
        (("stylize", "-", "--fg", "x", "--mask", "-", "-o", "out.png"), "stdin"),
        (("stylize", "photo.png", "--fg", "x", "-o", "-", "--save-mask", "-"), "both -"),
        (("stylize", "photo.png", "x", "-o", "a.png", "--report", "./a.png"), "both ./a.png"),
        (("mask", "photo.png", "-o", "out.png", "--refine", "crf"), "matting"),
        (("models", "download"), "NAME"),
        (("models",), "ACTION"),
    ],
)
def test_wrong_usage_is_one_line_and_code_2(folder, capsys, argv, complaint):
    assert code_of(*argv) == 2
    assert_one_line(capsys.readouterr().err, complaint)
    assert {path.name for path in folder.iterdir()} == NOTHING


@pytest.mark.parametrize(
    ("argv", "complaint"),
    [
        (("no.png", "gold", "-o", "out.png"), "no.png"),
        ((__file__, "gold", "-o", "out.png"), "isn't an image"),
        (("photo.png", "", "-o", "out.png"), "style is empty"),
        (("photo.png", "gold", "-o", "out.xyz"), "'.xyz'"),
        (("photo.png", "gold", "-o", "no/out.png"), "no directory"),
        (("photo.png", "gold", "-o", "out.png", "--report", "no/r.json"), "no directory"),
        (("photo.png", "gold", "-o", "."), "'.'"),
        (("photo.png", "--fg", "x", "-o", "out.png", "--mask", "no.png"), "no.png"),
        (("photo.png", "--fg", "x", "-o", "out.png", "--mask", "small.png"), "64×96"),
    ],
)
def test_a_failure_is_one_line_and_code_1(folder, capsys, argv, complaint):
    Image.new("L", (10, 10), 255).save(folder / "small.png")
    assert code_of("stylize", *argv, *QUICK) == 1
    assert_one_line(capsys.readouterr().err, complaint)
    assert {path.name for path in folder.iterdir()} == NOTHING | {"small.png"}


@pytest.mark.parametrize(
    "argv",
    [
        ("stylize", "photo.png", "gold", "-o", "out.png", "--quiet"),
        ("mask", "photo.png", "-o", "out.png"),
        ("score", "photo.png", "photo.png"),
        ("demo", "--out", "."),
    ],
)
def test_an_unknown_device(folder, capsys, argv):
    assert code_of(*argv, "--device", "abacus") == 1
    assert_one_line(capsys.readouterr().err, "'abacus'")
    assert {path.name for path in folder.iterdir()} == NOTHING


def test_outputs_are_checked_before_models_load(folder, capsys, built):
    for argv in (("stylize", "photo.png", "gold"), ("mask", "photo.png")):
        assert code_of(*argv, "-o", "out.xyz") == 1
        assert_one_line(capsys.readouterr().err, "'.xyz'")
        assert not built


@pytest.mark.parametrize(
    ("trouble", "code", "complaint"),
    [
        (semcs.DivergenceError("the picture holds NaN"), 1, "holds NaN"),
        (semcs.ModelUnavailableError("two\nlines"), 1, "two lines"),
        (OSError(errno.EIO, "Input/output error"), 1, "Input/output"),
        (RuntimeError("CUDA out of memory. Tried to allocate"), 1, "smaller --size"),
        (MemoryError(), 1, "smaller --size"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), 1, "smaller --size"),
        (RuntimeError("can't start new thread"), 1, "smaller --size"),
        (ImportError("libtorch.so: failed to map segment"), 1, "smaller --size"),
        (cv2.error("Failed to allocate 99 bytes"), 1, "smaller --size"),
        (cv2.error("(-215:Assertion failed)\nsrc.empty()"), 1, "(-215:Assertion failed) src.empty"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_a_failure_in_the_middle_leaves_nothing_behind(
    folder, capsys, use, make_family, trouble, code, complaint
):
    use(make_family(clip=lambda: TroubledClip(trouble)))
    argv = ("stylize", "photo.png", "gold", "-o", "out.png", "--report", "r.json")
    assert code_of(*argv, *QUICK) == code
    assert_one_line(capsys.readouterr().err, complaint)
    assert {path.name for path in folder.iterdir()} == NOTHING


def test_a_fault_of_ours_keeps_its_traceback(folder, use, make_family):
    fault = RuntimeError("shapes differ")
    use(make_family(clip=lambda: TroubledClip(fault)))
    with pytest.raises(RuntimeError, match="shapes differ"):
        code_of("stylize", "photo.png", "gold", "-o", "out.png", *QUICK)


def test_a_full_disk_leaves_the_old_file(folder, capsys, monkeypatch):
    (folder / "out.png").write_bytes(b"old")

    def full(source, target):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert code_of("stylize", "photo.png", "gold", "-o", "out.png", *QUICK) == 1
    assert_one_line(capsys.readouterr().err, "No space left")
    assert (folder / "out.png").read_bytes() == b"old"
    assert {path.name for path in folder.iterdir()} == NOTHING | {"out.png"}


def test_a_reader_that_has_gone(monkeypatch):
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    command = [sys.executable, "-m", "semcs", "models", "list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


class TroubledClip(ImageTextModel):
    """Raises when it sees a picture."""

    name, input_size = "troubled", 32

    def __init__(self, trouble):
        super().__init__()
        self.trouble = trouble

    def encode_image(self, images):
        raise self.trouble

    def encode_text(self, texts):
        return torch.ones(len(texts), 3)
