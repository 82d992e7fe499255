"""Labels of pixels for the region network: what each one allows a pixel to be.

The first labels are the kinds themselves, by their place in `KINDS`; the others stand for sets of
kinds, since data sets say some things less exactly than our words do.
"""

from __future__ import annotations

import torch
from torch import Tensor

from semcs.models.region_words import KINDS

UNKNOWN = 255
PERSON, RIDER, FENCE, FRONT, LEAVES, CARS = range(len(KINDS), len(KINDS) + 6)
SETS = (
    ("person", "face", "hair"),
    ("person", "face", "hair", "bicycle"),
    ("wall", "other"),
    ("building", "wall"),
    ("tree", "plant"),
    ("car", "vehicle", "bus"),
)
"""What PERSON to CARS allow."""
PEOPLE = (KINDS.index("person"), KINDS.index("face"), KINDS.index("hair"), PERSON)
"""Labels of what is one thing when somebody asks for a person."""

VOC = (
    *("", "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow"),
    *("table", "dog", "horse", "motorbike", "person", "plant", "sheep", "sofa", "train", "screen"),
)
"""DeepLab's classes, those of Pascal VOC, by our words; the first is all else."""


def allowed_kinds() -> Tensor:
    """(labels, kinds), True where a label allows a kind."""
    rows = [(kind,) for kind in KINDS] + list(SETS)
    return torch.stack([_among(row) for row in rows])


def voc_kinds() -> Tensor:
    """(21, kinds), True where what DeepLab calls by a class may be of a kind."""
    wider = {"person": ("face", "hair"), "plant": ("flower", "tree")}
    classes = torch.stack([_among((name, *wider.get(name, ()))) for name in VOC[1:]])
    # VOC has only some of what these words mean: where DeepLab sees nothing, they may be.
    partly_known = ("plant", "flower", "tree", "table", "bottle", "boat")
    return torch.cat([(~classes.any(0) | _among(partly_known))[None], classes])


def _among(names: tuple[str, ...]) -> Tensor:
    return torch.tensor([kind in names for kind in KINDS])
