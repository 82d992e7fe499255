"""Regions: where in the picture which style holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Literal, get_args

import numpy as np
import torch
from torch import Tensor

from semcs.errors import check_choice, check_number
from semcs.models.directions import check_text
from semcs.style.mixes import Learned, Mix

_LEAST = 1 / 255  # a smaller share of a pixel can't be seen
BAND = 1 << 17  # pixels
UNNAMED = "region"
LEAST_SCALE, MOST_SCALE = 0.25, 4.0  # strokes beyond are specks, or larger than what they show

Role = Literal["foreground", "background", "region"]


@dataclass(frozen=True)
class Click:
    """A pixel of the picture, or of a clip's first frame, that stands for the thing it is on.

        semcs.stylize("photo.jpg", regions=[semcs.Region(semcs.Click(30, 20), "gold")])

    Attributes:
        x: Pixels from the left edge, from 0.
        y: Pixels from the upper edge, from 0.
    """

    x: float
    y: float

    def __post_init__(self) -> None:
        for name in ("x", "y"):
            object.__setattr__(self, name, check_number(f"{name} of click", getattr(self, name)))

    def __str__(self) -> str:
        """Such as "320,240"."""
        return f"{self.x:g},{self.y:g}"


@dataclass(frozen=True, eq=False)
class Region:
    """Where something is in the picture, and how it should look there.

        person = semcs.Region("foreground", "gold", strength=0.7, keep_color=0.5)
        semcs.stylize("photo.jpg", regions=[person, semcs.Region("rest", "ink wash")])

    Where regions overlap, earlier ones go first: each gets what those before it left.

    Attributes:
        mask: Words for what `semcs.find` finds, "foreground", "background", or "rest" for all that
            no other region has; a `Click` on it; or anything that `semcs.image.load_mask` takes (a
            file as a `Path`), (H, W), 1 where the region is. In a result: what it got, (H, W)
            float32.
        style: A text, a picture as the style (anything that `semcs.image.load` takes but a path as
            a string, which would be a text: hand in a `Path`), or a mix of them, such as
            "0.6 watercolor + 0.4 gold" or {"watercolor": 0.6, "gold": 0.4}; None keeps the
            region's own pixels.
        strength: How much of the style shows, 0 to 1; the rest is the photo.
        name: What reports call it; the words or the place of its mask by default.
        role: "foreground" or "background", whose weights and scales of the preset it takes; those
            of a plain "region" are the foreground's, and its crops count in full.
        weight: Of its directional loss; None is that of the preset for its role.
        keep_color: How much of the photo's colours stay under the style's strokes, 0 to 1; None is
            what the call says for all regions, as for the rest.
        detail: How much of the photo's form looks get back, 0 to 1.
        scale: Size of the strokes, 0.25 to 4, against what the picture's size gives.
        avoid: A text to stay away from, such as "blue".
    """

    mask: object
    style: object
    strength: float = 1.0
    name: str = UNNAMED
    role: Role = "region"
    weight: float | None = None
    _: KW_ONLY
    keep_color: float | None = None
    detail: float | None = None
    scale: float | None = None
    avoid: str | None = None

    def __post_init__(self) -> None:
        if isinstance(self.mask, str):
            said = check_text(self.mask, f"mask of {self.name}")
            if self.name == UNNAMED:
                object.__setattr__(self, "name", said)
        if isinstance(self.mask, Click) and self.name == UNNAMED:
            object.__setattr__(self, "name", str(self.mask))
        if isinstance(self.style, str):
            check_text(self.style, f"text of {self.name}")
        check_number(f"strength of {self.name}", self.strength, most=1.0)
        check_choice(f"role of {self.name}", self.role, get_args(Role))
        if self.weight is not None:
            check_number(f"weight of {self.name}", self.weight)
        controls = checked_controls(
            self.keep_color, self.detail, self.scale, self.avoid, f" of {self.name}"
        )
        for name, value in controls.items():
            object.__setattr__(self, name, value)

    @property
    def text(self) -> str | None:
        """The style where it is a text, and of a mix what it is made of."""
        return str(self.style) if isinstance(self.style, (str, Mix, Learned)) else None

    @property
    def share(self) -> float | None:
        """Of the picture that it covers, 0 to 1; None until its mask is known."""
        return float(self.mask.mean()) if isinstance(self.mask, np.ndarray) else None


def checked_controls(
    keep_color: float | None,
    detail: float | None,
    scale: float | None,
    avoid: str | None,
    of: str = "",
) -> dict[str, float | str]:
    """What is said for a region or for all of them, by name, as plain values.

    Args:
        keep_color: From 0 to 1; None where it isn't said, as for the others.
        detail: From 0 to 1.
        scale: From `LEAST_SCALE` to `MOST_SCALE`.
        avoid: A text.
        of: What messages add to the name of a value, such as " of sky".

    Raises:
        InputError: A value is out of its range.
    """
    said: dict[str, float | str] = {}
    if keep_color is not None:
        said["keep_color"] = check_number(f"keep_color{of}", keep_color, most=1.0)
    if detail is not None:
        said["detail"] = check_number(f"detail{of}", detail, most=1.0)
    if scale is not None:
        said["scale"] = check_number(f"scale{of}", scale, least=LEAST_SCALE, most=MOST_SCALE)
    if avoid is not None:
        said["avoid"] = check_text(avoid, f"avoid{of}")
    return said


def share_out(masks: Tensor) -> tuple[Tensor, Tensor]:
    """Share every pixel out among masks in their order.

    Each gets its mask, or what those before it left where that is less.

    Args:
        masks: (R, 1, H, W) in [0, 1].

    Returns:
        The shares (R, 1, H, W) and the rest (1, 1, H, W); all of them sum to 1. Shares too small
        to be seen are exactly 0, shares all but whole are exactly 1.
    """
    shares, rest = torch.empty_like(masks), torch.empty_like(masks[:1])
    for rows in bands(masks.shape[-2], masks.shape[-1]):
        left = torch.ones_like(masks[:1, :, rows])
        for region, mask in enumerate(masks[..., rows, :]):
            share = _snap(torch.minimum(mask, left[0]))
            shares[region, ..., rows, :] = share
            left = (left - share).clamp_(min=0)
        rest[..., rows, :] = _snap(left)
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
