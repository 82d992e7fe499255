"""The bundled vision transformer, which sees objects and gives keys as DINO does."""

from __future__ import annotations

from itertools import pairwise

import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models.interfaces import KeyExtractor
from semcs.models.layout import channels_last
from semcs.models.normalise import normalise


class Attention(nn.Module):
    """Multi-head self-attention over (B, N, C) tokens."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(self, tokens: Tensor) -> Tensor:
        """Mix the tokens."""
        b, n, c = tokens.shape
        q, k, v = self.qkv(tokens).view(b, n, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v)
        return self.out(mixed.transpose(1, 2).reshape(b, n, c))


class Block(nn.Module):
    """A pre-norm transformer block."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.norm2 = nn.LayerNorm(width)
        self.mlp = nn.Sequential(
            nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width)
        )

    def forward(self, tokens: Tensor) -> Tensor:
        """Attend, then transform each token."""
        tokens = tokens + self.attention(self.norm1(tokens))
        return tokens + self.mlp(self.norm2(tokens))


class Stem(nn.Sequential):
    """Four strided convolutions from the image to a 16 times smaller map of patch embeddings."""

    def __init__(self, width: int) -> None:
        layers: list[nn.Module] = []
        channels = [3, 32, 64, 128, width]
        for i, o in pairwise(channels):
            layers += [nn.Conv2d(i, o, 3, 2, 1, bias=False), nn.BatchNorm2d(o), nn.GELU()]
        super().__init__(*layers)


class BundledVit(KeyExtractor):
    """A 3 M-parameter ViT for any image size.

    Where a patch lies is told by the zero padding of a depthwise convolution after the first
    block (conditional position encoding, Chu et al. 2021), so that no position embedding has to be
    interpolated. The last block is its keys alone: nothing else of it is used.
    """

    name = "semcs ViT"
    patch_size = 16

    def __init__(self, *, width: int = 192, depth: int = 7, heads: int = 3) -> None:
        super().__init__()
        self.stem = Stem(width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(depth - 1))
        self.position = nn.Conv2d(width, width, 5, padding=2, groups=width)
        self.norm = nn.LayerNorm(width)
        self.key = nn.Linear(width, width)

    def forward(self, images: Tensor) -> Tensor:
        """Keys (B, N, 192) of (B, 3, H, W) RGB in [0, 1], sides multiples of 16."""
        grid: Tensor = self.stem(channels_last(normalise(images)))
        h, w = grid.shape[-2:]
        tokens = grid.flatten(2).transpose(1, 2)
        for index, block in enumerate(self.blocks):
            tokens = block(tokens)
            if index == 0:
                grid = channels_last(tokens.transpose(1, 2).unflatten(2, (h, w)))
                tokens = tokens + self.position(grid).flatten(2).transpose(1, 2)
        return self.key(self.norm(tokens))
