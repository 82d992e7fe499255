"""Measures of masks, for backbones × λ × foreground rules × thresholds × refinements.

    python -m benchmarks.masks --data DIR [--limit N] [--json]
    python -m benchmarks.masks --data DIR --color-weights 0 3 10 --rules centre border

DIR holds photos and their masks (white = foreground) of the same names, laid out as in

    ECSSD      images/0001.jpg            ground_truth_mask/0001.png
    DUTS       DUTS-TE-Image/NAME.jpg     DUTS-TE-Mask/NAME.png
    DUT-OMRON  DUT-OMRON-image/NAME.jpg   pixelwiseGT-new-PNG/NAME.png
    CUB        images/CLASS/NAME.jpg      segmentations/CLASS/NAME.png

or side by side: NNN.jpg, NNN.png (`benchmarks.pairs` tells the rule). Each option takes several
values; without any, the defaults of `semcs mask` are measured.

- iou: of the mask cut at 0.5;
- max_f_beta: β² = 0.3, the maximum of the pictures' mean curve, as papers print it;
- mae, s_measure: of the soft mask;
- cor_loc: share of pictures where the box of the mask overlaps the true mask's box by more than
  half, each of the largest part;
- ms: the median for rule, threshold and refinement; features and eigenvectors don't count.

Features are made once a picture, eigenvectors once a picture and λ. The scores of each picture and
setting are kept under --out, and a second run goes on from there; after a change to the method
itself, take another folder. Intervals are 95 % bootstrap ones over the pictures.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass
from functools import cache
from itertools import groupby, product
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from benchmarks.commands import add_data, add_json, command_parser, one_line_errors, progress
from benchmarks.pairs import find_pairs
from benchmarks.scoring import interval, read_pair
from semcs import metrics
from semcs.models.interfaces import KeyExtractor
from semcs.models.loading import load_key_extractor
from semcs.models.registry import sources
from semcs.saliency.foreground import Rule, Threshold
from semcs.saliency.predictor import SaliencyPredictor
from semcs.saliency.refine import Method
from semcs.saliency.stages import patch_features

DRAWS = 2000
MEASURES = ("iou", "max_f_beta", "mae", "s_measure", "cor_loc")

Pair = tuple[Path, Path]


@dataclass(frozen=True)
class Setting:
    """How a mask is made; the defaults are those of `semcs mask`."""

    extractor: str = "bundled"
    color_weight: float = 3.0
    rule: Rule = "cues"
    threshold: Threshold = "otsu"
    refine: Method = "edge"


@dataclass(frozen=True)
class Job:
    """A pair and what is to be known about it; settings in the order of their fields."""

    pair: Pair
    settings: Sequence[Setting]
    size: int
    out: Path

    @property
    def file(self) -> Path:
        """Where its scores are kept: another name for other pixels."""
        digest = hashlib.sha256(b"".join(file.read_bytes() for file in self.pair)).hexdigest()
        return self.out / f"{self.pair[0].stem}-{digest[:12]}.json"

    def key(self, setting: Setting) -> str:
        """A setting in that file: another one for whatever could change the scores."""
        bundled = sources().get("bundled-vit")
        weights = bundled.sha256 if bundled and setting.extractor == "bundled" else ""
        return " ".join(map(str, (*astuple(setting), self.size, weights)))


@cache
def _extractor(name: str) -> KeyExtractor:
    return load_key_extractor(name)


def measure(job: Job) -> list[dict[str, Any]]:
    """Score a picture by every setting, or find the scores."""
    file = job.file
    known: dict[str, dict[str, Any]] = json.loads(file.read_text()) if file.is_file() else {}
    missing = [setting for setting in job.settings if job.key(setting) not in known]
    if missing:
        rgb, truth = read_pair(*job.pair)
        for name, alike in groupby(missing, lambda setting: setting.extractor):
            features = patch_features(rgb, _extractor(name), size=job.size)
            for weight, settings in groupby(alike, lambda setting: setting.color_weight):
                predictor = SaliencyPredictor(color_weight=weight)
                predictor.set_features(features, rgb)
                _ = predictor.eigenvectors
                for setting in settings:
                    known[job.key(setting)] = score(predictor, setting, truth)
        job.out.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps(known))
        partial.replace(file)
    return [known[job.key(setting)] for setting in job.settings]


def score(
    predictor: SaliencyPredictor, setting: Setting, truth: NDArray[np.bool_]
) -> dict[str, Any]:
    """A picture's measures, its whole F_β curve and its milliseconds."""
    began = time.perf_counter()
    mask = predictor.predict(rule=setting.rule, threshold=setting.threshold, refine=setting.refine)
    seconds = time.perf_counter() - began
    return {
        "iou": metrics.iou(mask, truth),
        "f_beta": metrics.f_beta_curve(mask, truth).round(6).tolist(),
        "mae": metrics.mae(mask, truth),
        "s_measure": metrics.s_measure(mask, truth),
        "cor_loc": metrics.cor_loc([mask], [truth]),
        "ms": 1000 * seconds,
    }


def summary(setting: Setting, scores: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A setting's measures over all pictures, and their intervals."""
    columns = {key: [one[key] for one in scores] for key in MEASURES if key != "max_f_beta"}
    means = {key: statistics.fmean(values) for key, values in columns.items()}
    between = {key: interval(values) for key, values in columns.items()}
    curves = np.array([one["f_beta"] for one in scores])
    means["max_f_beta"], between["max_f_beta"] = curves.mean(0).max(), max_interval(curves)
    return {
        **asdict(setting),
        "n": len(scores),
        **{key: float(means[key]) for key in MEASURES},
        "ms": statistics.median(one["ms"] for one in scores),
        "intervals": {key: between[key] for key in MEASURES},
    }


def max_interval(curves: NDArray[np.float64], draws: int = DRAWS) -> tuple[float, float]:
    """95 % bootstrap interval of the mean curve's maximum, over (n, thresholds)."""
    rng, n = np.random.default_rng(0), len(curves)
    counts = (np.bincount(rng.integers(n, size=n), minlength=n) for _ in range(draws))
    best = [(count @ curves).max() / n for count in counts]
    low, high = np.quantile(best, [0.025, 0.975])
    return float(low), float(high)


def drawn(pairs: Sequence[Pair], limit: int | None, seed: int) -> list[Pair]:
    """At most `limit` of the pairs, drawn at random, in order."""
    if limit is None or limit >= len(pairs):
        return list(pairs)
    chosen = np.random.default_rng(seed).choice(len(pairs), limit, replace=False)
    return [pairs[index] for index in sorted(chosen)]


def compare(options: argparse.Namespace) -> dict[str, Any]:
    """Rows of one setting each, the best IoU first, and what they were measured on."""
    found = find_pairs(options.data)
    chosen = drawn(found, options.limit, options.seed)
    axes = (
        options.extractors,
        options.color_weights,
        options.rules,
        options.thresholds,
        options.refine,
    )
    settings = [Setting(*values) for values in product(*map(dict.fromkeys, axes))]
    jobs = [Job(pair, settings, options.size, options.out) for pair in chosen]
    scores = [measure(job) for job in progress(jobs, "picture")]
    rows = [summary(setting, own) for setting, own in zip(settings, zip(*scores))]
    return {
        "data": options.data.resolve().name,
        "n": len(chosen),
        "out_of": len(found),
        "seed": options.seed,
        "size": options.size,
        "rows": sorted(rows, key=lambda row: -row["iou"]),
    }


def table(found: dict[str, Any]) -> str:
    """A line for each setting, and its intervals below it."""
    fields = list(asdict(Setting()))
    lines = ["".join(f"{key:>17}" for key in MEASURES) + f"{'ms':>8}  " + "  ".join(fields)]
    for row in found["rows"]:
        figures = "".join(f"{row[key]:17.3f}" for key in MEASURES) + f"{row['ms']:8.1f}  "
        between = ("[{:.3f}, {:.3f}]".format(*row["intervals"][key]) for key in MEASURES)
        lines.append(figures + "  ".join(str(row[field]) for field in fields))
        lines.append("".join(f"{text:>17}" for text in between))
    return "\n".join(lines)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("masks", __doc__)
    add_data(parser, "photos and masks")
    parser.add_argument("--out", type=Path, default=Path("out/masks"), help="keep scores here")
    parser.add_argument("--limit", type=int, help="only N pairs, drawn at random")
    parser.add_argument("--seed", type=int, default=0, help="of that draw (default %(default)s)")
    add_json(parser)
    parser.add_argument("--size", type=int, default=480, help="longest side for the backbone")
    parser.add_argument(
        "--extractors",
        nargs="+",
        default=[Setting.extractor],
        metavar="NAME",
        help="backbones: bundled, or one of `semcs models list`",
    )
    parser.add_argument(
        "--color-weights", nargs="+", type=float, default=[Setting.color_weight], metavar="λ"
    )
    for name, kind, default in (
        ("rules", Rule, Setting.rule),
        ("thresholds", Threshold, Setting.threshold),
        ("refine", Method, Setting.refine),
    ):
        parser.add_argument(f"--{name}", nargs="+", choices=get_args(kind), default=[default])
    options = parser.parse_args(arguments)
    if options.limit is not None and options.limit < 1:
        parser.error("--limit must be at least 1")
    return options


def main(arguments: list[str] | None = None) -> None:
    """Measure from the command line."""
    options = parse(arguments)
    with one_line_errors():
        found = compare(options)
    if options.json:
        print(json.dumps(found))
        return
    print(f"{found['n']} of {found['out_of']} pictures in {found['data']}")
    print(table(found))


if __name__ == "__main__":
    main()
