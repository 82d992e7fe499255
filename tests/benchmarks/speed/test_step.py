from __future__ import annotations

from statistics import median

import pytest
import torch

from benchmarks.speed import reference, step


def test_the_task_has_a_text_on_each_side_of_the_mask():
    task = step.square_task(64)
    assert task.content.shape == (1, 3, 64, 64)
    assert [region.role for region in task.regions] == ["foreground", "background"]
    torch.testing.assert_close(task.masks.sum(0), torch.ones(1, 64, 64))
    assert 0 < task.masks[0].mean() < 1


def test_a_step_is_compared_with_the_published_one_and_its_floor(tiny_family, monkeypatch):
    monkeypatch.setattr(reference, "MOST_REJECTED", 0)  # takes any crop: quicker
    found = step.step(tiny_family, side=64, repeats=2)
    ours, theirs = (found["seconds"][name] for name in ("semcs", "published"))
    assert len(ours) == len(theirs) == 2
    assert found["step_speedup"] == pytest.approx(median(theirs) / median(ours))
    floor = sum(part["gflop"] / part["gflop_per_s"] for part in found["parts"].values())
    assert found["floor_s"] == pytest.approx(floor)
    assert found["step_over_floor"] == pytest.approx(median(ours) / floor)
