"""Methods compared: does each region look like its own text, and is the photo still there?

    python -m benchmarks.quality [--quick] [--data DIR] [--json] [--sheet out/quality.png]

Photos × pairs of texts × methods, all with the same masks, from the same seed, by the bundled
models. `clipstyler` knows no regions: it gets both texts in one, "gold and starry night". The
published presets work at the photo's size; semcs enlarges small photos, as it does by itself
(`least_size`), and "not enlarged" is what it paints without. Each method takes the steps and crops
of its preset; `--steps` and `--crops` give all of them the same number, and `--published-steps`
cuts those of the published schedules, 200 or 400, to a share: the halving of their learning rates
moves along. `--quick` takes half of them, and 32 crops.

A judge that no method was optimised against (`benchmarks.judge`) looks at crops of each region:

- top1, top5: whether the region's text is its first, or among its first five, of all styles and
  "photo";
- agreement: the probability that it gives to the region's text;
- leakage: that of the other region's text, the mean of both regions.

It was trained on the looks as they were before they became the painters of preset "instant": it
tells whether they kept their character, but is no stranger to them. `benchmarks.judge_real` is: it
learned from real materials, textures, paintings, sketches and cartoons alone, and knows the texts
that mean one of these.

Beside them:

- content: what of the photo is lost (`semcs.metrics.content_distance`), the mean of both regions,
  by the network that also served as the content loss;
- structure: similarity of the outlines (`semcs.metrics.Ssim`, of edges);
- seam: what the mask's border shows more than the photo had there (`semcs.metrics.seam`);
- dists_bundled: the amount of change by DISTS's formula on the bundled content network;
- seconds a picture, one thread, while another picture is made beside it.

Pictures and scores are kept under --out, and a second run goes on from there. DIR is the training
folder; its `photos/subjects` join the samples that scikit-learn and scikit-image ship, and none of
them was trained on. Intervals are 95 % bootstrap ones over the pictures.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

import semcs
from benchmarks.grid import grid_of, photo_named
from benchmarks.judge import Judge, load_judge
from benchmarks.scoring import interval
from semcs.errors import InputError
from semcs.image import to_tensor
from semcs.metrics.content import ContentDistance
from semcs.metrics.crops import region_crops
from semcs.metrics.dists_bundled import DistsBundled
from semcs.metrics.seam import Seam
from semcs.metrics.ssim import Ssim
from semcs.models.registry import BUNDLED_MANIFEST
from semcs.saliency import saliency_mask
from semcs.style.presets import preset as find_preset
from semcs.training.data import read_manifest

SAMPLES = ("flower", "astronaut", "chelsea", "coffee", "rocket")
SUBJECTS = 7  # photos of DIR, evenly over the folder
PAIRS = (
    ("gold", "starry night"),
    ("pop art", "fire"),
    ("mosaic", "snow"),
    ("watercolor", "neon"),
)
QUICK_SAMPLES, QUICK_PAIRS = 2, 2
QUICK_CROPS, QUICK_STEPS = 32, 0.5
MEASURES = (
    "top1_fg",
    "top5_fg",
    "top1_bg",
    "top5_bg",
    "agreement_fg",
    "agreement_bg",
    "leakage",
    "content",
    "structure",
    "seam",
    "dists_bundled",
    "seconds",
)


@dataclass(frozen=True)
class Method:
    """A preset, and what differs from it."""

    name: str
    preset: str
    overrides: dict[str, Any] = field(default_factory=dict)

    @property
    def one_text(self) -> bool:
        """Whether it paints the whole picture by one text."""
        return self.preset == "clipstyler"


PRESETS = tuple(
    Method(n, n) for n in ("instant", "semcs", "semcs-reference", "gen-art", "clipstyler")
)
MORE = (
    Method("in float32", "semcs", {"mixed_precision": False}),
    Method("semcs-slides", "semcs-slides"),
    Method("pixels", "semcs", {"stylenet": "pixels", "learning_rate": 0.01}),
    Method("not enlarged", "semcs", {"least_size": 0}),
    Method("from the photo", "semcs", {"start": "photo"}),
    Method("no rivals", "semcs", {"rival_share": 0.0}),
    Method("no content loss", "semcs", {"content_weight": 0.0}),
    # The ablations of the CLIPstyler paper.
    Method("no patch loss", "semcs", {"patch_weight": 0.0}),
    Method("no threshold", "semcs", {"patch_threshold": 0.0}),
    Method("no augmentation", "semcs", {"distortion": 0.0}),
    Method("affine", "semcs", {"warp": "affine"}),
    Method("no direction loss", "semcs", {"direction_weight": 0.0, "background_weight": 0.0}),
    Method("patches of 64", "semcs", {"patch_size": 64}),
    Method("patches of 224", "semcs", {"patch_size": 224}),
)


@dataclass(frozen=True)
class Case:
    """A photo and what its regions should look like."""

    photo: str
    file: Path | None
    fg: str
    bg: str

    def read(self, side: int) -> NDArray[np.uint8]:
        """The photo's centre square, (side, side, 3)."""
        return photo_named(self.photo, side, self.file)


@dataclass(frozen=True)
class Job:
    """A picture to make and to score."""

    case: Case
    method: Method
    side: int
    overrides: dict[str, Any]
    out: Path

    @property
    def settings(self) -> semcs.Preset:
        """What the picture is made with."""
        return find_preset(self.method.preset, "bundled", **self.overrides)

    @property
    def picture(self) -> Path:
        """Where the picture goes: another name for whatever could change it."""
        case, weights = asdict(self.case).values(), BUNDLED_MANIFEST.read_text()
        parts = [*case, self.settings, self.side, weights]
        digest = hashlib.sha256(repr(parts).encode()).hexdigest()[:12]
        return self.out / f"{self.case.photo}-{self.method.name.replace(' ', '-')}-{digest}.png"


@cache
def _stylizer() -> semcs.Stylizer:
    torch.set_num_threads(1)
    return semcs.Stylizer("bundled")


@cache
def mask_of(photo: str, file: Path | None, side: int) -> NDArray[np.float32]:
    """The default mask of a photo, (side, side)."""
    found: NDArray[np.float32] = saliency_mask(
        photo_named(photo, side, file), _stylizer().saliency.extractor
    )
    return found


def make(job: Job) -> dict[str, float]:
    """Make a picture, or find it, and give its scores."""
    scores = job.picture.with_suffix(".json")
    if not scores.is_file():
        case, settings, stylizer = job.case, job.settings, _stylizer()
        photo, mask = case.read(job.side), mask_of(case.photo, case.file, job.side)
        texts: dict[str, Any] = {"fg": case.fg, "bg": case.bg, "mask": mask}
        if job.method.one_text:
            texts = {"style": f"{case.fg} and {case.bg}"}
        began = time.perf_counter()
        result = stylizer(
            photo,
            **texts,
            preset=job.method.preset,
            size=max(job.side, settings.least_size),
            progress=False,
            **job.overrides,
        )
        seconds = time.perf_counter() - began
        job.out.mkdir(parents=True, exist_ok=True)
        Image.fromarray(result.image).save(job.picture)
        found = score(photo, result.image, mask, case.fg, case.bg)
        partial = scores.with_suffix(".partial")
        partial.write_text(json.dumps({**found, "seconds": seconds}))
        partial.replace(scores)
    known: dict[str, float] = json.loads(scores.read_text())
    return known


@torch.no_grad()
def score(
    photo: NDArray[np.uint8],
    output: NDArray[np.uint8],
    mask: NDArray[np.float32],
    fg: str,
    bg: str,
) -> dict[str, float]:
    """All measures but the seconds."""
    before, after = (to_tensor(i.astype(np.float32) / np.float32(255)) for i in (photo, output))
    sides = [torch.from_numpy(m)[None, None] for m in (mask, 1 - mask)]
    network = _stylizer().family.content
    distance, outlines = ContentDistance(network), Ssim(of_edges=True)
    in_fg, in_bg = (judged(_judge(), before, after, side) for side in sides)
    names = _judge().names
    places = {
        side: int((seen > seen[names.index(text)]).sum())
        for side, seen, text in (("fg", in_fg, fg), ("bg", in_bg, bg))
    }
    return {
        **{f"top1_{side}": float(place < 1) for side, place in places.items()},
        **{f"top5_{side}": float(place < 5) for side, place in places.items()},
        "agreement_fg": in_fg[names.index(fg)].item(),
        "agreement_bg": in_bg[names.index(bg)].item(),
        "leakage": (in_fg[names.index(bg)].item() + in_bg[names.index(fg)].item()) / 2,
        "content": statistics.fmean(distance(before, after, side).item() for side in sides),
        "structure": statistics.fmean(outlines(before, after, side).item() for side in sides),
        "seam": Seam()(before, after, sides[0]).item(),
        "dists_bundled": _dists()(before, after).item(),
    }


_judge = cache(load_judge)
_dists = cache(DistsBundled)


def judged(
    judge: Judge, before: torch.Tensor, after: torch.Tensor, mask: torch.Tensor
) -> torch.Tensor:
    """Mean probabilities (158,) that the judge gives to the crops of a region.

    Around the region they show the photo, so that no other region's look can count for it.
    """
    crops = region_crops(mask[0, 0].numpy())
    seen = crops.cut((before + mask * (after - before))[0], judge.input_size)
    weights = torch.from_numpy(crops.coverage).float()
    return (weights / weights.sum()) @ judge(seen)


def overrides_of(
    method: Method, *, steps: int | None, crops: int | None, published_steps: float
) -> dict[str, Any]:
    """What a method runs with beside its preset."""
    chosen = dict(method.overrides)
    settings = find_preset(method.preset, "bundled", **chosen)
    if settings.stylenet == "published":
        chosen["steps"] = round(published_steps * settings.steps)
        chosen["halve_every"] = max(1, round(published_steps * settings.halve_every))
    if steps is not None and settings.steps:  # "instant" takes none
        chosen["steps"] = steps
    if crops is not None:
        chosen["patches"] = crops
    return chosen


def cases(data: Path | None, quick: bool, pairs: int = len(PAIRS)) -> list[Case]:
    """Photos × pairs of texts."""
    photos: list[tuple[str, Path | None]] = [(name, None) for name in SAMPLES]
    if data is not None:
        subjects = read_manifest(data, ("photos/subjects",))
        evenly = subjects[:: max(1, len(subjects) // SUBJECTS)][:SUBJECTS]
        photos += [(item.path.stem, item.path.resolve()) for item in evenly]
    if quick:
        photos = photos[:QUICK_SAMPLES]
    chosen = PAIRS[:QUICK_PAIRS] if quick else PAIRS[:pairs]
    return [Case(name, file, fg, bg) for name, file in photos for fg, bg in chosen]


def summary(methods: Sequence[Method], rows: Sequence[dict[str, float]]) -> dict[str, Any]:
    """Means and intervals of each method; rows go case by case, method by method."""
    found = {}
    for index, method in enumerate(methods):
        own = rows[index :: len(methods)]
        columns = {key: [row[key] for row in own] for key in MEASURES}
        found[method.name] = {
            **{key: statistics.fmean(values) for key, values in columns.items()},
            "intervals": {key: interval(values) for key, values in columns.items()},
        }
    return found


def table(found: dict[str, Any]) -> str:
    """A line for each method, and its intervals below it."""
    lines = [" " * 18 + "".join(f"{key:>15}" for key in MEASURES)]
    for name, means in found.items():
        lines.append(f"{name:18}" + "".join(f"{means[key]:15.3f}" for key in MEASURES))
        between = ("[{:.2f}, {:.2f}]".format(*means["intervals"][key]) for key in MEASURES)
        lines.append(" " * 18 + "".join(f"{text:>15}" for text in between))
    return "\n".join(lines)


def contact_sheet(jobs: Sequence[Job], methods: Sequence[Method]) -> Image.Image:
    """A row for each case: the photo, then every method's picture."""
    pictures = []
    for index, job in enumerate(jobs):
        if index % len(methods) == 0:
            pictures.append(job.case.read(job.side))
        pictures.append(np.asarray(Image.open(job.picture)))
    return grid_of(pictures, ["photo", *(m.name for m in methods)], len(methods) + 1)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks.quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    known = [method.name for method in (*PRESETS, *MORE)]
    parser.add_argument("--data", type=Path, help="folder that holds manifest.csv: more photos")
    parser.add_argument("--quick", action="store_true", help="two photos × two pairs")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--out", type=Path, default=Path("out/quality"), help="pictures, scores")
    parser.add_argument("--sheet", type=Path, help="write all pictures, side by side")
    parser.add_argument("--side", type=int, default=192, help="of a photo (default %(default)s)")
    parser.add_argument("--pairs", type=int, default=len(PAIRS), help="of texts; default all")
    parser.add_argument("--steps", type=int, help="of every method; default: its preset's")
    parser.add_argument("--crops", type=int, help="a step, of every method; default: its preset's")
    parser.add_argument(
        "--published-steps", type=float, metavar="SHARE", help="default 1, or 0.5 with --quick"
    )
    parser.add_argument(
        "--methods", nargs="+", choices=known, metavar="METHOD", help=", ".join(known)
    )
    parser.add_argument("--workers", type=int, default=2, help="default %(default)s")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Compare from the command line."""
    asked = parse(arguments)
    names = asked.methods or [method.name for method in PRESETS]
    methods = [method for method in (*PRESETS, *MORE) if method.name in names]
    share = asked.published_steps or (QUICK_STEPS if asked.quick else 1.0)
    crops = asked.crops or (QUICK_CROPS if asked.quick else None)
    overrides = {
        method.name: overrides_of(method, steps=asked.steps, crops=crops, published_steps=share)
        for method in methods
    }
    chosen = cases(asked.data, asked.quick, asked.pairs)
    jobs = [
        Job(case, method, asked.side, overrides[method.name], asked.out)
        for case in chosen
        for method in methods
    ]
    try:
        _judge()  # nobody should wait for pictures that can't be scored
    except InputError as error:
        raise SystemExit(f"error: {error}") from None
    with get_context("spawn").Pool(asked.workers) as pool:
        rows = list(tqdm(pool.imap(make, jobs), total=len(jobs), unit="picture", file=sys.stderr))
    found = summary(methods, rows)
    if asked.sheet:
        asked.sheet.parent.mkdir(parents=True, exist_ok=True)
        contact_sheet(jobs, methods).save(asked.sheet)
    judge = f"residual classifier of {len(_judge().names)} classes (benchmarks/judge)"
    if asked.json:
        print(json.dumps({"methods": found, "n": len(chosen), "judge": judge}))
        return
    print(f"{len(chosen)} pictures of each method; judge: {judge}")
    print(table(found))


if __name__ == "__main__":
    main()
