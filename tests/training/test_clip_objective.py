from __future__ import annotations

from argparse import Namespace

import numpy as np
import pytest
import torch

from semcs.models.clip import BundledClip
from semcs.training import clip, clip_objective, phrase_learner
from semcs.training.captions import PhotoCaptions
from semcs.training.clip_learner import FEATURES, ClipLearner
from semcs.training.clip_objective import ClipObjective, Targets
from semcs.training.edits import EDIT_WORDS
from semcs.training.vocabulary import STYLES

CLASSES = len(STYLES) + 2  # one label and "a photo"


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    small = {"PAIRS": 6, "LABELLED": 4, "WHOLE": 4, "EDITED": 3, "SIDE": 32}
    for name, value in small.items():
        monkeypatch.setattr(clip_objective, name, value)
    monkeypatch.setattr(phrase_learner, "PHRASES", 20)


@pytest.fixture
def targets(pictures):
    generator = torch.Generator().manual_seed(0)

    def meanings(count):
        return torch.randn(count, 384, generator=generator)

    return Targets(
        labels=torch.full((6,), CLASSES - 2),
        rendering_captions=meanings(10),
        photo_captions=PhotoCaptions([meanings(1 + i % 2) for i in range(8)]),
        objects=torch.full((8, 1000), 1e-3),
        object_meanings=meanings(1000),
        features=torch.randn(14, FEATURES, generator=generator),
        edit_meanings=[meanings(2) for _ in EDIT_WORDS],
    )


@pytest.fixture
def objective(pictures, targets):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        learner = ClipLearner(BundledClip(), torch.randn(CLASSES, 1, 384).unbind(0))
    return ClipObjective(learner, pictures, targets, Namespace(steps=10, device="cpu"))


def test_pictures_are_those_of_their_indices(objective):
    batch = objective.draw_batch(np.random.default_rng(0))
    for images, channel, chosen in (
        (batch.labelled_images, 1, batch.labelled),
        (batch.whole_images, 2, batch.whole),
    ):
        brightest = (255 * images).flatten(2).amax(2)
        np.testing.assert_allclose(brightest[:, channel], chosen, atol=0.01)
    assert len(batch.photos) == len(batch.renderings.pictures) == 6
    red = (255 * batch.photos[:, 0]).flatten(1).amax(1)
    shown = red > 0.01  # a perspective or a mask may have blackened picture 0 or more
    np.testing.assert_allclose(red[shown], batch.pairs[shown.numpy()], atol=0.01)
    assert len(batch.edits.pictures) == len(batch.edits.words) == 3


def test_photos_are_paired_with_their_own_styles(objective, monkeypatch):
    monkeypatch.setattr("semcs.training.partial_renderings.SHARES", (1.0, 0, 0, 0))
    batch = objective.draw_batch(np.random.default_rng(0))
    assert batch.renderings.styles.argmax(1).tolist() == batch.pairs.tolist()


def test_a_step_gives_the_documented_losses_and_gradients(objective):
    losses = objective(0, np.random.default_rng(0))
    assert len(losses) == 10
    assert all(f"`{name}`" in clip.__doc__ for name in losses)
    torch.stack(list(losses.values())).sum().backward()
    learner = objective.learner
    for part in (learner.image.head[2], learner.text_head[2], learner.features):
        assert part.weight.grad.isfinite().all()
        assert part.weight.grad.abs().max() > 0


def test_losses_of_classes_by_hand(objective):
    """Embeddings along the axes of their classes, and those of photos between two classes."""
    batch = objective.draw_batch(np.random.default_rng(0))
    texts = torch.eye(256)[:CLASSES]
    photos = (texts[-1] + texts[-2]).expand(6, -1) / 2**0.5
    embedded = clip_objective.Embedded(
        renderings=texts[batch.pairs],
        photos=photos,
        edited=photos[:3],
        labelled=texts[CLASSES - 2].expand(4, -1),
        whole=photos[:4],
    )
    losses = objective.class_losses(batch, embedded, texts)
    scale = np.exp(2.5)
    right = np.log(np.exp(scale) + CLASSES - 1) - scale
    halfway = np.log(2 * np.exp(scale / 2**0.5) + CLASSES - 2) - scale / 2**0.5
    assert losses["labels"].item() == pytest.approx(2 * right, rel=1e-3)
    assert losses["photos"].item() == pytest.approx(0.5 * halfway, rel=1e-4)


def test_a_teacher_sees_the_same_images(objective):
    seen = []

    class Teacher:
        def losses(self, embeddings, images, texts, drawn, *, pairs):
            seen.append((len(embeddings), len(images), len(texts), len(drawn), pairs))
            return {"paper": embeddings.sum()}

    objective.teacher = Teacher()
    assert "paper" in objective(0, np.random.default_rng(0))
    assert seen == [(23, 23, CLASSES, CLASSES, 6)]
