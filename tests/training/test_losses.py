from __future__ import annotations

import math

import pytest
import torch

from semcs.training.losses import direction_loss, matching_loss, unit_directions


def test_direction_loss_by_hand():
    cosines = torch.tensor([[1.0, 0.0], [0.5, 0.5]])
    loss = direction_loss(cosines, torch.tensor([0, 1]), 4.0)
    right = math.log(math.exp(4) + 1) - 4
    halfway = math.log(2)
    assert loss.item() == pytest.approx((right + halfway) / 2 + (0 + 0.5) / 2, rel=1e-6)


def test_matching_looks_both_ways():
    logits = torch.tensor([[2.0, 0.0], [2.0, 0.0]])
    rows = (math.log(math.exp(2) + 1) - 2 + math.log(math.exp(2) + 1)) / 2
    columns = math.log(2)
    assert matching_loss(logits).item() == pytest.approx((rows + columns) / 2, rel=1e-6)


def test_directions_from_one_start():
    ends, start = torch.tensor([[3.0, 4.0], [0.0, 2.0]]), torch.tensor([[0.0, 1.0]])
    expected = torch.tensor([[3.0, 3.0], [0.0, 1.0]]) / torch.tensor([[math.sqrt(18)], [1.0]])
    torch.testing.assert_close(unit_directions(ends, start), expected)
