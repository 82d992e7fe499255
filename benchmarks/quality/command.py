"""Methods compared: does each region look like its own text, and is the photo still there?

    python -m benchmarks.quality [--quick] [--data DIR] [--json] [--sheet out/quality.png]
    python -m benchmarks.quality --pictures 8 --variants content_weight=500 steps=12,patches=16

Photos × pairs of texts × methods, all with the same masks, from the same seed, by the bundled
models. `clipstyler` knows no regions: it gets both texts in one, "gold and starry night". The
published presets work at the photo's size; semcs enlarges small photos, as it does by itself
(`least_size`), and "not enlarged" is what it paints without. Each method takes the steps and crops
of its preset; `--steps` and `--crops` give all of them the same number, and `--published-steps`
cuts those of the published schedules, 200 or 400, to a share: the halving of their learning rates
moves along. `--quick` takes half of them, and 32 crops.

`--variants` compares one preset (`--preset`) with itself under other options, any of
`semcs.Preset.change`; values are written as in Python. It prints the measures that tell most.

A judge that no method was optimised against (`benchmarks.judge`) looks at crops of each region:

- top1, top5: whether the region's text is its first, or among its first five, of all styles and
  "photo";
- agreement: the probability that it gives to the region's text;
- leakage: that of the other region's text, the mean of both regions.

It was trained on the looks as they were before they became the painters of preset "instant", so
that it isn't independent of them. `benchmarks.judge_real` is: it learned from real materials,
textures, paintings, sketches and cartoons alone, and knows the texts that mean one of these.

Beside them:

- content: what of the photo is lost (`semcs.metrics.content_distance`), the mean of both regions,
  by the network that also served as the content loss;
- structure: similarity of the outlines (`semcs.metrics.Ssim`, of edges);
- seam: what the mask's border shows more than the photo had there (`semcs.metrics.seam`);
- dists_bundled: the amount of change by DISTS's formula on the bundled content network;
- seconds a picture, one thread, while another picture is made beside it.

Pictures and scores are kept under --out, and a second run goes on from there; after a change to
the code itself, take another folder. DIR is the training folder; its `photos/subjects` join the
samples that scikit-learn and scikit-image ship, and none of them was trained on. Intervals are
95 % bootstrap ones over the pictures; the last column is the mean difference to the first method,
picture by picture.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.commands import add_json, add_workers, command_parser, in_processes, one_line_errors
from benchmarks.quality.cases import PAIRS, Case, cases, spread
from benchmarks.quality.methods import METHODS, PRESETS, Method, settings_of, variant
from benchmarks.quality.pictures import Job, contact_sheet, make
from benchmarks.quality.scores import MEASURES, the_judge
from benchmarks.scoring import interval, print_columns
from semcs import PRESETS as SEMCS_PRESETS
from semcs.errors import InputError

QUICK_CROPS, QUICK_STEPS = 32, 0.5
# Printed of variants.
TELLING = ("top1_fg", "top5_fg", "top1_bg", "top5_bg", "content", "leakage", "seconds")

Rows = Mapping[str, Sequence[dict[str, float]]]


def methods_of(asked: argparse.Namespace) -> list[Method]:
    """The methods that were asked for; variants stand behind the preset as it is.

    Raises:
        InputError: A variant can't be understood.
    """
    if asked.variants:
        unchanged = Method(asked.preset, asked.preset)
        texts = dict.fromkeys(asked.variants)
        return [unchanged, *(variant(text, asked.preset) for text in texts)]
    names = asked.methods or [method.name for method in PRESETS]
    return [method for method in METHODS if method.name in names]


def cases_of(asked: argparse.Namespace) -> list[Case]:
    """The cases that were asked for.

    Raises:
        InputError: More pictures than there are.
    """
    found = cases(asked.data, asked.quick, asked.pairs)
    if asked.pictures is None:
        return found
    if not 1 <= asked.pictures <= len(found):
        raise InputError(f"--pictures {asked.pictures}: 1 to {len(found)} are there")
    return spread(found, asked.pictures)


def jobs_of(
    asked: argparse.Namespace, chosen: Sequence[Case], methods: Sequence[Method]
) -> list[Job]:
    """A job for every case and method, case by case."""
    share = asked.published_steps or (QUICK_STEPS if asked.quick else 1.0)
    crops = asked.crops or (QUICK_CROPS if asked.quick else None)
    settings = {
        method.name: settings_of(method, steps=asked.steps, crops=crops, published_steps=share)
        for method in methods
    }
    return [
        Job(case, name, preset, asked.side, asked.out, asked.size)
        for case in chosen
        for name, preset in settings.items()
    ]


def summary(rows: Rows) -> dict[str, Any]:
    """Means and intervals of each method."""
    found = {}
    for name, own in rows.items():
        columns = {key: [row[key] for row in own] for key in MEASURES}
        found[name] = {
            **{key: statistics.fmean(values) for key, values in columns.items()},
            "intervals": {key: interval(values) for key, values in columns.items()},
        }
    return found


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("quality", __doc__)
    known = [method.name for method in METHODS]
    parser.add_argument("--data", type=Path, help="folder that holds manifest.csv: more photos")
    parser.add_argument("--quick", action="store_true", help="two photos × two pairs")
    add_json(parser)
    parser.add_argument("--out", type=Path, default=Path("out/quality"), help="pictures, scores")
    parser.add_argument("--sheet", type=Path, help="write all pictures, side by side")
    parser.add_argument("--side", type=int, default=192, help="of a photo (default %(default)s)")
    parser.add_argument(
        "--size", type=int, help="worked at; default: the photo's side, or the preset's least_size"
    )
    parser.add_argument("--pairs", type=int, default=len(PAIRS), help="of texts; default all")
    parser.add_argument("--pictures", type=int, metavar="N", help="of each method; default all")
    parser.add_argument("--steps", type=int, help="of every method; default: its preset's")
    parser.add_argument("--crops", type=int, help="a step, of every method; default: its preset's")
    parser.add_argument(
        "--published-steps", type=float, metavar="SHARE", help="default 1, or 0.5 with --quick"
    )
    compared = parser.add_mutually_exclusive_group()
    compared.add_argument(
        "--methods", nargs="+", choices=known, metavar="METHOD", help=", ".join(known)
    )
    compared.add_argument(
        "--variants", nargs="+", metavar="OPTION=VALUE,…", help="of --preset, beside it"
    )
    parser.add_argument(
        "--preset", choices=SEMCS_PRESETS, default="semcs", help="default %(default)s"
    )
    add_workers(parser)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Compare from the command line."""
    asked = parse(arguments)
    with one_line_errors():
        methods, chosen = methods_of(asked), cases_of(asked)
        jobs = jobs_of(asked, chosen, methods)
        judge = f"residual classifier of {len(the_judge().names)} classes (benchmarks/judge)"
        scores = in_processes(make, jobs, workers=asked.workers, unit="picture")
    names = [method.name for method in methods]
    rows = {name: scores[index :: len(names)] for index, name in enumerate(names)}
    if asked.sheet:
        asked.sheet.parent.mkdir(parents=True, exist_ok=True)
        contact_sheet(jobs, names).save(asked.sheet)
    if asked.json:
        print(json.dumps({"methods": summary(rows), "n": len(chosen), "judge": judge}))
        return
    shown = TELLING if asked.variants else MEASURES
    print(f"{len(chosen)} pictures of each method; judge: {judge}")
    print_columns({name: [{k: row[k] for k in shown} for row in own] for name, own in rows.items()})
