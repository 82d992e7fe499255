from __future__ import annotations

import numpy as np
from PIL import Image

from benchmarks.photos import TITLE_HEIGHT, as_floats, photo_named, sheet_of


def test_a_photo_is_its_centre_square(tmp_path):
    pixels = np.zeros((20, 60, 3), np.uint8)
    pixels[:, 20:40] = 200
    file = tmp_path / "wide.png"
    Image.fromarray(pixels).save(file)
    assert (photo_named("wide", 20, file) == 200).all()


def test_samples_are_squares():
    for name in ("flower", "astronaut"):
        assert photo_named(name, 30).shape == (30, 30, 3)


def test_bytes_become_floats():
    found = as_floats(np.array([0, 51, 255], np.uint8))
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, [0, 0.2, 1])


def test_a_sheet_has_its_pictures_in_rows_under_titles():
    pictures = [np.full((10, 40, 3), value, np.uint8) for value in (10, 20, 30, 40)]
    sheet = np.asarray(sheet_of(pictures, ["left", "right"]))
    assert sheet.shape == (TITLE_HEIGHT + 20, 80, 3)
    assert sheet[TITLE_HEIGHT:][::10, ::40, 0].tolist() == [[10, 20], [30, 40]]
    titles = sheet[:TITLE_HEIGHT].min(axis=(0, 2))
    assert max(titles[:40].min(), titles[40:].min()) < 20
