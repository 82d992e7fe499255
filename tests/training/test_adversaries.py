from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from semcs.style.losses import DirectionalLoss
from semcs.training import adversaries
from semcs.training.adversaries import BATCH, LENGTH, MARGIN, MOST_ROUNDS, POOL, PUSHES, Adversaries


def encoder(images):
    """Mean colours of the four quarters, as unit vectors of 12 numbers."""
    return F.normalize(F.adaptive_avg_pool2d(images, 2).flatten(1) - 0.5, dim=1)


@pytest.fixture
def moves():
    return torch.randn(5, 12, generator=torch.Generator().manual_seed(0))


def draw(count, rng):
    photos, paintings = torch.from_numpy(rng.random((2, count, 3, 16, 16)).astype(np.float32))
    return photos, paintings, torch.from_numpy(rng.integers(5, size=count))


def loss_of(pool, moves):
    directional = DirectionalLoss(moves, rivals=moves, rival_share=adversaries.RIVAL_SHARE)
    pushed = (pool.photos + pool.changes).clamp(0, 1)
    return directional(encoder(pushed), encoder(pool.photos), pool.styles)


def test_the_pool_is_pushed_toward_its_texts(moves):
    pool = Adversaries(draw, seed=0)
    pool.rounds_left[:] = MOST_ROUNDS  # nobody is begun anew
    before = loss_of(pool, moves)
    pool.loss(encoder, moves, np.random.default_rng(1))
    touched = pool.changes.abs().amax((1, 2, 3)) > 0
    assert touched.sum() == BATCH
    after = loss_of(pool, moves)
    assert (after[touched] < before[touched]).float().mean() > 0.9
    assert torch.equal(after[~touched], before[~touched])
    lengths = pool.changes[touched].square().mean((1, 2, 3)).sqrt()
    assert lengths.max() <= PUSHES * LENGTH + 1e-6


def test_those_whose_rounds_are_over_begin_anew(moves):
    pool = Adversaries(draw, seed=0)
    pool.rounds_left[:] = 1
    before = pool.photos.clone()
    pool.loss(encoder, moves, np.random.default_rng(1))
    renewed = (pool.photos != before).any(1).any(1).any(1)
    assert renewed.sum() == BATCH
    assert not pool.changes.any()
    assert pool.rounds_left.min() >= 1


def test_the_loss_is_what_paintings_lack_of_their_margin(moves, monkeypatch):
    """Against the definition, with pushes that do nothing."""
    monkeypatch.setattr(Adversaries, "_pushed", lambda *arguments: arguments[-1])
    pool = Adversaries(draw, seed=0)
    pool.changes = 0.1 * torch.randn(pool.photos.shape, generator=torch.Generator().manual_seed(2))
    chosen = torch.from_numpy(np.random.default_rng(3).choice(POOL, BATCH, replace=False))
    directional = DirectionalLoss(moves, rivals=moves, rival_share=adversaries.RIVAL_SHARE)
    sources, styles = encoder(pool.photos[chosen]), pool.styles[chosen]
    pushed = (pool.photos[chosen] + pool.changes[chosen]).clamp(0, 1)
    liked = directional(encoder(pushed), sources, styles)
    painted = directional(encoder(pool.paintings[chosen]), sources, styles)
    expected = (painted - liked + MARGIN).clamp(min=0).mean()
    found = pool.loss(encoder, moves, np.random.default_rng(3))
    torch.testing.assert_close(found, expected)


def test_the_encoder_gets_gradients_and_the_pool_none(moves):
    weight = torch.ones(12, requires_grad=True)
    pool = Adversaries(draw, seed=0)
    pool.loss(
        lambda images: F.normalize(encoder(images) * weight, dim=1), moves, np.random.default_rng(0)
    ).backward()
    assert weight.grad.abs().max() > 0
    assert not pool.changes.requires_grad
