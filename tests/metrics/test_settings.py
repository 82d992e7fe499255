"""A first use under somebody's own torch settings leaves nothing behind that others trip over."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
import torch
from spoil import tensor

from semcs import metrics
from semcs.metrics import defaults
from semcs.models.families import load_family
from semcs.models.loading import frozen, load_bundled, load_key_extractor
from semcs.models.painter import Painter
from semcs.models.perceptual import BundledContentNetwork


@contextmanager
def float64():
    torch.set_default_dtype(torch.float64)
    try:
        yield
    finally:
        torch.set_default_dtype(torch.float32)


SETTINGS = {
    "inference mode": torch.inference_mode,
    "no gradients": torch.no_grad,
    "float64": float64,
    "another device": lambda: torch.device("meta"),
    "autocast": lambda: torch.autocast("cpu", torch.bfloat16),
}


@pytest.fixture(params=SETTINGS)
def settings(request):
    return SETTINGS[request.param]


LOADERS = {
    "content": lambda: frozen(load_bundled("content", BundledContentNetwork)),
    "key extractor": load_key_extractor,
    "painter": lambda: frozen(load_bundled("painter", Painter)),
    "clip": lambda: load_family("bundled", "cpu").clip,
}


@pytest.mark.parametrize("name", LOADERS)
def test_networks_are_the_same(settings, name):
    with settings():
        found = LOADERS[name]().state_dict()
    right = LOADERS[name]().state_dict()
    for key, value in right.items():
        assert found[key].dtype == value.dtype, key
        assert not found[key].is_inference(), key
        assert torch.equal(found[key], value), key


@pytest.fixture
def photo(flower):
    return tensor(flower)[..., :64, :64].clone()


def test_measures_have_gradients_afterwards(settings, photo, published_are, monkeypatch):
    published_are(None)
    monkeypatch.setattr(defaults, "KEPT", {})
    spoiled = 1 - photo
    with settings():
        first = metrics.score(
            photo.numpy()[0].transpose(1, 2, 0),
            spoiled.numpy()[0].transpose(1, 2, 0),
            style="gold",
            models="bundled",
            device="cpu",
        )
        measure = metrics.DirectionalAgreement(load_family("bundled", "cpu").clip, ["gold"])
    (again,) = metrics.score(photo, spoiled, style="gold", models="bundled", device="cpu")
    assert first.whole == again.whole

    functions = {
        "content_distance": lambda x: metrics.content_distance(photo, x, device="cpu"),
        "dists_bundled": lambda x: metrics.dists_bundled(photo, x, device="cpu"),
        "agreement": lambda x: metrics.agreement(photo, x, "gold", device="cpu"),
        "DirectionalAgreement": lambda x: measure(photo, x),
        "ssim": lambda x: metrics.ssim(photo, x),
    }
    for name, function in functions.items():
        output = spoiled.clone().requires_grad_()
        found = function(output)
        assert found.dtype == torch.float32, name
        found.sum().backward()
        assert output.grad.abs().sum() > 0, name
