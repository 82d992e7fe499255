"""What benchmarks share: reading a photo and its mask, hits, intervals, tables of scores."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image

from benchmarks.photos import as_floats

WARM_UP, RUNS = 3, 15


@dataclass(frozen=True)
class Measure:
    """What a figure tells and what is asked of it: at least `asked`, or at most."""

    what: str
    asked: float | None = None
    at_most: bool = False

    def met_by(self, value: float) -> bool:
        """Whether a figure is good enough."""
        return self.asked is None or (value <= self.asked if self.at_most else value >= self.asked)


@dataclass(frozen=True)
class Score:
    """A figure, how many cases it comes from (`out_of` how many), and the mean's interval."""

    value: float
    n: int | None = None
    out_of: int | None = None
    interval: tuple[float, float] | None = None

    @classmethod
    def mean(cls, scores: Sequence[float], out_of: int | None = None) -> Score:
        """The mean of all cases."""
        return cls(statistics.fmean(scores), len(scores), out_of, interval(scores))

    @classmethod
    def seconds(cls, action: Callable[[], object]) -> Score:
        """The median time of an action, warmed up."""
        seconds = []
        for _ in range(WARM_UP + RUNS):
            start = time.perf_counter()
            action()
            seconds.append(time.perf_counter() - start)
        return cls(statistics.median(seconds[WARM_UP:]), RUNS)


def table(scores: Mapping[str, Score], measures: Mapping[str, Measure]) -> str:
    """A line for each score, beside what is asked."""
    lines = [f"{'':18}  {'score':>7}  {'95 % interval':14}  {'n':>9}  {'asked':6}"]
    for key, score in scores.items():
        measure = measures[key]
        between = "[{:.3f}, {:.3f}]".format(*score.interval) if score.interval else ""
        n = f"{score.n} of {score.out_of}" if score.out_of else score.n or ""
        sign = "≤" if measure.at_most else "≥"
        asked = "" if measure.asked is None else f"{sign} {measure.asked:g}"
        short = "" if measure.met_by(score.value) else "  (short)"
        figures = f"{key:18}  {score.value:7.3f}  {between:14}  {n:>9}  {asked:6}"
        lines.append(f"{figures}  {measure.what}{short}")
    return "\n".join(lines)


def print_columns(
    found: Mapping[str, Sequence[Mapping[str, float]]], *, as_json: bool = False
) -> None:
    """Means of each measure, with intervals, or as one JSON object.

    Args:
        found: Rows of measures by what was scored; all names have the same measures, and row i of
            each is of the same case, so that differences to the first name can be told.
        as_json: Print {name: {measure: mean}}.
    """
    columns = {
        name: {key: [row[key] for row in rows] for key in rows[0]} for name, rows in found.items()
    }
    if as_json:
        means = {
            name: {key: statistics.fmean(values) for key, values in scores.items()}
            for name, scores in columns.items()
        }
        print(json.dumps(means))
        return
    first = next(iter(columns))
    width = max(map(len, columns))
    print(f"{'':13} {'':{width}} {'mean':>8} {'95 % interval':18} {'n':>4}  against {first}")
    for key in columns[first]:
        for name, scores in columns.items():
            line = f"{key:13} {name:{width}} {_mean_of(scores[key])} {len(scores[key]):4}"
            if name != first:
                apart = [own - other for own, other in zip(scores[key], columns[first][key])]
                line += f"  {_mean_of(apart, sign='+')}"
            print(line.rstrip())


def _mean_of(values: Sequence[float], sign: str = "") -> str:
    """The mean and its interval, 27 characters."""
    low, high = interval(values)
    return f"{statistics.fmean(values):{sign}8.3f} {f'[{low:.3f}, {high:.3f}]':18}"


def read_pair(photo: Path, mask: Path) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """The photo as (H, W, 3) RGB in [0, 1], and its mask as (H, W), True = foreground."""
    rgb = as_floats(np.asarray(Image.open(photo).convert("RGB")))
    truth = np.asarray(Image.open(mask).convert("L").resize((rgb.shape[1], rgb.shape[0])))
    return rgb, truth > 127


def hits(similarities: torch.Tensor, right: Sequence[int], k: int = 1) -> list[float]:
    """For each row of (Q, C): 1 where its right column is among the k most similar, else 0."""
    best = similarities.topk(min(k, similarities.shape[1]), dim=1).indices
    found: list[float] = best.eq(torch.tensor(right)[:, None]).any(1).float().tolist()
    return found


def interval(scores: Sequence[float], draws: int = 2000) -> tuple[float, float]:
    """95 % bootstrap interval of the mean."""
    values = np.array(scores)
    chosen = np.random.default_rng(0).integers(len(values), size=(draws, len(values)))
    low, high = np.quantile(values[chosen].mean(axis=1), [0.025, 0.975])
    return float(low), float(high)
