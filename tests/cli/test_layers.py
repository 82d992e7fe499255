"""`semcs stylize --layers DIR --psd FILE`."""

from __future__ import annotations

import io
import sys

import numpy as np
import pytest
from commandline import assert_one_line, code_of, pixels
from PIL import Image

from semcs.stylizer.layers import Layer

INSTANT = ("--fg", "gold", "--bg", "snow", "--preset", "instant", "--models", "bundled", "--quiet")


@pytest.fixture
def stylize(tmp_path, photo, disc):
    """Runs the command on a photo with a mask; gives the exit code."""
    photo.save(tmp_path / "photo.png")
    Image.fromarray(np.rint(disc * 255).astype(np.uint8)).save(tmp_path / "mask.png")

    def run(*options, out=tmp_path / "out.png"):
        files = (tmp_path / "photo.png", "-o", out, "--mask", tmp_path / "mask.png")
        return code_of("stylize", *files, *INSTANT, *options)

    return run


def test_files_in_the_order_of_their_names_are_the_picture(stylize, tmp_path):
    assert stylize("--layers", tmp_path / "layers") == 0
    files = sorted((tmp_path / "layers").iterdir())
    assert [file.name for file in files] == ["01-background.png", "02-foreground.png"]
    bottom, top = (Image.open(file) for file in files)
    assert bottom.mode == top.mode == "RGBA"
    together = np.asarray(Image.alpha_composite(bottom, top))
    assert (together[..., :3] == pixels(tmp_path / "out.png")).all()


def test_other_files_in_the_folder_stay(stylize, tmp_path, caplog):
    folder = tmp_path / "layers"
    folder.mkdir()
    for name in ("mine.png", "03-of-before.png", "02-foreground.png"):
        (folder / name).write_bytes(b"old")
    assert stylize("--layers", folder) == 0
    assert (folder / "mine.png").read_bytes() == b"old"
    assert (folder / "03-of-before.png").read_bytes() == b"old"
    assert Image.open(folder / "02-foreground.png").mode == "RGBA"
    assert "03-of-before.png" in caplog.text
    assert "mine.png" not in caplog.text


def test_a_psd_file_is_the_picture_within_a_level(stylize, tmp_path):
    from psd_tools import PSDImage

    assert stylize("--psd", tmp_path / "out.psd") == 0
    document = PSDImage.open(io.BytesIO((tmp_path / "out.psd").read_bytes()))
    assert [layer.name for layer in document] == ["background", "foreground"]
    together = np.asarray(document.composite(force=True).convert("RGB")).astype(int)
    assert np.abs(together - pixels(tmp_path / "out.png")).max() <= 1
    preview = np.asarray(document.topil().convert("RGB")).astype(int)
    assert np.abs(preview - pixels(tmp_path / "out.png")).max() <= 1


def test_psd_without_the_extra(stylize, tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "psd_tools", None)
    assert stylize("--psd", tmp_path / "out.psd") == 1
    assert_one_line(capsys.readouterr().err, "pip install 'semcs[psd]'")
    assert not (tmp_path / "out.png").exists()


def test_folders_that_can_not_be_written(stylize, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    for folder, words in (("file", "is a file"), ("no/such", "there is no folder")):
        assert stylize("--layers", tmp_path / folder) == 1
        assert_one_line(capsys.readouterr().err, words)
    assert not (tmp_path / "out.png").exists()


def test_a_picture_may_not_take_the_name_of_a_layer(stylize, tmp_path, capsys):
    folder = tmp_path / "layers"
    folder.mkdir()
    assert stylize("--layers", folder, out=folder / "01-background.png") == 2
    assert_one_line(capsys.readouterr().err, "may be a layer's name")
    assert stylize("--layers", folder, out=folder / "styled.png") == 0


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("the sky", "07-the-sky.png"),
        ("../../etc/passwd", "07-etc-passwd.png"),
        ("Straße, Ω!", "07-strasse-ω.png"),
        ("…", "07-region.png"),
        ("a" * 300, f"07-{'a' * 40}.png"),
    ],
)
def test_names_of_files(name, file):
    assert Layer(name, None).file_name(7) == file
