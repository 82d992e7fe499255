from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from benchmarks.judge import model
from benchmarks.judge.model import Judge
from benchmarks.quality import command, scores
from benchmarks.quality.cases import PAIRS, SAMPLES, Case, cases, spread
from benchmarks.quality.command import TELLING, cases_of, methods_of, parse, summary
from benchmarks.quality.methods import METHODS, PRESETS, Method, settings_of, variant
from benchmarks.quality.pictures import Job
from benchmarks.quality.scores import MEASURES
from semcs.errors import InputError


class TestCases:
    def test_every_photo_is_asked_for_every_pair(self):
        found = cases(None, False)
        assert len(set(found)) == len(SAMPLES) * len(PAIRS)
        assert [case.photo for case in cases(None, False, pairs=1)] == list(SAMPLES)
        assert len(cases(None, True)) == 4

    def test_a_few_are_spread_over_photos_and_pairs(self):
        everything = cases(None, False)
        few = spread(everything, len(SAMPLES) + 1)
        assert [case.photo for case in few] == [*SAMPLES, SAMPLES[0]]
        assert [(case.fg, case.bg) for case in few[:5]] == [*PAIRS, PAIRS[0]]
        assert few[5] not in few[:5]
        assert sorted(map(str, spread(everything, 20))) == sorted(map(str, everything))

    def test_no_more_than_there_are(self):
        assert len(cases_of(parse(["--quick", "--pictures", "3"]))) == 3
        for count in ("0", "5"):
            with pytest.raises(InputError, match=f"--pictures {count}: 1 to 4"):
                cases_of(parse(["--quick", "--pictures", count]))


class TestMethods:
    def test_they_have_presets_and_names_of_their_own(self):
        for method in METHODS:
            settings_of(method)
        assert len({method.name for method in METHODS}) == len(METHODS)

    def test_what_they_run_with(self):
        found = {
            method.name: settings_of(method, crops=9, published_steps=0.25) for method in METHODS
        }
        assert {preset.sampling.patches for preset in found.values()} == {9}
        assert found["no patch loss"].losses.patch_weight == 0
        for name, steps, halving in (("clipstyler", 50, 25), ("semcs-reference", 100, 25)):
            schedule = found[name].optimiser
            assert (schedule.steps, schedule.halve_every) == (steps, halving)
        asked = [settings_of(method, steps=7).optimiser.steps for method in PRESETS]
        assert asked == [0, 7, 7, 7, 7]  # "instant" takes none

    def test_a_variant_is_a_preset_with_other_options(self):
        found = variant("content_weight=500, patch_scales=(0.3, 1.0),warp=affine", "gen-art")
        changed = settings_of(found)
        assert changed.losses.content_weight == 500
        assert changed.published.patch_scales == (0.3, 1.0)
        assert changed.sampling.warp == "affine"
        assert changed.network == settings_of(Method("", "gen-art")).network

    def test_a_variants_own_options_come_before_everyones(self):
        found = settings_of(variant("steps=3", "semcs"), steps=5, crops=6)
        assert (found.optimiser.steps, found.sampling.patches) == (3, 6)

    @pytest.mark.parametrize("text", ["content_weight", "content_weight=", "content=1", "steps=-1"])
    def test_a_variant_that_means_nothing_is_told(self, text):
        with pytest.raises(InputError, match=text.split("=")[0]):
            variant(text, "semcs")

    def test_variants_stand_beside_their_preset(self):
        asked = parse(["--preset", "gen-art", "--variants", "steps=3", "steps=3", "patches=4"])
        found = methods_of(asked)
        assert [method.name for method in found] == ["gen-art", "steps=3", "patches=4"]
        assert {method.preset for method in found} == {"gen-art"}


def test_whatever_changes_a_picture_changes_its_name():
    settings = settings_of(Method("semcs", "semcs"))
    case = Case("flower", None, "gold", "snow")
    job = Job(case, "semcs", settings, side=64, out=Path("out"))
    others = [
        replace(job, case=Case("flower", None, "snow", "gold")),
        replace(job, case=Case("coffee", None, "gold", "snow")),
        replace(job, method="gen-art"),
        replace(job, settings=settings.change(patches=7)),
        replace(job, settings=settings.change(steps=3)),
        replace(job, side=65),
        replace(job, size=65),
    ]
    assert len({job.picture, *(other.picture for other in others)}) == 8
    assert replace(job).picture == job.picture
    assert replace(job, method="a=(1, 2)").picture.name.startswith("flower-a-1-2-")


def test_small_photos_are_worked_on_at_the_presets_size():
    settings = settings_of(Method("semcs", "semcs")).change(least_size=100)
    job = Job(Case("flower", None, "gold", "snow"), "semcs", settings, side=64, out=Path("out"))
    assert job.working_size == 100
    assert replace(job, side=128).working_size == 128
    assert replace(job, size=72).working_size == 72


def test_places_and_probabilities_by_hand(monkeypatch, tiny_family):
    """Six names; the foreground's own comes first, the background's own last."""

    class Six:
        names = ("a", "b", "c", "d", "gold", "snow")

    shares = iter([[0.1, 0.1, 0.1, 0.2, 0.3, 0.2], [0.2, 0.2, 0.2, 0.15, 0.15, 0.1]])
    monkeypatch.setattr(scores, "the_judge", Six)
    monkeypatch.setattr(
        scores, "region_probabilities", lambda *_: torch.tensor(next(shares), dtype=torch.float64)
    )
    photo = np.random.default_rng(0).integers(256, size=(64, 64, 3)).astype(np.uint8)
    mask = np.zeros((64, 64), np.float32)
    mask[:, :32] = 1
    case = Case("flower", None, "gold", "snow")
    found = scores.score(case, photo, photo, mask, tiny_family.content)
    assert [found[f"top{k}_{side}"] for side in ("fg", "bg") for k in (1, 5)] == [1, 1, 0, 0]
    assert found["agreement_fg"] == pytest.approx(0.3)
    assert found["agreement_bg"] == pytest.approx(0.1)
    assert found["leakage"] == pytest.approx((0.2 + 0.15) / 2)
    # The picture is the photo.
    assert found["content"] == found["seam"] == pytest.approx(0, abs=1e-6)
    assert found["structure"] == pytest.approx(1, abs=1e-6)
    assert found["dists_bundled"] == pytest.approx(0, abs=1e-5)


def test_means_and_intervals_go_method_by_method():
    rows = {
        name: [dict.fromkeys(MEASURES, value) for value in values]
        for name, values in {"a": (0.0, 1.0), "b": (10.0, 11.0)}.items()
    }
    found = summary(rows)
    assert found["a"]["leakage"] == 0.5
    assert found["b"]["seconds"] == 10.5
    assert found["b"]["intervals"]["content"] == (10.0, 11.0)


@pytest.fixture
def small(monkeypatch, in_this_process, tmp_path):
    """Runs the command on one small photo, judged by an untrained judge."""
    in_this_process(command)
    for module in (command, scores):
        monkeypatch.setattr(module, "the_judge", cache(lambda: Judge().eval()))
    threads = torch.get_num_threads()

    def small(*arguments):
        few = ["--pictures", "1", "--side", "64", "--size", "64", "--out", str(tmp_path / "out")]
        command.main([*few, *arguments])
        torch.set_num_threads(threads)

    return small


def test_a_small_run_scores_every_method_and_goes_on(small, tmp_path, capsys):
    sheet = tmp_path / "sheet.png"
    asked = ("--json", "--steps", "1", "--crops", "4", "--methods", "instant", "semcs")
    small(*asked, "clipstyler", "--sheet", str(sheet))
    first = json.loads(capsys.readouterr().out)
    assert set(first["methods"]) == {"instant", "semcs", "clipstyler"}
    assert first["n"] == 1
    for means in first["methods"].values():
        assert set(means) == {*MEASURES, "intervals"}
    assert Image.open(sheet).size == (4 * 64, 64 + 18)
    for file in (tmp_path / "out").glob("*.json"):  # a second run takes what it finds
        known = json.loads(file.read_text())
        file.write_text(json.dumps({**known, "seam": 0.25}))
    small(*asked)
    second = json.loads(capsys.readouterr().out)
    assert {means["seam"] for means in second["methods"].values()} == {0.25}


def test_variants_are_printed_side_by_side(small, capsys):
    small("--preset", "instant", "--variants", "contrast=1.5")
    head, _, *lines = capsys.readouterr().out.splitlines()
    assert head.startswith("1 pictures of each method")
    assert [line.split()[:2] for line in lines] == [
        [key, name] for key in TELLING for name in ("instant", "contrast=1.5")
    ]


def test_without_a_judge_nothing_is_painted(tmp_path, monkeypatch):
    monkeypatch.setattr(model, "WEIGHTS", tmp_path / "judge.safetensors")
    monkeypatch.setattr(command, "the_judge", model.load_judge)
    with pytest.raises(SystemExit, match="error: no judge"):
        command.main(["--quick", "--out", str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()
