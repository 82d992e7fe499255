"""The networks that are optimised for one picture: image in, styled image out."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

MULTIPLE = 8
GAIN = 4.0
PALETTE_PACE = 3.0  # times faster than the rest of a network do palettes learn
CODE_PACE = 3.0  # and codes


class ConvBlock(nn.Module):
    """E(i→o): (3×3 convolution, InstanceNorm, ReLU) twice, beside a 1×1 skip."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.inner = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, padding=1),
            nn.InstanceNorm2d(outputs),
            nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, padding=1),
            nn.InstanceNorm2d(outputs),
            nn.ReLU(),
        )
        self.skip = nn.Conv2d(inputs, outputs, 1)

    def forward(self, maps: Tensor, modulation: Modulation | None = None) -> Tensor:
        """(B, inputs, H, W) to (B, outputs, H, W)."""
        inner = maps
        for layer in self.inner:
            inner = layer(inner)
            if modulation is not None and isinstance(layer, nn.InstanceNorm2d):
                inner = modulation(inner)
        return inner + self.skip(maps)


class Modulation:
    """Scales and shifts of normalised maps, region by region (Perez et al. 2018).

    A style is told to a network as what its maps are multiplied with and what is added to them
    (Dumoulin et al. 2017); where regions meet softly, so do their numbers.

    Args:
        codes: (B, R, M) scales (less 1) and shifts of all maps, in the order of their use.
        masks: (B, R, H, W) share of each region.
    """

    def __init__(self, codes: Tensor, masks: Tensor) -> None:
        self.codes, self.masks = codes, masks
        self.used = 0

    def __call__(self, maps: Tensor) -> Tensor:
        """Modulate (B, C, h, w) by the next 2·C numbers of the codes."""
        channels = maps.shape[1]
        numbers = self.codes[..., self.used : self.used + 2 * channels]
        self.used += 2 * channels
        h, w = maps.shape[-2:]
        if self.masks.shape[-2:] != (h, w):
            self.masks = F.adaptive_avg_pool2d(self.masks, (h, w))
        scales, shifts = torch.einsum("brm,brhw->bmhw", numbers, self.masks).chunk(2, 1)
        return maps * (1 + scales) + shifts


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

    @property
    def modulated(self) -> int:
        """How many maps a `Modulation` meets: all that come out of InstanceNorms."""
        norms = (layer for layer in self.modules() if isinstance(layer, nn.InstanceNorm2d))
        return sum(norm.num_features for norm in norms)

    def forward(self, images: Tensor, modulation: Modulation | None = None) -> Tensor:
        """(B, inputs, H, W), sides multiples of 8, to (B, 16, H, W)."""
        first = self.first(self.enter(images), modulation)
        maps, skips = first, []
        for encoder, down in zip(self.encoders, self.downs):
            maps = encoder(maps, modulation)
            skips.append(maps)
            maps = down(maps)
        maps = self.bottleneck(maps, modulation)
        for decoder, skip in zip(self.decoders, reversed(skips)):
            doubled = F.interpolate(maps, scale_factor=2, mode="bilinear", align_corners=False)
            maps = decoder(torch.cat([doubled, skip], 1), modulation)
        return self.last(torch.cat([maps, first], 1), modulation)


class PublishedStyleNet(nn.Module):
    """StyleNet as CLIPstyler and Sem-CS published it: it sees the image alone.

    One picture comes out for all regions; which style goes where it can only tell from what the
    picture shows, so styles bleed into each other.
    """

    def __init__(self) -> None:
        super().__init__()
        self.unet = UNet(3)
        self.leave = nn.Conv2d(UNet.outputs, 3, 1)

    def forward(self, image: Tensor, masks: Tensor) -> Tensor:
        """(1, 3, H, W) to (R, 3, H, W): the same picture for each of the R masks."""
        styled = torch.sigmoid(self.leave(on_multiple(self.unet, image)).float())
        return styled.expand(len(masks), -1, -1, -1)


class RegionStyleNet(nn.Module):
    """StyleNet that knows the regions: each has a code, a head and a palette of its own.

    Against the published network:
    - a region's code modulates the maps where its mask is, and each region has its own output, so
      no style has to be recognised from the content and none bleeds;
    - it paints a bounded change onto the recoloured photo, and begins as the photo itself, or as
      `semcs.style.start` has it, so that the first steps are not spent on learning to copy;
    - a palette is a linear map of colours that learns faster than the rest: without it, stripes
      and specks are found before the colours are, and keep the loss from falling;
    - the U-Net works on 2×2 blocks of pixels, which saves three quarters of the time, a last
      layer sees the single pixels again, and fixed noise lets flat areas grow texture.
    """

    noise_channels = 4

    def __init__(self, regions: int) -> None:
        super().__init__()
        self.unet = UNet(4 * 3 + self.noise_channels)
        self.sharpen = nn.Conv2d(UNet.outputs + 3, UNet.outputs, 3, padding=1)
        self.heads = nn.Conv2d(UNet.outputs, 3 * regions, 3, padding=1)
        for parameter in self.heads.parameters():
            nn.init.zeros_(parameter)
        self.code_size = 2 * self.unet.modulated
        self.codes = nn.Parameter(torch.zeros(regions, self.code_size))
        self.palettes = nn.Parameter(torch.eye(3, 4).repeat(regions, 1, 1))
        self.noise_seed = int(torch.randint(2**31, ()))

    def forward(self, image: Tensor, masks: Tensor) -> Tensor:
        """(1, 3, H, W) in [0, 1] and (R, 1, H, W) masks to (R, 3, H, W), a picture a region."""
        return self.paint(image, masks.transpose(0, 1), self.codes[None], self.palettes[None])[0]

    def paint(self, images: Tensor, masks: Tensor, codes: Tensor, palettes: Tensor) -> Tensor:
        """Many images at once, each with codes and palettes of its own.

        Args:
            images: (B, 3, H, W) in [0, 1].
            masks: (B, R, H, W) share of each region.
            codes: (B, R, `code_size`).
            palettes: (B, R, 3, 4).

        Returns:
            (B, R, 3, H, W), a picture a region.
        """
        h, w = images.shape[-2:]
        images, masks = pad_to(images, 2 * MULTIPLE), pad_to(masks, 2 * MULTIPLE)
        blocks = F.pixel_unshuffle(2 * images - 1, 2)
        noise = self._noise(blocks).expand(len(blocks), -1, -1, -1)
        features = self.unet(torch.cat([blocks, noise], 1), Modulation(codes, masks))
        features = F.interpolate(features, scale_factor=2, mode="bilinear", align_corners=False)
        pixels = images.to(features.dtype, memory_format=torch.channels_last)  # as features are
        features = F.relu(self.sharpen(torch.cat([features, pixels], 1)))
        with torch.autocast(images.device.type, enabled=False):  # colours need all their bits
            return self._color(images, features.float(), palettes.float())[..., :h, :w]

    def _color(self, images: Tensor, features: Tensor, palettes: Tensor) -> Tensor:
        """Recolour (B, 3, H, W) and add what the heads make of (B, 16, H, W)."""
        change = self.heads(features).unflatten(1, (-1, 3))
        mixed = torch.einsum("brij,bjhw->brihw", palettes[..., :3], images)
        recolored = mixed + palettes[..., 3, None, None]
        return clamp_through(recolored + (GAIN * change).tanh())

    def _noise(self, like: Tensor) -> Tensor:
        """Fixed noise of four grain sizes: 1, 2, 4 and 8 cells of `like`."""
        generator = torch.Generator().manual_seed(self.noise_seed)
        h, w = like.shape[-2:]
        grains = []
        for level in range(self.noise_channels):
            cells = torch.randn(1, 1, -(-h // 2**level), -(-w // 2**level), generator=generator)
            grains.append(F.interpolate(cells, (h, w), mode="bilinear", align_corners=False))
        return torch.cat(grains, 1).to(like)


class PixelCanvas(nn.Module):
    """No network at all, every pixel is free: it shows what a model's own gradients paint.

    Args:
        regions: R.
        size: Height and width of the picture.
    """

    def __init__(self, regions: int, size: tuple[int, int]) -> None:
        super().__init__()
        self.changes = nn.Parameter(torch.zeros(regions, 3, *size))

    def forward(self, image: Tensor, masks: Tensor) -> Tensor:
        """(1, 3, H, W) in [0, 1] to (R, 3, H, W), a picture for each of the R masks."""
        return clamp_through(image + self.changes)


def clamp_through(image: Tensor) -> Tensor:
    """Clamp to [0, 1], but let gradients through everywhere: no pixel gets stuck at black."""
    return image + (image.clamp(0, 1) - image).detach()


def on_multiple(network: nn.Module, image: Tensor) -> Tensor:
    """Run a network that wants sides divisible by 8 on any size, mirroring the borders."""
    h, w = image.shape[-2:]
    return network(pad_to(image, MULTIPLE))[..., :h, :w]


def pad_to(maps: Tensor, multiple: int) -> Tensor:
    """Extend (B, C, H, W) at the right and bottom, by mirroring, to multiples of `multiple`."""
    h, w = maps.shape[-2:]
    padding = (0, -w % multiple, 0, -h % multiple)
    return F.pad(maps, padding, mode="reflect") if any(padding) else maps
