from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from semcs.models.clip import BundledClip
from semcs.training import adversarial_examples, clip_image_encoder
from semcs.training.augment import draw_views
from semcs.training.clip_image_encoder import ImageEncoderObjective, starting_model
from semcs.training.loop import export


class SmallClip(nn.Module):
    """Embeds the four quarters' colours, and texts at random."""

    def __init__(self):
        super().__init__()
        self.image = nn.Sequential(
            nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Linear(12, 16), UnitLength()
        )

    def encode_text(self, texts):
        return F.normalize(torch.randn(len(texts), 16), dim=1)


class UnitLength(nn.Module):
    def forward(self, vectors):
        return F.normalize(vectors.float(), dim=1)


@pytest.fixture
def objective(pictures, monkeypatch):
    for name, value in {"PAIRS": 4, "REALS": 4, "EDITED": 2, "SIDE": 16}.items():
        monkeypatch.setattr(clip_image_encoder, name, value)
    monkeypatch.setattr(adversarial_examples, "POOL", 6)
    monkeypatch.setattr(adversarial_examples, "BATCH", 2)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return ImageEncoderObjective(SmallClip(), pictures, seed=0)


def test_pairs_are_a_photo_its_painting_and_its_look(objective):
    pairs = objective.draw_pairs(5, np.random.default_rng(0), draw_views)
    red = (255 * pairs.photos).flatten(2).mean(2)[:, 0]
    np.testing.assert_allclose(red, pairs.styles, atol=0.01)
    torch.testing.assert_close(pairs.paintings, 1 - pairs.photos)


def test_half_of_the_real_pictures_are_labelled_ones(objective):
    reals = (255 * objective.draw_reals(np.random.default_rng(0))).flatten(2).amax(2)
    assert reals.shape == (4, 3)
    assert reals[:2, 2].max() < 0.01
    assert reals[2:, 1].max() < 0.01


def test_it_goes_on_with_the_model_that_was_just_trained(tmp_path):
    trained = BundledClip()
    export(trained, tmp_path / "clip.safetensors")
    weight = trained.image.head[2].weight.half().float()
    start = starting_model(tmp_path / "clip.safetensors", init=False)
    assert torch.equal(start.image.head[2].weight, weight)
    bundled = starting_model(tmp_path / "clip.safetensors", init=True)
    assert not torch.equal(bundled.image.head[2].weight, weight)


def test_a_step_gives_the_documented_losses_and_gradients(objective):
    losses = objective(0, np.random.default_rng(0))
    assert len(losses) == 6
    assert all(f"`{name}`" in clip_image_encoder.__doc__ for name in losses)
    # Nothing is forgotten before the first step.
    assert losses["kept"].item() == pytest.approx(0, abs=0.01)
    torch.stack(list(losses.values())).sum().backward()
    assert objective.encoder[2].weight.grad.abs().max() > 0
    assert all(parameter.grad is None for parameter in objective.before.parameters())
