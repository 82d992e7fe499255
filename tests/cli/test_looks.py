"""`semcs looks` as people type it."""

from __future__ import annotations

import io
import json
import sys

import numpy as np
import pytest
from commandline import assert_one_line, code_of
from PIL import Image


@pytest.fixture
def picture(photo, tmp_path):
    file = tmp_path / "photo.png"
    photo.save(file)
    return str(file)


def status(*arguments):
    return code_of("looks", *arguments)


def test_list_names_every_look_with_its_kind(capsys):
    assert status("list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 157
    assert lines == sorted(lines)
    assert any(
        line.startswith("ukiyo-e") and "style" in line and "hokusai" in line for line in lines
    )


def test_match_tells_in_words(capsys):
    assert status("match", "a dark blue watercolour of autumn leaves, xqzv") == 0
    out = capsys.readouterr().out
    assert "watercolor over autumn, tinted dark blue" in out
    assert "unknown   xqzv" in out


def test_match_tells_in_json(capsys):
    assert status("match", "gold and marble", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told["looks"]) == {"gold", "marble"}
    assert told["order"] == "blend"
    assert told["understood"] is True


def test_match_reads_stdin(capsys, monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO("Salvador Dalí\n".encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert status("match", "-") == 0
    assert "surrealism" in capsys.readouterr().out


def test_match_of_nothing_fails_with_near_names(capsys):
    assert status("match", "a very mozaiik") == 1
    assert "mosaic" in capsys.readouterr().out
    assert status("match", " ") == 1
    assert "empty" in capsys.readouterr().err


def test_show_writes_a_picture(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert status("show", "snowy mosaic") == 0
    assert capsys.readouterr().out.strip() == "mosaic-over-snow.png"
    with Image.open(tmp_path / "mosaic-over-snow.png") as picture:
        assert picture.size == (640, 427)
    assert status("show", "blue", "-o", tmp_path / "blue.jpg", "--seed", 3) == 0
    with Image.open(tmp_path / "blue.jpg") as picture:
        assert picture.format == "JPEG"


def test_show_writes_png_to_stdout(stdio):
    out = stdio()
    assert status("show", "blue", "-o", "-") == 0
    assert Image.open(out).format == "PNG"


def test_sheet_shows_the_looks_asked_for(picture, tmp_path):
    out = tmp_path / "sheet.png"
    looks = "mosaic, gold and marble, blue"
    assert status("sheet", picture, "-o", out, "--looks", looks, "--size", 90, "--columns", 2) == 0
    with Image.open(out) as sheet:
        pixels = np.asarray(sheet.convert("RGB"), np.float32)
    # Two columns of 90 × 60 pictures and their margins; two rows.
    assert pixels.shape[1] == 10 + 2 * 100
    assert pixels.shape[0] > 2 * 60
    blue = pixels[-75:-30, 20:90]
    assert blue[..., 2].mean() > blue[..., 0].mean() + 30


def test_sheet_shows_nothing_of_what_is_hidden(tmp_path):
    rng = np.random.default_rng(0)
    rgba = np.full((60, 90, 4), 255, np.uint8)
    rgba[..., :3] = rng.integers(0, 200, (60, 90, 3))
    rgba[:, 45:, 3] = 0
    sheets = []
    for hidden in (0, 255):
        rgba[:, 45:, :3] = hidden
        Image.fromarray(rgba).save(tmp_path / "cutout.png")
        out = tmp_path / f"{hidden}.png"
        looks = ("--looks", "mosaic, blue", "--size", 90)
        assert status("sheet", tmp_path / "cutout.png", "-o", out, *looks) == 0
        with Image.open(out) as sheet:
            sheets.append(np.asarray(sheet.convert("RGB"), int))
    assert np.abs(sheets[0] - sheets[1]).max() <= 1  # OpenCV rounds by memory alignment
    picture = sheets[0][10:70, 10:100]
    assert (picture[:, 48:] == 255).all()  # the sheet's paper
    assert picture[:, :42].mean() < 200


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("show", "xqzv"), 1, "no look is near 'xqzv'"),
        (("show", "gold", "-o", "gold.xyz"), 1, "gold.xyz"),
        (("sheet", "missing.png", "-o", "sheet.png"), 1, "missing.png"),
        (("sheet", "missing.png", "-o", "sheet.png", "--looks", "mosaic,xqzv"), 1, "xqzv"),
        (("sheet", "missing.png"), 2, "-o/--output"),
        (("paint",), 2, "paint"),
        ((), 2, "ACTION"),
    ],
)
def test_errors_are_one_line(arguments, code, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert status(*arguments) == code
    assert_one_line(capsys.readouterr().err, said)
    assert list(tmp_path.iterdir()) == []
