"""MobileNetV2 as DeepLabV3 uses it: maps at half to a sixteenth of the picture's size.

Sources: Sandler et al., MobileNetV2 (CVPR 2018); Chen et al., Rethinking Atrous Convolution for
Semantic Image Segmentation (2017). Batch norms are folded into the convolutions, as in the
published 8-bit file that the weights come from.
"""

from __future__ import annotations

from typing import NamedTuple

import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models.layout import channels_last, joined

EXPANSION = 6
# Blocks by their output's channels and their stride; the last four see every second pixel
# (dilation 2) instead of a smaller map.
BLOCKS = (
    *((16, 1), (24, 2), (24, 1), (32, 2), (32, 1), (32, 1), (64, 2), (64, 1), (64, 1), (64, 1)),
    *((96, 1), (96, 1), (96, 1), (160, 1), (160, 1), (160, 1), (320, 1)),
)
DILATED_FROM = 14
DEEP_CHANNELS = 256


class Maps(NamedTuple):
    """What the network sees in pictures (B, 3, H, W).

    Attributes:
        half: (B, 16, H/2, W/2).
        quarter: (B, 24, H/4, W/4).
        eighth: (B, 32, H/8, W/8).
        deep: (B, 256, H/16, W/16): what is where, with a summary of the whole picture mixed in.
    """

    half: Tensor
    quarter: Tensor
    eighth: Tensor
    deep: Tensor


class InvertedResidual(nn.Module):
    """Widen, look around channel by channel, narrow; added to what came in where it fits."""

    def __init__(
        self, inputs: int, outputs: int, *, stride: int, dilation: int, widen: int
    ) -> None:
        super().__init__()
        hidden = inputs * widen
        self.expand = nn.Conv2d(inputs, hidden, 1) if widen > 1 else None
        self.depthwise = nn.Conv2d(
            hidden, hidden, 3, stride, padding=dilation, dilation=dilation, groups=hidden
        )
        self.project = nn.Conv2d(hidden, outputs, 1)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, maps: Tensor) -> Tensor:
        """(B, `inputs`, H, W) to (B, `outputs`, H/stride, W/stride)."""
        seen = maps if self.expand is None else F.relu6(self.expand(maps), inplace=True)
        projected: Tensor = self.project(F.relu6(self.depthwise(seen), inplace=True))
        return maps + projected if self.residual else projected


class DeepLabBackbone(nn.Module):
    """MobileNetV2 and the pooling head of DeepLabV3, up to the layer before its classes."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 32, 3, 2, padding=1)
        blocks, inputs = [], 32
        for index, (outputs, stride) in enumerate(BLOCKS):
            dilation = 2 if index >= DILATED_FROM else 1
            widen = EXPANSION if index else 1
            blocks.append(
                InvertedResidual(inputs, outputs, stride=stride, dilation=dilation, widen=widen)
            )
            inputs = outputs
        self.blocks = nn.ModuleList(blocks)
        self.local = nn.Conv2d(inputs, DEEP_CHANNELS, 1)
        self.summary = nn.Conv2d(inputs, DEEP_CHANNELS, 1)
        self.join = nn.Conv2d(2 * DEEP_CHANNELS, DEEP_CHANNELS, 1)

    def forward(self, images: Tensor) -> Maps:
        """Maps of (B, 3, H, W) RGB in [0, 1], H and W multiples of 16."""
        maps = F.relu6(self.stem(channels_last(2 * images - 1)), inplace=True)
        kept = []
        for block, after in zip(self.blocks, (*BLOCKS[1:], (0, 1))):
            maps = block(maps)
            if after[1] == 2:  # the last one of its size
                kept.append(maps)
        summary = F.relu(self.summary(maps.mean((2, 3), keepdim=True))).expand(
            -1, -1, *maps.shape[-2:]
        )
        deep = F.relu(self.join(joined(summary, F.relu(self.local(maps)))))
        half, quarter, eighth = kept
        return Maps(half, quarter, eighth, deep)
