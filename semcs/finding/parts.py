"""Connected parts of a soft map, and those of them that a colour or a side means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from semcs.finding.words import Side

Array = npt.NDArray[np.floating[Any]]
Part = npt.NDArray[np.bool_]

LEAST_OF_LARGEST = 0.1  # parts of less than this share of the largest one are specks
LEAST_COLOURED = 0.15  # share of a part that has to be of a colour for the part to be called so
LEAST_OF_PICTURE = 0.004  # share of the picture that something named by its colour alone covers
GAP = 3  # cells: half the width of holes that are closed, as marks and glints leave them
SOFT_EDGE = 2  # cells around a part that are of its soft edge


def parts_of(where: Part) -> list[Part]:
    """Connected parts of (h, w), largest first, without specks; corners connect."""
    import cv2

    _, labels, facts, _ = cv2.connectedComponentsWithStats(where.astype(np.uint8), connectivity=8)
    areas = facts[1:, cv2.CC_STAT_AREA]  # the first one is what is outside
    order = np.argsort(-areas, kind="stable")
    return [labels == i + 1 for i in order if areas[i] >= LEAST_OF_LARGEST * areas.max()]


def coloured(parts: Sequence[Part], of_colour: Part) -> list[Part]:
    """The parts that have most of a colour: up to half as much as the one that has most."""
    amounts = [float(of_colour[part].mean()) for part in parts]
    least = max(LEAST_COLOURED, max(amounts, default=0.0) / 2)
    return [part for part, amount in zip(parts, amounts) if amount >= least]


def standing_out(of_colour: Part, saliency: Array) -> list[Part]:
    """The parts of a colour that are large and stand out; none where all are small."""
    parts = [part for part in parts_of(_closed(of_colour)) if part.mean() >= LEAST_OF_PICTURE]
    weights = [part.sum() * (0.1 + saliency[part].mean()) for part in parts]
    return [part for part, weight in zip(parts, weights) if weight >= max(weights) / 2]


def _closed(where: Part) -> Part:
    """(h, w) without its small holes and gaps."""
    import cv2

    reach = 2 * GAP + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    closed: Part = cv2.morphologyEx(where.astype(np.uint8), cv2.MORPH_CLOSE, disc) > 0
    return closed


def farthest(parts: Sequence[Part], side: Side) -> Part:
    """The part whose middle is farthest to a side."""

    def place(part: Part) -> float:
        rows, columns = np.nonzero(part)
        middle = columns.mean() if side in ("left", "right") else rows.mean()
        return float(middle if side in ("left", "top") else -middle)

    return min(parts, key=place)


def keep(share: Array, chosen: Sequence[Part], others: Sequence[Part]) -> Array:
    """A soft map (h, w) of the chosen parts alone, with their soft edges."""
    import cv2

    inside = np.any(chosen, axis=0)
    whole = _closed(inside).astype(np.uint8)
    around = cv2.dilate(whole, np.ones((2 * SOFT_EDGE + 1,) * 2, np.uint8)) > 0
    left_out = [other for other in others if not (other & inside).any()]
    allowed = around & ~np.any(left_out, axis=0) if left_out else around
    return np.where(allowed, share, 0.0).astype(np.float32)
