"""Regions painted by the learned painter: all whose strokes are of one size in one pass."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from semcs.image import resize_rgb, to_array, to_tensor, working_size
from semcs.looks.form import give_form
from semcs.looks.rendering import LEAST_PAINTED, look_scale
from semcs.models.style_painter import StylePainter
from semcs.style.regions import share_out

DETAIL = 0.4  # of the photo's form, given back to what the learned painter paints
LEAST_SIDE = 32  # pixels
MOST_ENLARGED = 2048  # pixels: the longest side at which fine strokes are painted

Array = NDArray[np.float32]


def paint_learned(
    style_painter: Callable[[], StylePainter],
    photo: Array,
    masks: Sequence[Array],
    codes: Sequence[Tensor | None],
    details: Sequence[float | None],
    scales: Sequence[float],
) -> list[Array | None]:
    """Paint the regions that have a style code.

    Args:
        style_painter: Gives the painter; asked where there is a code.
        photo: (H, W, 3) RGB in [0, 1].
        masks: (H, W) in [0, 1], one for each region, as there is one of each of the rest.
        codes: (1, 109); None for regions that others paint.
        details: How much of the photo's form is given back, 0 to 1; None is the usual amount.
        scales: Size of the strokes, against what the picture's size gives.

    Returns:
        A picture (H, W, 3) for each region, good where its mask is; None without a code.
    """
    pictures: list[Array | None] = [None] * len(codes)
    for scale in sorted({scale for scale, code in zip(scales, codes) if code is not None}):
        own = {i: code for i, code in enumerate(codes) if code is not None and scales[i] == scale}
        shares = torch.from_numpy(np.stack([masks[index] for index in own]))[:, None]
        picture = _painted_at(style_painter(), photo, torch.cat([*own.values()]), shares, scale)

        @functools.cache
        def formed(amount: float, picture: Array = picture, scale: float = scale) -> Array:
            return give_form(picture, photo, amount, scale * look_scale(max(photo.shape[:2])))

        for index in own:
            detail = details[index]
            pictures[index] = formed(DETAIL if detail is None else detail)
    return pictures


@torch.no_grad()
def _painted_at(
    painter: StylePainter, photo: Array, codes: Tensor, masks: Tensor, scale: float
) -> Array:
    """One picture (H, W, 3) in which each region has its own style.

    The painter knows one size of strokes in pixels: for larger ones it gets a smaller photo.
    """
    shares, rest = share_out(masks)
    shares[:1] += rest  # what others paint has to have some style, too
    height, width = photo.shape[:2]
    longest = max(height, width, LEAST_PAINTED)
    if scale != 1:
        longest = round(min(longest / scale, max(longest, MOST_ENLARGED)))
        longest = max(longest, -(-LEAST_SIDE * max(height, width) // min(height, width)))
    working = working_size(height, width, longest, longest)
    content = to_tensor(resize_rgb(photo, working), codes.device)
    shares = F.interpolate(shares, working, mode="bilinear", antialias=True)
    painted = painter.paint(content, codes, shares.to(codes.device))
    return resize_rgb(to_array(painted.cpu()), (height, width))
