"""`RegionFinder` with the interface of segment-anything's `SamPredictor`."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
from tiny_regions import TinyRegions

from semcs.errors import InputError
from semcs.finding import RegionFinder
from semcs.interop import SamPredictor


class Known(RegionFinder):
    """Finds a soft disc, and remembers what it was asked."""

    def __init__(self, mask):
        self.mask, self.image, self.asked = mask, None, {}

    def set_image(self, image):
        self.image = image

    def find_mask(self, **asked):
        self.asked = asked
        return self.mask


@pytest.fixture
def pixels(photo):
    return np.asarray(photo)


@pytest.fixture
def known(disc, pixels):
    predictor = SamPredictor(Known(disc))
    predictor.set_image(pixels)
    return predictor


def test_its_parameters_are_those_of_segment_anything():
    """Of its release 1.0: names, order and defaults."""
    assert list(inspect.signature(SamPredictor.set_image).parameters) == [
        *("self", "image", "image_format"),
    ]
    parameters = inspect.signature(SamPredictor.predict).parameters
    assert {name: one.default for name, one in parameters.items() if name != "self"} == {
        **dict.fromkeys(("point_coords", "point_labels", "box", "mask_input")),
        "multimask_output": True,
        "return_logits": False,
    }
    assert list(parameters)[1:5] == ["point_coords", "point_labels", "box", "mask_input"]


def test_shapes_and_types(known, disc):
    masks, scores, low = known.predict(np.array([[48, 32]]), np.array([1]))
    assert (masks.shape, masks.dtype) == ((3, 64, 96), bool)
    assert (scores.shape, scores.dtype) == ((3,), np.float32)
    assert (low.shape, low.dtype) == ((3, 256, 256), np.float32)
    for mask, level in zip(masks, (0.75, 0.5, 0.25)):
        assert (mask == (disc > level)).all()
    assert scores.argmax() == 1
    assert 0.9 < scores[1] < 1
    one, score, small = known.predict(np.array([[48, 32]]), np.array([1]), multimask_output=False)
    assert (one[0] == (disc > 0.5)).all()
    assert score[0] == scores[1]
    assert (small[0] == low[1]).all()


def test_logits(known, disc):
    logits, _, _ = known.predict(
        np.array([[48, 32]]), np.array([1]), multimask_output=False, return_logits=True
    )
    soft = (disc > 0.01) & (disc < 0.99)
    np.testing.assert_allclose(1 / (1 + np.exp(-logits[0][soft])), disc[soft], atol=1e-3)


def test_points_and_boxes_are_handed_on(known):
    known.predict(np.array([[1, 2], [3, 4], [5, 6]]), np.array([1, 0, 1]), np.array([0, 1, 50, 60]))
    asked = known.finder.asked
    assert asked["click"].tolist() == [[1, 2], [5, 6]]
    assert asked["not_click"].tolist() == [[3, 4]]
    assert list(asked["box"]) == [0, 1, 50, 60]
    assert asked["hint"] is None
    known.predict(box=np.array([[0, 1, 50, 60]]))
    assert asked is not known.finder.asked
    assert known.finder.asked["click"] is known.finder.asked["not_click"] is None


def test_a_mask_of_before_goes_back_in(known, disc):
    _, _, low = known.predict(np.array([[48, 32]]), np.array([1]), multimask_output=False)
    assert (low[0, 171:] < -10).all()  # 64 of 96 pixels are 171 of 256
    known.predict(mask_input=low)
    hint = known.finder.asked["hint"]
    assert hint.shape == disc.shape
    assert np.abs(hint - disc).max() < 0.05


def test_bgr(known, pixels):
    known.set_image(pixels[..., ::-1], "BGR")
    assert (known.finder.image == pixels).all()


def test_on_a_real_finder(make_family, pixels):
    predictor = SamPredictor(RegionFinder(make_family(regions=TinyRegions)))
    predictor.set_image(pixels)
    masks, _, low = predictor.predict(np.array([[48, 32]]), np.array([1]), multimask_output=False)
    direct = predictor.finder.find_mask(click=[(48, 32)])
    assert (masks[0] == (direct > 0.5)).all()
    predictor.predict(np.array([[48, 32]]), np.array([1]), mask_input=low)


@pytest.mark.parametrize(
    ("call", "what"),
    [
        ({"point_coords": np.ones((1, 2))}, "belong together"),
        ({"point_coords": np.ones((2, 2)), "point_labels": np.ones(1)}, r"\(2, 2\) and \(1,\)"),
        ({"point_coords": np.ones((1, 2)), "point_labels": np.array([2])}, "0 and 1 are allowed"),
        ({"mask_input": np.ones((1, 64, 64))}, r"\(1, 256, 256\) is needed"),
        ({"multimask_output": 1}, "multimask_output is 1"),
    ],
)
def test_what_can_not_be_used(known, call, what):
    with pytest.raises(InputError, match=what):
        known.predict(**call)


def test_pictures_that_can_not_be_used(known, pixels):
    with pytest.raises(InputError, match=r"an array \(H, W, 3\) of uint8"):
        known.set_image(pixels.astype(float))
    with pytest.raises(InputError, match="image_format is 'HSV'"):
        known.set_image(pixels, "HSV")
    known.reset_image()
    with pytest.raises(InputError, match="call set_image first"):
        known.predict(box=np.array([0, 0, 9, 9]))
    assert not known.is_image_set
