from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semcs.image import fill_hidden, hide


@settings(deadline=None)
@given(st.integers(0, 2**20), st.integers(1, 40), st.integers(1, 40), st.floats(0, 1))
def test_filling_keeps_the_visible_and_stays_within_its_colours(seed, h, w, share):
    rng = np.random.default_rng(seed)
    rgb, alpha = rng.random((h, w, 3)).astype(np.float32), (rng.random((h, w)) < share) * 0.5
    filled = fill_hidden(rgb, alpha)
    seen = alpha > 0
    np.testing.assert_array_equal(filled[seen], rgb[seen])
    if seen.any():
        assert (filled >= rgb[seen].min(axis=0) - 1e-5).all()
        assert (filled <= rgb[seen].max(axis=0) + 1e-5).all()
    other = np.where(seen[..., None], rgb, rng.random(rgb.shape).astype(np.float32))
    np.testing.assert_array_equal(fill_hidden(other, alpha), filled)


@pytest.mark.parametrize("hidden", [0.0, 1.0])
def test_nothing_of_the_hidden_colour_stands_around_the_visible_part(hidden):
    rows, columns = np.mgrid[:90, :120]
    alpha = (np.hypot(rows - 45, columns - 60) < 25).astype(np.float32)
    own = np.array((0.3, 0.6, 0.2), np.float32)
    rgb = np.where(alpha[..., None] > 0, own, np.float32(hidden))
    np.testing.assert_allclose(fill_hidden(rgb, alpha), np.broadcast_to(own, rgb.shape), atol=1e-5)


def test_filling_goes_on_with_the_nearest_colours():
    """Left of the gap all is dark, right of it bright: so are the halves of the gap."""
    rgb = np.zeros((64, 96, 3), np.float32)
    rgb[:, 48:] = 1
    alpha = np.ones((64, 96), np.float32)
    alpha[20:44, 33:63] = 0
    filled = fill_hidden(rgb, alpha)[20:44]
    assert filled[:, 33:40].mean() < 0.2
    assert filled[:, 56:63].mean() > 0.8
    assert np.abs(np.diff(filled.mean(axis=(0, 2))[33:63])).max() < 0.2  # without a step


def test_where_nothing_is_visible_all_is_grey():
    rgb = np.random.default_rng(0).random((5, 7, 3), np.float32)
    assert (fill_hidden(rgb, np.zeros((5, 7))) == 0.5).all()


def test_opaque_pictures_are_not_copied():
    rgb = np.random.default_rng(0).random((4, 5, 3))
    assert fill_hidden(rgb, None) is rgb
    assert fill_hidden(rgb, np.full((4, 5), 0.1)) is rgb
    mask = np.ones((4, 5), np.float32)
    assert hide(mask, None) is mask
    assert hide(mask > 0, np.zeros((4, 5))).dtype == np.bool_
