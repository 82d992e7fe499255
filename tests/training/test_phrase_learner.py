from __future__ import annotations

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from semcs.models.clip import BundledClip
from semcs.models.text import TextTrunk
from semcs.training import phrase_learner
from semcs.training.edits import EDIT_FORMS, EDIT_WORDS
from semcs.training.phrase_learner import PhraseLearner, meanings_of, meanings_of_edits


def text_head():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return BundledClip().text.head


def test_phrases_belong_to_their_classes():
    meanings = [torch.eye(384)[:3], torch.eye(384)[10:12], torch.eye(384)[20:21]]
    learner = PhraseLearner(text_head(), meanings)
    assert learner.owners.tolist() == [0, 0, 0, 1, 1, 2]
    assert torch.equal(learner.names, torch.eye(384)[[0, 10, 20]])


def test_the_phrases_drawn_are_those_told():
    meanings = [torch.eye(384)[:3], torch.eye(384)[10:12], torch.eye(384)[20:21]]
    texts, drawn = PhraseLearner(torch.nn.Identity(), meanings).draw_texts(np.random.default_rng(1))
    assert texts.argmax(1).tolist() == [drawn[0], 10 + drawn[1], 20]


def test_the_name_loss_falls_as_phrases_gather_around_their_names(monkeypatch):
    monkeypatch.setattr(phrase_learner, "PHRASES", 6)
    generator = torch.Generator().manual_seed(0)
    meanings = [torch.randn(3, 384, generator=generator) for _ in range(4)]
    learner = PhraseLearner(text_head(), meanings)
    optimiser = torch.optim.Adam(learner.parameters(), lr=3e-3)
    losses = []
    for step in range(40):
        loss = learner.name_loss(20.0, np.random.default_rng(step), noise=0.03)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert np.mean(losses[-5:]) < 0.2 * np.mean(losses[:5])


def test_edit_loss_by_hand():
    """Two words and "a photo" along the axes; the second photo is edited toward both words."""
    axes = torch.eye(384)
    learner = PhraseLearner(torch.nn.Identity(), [axes[:1]])
    ends = torch.stack([axes[0] - axes[9], axes[0] + axes[1] - 2 * axes[9]])
    directions, words = F.normalize(ends, dim=1), torch.tensor([0, 1])
    rng = np.random.default_rng(0)
    loss = learner.edit_loss(directions, axes[9:10], [axes[:1], axes[1:2]], words, 5.0, rng)
    between = 3 / math.sqrt(12)  # cosine of the second direction with either word
    right = math.log(math.exp(5) + math.exp(2.5)) - 5
    halfway = math.log(2)
    expected = (right + halfway) / 2 + (0 + 1 - between) / 2
    assert loss.item() == pytest.approx(expected, rel=1e-5)


def test_meanings_in_parts_are_meanings_at_once(monkeypatch):
    trunk, texts = TextTrunk().eval(), ["snow", "a dog", "gold leaf", "very dark", "x"]
    with torch.no_grad():
        expected = trunk(texts)
    monkeypatch.setattr(phrase_learner, "TEXTS_AT_ONCE", 2)
    torch.testing.assert_close(meanings_of(trunk, texts), expected)


def test_every_word_of_an_edit_has_its_phrases():
    meanings = meanings_of_edits(lambda texts: torch.tensor([[len(text)] for text in texts]))
    assert len(meanings) == len(EDIT_WORDS)
    for word, lengths in zip(EDIT_WORDS, meanings):
        assert lengths[:, 0].tolist() == [len(form.format(word)) for form in EDIT_FORMS]
