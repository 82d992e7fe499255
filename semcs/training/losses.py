"""Losses on cosines of unit embeddings."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def matching_loss(logits: Tensor) -> Tensor:
    """Symmetric InfoNCE of (B, B) logits: row i belongs to column i."""
    labels = torch.arange(len(logits), device=logits.device)
    return (F.cross_entropy(logits, labels) + F.cross_entropy(logits.T, labels)) / 2


def direction_loss(cosines: Tensor, labels: Tensor, scale: float | Tensor) -> Tensor:
    """Tell to which text an image's direction belongs, and bring the two together.

    Args:
        cosines: (B, C) of the images' directions with the texts' directions.
        labels: (B,) index of each image's own text.
        scale: What cosines are multiplied with in the softmax.

    Returns:
        Cross-entropy, plus the mean of 1 − cosine with the own text.
    """
    own = cosines.gather(1, labels[:, None])
    return F.cross_entropy(scale * cosines, labels) + (1 - own).mean()


def unit_directions(ends: Tensor, starts: Tensor) -> Tensor:
    """Unit vectors from `starts` to `ends`, (B, D) each; or from one start (1, D) to all ends."""
    return F.normalize(ends - starts, dim=-1)
