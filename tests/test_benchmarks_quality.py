from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from benchmarks import quality
from benchmarks.judge import model
from benchmarks.judge.model import Judge
from benchmarks.judge.train import EdgeGenerator
from benchmarks.quality import MEASURES, MORE, PRESETS, Case, Job, Method, judged, summary, table
from semcs.models.vocabulary import style_names


class RedGreen(torch.nn.Module):
    """Probability of the first name is a crop's red, of the second its green."""

    input_size = 32
    names = ("red", "green")

    def forward(self, images):
        return images.mean((2, 3))[:, :2]


@pytest.fixture
def halves():
    mask = np.zeros((64, 64), np.float32)
    mask[:, :32] = 1
    return torch.from_numpy(mask)[None, None]


def test_a_region_is_judged_by_its_own_pixels(halves):
    before = torch.zeros(1, 3, 64, 64)
    after = torch.stack([halves[0, 0], 1 - halves[0, 0], torch.zeros(64, 64)])[None]
    # The left half is red all over; where crops reach beyond it they show the black photo.
    red, green = judged(RedGreen(), before, after, halves).tolist()
    assert red > 0.8
    assert green == 0
    red, green = judged(RedGreen(), before, after, 1 - halves).tolist()
    assert red == 0
    assert green > 0.8


def test_means_and_intervals_go_method_by_method():
    methods = [Method("a", "semcs"), Method("b", "gen-art")]
    rows = [dict.fromkeys(MEASURES, value) for value in (0.0, 10.0, 1.0, 11.0)]
    found = summary(methods, rows)
    assert found["a"]["leakage"] == 0.5
    assert found["b"]["seconds"] == 10.5
    assert found["b"]["intervals"]["content"] == (10.0, 11.0)
    assert len(table(found).splitlines()) == 5


def test_whatever_changes_a_picture_changes_its_name():
    case = Case("flower", None, "gold", "snow")
    job = Job(case, PRESETS[0], side=64, overrides={"steps": 3}, out=Path("out"))
    others = [
        replace(job, case=Case("flower", None, "snow", "gold")),
        replace(job, case=Case("coffee", None, "gold", "snow")),
        replace(job, method=Method("semcs", "gen-art")),
        replace(job, overrides={"steps": 3, "patches": 7}),
        replace(job, side=65),
        replace(job, overrides={"steps": 4}),
    ]
    assert len({job.picture, *(other.picture for other in others)}) == 7
    assert replace(job).picture == job.picture


def test_what_methods_run_with():
    found = {
        method.name: quality.overrides_of(method, steps=None, crops=9, published_steps=0.25)
        for method in (*PRESETS, *MORE)
    }
    assert found["semcs"] == {"patches": 9}
    assert found["instant"] == {"patches": 9}
    assert found["no patch loss"] == {"patch_weight": 0.0, "patches": 9}
    assert found["clipstyler"] == {"steps": 50, "halve_every": 25, "patches": 9}
    assert found["semcs-reference"] == {"steps": 100, "halve_every": 25, "patches": 9}
    alike = {
        json.dumps(quality.overrides_of(method, steps=7, crops=None, published_steps=1))
        for method in PRESETS[2:]
    }
    assert alike == {'{"steps": 7, "halve_every": 100}'}
    assert quality.overrides_of(PRESETS[0], steps=7, crops=None, published_steps=1) == {}


def test_a_small_run_scores_every_method_and_goes_on(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(quality, "SAMPLES", ("flower",))
    monkeypatch.setattr(quality, "PAIRS", (("gold", "snow"),))
    monkeypatch.setattr(quality, "_judge", cache(lambda: Judge().eval()))
    monkeypatch.setattr(quality, "get_context", lambda _: InThisProcess())
    out, sheet = tmp_path / "out", tmp_path / "sheet.png"
    arguments = ["--quick", "--json", "--side", "64", "--steps", "2", "--out", str(out)]
    threads = torch.get_num_threads()
    quality.main([*arguments, "--sheet", str(sheet)])
    torch.set_num_threads(threads)
    first = json.loads(capsys.readouterr().out)
    assert set(first["methods"]) == {method.name for method in PRESETS}
    assert first["n"] == 1
    for means in first["methods"].values():
        assert set(means) == {*MEASURES, "intervals"}
    assert Image.open(sheet).size == (6 * 64, 64 + 18)
    for file in out.glob("*.json"):  # a second run takes what it finds
        known = json.loads(file.read_text())
        file.write_text(json.dumps({**known, "seam": 0.25}))
    quality.main(arguments)
    second = json.loads(capsys.readouterr().out)
    assert {means["seam"] for means in second["methods"].values()} == {0.25}


class InThisProcess:
    """A pool of no other process."""

    def Pool(self, workers):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    imap = staticmethod(map)


def test_methods_have_presets_and_names_of_their_own():
    for method in (*PRESETS, *MORE):
        quality.find_preset(method.preset, "bundled", **method.overrides)
    names = [method.name for method in (*PRESETS, *MORE)]
    assert len(set(names)) == len(names)


@torch.no_grad()
def test_the_judge_gives_shares_of_the_vocabulary_and_a_photo():
    judge = Judge().eval()
    assert judge.names == (*style_names(), "photo")
    shares = judge(torch.rand(2, 3, 50, 50))
    torch.testing.assert_close(shares.sum(1), torch.ones(2))
    assert shares.shape == (2, len(judge.names))


def test_without_a_judge_nothing_is_painted(tmp_path, monkeypatch):
    monkeypatch.setattr(model, "WEIGHTS", tmp_path / "judge.safetensors")
    monkeypatch.setattr(quality, "_judge", model.load_judge)
    with pytest.raises(SystemExit, match="error: no judge"):
        quality.main(["--quick", "--out", str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()


def test_renderers_are_drawn_at_the_ends_of_ranges():
    rng = EdgeGenerator(np.random.PCG64(0))
    drawn = np.asarray(rng.uniform(2, 4, 4000))
    assert drawn.min() >= 2
    assert drawn.max() <= 4
    assert abs(drawn.mean() - 3) < 0.05
    # An arcsine distribution: the share of its outer eighths in closed form.
    outer = ((drawn < 2.25) | (drawn > 3.75)).mean()
    assert abs(outer - 4 / np.pi * np.arcsin(np.sqrt(1 / 8))) < 0.03
    assert rng.uniform([0.0, 5.0], [1.0, 6.0]).shape == (2,)
    assert isinstance(rng.uniform(), float)
