"""Two judges on the same pictures: one learned from looks, one from real pictures alone.

    python -m benchmarks.real [--presets instant semcs] [--photos flower astronaut chelsea] [--json]

Every look that the judge of real pictures has a label for (`benchmarks.judge_real`: materials,
adjectives, movements, sketches, cartoons and paintings) is painted on each photo, whole, and both
judges look at crops of it:

- real, real_top1: the probability of the look's labels among those of their group, and whether one
  of them is the likeliest;
- looks, looks_top1: the same by `benchmarks.judge` among all looks and "photo". It was trained on
  the looks as they were before they were painted anew.

The row "photo" is the unpainted photo: what a judge sees in it anyway.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks import judge_real
from benchmarks.commands import add_json, command_parser, one_line_errors, progress
from benchmarks.judge import load_judge, region_probabilities
from benchmarks.photos import PHOTOS, as_floats, photo_named
from benchmarks.scoring import print_columns
from semcs.image import to_tensor
from semcs.stylizer import Stylizer

SIDE = 384

Scores = dict[str, float]
_judge = cache(load_judge)


@torch.no_grad()
def score(photo: NDArray[np.float32], picture: NDArray[np.float32], look: str) -> Scores:
    """What both judges say of a picture (H, W, 3) that was made from a photo.

    Raises:
        InputError: A judge is missing.
    """
    verdict = judge_real.score(picture, look)
    assert verdict is not None
    everywhere = torch.ones(1, 1, *photo.shape[:2])
    seen = region_probabilities(_judge(), to_tensor(photo), to_tensor(picture), everywhere)
    own = seen[_judge().names.index(look)]
    return {
        "real": verdict.probability,
        "real_top1": float(verdict.first),
        "looks": own.item(),
        "looks_top1": float(own == seen.max()),
    }


def measure(
    stylizer: Stylizer,
    presets: Sequence[str],
    photos: Sequence[str],
    looks: Sequence[str] = tuple(judge_real.LABELS),
) -> dict[str, list[Scores]]:
    """Scores of every look on every photo, by what was made of it."""
    found: dict[str, list[Scores]] = {name: [] for name in ("photo", *presets)}
    cases = [(name, look) for name in photos for look in looks]
    for name, look in progress(cases, "look"):
        photo = as_floats(photo_named(name, SIDE))
        found["photo"].append(score(photo, photo, look))
        for preset in presets:
            picture = stylizer(photo, look, preset=preset, progress=False).image
            found[preset].append(score(photo, picture, look))
    return found


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("real", __doc__)
    parser.add_argument("--presets", nargs="+", default=["instant"], help="default: instant")
    parser.add_argument("--photos", nargs="+", choices=PHOTOS, default=list(PHOTOS[:3]))
    add_json(parser)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Measure from the command line."""
    asked = parse(arguments)
    with one_line_errors():
        found = measure(Stylizer("bundled"), asked.presets, asked.photos)
    print_columns(found, as_json=asked.json)


if __name__ == "__main__":
    main()
