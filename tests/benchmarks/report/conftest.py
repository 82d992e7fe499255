"""Kept results of every part, with figures that are easy to find again, and the page of them."""

from __future__ import annotations

import json

import pytest

from benchmarks.report import command, methods, page
from benchmarks.report import masks as mask_section

pytest.importorskip("matplotlib")


def scored(value, width=0.01):
    """All measures of a method the same, but for leakage."""
    means = dict.fromkeys(methods.QUALITY, value) | {"leakage": 1 - value}
    intervals = {key: (mean - width, mean + width) for key, mean in means.items()}
    return {**means, "intervals": intervals}


def mask_row(weight, rule, value):
    means = dict.fromkeys(mask_section.MASKS, value)
    return {
        "extractor": "bundled",
        "color_weight": weight,
        "rule": rule,
        "threshold": "otsu",
        "refine": "edge",
        **means,
        "n": 7,
        "ms": 12.34,
        "intervals": dict.fromkeys(means, (value - 0.05, value + 0.05)),
    }


KEPT = {
    "quality": {
        "methods": {"semcs": scored(0.625), "gen-art": scored(0.5), "clipstyler": scored(0.62)},
        "n": 4,
        "judge": "a judge of its own",
    },
    "ablations": {
        "methods": {"semcs": scored(0.625), "no patch loss": scored(0.125)},
        "n": 2,
        "judge": "a judge of its own",
    },
    "masks": {
        "data": "ECSSD",
        "n": 7,
        "out_of": 9,
        "seed": 0,
        "size": 480,
        "rows": [mask_row(10.0, "border", 0.75), mask_row(3.0, "cues", 0.7)],
    },
    "models": {
        "styles_top1": {"value": 0.941, "n": 1500, "out_of": None, "interval": [0.93, 0.95]},
        "subjects_iou": {"value": 0.61, "n": 66, "out_of": 158, "interval": [0.55, 0.67]},
        "size_mb": 23.966,
    },
    "eigen": {
        "tokens": 3600,
        "seconds": {"ours": [0.1, 0.2, 0.3], "shift-invert": [1.0, 1.25, 1.5]},
        "median": {"ours": 0.2, "shift-invert": 1.25},
        "ratio": 6.25,
        "max_error": {"400": 1e-9, "3600": 3e-7},
    },
    "speed": {
        "step_speedup": 4.0,
        "quality_speedup": None,
        "help_s": 0.9,
        "details": {
            "quick": True,
            "threads": 2,
            "step": {"parts": {"StyleNet": {"gflop": 30.0, "gflop_per_s": 120.0, "seconds": 0.25}}},
        },
    },
}


@pytest.fixture(autouse=True)
def no_plots(monkeypatch):
    """Plots take longer than all else; one test draws them."""
    monkeypatch.setattr(page.Page, "plot", lambda page, name, alt, panels: f"plot of {name}")


@pytest.fixture
def kept():
    """The results by the names of their parts."""
    return KEPT


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    for name, result in KEPT.items():
        (folder / f"{name}.json").write_text(json.dumps(result))
    return folder


@pytest.fixture
def rendered(out, tmp_path):
    """The page, rendered from what is kept, running nothing."""
    file = tmp_path / "docs" / "benchmarks.md"

    def rendered(*arguments):
        command.main(["--only", *arguments, "--out", str(out), "--page", str(file)])
        return file.read_text(encoding="utf-8")

    return rendered
