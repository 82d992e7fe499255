"""The published programs with the published models, beside the table in their papers.

    python -m benchmarks.paper --photos DIR [--one TEXT] [--two FG BG] [--limit N] [--dry-run]

Fetches the published weights once (CLIP ViT-B/32 and RN50, DINO ViT-S/16, VGG19, VGG16, DISTS,
NIMA: 2.4 GB) and checks them; then paints every photo in DIR by the presets semcs-reference,
clipstyler, gen-art, semcs and semcs-slides at their published settings, with one text for all of it
and with two. It prints means of DISTS and NIMA, of the whole and of each region, beside the
published figures, and what each difference may come from.

With 200 and 400 steps a picture this wants a GPU. Pictures and scores are kept under --out, each as
a line of `scores.jsonl`, and a second run goes on from there; --limit ends a run after so many
pictures, and --dry-run says what would be fetched and made. With --steps it is a quick look that
can't be compared with the published figures.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from benchmarks.commands import add_json, command_parser, one_line_errors, progress
from benchmarks.paper.jobs import METHODS, Job, Settings, jobs_of, make, photos_in
from benchmarks.paper.kept import keep, kept_rows
from benchmarks.paper.table import table_of
from semcs import Stylizer, load_family
from semcs.metrics.dists_vgg import Protocol
from semcs.models import cache, registry
from semcs.models.families import PAPER

WEIGHTS = (*PAPER.values(), "RN50", "vgg16", "dists", "nima")


def fetch_weights() -> None:
    """Fetch and check what isn't on this machine yet, and say so.

    Raises:
        ModelUnavailableError: Some weights can't be had.
    """
    for name in WEIGHTS:
        source = registry.get(name)
        cache.fetch(source)
        print(f"{name:12} checked ({cache.check_kind(source)}), {source.licence}", flush=True)


def plan_of(open_jobs: Sequence[Job], done: int) -> str:
    """What would be fetched and made."""
    lines = []
    for name in WEIGHTS:
        source = registry.get(name)
        size = f"{(source.size or 0) / 1e6:.1f} MB"
        lines.append(f"{name:12} {'here' if cache.is_cached(source) else f'to fetch, {size}'}")
    steps = sum(job.options.total_steps for job in open_jobs if job.preset != "semcs")
    lines.append(f"{done} pictures are done, {len(open_jobs)} to make, over {steps} steps")
    return "\n".join(lines)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("paper", __doc__)
    parser.add_argument("--photos", type=Path, required=True, help="folder of pictures")
    parser.add_argument("--one", default="starry night", help="the one text (default %(default)s)")
    parser.add_argument(
        "--two", nargs=2, default=("gold", "snow"), metavar=("FG", "BG"), help="default gold snow"
    )
    parser.add_argument(
        "--presets", nargs="+", choices=METHODS, default=METHODS, metavar="PRESET",
        help=", ".join(METHODS),
    )  # fmt: skip
    parser.add_argument("--size", type=int, default=512, help="worked at (default %(default)s)")
    parser.add_argument("--steps", type=int, help="instead of the published number")
    parser.add_argument(
        "--protocol", choices=get_args(Protocol), default="short256", help="of DISTS"
    )
    parser.add_argument("--device", help="such as cuda; default: the GPU where there is one")
    parser.add_argument("--out", type=Path, default=Path("out/paper"), help="default %(default)s")
    parser.add_argument("--limit", type=int, metavar="N", help="pictures in this run; default all")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done")
    add_json(parser)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Measure from the command line."""
    asked = parse(arguments)
    with one_line_errors(OSError):
        settings = Settings(asked.one, tuple(asked.two), asked.size, asked.steps, asked.protocol)
        jobs = jobs_of(photos_in(asked.photos), asked.presets, settings)
        file = asked.out / "scores.jsonl"
        done = {row["key"]: row for row in kept_rows(file)}
        open_jobs = [job for job in jobs if job.key not in done]
        if asked.dry_run:
            print(plan_of(open_jobs, len(jobs) - len(open_jobs)))
            return
        asked.out.mkdir(parents=True, exist_ok=True)
        if open_jobs:
            fetch_weights()
            stylizer = Stylizer(load_family("paper", asked.device))
        for job in progress(open_jobs[: asked.limit], "picture"):
            row = make(job, stylizer, asked.out)
            keep(file, row)
            done[row["key"]] = row
    rows = [done[job.key] for job in jobs if job.key in done]
    print(json.dumps(rows) if asked.json else table_of(rows, asked.presets))
