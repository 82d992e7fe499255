from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_sample_image

from semcs.saliency import SaliencyPredictor, saliency_mask


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


@pytest.mark.parametrize("kind", ["left third", "stripes", "frame", "holes"])
def test_hidden_patches_are_filled_which_is_enough(kind):
    """Patches that are wholly hidden stay in the graph: the visible part is masked as before.

    On photos of people, taking them out of the graph made masks worse.
    """
    photo = load_sample_image("flower.jpg")[::2, ::2]
    y, x = np.mgrid[: photo.shape[0], : photo.shape[1]]
    visible = {
        "left third": x > 106,
        "stripes": x // 40 % 2 == 0,
        "frame": (abs(x - 160) < 130) & (abs(y - 106) < 85),
        "holes": (x // 40 + y // 40) % 3 > 0,
    }[kind]
    cut = np.dstack([photo * visible[..., None], 255 * visible]).astype(np.uint8)
    opaque, masked = (saliency_mask(one, models="bundled") > 0.5 for one in (photo, cut))
    assert (opaque == masked)[visible].mean() > 0.93


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
