from __future__ import annotations

import json

import pytest
import torch

from benchmarks.scoring import Measure, Score, hits, interval, print_columns, table


def test_hits_by_hand():
    similarities = torch.tensor([[0.9, 0.1, 0.5], [0.2, 0.3, 0.4], [0.1, 0.8, 0.7]])
    assert hits(similarities, [0, 1, 0]) == [1, 0, 0]
    assert hits(similarities, [0, 1, 0], k=2) == [1, 1, 0]
    assert hits(similarities, [0, 1, 0], k=5) == [1, 1, 1]


def test_a_mean_has_its_interval():
    score = Score.mean([1.0, 0.0, 1.0, 1.0])
    assert (score.value, score.n) == (0.75, 4)
    assert score.interval is not None
    assert 0 <= score.interval[0] <= 0.75 <= score.interval[1] <= 1
    assert interval([0.5] * 9) == (0.5, 0.5)


def test_less_is_better_where_it_says_so():
    assert Measure("", 0.9).met_by(0.9)
    assert not Measure("", 0.9).met_by(0.8)
    assert Measure("", 0.25, at_most=True).met_by(0.2)
    assert not Measure("", 0.25, at_most=True).met_by(0.3)
    assert Measure("").met_by(0)


def test_the_table_says_what_falls_short():
    measures = {"good": Measure("is", 0.5), "bad": Measure("isn't", 0.5)}
    scores = {"good": Score(0.6, 3, 5, (0.5, 0.7)), "bad": Score(0.4)}
    _, good, bad = table(scores, measures).splitlines()
    assert "3 of 5" in good
    assert "[0.500, 0.700]" in good
    assert "≥ 0.5" in good
    assert "short" not in good
    assert "short" in bad


ROWS = {
    "plain": [{"top1": 0.0, "seconds": 2.0}, {"top1": 1.0, "seconds": 4.0}],
    "more steps": [{"top1": 0.25, "seconds": 5.0}, {"top1": 1.25, "seconds": 7.0}],
}


def test_columns_stand_beside_each_other_with_differences_to_the_first(capsys):
    print_columns(ROWS)
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.endswith("against plain")
    assert [line.split()[0] for line in lines] == ["top1", "top1", "seconds", "seconds"]
    assert lines[0].split()[1:] == ["plain", "0.500", "[0.000,", "1.000]", "2"]
    # Picture by picture the difference is the same, however far apart the pictures are.
    assert lines[1].endswith("+0.250 [0.250, 0.250]")
    assert lines[3].endswith("+3.000 [3.000, 3.000]")
    assert len({line.index(" 2") for line in lines if line.endswith("2")}) == 1


def test_columns_as_json_are_means(capsys):
    print_columns(ROWS, as_json=True)
    assert json.loads(capsys.readouterr().out) == {
        "plain": {"top1": 0.5, "seconds": 3.0},
        "more steps": {"top1": 0.75, "seconds": 6.0},
    }


def test_seconds_are_the_median_of_warm_runs(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("benchmarks.scoring.time.perf_counter", lambda: now[0])
    lasting = iter([100.0] * 3 + [2.0] * 8 + [9.0] * 7)

    def action():
        now[0] += next(lasting)

    assert Score.seconds(action).value == pytest.approx(2.0)
