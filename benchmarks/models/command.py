"""Scores of the bundled models that the package ships, on pictures and texts kept from training.

    python -m benchmarks.models --data DIR [--json] [--limit N] [--cache DIR]

DIR is the training folder, which holds `manifest.csv`. It takes some ten minutes on two cores, most
of them for the order of the losses.

- Styles and directions: held-out photos, each crop rendered in a random style with a seed that no
  training uses; the answer is the nearest of the plain names of all styles, or of their
  differences from "a photo".
- Materials, adjectives, movements: held-out textures and paintings among all labels of their
  folder, a label said as training says it (`class_name`: "Snow" is the style snow) in all of the
  folder's forms, averaged.
- Captions: the right one of 100 held-out photos among the five nearest to its caption. Photos, and
  the textures and paintings above, are seen in five views, averaged: their centre square, and
  squares of three quarters of that side in the four corners.
- Paraphrases: the nearest plain name to each text of `paraphrases.csv`, written for this.
- People: masks of the raw second eigenvector (its sign, the side with less of the border, no
  refinement), and by the default settings, against masks by a matting service.
- Order: the losses of paintings against those of pictures optimised from the plain photo, on
  held-out photos × all looks (`benchmarks.order`).
- Subjects: the default mask against the segmentation teacher's, where the teacher is sure: its
  foreground covers 3 to 80 % of the photo, and on either side it gives that side a mean
  probability of 0.8 or more.

Intervals are 95 % bootstrap ones over the n crops, pictures or texts; times are medians of n runs.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import order
from benchmarks.commands import add_data, add_json, command_parser, one_line_errors, progress
from benchmarks.models.bench import MEASURES, Bench
from benchmarks.models.costs import size, times
from benchmarks.models.foregrounds import people, subjects
from benchmarks.models.texts import captions, labels, paraphrases, rendered_styles
from benchmarks.scoring import Score, table
from semcs.models.families import load_family


def losses_order(bench: Bench) -> dict[str, Score]:
    """Whether the losses prefer the better picture (`benchmarks.order`)."""
    found = order.shares(order.measure(bench.data, bench.limit))
    return {key: Score.mean(values) for key, values in found.items()}


# Those that need a file or a package come early, so that a missing one is told at once.
PARTS = (
    size,
    paraphrases,
    subjects,
    people,
    captions,
    labels,
    rendered_styles,
    losses_order,
    times,
)


def measure(data: Path, limit: int | None = None, cache: Path | None = None) -> dict[str, Score]:
    """All scores, in the order of MEASURES.

    Args:
        data: The training folder.
        limit: Most pictures of each measure; all by default.
        cache: Folder where rendered crops are kept for the next run; nowhere by default.

    Raises:
        InputError: A file or a package is missing.
    """
    scores: dict[str, Score] = {}
    with TemporaryDirectory() as temporary:
        clip = load_family("bundled", "cpu").clip
        bench = Bench(clip, data, cache or Path(temporary), limit)
        for part in progress(PARTS, "part", what="benchmarks.models"):
            scores |= part(bench)
    return {key: scores[key] for key in MEASURES}


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("models", __doc__)
    add_data(parser)
    add_json(parser)
    parser.add_argument("--limit", type=int, help="at most N pictures for each measure")
    parser.add_argument("--cache", type=Path, help="keep the rendered crops here for the next run")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Measure from the command line."""
    asked = parse(arguments)
    with one_line_errors():
        scores = measure(asked.data, asked.limit, asked.cache)
    if asked.json:
        print(json.dumps({key: score.value for key, score in scores.items()}))
    else:
        print(table(scores, MEASURES))
