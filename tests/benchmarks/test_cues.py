from __future__ import annotations

import json

import numpy as np
import pytest

from benchmarks import cues
from benchmarks.cues import Case, Example, fit_weights, measure, with_crops
from semcs.saliency import SaliencyPredictor
from semcs.saliency.cues import WEIGHTS


def disc(height=120, width=160):
    """A red disc on noisy green, and where it is."""
    y, x = np.mgrid[:height, :width]
    inside = np.hypot(y - 60, x - 80) < 35
    rng = np.random.default_rng(0)
    rgb = np.where(inside[..., None], (0.9, 0.2, 0.1), (0.1, 0.5, 0.2))
    return np.clip(rgb + rng.normal(0, 0.03, rgb.shape), 0, 1).astype(np.float32), inside


@pytest.mark.parametrize("seed", range(8))
def test_crops_bring_the_object_to_an_edge(seed):
    rgb, truth = disc()
    whole, cut, shift = with_crops("people", True, rgb, truth, seed=str(seed))
    assert whole.truth is truth
    assert (cut.kind, shift.kind) == ("people, cut", "people, shift")
    for crop, least, most in ((cut, 0.35, 0.8), (shift, 0.95, 1)):
        assert crop.rgb.shape[:2] == crop.truth.shape
        edges = (crop.truth[0], crop.truth[:, 0], crop.truth[:, -1])
        assert sum(edge.any() for edge in edges) == 1
        assert least < crop.truth.sum() / truth.sum() < most


def test_there_is_nothing_in_the_empty_pictures():
    pictures = list(cues.empty_pictures())
    assert len(pictures) == 20
    assert all(0 <= one.min() <= one.max() <= 1 and one.dtype == np.float32 for one in pictures)


def test_a_photo_is_measured_by_every_rule(tiny_family):
    rgb, truth = disc()
    predictor = SaliencyPredictor(models=tiny_family, size=160)
    case = measure(Example("people", False, rgb, truth), predictor)
    assert max(case.above, case.below) == case.chosen["cues"] == case.chosen["centre"] > 0.8
    assert set(case.cues) == set(WEIGHTS)
    assert 0 < case.sure <= 1
    nothing = measure(Example("nothing", True, np.full_like(rgb, 0.5), None), predictor)
    assert nothing is None or nothing.sure == 0


def case(rng):
    """A case that "centre" decides, twice as much as "size" does, and nothing else."""
    values = {name: float(rng.uniform(-1, 1)) for name in WEIGHTS}
    above = 1 / (1 + np.exp(-6 * (2 * values["centre"] + values["size"])))
    chosen = {"cues": max(above, 1 - above)}
    return Case("people", True, values, above, 1 - above, chosen, (0.0, 0.0, 0.0), 0.5)


def test_the_fit_finds_what_decides():
    rng = np.random.default_rng(0)
    weights = fit_weights([case(rng) for _ in range(400)])
    assert weights["centre"] / weights["size"] == pytest.approx(2, rel=0.25)
    others = set(WEIGHTS) - {"centre", "size"}
    assert max(abs(weights[name]) for name in others) < 0.15 * weights["centre"]


def test_the_command_prints_rows_and_fits(monkeypatch, capsys, tmp_path, tiny_family):
    def examples(data, limit):
        for seed in range(4):
            yield from with_crops("people", seed % 2 == 0, *disc(), seed=str(seed))
        for rgb in list(cues.empty_pictures())[:3]:
            yield Example("nothing", True, rgb, None)

    tiny = SaliencyPredictor(models=tiny_family, size=160)
    monkeypatch.setattr(cues, "SaliencyPredictor", lambda models: tiny)
    monkeypatch.setattr(cues, "examples", examples)
    cues.main(["--data", str(tmp_path), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert set(found["rows"]) == {"people", "people, cut", "people, shift"}
    assert all(row["cues"] <= row["best"] <= 1 for row in found["rows"].values())
    assert set(found["weights"]) == set(WEIGHTS)
    assert found["fitted"] == 6
    cues.main(["--data", str(tmp_path)])
    assert capsys.readouterr().out.split()[:2] == ["n", "cues"]


def test_help_says_what_it_does(told):
    assert "python -m benchmarks.cues" in told("cues")
