"""The simulation and the arithmetic behind docs/scale.md, where the answer is known."""

import pytest

from benchmarks.scale.paper import Prices, reckon
from benchmarks.scale.simulate import Cluster, simulate

SAME = {"spread": 1e-3, "slow": 0.0, "failures": 0.0, "piece_seconds": 0.0}


def test_without_stragglers_and_failures_nothing_is_lost():
    cluster = Cluster(actors=4, pictures=100, seconds=1.0, **SAME)
    outcome = simulate(cluster, 10, 0)
    assert outcome.hours == pytest.approx(100 / 3600, rel=1e-2)
    assert outcome.efficiency == pytest.approx(1, abs=1e-2)
    assert (outcome.repeated, outcome.files) == (0, 40)


def test_what_a_piece_costs_is_shared_by_its_pictures():
    cluster = Cluster(actors=1, pictures=100, seconds=1.0, **{**SAME, "piece_seconds": 1.0})
    assert simulate(cluster, 1, 0).efficiency == pytest.approx(1 / 2, abs=1e-2)
    assert simulate(cluster, 10, 0).efficiency == pytest.approx(10 / 11, abs=1e-2)


def test_one_piece_for_two_actors_leaves_one_without_work():
    cluster = Cluster(actors=2, pictures=50, seconds=1.0, **SAME)
    assert simulate(cluster, 100, 0).waiting == pytest.approx(1 / 2, abs=1e-2)


def test_failures_repeat_what_theory_says():
    """A piece of length d meets a failure with rate r: it takes (exp(rd) - 1) / r in all."""
    cluster = Cluster(
        actors=1, pictures=200_000, seconds=1.0, restart_seconds=0.0, **{**SAME, "failures": 3.6}
    )
    repeated = simulate(cluster, 200, 0).repeated
    assert repeated == pytest.approx((2.718281828**0.2 - 1) / 0.2 - 1, rel=0.15)


def test_the_arithmetic():
    found = reckon(1e8, 0.25, Prices(core_hour=0.04), efficiency=1.0, cores=1000)
    assert found["core_hours"] == pytest.approx(6944.4, abs=0.1)
    assert found["dollars_of_cores"] == pytest.approx(277.8, abs=0.1)
    assert found["hours_on_these_cores"] == pytest.approx(6.944, abs=0.001)
    assert found["read_tb"] == pytest.approx(10)
