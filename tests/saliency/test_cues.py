from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_sample_image

from semcs.saliency import SaliencyPredictor
from semcs.saliency.cues import WEIGHTS, side_cues, vote


@pytest.fixture(scope="module")
def predictor():
    return SaliencyPredictor(models="bundled")


def iou(a, b):
    return (a & b).sum() / (a | b).sum()


def found(predictor, rgb, **options):
    predictor.set_image(np.ascontiguousarray(rgb))
    return predictor.predict(soft=False, **options)


@pytest.mark.parametrize("cut", [180, 230, 280, 320])
@pytest.mark.parametrize("turned", [False, True])
def test_a_flower_that_the_edge_cuts_is_the_foreground(predictor, cut, turned):
    """With the centre alone the leaves around it were: IoU 0 from a cut at 280 on."""
    photo = load_sample_image("flower.jpg")[:, cut:]
    flower = (photo[..., 0] > 140) & (photo[..., 0] > photo[..., 2] + 40.0)
    if turned:
        photo, flower = photo[:, ::-1], flower[:, ::-1]
    mask = found(predictor, photo)
    assert iou(mask, flower) > 0.7
    assert iou(~mask, flower) < 0.1


@pytest.mark.parametrize("window", [np.s_[:260], np.s_[:, 60:380], np.s_[:]])
def test_a_tower_under_a_plain_sky_is_the_foreground(predictor, window):
    photo = load_sample_image("china.jpg")[window]
    mask = found(predictor, photo)
    roof = photo[..., 0] > photo[..., 2] + 60.0  # red, which nothing of the sky is
    assert mask[roof].mean() > 0.9
    assert mask[:20].mean() < 0.1


def night(ridge, seed=1, h=300, w=450):
    """Mountains (H, W) below a dark sky with stars, and where they are."""
    rng = np.random.default_rng(seed)
    x, y = np.arange(w), np.arange(h)[:, None]
    waves = ((40, 1), (25, 2.3), (12, 5), (5, 11))
    height = sum(a * np.sin(x / w * 2 * np.pi * k + rng.uniform(0, 6)) for a, k in waves)
    land = y > h * ridge - height
    sky = np.array((0.03, 0.04, 0.12)) + (y / h)[..., None] * (0.06, 0.08, 0.2)
    stars = rng.random((h, w, 1)) > 0.996
    rock = 0.15 + rng.normal(0, 0.03, (h, w, 1))
    picture = np.where(land[..., None], rock * (0.95, 1.05, 1), np.maximum(sky, stars))
    return np.clip(picture, 0, 1).astype(np.float32), land


@pytest.mark.parametrize("ridge", [0.45, 0.55, 0.65])
def test_mountains_below_a_starry_sky_are_the_foreground(predictor, ridge):
    photo, land = night(ridge)
    assert iou(found(predictor, photo), land) > 0.8


def test_the_other_side_can_be_asked_for(predictor):
    photo = load_sample_image("flower.jpg")
    mask = found(predictor, photo)
    predictor.set_image(photo)
    assert iou(predictor.predict(soft=False, invert=True), ~mask) > 0.99
    soft = predictor.predict() + predictor.predict(invert=True)
    np.testing.assert_allclose(soft, 1, atol=0.02)


@given(st.integers(0, 2**20), st.integers(1, 9), st.integers(2, 9))
def test_the_other_side_gets_the_opposite_vote(seed, h, w):
    rng = np.random.default_rng(seed)
    side, colours = rng.random((h, w)) < 0.5, rng.random((h, w, 3))
    side[0, :2] = False, True
    assert vote(~side, colours) == pytest.approx(-vote(side, colours))
    cues = side_cues(side, colours)
    assert set(cues) == set(WEIGHTS)
    assert all(-1 <= cues[name] <= 1 for name in set(cues) - {"variety"})


def test_a_mirrored_picture_is_the_same():
    rng = np.random.default_rng(0)
    side, colours = rng.random((7, 9)) < 0.3, rng.random((7, 9, 3))
    assert vote(side[:, ::-1], colours[:, ::-1]) == pytest.approx(vote(side, colours))


def test_each_cue_says_what_its_line_says():
    side = np.zeros((8, 10), np.bool_)
    side[3:6, 4:7] = True
    colours = np.where(side[..., None], np.random.default_rng(0).random((8, 10, 3)), 0.5)
    assert min(side_cues(side, colours).values()) > 0
    left = np.zeros_like(side)
    left[2:6, :4] = True  # an object that the left edge cuts
    assert side_cues(left)["corners"] == side_cues(left)["top"] == 1
    sky = np.zeros_like(side)
    sky[:4] = True
    assert side_cues(sky)["top"] == -1
    assert side_cues(sky)["corners"] == side_cues(sky)["flanks"] == side_cues(sky)["size"] == 0
