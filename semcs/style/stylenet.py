"""The networks that are optimised for one picture: image in, styled image out."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models.loading import build_without_weights
from semcs.style.regions import composite

MULTIPLE = 8
GAIN = 4.0  # of the heads: what a small weight changes can be seen


class ConvBlock(nn.Module):
    """E(i→o): (3×3 convolution, InstanceNorm, ReLU) twice, beside a 1×1 skip."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.inner = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, padding=1),
            InstanceNorm(outputs),
            nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, 3, padding=1),
            InstanceNorm(outputs),
            nn.ReLU(inplace=True),
        )
        self.skip = nn.Conv2d(inputs, outputs, 1)

    def forward(self, maps: Tensor) -> Tensor:
        """(B, inputs, H, W) to (B, outputs, H, W)."""
        inner: Tensor = self.inner(maps)
        return inner + self.skip(maps)


class InstanceNorm(nn.InstanceNorm2d):
    """InstanceNorm that leaves a single image's channels-last layout alone; torch's copies it."""

    def forward(self, maps: Tensor) -> Tensor:
        """Normalise each channel of each of (B, C, H, W)."""
        if len(maps) > 1:
            return super().forward(maps)
        return F.batch_norm(maps, None, None, training=True, eps=self.eps)  # the same for one


class UNet(nn.Module):
    """The published StyleNet between its 1×1 ends: three levels down, three up.

    Args:
        inputs: Channels that come in.
    """

    outputs = 16

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.enter = nn.Conv2d(inputs, 16, 1)
        self.first = ConvBlock(16, 16)
        self.encoders = nn.ModuleList([ConvBlock(16, 16), ConvBlock(16, 32), ConvBlock(32, 64)])
        self.downs = nn.ModuleList(nn.Conv2d(c, c, 4, 2, 1) for c in (16, 32, 64))
        self.bottleneck = ConvBlock(64, 128)
        self.decoders = nn.ModuleList([ConvBlock(192, 64), ConvBlock(96, 32), ConvBlock(48, 16)])
        self.last = ConvBlock(32, 16)

    def forward(self, images: Tensor) -> Tensor:
        """(B, inputs, H, W), sides multiples of 8, to (B, 16, H, W)."""
        first = self.first(self.enter(images))
        maps, skips = first, []
        for encoder, down in zip(self.encoders, self.downs):
            maps = encoder(maps)
            skips.append(maps)
            maps = down(maps)
        maps = self.bottleneck(maps)
        for decoder, skip in zip(self.decoders, reversed(skips)):
            doubled = F.interpolate(maps, scale_factor=2, mode="bilinear", align_corners=False)
            maps = decoder(torch.cat([doubled, skip], 1))
        return self.last(torch.cat([maps, first], 1))


class StyleNet(nn.Module):
    """What every network of this module does: paint a picture for each region."""

    def initialise(self, generator: torch.Generator) -> None:
        """Draw the weights of all convolutions, as torch does it, from a generator on the CPU."""
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_uniform_(module.weight, a=math.sqrt(5), generator=generator)
                bound = 1 / math.sqrt(module.weight[0].numel())
                if module.bias is not None:
                    nn.init.uniform_(module.bias, -bound, bound, generator=generator)

    def forward(self, photo: Tensor, starts: Tensor, masks: Tensor) -> Tensor:
        """Paint each region's picture.

        Args:
            photo: (1, 3, H, W) in [0, 1].
            starts: (R, 3, H, W) in [0, 1], what each region begins as.
            masks: (R, 1, H, W) share of each region.

        Returns:
            (R, 3, H, W).
        """
        raise NotImplementedError


class PublishedStyleNet(StyleNet):
    """StyleNet as CLIPstyler and Sem-CS published it: it sees the image alone.

    One picture comes out for all regions; which style goes where it can only tell from what the
    picture shows, so styles bleed into each other.
    """

    def __init__(self) -> None:
        super().__init__()
        self.unet = UNet(3)
        self.leave = nn.Conv2d(UNet.outputs, 3, 1)

    def forward(self, photo: Tensor, starts: Tensor, masks: Tensor) -> Tensor:
        """(1, 3, H, W) to (R, 3, H, W): the same picture for each of the R masks.

        Nothing of `starts` is used: it has to learn to copy the photo first, as published.
        """
        height, width = photo.shape[-2:]
        maps = self.leave(self.unet(pad_to(photo, MULTIPLE)))[..., :height, :width]
        return torch.sigmoid(maps.float()).expand(len(masks), -1, -1, -1)


class RegionStyleNet(StyleNet):
    """StyleNet that paints on: it begins as the picture that each region starts from.

    Against the published network:
    - it sees the photo and what the regions start from, and paints a bounded change onto the
      latter; its last layer begins at zero, so that at step 0 nothing is changed and no step is
      spent on learning to copy;
    - each region has an output of its own, so no style has to be recognised from the content, and
      none bleeds;
    - it works on 2×2 blocks of pixels throughout, which saves three quarters of the time; the
      last layers see each block's own pixels again and paint them one by one (Shi et al. 2016).

    Args:
        regions: R.
    """

    block_channels = 4 * 2 * 3  # of the 2×2 blocks of two pictures
    hidden_channels = 32  # that the heads mix

    def __init__(self, regions: int) -> None:
        super().__init__()
        self.unet = UNet(self.block_channels)
        inputs = UNet.outputs + self.block_channels
        self.sharpen = nn.Conv2d(inputs, self.hidden_channels, 3, padding=1)
        self.heads = nn.Conv2d(self.hidden_channels, 4 * 3 * regions, 1)
        self._change_nothing()

    def initialise(self, generator: torch.Generator) -> None:
        """Draw the weights; those of the heads are zero, so that nothing is changed at first."""
        super().initialise(generator)
        self._change_nothing()

    def _change_nothing(self) -> None:
        for parameter in self.heads.parameters():
            nn.init.zeros_(parameter)

    def forward(self, photo: Tensor, starts: Tensor, masks: Tensor) -> Tensor:
        """(1, 3, H, W) and (R, 3, H, W) to (R, 3, H, W)."""
        height, width = photo.shape[-2:]
        composed = composite(photo, starts, masks)
        pictures = pad_to(torch.cat([photo, composed], 1), 2 * MULTIPLE)
        blocks = F.pixel_unshuffle(2 * pictures - 1, 2).contiguous(
            memory_format=torch.channels_last
        )
        features = self.unet(blocks)
        hidden = F.relu(self.sharpen(torch.cat([features, blocks.to(features.dtype)], 1)))
        change = without_blocks(F.pixel_shuffle(self.heads(hidden), 2)).float()
        change = change[..., :height, :width].reshape(starts.shape)
        return clamp_through(starts + (GAIN * change).tanh())


class PixelCanvas(StyleNet):
    """No network at all, every pixel is free: it shows what a model's own gradients paint.

    Args:
        regions: R.
        size: Height and width of the picture.
    """

    def __init__(self, regions: int, size: tuple[int, int]) -> None:
        super().__init__()
        self.changes = nn.Parameter(torch.zeros(regions, 3, *size))

    def initialise(self, generator: torch.Generator) -> None:
        """Change nothing at first; nothing is drawn."""
        nn.init.zeros_(self.changes)

    def forward(self, photo: Tensor, starts: Tensor, masks: Tensor) -> Tensor:
        """What each region begins as, (R, 3, H, W) in [0, 1], changed pixel by pixel."""
        return clamp_through(starts + self.changes)


def build_stylenet(
    kind: str, regions: int, size: tuple[int, int], generator: torch.Generator
) -> StyleNet:
    """A network with weights drawn from a generator; the global one is left alone.

    Args:
        kind: "region", "published" or "pixels".
        regions: R.
        size: Height and width of the picture.
        generator: On the CPU.
    """
    build: dict[str, Callable[[], StyleNet]] = {
        "region": lambda: RegionStyleNet(regions),
        "published": PublishedStyleNet,
        "pixels": lambda: PixelCanvas(regions, size),
    }
    network = build_without_weights(build[kind])
    network.initialise(generator)
    return network


def without_blocks(maps: Tensor) -> Tensor:
    """Blur (B, C, H, W) by 1-2-1 both ways: what alternates from pixel to pixel is gone.

    Pixels of a block that are painted one by one make checkerboards (Odena et al. 2016).
    """
    extended = F.pad(maps, (1, 1, 1, 1), mode="replicate")
    return F.avg_pool2d(F.avg_pool2d(extended, 2, 1), 2, 1)


def clamp_through(image: Tensor) -> Tensor:
    """Clamp to [0, 1], but let gradients through everywhere: no pixel gets stuck at black."""
    return image + (image.clamp(0, 1) - image).detach()


def pad_to(maps: Tensor, multiple: int) -> Tensor:
    """Extend (B, C, H, W) at the right and bottom, by mirroring, to multiples of `multiple`."""
    h, w = maps.shape[-2:]
    padding = (0, -w % multiple, 0, -h % multiple)
    return F.pad(maps, padding, mode="reflect") if any(padding) else maps
