from __future__ import annotations

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from semcs.models.clip import BundledClip
from semcs.training.clip_learner import ClipLearner
from semcs.training.partial_renderings import PartialRenderings


@pytest.fixture(scope="module")
def learner():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return ClipLearner(BundledClip().eval(), [torch.zeros(1, 384)] * 3)


@pytest.fixture
def texts():
    """Two styles and "a photo", along the axes."""
    return F.pad(torch.eye(3), (0, 253))


def test_style_losses_by_hand(learner, texts):
    """The second picture is half of each style, and looks like a photo."""
    photos = texts[2].expand(2, -1)
    styles = torch.tensor([[1.0, 0], [0.5, 0.5]])
    renderings = PartialRenderings(torch.empty(2, 0), styles, torch.tensor([1.0, 0.4]))
    losses = learner.style_losses(texts[[0, 2]], photos, texts, renderings)
    scale = math.exp(2.5)
    # The first picture is its text; the second is "a photo", and as near to either style.
    right = math.log(math.exp(scale) + 2) - scale
    halfway = math.log(math.exp(scale) + 2)
    assert losses["styles"].item() == pytest.approx((right + 0.4 * halfway) / 2, rel=1e-5)
    # The direction of the first is just its text's; the second has none.
    cosines = torch.tensor([[1.0, 0.5], [0.0, 0.0]])
    expected = F.cross_entropy(scale * cosines, styles) + (0 + 1) / 2
    assert losses["direction"].item() == pytest.approx(expected.item(), rel=1e-5)


def test_embeddings_are_those_of_the_image_encoder(learner):
    images = torch.rand(2, 3, 96, 96, generator=torch.Generator().manual_seed(0))
    embeddings, hidden = learner.embed(images)
    torch.testing.assert_close(embeddings, learner.image(images))
    assert hidden.shape == (2, 512)


def test_perturbations_have_their_lengths_and_raise_the_losses(learner, texts):
    generator = torch.Generator().manual_seed(1)
    photos, pictures = torch.rand(2, 4, 3, 32, 32, generator=generator)
    styles = torch.eye(2)[[0, 1, 0, 1]]
    renderings = PartialRenderings(pictures, styles, torch.ones(4))
    lengths = np.array([0.0, 0.1, 0.2, 0.3])
    moved = learner.perturbed(renderings, photos, texts, lengths)
    found = (moved - pictures).flatten(1).norm(dim=1)
    torch.testing.assert_close(found, torch.from_numpy(lengths).float(), atol=1e-4, rtol=0)
    assert not moved.requires_grad

    def total(images):
        with torch.no_grad():
            losses = learner.style_losses(
                learner.image(images), learner.image(photos), texts, renderings
            )
        return sum(losses.values()).item()

    assert total(moved) > total(pictures)
