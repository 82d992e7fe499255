"""Train the judge of real pictures.

    python -m benchmarks.judge_real.train --data DIR --out work/judge_real

It writes `judge_real.safetensors` to --out; put that beside this file. It prints, for each group,
the share of held-out files whose label is right, among the labels and with photos beside them, a
95 % bootstrap interval and the number of files.

A quarter of each label's files, the last ones of the manifest, is held out: pictures of one series
follow one another there. No rendering is shown at any time.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from benchmarks.judge_real.labels import GROUPS, PHOTO
from benchmarks.judge_real.model import INPUT_SIZE, Heads, Statistics
from benchmarks.scoring import interval
from semcs.image import to_tensor
from semcs.training.data import PHOTOS, Item, read_manifest, read_rgb
from semcs.training.loop import export

HELD_OUT = 0.25
PHOTOS_EACH = 400  # of each folder of photos
# Crops of a file: few where there are many files.
VIEWS = {"materials": 3, "adjectives": 3, "movements": 2, "media": 2, PHOTO: 1}
VIEWS_HELD_OUT = 2
SHARES = (0.4, 1.0)  # sides of crops, in short sides of the picture
GREY = 0.1  # share of crops without colour
MOST_REDUCED = 2.0  # half of the crops are reduced by up to this, and enlarged again
STRENGTHS = (1e-3, 3e-3, 1e-2)  # inverse regularisation, tried on a fifth of the training set
SEED = 5


@dataclass(frozen=True)
class Example:
    """A file, the group it was made for and its label; photos belong to every group."""

    item: Item
    group: str
    label: str


@dataclass(frozen=True)
class Part:
    """Statistics of crops, (n, STATISTICS), and the file, group and label of each."""

    statistics: NDArray[np.float32]
    files: NDArray[np.int64]
    groups: NDArray[np.str_]
    labels: NDArray[np.str_]

    def of(self, group: str) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]:
        """Statistics, classes and files of a group's crops, photos among them."""
        chosen = np.isin(self.groups, (group, PHOTO))
        names = list(GROUPS[group])
        classes = np.array([names.index(label) for label in self.labels[chosen]])
        return self.statistics[chosen], classes, self.files[chosen]


def examples(data: Path) -> list[Example]:
    """All files that have a label in `GROUPS`."""
    found = [
        Example(item, group, _label(item, group))
        for group, folders in {
            "materials": ["textures/ambientcg"],
            "adjectives": ["textures/dtd"],
            "movements": ["art/wikiart"],
            "media": ["art/pacs_art_painting", "art/pacs_cartoon", "art/pacs_sketch"],
        }.items()
        for item in read_manifest(data, folders)
    ]
    known = [example for example in found if example.label in GROUPS[example.group]]
    for folder in PHOTOS:
        items = read_manifest(data, (folder,))
        known += [
            Example(item, PHOTO, PHOTO) for item in items[:: max(1, len(items) // PHOTOS_EACH)]
        ]
    return known


def _label(item: Item, group: str) -> str:
    return item.folder.rsplit("_", 1)[-1] if group == "media" else item.label


def parted(known: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Those to train on, and those held out: of each folder's label, the last quarter."""
    alike: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for example in known:
        alike[example.item.folder, example.item.label].append(example)
    if any(len(group) < 4 for group in alike.values()):
        # Photos have many rare labels: they are parted as one.
        few = [e for key in list(alike) if len(alike[key]) < 4 for e in alike.pop(key)]
        alike["", ""] = few
    train, kept = [], []
    for group in alike.values():
        cut = round(len(group) * (1 - HELD_OUT))
        train += group[:cut]
        kept += group[cut:]
    return train, kept


def view(image: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.float32]:
    """A square crop, mirrored or not, sharp or not, in other light, (S, S, 3) in [0, 1].

    How sharp, how large and how bright a file is would tell where it is from: crops vary in all.
    """
    height, width = image.shape[:2]
    side = max(32, round(rng.uniform(*SHARES) * min(height, width)))
    side = min(side, height, width)
    top, left = rng.integers(height - side + 1), rng.integers(width - side + 1)
    crop = image[top : top + side, left : left + side]
    if rng.random() < 0.5:
        reduced = round(min(side, INPUT_SIZE) / rng.uniform(1, MOST_REDUCED))
        crop = _square(crop, reduced)
    crop = _square(crop, INPUT_SIZE)
    if rng.random() < 0.5:
        crop = crop[:, ::-1]
    return _relit(crop.astype(np.float32) / np.float32(255), rng)


def _relit(crop: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Brighter or darker, flatter or steeper, warmer or cooler, or grey."""
    if rng.random() < GREY:
        crop = np.repeat(crop.mean(2, keepdims=True), 3, axis=2)
    gain = rng.uniform(0.75, 1.25) * rng.uniform(0.88, 1.12, 3)
    bent = gain * crop ** rng.uniform(0.75, 1.35)
    mean = bent.mean()
    return np.clip(mean + rng.uniform(0.75, 1.25) * (bent - mean), 0, 1).astype(np.float32)


def _square(image: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    method = cv2.INTER_AREA if side < len(image) else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, (side, side), interpolation=method), np.uint8)


def measured(chosen: Sequence[Example], views: dict[str, int], seed: int, cache: Path) -> Part:
    """Statistics of crops of files, kept in `cache` for the next run."""
    numbers = [index for index, e in enumerate(chosen) for _ in range(views[e.group])]
    if not cache.is_file():
        rng, network = np.random.default_rng(seed), Statistics()
        rows = []
        for example in tqdm(chosen, desc=cache.stem, unit="file"):
            image = read_rgb(example.item.path)
            crops = [to_tensor(view(image, rng)) for _ in range(views[example.group])]
            rows.append(network(torch.cat(crops)).half().numpy())
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.save(cache, np.concatenate(rows))
    return Part(
        np.load(cache).astype(np.float32),
        np.array(numbers),
        np.array([chosen[i].group for i in numbers]),
        np.array([chosen[i].label for i in numbers]),
    )


def fitted(
    values: NDArray[np.float32], classes: NDArray[np.int64], files: NDArray[np.int64]
) -> LogisticRegression:
    """The classifier whose regularisation is best on files that it wasn't fitted on."""
    tried_on = np.random.default_rng(SEED).permutation(files.max() + 1)[files] % 5 == 0

    def classifier(strength: float) -> LogisticRegression:
        return LogisticRegression(C=strength, class_weight="balanced", max_iter=400, tol=1e-3)

    def right(strength: float) -> float:
        tried = classifier(strength).fit(values[~tried_on], classes[~tried_on])
        found: float = tried.score(values[tried_on], classes[tried_on])
        return found

    return classifier(max(STRENGTHS, key=right)).fit(values, classes)


def file_hits(
    logits: NDArray[np.float32], classes: NDArray[np.int64], files: NDArray[np.int64]
) -> list[float]:
    """For each file: 1 where the mean of its crops' logits is highest at its class, else 0."""
    return [
        float(logits[files == file].mean(0).argmax() == classes[files == file][0])
        for file in np.unique(files)
    ]


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder that holds manifest.csv")
    parser.add_argument("--out", type=Path, default=Path("work/judge_real"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)

    training, kept = parted(examples(args.data))
    seen = measured(training, VIEWS, SEED, args.out / "training.npy")
    views = dict.fromkeys(VIEWS, VIEWS_HELD_OUT)
    unseen = measured(kept, views, SEED + 1, args.out / "held_out.npy")

    heads = Heads()
    heads.shift.copy_(torch.from_numpy(seen.statistics.mean(0)))
    heads.scale.copy_(torch.from_numpy(1 / (seen.statistics.std(0) + 0.01)))
    for group, names in GROUPS.items():
        values, classes, files = seen.of(group)
        found = fitted(heads.standardised(torch.from_numpy(values)).numpy(), classes, files)
        weights = {"weight": found.coef_, "bias": found.intercept_}
        heads.groups[group].load_state_dict(
            {name: torch.from_numpy(value) for name, value in weights.items()}
        )
        values, classes, files = unseen.of(group)
        logits = heads(torch.from_numpy(values), group).detach().numpy()
        photo = classes == len(names) - 1
        right = {
            "labels": file_hits(logits[~photo, :-1], classes[~photo], files[~photo]),
            "against photos": file_hits(logits, classes, files),
        }
        for what, hits in right.items():
            low, high = interval(hits)
            print(f"{group:11} {what:14} {np.mean(hits):.3f} [{low:.3f}, {high:.3f}] {len(hits)}")
        print(f"{group:11} C = {found.C:g}")
    export(heads, args.out / "judge_real.safetensors")


if __name__ == "__main__":
    main()
