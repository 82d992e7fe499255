from __future__ import annotations

import numpy as np
import torch

from semcs.models.vit import BundledVit
from semcs.training import perceptual
from semcs.training.perceptual import ContentLearner, ContentObjective, outlines_of


def test_outlines_are_where_the_brightness_changes():
    photos = torch.zeros(1, 3, 32, 32)
    photos[..., 16:] = 0.5
    fine, coarse = outlines_of(photos)[0]
    assert fine.shape == coarse.shape == (8, 8)
    assert fine.argmax(1).tolist() == [3] * 8
    assert fine[:, :3].max() == fine[:, 5:].max() == 0
    assert coarse[:, 0].max() == 0


def test_outlines_do_not_depend_on_contrast():
    photos = torch.rand(1, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(outlines_of(photos), outlines_of(0.5 * photos), rtol=0.2, atol=0.1)


def test_a_step_asks_for_the_photo_whatever_is_shown(pictures, monkeypatch):
    monkeypatch.setattr(perceptual, "BATCH", 4)
    monkeypatch.setattr(perceptual, "CROP_SIDE", 48)
    seen = []

    class Vit(BundledVit):
        def forward(self, images):
            seen.append(images)
            return super().forward(images)

    learner = ContentLearner()
    objective = ContentObjective(learner, Vit().eval(), pictures.renderings, "cpu")
    losses = objective(0, np.random.default_rng(0))
    assert losses.keys() == {"outlines", "keys"}
    # Photos are dark red, their renderings light.
    assert seen[0].shape == (4, 3, 48, 48)
    assert seen[0].max() < 0.1
    sum(losses.values()).backward()
    assert learner.keys.weight.grad.abs().max() > 0
