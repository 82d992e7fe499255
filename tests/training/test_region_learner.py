"""Losses of the region network against closed forms, and what its teacher says."""

from __future__ import annotations

import math

import pytest
import torch

from semcs.models.region_network import RegionNetwork
from semcs.models.region_words import KINDS
from semcs.training.region_kinds import CARS, FENCE, UNKNOWN, VOC, allowed_kinds, voc_kinds
from semcs.training.region_learner import WordLearner, ask_teacher, small_labels
from semcs.training.region_losses import alpha_loss, label_loss, region_loss, taught_loss
from semcs.training.region_pictures import Sample

SKY, GRASS = KINDS.index("sky"), KINDS.index("grass")


def randn(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


class TestLabelLoss:
    @pytest.mark.parametrize(
        ("label", "kinds"),
        [(SKY, ["sky"]), (CARS, ["car", "vehicle", "bus"]), (FENCE, ["wall", "other"])],
    )
    def test_is_minus_the_log_of_the_summed_softmax(self, label, kinds):
        logits = randn(1, len(KINDS), 2, 3)
        labels = torch.full((1, 2, 3), label)
        labels[0, 0, 0] = UNKNOWN
        shares = logits.softmax(1)[0, [KINDS.index(kind) for kind in kinds]].sum(0)
        expected = -shares.log().flatten()[1:].mean()
        loss = label_loss(logits.log_softmax(1), allowed_kinds(), labels)
        torch.testing.assert_close(loss, expected)

    def test_rare_labels_count_more_by_the_root_of_their_rarity(self):
        log_shares = randn(1, len(KINDS), 1, 10).log_softmax(1)
        labels = torch.tensor([[[GRASS] + [SKY] * 9]])
        importance = torch.ones(len(allowed_kinds()))
        importance[SKY] = 2
        said = -log_shares[0, :, 0]
        weights = [math.sqrt(10), *[2 * math.sqrt(10 / 9)] * 9]
        each = [said[GRASS, 0], *said[SKY, 1:]]
        expected = sum(w * x for w, x in zip(weights, each)) / sum(weights)
        loss = label_loss(log_shares, allowed_kinds(), labels, importance)
        torch.testing.assert_close(loss, expected)

    def test_costs_nothing_where_nothing_is_labelled(self):
        log_shares = randn(1, len(KINDS), 2, 2).log_softmax(1)
        assert label_loss(log_shares, allowed_kinds(), torch.full((1, 2, 2), UNKNOWN)) == 0


class TestTeacher:
    def test_its_classes_are_our_kinds_with_what_they_take_in(self):
        table = voc_kinds()
        for name, row in zip(VOC[1:], table[1:]):
            more = {"person": {"face", "hair"}, "plant": {"flower", "tree"}}.get(name, set())
            assert {KINDS[i] for i in row.nonzero()[:, 0]} == {name} | more

    def test_its_background_is_all_else_and_what_it_knows_in_part(self):
        background = {KINDS[i] for i in voc_kinds()[0].nonzero()[:, 0]}
        assert {"sky", "grass", "building", "food", "boat", "tree", "table"} <= background
        assert not {"person", "face", "hair", "dog", "car", "screen"} & background

    def test_counts_where_it_is_sure(self):
        logits = randn(1, len(KINDS), 1, 4)
        taught = torch.zeros(1, len(VOC), 1, 4)
        dog, person = VOC.index("dog"), VOC.index("person")
        taught[0, dog, 0, 0], taught[0, person, 0, 1] = 0.71, 0.69
        taught[0, 0, 0, 2], taught[0, dog, 0, 3] = 0.94, 0.9
        where = torch.tensor([[[True, True, True, False]]])
        expected = -logits.softmax(1)[0, KINDS.index("dog"), 0, 0].log()
        loss = taught_loss(logits.log_softmax(1), voc_kinds(), taught, where)
        torch.testing.assert_close(loss, expected)

    def test_is_asked_for_its_largest_thing_where_nothing_is_known(self):
        taught = torch.full((3, len(VOC), 4, 4), 0.001)
        taught[:, VOC.index("cat"), :, :2] = 0.99
        taught[2] = 0.001  # sees nothing
        plane = torch.zeros(3, 1, 64, 64)
        sample = Sample(
            images=torch.zeros(3, 3, 64, 64),
            labels=plane.long(),
            target=plane,
            known=plane + 1,
            exact=torch.ones(3),
            inside=plane + 1,
            unlabelled=torch.tensor([True, False, True]),
        )
        found = ask_teacher(sample, taught)
        assert found.target[0, 0, :, :30].all()
        assert not found.target[0, 0, :, 34:].any()
        assert found.known[0, 0, :, :24].all()
        assert not found.known[0, 0, :, 31].any()
        assert found.exact.tolist() == [0, 1, 1]
        assert not found.target[1:].any()
        assert found.known[1:].all()


class TestRegionLoss:
    def test_is_cross_entropy_and_overlap_by_hand(self):
        logits, known = randn(1, 1, 6, 6), torch.ones(1, 1, 6, 6)
        target = (randn(1, 1, 6, 6, seed=1) > 0).float()
        known[..., 0] = 0
        p, t = logits.sigmoid()[..., 1:], target[..., 1:]
        cross = -(t * p.log() + (1 - t) * (1 - p).log()).mean()
        overlap = (p * t).sum() / (p + t - p * t).sum()
        torch.testing.assert_close(region_loss(logits, target, known), cross + 1 - overlap)

    def test_is_nothing_for_a_sure_right_answer(self):
        target = torch.zeros(1, 1, 8, 8)
        target[..., 2:6] = 1
        assert region_loss(60 * target - 30, target, torch.ones_like(target)) < 1e-6


class TestAlphaLoss:
    @pytest.fixture
    def target(self):
        target = torch.zeros(1, 1, 40, 40)
        target[..., 20:] = 1
        return target

    def test_is_nothing_for_a_sure_right_answer(self, target):
        known = torch.ones_like(target)
        assert alpha_loss(60 * target - 30, target, known, torch.ones(1)) < 1e-6

    def test_a_shifted_outline_costs_where_outlines_are_exact_alone(self, target):
        known, shifted = torch.ones_like(target), target.roll(2, 3)
        shifted[..., :2] = 0
        logits = 20 * shifted - 10
        exact, rough = (alpha_loss(logits, target, known, torch.tensor([e])) for e in (1.0, 0.0))
        assert exact > 1
        assert rough < 1e-3

    def test_what_is_not_known_costs_nothing(self, target):
        assert alpha_loss(randn(1, 1, 40, 40), target, 0 * target, torch.ones(1)) == 0


class TestWordLearner:
    def sample(self, label):
        plane = torch.zeros(2, 1, 32, 32)
        images = torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(0))
        labels = torch.full((2, 1, 32, 32), label)
        return Sample(images, labels, plane, plane, torch.zeros(2), plane + 1, torch.ones(2) > 0)

    @pytest.fixture
    def learner(self):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            return WordLearner(RegionNetwork())

    def test_the_word_head_alone_learns(self, learner):
        trained = {n for n, p in learner.network.named_parameters() if p.requires_grad}
        assert trained == {n for n, _ in learner.network.named_parameters() if "word_head." in n}
        assert learner.network.word_head.training
        assert not learner.network.backbone.training

    def test_what_it_said_before_costs_its_entropy_and_has_no_slope(self, learner):
        losses = learner(self.sample(UNKNOWN))
        said = learner.network.words(learner.network.see(self.sample(UNKNOWN).images)).softmax(1)
        entropy = -(said * said.log()).sum(1).mean()
        torch.testing.assert_close(losses["kept"], 0.5 * entropy)
        assert losses["labels"] == 0
        losses["kept"].backward()
        slope = learner.network.word_head.classes.weight.grad.abs().max()
        assert slope < 1e-5

    def test_labels_take_the_place_of_what_it_said(self, learner):
        losses = learner(self.sample(SKY))
        assert losses["kept"] == 0
        assert losses["labels"] > 0


def test_small_labels_are_every_fourth_and_none_beyond_the_picture():
    plane = torch.zeros(1, 1, 16, 16)
    labels = torch.full((1, 1, 16, 16), UNKNOWN)
    labels[..., :8] = SKY
    inside = plane + 1
    inside[:, :, 12:] = 0
    sample = Sample(plane, labels, plane, plane, torch.zeros(1), inside, torch.ones(1) > 0)
    found, unlabelled = small_labels(sample, torch.Size((4, 4)))
    assert torch.equal(found[0], labels[0, 0, ::4, ::4])
    assert unlabelled[0].tolist() == [[False, False, True, True]] * 3 + [[False] * 4]
