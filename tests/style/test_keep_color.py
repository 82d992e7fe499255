"""The photo's colours under a style's strokes."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.color import deltaE_cie76, rgb2lab

from semcs.style.keep_color import keep_colors

RNG = np.random.default_rng(0)


@pytest.fixture(scope="module")
def photo():
    """Slow changes of colour and one edge: (96, 128, 3)."""
    y, x = np.mgrid[:96, :128] / 128
    rgb = np.stack([0.3 + 0.5 * x, 0.6 - 0.4 * y, 0.4 + 0.2 * (x > 0.5)], 2)
    return rgb.astype(np.float32)


@pytest.fixture(scope="module")
def painted():
    """Yellow and blue, in stripes four pixels wide."""
    stripes = (np.indices((96, 128)).sum(0) // 4 % 2)[..., None]
    return np.where(stripes, (0.9, 0.8, 0.1), (0.05, 0.1, 0.5)).astype(np.float32)


def apart(one, other, mask):
    return deltaE_cie76(rgb2lab(one), rgb2lab(other))[mask > 0].mean()


@pytest.mark.parametrize("everywhere", [True, False])
def test_colours_are_the_photos_and_strokes_the_styles(photo, painted, everywhere):
    mask = np.ones((96, 128), np.float32)
    mask[:, 40:] = everywhere
    kept = keep_colors(painted, photo, mask, 1.0)
    assert apart(painted, photo, mask) > 40
    assert 2 < apart(kept, photo, mask) <= 4
    # Lightness follows the stripes, hue doesn't.
    lab, own, style = (rgb2lab(picture)[mask > 0] for picture in (kept, photo, painted))
    assert np.corrcoef((lab - own)[:, 0], style[:, 0])[0, 1] > 0.8
    assert np.abs(lab - own)[:, 1:].mean() < 0.5


def test_amounts_lie_between(photo, painted):
    mask = np.ones((96, 128), np.float32)
    distances = [apart(keep_colors(painted, photo, mask, k), photo, mask) for k in (0, 0.3, 0.7, 1)]
    assert distances == sorted(distances, reverse=True)
    assert keep_colors(painted, photo, mask, 0.0) is painted


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (40, 200)])
def test_any_size_and_flat_pictures(size):
    flat, mask = np.full((*size, 3), 0.5, np.float32), np.ones(size, np.float32)
    np.testing.assert_allclose(keep_colors(flat, flat, mask, 1.0), flat, atol=0.01)
    noise = RNG.random((*size, 3), np.float32)
    kept = keep_colors(noise, flat, 0 * mask, 1.0)
    assert 0 <= kept.min() <= kept.max() <= 1
