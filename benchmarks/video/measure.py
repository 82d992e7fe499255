"""All figures of a clip, and what follows from those of all clips."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.scoring import Measure
from benchmarks.video.masks import mask_scores
from benchmarks.video.painters import (
    kept_alone,
    masks_alone,
    masks_by_product,
    styled_by_product,
)
from benchmarks.video.scene import Clip, Rgb
from benchmarks.video.stills import still_scores
from benchmarks.video.warping import REGIONS, warping_errors
from semcs.errors import InputError

Case = dict[str, Any]
Painted = dict[str, list[Rgb]]
"""Frames by who made them: "source", "alone" and "product"."""

STILL = 1e-4  # flicker of true masks, below which a ratio to it tells nothing
MEASURES = {
    "error_over_alone": Measure("warping error against frames painted alone", 0.35, at_most=True),
    "error_over_source": Measure("warping error against the source's own", 1.5, at_most=True),
    "iou": Measure("IoU of the mask with the true one", 0.70),
    "flicker_ratio": Measure("flicker of the mask against the true one's", 1.5, at_most=True),
    "agreement_gain": Measure("agreement beyond that of frames painted alone", -0.05),
    "content_gain": Measure("content distance beyond theirs", 0.05, at_most=True),
}


def paint(clip: Clip, fg: str, bg: str, out: Path) -> Painted:
    """The clip's frames, and what becomes of them."""
    return {
        "source": list(clip.frames),
        "alone": kept_alone(clip.frames, fg, bg, out),
        "product": styled_by_product(clip.frames, fg, bg),
    }


def case_of(clip: Clip, fg: str, bg: str, painted: Painted) -> Case:
    """Warping errors by painter and region, their ratios, and scores of single frames.

    Raises:
        InputError: No pixel of the clip can be followed.
    """
    errors = {name: warping_errors(frames, clip) for name, frames in painted.items()}
    if "whole" not in errors["source"]:
        raise InputError(f"{clip.name}: none of its pixels can be followed")
    styled = [name for name in painted if name != "source"]
    return {
        "clip": clip.name,
        "fg": fg,
        "bg": bg,
        "frames": len(clip.frames),
        "errors": {
            name: {region: asdict(error) for region, error in own.items()}
            for name, own in errors.items()
        },
        "ratios": ratios({name: errors[name]["whole"].mae for name in errors}),
        "stills": {name: still_scores(painted[name], clip, fg, bg) for name in styled},
    }


def ratios(errors: Mapping[str, float]) -> dict[str, float]:
    """Errors by painter over one another; a source that can't be followed has no error to match."""
    return {
        "alone_over_source": _over(errors["alone"], errors["source"]),
        "error_over_alone": _over(errors["product"], errors["alone"]),
        "error_over_source": _over(errors["product"], errors["source"]),
    }


def masks_of(clip: Clip, fg: str, bg: str) -> dict[str, dict[str, float]]:
    """Scores of masks by who found them; the clip has true ones."""
    assert clip.masks is not None
    found = {"alone": masks_alone(clip.frames), "product": masks_by_product(clip.frames, fg, bg)}
    return {name: mask_scores(masks, clip, clip.masks) for name, masks in found.items()}


def overall(cases: Sequence[Case], masks: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """Figures over all cases: ratios of mean errors, means of the others.

    Args:
        cases: By `case_of`.
        masks: By clip, of `masks_of`; of the clips that count.
    """
    means = {
        name: statistics.fmean(case["errors"][name]["whole"]["mae"] for case in cases)
        for name in cases[0]["errors"]
    }
    found = ratios(means)
    for name in ("agreement", "content"):
        gains = [_gain(case, name) for case in cases if name in case["stills"]["product"]]
        if gains:
            found[f"{name}_gain"] = statistics.fmean(gains)
    return {**found, **_mask_figures([own["product"] for own in masks.values()])}


def _mask_figures(scores: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Mean IoU, and the ratio of mean flickers; nothing of nothing."""
    if not scores:
        return {}
    means = {name: statistics.fmean(own[name] for own in scores) for name in scores[0]}
    return {"iou": means["iou"], "flicker_ratio": _over(means["flicker"], means["true_flicker"])}


def table(found: Mapping[str, Any]) -> str:
    """Everything that was measured, for people."""
    lines = _error_lines(found["cases"])
    lines += ["", f"{'masks':12}  {'by':8} {'IoU':>6} {'flicker':>8} {'true':>7} {'ratio':>6}"]
    for clip, own in found["masks"].items():
        for name, scores in own.items():
            figures = "{iou:6.3f} {flicker:8.4f} {true_flicker:7.4f}".format(**scores)
            ratio = _over(scores["flicker"], scores["true_flicker"])
            shown = f"{ratio:6.2f}" if scores["true_flicker"] > STILL else ""
            lines.append(f"{clip:12}  {name:8} {figures} {shown}".rstrip())
    lines += ["", "overall"]
    for name, value in found["overall"].items():
        measure = MEASURES.get(name, Measure("warping error alone against the source's own"))
        sign = "≤" if measure.at_most else "≥"
        asked = "" if measure.asked is None else f"{sign} {measure.asked:g}"
        short = "" if measure.met_by(value) else "  (short)"
        lines.append(f"{name:18} {value:7.3f}  {asked:7}  {measure.what}{short}")
    return "\n".join(lines)


def _error_lines(cases: Sequence[Case]) -> list[str]:
    """For each case a line a painter: mean absolute (and root mean square) error by region."""
    columns = "".join(f"{region:>16}" for region in REGIONS)
    scores = f"{'/alone':>8}{'/source':>8}{'agree':>7}{'content':>8}"
    lines = [f"{'warping error':40}{'by':8}{columns}{scores}"]
    for case in cases:
        title = f"{case['clip']}: {case['fg']} / {case['bg']}"
        for name, own in case["errors"].items():
            cells = (_cell(own.get(region)) for region in REGIONS)
            mae = own["whole"]["mae"]
            over = (_over(mae, case["errors"][one]["whole"]["mae"]) for one in ("alone", "source"))
            still = case["stills"].get(name, {})
            shown = "".join(f"{ratio:8.2f}" for ratio in over)
            for key, width in (("agreement", 7), ("content", 8)):
                shown += f"{still[key]:{width}.3f}" if key in still else " " * width
            lines.append(f"{title:40}{name:8}{''.join(cells)}{shown}".rstrip())
            title = ""
    return lines


def _cell(error: Mapping[str, float] | None) -> str:
    return f"{'':16}" if error is None else f"{error['mae']:8.2f} ({error['rmse']:5.2f})"


def _gain(case: Case, name: str) -> float:
    return float(case["stills"]["product"][name] - case["stills"]["alone"][name])


def _over(one: float, other: float) -> float:
    """A ratio; of nothing over nothing 1."""
    return one / other if other else (float("inf") if one else 1.0)
