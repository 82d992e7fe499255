"""Outlines that the region network draws from rough masks."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_sample_image

import semcs
from semcs.models.region_hints import hint_maps
from semcs.saliency import refine_mask
from semcs.saliency.guided import resize
from semcs.saliency.outline import BAND, decided, draw_outline, full_size, look, outline


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


def rough(alpha: np.ndarray, side: int = 16) -> np.ndarray:
    return (resize(alpha, side, side) > 0.5).astype(np.float32)


def soft_share(mask: np.ndarray) -> float:
    return float(((mask > 0.05) & (mask < 0.95)).mean())


def test_a_rough_mask_gets_the_thing_s_own_outline():
    alpha = disc()
    photo = scene(alpha)
    guided, edge = (refine_mask(rough(alpha), photo, method) for method in ("guided", "edge"))
    assert np.abs(edge - alpha).mean() < 0.25 * np.abs(guided - alpha).mean()
    assert np.abs(edge - alpha).mean() < 0.01
    assert soft_share(edge) < 0.2 * soft_share(guided)


def test_what_a_mask_lacks_is_mended():
    alpha = disc()
    lacking = rough(alpha)
    lacking[6:9, 7:10] = 0  # a hole in the middle
    assert (rough(alpha) - lacking).sum() > 4
    assert draw_outline(lacking, scene(alpha))[100:130, 115:140].min() > 0.9


def test_what_is_undecided_is_read_again():
    """Of the flower that the lower edge cuts, one reading leaves half as fog."""
    lower = semcs.saliency_mask(load_sample_image("flower.jpg"), models="bundled")[-50:]
    assert soft_share(lower) < 0.4 * (lower > 0.5).mean()
    assert lower[-30:, 300:430].mean() > 0.97


def test_a_large_photo_gives_what_the_small_one_gives():
    alpha = disc(480, 140)
    large = resize(alpha, 1920, 1920)
    found = draw_outline(rough(alpha, 30), scene(large))
    assert found.shape == (1920, 1920)
    assert np.abs(found - large).mean() < 0.01


def test_a_picture_is_looked_at_once_for_any_number_of_outlines():
    photo = load_sample_image("flower.jpg")[:240, :320] / np.float32(255)
    sight = look(photo)
    for seed in range(2):
        mask = np.random.default_rng(seed).random((8, 10)).astype(np.float32)
        again = draw_outline(mask, photo, sight)
        np.testing.assert_array_equal(again, draw_outline(mask, photo))


def test_a_click_finds_what_it_is_on():
    alpha = disc()
    sight = look(scene(alpha))
    down, across = (int(share * cells) for share, cells in zip((0.48, 0.53), sight.grid))
    found = outline(sight, hint_maps(sight.grid, clicks=[(across, down)]), scene(alpha))
    both, either = np.minimum(found, alpha).sum(), np.maximum(found, alpha).sum()
    assert both / either > 0.9


@given(st.integers(0, 10_000), st.integers(8, 60), st.integers(8, 60))
def test_alpha_is_soft_near_its_line_alone(seed: int, height: int, width: int):
    noise = np.random.default_rng(seed).random((height, width)).astype(np.float32)
    alpha = cv2.GaussianBlur(noise, (0, 0), 3)
    found = decided(alpha)
    inside = alpha > 0.5
    np.testing.assert_array_equal(found > 0.5, inside)
    if inside.all() or not inside.any():
        np.testing.assert_array_equal(found, inside)
        return
    reach = int(np.ceil(max(2.0, BAND * max(alpha.shape)))) + 1
    kernel = np.ones((2 * reach + 1,) * 2, np.uint8)
    sides = inside.astype(np.uint8)
    far = cv2.erode(sides, kernel) == cv2.dilate(sides, kernel)
    np.testing.assert_array_equal(found[far], inside[far])


def test_what_is_0_or_1_stays_so_at_full_size():
    alpha = disc()
    photo = resize(scene(alpha), 700, 700)
    found = full_size(alpha, photo)
    whole = resize(alpha, 700, 700)
    np.testing.assert_array_equal(found[whole == 0], 0)
    np.testing.assert_array_equal(found[whole == 1], 1)
    assert 0 <= found.min() <= found.max() <= 1


@pytest.mark.parametrize("shape", [(1, 1), (1, 30), (3, 200), (2, 2)])
def test_thin_photos(shape: tuple[int, int]):
    rng = np.random.default_rng(0)
    found = draw_outline(rng.random((4, 4)), rng.random((*shape, 3)))
    assert found.shape == shape
    assert found.dtype == np.float32
    assert np.isfinite(found).all()
    assert 0 <= found.min() <= found.max() <= 1


def test_what_comes_in_is_not_written_to():
    alpha = disc()
    mask, photo = rough(alpha), scene(alpha)
    before = mask.copy(), photo.copy()
    state = torch.get_rng_state()
    draw_outline(mask, photo)
    np.testing.assert_array_equal(mask, before[0])
    np.testing.assert_array_equal(photo, before[1])
    assert torch.equal(torch.get_rng_state(), state)
