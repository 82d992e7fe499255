"""Styles learned in a moment: tiny networks, two small scenes, a step or two."""

from __future__ import annotations

import pytest
import torch

import semcs
from semcs.learning import lessons


@pytest.fixture(autouse=True)
def few_photos(monkeypatch):
    """Two scenes, as small as a step's squares."""
    monkeypatch.setattr(lessons, "SCENES", 2)
    monkeypatch.setattr(lessons, "POOL_SIDE", 64)
    monkeypatch.setattr(lessons, "SIDE", 64)


@pytest.fixture
def learn(tiny_family):
    """Learns by tiny networks, in one step where nothing else is said."""

    def run(text="gold", **options):
        options = {"steps": 1, "models": tiny_family, "progress": False, **options}
        return semcs.learn_style(text, **options)

    return run


@pytest.fixture(scope="session")
def photo_tensor(photo):
    """The sample photo, (1, 3, 64, 96)."""
    from semcs.image import load, to_tensor

    tensor = to_tensor(load(photo).rgb)
    assert isinstance(tensor, torch.Tensor)
    return tensor
