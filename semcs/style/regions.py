"""Regions: where in the picture which style holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import torch
from torch import Tensor

from semcs.errors import check_choice, check_number
from semcs.models.directions import check_text

_LEAST = 1 / 255  # a smaller share of a pixel can't be seen
BAND = 1 << 17  # pixels


Role = Literal["foreground", "background", "region"]


@dataclass(frozen=True, eq=False)
class Region:
    """A soft mask and how the picture should look there.

        sky = semcs.Region(mask, "starry night", strength=0.7, name="sky")
        semcs.stylize("photo.jpg", regions=[sky])

    Attributes:
        mask: Anything that `semcs.image.load_mask` takes, (H, W), 1 where the region is.
        style: A text, or a picture as the style (anything that `semcs.image.load` takes but a
            path as a string, which would be a text: hand in a `Path`); None keeps the region's own
            pixels.
        strength: How much of the style shows, 0 to 1; the rest is the photo.
        name: What reports call it.
        role: "foreground" or "background", whose weights and scales of the preset it takes; those
            of a plain "region" are the foreground's, and its crops count in full.
        weight: Of its directional loss; None is that of the preset for its role.
    """

    mask: object
    style: object
    strength: float = 1.0
    name: str = "region"
    role: Role = "region"
    weight: float | None = None

    def __post_init__(self) -> None:
        if isinstance(self.style, str):
            check_text(self.style, f"text of {self.name}")
        check_number(f"strength of {self.name}", self.strength, most=1.0)
        check_choice(f"role of {self.name}", self.role, get_args(Role))
        if self.weight is not None:
            check_number(f"weight of {self.name}", self.weight)

    @property
    def text(self) -> str | None:
        """The style where it is a text."""
        return self.style if isinstance(self.style, str) else None


def partition(masks: Tensor) -> tuple[Tensor, Tensor]:
    """Make masks share out every pixel.

    Where masks overlap, they share in proportion; what none of them covers is left over.

    Args:
        masks: (R, 1, H, W) in [0, 1].

    Returns:
        The masks (R, 1, H, W) and the rest (1, 1, H, W); all of them sum to 1. Shares too small
        to be seen are exactly 0, shares all but whole are exactly 1.
    """
    shares, rest = torch.empty_like(masks), torch.empty_like(masks[:1])
    for rows in bands(masks.shape[-2], masks.shape[-1]):
        band = _snap(masks[..., rows, :])
        band = _snap(band / band.sum(0, keepdim=True).clamp(min=1))
        shares[..., rows, :] = band
        rest[..., rows, :] = _snap((1 - band.sum(0, keepdim=True)).clamp(min=0))
    return shares, rest


def bands(height: int, width: int) -> Iterator[slice]:
    """Rows of a picture, so many at once that what is worked out of them stays in the cache."""
    rows = max(1, BAND // max(width, 1))
    return (slice(top, min(top + rows, height)) for top in range(0, height, rows))


def _snap(shares: Tensor) -> Tensor:
    shares = shares.masked_fill(shares < _LEAST, 0)
    return shares.masked_fill_(shares > 1 - _LEAST, 1)


def composite(
    content: Tensor, styled: Tensor, masks: Tensor, strengths: Sequence[float] | None = None
) -> Tensor:
    """Put each region's picture where its mask is, as strong as asked; elsewhere the content.

    Pixels that no styled region touches are those of the content, bit for bit.

    Args:
        content: (1, 3, H, W).
        styled: (R, 3, H, W), a picture a region.
        masks: (R, 1, H, W) shares, summing to at most 1.
        strengths: R numbers in [0, 1]; all of them 1 by default.

    Returns:
        (1, 3, H, W).
    """
    shares = masks if strengths is None else weigh(masks, strengths)
    # One by one: large pictures are many bytes.
    changes = (share * (picture - content) for share, picture in zip(shares, styled))
    return content + sum(changes, torch.zeros(()).to(content))


def weigh(masks: Tensor, strengths: Sequence[float]) -> Tensor:
    """How much of each region's picture shows at each pixel: (R, 1, H, W) masks by R strengths."""
    return masks * masks.new_tensor(list(strengths)).view(-1, 1, 1, 1)
