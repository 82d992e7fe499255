"""Regions: where in the picture which text holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from semcs.errors import InputError
from semcs.models.directions import check_text

_LEAST = 1 / 255  # a smaller share of a pixel can't be seen


@dataclass(frozen=True, eq=False)
class Region:
    """A soft mask and how the picture should look there.

    Attributes:
        mask: Anything that `semcs.image.load_mask` takes, (H, W), 1 where the region is.
        text: The style; None keeps the region's own pixels.
        strength: How much of the style shows, 0 to 1; the rest is the photo.
        name: What reports call it.
    """

    mask: object
    text: str | None
    strength: float = 1.0
    name: str = "region"

    def __post_init__(self) -> None:
        if self.text is not None:
            check_text(self.text, f"text of {self.name}")
        if not 0 <= self.strength <= 1:
            raise InputError(f"strength of {self.name} is {self.strength}: 0 to 1 is allowed")


def partition(masks: Tensor) -> tuple[Tensor, Tensor]:
    """Make masks share out every pixel.

    Where masks overlap, they share in proportion; what none of them covers is left over.

    Args:
        masks: (R, 1, H, W) in [0, 1].

    Returns:
        The masks (R, 1, H, W) and the rest (1, 1, H, W); all of them sum to 1. Shares too small
        to be seen are exactly 0, shares all but whole are exactly 1.
    """
    masks = _snap(masks)
    shares = _snap(masks / masks.sum(0, keepdim=True).clamp(min=1))
    return shares, _snap((1 - shares.sum(0, keepdim=True)).clamp(min=0))


def _snap(shares: Tensor) -> Tensor:
    shares = torch.where(shares < _LEAST, torch.zeros_like(shares), shares)
    return torch.where(shares > 1 - _LEAST, torch.ones_like(shares), shares)


def composite(content: Tensor, styled: Tensor, masks: Tensor, strengths: Sequence[float]) -> Tensor:
    """Put each region's picture where its mask is, as strong as asked; elsewhere the content.

    Pixels that no styled region touches are those of the content, bit for bit.

    Args:
        content: (1, 3, H, W).
        styled: (R, 3, H, W), a picture a region.
        masks: (R, 1, H, W) shares, summing to at most 1.
        strengths: R numbers in [0, 1].

    Returns:
        (1, 3, H, W).
    """
    shares = weigh(masks, strengths)
    change = shares[:1] * (styled[:1] - content)
    for share, picture in zip(shares[1:], styled[1:]):  # one by one: large pictures are many bytes
        change = change + share * (picture - content)
    return content + change


def weigh(masks: Tensor, strengths: Sequence[float]) -> Tensor:
    """How much of each region's picture shows at each pixel: (R, 1, H, W) masks by R strengths."""
    return masks * masks.new_tensor(list(strengths)).view(-1, 1, 1, 1)
