"""Codes of styles: the networks that read them off a picture and off a text's direction."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models.painter_palette import PALETTE

STROKES = 100
"""Numbers that tell the painting network how to paint."""

CODE = STROKES + PALETTE
"""Numbers that make a style: those of its strokes, then its palette."""


class PictureCoder(nn.Module):
    """MobileNetV2 with its norms folded in, the mean of its last maps, and one linear layer."""

    # Channels, blocks and first stride of each stage (Sandler et al. 2018).
    stages = ((16, 1, 1), (24, 2, 2), (32, 3, 2), (64, 4, 2), (96, 3, 1), (160, 3, 2), (320, 1, 1))
    first, last, widening = 32, 1280, 6

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, self.first, 3, 2)
        self.blocks = nn.ModuleList()
        inputs = self.first
        for outputs, count, stride in self.stages:
            for index in range(count):
                inner = inputs * (self.widening if len(self.blocks) else 1)
                self.blocks.append(InvertedResidual(inputs, inner, outputs, 1 if index else stride))
                inputs = outputs
        self.top = nn.Conv2d(inputs, self.last, 1)
        self.code = nn.Linear(self.last, STROKES)

    def forward(self, pictures: Tensor) -> Tensor:
        """Strokes (B, 100) of (B, 3, 256, 256) RGB in [0, 1]."""
        maps = F.relu6(self.stem(pad_for_stride(pictures)))
        for block in self.blocks:
            maps = block(maps)
        return self.code(F.relu6(self.top(maps)).mean((2, 3)))


class InvertedResidual(nn.Module):
    """Widen, filter each channel by itself, narrow; added to the input where shapes allow."""

    def __init__(self, inputs: int, inner: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.expand = nn.Conv2d(inputs, inner, 1) if inner != inputs else None
        padding = 1 if stride == 1 else 0
        self.depthwise = nn.Conv2d(inner, inner, 3, stride, padding, groups=inner)
        self.project = nn.Conv2d(inner, outputs, 1)
        self.strided, self.added = stride > 1, stride == 1 and inputs == outputs

    def forward(self, maps: Tensor) -> Tensor:
        """(B, inputs, H, W) to (B, outputs, H / stride, W / stride)."""
        inner = F.relu6(self.expand(maps)) if self.expand is not None else maps
        inner = F.relu6(self.depthwise(pad_for_stride(inner) if self.strided else inner))
        narrow = self.project(inner)
        return maps + narrow if self.added else narrow


class TextCoder(nn.Module):
    """From a text's direction in the bundled image-text model to a code.

    A text looks for known styles by its likeness to their phrases, so that what it gets are strokes
    that belong together, not the mean of all that there are (attention over style tokens, Wang et
    al. 2018). Two layers add what the known ones don't have: colours, light, materials.

    Attributes:
        keys: (K, 256), unit directions of the known styles' phrases.
        values: (K, 109), their codes, counted from `centre` in `spread`.
        centre: (109,), the mean of the codes that it learnt from.
        spread: (109,), their deviation.
    """

    embedding, width, known = 256, 256, 157
    sharpness = 35.0
    forgetting = 0.3  # share of known styles left out in training, so that the layers learn theirs
    keys: Tensor
    values: Tensor
    centre: Tensor
    spread: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("keys", torch.zeros(self.known, self.embedding))
        self.register_buffer("values", torch.zeros(self.known, CODE))
        self.register_buffer("centre", torch.zeros(CODE))
        self.register_buffer("spread", torch.ones(CODE))
        self.layers = nn.Sequential(
            nn.Linear(self.embedding, self.width),
            nn.GELU(),
            nn.Dropout(0.3),
            nn.Linear(self.width, CODE),
        )

    def forward(self, directions: Tensor) -> Tensor:
        """Codes (B, 109) of directions (B, 256) of any length."""
        directions = F.normalize(directions, dim=-1)
        likeness = self.sharpness * directions @ self.keys.T
        if self.training:
            forgotten = torch.rand_like(likeness) < self.forgetting
            likeness = likeness.masked_fill(forgotten, -torch.inf)
        of_known = likeness.softmax(1) @ self.values
        added = self.layers(directions * self.embedding**0.5)
        return self.centre + self.spread * (of_known + added)


def pad_for_stride(maps: Tensor) -> Tensor:
    """TensorFlow's padding before a 3×3 convolution of stride 2 on even sides."""
    return F.pad(maps, (0, 1, 0, 1))
