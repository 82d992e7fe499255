from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from semcs.models.families import BUNDLED_SETTINGS
from semcs.style.losses import DirectionalLoss
from semcs.training import adversarial_examples as module
from semcs.training.adversarial_examples import (
    BATCH,
    MARGIN,
    MOST_ROUNDS,
    POOL,
    PUSH_LENGTH,
    PUSHES,
    AdversarialExamples,
    Pairs,
)

RIVAL_SHARE = BUNDLED_SETTINGS["rival_share"]


def encoder(images):
    """Mean colours of the four quarters, as unit vectors of 12 numbers."""
    return F.normalize(F.adaptive_avg_pool2d(images, 2).flatten(1) - 0.5, dim=1)


@pytest.fixture
def text_directions():
    return torch.randn(5, 12, generator=torch.Generator().manual_seed(0))


def draw(count, rng):
    photos, paintings = torch.from_numpy(rng.random((2, count, 3, 16, 16)).astype(np.float32))
    return Pairs(photos, paintings, torch.from_numpy(rng.integers(5, size=count)))


def loss_of(pool, text_directions):
    directional = DirectionalLoss(text_directions, rivals=text_directions, rival_share=RIVAL_SHARE)
    pushed = (pool.photos + pool.changes).clamp(0, 1)
    return directional(encoder(pushed), encoder(pool.photos), pool.styles)


def test_the_pool_is_pushed_toward_its_texts(text_directions):
    pool = AdversarialExamples(draw, seed=0)
    pool.rounds_left[:] = MOST_ROUNDS  # none is replaced
    before = loss_of(pool, text_directions)
    pool.loss(encoder, text_directions, np.random.default_rng(1))
    touched = pool.changes.abs().amax((1, 2, 3)) > 0
    assert touched.sum() == BATCH
    after = loss_of(pool, text_directions)
    assert (after[touched] < before[touched]).float().mean() > 0.9
    assert torch.equal(after[~touched], before[~touched])
    lengths = pool.changes[touched].square().mean((1, 2, 3)).sqrt()
    assert lengths.max() <= PUSHES * PUSH_LENGTH + 1e-6


def test_those_whose_rounds_are_over_are_replaced(text_directions):
    pool = AdversarialExamples(draw, seed=0)
    pool.rounds_left[:] = 1
    before = pool.photos.clone()
    pool.loss(encoder, text_directions, np.random.default_rng(1))
    renewed = (pool.photos != before).any(1).any(1).any(1)
    assert renewed.sum() == BATCH
    assert not pool.changes.any()
    assert pool.rounds_left.min() >= 1


def test_the_loss_is_what_paintings_lack_of_their_margin(text_directions, monkeypatch):
    """Against the definition, with pushes that do nothing."""
    monkeypatch.setattr(module, "push", lambda loss_of, photos, changes: changes)
    pool = AdversarialExamples(draw, seed=0)
    pool.changes = 0.1 * torch.randn(pool.photos.shape, generator=torch.Generator().manual_seed(2))
    chosen = torch.from_numpy(np.random.default_rng(3).choice(POOL, BATCH, replace=False))
    directional = DirectionalLoss(text_directions, rivals=text_directions, rival_share=RIVAL_SHARE)
    sources, styles = encoder(pool.photos[chosen]), pool.styles[chosen]
    pushed = (pool.photos[chosen] + pool.changes[chosen]).clamp(0, 1)
    liked = directional(encoder(pushed), sources, styles)
    painted = directional(encoder(pool.paintings[chosen]), sources, styles)
    expected = (painted - liked + MARGIN).clamp(min=0).mean()
    found = pool.loss(encoder, text_directions, np.random.default_rng(3))
    torch.testing.assert_close(found, expected)


def test_the_encoder_gets_gradients_and_the_pool_none(text_directions):
    weight = torch.ones(12, requires_grad=True)
    pool = AdversarialExamples(draw, seed=0)

    def weighted(images):
        return F.normalize(encoder(images) * weight, dim=1)

    pool.loss(weighted, text_directions, np.random.default_rng(0)).backward()
    assert weight.grad.abs().max() > 0
    assert not pool.changes.requires_grad
