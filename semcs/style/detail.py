"""Detail beyond the working size: a trained StyleNet run on the whole photo, tile by tile.

What was optimised stays what it was: the picture at full size, when shrunk, is the picture at
working size. Only what shrinking would lose is taken from the network's run at full size.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product

import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.style.stylenet import MULTIPLE, InstanceNorm, RegionStyleNet, pad_to

BLOCK = 2 * MULTIPLE  # pixels: what the U-Net's deepest level sees as one
REACH = 10 * BLOCK  # a pixel's colour depends on nothing farther off
TILE = 64 * BLOCK


@torch.no_grad()
def paint_large(
    style_net: RegionStyleNet,
    small: tuple[Tensor, Tensor],
    large: tuple[Tensor, Tensor],
    *,
    tile: int = TILE,
) -> Tensor:
    """Paint a photo at its full size with a network that was trained at another.

    Args:
        style_net: The network; its InstanceNorms take the statistics that `small` has in them.
        small: Photo (1, 3, h, w) in [0, 1] and masks (R, 1, h, w) at working size.
        large: Photo (1, 3, H, W) and masks (R, 1, H, W).
        tile: Side in pixels of what is painted at once, a multiple of 16.

    Returns:
        (R, 3, H, W); where tiles meet it is what one run over everything would have given.
    """
    size = large[0].shape[-2:]
    photo, masks = (pad_to(maps, BLOCK) for maps in large)
    height, width = photo.shape[-2:]
    noise = style_net.noise(height // 2, width // 2)
    painted = photo.new_empty(len(masks), 3, height, width)
    with held_statistics(style_net, *small):
        for down, right in product(stretches(height, tile), stretches(width, tile)):
            (rows, seen_rows, own_rows), (columns, seen_columns, own_columns) = down, right
            pictures = style_net(
                photo[..., seen_rows, seen_columns],
                masks[..., seen_rows, seen_columns],
                noise[..., _blocks(seen_rows), _blocks(seen_columns)],
            )
            painted[..., rows, columns] = pictures[..., own_rows, own_columns]
    return painted[..., : size[0], : size[1]]


def add_detail(small: Tensor, large: Tensor) -> Tensor:
    """The small pictures (R, 3, h, w), enlarged, with what only the large (R, 3, H, W) show."""
    size = large.shape[-2:]
    coarse = F.interpolate(large, small.shape[-2:], mode="bilinear", antialias=True)
    return large + F.interpolate(small - coarse, size, mode="bicubic")


@contextmanager
def held_statistics(style_net: RegionStyleNet, photo: Tensor, masks: Tensor) -> Iterator[None]:
    """Have all InstanceNorms normalise by what (1, 3, h, w) and (R, 1, h, w) show them."""
    norms = [layer for layer in style_net.modules() if isinstance(layer, InstanceNorm)]

    def hold(norm: InstanceNorm, inputs: tuple[Tensor]) -> None:
        variance, mean = torch.var_mean(inputs[0].float(), (0, 2, 3), correction=0)
        norm.held = mean, variance

    hooks = [norm.register_forward_pre_hook(hold) for norm in norms]
    try:
        style_net(photo, masks)
        for hook in hooks:
            hook.remove()
        yield
    finally:
        for norm in norms:
            norm.held = None


def stretches(length: int, tile: int) -> Iterator[tuple[slice, slice, slice]]:
    """Cut `length` pixels into stretches of at most `tile`.

    Yields:
        What is painted; what is seen for it, all that it depends on; the first within the second.
    """
    for start in range(0, length, tile):
        stop = min(start + tile, length)
        first = max(0, start - REACH)
        seen = slice(first, min(length, stop + REACH))
        yield slice(start, stop), seen, slice(start - first, stop - first)


def _blocks(pixels: slice) -> slice:
    return slice(pixels.start // 2, pixels.stop // 2)
