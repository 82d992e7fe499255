"""What was measured, beside what was published."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.paper.published import REASONS, Published, Texts, published

PARTS = ("whole", "foreground", "background")
COLUMNS = f"{'preset':16} {'texts':5} {'n':>4}"
SCORES = "".join(f" {part:>10}" for part in PARTS)

Row = dict[str, Any]


def table_of(rows: Sequence[Row], presets: Sequence[str]) -> str:
    """A line for each preset and number of texts: means here, and the published figures."""
    return "\n".join([*_lines(rows, presets), "", *_reasons(rows, presets)])


def _lines(rows: Sequence[Row], presets: Sequence[str]) -> Iterator[str]:
    for measure in ("dists", "nima"):
        yield f"{measure.upper()}"
        yield f"{COLUMNS}{SCORES} {'published':>10} {'apart':>7}"
        for preset in presets:
            for texts in ("one", "two"):
                own = [row for row in rows if (row["preset"], row["texts"]) == (preset, texts)]
                if own:
                    yield _line(measure, own, published(preset, texts), preset, texts)
        yield ""


def _line(
    measure: str, rows: Sequence[Row], known: Published | None, preset: str, texts: Texts
) -> str:
    means = {part: _mean(row[measure].get(part) for row in rows) for part in PARTS}
    printed = None if known is None else getattr(known, measure)
    whole = means["whole"]
    apart = None if printed is None or whole is None else whole - printed
    figures = "".join(f" {_shown(means[part]):>10}" for part in PARTS)
    compared = f" {_shown(printed):>10} {_shown(apart, '+'):>7}"
    return f"{preset:16} {texts:5} {len(rows):>4}{figures}{compared}"


def _mean(values: Iterator[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.fmean(known) if known else None


def _shown(value: float | None, sign: str = "") -> str:
    return "–" if value is None else f"{value:{sign}.2f}"


def _reasons(rows: Sequence[Row], presets: Sequence[str]) -> Iterator[str]:
    made = {row["preset"] for row in rows}
    yield "What the differences may come from:"
    yield from (f"- {reason}" for reason in REASONS["all"])
    for preset in presets:
        if preset in made:
            yield from (f"- {preset}: {reason}" for reason in REASONS[preset])
