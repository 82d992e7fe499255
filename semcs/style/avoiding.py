"""Directions in embedding space that lead away from a text."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F

STRENGTH = 0.5  # of the avoided direction, beside the one that is asked for


def away_from(direction: Tensor, avoided: Tensor) -> Tensor:
    """A direction less a part of another, as long as it was.

    Args:
        direction: (1, D), where a style leads.
        avoided: (1, D), where the text leads that is to be avoided.
    """
    turned = F.normalize(direction, dim=1) - STRENGTH * F.normalize(avoided, dim=1)
    return F.normalize(turned, dim=1) * direction.norm(dim=1, keepdim=True)
