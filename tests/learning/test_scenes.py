"""What a style is learned on without photos, and how squares are cut out of it."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

from semcs.errors import InputError
from semcs.learning import lessons
from semcs.learning.lessons import Lesson, photo_files, photos_to_learn_on
from semcs.learning.scenes import scene


def test_a_seed_is_a_scene():
    first, again, other = (scene(np.random.default_rng(seed), 48) for seed in (1, 1, 2))
    assert first.shape == (48, 48, 3)
    assert first.dtype == np.float32
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).mean() > 0.05


def test_scenes_have_things_in_them():
    pictures = [scene(np.random.default_rng(seed), 64) for seed in range(8)]
    assert min(picture.min() for picture in pictures) >= 0
    assert max(picture.max() for picture in pictures) <= 1
    lightness = [picture.mean(2) for picture in pictures]
    assert 0.08 < np.mean([light.std() for light in lightness]) < 0.3
    # Neighbours are alike but for the edges of things, as in photos and unlike in noise.
    assert np.mean([np.abs(np.diff(light)).mean() / light.std() for light in lightness]) < 0.5


@pytest.mark.parametrize("size", [(60, 90), (200, 150)])
def test_the_same_square_is_cut_out_of_photo_and_start(size):
    photo = torch.rand(1, 3, *size, generator=torch.Generator().manual_seed(0))
    rng = np.random.default_rng(0)
    for _ in range(5):
        seen = Lesson(photo, 1 - photo).cut(rng, 48)
        assert seen.photo.shape == (1, 3, 48, 48)
        torch.testing.assert_close(seen.photo + seen.start, torch.ones(1, 3, 48, 48))


def test_a_folder_is_read_evenly(tmp_path, monkeypatch):
    monkeypatch.setattr(lessons, "MOST_PHOTOS", 4)
    (tmp_path / "below").mkdir()
    for index in range(9):
        Image.new("RGB", (40, 20), (index, 0, 0)).save(tmp_path / "below" / f"{index}.png")
    (tmp_path / "notes.txt").write_text("no picture")
    read = photos_to_learn_on(photo_files(tmp_path), 0)
    assert [round(255 * float(photo[0, 0, 0])) for photo in read] == [0, 3, 6]
    assert {photo.shape for photo in read} == {(64, 128, 3)}  # the shorter side as the fixture says


def test_of_a_long_photo_the_middle_is_read(tmp_path):
    picture = np.zeros((20, 400, 3), np.uint8)
    picture[:, 160:240] = 200
    Image.fromarray(picture).save(tmp_path / "long.png")
    (read,) = photos_to_learn_on(photo_files(tmp_path), 0)
    assert read.shape == (64, 256, 3)
    np.testing.assert_allclose(read, 200 / 255, atol=0.2)


@pytest.mark.parametrize("wrong", ["nowhere", 3, b"here"])
def test_no_folder_is_told(wrong):
    with pytest.raises(InputError, match="a folder of pictures is allowed"):
        photo_files(wrong)


def test_a_folder_without_pictures_is_told(tmp_path):
    with pytest.raises(InputError, match="there is no picture in"):
        photo_files(tmp_path)
