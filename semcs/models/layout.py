"""Maps (B, C, H, W) in memory with their channels last, in which convolutions are quickest.

Strides tell the layout, and those of a dimension of one are any: a batch of one picture made as
`picture.permute(2, 0, 1)[None]` counts as contiguous in both layouts, and is still taken by the
convolutions for the slower one. Here all strides are those of the layout.
"""

from __future__ import annotations

import torch
from torch import Tensor


def channels_last(maps: Tensor) -> Tensor:
    """Maps (B, C, H, W) with their channels last; copied only where they aren't."""
    last = maps.movedim(1, -1).contiguous()
    return last.flatten().view(last.shape).movedim(-1, 1)


def joined(*maps: Tensor) -> Tensor:
    """Maps of one size, channel after channel, with their channels last.

    `torch.cat` gives the other layout where one of them has a single channel.
    """
    return torch.cat([one.movedim(1, -1) for one in maps], -1).movedim(-1, 1)


def one_channel_first(maps: Tensor) -> Tensor:
    """Maps as they are; of one channel, in the layout in which resizing those is quickest."""
    return maps[:, 0][:, None] if maps.shape[1] == 1 else maps
