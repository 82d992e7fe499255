from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_sample_image

from semcs.saliency import SaliencyPredictor, saliency_mask
from semcs.saliency.visible import fill_hidden, hide


def cut_out(hidden):
    """The flower RGBA, transparent outside of an ellipse; `hidden` lies under the transparency."""
    photo = load_sample_image("flower.jpg")[::2, ::2]
    h, w = photo.shape[:2]
    y, x = np.mgrid[:h, :w]
    alpha = (np.hypot((y - h / 2) / h, (x - w / 2) / w) < 0.45).astype(np.uint8) * 255
    return np.dstack([np.where(alpha[..., None] > 0, photo, hidden), alpha]).astype(np.uint8)


@pytest.mark.parametrize("refine", ["none", "edge", "matting"])
def test_what_lies_under_alpha_0_changes_nothing(refine):
    """The mask of the visible part was another one where the hidden pixels were black."""
    rng = np.random.default_rng(0)
    shape = cut_out(0).shape[:2]
    kinds = (0, 255, rng.integers(0, 256, (*shape, 3)))
    masks = [saliency_mask(cut_out(hidden), models="bundled", refine=refine) for hidden in kinds]
    np.testing.assert_array_equal(masks[0], masks[1])
    np.testing.assert_array_equal(masks[0], masks[2])
    visible = cut_out(0)[..., 3] > 0
    assert not masks[0][~visible].any()
    photo = saliency_mask(load_sample_image("flower.jpg")[::2, ::2], models="bundled")
    same = (masks[0] > 0.5)[visible] == (photo > 0.5)[visible]
    assert same.mean() > 0.9  # as if it were opaque


@pytest.mark.parametrize("invert", [False, True])
@pytest.mark.parametrize("soft", [False, True])
def test_masks_stay_inside_alpha(soft, invert):
    picture = cut_out(0)
    mask = saliency_mask(picture, models="bundled", soft=soft, invert=invert)
    assert not mask[picture[..., 3] == 0].any()
    assert mask[picture[..., 3] > 0].any()


def test_regions_call_the_hidden_part_background():
    predictor = SaliencyPredictor(models="bundled")
    picture = cut_out(0)
    predictor.set_image(picture)
    for soft in (True, False):
        regions = predictor.predict(k=3, soft=soft)
        np.testing.assert_allclose(regions.sum(axis=0), 1, atol=1e-5)
        assert (regions[0][picture[..., 3] == 0] == 1).all()


def test_alpha_of_one_picture_is_not_the_next_ones():
    predictor = SaliencyPredictor(models="bundled")
    photo = load_sample_image("flower.jpg")[::2, ::2]
    predictor.set_image(photo)
    opaque = predictor.predict()
    predictor.set_image(cut_out(0))
    predictor.set_image(photo)
    np.testing.assert_array_equal(predictor.predict(), opaque)


def test_nothing_visible_is_nothing(caplog):
    picture = np.zeros((30, 40, 4), np.uint8)
    picture[..., :3] = np.random.default_rng(0).integers(0, 256, (30, 40, 3))
    assert not saliency_mask(picture, models="bundled").any()
    assert "nothing stands out" in caplog.text


@settings(deadline=None)
@given(st.integers(0, 2**20), st.integers(1, 40), st.integers(1, 40), st.floats(0, 1))
def test_filling_keeps_the_visible_and_stays_within_its_colours(seed, h, w, share):
    rng = np.random.default_rng(seed)
    rgb, alpha = rng.random((h, w, 3)).astype(np.float32), (rng.random((h, w)) < share) * 0.5
    filled = fill_hidden(rgb, alpha)
    seen = alpha > 0
    np.testing.assert_allclose(filled[seen], rgb[seen], atol=1e-6)
    if seen.any():
        assert (filled >= rgb[seen].min(axis=0) - 1e-5).all()
        assert (filled <= rgb[seen].max(axis=0) + 1e-5).all()
    other = np.where(seen[..., None], rgb, rng.random(rgb.shape).astype(np.float32))
    np.testing.assert_array_equal(fill_hidden(other, alpha), filled)


def test_opaque_pictures_are_not_copied():
    rgb = np.random.default_rng(0).random((4, 5, 3))
    assert fill_hidden(rgb, None) is rgb
    assert fill_hidden(rgb, np.full((4, 5), 0.1)) is rgb
    mask = np.ones((4, 5), np.float32)
    assert hide(mask, None) is mask
    assert hide(mask > 0, np.zeros((4, 5))).dtype == np.bool_
