"""People, animals and vehicles that the region network knows, as a part of the default mask."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.data import astronaut
from sklearn.datasets import load_sample_image

import semcs
from semcs.models.loading import load_key_extractor
from semcs.saliency.evidence import sureness
from semcs.saliency.outline import look, subjects
from semcs.saliency.stages import KNOWN_SHARE, coarse_mask

PERSON, FLAG, ROCKET = np.s_[60:200, 190:260], np.s_[:150, :60], np.s_[30:200, 400:470]
GRID = (30, 30)


@pytest.fixture(scope="module")
def photo():
    return astronaut() / np.float32(255)


@pytest.fixture(scope="module")
def two_sides():
    """An eigenvector that parts left from right, and colours that do."""
    fiedler = np.repeat(np.linspace(-1, 1, 8)[None], 6, 0)
    colours = np.repeat((fiedler > 0)[..., None], 3, 2).astype(np.float32)
    return fiedler, colours


def test_a_person_is_known_and_a_flower_is_not(photo):
    known = subjects(look(photo), GRID)
    assert known.shape == GRID
    face = known[4:10, 12:14]
    assert face.min() > 0.8
    assert known[:8, :3].max() < 0.5  # the flag
    for name in ("flower.jpg", "china.jpg"):
        assert subjects(look(load_sample_image(name) / np.float32(255)), GRID) is None


def test_the_default_mask_is_the_person_s(photo):
    mask = semcs.saliency_mask(photo, models="bundled")
    assert mask[PERSON].mean() > 0.95
    assert mask[FLAG].mean() < 0.05
    assert mask[ROCKET].mean() < 0.05


def test_other_rules_go_by_the_eigenvector_alone(photo):
    by_family = semcs.SaliencyPredictor(models="bundled")
    by_extractor = semcs.SaliencyPredictor(load_key_extractor(), color_weight=3.0, size=480)
    masks = {}
    for rule in ("border", "cues"):
        for predictor in (by_family, by_extractor):
            predictor.set_image(photo)
        masks[rule] = [p.predict(rule=rule, refine="none") for p in (by_family, by_extractor)]
    np.testing.assert_array_equal(*masks["border"])
    assert np.abs(np.subtract(*masks["cues"])).mean() > 0.05


def test_what_is_known_counts_its_share(two_sides):
    fiedler, colours = two_sides
    alone = coarse_mask(fiedler, colours)
    known = np.random.default_rng(0).random(fiedler.shape)
    both = coarse_mask(fiedler, colours, known=known)
    np.testing.assert_allclose(both, KNOWN_SHARE * known + (1 - KNOWN_SHARE) * alone)


def test_what_is_known_decides_where_nothing_else_can_be_seen(caplog):
    known = np.zeros((6, 8))
    known[2:5, 3:6] = 0.9
    flat = np.full((6, 8, 3), 0.5)
    mask = coarse_mask(np.random.default_rng(0).random((6, 8)), flat, known=known)
    np.testing.assert_array_equal(mask > 0.5, known > 0.5)
    assert not caplog.records


def test_a_mask_is_as_sure_as_what_is_known(two_sides):
    known = np.zeros((6, 8))
    known[1:3, 1:3] = 0.8
    assert sureness(*two_sides, known) == pytest.approx(0.8)
    assert sureness(*two_sides, np.zeros((6, 8))) == sureness(*two_sides)


def test_features_of_one_s_own_are_not_mixed_with_what_is_known(photo):
    predictor = semcs.SaliencyPredictor(models="bundled")
    predictor.set_image(photo)
    with_known = predictor.predict(refine="none")
    features = np.random.default_rng(0).random((32, 32, 8))
    features[:, :16] += 1.0 * np.eye(8)[0]
    features[:, 16:] += 1.0 * np.eye(8)[1]
    predictor.set_features(features, photo)
    assert np.abs(predictor.predict(refine="none") - with_known).mean() > 0.1
    fresh = semcs.SaliencyPredictor(models="bundled")
    fresh.set_features(features, photo)
    np.testing.assert_array_equal(predictor.predict(refine="none"), fresh.predict(refine="none"))
