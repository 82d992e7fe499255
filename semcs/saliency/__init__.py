"""Which part of a picture stands out: spectral saliency, usable without the rest of semcs.

    semcs.saliency.saliency_mask("photo.jpg").save("mask.png")

image ─► patch features ─► affinity ─► spectral ─► foreground or segments ─► refine ─► mask

Everything public is loaded when it is first used; the parts up to the eigenvectors need numpy
and scipy alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semcs.lazy import lazy_names

if TYPE_CHECKING:
    from semcs.saliency.affinity import (
        Affinity,
        as_affinity,
        feature_affinity,
        knn_color_affinity,
        mixed_affinity,
    )
    from semcs.saliency.foreground import choose_foreground
    from semcs.saliency.mask import saliency_mask
    from semcs.saliency.predictor import SaliencyPredictor
    from semcs.saliency.refine import refine_mask
    from semcs.saliency.segments import segment
    from semcs.saliency.spectral import smallest_eigenvectors

__all__ = [
    "Affinity",
    "SaliencyPredictor",
    "as_affinity",
    "choose_foreground",
    "feature_affinity",
    "knn_color_affinity",
    "mixed_affinity",
    "refine_mask",
    "saliency_mask",
    "segment",
    "smallest_eigenvectors",
]

_HOMES = {
    "Affinity": "semcs.saliency.affinity",
    "as_affinity": "semcs.saliency.affinity",
    "feature_affinity": "semcs.saliency.affinity",
    "knn_color_affinity": "semcs.saliency.affinity",
    "mixed_affinity": "semcs.saliency.affinity",
    "choose_foreground": "semcs.saliency.foreground",
    "SaliencyPredictor": "semcs.saliency.predictor",
    "saliency_mask": "semcs.saliency.mask",
    "refine_mask": "semcs.saliency.refine",
    "segment": "semcs.saliency.segments",
    "smallest_eigenvectors": "semcs.saliency.spectral",
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
