"""The measures of a picture."""

from __future__ import annotations

import statistics
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.judge import Judge, load_judge, region_probabilities
from benchmarks.photos import Rgb, as_floats
from benchmarks.quality.cases import Case
from semcs.image import to_tensor
from semcs.metrics.content import ContentDistance
from semcs.metrics.dists_content import DistsBundled
from semcs.metrics.seams import Seam
from semcs.metrics.structural import Ssim
from semcs.models.interfaces import ContentNetwork

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

_dists = cache(DistsBundled)


@cache
def the_judge() -> Judge:
    """The judge, loaded once in a process."""
    return load_judge()


@torch.no_grad()
def score(
    case: Case, photo: Rgb, styled: Rgb, mask: NDArray[np.float32], network: ContentNetwork
) -> dict[str, float]:
    """All measures but the seconds.

    Args:
        case: What was asked for.
        photo: (H, W, 3).
        styled: What was made of it, (H, W, 3).
        mask: The foreground, (H, W) in [0, 1].
        network: Of the content distance.
    """
    before, after = (to_tensor(as_floats(picture)) for picture in (photo, styled))
    sides = [torch.from_numpy(m)[None, None] for m in (mask, 1 - mask)]
    distance, outlines = ContentDistance(network), Ssim(of_edges=True)
    return {
        **_judged(case, *(region_probabilities(the_judge(), before, after, s) for s in sides)),
        "content": statistics.fmean(distance(before, after, side).item() for side in sides),
        "structure": statistics.fmean(outlines(before, after, side).item() for side in sides),
        "seam": Seam()(before, after, sides[0]).item(),
        "dists_bundled": _dists()(before, after).item(),
    }


def _judged(case: Case, fg: torch.Tensor, bg: torch.Tensor) -> dict[str, float]:
    """What the judge says, from its probabilities (C,) of foreground and background."""
    of_fg, of_bg = (the_judge().names.index(text) for text in (case.fg, case.bg))
    places = {
        side: int((seen > seen[own]).sum())
        for side, seen, own in (("fg", fg, of_fg), ("bg", bg, of_bg))
    }
    return {
        **{f"top1_{side}": float(place < 1) for side, place in places.items()},
        **{f"top5_{side}": float(place < 5) for side, place in places.items()},
        "agreement_fg": fg[of_fg].item(),
        "agreement_bg": bg[of_bg].item(),
        "leakage": (fg[of_bg].item() + bg[of_fg].item()) / 2,
    }
