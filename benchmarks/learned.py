"""A learned style against the instant and the optimised picture of the same text.

    python -m benchmarks.learned [--seconds 120] [--texts "gold" "frozen jungle"] [--sheet F]

Each text is learned once, on scenes made by code; no photo that is painted here was learned on.
Then every photo is painted as a whole by the learned style, and by the presets instant and semcs.
Both judges of `benchmarks.quality` look at each picture; a text that is no look counts as the
looks that semcs finds in it, any of them ("frozen jungle": ice and jungle):

- top1, top5: whether the judge's first, or one of its first five, is one of these looks;
- agreement: the probability that it gives to them;
- real: that of `benchmarks.judge_real`, of the looks that it knows;
- content, structure: what of the photo is lost, and the similarity of the outlines;
- seconds a picture, one thread; those of the learned style are of painting alone.

Intervals are 95 % bootstrap ones over the pictures, differences are to the first method.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import torch

import semcs
from benchmarks import judge_real
from benchmarks.commands import add_json, command_parser, one_line_errors, progress
from benchmarks.judge import Judge, load_judge, region_probabilities
from benchmarks.photos import Rgb, as_floats, photo_named, sheet_of
from benchmarks.scoring import print_columns
from semcs.errors import InputError
from semcs.image import to_array, to_tensor
from semcs.looks.matching import match
from semcs.metrics.content import ContentDistance
from semcs.metrics.structural import Ssim

TEXTS = ("frozen jungle", "rusty submarine", "gold", "starry night")
PHOTOS = ("astronaut", "coffee", "rocket", "flower")
SIDE = 384

Scores = dict[str, float]
Painter = Callable[[Rgb], Rgb]

_judge = cache(load_judge)


def painters_of(text: str, family: semcs.ModelFamily, seconds: float) -> dict[str, Painter]:
    """What paints a photo (H, W, 3) in a text's style, by method."""
    stylizer = semcs.Stylizer(family)
    style = semcs.learn_style(text, seconds=seconds, models=family)

    def by_preset(preset: str) -> Painter:
        def paint(photo: Rgb) -> Rgb:
            result = stylizer(photo, text, preset=preset, size=SIDE, progress=False)
            return np.asarray(result.image)

        return paint

    def by_style(photo: Rgb) -> Rgb:
        painted = to_array(style.paint(to_tensor(as_floats(photo))))
        return np.asarray(np.rint(painted * 255), np.uint8)

    return {"semcs": by_preset("semcs"), "instant": by_preset("instant"), "learned": by_style}


@torch.no_grad()
def score(text: str, photo: Rgb, painted: Rgb, family: semcs.ModelFamily) -> Scores:
    """All measures but the seconds; `real` is NaN where that judge knows none of the looks.

    Raises:
        InputError: The text leads to no look that the judge knows.
    """
    judge = _judge()
    before, after = (to_tensor(as_floats(picture)) for picture in (photo, painted))
    everywhere = torch.ones_like(before[:, :1])
    seen = region_probabilities(judge, before, after, everywhere)
    own = looks_of(text, judge)
    first = set(seen.topk(5).indices.tolist())
    verdicts = [judge_real.score(as_floats(painted), judge.names[index]) for index in own]
    known = [verdict.probability for verdict in verdicts if verdict is not None]
    return {
        "top1": float(int(seen.argmax()) in own),
        "top5": float(bool(first & set(own))),
        "agreement": float(seen[own].sum()),
        "real": max(known, default=math.nan),
        "content": ContentDistance(family.content)(before, after, everywhere).item(),
        "structure": Ssim(of_edges=True)(before, after, everywhere).item(),
    }


def looks_of(text: str, judge: Judge) -> list[int]:
    """Places among the judge's classes of the looks that a text leads to."""
    found = [name for name, _ in match(text).looks]
    own = [judge.names.index(name) for name in found if name in judge.names]
    if not own:
        raise InputError(f"{text!r} leads to no look that the judge knows")
    return own


def compare(
    texts: Sequence[str], seconds: float
) -> tuple[dict[str, list[Scores]], dict[str, list[Rgb]]]:
    """Scores and pictures of every method, text by text and photo by photo."""
    family = semcs.load_family("bundled", "cpu")
    rows: dict[str, list[Scores]] = {}
    pictures: dict[str, list[Rgb]] = {}
    for text in progress(texts, "text"):
        for name, paint in painters_of(text, family, seconds).items():
            for photo in (photo_named(photo, SIDE) for photo in PHOTOS):
                began = time.perf_counter()
                painted = paint(photo)
                took = time.perf_counter() - began
                scores = {**score(text, photo, painted, family), "seconds": took}
                rows.setdefault(name, []).append(scores)
                pictures.setdefault(name, []).append(painted)
    return rows, pictures


def means(rows: Mapping[str, Sequence[Scores]]) -> dict[str, Scores]:
    """Means by method; of `real` over the pictures that its judge has an opinion of."""
    found = {}
    for name, own in rows.items():
        columns = {key: [row[key] for row in own if not math.isnan(row[key])] for key in own[0]}
        found[name] = {key: statistics.fmean(kept) for key, kept in columns.items() if kept}
    return found


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("learned", __doc__)
    parser.add_argument("--texts", nargs="+", default=list(TEXTS), metavar="TEXT")
    parser.add_argument("--seconds", type=float, default=120.0, help="of learning (default 120)")
    parser.add_argument("--sheet", type=Path, help="write all pictures, side by side")
    add_json(parser)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Compare from the command line."""
    asked = parse(arguments)
    torch.set_num_threads(1)
    with one_line_errors():
        for text in asked.texts:
            looks_of(text, _judge())
        rows, pictures = compare(asked.texts, asked.seconds)
    if asked.sheet:
        photos = [photo_named(name, SIDE) for name in PHOTOS] * len(asked.texts)
        columns = {"photo": photos, **pictures}
        cells = [cell for row in zip(*columns.values()) for cell in row]
        asked.sheet.parent.mkdir(parents=True, exist_ok=True)
        sheet_of(cells, list(columns)).save(asked.sheet)
    if asked.json:
        print(json.dumps({"methods": means(rows), "n": len(asked.texts) * len(PHOTOS)}))
        return
    print(f"{len(asked.texts) * len(PHOTOS)} pictures of each method")
    known = {key for key in next(iter(rows.values()))[0] if key != "real"}
    print_columns({n: [{k: r[k] for k in r if k in known} for r in own] for n, own in rows.items()})
    for name, own in means(rows).items():
        print(f"real          {name:10} {own.get('real', math.nan):.3f}")


if __name__ == "__main__":
    main()
