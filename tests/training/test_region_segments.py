from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from semcs.training.region_segments import (
    CELL,
    SEGMENTS,
    SIDE,
    cut,
    drawn,
    means,
    neighbours,
    photo_to_cut,
    sheet,
)


class MeanColours(nn.Module):
    """Keys that say the mean colour of each patch, twelve times over."""

    patch_size = 16

    def forward(self, images):
        return nn.functional.avg_pool2d(images, 16).flatten(2).transpose(1, 2).repeat(1, 1, 12)


@pytest.fixture(scope="module")
def photo():
    """Sky over grass with a red square, slightly noisy."""
    image = np.zeros((90, 120, 3))
    image[:50], image[50:], image[30:70, 40:80] = (90, 150, 240), (40, 160, 50), (220, 30, 30)
    noise = np.random.default_rng(0).normal(0, 4, image.shape)
    return (image + noise).clip(0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def segments(photo):
    pytest.importorskip("skimage", reason="scikit-image makes the superpixels")
    return cut(photo, MeanColours())


def test_segments_end_where_colours_do(photo, segments):
    assert segments.shape == photo.shape[:2]
    assert set(np.unique(segments)) == set(range(SEGMENTS))
    inside = segments[36:64, 46:74]
    outside = np.concatenate([segments[:24].ravel(), segments[76:].ravel()])
    assert not set(np.unique(inside)) & set(np.unique(outside))


def test_the_same_photo_gives_the_same_segments(photo, segments):
    torch.manual_seed(5)
    np.testing.assert_array_equal(cut(photo, MeanColours()), segments)


def test_neighbours_and_means_of_four_squares():
    superpixels = np.kron([[0, 1], [2, 3]], np.ones((4, 5), int))
    touching = neighbours(superpixels).toarray() > 0
    expected = [[0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 0, 1], [0, 1, 1, 0]]
    np.testing.assert_array_equal(touching, np.array(expected, bool))
    values = np.random.default_rng(0).random((8, 10, 3))
    expected = [values[superpixels == n].mean(0) for n in range(4)]
    np.testing.assert_allclose(means(values, superpixels), expected)


def test_photos_are_brought_to_one_size(tmp_path):
    Image.new("RGB", (50, 100), (10, 20, 30)).save(tmp_path / "a.png")
    photo = photo_to_cut(tmp_path / "a.png")
    assert photo.shape == (SIDE, SIDE // 2, 3)
    assert (photo == (10, 20, 30)).all()


def test_outlines_and_numbers_are_drawn():
    photo = np.full((200, 300, 3), 100, np.uint8)
    segments = np.zeros((200, 300), np.uint8)
    segments[:, 150:] = 7
    picture = drawn(photo, segments)
    assert picture.shape == (300, 450, 3)
    magenta = (picture == (255, 0, 255)).all(-1)
    assert set(np.flatnonzero(magenta.any(0))) == {224}
    yellow = (picture[..., 0] > 200) & (picture[..., 2] < 100)
    assert yellow[:, :224].any()
    assert yellow[:, 226:].any()


def test_a_sheet_holds_six_drawings_where_they_belong():
    pictures = [np.full((300, 600, 3), 10 * n, np.uint8) for n in range(5)]
    page = sheet(pictures, [f"photo {n}" for n in range(5)])
    assert page.shape == (2 * CELL[0], 3 * CELL[1], 3)
    for n in range(5):
        row, column = divmod(n, 3)
        cell = page[row * CELL[0] :, column * CELL[1] :][: CELL[0], : CELL[1]]
        assert (cell[40:300, 20:600] == 10 * n).all()
        assert (cell[:24] < 100).any()
    assert (page[CELL[0] :, 2 * CELL[1] :] == 255).all()
