"""The bundled image-text model: a small image encoder and a small text encoder.

Both embed into one space. It knows styles, materials, weathers and colours, not the whole world as
CLIP does. Its gradients change a picture visibly, not in noise: the image encoder reads statistics
of textures, and was trained against perturbations.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from semcs.models.interfaces import ImageTextModel
from semcs.models.layout import channels_last
from semcs.models.normalise import normalise
from semcs.models.text import TextTrunk

EMBEDDING = 256


class BundledClip(ImageTextModel):
    """The bundled image encoder and text encoder."""

    name = "semcs CLIP"
    input_size = 96

    def __init__(self) -> None:
        super().__init__()
        self.image = ImageEncoder()
        self.text = TextEncoder()

    def encode_image(self, images: Tensor) -> Tensor:
        """Embed (B, 3, H, W) RGB in [0, 1] to (B, 256) of unit length."""
        return self.image(self.fit(images))

    def encode_text(self, texts: Sequence[str]) -> Tensor:
        """Embed B texts to (B, 256) of unit length."""
        return self.text(texts)


class TextEncoder(nn.Module):
    """The sentence trunk, and a head that carries its meaning into the shared space."""

    def __init__(self) -> None:
        super().__init__()
        self.trunk = TextTrunk()
        self.head = nn.Sequential(
            nn.Linear(TextTrunk.meaning, 512), nn.GELU(), nn.Linear(512, EMBEDDING)
        )

    def forward(self, texts: Sequence[str]) -> Tensor:
        """Embed B texts to (B, 256) of unit length."""
        return self.project(self.trunk(texts))

    def project(self, meanings: Tensor) -> Tensor:
        """Carry sentence meanings (B, 384) into the shared space."""
        return F.normalize(self.head(meanings), dim=-1)


class ImageEncoder(nn.Module):
    """Four strided residual blocks; of each, channel means and a projected covariance.

    Covariances of features are what a texture is made of (Gatys et al. 2015, second-order
    pooling); with them a network of this size tells hatching from stipple at a glance.
    """

    widths = (32, 80, 160, 256)
    covariance_channels = 24

    def __init__(self) -> None:
        super().__init__()
        inputs = (3, *self.widths[:-1])
        self.blocks = nn.ModuleList(StridedBlock(i, o) for i, o in zip(inputs, self.widths))
        pools = [StatisticsPool(width, self.covariance_channels) for width in self.widths]
        self.pools = nn.ModuleList(pools)
        statistics = sum(pool.size for pool in pools)
        self.head = nn.Sequential(nn.Linear(statistics, 512), nn.GELU(), nn.Linear(512, EMBEDDING))

    def forward(self, images: Tensor) -> Tensor:
        """Embed (B, 3, 96, 96) RGB in [0, 1] to (B, 256) of unit length."""
        return self.embed(self.statistics(images))

    def statistics(self, images: Tensor) -> list[Tensor]:
        """Means and covariances of each block's maps, (B, size) each."""
        maps = channels_last(normalise(images))
        statistics = []
        for block, pool in zip(self.blocks, self.pools):
            maps = block(maps)
            statistics.append(pool(maps))
        return statistics

    def embed(self, statistics: list[Tensor]) -> Tensor:
        """Embed the statistics of B images to (B, 256) of unit length."""
        return F.normalize(self.head(torch.cat(statistics, 1)).float(), dim=-1)


class StridedBlock(nn.Module):
    """A residual block that halves the side; smooth activations give smooth gradients."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 4, 2, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(outputs)
        self.skip = nn.Conv2d(inputs, outputs, 1, bias=False)

    def fold(self) -> None:
        """Put the norms, as they are, into the convolutions: the same maps with less work."""
        for conv, norm in (("conv1", "norm1"), ("conv2", "norm2")):
            if isinstance(getattr(self, norm), nn.BatchNorm2d):
                folded = fuse_conv_bn_eval(getattr(self, conv).eval(), getattr(self, norm).eval())
                setattr(self, conv, folded)
                setattr(self, norm, nn.Identity())

    def forward(self, maps: Tensor) -> Tensor:
        """(B, inputs, H, W) to (B, outputs, H/2, W/2)."""
        inner = self.norm2(self.conv2(F.silu(self.norm1(self.conv1(maps)))))
        return F.silu(inner + self.skip(F.avg_pool2d(maps, 2)))


class StatisticsPool(nn.Module):
    """Means of all channels, and the covariance of a few projections of them, each normalised."""

    rows: Tensor
    columns: Tensor

    def __init__(self, channels: int, projected: int) -> None:
        super().__init__()
        self.project = nn.Conv2d(channels, projected, 1, bias=False)
        rows, columns = torch.triu_indices(projected, projected).unbind(0)
        self.register_buffer("rows", rows, persistent=False)
        self.register_buffer("columns", columns, persistent=False)
        self.size = channels + len(rows)
        self.norm_means = nn.LayerNorm(channels)
        self.norm_covariance = nn.LayerNorm(len(rows))

    def forward(self, maps: Tensor) -> Tensor:
        """(B, C, H, W) to (B, size)."""
        vectors = self.project(maps).permute(0, 2, 3, 1).flatten(1, 2)  # a view of channels-last
        vectors = vectors - vectors.mean(1, keepdim=True)
        covariance = vectors.transpose(1, 2) @ vectors / vectors.shape[1]
        upper = covariance[:, self.rows, self.columns]
        return torch.cat([self.norm_means(maps.mean((2, 3))), self.norm_covariance(upper)], 1)
