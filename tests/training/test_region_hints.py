"""Hints made from true masks, of the form that users' hints have."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from semcs.models.region_hints import hint_maps
from semcs.training.region_hints import boxes, corrected, discs, draw_hints, points_in, rough_masks

SIDE = 48


@pytest.fixture(autouse=True)
def seeded():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        yield


def square(count=1, low=12, high=36):
    mask = torch.zeros(count, 1, SIDE, SIDE)
    mask[:, :, low:high, low:high] = 1
    return mask


def test_discs_are_those_of_users_clicks():
    found = discs(torch.tensor([[[5.0, 9.0], [0.0, 0.0]]]), torch.tensor([[True, True]]), 20, 30)
    users = hint_maps((20, 30), clicks=[(5.5, 9.5), (0.5, 0.5)])[:, 2:3]
    assert torch.equal(found, users)
    assert not discs(torch.tensor([[[5.0, 9.0]]]), torch.tensor([[False]]), 20, 30).any()


def test_points_lie_in_masks_rather_well_inside():
    places, valid = points_in(square(), 400)
    assert valid.all()
    assert ((places >= 12) & (places < 36)).all()
    assert (places - 23.5).abs().max(-1).values.mean() < 7  # of places at random, 8
    assert not points_in(torch.zeros(1, 1, SIDE, SIDE), 3)[1].any()


def test_boxes_are_about_the_extent():
    mask = torch.zeros(300, 1, SIDE, SIDE)
    mask[:, :, 10:30, 5:45] = 1
    found = boxes(mask)
    assert abs(found.amax(3).sum(2).mean() - 20) < 1
    assert abs(found.amax(2).sum(2).mean() - 40) < 1
    assert found.amax(3).sum(2).std() > 0.5
    torch.testing.assert_close(found, found.amax(3, keepdim=True) * found.amax(2, keepdim=True))
    assert not boxes(torch.zeros(1, 1, SIDE, SIDE)).any()


def test_rough_masks_are_rough_and_mostly_right():
    target = square(60)
    rough = rough_masks(target)
    assert rough.min() >= 0
    assert rough.max() <= 1
    found = rough > 0.5
    both, either = (found & (target > 0)).sum((1, 2, 3)), (found | (target > 0)).sum((1, 2, 3))
    overlap = both / either
    assert 0.5 < overlap.mean() < 0.95
    assert overlap.std() > 0.05


def test_hints_are_a_mask_or_clicks_or_a_box():
    target = square(300)
    rough, given, on, off, box = draw_hints(target).split(1, 1)
    masked, boxed = given.flatten(1).all(1), box.flatten(1).any(1)
    clicked = on.flatten(1).any(1)
    assert (masked.int() + boxed.int() + clicked.int() == 1).all()
    assert 0.45 < masked.float().mean() < 0.65
    assert 0.05 < boxed.float().mean() < 0.2
    assert (rough[~masked] == 0.5).all()
    assert not off[masked].any()
    around = F.max_pool2d(target, 3, 1, 1)
    assert not (on * (1 - around)).any()
    assert off.any()
    assert not off[:, :, 14:34, 14:34].any()


class TestCorrected:
    def test_a_click_goes_where_the_answer_is_wrong(self):
        target, known = square(200), torch.ones(200, 1, SIDE, SIDE)
        half = target.clone()
        half[:, :, :, 24:] = 0  # the answer lacks the right half
        hints = torch.zeros(200, 5, SIDE, SIDE)
        found = corrected(hints, 20 * half - 10, target, known)
        on, off = found[:, 2], found[:, 3]
        assert on.flatten(1).any(1).all()
        assert not off.any()
        assert not on[:, :, :23].any()
        again = found[:, 1].flatten(1).all(1)
        assert 0.6 < again.float().mean() < 0.8
        torch.testing.assert_close(found[again, 0], (20 * half - 10).sigmoid()[again, 0])

    def test_too_much_gets_a_click_beside_it(self):
        target, known = square(20), torch.ones(20, 1, SIDE, SIDE)
        found = corrected(torch.zeros(20, 5, SIDE, SIDE), torch.full_like(target, 9), target, known)
        assert found[:, 3].flatten(1).any(1).all()
        assert not found[:, 2].any()

    def test_nothing_is_clicked_where_nothing_is_known(self):
        target = square(20)
        found = corrected(
            torch.zeros(20, 5, SIDE, SIDE), torch.full_like(target, 9), target, 0 * target
        )
        assert not found[:, 2:4].any()

    def test_masks_mostly_stay_alone(self):
        target, hints = square(300), torch.zeros(300, 5, SIDE, SIDE)
        hints[:, 1] = 1
        found = corrected(hints, torch.full_like(target, 9), target, torch.ones_like(target))
        assert 0.2 < found[:, 3].flatten(1).any(1).float().mean() < 0.4
