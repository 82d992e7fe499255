from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_sample_image

from semcs.saliency.guided import guided_filter, linear_models, resize


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    return resize(load_sample_image("flower.jpg") / 255, 60, 90)


def test_linear_models_are_ridge_regressions_of_each_window():
    rng = np.random.default_rng(0)
    guide, mask = rng.random((9, 11, 3)), rng.random((9, 11))
    r, epsilon = 2, 0.02

    def window(y: int, x: int) -> tuple[slice, slice]:
        return slice(max(0, y - r), y + r + 1), slice(max(0, x - r), x + r + 1)

    models = np.empty((9, 11, 4))
    for y, x in np.ndindex(9, 11):
        colors = guide[window(y, x)].reshape(-1, 3)
        values = mask[window(y, x)].ravel()
        # min over a, b of Σ (a·I + b − p)² + |window| ε |a|², as one least-squares problem
        design = np.vstack(
            [
                np.hstack([colors, np.ones((len(colors), 1))]),
                np.hstack([np.sqrt(len(colors) * epsilon) * np.eye(3), np.zeros((3, 1))]),
            ]
        )
        models[y, x] = np.linalg.lstsq(design, np.r_[values, 0, 0, 0], rcond=None)[0]
    expected = np.array([[models[window(y, x)].mean(axis=(0, 1)) for x in range(11)]
                         for y in range(9)])  # fmt: skip

    a, b = linear_models(mask, guide, radius=r, epsilon=epsilon)
    np.testing.assert_allclose(a, expected[..., :3], atol=1e-6)
    np.testing.assert_allclose(b, expected[..., 3], atol=1e-6)


@pytest.mark.parametrize("value", [0.0, 0.3, 1.0])
def test_a_constant_mask_stays_constant(photo: np.ndarray, value: float):
    filtered = guided_filter(np.full((4, 6), value), photo)
    np.testing.assert_allclose(filtered, value, atol=1e-4)


def test_a_mask_that_is_a_colour_of_the_image_is_kept(photo: np.ndarray):
    mask = photo @ (0.2, 0.5, 0.3)
    filtered = guided_filter(mask, photo, epsilon=1e-8)
    np.testing.assert_allclose(filtered, mask, atol=0.01)


def test_a_coarse_edge_moves_to_the_edge_of_the_image():
    image = np.zeros((80, 80, 3), np.float32)
    image[:, 43:] = (0.9, 0.6, 0.2)
    mask = np.zeros((8, 8), np.float32)
    mask[:, 4:] = 1  # its edge is at column 40
    filtered = guided_filter(mask, image, radius=0.1)
    np.testing.assert_array_equal(filtered > 0.5, image[..., 0] > 0.5)


def test_large_images_are_fitted_small_and_come_back_whole(photo: np.ndarray):
    large = resize(photo, 600, 900)
    mask = (photo[..., 0] > 0.5).astype(np.float32)
    whole = guided_filter(mask, large, work_size=900)
    small = guided_filter(mask, large, work_size=450)
    assert small.shape == (600, 900)
    assert np.abs(whole - small).mean() < 0.02


def test_resize_averages_where_it_shrinks_and_keeps_channels():
    array = np.random.default_rng(0).random((6, 8, 3))
    blocks = array.reshape(3, 2, 4, 2, 3).mean(axis=(1, 3))
    np.testing.assert_allclose(resize(array, 3, 4), blocks, atol=1e-6)
    assert resize(array[..., 0], 12, 16).shape == (12, 16)
