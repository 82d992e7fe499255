from __future__ import annotations

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from semcs.models.clip import BundledClip, TextTower
from semcs.training import texts
from semcs.training.scores import embed_images
from semcs.training.texts import PhraseLearner


def test_phrases_belong_to_their_classes():
    meanings = [torch.eye(384)[:3], torch.eye(384)[10:12], torch.eye(384)[20:21]]
    learner = PhraseLearner(TextTower().head, meanings)
    assert learner.owners.tolist() == [0, 0, 0, 1, 1, 2]
    assert torch.equal(learner.names, torch.eye(384)[[0, 10, 20]])


def test_the_name_loss_falls_as_phrases_gather_around_their_names(monkeypatch):
    monkeypatch.setattr(texts, "PHRASES", 6)
    generator = torch.Generator().manual_seed(0)
    meanings = [torch.randn(3, 384, generator=generator) for _ in range(4)]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        learner = PhraseLearner(TextTower().head, meanings)
    optimiser = torch.optim.Adam(learner.parameters(), lr=3e-3)
    losses = []
    for step in range(60):
        loss = learner.name_loss(20.0, np.random.default_rng(step), shake=0.03)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert np.mean(losses[-5:]) < 0.2 * np.mean(losses[:5])


def test_embedding_in_parts_is_embedding_at_once():
    clip = BundledClip().eval()
    images = np.random.default_rng(0).integers(0, 256, (105, 8, 8, 3), np.uint8)
    expected = clip.encode_image(torch.from_numpy(images[98:]).permute(0, 3, 1, 2) / 255)
    parts = embed_images(clip, images)
    assert parts.shape == (105, 256)
    torch.testing.assert_close(parts[98:], expected.detach(), atol=1e-5, rtol=0)


def test_edit_loss_by_hand():
    """Two words and "a photo" along the axes; the second photo moved between both words."""
    axes = torch.eye(384)
    learner = PhraseLearner(torch.nn.Identity(), [axes[:1]])
    moves = F.normalize(torch.stack([axes[0] - axes[9], axes[0] + axes[1] - 2 * axes[9]]), dim=1)
    words = torch.tensor([0, 1])
    rng = np.random.default_rng(0)
    loss = learner.edit_loss(moves, axes[9:10], [axes[:1], axes[1:2]], words, 5.0, rng)
    between = 3 / math.sqrt(12)  # cosine of the second move with either word
    right = math.log(math.exp(5) + math.exp(2.5)) - 5
    halfway = math.log(2)
    expected = (right + halfway) / 2 + (0 + 1 - between) / 2
    assert loss.item() == pytest.approx(expected, rel=1e-5)
