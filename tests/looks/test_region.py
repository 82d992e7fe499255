from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_sample_image

from semcs.errors import InputError
from semcs.looks import form
from semcs.looks.fields import rim, superpixels
from semcs.looks.form import give_form
from semcs.looks.region import bounding_box, continue_outside
from semcs.looks.rendering import BASE_SIDE, MOST_PAINTED, look_scale, render_region


@pytest.fixture(scope="module")
def photo():
    return load_sample_image("china.jpg")[:240, :320].astype(np.float32) / 255


def disc(height, width, radius):
    y, x = np.mgrid[:height, :width]
    return (np.hypot(y - height / 2, x - width / 2) < radius).astype(np.float32)


class TestBoundingBox:
    @given(
        top=st.integers(0, 19),
        left=st.integers(0, 29),
        tall=st.integers(1, 9),
        margin=st.integers(0, 5),
    )
    def test_holds_the_mask_and_its_margin(self, top, left, tall, margin):
        mask = np.zeros((20, 30), np.float32)
        mask[top : top + tall, left : left + 3] = 0.4
        rows, columns = bounding_box(mask, margin)
        assert mask[rows, columns].sum() == pytest.approx(mask.sum())
        bottom = min(20, top + tall) + margin
        assert (rows.start, rows.stop) == (max(0, top - margin), min(20, bottom))
        assert columns.start == max(0, left - margin)

    def test_of_nothing_is_nothing(self):
        rows, columns = bounding_box(np.zeros((4, 5)), 3)
        assert (rows.stop, columns.stop) == (0, 0)


class TestContinueOutside:
    def test_inside_the_photo_stays(self, photo):
        mask = disc(240, 320, 70)
        seen = continue_outside(photo, mask)
        assert np.allclose(seen[mask > 0.5], photo[mask > 0.5])

    def test_nothing_of_the_other_side_is_left(self, photo):
        mask = disc(240, 320, 70)
        other = np.where(mask[..., None] > 0.5, photo, 1 - photo)
        assert np.allclose(continue_outside(photo, mask), continue_outside(other, mask), atol=1e-5)

    def test_colours_stay_within_those_of_the_region(self, photo):
        mask = disc(240, 320, 70)
        inside = photo[mask > 0.5]
        seen = continue_outside(photo, mask)
        assert (seen >= inside.min(0) - 1e-4).all()
        assert (seen <= inside.max(0) + 1e-4).all()

    def test_one_colour_goes_everywhere(self):
        photo = np.zeros((33, 47, 3), np.float32)
        mask = np.zeros((33, 47), np.float32)
        mask[5:9, 7:20] = 1
        photo[mask > 0.5] = (0.2, 0.5, 0.7)
        assert np.allclose(continue_outside(photo, mask), (0.2, 0.5, 0.7), atol=1e-5)


class TestGiveForm:
    def test_none_leaves_the_rendering(self, photo):
        painted = np.full_like(photo, 0.4)
        assert np.array_equal(give_form(painted, photo, 0.0, 1.0), painted)

    def test_nothing_comes_where_the_photo_is_smooth(self):
        ramp = np.repeat(np.linspace(0.2, 0.7, 200, dtype=np.float32)[None, :, None], 150, 0)
        photo = np.repeat(ramp, 3, 2)
        painted = np.full_like(photo, (0.3, 0.5, 0.2))
        formed = give_form(painted, photo, 1.0, 1.0)
        assert np.abs(formed - painted)[:, 40:-40].max() < 0.04

    def test_more_of_it_brings_more_of_the_photo(self, photo):
        painted = np.full_like(photo, 0.5)
        grey = photo.mean(2)
        correlations = [
            np.corrcoef(give_form(painted, photo, amount, 1.0).mean(2).ravel(), grey.ravel())[0, 1]
            for amount in (0.3, 1.0)
        ]
        assert min(correlations) > 0.4
        changes = [
            np.abs(give_form(painted, photo, amount, 1.0) - painted).mean() for amount in (0.3, 1.0)
        ]
        assert changes[0] < changes[1]

    def test_large_pictures_get_the_form_of_reduced_ones(self, photo):
        def at(height, width):
            large = cv2.resize(photo, (width, height), interpolation=cv2.INTER_CUBIC).clip(0, 1)
            scale = 4.0 * width / 1280
            return give_form(np.full_like(large, 0.4), large, 1.0, scale)

        whole, half = at(960, 1280), at(480, 640)
        reduced = cv2.resize(whole, (640, 480), interpolation=cv2.INTER_AREA)
        assert np.abs(half - 0.4).mean() > 0.02
        assert np.abs(reduced - half).mean() < 0.004

    def test_bands_leave_no_seams(self, photo, monkeypatch):
        painted = np.full_like(photo, 0.5)
        whole = give_form(painted, photo, 1.0, 1.0)
        monkeypatch.setattr(form, "BAND", 7 * photo.shape[1])
        assert np.allclose(give_form(painted, photo, 1.0, 1.0), whole, atol=1e-6)


class TestRenderRegion:
    @settings(max_examples=25, deadline=None)
    @given(
        height=st.integers(2, 300),
        width=st.integers(2, 300),
        name=st.sampled_from(["mosaic", "gold", "starry night", "pencil sketch", "pixel art"]),
        masked=st.booleans(),
    )
    def test_any_size(self, height, width, name, masked):
        rng = np.random.default_rng(0)
        photo = rng.random((height, width, 3), np.float32)
        before = photo.copy()
        mask = disc(height, width, 0.4 * min(height, width)) if masked else None
        painted = render_region(photo, name, mask)
        assert painted.shape == photo.shape
        assert np.isfinite(painted).all()
        assert painted.min() >= 0
        assert painted.max() <= 1
        assert np.array_equal(photo, before)

    def test_larger_than_what_is_painted(self):
        photo = np.zeros((40, MOST_PAINTED + 500, 3), np.float32)
        photo[:, ::7] = 0.8
        assert render_region(photo, "gold").shape == photo.shape

    def test_a_region_of_a_picture_larger_than_what_is_painted(self, photo):
        large = cv2.resize(photo, (MOST_PAINTED + 352, 1800)).clip(0, 1)
        before = large.copy()
        mask = disc(*large.shape[:2], 300)
        painted = render_region(large, "gold", mask)
        assert np.array_equal(large, before)
        assert np.abs(painted - large)[mask > 0.5].mean() > 0.05
        assert np.abs(painted - large)[:100].mean() < 0.01

    def test_the_other_side_doesnt_matter(self, photo):
        mask = disc(240, 320, 70)
        other = np.where(mask[..., None] > 0.5, photo, photo[::-1, ::-1])
        # Straddling pixels of the enlarged picture mix both sides: the inside is compared.
        inside = disc(240, 320, 60) > 0.5
        for name in ("watercolor", "gold", "pop art"):
            first, second = (render_region(one, name, mask) for one in (photo, other))
            assert np.abs(first - second)[inside].mean() < 0.02

    def test_an_empty_region_is_left(self, photo):
        assert np.array_equal(render_region(photo, "gold", np.zeros((240, 320))), photo)

    def test_seeds_and_detail(self, photo):
        first, same, other = (render_region(photo, "mosaic", seed=seed) for seed in (1, 1, 2))
        assert np.abs(first - same).mean() < 1e-5
        assert np.abs(first - other).mean() > 1e-3
        assert not np.array_equal(first, render_region(photo, "mosaic", seed=1, detail=0.0))

    def test_an_unknown_look(self, photo):
        with pytest.raises(InputError, match=r"'blurple'.*watercolor"):
            render_region(photo, "blurple")


def test_borders_of_large_superpixels_are_smooth(photo):
    """Few straight lines are near enough: stairs take one for every step."""
    large = cv2.resize(photo, (1280, 960), interpolation=cv2.INTER_LINEAR)
    labels = superpixels(large, 120.0, np.random.default_rng(0))
    corners = []
    for label in np.unique(labels):
        cell = np.uint8(labels == label)
        (outline, *_), _ = cv2.findContours(cell, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        corners.append(len(cv2.approxPolyDP(outline, 3.0, True)))
    assert np.mean(corners) < 13


def test_a_rim_without_borders_is_no_farther_than_the_picture():
    assert rim(np.zeros((20, 30), np.int32)).max() == 30


def test_strokes_grow_slower_than_the_picture():
    assert look_scale(BASE_SIDE) == 1
    assert 1 < look_scale(2 * BASE_SIDE) < 2
