from __future__ import annotations

import inspect
import json

import numpy as np
import pytest
from PIL import Image

from benchmarks import masks
from benchmarks.masks import MEASURES, Setting, drawn, max_interval, summary
from semcs.models.families import load_family
from semcs.saliency.predictor import SaliencyPredictor

SIZE = (48, 32)


def test_the_defaults_are_the_shipped_ones():
    predict = inspect.signature(SaliencyPredictor.predict).parameters
    shipped = {key: predict[key].default for key in ("rule", "threshold", "refine")}
    family = load_family("bundled", "cpu")
    assert Setting(**shipped, color_weight=family.color_weight) == Setting()
    options = masks.parse(["--data", "x"])
    assert options.size == family.saliency_size
    assert (options.extractors, options.color_weights) == (["bundled"], [3.0])
    assert (options.rules, options.thresholds, options.refine) == (["cues"], ["otsu"], ["edge"])


def test_the_f_measure_is_that_of_the_mean_curve():
    """Each picture is perfect at another threshold, but no threshold serves both."""
    one = {"iou": 0.5, "mae": 0.1, "s_measure": 0.7, "cor_loc": 1.0, "ms": 4.0}
    curves = [[1.0, 0.5, 0.0], [0.0, 0.5, 1.0]]
    rows = [{**one, "f_beta": curve} for curve in curves]
    rows[1] = {**rows[1], "iou": 0.7, "cor_loc": 0.0, "ms": 8.0}
    row = summary(Setting(), rows)
    assert row["max_f_beta"] == 0.5
    assert (row["n"], row["ms"], row["cor_loc"]) == (2, 6.0, 0.5)
    assert row["iou"] == pytest.approx(0.6)
    assert set(row["intervals"]) == set(MEASURES)
    # Of two pictures the draws are both alike or mixed: maxima of 1 or ½.
    assert max_interval(np.array(curves)) == (0.5, 1.0)
    assert max_interval(np.full((5, 3), 0.25)) == (0.25, 0.25)


def test_a_limit_draws_the_same_pairs_for_a_seed():
    pairs = [(index, index) for index in range(50)]
    assert drawn(pairs, None, 0) == drawn(pairs, 99, 0) == pairs
    first = drawn(pairs, 9, 0)
    assert len(set(first)) == 9
    assert first == sorted(first) == drawn(pairs, 9, 0)
    assert first != drawn(pairs, 9, 1)


@pytest.fixture
def squares(tmp_path):
    """Three photos of a red square on green, and where it is."""
    folder = tmp_path / "squares"
    for index in range(3):
        photo = np.zeros((*SIZE[::-1], 3), np.uint8)
        photo[..., 1] = 150 + np.random.default_rng(index).integers(40, size=SIZE[::-1])
        mask = np.zeros(SIZE[::-1], np.uint8)
        mask[8:24, 12 + index : 32 + index] = 255
        photo[mask > 0] = 200, 20, 20
        for kind, pixels in (("images", photo), ("masks", mask)):
            (folder / kind).mkdir(parents=True, exist_ok=True)
            Image.fromarray(pixels).save(folder / kind / f"{index}.png")
    return folder


@pytest.fixture
def run(tiny_family, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(masks, "_extractor", lambda name: tiny_family.key_extractor)

    def run(*arguments):
        masks.main([*map(str, arguments), "--size", "64", "--out", str(tmp_path / "kept")])
        return capsys.readouterr().out

    return run


def test_a_square_is_measured_by_every_setting(squares, run):
    asked = ("--color-weights", 0, 10, "--rules", "centre", "max-abs", "--refine", "none")
    found = json.loads(run("--data", squares, *asked, "--json"))
    assert (found["data"], found["n"], found["out_of"]) == ("squares", 3, 3)
    rows = found["rows"]
    assert {(row["color_weight"], row["rule"]) for row in rows} == {
        (weight, rule) for weight in (0.0, 10.0) for rule in ("centre", "max-abs")
    }
    assert [row["iou"] for row in rows] == sorted((row["iou"] for row in rows), reverse=True)
    best = rows[0]
    assert best["iou"] > 0.5
    assert best["cor_loc"] == 1
    for row in rows:
        for key in MEASURES:
            low, high = row["intervals"][key]
            assert 0 <= low <= row[key] <= high <= 1
        assert row["n"] == 3


def test_a_second_run_takes_what_it_finds_and_adds_the_rest(squares, run, tmp_path, monkeypatch):
    run("--data", squares)
    kept = sorted((tmp_path / "kept").glob("*.json"))
    assert len(kept) == 3
    for file in kept:
        known = {key: {**one, "iou": 0.125} for key, one in json.loads(file.read_text()).items()}
        file.write_text(json.dumps(known))
    asked, score = [], masks.score

    def counted(predictor, setting, truth):
        asked.append(setting)
        return score(predictor, setting, truth)

    monkeypatch.setattr(masks, "score", counted)
    rows = json.loads(run("--data", squares, "--refine", "edge", "none", "--json"))["rows"]
    assert {row["refine"]: row["iou"] for row in rows}["edge"] == 0.125
    assert asked == [Setting(refine="none")] * 3
    # Other pixels are another picture, whatever their name.
    Image.new("L", SIZE, 255).save(squares / "masks" / "0.png")
    run("--data", squares)
    assert asked[3:] == [Setting()]


def test_the_table_has_figures_and_intervals(squares, run):
    lines = run("--data", squares, "--limit", 2).splitlines()
    assert lines[0] == "2 of 3 pictures in squares"
    assert lines[1].split()[:5] == list(MEASURES)
    assert lines[2].split()[-5:] == ["bundled", "3.0", "cues", "otsu", "edge"]
    assert lines[3].count("[") == 5


def test_an_empty_folder_is_one_clear_line(tmp_path):
    with pytest.raises(SystemExit, match="error: no photos with masks"):
        masks.main(["--data", str(tmp_path)])
