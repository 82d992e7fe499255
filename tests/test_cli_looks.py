"""`semcs looks` as people type it."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from semcs.cli import main


@pytest.fixture
def picture(photo, tmp_path):
    file = tmp_path / "photo.png"
    photo.save(file)
    return str(file)


def status(*arguments):
    try:
        return main(["looks", *map(str, arguments)])
    except SystemExit as stop:
        return stop.code


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
    monkeypatch.setattr(sys, "stdin", io.StringIO("Salvador Dalí\n"))
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


def test_show_writes_png_to_stdout():
    done = subprocess.run(
        [sys.executable, "-m", "semcs", "looks", "show", "blue", "-o", "-"], capture_output=True
    )
    assert done.returncode == 0
    assert Image.open(io.BytesIO(done.stdout)).format == "PNG"


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


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("show", "xqzv"), 1, "no look is near 'xqzv'"),
        (("show", "gold", "-o", "gold.xyz"), 1, "gold.xyz"),
        (("sheet", "missing.png", "-o", "sheet.png"), 1, "missing.png"),
        (("sheet", "missing.png", "-o", "sheet.png", "--looks", "mosaic,xqzv"), 1, "xqzv"),
        (("sheet", "missing.png"), 2, "-o/--output"),
        (("sheet", "a.png", "-o", "b.png", "--size", "0"), 2, "whole number from 1"),
        (("sheet", "a.png", "-o", "b.png", "--columns", "x"), 2, "whole number from 1"),
        (("paint",), 2, "paint"),
        ((), 2, "ACTION"),
    ],
)
def test_errors_are_one_line(arguments, code, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert status(*arguments) == code
    error = capsys.readouterr().err.strip()
    assert said in error
    assert error.startswith("semcs: error:")
    assert "\n" not in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("action", ["", "list", "match", "show", "sheet"])
def test_help_teaches(action, capsys):
    assert status(*([action] if action else []), "--help") == 0
    out = capsys.readouterr().out
    assert "semcs looks" in out


@pytest.mark.parametrize("arguments", [("list",), ("match", "snow")])
def test_list_and_match_load_nothing_heavy(arguments):
    code = (
        "import sys; from semcs.cli import main; main(sys.argv[1:]);"
        "heavy = {'torch', 'cv2', 'sklearn'} & set(sys.modules); sys.exit(bool(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code, "looks", *arguments], capture_output=True)
    assert done.returncode == 0, done.stderr
