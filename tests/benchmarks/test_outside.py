"""What changes outside the mask."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from benchmarks import outside
from benchmarks.outside import SIDE, TEXTS, UNTOUCHED, changed_outside, measure, read


@pytest.fixture
def grey():
    """A photo (32, 48, 3), and a mask that is 1 on its left half."""
    mask = np.zeros((32, 48), np.float32)
    mask[:, :24] = 1
    return np.full((32, 48, 3), 0.5, np.float32), mask


def test_a_change_of_half_the_pixels_by_hand(grey):
    photo, mask = grey
    styled = photo.copy()
    styled[::2, 24:] += 0.1
    found = changed_outside(photo, styled, mask)
    assert found["l1"] == pytest.approx(0.05, rel=1e-5)
    assert found["psnr"] == pytest.approx(-10 * math.log10(0.01 / 2), rel=1e-5)
    assert found["ssim"] < 0.9


def test_what_changes_inside_does_not_count(grey):
    photo, mask = grey
    styled = photo.copy()
    styled[:, :24] = np.random.default_rng(0).random((32, 24, 3))
    found = changed_outside(photo, styled, mask)
    assert (found["l1"], found["psnr"]) == (0, UNTOUCHED)
    assert changed_outside(photo, photo, mask) == {"l1": 0, "psnr": UNTOUCHED, "ssim": 1}


def test_soft_edges_are_inside(grey):
    photo, mask = grey
    mask[:, 24:] = 0.06
    mask[:, 40:] = 0.04
    styled = photo.copy()
    styled[:, 24:40] = 0
    assert changed_outside(photo, styled, mask)["l1"] == 0
    styled[:, 40:] = 0
    assert changed_outside(photo, styled, mask)["l1"] == pytest.approx(0.5)


def test_large_pictures_are_reduced(tmp_path):
    file = tmp_path / "large.png"
    Image.new("RGB", (2 * SIDE, SIDE), (51, 255, 0)).save(file)
    found = read(file, "RGB")
    assert found.shape == (SIDE // 2, SIDE, 3)
    np.testing.assert_allclose(found[0, 0], [0.2, 1, 0])


def test_every_photo_is_styled_by_its_own_mask_and_by_the_found_one(tmp_path):
    folder = tmp_path / "eval" / "people"
    folder.mkdir(parents=True)
    for name in ("1", "2"):
        Image.new("RGB", (40, 40), "gray").save(folder / f"{name}.jpg")
        mask = Image.new("L", (40, 40))
        mask.paste(255, (0, 0, 20, 40))
        mask.save(folder / f"{name}.png")
    asked = []

    def stylizer(photo, *, fg, mask, preset, progress):
        """Brightens all of the photo where it gets no mask."""
        asked.append((fg, mask is None, preset))
        return SimpleNamespace(image=photo + 0.25 * (mask is None))

    found = measure(stylizer, tmp_path, "instant", None)
    assert asked == [(text, finds, "instant") for text in TEXTS[:2] for finds in (False, True)]
    assert [row["l1"] for row in found["given mask"]] == [0, 0]
    assert [row["l1"] for row in found["found mask"]] == pytest.approx([0.25] * 2)
    assert len(measure(stylizer, tmp_path, "instant", 1)["given mask"]) == 1


def test_the_command_prints_both_masks(monkeypatch, capsys):
    row = {"l1": 0.5, "psnr": 20.0, "ssim": 0.25}
    found = {"given mask": [row], "found mask": [row]}
    monkeypatch.setattr(outside, "measure", lambda *_: found)
    outside.main(["--data", "x"])
    lines = capsys.readouterr().out.splitlines()[1:]
    assert [line.split()[:3] for line in lines] == [
        [key, name, "mask"] for key in row for name in ("given", "found")
    ]


def test_a_folder_without_people_is_one_clear_line(tmp_path):
    with pytest.raises(SystemExit, match="error: no photos with masks"):
        outside.main(["--data", str(tmp_path)])
