"""Soft bands narrowed to an object's own edge."""

from __future__ import annotations

import time

import cv2
import numpy as np
import pytest
from sklearn.datasets import load_sample_image

from semcs.errors import InputError
from semcs.saliency import refine_mask
from semcs.saliency.edges import sharpen_mask
from semcs.saliency.guided import resize


def scene(alpha: np.ndarray, noise: float = 0.03) -> np.ndarray:
    """A warm object over a cool ground."""
    mixed = alpha[..., None] * (0.8, 0.5, 0.2) + (1 - alpha[..., None]) * (0.2, 0.4, 0.6)
    return np.clip(mixed + np.random.default_rng(0).normal(0, noise, mixed.shape), 0, 1).astype(
        np.float32
    )


def disc(side: int = 240, radius: float = 70, blur: float = 0.7) -> np.ndarray:
    """A disc whose edge is a few pixels wide."""
    y, x = np.mgrid[:side, :side] + 0.5
    distance = radius - np.hypot(y - 0.48 * side, x - 0.53 * side)
    return np.clip(distance / (2 * blur) + 0.5, 0, 1).astype(np.float32)


def blurred(alpha: np.ndarray, sigma: float = 8) -> np.ndarray:
    return np.clip(cv2.GaussianBlur(alpha, (0, 0), sigma), 0, 1)


def soft_share(mask: np.ndarray) -> float:
    return float(((mask > 0.05) & (mask < 0.95)).mean())


@pytest.mark.parametrize("blur", [0.5, 1.0, 2.0])
def test_the_soft_band_is_no_wider_than_the_object_s_edge(blur: float):
    alpha = disc(480, 140, blur)
    found = sharpen_mask(blurred(alpha), scene(alpha))
    assert found.dtype == np.float32
    assert np.abs(found - alpha).mean() < 0.003
    assert 0.3 * soft_share(alpha) < soft_share(found) <= soft_share(alpha)


def test_far_from_the_line_is_exactly_0_or_1():
    alpha = disc()
    found = sharpen_mask(blurred(alpha, 15), scene(alpha))
    near = cv2.dilate(alpha, np.ones((15, 15))) - cv2.erode(alpha, np.ones((15, 15))) > 0
    assert set(np.unique(found[~near])) == {0.0, 1.0}
    np.testing.assert_array_equal(found[~near], alpha[~near])


def test_the_line_moves_to_the_edge_nearby():
    alpha = disc()
    moved = np.roll(blurred(alpha), 3, axis=1)
    found = sharpen_mask(moved, scene(alpha))
    assert np.abs(found - alpha).mean() < 0.25 * np.abs((moved > 0.5) - alpha).mean()


def test_without_colours_to_go_by_the_line_stays():
    alpha = disc()
    found = sharpen_mask(blurred(alpha), np.full((240, 240, 3), 0.5, np.float32))
    assert ((found > 0.5) != (blurred(alpha) > 0.5)).mean() < 0.002
    assert soft_share(found) < 0.05


def test_thin_structures_are_kept():
    alpha = np.zeros((200, 200), np.float32)
    alpha[60:140, 60:140] = 1
    alpha[98:101, 140:195] = 1  # a stalk of three pixels
    soft = np.maximum(blurred(alpha, 2), 0.9 * alpha)
    found = sharpen_mask(soft, scene(alpha))
    assert found[99, 140:193].min() > 0.9
    assert found[[94, 105], 150:190].max() < 0.1


def test_a_hard_mask_comes_back_as_it_is():
    photo = load_sample_image("flower.jpg")[:200, :300] / np.float32(255)
    hard = (np.random.default_rng(0).random((20, 30)) > 0.5).repeat(10, 0).repeat(10, 1)
    np.testing.assert_array_equal(sharpen_mask(hard.astype(np.float32), photo), hard)


def test_a_sharp_outline_moves_by_less_than_a_pixel():
    alpha = disc(blur=1)
    other = scene(np.roll(alpha, 4, axis=0))  # the photo's edge is elsewhere
    found = sharpen_mask(alpha, other)
    surely = cv2.erode((alpha == 1).astype(np.uint8), np.ones((3, 3))) > 0
    assert found[surely].min() == 1
    assert found[cv2.dilate(alpha, np.ones((3, 3))) == 0].max() == 0


@pytest.mark.parametrize("value", [0.0, 0.3, 0.5, 0.8, 1.0])
def test_a_mask_without_a_line_comes_back_as_it_is(value: float):
    mask = np.full((30, 40), value, np.float32)
    np.testing.assert_array_equal(sharpen_mask(mask, np.zeros((30, 40, 3))), mask)


def test_a_large_photo_gives_what_the_small_one_gives():
    alpha = disc(480, 140)
    large = resize(alpha, 1920, 1920)
    found = sharpen_mask(blurred(large, 40), scene(large))
    assert found.shape == (1920, 1920)
    assert np.abs(found - large).mean() < 0.005


def test_what_comes_in_is_not_written_to():
    alpha = disc()
    soft, photo = blurred(alpha), scene(alpha)
    before = soft.copy(), photo.copy()
    sharpen_mask(soft, photo)
    np.testing.assert_array_equal(soft, before[0])
    np.testing.assert_array_equal(photo, before[1])


def test_it_refines_coarse_masks():
    alpha = disc()
    photo, coarse = scene(alpha), (resize(alpha, 16, 16) > 0.5).astype(np.float32)
    guided, edge = (refine_mask(coarse, photo, method) for method in ("guided", "edge"))
    assert np.abs(edge - alpha).mean() < 0.2 * np.abs(guided - alpha).mean()
    assert soft_share(edge) < 0.2 * soft_share(guided)


@pytest.mark.parametrize("shape", [(1, 1), (1, 30), (3, 200), (2, 2)])
def test_thin_photos(shape: tuple[int, int]):
    rng = np.random.default_rng(0)
    found = sharpen_mask(rng.random(shape), rng.random((*shape, 3)))
    assert found.shape == shape
    assert np.isfinite(found).all()
    assert found.min() >= 0
    assert found.max() <= 1


def test_it_is_quick():
    photo = resize(load_sample_image("flower.jpg") / 255, 512, 512)
    mask = blurred(disc(512, 150))
    began = time.process_time()
    sharpen_mask(mask, photo)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("mask", "photo", "message"),
    [
        (np.ones((4, 4)), np.ones((4, 4)), r"\(H, W, 3\)"),
        (np.ones((2, 2)), np.ones((4, 4, 3)), "as the photo"),
        (np.full((4, 4), 1.5), np.ones((4, 4, 3)), r"\[0, 1\], not"),
        (np.full((4, 4), np.nan), np.ones((4, 4, 3)), r"\[0, 1\], not"),
    ],
)
def test_bad_arguments_are_named(mask: np.ndarray, photo: np.ndarray, message: str):
    with pytest.raises(InputError, match=message):
        sharpen_mask(mask, photo)
