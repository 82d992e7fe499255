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
            InstanceNorm(outputs),
            nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, 3, padding=1),
            InstanceNorm(outputs),
            nn.ReLU(inplace=True),
        )
        self.skip = nn.Conv2d(inputs, outputs, 1)

    def forward(self, maps: Tensor, modulation: Modulation | None = None) -> Tensor:
        """(B, inputs, H, W) to (B, outputs, H, W)."""
        inner = maps
        for layer in self.inner:
            inner = layer(inner)
            if modulation is not None and isinstance(layer, InstanceNorm):
                inner = modulation(inner)
        return inner + self.skip(maps)


class InstanceNorm(nn.InstanceNorm2d):
    """InstanceNorm that can hold on to the statistics of one image, to be used for another.

    It also leaves a single image's channels-last layout alone, which torch's copies.

    Attributes:
        held: Means and variances (C,) to normalise by instead of the image's own.
    """

    held: tuple[Tensor, Tensor] | None = None

    def forward(self, maps: Tensor) -> Tensor:
        """Normalise each channel of each of (B, C, H, W)."""
        if self.held is not None:
            return F.batch_norm(maps, *self.held, eps=self.eps)
        if len(maps) > 1:
            return super().forward(maps)
        return F.batch_norm(maps, None, None, training=True, eps=self.eps)  # the same for one


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
        h, w = maps.shape[-2:]
        if self.masks.shape[-2:] != (h, w):
            self.masks = F.adaptive_avg_pool2d(self.masks, (h, w))
        scales, shifts = self._spread(maps.shape[1]), self._spread(maps.shape[1])
        return torch.addcmul(shifts, maps, 1 + scales)

    def _spread(self, channels: int) -> Tensor:
        """The next C numbers of the codes at each pixel, (B, C, h, w), channels last."""
        numbers = self.codes[..., self.used : self.used + channels]
        self.used += channels
        return torch.einsum("brhw,brc->bhwc", self.masks, numbers).permute(0, 3, 1, 2)


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
        norms = (layer for layer in self.modules() if isinstance(layer, InstanceNorm))
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
    - it works on 2×2 blocks of pixels throughout, which saves three quarters of the time; the
      last layers see each block's own pixels again and paint them one by one (Shi et al. 2016);
    - fixed noise lets flat areas grow texture.
    """

    noise_channels = 4
    brushes = 32  # channels that the heads mix

    def __init__(self, regions: int) -> None:
        super().__init__()
        self.unet = UNet(4 * 3 + self.noise_channels)
        self.sharpen = nn.Conv2d(UNet.outputs + 4 * 3, self.brushes, 3, padding=1)
        self.heads = nn.Conv2d(self.brushes, 4 * 3 * regions, 1)
        for parameter in self.heads.parameters():
            nn.init.zeros_(parameter)
        self.code_size = 2 * self.unet.modulated
        self.codes = nn.Parameter(torch.zeros(regions, self.code_size))
        self.palettes = nn.Parameter(torch.eye(3, 4).repeat(regions, 1, 1))
        self.noise_seed = int(torch.randint(2**31, ()))

    def forward(self, image: Tensor, masks: Tensor, noise: Tensor | None = None) -> Tensor:
        """(1, 3, H, W) in [0, 1] and (R, 1, H, W) masks to (R, 3, H, W), a picture a region.

        Noise is needed where the image is a tile of a larger one: its part of what `noise` gives.
        """
        shares, codes, palettes = masks.transpose(0, 1), self.codes[None], self.palettes[None]
        return self.paint(image, shares, codes, palettes, noise)[0]

    def paint(
        self,
        images: Tensor,
        masks: Tensor,
        codes: Tensor,
        palettes: Tensor,
        noise: Tensor | None = None,
    ) -> Tensor:
        """Many images at once, each with codes and palettes of its own.

        Args:
            images: (B, 3, H, W) in [0, 1].
            masks: (B, R, H, W) share of each region.
            codes: (B, R, `code_size`).
            palettes: (B, R, 3, 4).
            noise: (1, 4, H/2, W/2); what the method `noise` gives for the images' size by default.

        Returns:
            (B, R, 3, H, W), a picture a region.
        """
        h, w = images.shape[-2:]
        images, masks = pad_to(images, 2 * MULTIPLE), pad_to(masks, 2 * MULTIPLE)
        blocks = F.pixel_unshuffle(2 * images - 1, 2)
        if noise is None:
            noise = self.noise(*blocks.shape[-2:])
        noise = noise.to(blocks).expand(len(blocks), -1, -1, -1)
        features = self.unet(torch.cat([blocks, noise], 1), Modulation(codes, masks))
        brushes = F.relu(self.sharpen(torch.cat([features, blocks.to(features.dtype)], 1)))
        change = without_blocks(F.pixel_shuffle(self.heads(brushes), 2)).float()
        with torch.autocast(images.device.type, enabled=False):  # colours need all their bits
            return self._recolor(images, change, palettes.float())[..., :h, :w]

    def _recolor(self, images: Tensor, change: Tensor, palettes: Tensor) -> Tensor:
        """Mix the colours of (B, 3, H, W) anew and add the change (B, 3·R, H, W) to them."""
        change = change.unflatten(1, (-1, 3))
        mixed = torch.einsum("brij,bjhw->brihw", palettes[..., :3], images)
        recolored = mixed + palettes[..., 3, None, None]
        return clamp_through(recolored + (GAIN * change).tanh())

    def noise(self, h: int, w: int) -> Tensor:
        """Fixed noise (1, 4, h, w) of four grain sizes: 1, 2, 4 and 8 blocks."""
        generator = torch.Generator().manual_seed(self.noise_seed)
        grains = []
        for level in range(self.noise_channels):
            cells = torch.randn(1, 1, -(-h // 2**level), -(-w // 2**level), generator=generator)
            grains.append(F.interpolate(cells, (h, w), mode="bilinear", align_corners=False))
        return torch.cat(grains, 1)


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


def without_blocks(maps: Tensor) -> Tensor:
    """Blur (B, C, H, W) by 1-2-1 both ways: what alternates from pixel to pixel is gone.

    Pixels of a block that are painted one by one make checkerboards (Odena et al. 2016).
    """
    extended = F.pad(maps, (1, 1, 1, 1), mode="replicate")
    return F.avg_pool2d(F.avg_pool2d(extended, 2, 1), 2, 1)


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
