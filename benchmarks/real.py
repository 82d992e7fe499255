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
import sys
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks import judge_real
from benchmarks.grid import PHOTOS, photo_named
from benchmarks.judge import load_judge
from benchmarks.quality import judged
from benchmarks.scoring import print_columns
from semcs.errors import InputError
from semcs.image import to_tensor
from semcs.stylizer import Stylizer

SIDE = 384

Scores = dict[str, float]
_judge = cache(load_judge)


@torch.no_grad()
def score(photo: NDArray[np.float32], picture: NDArray[np.float32], look: str) -> Scores:
    """What both judges say of a picture (H, W, 3) that was made from a photo."""
    verdict = judge_real.score(picture, look)
    assert verdict is not None
    everywhere = torch.ones(1, 1, *photo.shape[:2])
    seen = judged(_judge(), to_tensor(photo), to_tensor(picture), everywhere)
    own = seen[_judge().names.index(look)]
    return {
        "real": verdict.probability,
        "real_top1": float(verdict.first),
        "looks": own.item(),
        "looks_top1": float(own == seen.max()),
    }


def measure(presets: list[str], photos: list[str]) -> dict[str, list[Scores]]:
    """Scores of every look on every photo, by what was made of it."""
    stylizer = Stylizer("bundled")
    found: dict[str, list[Scores]] = {name: [] for name in ("photo", *presets)}
    cases = [(name, look) for name in photos for look in judge_real.LABELS]
    for name, look in tqdm(cases, unit="look", file=sys.stderr):
        photo = photo_named(name, SIDE).astype(np.float32) / np.float32(255)
        found["photo"].append(score(photo, photo, look))
        for preset in presets:
            picture = stylizer(photo, look, preset=preset, progress=False).image
            found[preset].append(score(photo, picture, look))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="benchmarks.real",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--presets", nargs="+", default=["instant"], help="default: instant")
    parser.add_argument("--photos", nargs="+", choices=PHOTOS, default=list(PHOTOS[:3]))
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args()
    try:
        found = measure(asked.presets, asked.photos)
    except InputError as error:
        raise SystemExit(f"error: {error}") from None
    print_columns(found, as_json=asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
