"""Which part of a picture stands out: spectral saliency, usable without the rest of semcs.

    semcs.saliency.saliency_mask("photo.jpg").save("mask.png")

image ─► patch features ─► affinity ─► spectral ─► foreground or segments ─► refine ─► mask

Everything public is loaded when it is first used; the parts up to the eigenvectors need numpy
and scipy alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

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
    "Affinity": "affinity",
    "as_affinity": "affinity",
    "feature_affinity": "affinity",
    "knn_color_affinity": "affinity",
    "mixed_affinity": "affinity",
    "choose_foreground": "foreground",
    "SaliencyPredictor": "predictor",
    "saliency_mask": "mask",
    "refine_mask": "refine",
    "segment": "segments",
    "smallest_eigenvectors": "spectral",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
