"""Nothing of a picture is kept on shared objects, and nothing of the caller's is moved."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from quick import run_quick

import semcs

SIZES = [(48, 64), (64, 48), (40, 40), (56, 72)]


def picture(index):
    """A bright disc on noise, somewhere else and of another size in each picture."""
    height, width = SIZES[index % len(SIZES)]
    rng = np.random.default_rng(index)
    y, x = np.mgrid[:height, :width]
    disc = np.hypot(y - rng.uniform(16, height - 16), x - rng.uniform(16, width - 16)) < 12
    noise = rng.integers(0, 80, (height, width, 3))
    return np.where(disc[..., None], noise + 150, noise).astype(np.uint8)


def test_threads_on_one_stylizer_get_their_own_pictures(stylizer):
    """2 of 136 masks were another picture's."""

    def styled(index):
        result = run_quick(stylizer, picture(index), fg="gold", bg="snow", seed=index)
        return result.mask, result.image

    indices = range(16)
    alone = [styled(index) for index in indices]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(styled, indices))
    for own, other in zip(alone, together):
        assert np.array_equal(own[0], other[0])
        assert np.array_equal(own[1], other[1])


@pytest.fixture
def states():
    """The states of all global generators."""
    return lambda: (torch.get_rng_state().tolist(), str(np.random.get_state()), random.getstate())


@pytest.mark.parametrize(
    "use",
    [
        lambda: semcs.stylize(picture(0), "gold", models="bundled", preset="instant"),
        lambda: semcs.stylize(picture(0), "gold", models="bundled", steps=1, progress=False),
        lambda: semcs.stylize(picture(0), fg="the smell of rain", models="bundled", steps=0),
        lambda: semcs.saliency_mask(picture(0), models="bundled"),
        lambda: semcs.looks.render(picture(0), "mosaic"),
    ],
)
def test_global_generators_are_left_as_they_were(use, states):
    """Also by the first load of a network, whose weights were drawn before they were read."""
    before = states()
    use()
    assert states() == before


def test_a_gpus_generator_is_not_seeded(stylizer, monkeypatch):
    """`torch.manual_seed` seeds every device, and `fork_rng(devices=[])` brings none back."""

    def seed(*_):
        raise AssertionError("a global generator was seeded")

    for network in (stylizer.family.clip, stylizer.family.key_extractor, stylizer.family.content):
        assert not network.training  # built before, by fixtures that seed
    for module, name in ((torch, "manual_seed"), (torch.cuda, "manual_seed_all")):
        monkeypatch.setattr(module, name, seed)
    run_quick(stylizer, picture(0), fg="gold", bg="snow")


@pytest.mark.parametrize("models", ["bundled", "own"])
def test_the_preview_of_the_mask_is_the_mask_that_is_used(models, tiny_family):
    """`saliency_mask` was always the bundled ViT on the CPU."""
    family = tiny_family if models == "own" else models
    image = picture(1)
    mask = semcs.saliency_mask(image, models=family)
    result = semcs.stylize(image, fg="gold", models=family, preset="instant", progress=False)
    own = semcs.Stylizer(family)(image, fg="gold", preset="instant", progress=False)
    assert np.array_equal(own.mask, mask)
    assert np.array_equal(own.image, result)
    predictor = semcs.SaliencyPredictor(models=family)
    predictor.set_image(image)
    assert np.array_equal(predictor.predict(), mask)


def test_a_familys_own_settings_of_the_mask(make_family):
    image = picture(1)
    near, far = (make_family(color_weight=weight, saliency_size=64) for weight in (0.0, 30.0))
    masks = [semcs.saliency_mask(image, models=family) for family in (near, far)]
    assert not np.allclose(masks[0], masks[1])
    for family, mask in zip((near, far), masks):
        result = semcs.Stylizer(family)(image, fg="gold", preset="instant", progress=False)
        assert np.array_equal(result.mask, mask)
    assert np.array_equal(semcs.saliency_mask(image, models=near, color_weight=30.0), masks[1])
