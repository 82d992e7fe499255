"""Single frames of a clip against the same frames painted alone: agreement and content."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

import numpy as np

import semcs
from benchmarks.video.painters import stylizer
from benchmarks.video.scene import Clip, Rgb

EVERY = 10  # frames


def still_scores(styled: Sequence[Rgb], clip: Clip, fg: str, bg: str) -> dict[str, float]:
    """Means over every tenth frame and both regions, by `semcs.metrics.score`.

    Returns:
        "agreement" with each region's text, −1 to 1, more is better; "content", the distance to
        the frame of the source, 0 to 2, less is better. Of the whole where masks aren't known;
        then there is no agreement. Frames without one of the regions are left out.
    """
    rows: dict[str, list[float]] = {}
    for index in range(0, len(styled), EVERY):
        mask = None if clip.masks is None else clip.masks[index]
        if mask is not None and (mask.all() or not mask.any()):
            continue
        texts: Any = {} if mask is None else {"fg": fg, "bg": bg}
        given: object = None if mask is None else mask.astype(np.float32)
        found = semcs.metrics.score(
            clip.frames[index], styled[index], given, models=stylizer().family, **texts
        )
        for region in found.regions or (found.whole,):
            rows.setdefault("content", []).append(region.content)
            if region.agreement is not None:
                rows.setdefault("agreement", []).append(region.agreement)
    return {name: statistics.fmean(values) for name, values in rows.items()}
