"""A grown, shrunk, feathered or inverted mask against morphology and closed forms."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from semcs.errors import InputError
from semcs.finding.shape import Shape, depth

quick = settings(max_examples=25, deadline=None)
seeds = st.integers(0, 2**32 - 1)


def random_mask(seed):
    """Blobs and specks of either kind, (48, 60)."""
    noise = np.random.default_rng(seed).standard_normal((48, 60))
    smooth = ndimage.gaussian_filter(noise, 3)
    return (smooth > np.quantile(smooth, 0.7)).astype(np.float32)


def disc(radius):
    reach = int(np.ceil(radius))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    return (np.hypot(y, x) <= radius).astype(np.uint8)


def dilated(mask, radius):
    return cv2.dilate(mask.astype(np.uint8), disc(radius), borderValue=0) > 0


@quick
@given(seeds, st.floats(1, 9))
def test_to_grow_is_to_dilate_by_a_disc_within_half_a_pixel(seed, radius):
    mask = random_mask(seed)
    grown = Shape(grow=radius).of(mask) > 0.5
    assert not (dilated(mask, radius - 0.5) & ~grown).any()
    assert not (grown & ~dilated(mask, radius + 0.5)).any()


@quick
@given(seeds, st.floats(0.5, 9))
def test_to_shrink_is_to_grow_what_is_around(seed, radius):
    mask = random_mask(seed)
    around = Shape(grow=radius).of(1 - mask)
    np.testing.assert_allclose(Shape(grow=-radius).of(mask), 1 - around, atol=1e-6)


@quick
@given(seeds)
def test_distances_are_those_of_scipy_and_the_same_at_every_call(seed):
    inside = random_mask(seed) > 0
    expected = ndimage.distance_transform_edt(inside)
    np.testing.assert_array_equal(depth(inside), expected.astype(np.float32))


@quick
@given(seeds, st.floats(0, 6), st.floats(0, 6))
def test_what_grows_more_holds_what_grows_less(seed, less, more):
    mask = random_mask(seed) * 0.9  # soft
    less, more = sorted((less, more))
    assert (Shape(grow=more).of(mask) >= Shape(grow=less).of(mask)).all()
    assert (Shape(grow=-more).of(mask) <= Shape(grow=-less).of(mask)).all()
    assert (Shape(grow=less).of(mask) >= mask).all()


@pytest.mark.parametrize("width", [4.0, 10.0, 15.0])
@pytest.mark.parametrize("grow", [0.0, 6.0, -6.0])
def test_a_feather_is_a_ramp_of_its_width_around_the_outline(width, grow):
    mask = np.zeros((5, 60), np.float32)
    mask[:, 30:] = 1  # the outline is at 30, between two pixels
    ramp = Shape(grow=grow, feather=width).of(mask)
    middles = np.arange(60) + 0.5
    expected = np.clip(0.5 + (middles - 30 + grow) / width, 0, 1)
    np.testing.assert_allclose(ramp, np.tile(expected, (5, 1)), atol=1e-5)


def test_it_is_inverted_before_it_grows():
    mask = random_mask(0)
    shaped = Shape(invert=True, grow=2, feather=3).of(mask)
    np.testing.assert_array_equal(shaped, Shape(grow=2, feather=3).of(1 - mask))


def test_as_it_was_found_by_default():
    mask = np.random.default_rng(0).random((20, 30), np.float32)
    np.testing.assert_array_equal(Shape().of(mask), mask)


@pytest.mark.parametrize("level", [0.0, 0.3, 1.0])
def test_without_an_outline_there_is_none_to_move(level):
    mask = np.full((8, 9), level, np.float32)
    np.testing.assert_array_equal(Shape(grow=3, feather=2).of(mask), mask)
    np.testing.assert_array_equal(Shape(grow=-3).of(mask), mask)


@pytest.mark.parametrize(
    "options",
    [{"grow": np.nan}, {"grow": "3"}, {"feather": -1}, {"feather": np.inf}, {"invert": 1}],
)
def test_refused(options):
    (name,) = options
    with pytest.raises(InputError, match=name):
        Shape(**options)
