"""Which side of the cut is the object: fits the cues' weights and measures them on other photos.

    python -m benchmarks.cues --data DIR [--limit N] [--json]

Fitted on `cutouts/people`, every other kind of `photos/subjects` (where the teacher is sure) and
every other street of `scenes/camvid`, all that isn't sky; measured on `eval/people` and the other
half of the rest. Of people and subjects there are two crops each, too: "cut" through the object,
and "shift", whose edge the object just touches; left, right or top.

Prints the mean IoU of each rule's side on the patch grid ("best" always takes the better side),
the weights of `semcs/saliency/cues.py` and the numbers of `semcs/saliency/evidence.py` as fitted
now, and how the sureness that ships goes with the IoU on what wasn't fitted.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.commands import add_data, add_json, command_parser, one_line_errors, progress
from benchmarks.models.foregrounds import open_teacher, sure_mask
from benchmarks.pairs import find_pairs
from benchmarks.photos import as_floats
from benchmarks.scoring import read_pair
from semcs.metrics.masks import iou
from semcs.saliency.cues import WEIGHTS, side_cues, vote
from semcs.saliency.evidence import LEAST_STEP, colour_steps, parted, sureness
from semcs.saliency.foreground import Rule, choose_foreground, otsu_threshold
from semcs.saliency.guided import resize
from semcs.saliency.predictor import SaliencyPredictor
from semcs.training.data import read_rgb
from semcs.training.teacher import DEEPLAB

RULES: tuple[Rule, ...] = get_args(Rule)
CROPS = ("cut", "shift")
WHOLE = 3  # times that a whole photo counts as much as a crop of it in the fit of the weights
SMALLEST, LEAST_SHARE, MOST_SHARE = 48, 0.03, 0.8  # crops: pixels a side, share of the object
SKY = 0  # of CamVid's classes
EMPTY, EMPTY_WEIGHT = (240, 320), 2.0  # pictures of nothing, for the sureness

Truth = NDArray[np.bool_]
Photo = NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class Example:
    """A photo with its object, before the cut."""

    kind: str
    fitted: bool
    rgb: Photo
    truth: Truth | None


@dataclass(frozen=True)
class Case:
    """A cut, what speaks for the side above it, and how good either side is as a mask."""

    kind: str
    fitted: bool
    cues: dict[str, float]
    above: float
    below: float
    chosen: dict[str, float]
    signs: tuple[float, float, float]
    sure: float


def examples(data: Path, limit: int | None) -> Iterator[Example]:
    """All photos and crops, at most `limit` photos of each folder."""
    for folder, fitted in (("cutouts/people", True), ("eval/people", False)):
        for photo, mask in find_pairs(data / folder)[:limit]:
            yield from with_crops("people", fitted, *read_pair(photo, mask), seed=photo.stem)
    teacher = open_teacher(data / DEEPLAB)
    files = sorted((data / "photos/subjects").glob("*.jpg"))
    kinds = sorted({_subject(file) for file in files})
    for file in files[:limit]:
        image = read_rgb(file)
        truth = sure_mask(teacher(image)[1], (image.shape[0], image.shape[1]))
        if truth is not None:
            fitted = kinds.index(_subject(file)) % 2 == 0
            yield from with_crops("subjects", fitted, as_floats(image), truth, seed=file.stem)
    for index, file in enumerate(sorted((data / "scenes/camvid").glob("*.jpg"))[::5][:limit]):
        truth = np.asarray(Image.open(file.with_suffix(".png"))) != SKY
        if truth.mean() < 1 - 0.1:
            yield Example("streets", index % 2 == 0, as_floats(read_rgb(file)), truth)
    for rgb in empty_pictures():
        yield Example("nothing", True, rgb, None)


def _subject(file: Path) -> str:
    return file.stem.rsplit("_", 1)[0]


def with_crops(
    kind: str, fitted: bool, rgb: Photo, truth: Truth, *, seed: str
) -> Iterator[Example]:
    """The photo, a crop through the object, and one whose edge it touches."""
    yield Example(kind, fitted, rgb, truth)
    rng = np.random.default_rng(zlib.crc32(seed.encode()))
    rows, columns = np.nonzero(truth)
    if not rows.size:
        return
    left, right, top, height = columns.min(), columns.max() + 1, rows.min(), np.ptp(rows) + 1
    for name, share in (("cut", rng.uniform(0.3, 0.6)), ("shift", 0.03)):
        along, down = round(share * (right - left)), round(share * height)
        windows = (
            np.s_[:, left + along :],
            np.s_[:, : right - along],
            np.s_[top + down :, :],
        )
        window = windows[rng.integers(len(windows))]
        part = truth[window]
        if min(part.shape) >= SMALLEST and LEAST_SHARE < part.mean() < MOST_SHARE:
            yield Example(f"{kind}, {name}", fitted, np.ascontiguousarray(rgb[window]), part)


def empty_pictures() -> Iterator[Photo]:
    """Pictures in which there is nothing: plain, noise, gradients, skies."""
    rng = np.random.default_rng(0)
    slope = np.linspace(0, 1, EMPTY[0])[:, None, None] * np.ones((*EMPTY, 1))
    for level in (0.0, 0.3, 0.5, 1.0):
        yield np.full((*EMPTY, 3), level, np.float32)
    for deviation in (0.02, 0.05, 0.15, 0.45):
        noise = 0.5 + rng.normal(0, deviation, (*EMPTY, 3))
        sky = (0.3, 0.5, 0.85) + slope * (0.4, 0.3, 0.1) + (noise - 0.5) / 10
        first, last = rng.random((2, 3))
        for picture in (
            noise,
            noise[..., :1].repeat(3, axis=2),
            sky,
            first + slope * (last - first),
        ):
            yield np.clip(picture, 0, 1).astype(np.float32)


def measure(example: Example, predictor: SaliencyPredictor) -> Case | None:
    """Cut the photo; None where there is no cut."""
    predictor.set_image(example.rgb)
    fiedler = predictor.eigenvectors[:, 1].reshape(predictor.grid)
    side, colours = fiedler > otsu_threshold(fiedler), resize(example.rgb, *predictor.grid)
    if side.all() or not side.any():
        return None
    wanted = np.zeros(side.shape, np.bool_)
    if example.truth is not None:
        wanted = resize(example.truth.astype(np.float32), *predictor.grid) > 0.5
    across, _ = colour_steps(side, colours)
    return Case(
        kind=example.kind,
        fitted=example.fitted,
        cues=side_cues(side, colours),
        above=iou(side, wanted) if wanted.any() else 0.0,
        below=iou(~side, wanted) if wanted.any() else 0.0,
        chosen={
            rule: iou(choose_foreground(fiedler, rule=rule, colours=colours) > 0, wanted)
            for rule in RULES
            if wanted.any()
        },
        signs=(np.log(across + LEAST_STEP), parted(fiedler), abs(vote(side, colours))),
        sure=sureness(fiedler, colours),
    )


def fit_weights(cases: Sequence[Case]) -> dict[str, float]:
    """The cues' weights by logistic regression, each case seen from both sides."""
    used = [case for case in cases if case.fitted and case.chosen]
    cues = np.array([[case.cues[name] for name in WEIGHTS] for case in used])
    spread = np.maximum(cues.std(axis=0), np.finfo(np.float64).eps)  # where none differ
    better = np.array([case.above > case.below for case in used])
    apart = np.array([abs(case.above - case.below) for case in used])
    matters = apart * np.array([1 if case.kind.endswith(CROPS) else WHOLE for case in used])
    both = np.concatenate([cues, -cues]) / spread
    odds, _ = _regress(both, np.r_[better, ~better], np.r_[matters, matters], intercept=False)
    return {name: round(float(value), 2) for name, value in zip(WEIGHTS, odds / spread)}


def fit_sureness(cases: Sequence[Case]) -> tuple[float, ...]:
    """STEP, PARTED, VOTE and BIAS: logistic regression on the IoU of the rule "cues"."""
    used = [case for case in cases if case.fitted and case.kind != "streets"]
    signs = np.array([case.signs for case in used])
    right = np.array([case.chosen.get("cues", 0.0) for case in used])
    weight = np.array([EMPTY_WEIGHT if case.kind == "nothing" else 1.0 for case in used])
    labels = np.r_[np.ones(len(used)), np.zeros(len(used))]
    shares = np.r_[weight * right, weight * (1 - right)]
    odds, bias = _regress(np.concatenate([signs, signs]), labels, shares, intercept=True, weak=True)
    return tuple(round(float(value), 2) for value in (*odds, bias))


def _regress(
    x: NDArray[Any], y: NDArray[Any], weight: NDArray[Any], *, intercept: bool, weak: bool = False
) -> tuple[NDArray[Any], float]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e3 if weak else 1.0, fit_intercept=intercept, max_iter=5000)
    model.fit(x, y, sample_weight=weight)
    return model.coef_[0], float(np.ravel(model.intercept_)[0])


def compare(data: Path, limit: int | None) -> dict[str, Any]:
    """Mean IoU by kind and rule on what wasn't fitted, the fits, and how good the sureness is."""
    predictor = SaliencyPredictor(models="bundled")
    found = (measure(one, predictor) for one in progress(examples(data, limit), "picture"))
    cases = [case for case in found if case is not None]
    other = [case for case in cases if not case.fitted]
    rows: dict[str, dict[str, float]] = {}
    for kind in dict.fromkeys(case.kind for case in other):
        own = [case for case in other if case.kind == kind]
        means = {str(rule): float(np.mean([case.chosen[rule] for case in own])) for rule in RULES}
        best = float(np.mean([max(case.above, case.below) for case in own]))
        rows[kind] = {"n": len(own), **means, "best": best}
    objects = [case for case in other if case.kind != "streets"]
    pair = [case.sure for case in objects], [case.chosen["cues"] for case in objects]
    return {
        "rows": rows,
        "fitted": sum(case.fitted and bool(case.chosen) for case in cases),
        "weights": fit_weights(cases),
        "sureness": fit_sureness(cases),
        "correlation": float(np.corrcoef(*pair)[0, 1]),
        "undecided": sum(case.sure == 0 for case in cases if case.chosen),
        "undecided_of_nothing": sum(case.sure == 0 for case in cases if not case.chosen),
        "nothing": sum(not case.chosen for case in cases),
    }


def table(found: dict[str, Any]) -> str:
    """A line for each kind of photo, then the fits."""
    columns = (*RULES, "best")
    lines = [f"{'':16}{'n':>5}" + "".join(f"{column:>10}" for column in columns)]
    for kind, row in found["rows"].items():
        figures = "".join(f"{row[column]:10.3f}" for column in columns)
        lines.append(f"{kind:16}{row['n']:5}{figures}")
    rest = {key: value for key, value in found.items() if key != "rows"}
    return "\n".join([*lines, *(f"{key}: {value}" for key, value in rest.items())])


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("cues", __doc__)
    add_data(parser, "photos, masks and the teacher")
    parser.add_argument("--limit", type=int, help="only N photos of each folder")
    add_json(parser)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Fit and measure from the command line."""
    options = parse(arguments)
    with one_line_errors():
        found = compare(options.data, options.limit)
    print(json.dumps(found) if options.json else table(found))


if __name__ == "__main__":
    main()
