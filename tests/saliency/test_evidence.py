from __future__ import annotations

import logging

import numpy as np
import pytest
from sklearn.datasets import load_sample_image

from semcs.saliency import SaliencyPredictor, saliency_mask
from semcs.saliency.evidence import colour_steps, is_evident, parted

SIZE = (120, 160)


def empty_pictures():
    rng = np.random.default_rng(3)
    y, x = np.mgrid[: SIZE[0], : SIZE[1]]
    across, down = (x / SIZE[1])[..., None], (y / SIZE[0])[..., None]
    flat = np.ones((*SIZE, 3))
    return {
        "black": 0 * flat,
        "grey": 0.5 * flat,
        "white": flat,
        "orange": flat * (1, 0.6, 0.1),
        "faint noise": 0.5 + rng.normal(0, 0.02, flat.shape),
        "grey noise": 0.5 + rng.normal(0, 0.1, (*SIZE, 1)) * flat,
        "gradient": flat * across,
        "colours' gradient": (0.1, 0.3, 0.8) + down * (0.6, 0.2, -0.5),
        "diagonal": flat * (across + down) / 2,
        "plain sky": (0.3, 0.5, 0.85) + down * (0.4, 0.3, 0.1) + rng.normal(0, 0.01, flat.shape),
        "vignette": flat * (0.8 - 0.5 * np.hypot(across - 0.5, down - 0.5)),
    }


@pytest.fixture(scope="module")
def predictor():
    return SaliencyPredictor(models="bundled")


@pytest.mark.parametrize("name", empty_pictures())
def test_a_picture_of_nothing_has_no_foreground(predictor, name, caplog):
    """A constant grey picture's mask was white to 91 %."""
    predictor.set_image((255 * np.clip(empty_pictures()[name], 0, 1)).round().astype(np.uint8))
    with caplog.at_level(logging.WARNING, "semcs"):
        assert (predictor.predict() == 0.5).all()
    assert "nothing stands out" in caplog.text
    assert not predictor.predict(soft=False).any()
    assert (predictor.predict(rule="centre", invert=True) == 0.5).all()
    assert predictor.sureness == 0


@pytest.mark.parametrize("seed", range(2))
def test_no_mask_of_strong_noise_is_sure(predictor, seed):
    """Its patches do differ, as far as can be seen."""
    predictor.set_image(np.random.default_rng(seed).integers(0, 256, (*SIZE, 3), np.uint8))
    assert predictor.sureness < 0.35


def test_saliency_mask_says_so_too(caplog):
    grey = np.full((40, 60, 3), 119, np.uint8)
    with caplog.at_level(logging.WARNING, "semcs"):
        assert (saliency_mask(grey, models="bundled") == 0.5).all()
    assert len(caplog.records) == 1


@pytest.mark.parametrize("name", ["flower.jpg", "china.jpg"])
def test_a_photo_is_told_from_what_is_unclear(predictor, name, caplog):
    photo = load_sample_image(name)
    predictor.set_image(photo)
    sure = predictor.sureness
    assert 0.5 < sure <= 1
    assert 0 < predictor.predict().mean() < 1
    assert not caplog.records
    blurred = 118 + (photo.astype(float) - 118) * 0.15  # the same, hardly to be seen
    predictor.set_image(blurred.round().astype(np.uint8))
    assert predictor.sureness < sure


def test_steps_are_told_apart_by_where_they_are():
    colours = np.zeros((4, 6, 3))
    colours[:, 3:, 1] = 0.25
    side = np.zeros((4, 6), np.bool_)
    side[:, 3:] = True
    assert colour_steps(side, colours) == (0.25, 0)
    assert is_evident(side, colours)
    assert not is_evident(side, colours * 0.01)
    assert not is_evident(np.zeros_like(side), colours)
    shifted = np.roll(side, 1, axis=1)
    across, within = colour_steps(shifted, colours)
    assert across < 0.25
    assert within > 0


def test_parted_is_otsus_share():
    assert parted(np.array([[0.0, 0, 1, 1]])) == pytest.approx(1)
    evenly = np.linspace(0, 1, 1000)[None]
    assert parted(evenly) == pytest.approx(0.75, abs=1e-3)  # of a uniform distribution
