from __future__ import annotations

import numpy as np
import pytest
import torch

from benchmarks.speed import reference, same_quality
from benchmarks.speed.same_quality import Reading, Yardstick, steps_timed


def test_the_yardstick_reads_the_photo_as_unmoved_and_unlost(tiny_family, task):
    yardstick = Yardstick(task, tiny_family)
    photo_itself = yardstick(task.content)
    assert photo_itself.objective == pytest.approx(1, abs=1e-6)
    assert photo_itself.content == pytest.approx(0, abs=1e-6)
    other = torch.rand(1, 3, 64, 96, generator=torch.Generator().manual_seed(1))
    assert yardstick(other).content > 0.001
    assert yardstick(other) == yardstick(other)
    # Each region against its own text: another text elsewhere changes that region's part alone.
    half = yardstick(task.content + task.masks[:1] * (other - task.content))
    rest = yardstick(task.content + task.masks[1:] * (other - task.content))
    both = half.objective + rest.objective - 1
    assert yardstick(other).objective == pytest.approx(both, abs=1e-5)


def test_as_good_means_in_both_figures():
    goal = Reading(0.5, 0.3)
    assert Reading(0.5, 0.3).as_good_as(goal)
    assert not Reading(0.4, 0.31).as_good_as(goal)
    assert not Reading(0.51, 0.2).as_good_as(goal)


def test_the_callers_seconds_do_not_count(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(same_quality.time, "perf_counter", lambda: now[0])

    def run():
        for _ in range(3):
            now[0] += 2
            yield "step"

    found = []
    for seconds in steps_timed(run()):
        found.append(seconds)
        now[0] += 100
    assert found == [2, 4, 6]


@pytest.fixture
def scripted(monkeypatch, tiny_family):
    """Runs the comparison with readings of one's own, the reference's first."""
    monkeypatch.setattr(reference, "MOST_REJECTED", 0)  # takes any crop: quicker
    monkeypatch.setattr(
        same_quality, "saliency_mask", lambda rgb, **_: np.eye(*rgb.shape[:2], dtype=np.float32)
    )

    def run(readings):
        given = iter(readings)
        monkeypatch.setattr(same_quality, "Yardstick", lambda *_: lambda picture: next(given))
        return same_quality.same_quality(tiny_family, side=64, timed=1, reference_steps=2)

    return run


def test_the_first_step_that_is_as_good_counts(scripted):
    found = scripted([Reading(0.5, 0.5), Reading(0.6, 0.1), Reading(0.4, 0.6), Reading(0.4, 0.5)])
    assert found["semcs"]["steps"] == 3
    theirs = found["reference"]
    assert theirs["steps"] == 3  # one more than asked, as the program does
    assert theirs["seconds"] == pytest.approx(3 * np.median(theirs["step_seconds"]))
    assert len(theirs["step_seconds"]) == 2
    assert found["quality_speedup"] == theirs["seconds"] / found["semcs"]["seconds"]


def test_never_as_good_is_null(scripted, monkeypatch):
    monkeypatch.setitem(same_quality.SAME_OBJECTIVE, "steps", 3)
    found = scripted([Reading(0.5, 0.5)] + [Reading(0.4, 0.6)] * 3)
    assert found["quality_speedup"] is None
    assert found["semcs"]["seconds"] is None
    assert found["semcs"]["steps"] == found["semcs"]["steps_of"] == 3
