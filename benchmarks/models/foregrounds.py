"""How well the bundled vision transformer finds the foreground."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

from benchmarks.commands import progress
from benchmarks.models.bench import Bench
from benchmarks.pairs import find_pairs
from benchmarks.scoring import Score, read_pair
from semcs.errors import InputError
from semcs.metrics.masks import iou
from semcs.saliency.predictor import SaliencyPredictor
from semcs.training.data import read_rgb
from semcs.training.teacher import DEEPLAB, DeepLabTeacher

LEAST_SHARE, MOST_SHARE, SURE = 0.03, 0.80, 0.80  # of a pseudo-mask that counts


def people(bench: Bench) -> dict[str, Score]:
    """Masks of people against those by a matting service."""
    found = find_pairs(bench.data / "eval" / "people")[: bench.limit]
    predictor, raw, refined = SaliencyPredictor(models="bundled"), [], []
    for photo, mask in progress(found, "photo", what="people"):
        rgb, truth = read_pair(photo, mask)
        predictor.set_image(rgb)
        sign = predictor.predict(soft=False, rule="border", threshold="zero", refine="none")
        raw.append(iou(sign, truth))
        refined.append(iou(predictor.predict(soft=False), truth))
    return {"people_iou_raw": Score.mean(raw), "people_iou_refined": Score.mean(refined)}


def subjects(bench: Bench) -> dict[str, Score]:
    """Masks of photos against the teacher's, where that is sure.

    Raises:
        InputError: The teacher can't be had, or is sure of no photo.
    """
    photos = bench.items("photos/subjects")[: bench.limit]
    teacher, scores = open_teacher(bench.data / DEEPLAB), []
    predictor = SaliencyPredictor(models="bundled")
    for photo in progress(photos, "photo", what="subjects"):
        rgb = read_rgb(photo.path)
        mask = sure_mask(teacher(rgb)[1], (rgb.shape[0], rgb.shape[1]))
        if mask is not None:
            predictor.set_image(rgb)
            scores.append(iou(predictor.predict(soft=False), mask))
    if not scores:
        raise InputError(f"the teacher is sure of none of {len(photos)} subjects")
    return {"subjects_iou": Score.mean(scores, out_of=len(photos))}


def open_teacher(file: Path) -> DeepLabTeacher:
    """The segmentation network whose masks are compared with.

    Raises:
        InputError: Its file or a package is missing.
    """
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
