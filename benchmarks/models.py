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
import csv
import json
import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks import order
from benchmarks.embedding import embed_pictures
from benchmarks.pairs import find_pairs
from benchmarks.scoring import Measure, Score, hits, read_pair, table
from semcs.errors import InputError, SemcsError
from semcs.metrics.masks import iou
from semcs.models.directions import embed_texts
from semcs.models.families import load_family
from semcs.models.interfaces import ImageTextModel
from semcs.models.precision import mixed_precision
from semcs.models.registry import BUNDLED_FOLDER
from semcs.saliency.predictor import SaliencyPredictor
from semcs.training.classes import LABELLED, class_name
from semcs.training.crops import held_out_crops
from semcs.training.data import CAPTION_HELD_OUT, Item, held_out, read_manifest, read_rgb
from semcs.training.scores import style_cosines
from semcs.training.teacher import DEEPLAB, DeepLabTeacher
from semcs.training.vocabulary import STYLES

AnyT = TypeVar("AnyT")

PARAPHRASES = Path(__file__).with_name("paraphrases.csv")
CROPS, SEED = 1500, 2024
RECALL_AT = 5
LEAST_SHARE, MOST_SHARE, SURE = 0.03, 0.80, 0.80  # of a pseudo-mask that counts
BATCH = 64

MEASURES = {
    "styles_top1": Measure("right style of rendered crops", 0.90),
    "styles_n": Measure("styles to choose from"),
    "direction_top1": Measure("right style by the move from photo to rendering", 0.85),
    "direction_cos": Measure("cosine of that move with its text's", 0.60),
    "materials_top1": Measure("right material of textures", 0.55),
    "adjectives_top1": Measure("right adjective of textures", 0.70),
    "movements_top1": Measure("right movement of paintings", 0.50),
    "flickr_r5": Measure("photo among the 5 nearest to its caption, of 100", 0.20),
    "paraphrase_top1": Measure("right style of paraphrases", 0.80),
    "people_iou_raw": Measure("IoU of the raw eigenvector, people", 0.62),
    "people_iou_refined": Measure("IoU of the default mask, people", 0.66),
    "subjects_iou": Measure("IoU of the default mask, subjects that the teacher is sure of", 0.70),
    "order_rendering": Measure("rendering's patch loss under the optimised photo's", 0.95),
    "order_instant": Measure("instant picture's patch loss under the optimised photo's", 0.95),
    "photo_last": Measure("the photo's patch loss over all others", 0.95),
    "tower64_s": Measure("seconds: image tower, 64 crops, forward and back", 0.25, at_most=True),
    "vit_eig_480_s": Measure("seconds: ViT to eigenvectors, 480×480", 0.50, at_most=True),
    "size_mb": Measure("MB of all bundled weights", 32, at_most=True),
}


@dataclass(frozen=True)
class Bench:
    """What is measured, and on what."""

    clip: ImageTextModel
    data: Path
    cache: Path
    limit: int | None = None

    def items(self, *folders: str) -> list[Item]:
        """All pictures of some folders of the data."""
        if items := read_manifest(self.data, folders):
            return items
        raise InputError(f"{self.data / 'manifest.csv'} lists nothing in {', '.join(folders)}")


def rendered_styles(bench: Bench) -> dict[str, Score]:
    count = min(CROPS, bench.limit or CROPS)
    cosines = style_cosines(bench.clip, held_out_crops(bench.data, count, SEED, bench.cache))
    right = cosines.styles.tolist()
    return {
        "styles_n": Score(len(STYLES)),
        "styles_top1": Score.mean(hits(cosines.looks, right)),
        "direction_top1": Score.mean(hits(cosines.moves, right)),
        "direction_cos": Score.mean(cosines.moves[range(count), right].tolist()),
    }


def labels(bench: Bench) -> dict[str, Score]:
    pictures = held_out(bench.items(*LABELLED))
    return {
        "materials_top1": labels_of(bench, "textures/ambientcg", pictures),
        "adjectives_top1": labels_of(bench, "textures/dtd", pictures),
        "movements_top1": labels_of(bench, "art/wikiart", pictures),
    }


def labels_of(bench: Bench, folder: str, pictures: Sequence[Item]) -> Score:
    names = sorted({class_name(item.label) for item in bench.items(folder)})
    texts = embed_texts(bench.clip, names, LABELLED[folder])
    items = [item for item in pictures if item.folder == folder][: bench.limit]
    right = [names.index(class_name(item.label)) for item in items]
    return Score.mean(hits(embed_pictures(bench.clip, items) @ texts.T, right))


def captions(bench: Bench) -> dict[str, Score]:
    """A photo's score is the share of its captions that find it: they aren't independent."""
    photos = bench.items("photos/flickr")[::CAPTION_HELD_OUT][: bench.limit]
    pictures, shares = embed_pictures(bench.clip, photos), []
    for index, photo in enumerate(photos):
        similarities = bench.clip.encode_text(photo.captions) @ pictures.T
        found = hits(similarities, [index] * len(photo.captions), k=RECALL_AT)
        shares.append(statistics.fmean(found))
    return {"flickr_r5": Score.mean(shares)}


def paraphrases(bench: Bench) -> dict[str, Score]:
    rows, names = read_paraphrases(), list(STYLES)
    texts = bench.clip.encode_text([text for text, _ in rows])
    similarities = texts @ bench.clip.encode_text(names).T
    right = [names.index(style) for _, style in rows]
    return {"paraphrase_top1": Score.mean(hits(similarities, right))}


def people(bench: Bench) -> dict[str, Score]:
    found = find_pairs(bench.data / "eval" / "people")[: bench.limit]
    predictor, raw, refined = SaliencyPredictor(), [], []
    for photo, mask in progress(found, "people"):
        rgb, truth = read_pair(photo, mask)
        predictor.set_image(rgb)
        sign = predictor.predict(soft=False, rule="border", threshold="zero", refine="none")
        raw.append(iou(sign, truth))
        refined.append(iou(predictor.predict(soft=False), truth))
    return {"people_iou_raw": Score.mean(raw), "people_iou_refined": Score.mean(refined)}


def subjects(bench: Bench) -> dict[str, Score]:
    photos = bench.items("photos/subjects")[: bench.limit]
    teacher, predictor, scores = open_teacher(bench.data / DEEPLAB), SaliencyPredictor(), []
    for photo in progress(photos, "subjects"):
        rgb = read_rgb(photo.path)
        mask = sure_mask(teacher(rgb)[1], (rgb.shape[0], rgb.shape[1]))
        if mask is not None:
            predictor.set_image(rgb)
            scores.append(iou(predictor.predict(soft=False), mask))
    if not scores:
        raise InputError(f"the teacher is sure of none of {len(photos)} subjects")
    return {"subjects_iou": Score.mean(scores, out_of=len(photos))}


def losses_order(bench: Bench) -> dict[str, Score]:
    found = order.shares(order.measure(bench.data, bench.limit))
    return {key: Score.mean(values) for key, values in found.items()}


def times(bench: Bench) -> dict[str, Score]:
    side = bench.clip.input_size
    pixels = torch.rand(BATCH, 3, side, side, requires_grad=True)
    photo = read_rgb(bench.items("photos/subjects")[0].path)
    square = cv2.resize(photo, (480, 480))
    predictor = SaliencyPredictor(size=480)

    def tower() -> object:
        with mixed_precision("cpu"):  # as stylisation runs it
            embeddings = bench.clip.encode_image(pixels)
        return torch.autograd.grad(embeddings.sum(), pixels)

    def vit() -> object:
        predictor.set_image(square)
        return predictor.eigenvectors

    return {"tower64_s": Score.seconds(tower), "vit_eig_480_s": Score.seconds(vit)}


def size(bench: Bench) -> dict[str, Score]:
    files = list(BUNDLED_FOLDER.glob("*.safetensors"))
    return {"size_mb": Score(sum(file.stat().st_size for file in files) / 1e6)}


def read_paraphrases(file: Path = PARAPHRASES) -> list[tuple[str, str]]:
    """(text, style) of every row."""
    with file.open(newline="", encoding="utf-8") as lines:
        rows = [(row["text"], row["style"]) for row in csv.DictReader(lines)]
    if unknown := sorted({style for _, style in rows} - set(STYLES)):
        raise InputError(f"{file.name}: no such style: {', '.join(unknown)}")
    return rows


def open_teacher(file: Path) -> DeepLabTeacher:
    if not file.is_file():
        raise InputError(f"subjects_iou needs the teacher's file: there is no {file}")
    try:
        return DeepLabTeacher(file)
    except ModuleNotFoundError as error:
        raise InputError(f"subjects_iou needs {error.name}: pip install 'semcs[train]'") from None


def sure_mask(
    probabilities: NDArray[np.floating[Any]], shape: tuple[int, int]
) -> NDArray[np.bool_] | None:
    """The teacher's foreground (H, W) from its (h, w, classes), if it is sure of both sides."""
    coarse = torch.from_numpy(1 - probabilities[..., 0].astype(np.float32))
    # The teacher's outermost cells lie on the photo's border.
    fine = F.interpolate(coarse[None, None], shape, mode="bilinear", align_corners=True)
    foreground: NDArray[np.float32] = fine[0, 0].numpy()
    mask = foreground > 0.5
    if not LEAST_SHARE <= mask.mean() <= MOST_SHARE:
        return None
    sureness = min(foreground[mask].mean(), 1 - foreground[~mask].mean())
    return mask if sureness >= SURE else None


def progress(items: Iterable[AnyT], what: str) -> Iterable[AnyT]:
    bar: Iterable[AnyT] = tqdm(items, desc=what, unit="photo", leave=False, file=sys.stderr)
    return bar


# Those that may lack a file or a package come early, so that nobody waits for that news.
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


def measure(bench: Bench) -> dict[str, Score]:
    """All scores, in the order of MEASURES."""
    scores: dict[str, Score] = {}
    for part in tqdm(PARTS, desc="benchmarks.models", unit="part", file=sys.stderr):
        scores |= part(bench)
    return {key: scores[key] for key in MEASURES}


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder that holds manifest.csv")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--limit", type=int, help="at most N pictures for each measure")
    parser.add_argument("--cache", type=Path, help="keep the rendered crops here for the next run")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Measure from the command line."""
    options = parse(arguments)
    with TemporaryDirectory() as temporary:
        cache = options.cache or Path(temporary)
        try:
            clip = load_family("bundled", "cpu").clip
            scores = measure(Bench(clip, options.data, cache, options.limit))
        except SemcsError as error:
            raise SystemExit(f"error: {error}") from None
    if options.json:
        print(json.dumps({key: score.value for key, score in scores.items()}))
    else:
        print(table(scores, MEASURES))


if __name__ == "__main__":
    main()
