"""Measures of masks against the truth, as the saliency and object-discovery papers use them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from semcs.errors import InputError, check_number, refuse, shown
from semcs.image import load, load_mask

Floats = NDArray[np.float64]
Box = tuple[int, int, int, int]
Sides = tuple[float, float, float, float]

LEVELS = 256
BETA_SQUARED = 0.3  # precision counts for more than recall (Achanta et al. 2009)
LOCATED = 0.5  # IoU over which a box counts as found


def iou(mask: object, truth: object) -> float:
    """Intersection over union of the masks cut at 0.5; two empty ones agree.

        print(semcs.metrics.iou("mask.png", "truth.png"))

    Args:
        mask: Any mask (see `semcs.image.load_mask`), 1 = foreground.
        truth: The true one, of the same size.

    Raises:
        InputError: One can't be read, or sizes differ.
    """
    found, true = _read(mask, truth)
    found_hard, true_hard = found > 0.5, true > 0.5
    union = (found_hard | true_hard).sum()
    return float((found_hard & true_hard).sum() / union) if union else 1.0


def mae(mask: object, truth: object) -> float:
    """Mean absolute error of a soft mask, in [0, 1].

        print(semcs.metrics.mae("mask.png", "truth.png"))

    Arguments as of `iou`.
    """
    found, true = _read(mask, truth)
    return float(np.abs(found - true).mean())


def max_f_beta(mask: object, truth: object) -> float:
    """The best F_β (β² = 0.3) over all thresholds of a soft mask.

        print(semcs.metrics.max_f_beta("mask.png", "truth.png"))

    Arguments as of `iou`. Of many pictures, papers print the maximum of the mean curve, see
    `f_beta_curve`.
    """
    return float(f_beta_curve(mask, truth).max())


def f_beta_curve(mask: object, truth: object) -> Floats:
    """F_β of a soft mask cut at 0/255, 1/255, … 255/255, (256,); 0 where nothing is hit.

        pairs = [("mask.png", "truth.png"), ("mask.png", "mask.png")]
        curves = [semcs.metrics.f_beta_curve(mask, truth) for mask, truth in pairs]
        print(np.mean(curves, axis=0).max())

    Arguments as of `iou`.
    """
    found, true = _read(mask, truth)
    hard = true > 0.5
    levels = np.rint(found * (LEVELS - 1)).astype(np.intp)
    # At threshold t everything of level t or more is selected.
    hits, selected = (
        np.bincount(levels[chosen], minlength=LEVELS)[::-1].cumsum()[::-1].astype(np.float64)
        for chosen in (hard, np.ones_like(hard))
    )
    # F = (1 + β²) P R / (β² P + R), with P = hits / selected and R = hits / truth.
    return (1 + BETA_SQUARED) * hits / np.maximum(BETA_SQUARED * hard.sum() + selected, 1)


def s_measure(mask: object, truth: object, *, alpha: float = 0.5) -> float:
    """Structure measure of a soft mask (Fan, Cheng, Liu, Li and Borji 2017), in [0, 1].

        print(semcs.metrics.s_measure("mask.png", "truth.png"))

    Args:
        mask: As of `iou`.
        truth: As of `iou`.
        alpha: Share of the object-aware part; the rest is the region-aware part.
    """
    alpha = check_number("alpha", alpha, most=1)
    found, true = _read(mask, truth)
    hard = true > 0.5
    share = float(hard.mean())
    if share in (0.0, 1.0):  # nothing but background, or foreground: how much of it is found
        return float(found.mean() if share else 1 - found.mean())
    by_object = share * _object(found[hard]) + (1 - share) * _object(1 - found[~hard])
    score = alpha * by_object + (1 - alpha) * _regions(found, hard)
    return max(float(score), 0.0)


def bounding_box(mask: object) -> Box | None:
    """The box around the largest connected part of a mask cut at 0.5.

        left, top, right, bottom = semcs.metrics.bounding_box("mask.png")

    Returns:
        Left, top, right and bottom in pixels, the last two beyond the part; None where it is empty.
    """
    from scipy.ndimage import find_objects, label

    labels, count = label(_load(mask) > 0.5)
    if not count:
        return None
    rows, columns = find_objects(labels)[np.bincount(labels.ravel())[1:].argmax()]
    return int(columns.start), int(rows.start), int(columns.stop), int(rows.stop)


def box_iou(box: Sides, other: Sides) -> float:
    """Intersection over union of two boxes of left, top, right and bottom."""
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    inter = max(width, 0) * max(height, 0)
    return inter / (_area(box) + _area(other) - inter)


def cor_loc(masks: Sequence[object], truths: Sequence[object | Sequence[Sides]]) -> float:
    """Share of pictures whose object is found (Deselaers et al. 2010).

    It is where the box of the mask's largest part overlaps a true box by an IoU over 0.5.

        print(semcs.metrics.cor_loc(["mask.png"], ["truth.png"]))
        print(semcs.metrics.cor_loc(["mask.png"], [[(16, 16, 48, 48)]]))

    Args:
        masks: A mask of each picture.
        truths: A true mask of each picture, or a list of boxes: left, top, right, bottom.

    Raises:
        InputError: There are none, or not as many of both; a mask can't be read.
    """
    for name, several in {"masks": masks, "truths": truths}.items():
        if not isinstance(several, (list, tuple)):
            raise InputError(f"{name} is {shown(several)}: a list, one a picture, is allowed")
    if len(masks) == 0 or len(masks) != len(truths):
        raise InputError(f"CorLoc needs as many truths as masks: {len(truths)} and {len(masks)}")
    return float(np.mean([_is_located(*pair) for pair in zip(masks, truths)]))


def _is_located(mask: object, truth: object | Sequence[Sides]) -> bool:
    boxes: Sequence[Sides | None] = (
        [bounding_box(truth)] if not isinstance(truth, list) else [_check_box(box) for box in truth]
    )
    found = bounding_box(mask)
    return found is not None and any(b is not None and box_iou(found, b) > LOCATED for b in boxes)


def _check_box(box: object) -> Sides:
    """Left, top, right and bottom, of some area."""
    if isinstance(box, (tuple, list)) and len(box) == 4:
        left, top, right, bottom = (check_number("a side of a box", side) for side in box)
        if left < right and top < bottom:
            return left, top, right, bottom
    refuse("a box", box, "left, top, right and bottom in pixels, with an area,")


def _object(values: Floats) -> float:
    """How high and even the values in a part are, in [0, 1] (eq. 5)."""
    mean = values.mean()
    spread = values.std(ddof=1) if len(values) > 1 else 0.0
    return float(2 * mean / (mean**2 + 1 + spread))


def _regions(found: Floats, true: NDArray[np.bool_]) -> float:
    """Similarity of the four parts around the true mask's centre, weighted by area (eq. 3)."""
    rows, columns = np.nonzero(true)
    # One beyond the centre pixel, halves rounded up.
    y, x = (int(places.mean() + 1.5) for places in (rows, columns))
    parts = [
        (found[vertical, horizontal], true[vertical, horizontal].astype(np.float64))
        for vertical in (slice(y), slice(y, None))
        for horizontal in (slice(x), slice(x, None))
    ]
    return float(sum(seen.size * _alike(seen, right) for seen, right in parts if seen.size)) / (
        found.size
    )


def _alike(these: Floats, those: Floats) -> float:
    """SSIM of two parts as wholes, without stabilisers (eq. 2)."""
    mean, other = these.mean(), those.mean()
    over = 4 * mean * other * ((these - mean) * (those - other)).mean()
    under = (mean**2 + other**2) * (these.var() + those.var())
    if over:
        return float(over / under)
    return 0.0 if under else 1.0


def _area(box: Sides) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _read(mask: object, truth: object) -> tuple[Floats, Floats]:
    true = _load(truth)
    size = (true.shape[0], true.shape[1])
    return load_mask(mask, size).astype(np.float64), true


def _load(mask: object) -> Floats:
    return load_mask(mask, load(mask).size).astype(np.float64)
