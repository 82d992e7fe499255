from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy import ndimage
from spoil import blurred, noisy, tensor

from semcs.errors import InputError
from semcs.metrics import Seam, seam
from semcs.metrics.seams import border_bands


@pytest.fixture(scope="module")
def disc():
    """A disc in the background of nothing in particular, (128, 192)."""
    y, x = np.mgrid[:128, :192]
    return (np.hypot(y - 64, x - 96) < 40).astype(np.float32)


@pytest.fixture(scope="module")
def grain():
    """Weak noise everywhere and no edge, (128, 192, 3)."""
    values = np.random.default_rng(0).uniform(-0.05, 0.05, (128, 192, 3))
    return (0.5 + values).astype(np.float32)


def painted(image, mask, colour):
    return np.clip(image + mask[..., None] * np.float32(colour), 0, 1)


def test_bands_are_where_both_sides_are_near(disc):
    tall = np.kron(disc, np.ones((6, 4), np.float32))  # 768×768: 3 pixels on each side
    on, away = (band[0, 0].numpy() for band in border_bands(torch.from_numpy(tall)[None, None]))

    def reach(pixels):
        sides = [ndimage.maximum_filter(side, 2 * pixels + 1) for side in (tall, 1 - tall)]
        return (sides[0] > 0) & (sides[1] > 0)

    np.testing.assert_array_equal(on, reach(3))
    np.testing.assert_array_equal(away, reach(12) & ~reach(6))


def test_by_hand(disc, grain):
    output = painted(grain, disc, 0.3)
    on, away = (band[0, 0].numpy() > 0 for band in border_bands(torch.from_numpy(disc)[None, None]))
    excess = []
    for image in (output, grain):
        channels = np.moveaxis(image, 2, 0)
        slopes = [ndimage.sobel(c, axis, mode="nearest") / 8 for c in channels for axis in (0, 1)]
        steep = np.sqrt(np.square(slopes).sum(0) / 3)
        border, flanks = steep[on].mean(), steep[away].mean()
        excess.append((border - flanks) / (border + flanks))
    assert seam(grain, output, disc) == pytest.approx(excess[0] - excess[1], abs=1e-4)


def test_a_hard_border_shows_and_a_soft_one_less(disc, grain):
    hard = seam(grain, painted(grain, disc, 0.3), disc)
    soft = seam(grain, painted(grain, ndimage.gaussian_filter(disc, 4), 0.3), disc)
    assert seam(grain, grain, disc) == 0
    assert hard > 0.4
    assert 0 < soft < 0.5 * hard


def test_a_break_of_colour_without_luminance_shows(disc, grain):
    red_for_green = (0.2, -0.2 * 0.299 / 0.587, 0)
    assert seam(grain, painted(grain, disc, red_for_green), disc) > 0.3


def test_an_edge_that_was_there_already_does_not_count(disc, grain):
    photo = painted(grain, disc, 0.3)
    assert seam(photo, photo * 0.9, disc) == pytest.approx(0, abs=0.02)
    assert seam(photo, grain, disc) < -0.4


def test_strokes_all_over_do_not_count(disc, flower):
    assert abs(seam(flower, noisy(flower, 60), disc)) < 0.15
    assert abs(seam(flower, blurred(flower, 3), disc)) < 0.3


def test_a_mask_without_a_border_has_no_seam(grain):
    assert seam(grain, 1 - grain, np.ones((128, 192), np.float32)) == 0
    with pytest.raises(InputError, match="selects nothing"):
        seam(grain, grain, np.zeros((128, 192), np.float32))


def test_there_has_to_be_a_mask(grain):
    with pytest.raises(InputError, match="a seam needs a mask"):
        seam(grain, grain, None)
    with pytest.raises(InputError, match="a seam needs a mask"):
        Seam()(tensor(grain), tensor(grain))


def test_batches_and_gradients(disc, grain):
    photos = tensor(grain).repeat(2, 1, 1, 1)
    outputs = torch.cat([tensor(grain), tensor(painted(grain, disc, 0.3))]).requires_grad_()
    found = Seam()(photos, outputs, torch.from_numpy(disc)[None, None])
    assert found[0] == 0
    assert found[1].item() == pytest.approx(seam(grain, painted(grain, disc, 0.3), disc), abs=1e-5)
    found[1].backward()
    assert outputs.grad[1].abs().sum() > 0
    assert outputs.grad.isfinite().all()
