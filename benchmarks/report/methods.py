"""The sections of `benchmarks.quality`: methods compared, and ablations."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from PIL import Image

from benchmarks.photos import TITLE_HEIGHT
from benchmarks.quality.cases import cases
from benchmarks.report.page import CREDITS, Dot, Page, figure_of, table

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
    if (sheet.height - TITLE_HEIGHT) != n * side:
        return ["The pictures that were kept are of another run."]
    samples = cases(None, quick=n == len(cases(None, True)))
    titles = sheet.crop((0, 0, sheet.width, TITLE_HEIGHT))
    found = []
    for photo, rows in groupby(enumerate(samples[:n]), lambda row: row[1].photo):
        numbered = list(rows)
        top = TITLE_HEIGHT + numbered[0][0] * side
        part = Image.new("RGB", (sheet.width, TITLE_HEIGHT + len(numbered) * side))
        part.paste(titles, (0, 0))
        part.paste(sheet.crop((0, top, sheet.width, top + len(numbered) * side)), (0, TITLE_HEIGHT))
        texts = "; ".join(f"{case.fg} on {case.bg}" for _, case in numbered)
        columns = ", ".join(("photo", *methods))
        found.append(f"{photo.capitalize()}; columns: {columns}; rows: {texts}.")
        found.append(page.picture(f"benchmarks-quality-{photo}", f"{photo}, styled", part))
    return [*found, CREDITS]
