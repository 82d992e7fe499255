"""Seams: does a picture break at the border of a mask more than the photo did?"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.errors import InputError
from semcs.metrics.inputs import Measured, region_mean
from semcs.metrics.pairs import PairMeasure
from semcs.metrics.structural import gradient_length

BAND = 1 / 250  # half the width of the band on the border, in short sides of the picture


class Seam(PairMeasure):
    """Excess of gradient on the mask's border, in the output minus in the content.

    With b the mean length of the gradient in a thin band on the border and f that in bands a bit
    away on both sides, the excess is (b − f) / (b + f), in [−1, 1]: strokes all over the picture
    don't count, nor does an edge that the photo has there already. Seams are in [−2, 2]: 0 where
    nothing changed, or where the mask has no border.

        seams = semcs.metrics.Seam()(photos, outputs, masks)
    """

    def compare(self, content: Tensor, output: Tensor, mask: Tensor | None) -> Tensor:
        """See `PairMeasure`; the mask's border is where it crosses 0.5."""
        if mask is None:
            raise InputError("a seam needs a mask, on whose border it is")
        on, away = border_bands(mask)
        return _excess(output, on, away) - _excess(content, on, away)


def seam(content: object, output: object, mask: object) -> Measured:
    """How much more a picture breaks at a mask's border than the photo: 0 for not at all.

        print(semcs.metrics.seam("photo.jpg", "styled.png", "mask.png"))

    Args:
        content: Any picture (see `semcs.image.load`), or a batch (B, 3, H, W).
        output: What became of it, of the same size.
        mask: The mask (see `semcs.image.load_mask`), or (B, 1, H, W).

    Returns:
        A number in [−2, 2]; for a batch a tensor (B,) with its gradient.

    Raises:
        InputError: A picture or the mask can't be read, there is none, or sizes differ.
    """
    return Seam().of_pictures(content, output, mask)


def border_bands(mask: Tensor) -> tuple[Tensor, Tensor]:
    """Where the border of (B, 1, H, W) masks is, and where one is a bit away from it.

        outside  . . a a . . b b | b b . . a a . .  inside       b: on the border, a: away

    Returns:
        Two masks (B, 1, H, W) of 0 and 1.
    """
    hard = (mask > 0.5).to(mask)
    radius = max(1, round(BAND * min(mask.shape[-2:])))
    on, between, away = (_near_border(hard, times * radius) for times in (1, 2, 4))
    return on, away - between


def _near_border(hard: Tensor, radius: int) -> Tensor:
    """Pixels that have both sides of the border within reach."""
    reach = 2 * radius + 1
    grown, shrunk = (F.max_pool2d(side, reach, 1, radius) for side in (hard, 1 - hard))
    return grown * shrunk


def _excess(images: Tensor, on: Tensor, away: Tensor) -> Tensor:
    # One length for all three colours: they can break without the luminance.
    lengths = gradient_length(images).square().mean(1, keepdim=True).sqrt()
    border, flanks = region_mean(lengths, on)[:, 0], region_mean(lengths, away)[:, 0]
    return (border - flanks) / (border + flanks).clamp_min(torch.finfo(lengths.dtype).tiny)
