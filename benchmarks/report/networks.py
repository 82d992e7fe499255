"""The sections of `benchmarks.models`, `benchmarks.eigen` and `benchmarks.speed`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.models.bench import MEASURES
from benchmarks.report.page import Dot, Page, between, table
from benchmarks.scoring import Measure
from benchmarks.speed.measurements import MEASURES as SPEED


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
