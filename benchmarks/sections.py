"""The sections of the report: what each benchmark's JSON looks like to a reader."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from benchmarks import masks as of_masks
from benchmarks.grid import LABEL, grid_of, photo_named
from benchmarks.models import MEASURES
from benchmarks.page import Dot, Page, between, figure_of, table
from benchmarks.quality import SAMPLES, cases
from benchmarks.scoring import Measure
from benchmarks.speed.measurements import MEASURES as SPEED
from semcs.saliency.predictor import SaliencyPredictor

OURS = "semcs"
# What each column of `quality` is called, and whether more of it is better.
QUALITY: dict[str, tuple[str, bool | None]] = {
    "top1_fg": ("top-1, foreground", True),
    "top5_fg": ("top-5, foreground", True),
    "top1_bg": ("top-1, background", True),
    "top5_bg": ("top-5, background", True),
    "agreement_fg": ("agreement, foreground", True),
    "agreement_bg": ("agreement, background", True),
    "leakage": ("leakage", False),
    "content": ("content distance", False),
    "structure": ("structure", True),
    "seam": ("seam", False),
    "dists_bundled": ("dists_bundled", None),
    "seconds": ("seconds", False),
}
JUDGED = ("agreement_fg", "agreement_bg", "leakage", "content")
MASKS = {
    "iou": "IoU ↑",
    "max_f_beta": "max F_β ↑",
    "mae": "MAE ↓",
    "s_measure": "S-measure ↑",
    "cor_loc": "CorLoc ↑",
}
CREDITS = "Photos: scikit-learn (flower, CC-BY) and scikit-image (CC0 or public domain)."


def quality(result: Any, page: Page, out: Path) -> list[str]:
    """Methods × measures, how semcs stands beside each, and the samples' pictures."""
    methods = result["methods"]
    judged = [key for key in JUDGED if key in _measures(methods)]
    panels = [
        (
            _heading(key),
            [
                Dot(name, means[key], means["intervals"].get(key), strong=name == OURS)
                for name, means in methods.items()
            ],
        )
        for key in judged
    ]
    return [
        f"n = {result['n']} pictures of each method. Judge: {result['judge']}. ↑ more is better, "
        "↓ less is; `dists_bundled` tells how much changed, and is not DISTS. The command says how "
        "many crops a step all methods had, and what share of their 200 or 400 steps the published "
        "ones.",
        _methods_table(methods),
        page.plot("benchmarks-quality", "agreement, leakage and content by method", panels),
        *_beside(methods, judged),
        *_sheets(out / "quality.png", result["n"], list(methods), page),
    ]


def ablations(result: Any, page: Page, out: Path) -> list[str]:
    """Methods × measures, and the pictures of all of them."""
    methods = result["methods"]
    found = [
        f"Preset `semcs` with one part changed, beside two other presets; n = {result['n']} "
        'pictures of each. "in float32" is without bfloat16, "pixels" no network, "from the '
        'photo" does not begin at the instant picture, "no rivals" is the plain cosine; from "no '
        'patch loss" on they are the ablations of the CLIPstyler paper.',
        _methods_table(methods),
    ]
    file = out / "ablations.png"
    if file.is_file():
        sheet = Image.open(file).convert("RGB")
        found.append(f"Columns: {', '.join(('photo', *methods))}.")
        found.append(page.picture("benchmarks-ablations", "one part changed", sheet))
        found.append(CREDITS)
    return found


def _measures(methods: dict[str, Any]) -> list[str]:
    return [key for key in next(iter(methods.values())) if key != "intervals"]


def _methods_table(methods: dict[str, Any]) -> str:
    measures, rows = _measures(methods), []
    for name, means in methods.items():
        cells = [figure_of(means[key], means["intervals"].get(key)) for key in measures]
        rows.append([f"`{name}`", *cells])
    return table(["method", *map(_heading, measures)], rows)


def _heading(key: str) -> str:
    name, more = QUALITY.get(key, (key, None))
    return name if more is None else f"{name} {'↑' if more else '↓'}"


def _beside(methods: dict[str, Any], measures: Sequence[str]) -> list[str]:
    """Whether semcs is better than each other method, and whether their intervals are apart."""
    others = [name for name in methods if name != OURS]
    if OURS not in methods or not others:
        return []
    ours, rows = methods[OURS], []
    for name in others:
        cells = []
        for key in measures:
            own, their = ours[key], methods[name][key]
            better = "equal" if own == their else "worse"
            if own != their and (own > their) == QUALITY[key][1]:
                better = "better"
            low, high = ours["intervals"][key]
            their_low, their_high = methods[name]["intervals"][key]
            overlap = low <= their_high and their_low <= high
            cells.append(f"{better}, intervals overlap" if overlap else better)
        rows.append([f"`{name}`", *cells])
    names = [QUALITY[key][0] for key in measures]
    return [f"`{OURS}` beside each of them:", table(["against", *names], rows)]


def _sheets(file: Path, n: int, methods: Sequence[str], page: Page) -> list[str]:
    """The kept sheet, photo by photo; only photos that may be passed on."""
    if not file.is_file():
        return ["No pictures of this run were kept."]
    sheet = Image.open(file).convert("RGB")
    side = sheet.width // (len(methods) + 1)
    if (sheet.height - LABEL) != n * side:
        return ["The pictures that were kept are of another run."]
    samples = cases(None, quick=n == len(cases(None, True)))
    titles = sheet.crop((0, 0, sheet.width, LABEL))
    found = []
    for photo, rows in groupby(enumerate(samples[:n]), lambda row: row[1].photo):
        numbered = list(rows)
        top = LABEL + numbered[0][0] * side
        part = Image.new("RGB", (sheet.width, LABEL + len(numbered) * side))
        part.paste(titles, (0, 0))
        part.paste(sheet.crop((0, top, sheet.width, top + len(numbered) * side)), (0, LABEL))
        texts = "; ".join(f"{case.fg} on {case.bg}" for _, case in numbered)
        columns = ", ".join(("photo", *methods))
        found.append(f"{photo.capitalize()}; columns: {columns}; rows: {texts}.")
        found.append(page.picture(f"benchmarks-quality-{photo}", f"{photo}, styled", part))
    return [*found, CREDITS]


def masks(result: Any, page: Page, out: Path) -> list[str]:
    """Settings × measures, the default in bold."""
    default = of_masks.Setting()
    fields = {
        "extractor": "backbone",
        "color_weight": "λ",
        "rule": "rule",
        "threshold": "threshold",
        "refine": "refinement",
    }
    rows, dots = [], []
    for row in result["rows"]:
        setting = [f"{row[key]:g}" if key == "color_weight" else row[key] for key in fields]
        shipped = all(row[key] == getattr(default, key) for key in fields)
        cells = [*setting, *(figure_of(row[key], row["intervals"][key]) for key in MASKS)]
        cells.append(f"{row['ms']:.1f}")
        rows.append([f"**{cell}**" for cell in cells] if shipped else cells)
        dots.append(Dot(" · ".join(setting), row["iou"], row["intervals"]["iou"], strong=shipped))
    found = [
        f"n = {result['n']} of {result['out_of']} pictures in `{result['data']}`, the longest side "
        f"{result['size']} pixels to the backbone. In bold what `semcs mask` does by default. ms "
        "is the time of rule, threshold and refinement.",
        table([*fields.values(), *MASKS.values(), "ms"], rows),
        page.plot("benchmarks-masks", "IoU of each setting", [("IoU, 95 % interval", dots)]),
    ]
    file = out / "masks.png"
    if file.is_file():
        found.append("Photo, default mask, and what it selects, with no true mask to compare:")
        found.append(page.picture("benchmarks-masks-samples", "masks", Image.open(file)))
        found.append(CREDITS)
    return found


def mask_sheet(file: Path, side: int = 192) -> None:
    """The sample photos, their default masks, and what those select."""
    predictor, photos, found, chosen = SaliencyPredictor(), [], [], []
    for name in SAMPLES:
        photo = photo_named(name, side)
        predictor.set_image(photo)
        mask = np.asarray(predictor.predict(), np.float32)[..., None]
        photos.append(photo)
        found.append(np.repeat((255 * mask).round().astype(np.uint8), 3, axis=2))
        chosen.append((mask * photo + (1 - mask) * 255).round().astype(np.uint8))
    file.parent.mkdir(parents=True, exist_ok=True)
    grid_of([*photos, *found, *chosen], list(SAMPLES), len(SAMPLES)).save(file)


def models(result: Any, page: Page, out: Path) -> list[str]:
    """What the bundled networks know, beside what was asked of them."""
    rows, dots = [], []
    for key, known in result.items():
        # `benchmarks.models --json` prints plain figures; the report's own run keeps all of them.
        score = known if isinstance(known, dict) else {"value": known}
        measure = MEASURES.get(key, Measure(""))
        value, interval = score["value"], score.get("interval")
        short = not measure.met_by(value)
        figure = f"{value:.0f}" if key.endswith("_n") else f"{value:.3f}"
        of = f" of {score['out_of']}" if score.get("out_of") else ""
        sign = "≤" if measure.at_most else "≥"
        rows.append(
            [
                f"`{key}`",
                f"**{figure}**" if short else figure,
                between(interval),
                f"{score['n']}{of}" if score.get("n") else "",
                "" if measure.asked is None else f"{sign} {measure.asked:g}",
                measure.what + (", short of it" if short else ""),
            ]
        )
        if measure.asked is not None and not measure.at_most:
            dots.append(Dot(key, value, interval, measure.asked, strong=short))
    found = [table(["key", "score", "95 % interval", "n", "asked", "what"], rows)]
    if dots:
        panel = ("score, 95 % interval; | is what was asked", dots)
        found.append(page.plot("benchmarks-models", "scores beside what was asked", [panel]))
    return found


def eigen(result: Any, page: Page, out: Path) -> list[str]:
    """Seconds and errors of the eigenvectors."""
    seconds, middle = result["seconds"], result["median"]
    dots = [
        Dot(name, middle[name], (min(times), max(times)), strong=name == "ours")
        for name, times in seconds.items()
    ]
    runs = len(next(iter(seconds.values())))
    title = f"seconds at {result['tokens']} tokens: median and range of {runs}"
    rows = [
        [name, f"{middle[name]:.3f}", between((min(times), max(times)))]
        for name, times in seconds.items()
    ]
    errors = [[tokens, f"{error:.1e}"] for tokens, error in result["max_error"].items()]
    return [
        f"{result['tokens']} tokens, n = {runs} runs of each in turn: ours is "
        f"**{result['ratio']:.1f} times as fast**.",
        table(["", "median, s", "range, s"], rows),
        page.plot("benchmarks-eigen", "seconds of both solvers", [(title, dots)]),
        "Largest error against a dense solution in float64, vectors scaled to largest entry 1:",
        table(["tokens", "error"], errors),
    ]


def speed(result: Any, page: Page, out: Path) -> list[str]:
    """Figures beside what was asked of them, and where a step with large networks goes."""
    details = result.get("details", {})
    rows = []
    for key, measure in SPEED.items():
        if key not in result:
            continue
        value = result[key]
        short = value is None or not measure.met_by(value)
        figure = "never" if value is None else f"{value:.3g}"
        sign = "≤" if measure.at_most else "≥"
        rows.append(
            [
                f"`{key}`",
                f"**{figure}**" if short else figure,
                f"{sign} {measure.asked:g}",
                measure.what + (", short of it" if short else ""),
            ]
        )
    quick = " A quick run: few repeats." if details.get("quick") else ""
    found = [
        f"Seconds, MiB and ratios, {details.get('threads', '?')} threads.{quick}",
        table(["key", "measured", "asked", "what"], rows),
    ]
    if "step" in details:
        parts = details["step"]["parts"]
        lines = [
            [name, *(f"{part[key]:.3g}" for key in ("gflop", "gflop_per_s", "seconds"))]
            for name, part in parts.items()
        ]
        found += [
            "The floor of a step with networks of the published sizes: counted operations, and "
            "the rate that their layers reach alone:",
            table(["part", "GFLOP", "GFLOP/s", "s"], lines),
        ]
    return found
