"""`semcs demo`: four pictures, and where they are."""

from __future__ import annotations

import re

import numpy as np
from commandline import assert_one_line, code_of, pixels
from PIL import Image

from semcs.cli.pictures import labelled_row


def test_writes_four_pictures_and_says_where(tmp_path, capsys):
    out = tmp_path / "deep" / "out"
    assert code_of("demo", "--out", out, "--steps", "1", "--size", "64") == 0
    said = capsys.readouterr().out
    sizes = {}
    for name in ("photo", "mask", "styled", "sheet"):
        assert str(out / f"{name}.png") in said
        sizes[name] = Image.open(out / f"{name}.png").size
    assert sizes["photo"] == sizes["mask"] == sizes["styled"] == (640, 427)
    assert sizes["sheet"][0] > 3 * 640
    for stage in ("mask", "painting", "refining"):
        assert re.search(rf"^{stage} +\d+\.\d s", said, re.MULTILINE)
    assert not np.array_equal(pixels(out / "styled.png"), pixels(out / "photo.png"))


def test_the_sheet_shows_the_pictures_in_order():
    colours = [(200, 0, 0), (0, 200, 0), (0, 0, 200)]
    pictures = [(Image.new("RGB", (40, 30), colour), "x") for colour in colours]
    sheet = np.asarray(labelled_row(pictures))
    middle = sheet[sheet.shape[0] // 3]
    seen = [tuple(c) for c in middle if tuple(c) in colours]
    assert seen == [c for c in colours for _ in range(40)]


def test_a_file_in_the_place_of_the_folder(tmp_path, capsys):
    (tmp_path / "out").write_text("")
    assert code_of("demo", "--out", tmp_path / "out") == 1
    assert_one_line(capsys.readouterr().err, "out")
