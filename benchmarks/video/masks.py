"""Masks over time: how near to the true ones, and how much they flicker."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import numpy as np

from benchmarks.video.scene import Clip, Plane, Truth
from benchmarks.video.warping import carry
from semcs.metrics import iou


def mask_scores(masks: Sequence[Plane], clip: Clip, truths: Sequence[Truth]) -> dict[str, float]:
    """Mean IoU and flicker of a clip's masks, and the true ones' flicker.

    Args:
        masks: (H, W) in [0, 1] for each frame.
        clip: Its motion counts.
        truths: The true masks.
    """
    # As hard as the true ones: a soft edge that is carried along changes everywhere a little.
    own = flicker([(mask > 0.5).astype(np.float32) for mask in masks], clip, truths)
    true = flicker([truth.astype(np.float32) for truth in truths], clip, truths)
    return {
        "iou": statistics.fmean(iou(m > 0.5, truth) for m, truth in zip(masks, truths)),
        "flicker": own,
        "true_flicker": true,
    }


def flicker(masks: Sequence[Plane], clip: Clip, truths: Sequence[Truth]) -> float:
    """Mean change of a mask against the one before, carried along, over the true mask's mean area.

    Over the true area, so that a mask that isn't there can't be divided by its own.
    """
    changes = [
        float(np.abs(after - carry(before, step, is_mask=True))[step.seen].sum())
        for before, after, step in zip(masks, masks[1:], clip.steps)
        if step.seen.any()
    ]
    area = statistics.fmean(float(truth.sum()) for truth in truths)
    return statistics.fmean(changes) / area if changes and area else 0.0
