from __future__ import annotations

from argparse import Namespace

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from semcs.models.clip import BundledClip
from semcs.training import clip_text_head, phrase_learner
from semcs.training.captions import PhotoCaptions
from semcs.training.clip_text_head import PictureEmbeddings, TextHeadObjective, TextTargets
from semcs.training.edits import EDIT_WORDS
from semcs.training.phrase_learner import PhraseLearner
from semcs.training.vocabulary import STYLES

CLASSES = len(STYLES) + 2


class MeanColours:
    """Embeds images by their mean colours."""

    def encode_image(self, images):
        return F.normalize(F.pad(images.mean((2, 3)) + 0.1, (0, 253)), dim=1)


@pytest.fixture
def embeddings(pictures):
    args = Namespace(device="cpu", seed=0)
    return PictureEmbeddings.compute(MeanColours(), pictures, pictures.renderings, args)


@pytest.fixture
def objective(embeddings, monkeypatch):
    monkeypatch.setattr(clip_text_head, "WHOLE", 4)
    monkeypatch.setattr(phrase_learner, "PHRASES", 20)
    generator = torch.Generator().manual_seed(0)

    def meanings(count):
        return torch.randn(count, 384, generator=generator)

    targets = TextTargets(
        styles=torch.arange(10),
        labels=torch.full((6,), CLASSES - 2),
        rendering_captions=meanings(10),
        photo_captions=PhotoCaptions([meanings(1 + i % 2) for i in range(8)]),
        edit_meanings=[meanings(2) for _ in EDIT_WORDS],
    )
    learner = PhraseLearner(BundledClip().text.head, meanings(CLASSES)[:, None])
    return TextHeadObjective(learner, embeddings, targets)


def test_fewer_photos_than_are_edited_at_most_will_do(objective, embeddings):
    """Ten renderings, of which up to 2,000 are edited."""
    assert len(embeddings.edit_words) == len(embeddings.edit_directions) == 10
    losses = [objective(step, np.random.default_rng(step)) for step in range(3)]
    assert all(value.isfinite() for of_step in losses for value in of_step.values())


def test_embeddings_are_those_of_the_pictures(embeddings, pictures):
    labelled = torch.from_numpy(pictures.labelled_crops[:, 0, 0, 0] / 255).float()
    torch.testing.assert_close(embeddings.labelled, F.normalize(F.pad(labelled + 0.1, (0, 253))))
    for word, direction in zip(embeddings.edit_words, embeddings.edit_directions):
        if EDIT_WORDS[word] == "green":
            assert direction[1] > max(direction[0], direction[2])
    assert "green" in {EDIT_WORDS[word] for word in embeddings.edit_words}


def test_the_text_head_alone_gets_gradients(objective):
    torch.stack(list(objective(0, np.random.default_rng(0)).values())).sum().backward()
    grads = [parameter.grad for parameter in objective.learner.parameters()]
    assert all(grad.abs().max() > 0 for grad in grads)


def test_losses_of_renderings_by_hand(objective):
    """Renderings at their texts, photos at "a photo": only the softmax is left."""
    texts = torch.eye(256)[:CLASSES]
    styles = torch.arange(10)
    objective.embeddings = PictureEmbeddings(
        rendered=texts[styles],
        photos=texts[-1:].expand(10, -1),
        **dict.fromkeys(("labelled", "whole", "edit_directions", "edit_words")),
    )
    losses = objective.rendering_losses(torch.tensor([3, 7]), texts)
    right = np.log(1 + (CLASSES - 1) * np.exp(-20))
    others = np.log(1 + (len(STYLES) - 1) * np.exp(-10))  # cosine ½ with each other direction
    assert losses["styles"].item() == pytest.approx(right, abs=1e-5)
    assert losses["photos"].item() == pytest.approx(0.5 * right, abs=1e-5)
    assert losses["direction"].item() == pytest.approx(others, rel=1e-3)
    assert losses["cosine"].item() == pytest.approx(0, abs=1e-5)
