"""Regions by words, clicks and boxes against true ones, their outlines, and seconds.

    python -m benchmarks.find --data DIR [--limit N] [--json]

Streets are the frames that `scenes/camvid/val.txt` names, all of one drive, so that neighbours are
alike; people are the photos of `eval/people`. A class or thing that isn't found has IoU 0.

- street_sky, …: IoU of a word on streets where its class covers over 2 %; unlabelled pixels don't
  count. A person is a pedestrian, or a cyclist with the bicycle (they are one class).
- street_found: share of the words of such classes that are answered with a mask;
  street_absent: share of `NOT_IN_STREETS` that are answered with `NotFoundError`.
- people_word, people_found, people_absent: the same of "person" and of `NOT_WITH_PEOPLE`. Both
  lists were made by looking at all the photos, which have no labels of what else is in them.
- click_1: IoU after a click on the deepest point of the true mask; click_3: after two more, on or
  beside it, each at the deepest point of what is still wrong; box: of the true mask's bounding box.
- iou_edge, boundary_edge: of the default `saliency_mask`; iou_guided, …: by other refinements. Both
  masks are brought to a longest side of 480; as much of the mask's outline as is within 3 pixels of
  the true one is right, and as much of the true one as is within 3 pixels of the mask's is found.
  Boundary is the harmonic mean of both shares. The frame of the photo is no outline.
- colour_distance: mean Lab distance (CIE76) from the photo to its instant picture with
  keep_color=1, the person and what is around in texts of `benchmarks.outside`.
- image_s, word_s, click_s: seconds of `RegionFinder.set_image`, and of `find` after it, on a square
  photo of 480 pixels; find_s: of the whole `semcs.find` by a word.

The scores of each picture are kept under --out, and a second run goes on from there; other bundled
weights or pixels are measured anew, but after a change to the method itself, take another folder.
Intervals are 95 % bootstrap ones over the pictures.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

import semcs
from benchmarks.commands import add_data, add_json, command_parser, one_line_errors, progress
from benchmarks.masks import drawn
from benchmarks.outlines import boundary_f, deepest, depth
from benchmarks.outside import TEXTS
from benchmarks.pairs import find_pairs
from benchmarks.photos import as_floats
from benchmarks.scoring import Measure, Score, read_pair, table
from benchmarks.speed.command import cpu
from benchmarks.speed.inputs import photo
from semcs.errors import InputError, NotFoundError
from semcs.metrics import iou
from semcs.models.registry import BUNDLED_MANIFEST
from semcs.saliency.guided import resize
from semcs.saliency.refine import Method

STREET_WORDS = {
    **{"sky": (0,), "building": (1,), "road": (3,), "pavement": (4,), "tree": (5,)},
    **{"fence": (7,), "car": (8,), "person": (9, 10)},
}
UNLABELLED = 11
LEAST_SHARE = 0.02
NOT_IN_STREETS = (
    *("horse", "cow", "sheep", "cat", "boat", "aeroplane", "snow", "sand", "mountain", "sofa"),
)
NOT_WITH_PEOPLE = ("horse", "cow", "sheep", "cat", "train", "aeroplane")
IN_SPITE = {"061": ("aeroplane",)}  # of that list, what is on a photo all the same
REFINEMENTS: tuple[Method, ...] = ("edge", "guided", "bilateral")
WITHIN, SIDE = 3, 480  # pixels; the longest side at which they are counted

MEASURES = {
    "street_sky": Measure("IoU by word, streets", 0.80),
    "street_road": Measure("IoU by word, streets", 0.70),
    "street_building": Measure("IoU by word, streets", 0.60),
    "street_tree": Measure("IoU by word, streets", 0.55),
    **{f"street_{word}": Measure("IoU by word, streets") for word in ("pavement", "fence")},
    **{f"street_{word}": Measure("IoU by word, streets") for word in ("car", "person")},
    "street_found": Measure("words of what is there that are answered, streets"),
    "street_absent": Measure("words of what isn't there that aren't, streets", 0.90),
    "people_word": Measure("IoU of 'person', people", 0.75),
    "people_found": Measure("'person' answered, people"),
    "people_absent": Measure("words of what isn't there not answered, people", 0.90),
    "click_1": Measure("IoU after one click, people", 0.75),
    "click_3": Measure("IoU after three clicks, people", 0.82),
    "box": Measure("IoU by a box, people"),
    "iou_edge": Measure("IoU of the default mask, people", 0.84),
    "boundary_edge": Measure("its outline's F within 3 pixels at 480", 0.72),
    "iou_guided": Measure("IoU with refine='guided'"),
    "boundary_guided": Measure("its outline's F"),
    "iou_bilateral": Measure("IoU with refine='bilateral'"),
    "boundary_bilateral": Measure("its outline's F"),
    "colour_distance": Measure("Lab distance to the photo with keep_color=1", 4, at_most=True),
    "image_s": Measure("seconds: set_image, 480×480"),
    "word_s": Measure("seconds: find by word after it"),
    "click_s": Measure("seconds: find by click after it"),
    "find_s": Measure("seconds: semcs.find by word, 480×480", 0.5, at_most=True),
}

Truth = NDArray[np.bool_]
Floats = NDArray[np.float32]
Scores = dict[str, float]


def words_scores(
    finder: semcs.RegionFinder,
    kind: str,
    truths: Mapping[str, Truth],
    counted: Truth,
    absent: Sequence[str],
) -> Scores:
    """IoUs of words, and whether words of present and of absent things are answered rightly.

    Args:
        finder: Its picture is set.
        kind: What the scores' names begin with.
        truths: (H, W) of what is there, by its word.
        counted: (H, W), the pixels that count.
        absent: Words of what isn't there.
    """
    masks = {word: _mask_of(finder, word) for word in (*truths, *absent)}
    scores = {f"{kind}_absent {word}": float(masks[word] is None) for word in absent}
    scores[f"{kind}_absent"] = statistics.fmean(scores.values())
    answered = [masks[word] is not None for word in truths]
    if answered:
        scores[f"{kind}_found"] = statistics.fmean(map(float, answered))
    for word, truth in truths.items():
        mask = masks[word]
        scores[f"{kind}_{word}"] = 0.0 if mask is None else iou(mask & counted, truth & counted)
    return scores


def _mask_of(finder: semcs.RegionFinder, word: str) -> Truth | None:
    try:
        return finder.find(word) > 0.5
    except NotFoundError:
        return None


def click_scores(finder: semcs.RegionFinder, truth: Truth) -> Scores:
    """IoUs after one click, after three, and by a box; the finder's picture is set."""
    clicks = [deepest(truth)]
    not_clicks: list[tuple[int, int]] = []
    mask = finder.find(click=clicks) > 0.5
    first = iou(mask, truth)
    for _ in range(2):
        missed, too_much = truth & ~mask, mask & ~truth
        if not (missed | too_much).any():
            break
        on_it = depth(missed).max() >= depth(too_much).max()
        (clicks if on_it else not_clicks).append(deepest(missed if on_it else too_much))
        mask = finder.find(click=clicks, not_click=not_clicks or None) > 0.5
    rows, columns = np.nonzero(truth)
    box = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    boxed = finder.find(box=[int(edge) for edge in box])
    return {"click_1": first, "click_3": iou(mask, truth), "box": iou(boxed, truth)}


def outline_score(mask: Floats, truth: Truth) -> float:
    """How well the outline of a soft mask (H, W) agrees with the true one's, both at `SIDE`."""
    sides = [round(side * SIDE / max(truth.shape)) for side in truth.shape]
    found, true = (resize(one.astype(np.float32), *sides) > 0.5 for one in (mask, truth))
    return boundary_f(found, true, WITHIN)


def colour_distance(one: Floats, other: Floats) -> float:
    """Mean CIE76 distance of two (H, W, 3) sRGB pictures in [0, 1]."""
    import cv2

    first, second = (cv2.cvtColor(picture, cv2.COLOR_RGB2LAB) for picture in (one, other))
    return float(np.linalg.norm(first - second, axis=2).mean())


def street_scores(finder: semcs.RegionFinder, file: Path, classes_file: Path) -> Scores:
    """All scores of a street: words alone."""
    classes = np.asarray(Image.open(classes_file))
    finder.set_image(as_floats(np.asarray(Image.open(file).convert("RGB"))))
    truths = {word: np.isin(classes, indices) for word, indices in STREET_WORDS.items()}
    there = {word: truth for word, truth in truths.items() if truth.mean() > LEAST_SHARE}
    return words_scores(finder, "street", there, classes != UNLABELLED, NOT_IN_STREETS)


def people_scores(
    finder: semcs.RegionFinder, stylizer: semcs.Stylizer, file: Path, mask_file: Path
) -> Scores:
    """All scores of a photo of people."""
    rgb, truth = read_pair(file, mask_file)
    finder.set_image(rgb)
    absent = [word for word in NOT_WITH_PEOPLE if word not in IN_SPITE.get(file.stem, ())]
    words = words_scores(finder, "people", {"person": truth}, np.ones_like(truth), absent)
    words["people_word"] = words.pop("people_person")
    scores = {**words, **click_scores(finder, truth)}
    for refine in REFINEMENTS:
        mask = semcs.saliency_mask(rgb, models="bundled", refine=refine)
        scores[f"iou_{refine}"] = iou(mask, truth)
        scores[f"boundary_{refine}"] = outline_score(mask, truth)
    turn = sum(file.stem.encode())
    fg, bg = TEXTS[turn % len(TEXTS)], TEXTS[(turn + 3) % len(TEXTS)]
    styled = stylizer(
        rgb, fg=fg, bg=bg, mask=truth, preset="instant", keep_color=1.0, progress=False
    )
    return {**scores, "colour_distance": colour_distance(rgb, styled.image)}


def kept(out: Path, pair: tuple[Path, Path], make: Callable[[Path, Path], Scores]) -> Scores:
    """A picture's scores, made or found."""
    read = [file.read_bytes() for file in (*pair, BUNDLED_MANIFEST)]
    digest = hashlib.sha256(b"".join(read)).hexdigest()
    file = out / f"{pair[0].stem}-{digest[:12]}.json"
    if not file.is_file():
        made = make(*pair)
        out.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps(made))
        partial.replace(file)
    found: Scores = json.loads(file.read_text())
    return found


def street_pairs(data: Path) -> list[tuple[Path, Path]]:
    """Held-out streets and their classes."""
    folder = data / "scenes" / "camvid"
    names = folder / "val.txt"
    if not names.is_file():
        raise InputError(f"no val.txt in {folder}")
    return [(folder / f"{name}.jpg", folder / f"{name}.png") for name in names.read_text().split()]


def seconds(finder: semcs.RegionFinder) -> dict[str, Score]:
    """How long it takes on this machine."""
    image = photo(SIDE, SIDE)
    return {
        "image_s": Score.seconds(lambda: finder.set_image(image)),
        "word_s": Score.seconds(lambda: finder.find("flower")),
        "click_s": Score.seconds(lambda: finder.find(click=(SIDE // 2, SIDE // 2))),
        "find_s": Score.seconds(lambda: semcs.find(image, "flower", models="bundled")),
    }


def measure(data: Path, out: Path, limit: int | None) -> dict[str, Any]:
    """The figures by their keys, means of each absent word, and what they were measured with."""
    finder, stylizer = semcs.RegionFinder("bundled"), semcs.Stylizer("bundled")
    sides: dict[str, tuple[list[tuple[Path, Path]], Callable[[Path, Path], Scores]]] = {
        "street": (street_pairs(data), lambda *pair: street_scores(finder, *pair)),
        "people": (
            find_pairs(data / "eval" / "people"),
            lambda *pair: people_scores(finder, stylizer, *pair),
        ),
    }
    columns: dict[str, list[float]] = {}
    for kind, (pairs, make) in sides.items():
        for pair in progress(drawn(pairs, limit, seed=0), kind):
            for key, score in kept(out, pair, make).items():
                columns.setdefault(key, []).append(score)
    scores = {key: Score.mean(columns[key]) for key in MEASURES if key in columns}
    return {
        "scores": {**scores, **seconds(finder)},
        "words": {key: statistics.fmean(own) for key, own in columns.items() if " " in key},
        "cpu": cpu(),
        "threads": torch.get_num_threads(),
    }


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("find", __doc__)
    add_data(parser, "scenes/camvid and eval/people")
    parser.add_argument("--out", type=Path, default=Path("out/find"), help="keep scores here")
    parser.add_argument("--limit", type=int, help="at most N streets and N people, drawn at random")
    add_json(parser)
    options = parser.parse_args(arguments)
    if options.limit is not None and options.limit < 1:
        parser.error("--limit must be at least 1")
    return options


def main(arguments: list[str] | None = None) -> None:
    """Measure from the command line."""
    asked = parse(arguments)
    with one_line_errors():
        found = measure(asked.data, asked.out, asked.limit)
    scores = found["scores"]
    if asked.json:
        shown = {key: asdict(score) for key, score in scores.items()}
        print(json.dumps({**found, "scores": shown}))
        return
    print(f"{found['cpu']}, {found['threads']} threads")
    print(table(scores, MEASURES))


if __name__ == "__main__":
    main()
