"""The bundled network of regions: finds them by words, clicks, boxes and rough masks.

photo ─► backbone ─► maps ─┬─► words ─► how likely each kind of thing is, pixel by pixel
                           └─► select (hints) ─► the region that they mean ─► outline ─► its alpha

The photo goes through the backbone once; words and hints are quick after that.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models.layout import channels_last, joined, one_channel_first
from semcs.models.mobilenet import DEEP_CHANNELS, DeepLabBackbone, Maps
from semcs.models.region_words import KINDS

HINTS = 5  # channels: see `RegionNetwork.select`
STEP = 16  # sides of pictures are multiples of this


class Separable(nn.Module):
    """A depthwise and a pointwise convolution; in training, a batch norm follows."""

    def __init__(self, inputs: int, outputs: int, *, side: int = 3, dilation: int = 1) -> None:
        super().__init__()
        padding = dilation * (side // 2)
        self.depthwise = nn.Conv2d(
            inputs, inputs, side, padding=padding, dilation=dilation, groups=inputs
        )
        self.pointwise = nn.Conv2d(inputs, outputs, 1)
        self.norm: nn.Module = nn.Identity()

    def forward(self, maps: Tensor) -> Tensor:
        """(B, `inputs`, H, W) to (B, `outputs`, H, W), not negative."""
        return F.relu(self.norm(self.pointwise(self.depthwise(maps))))


class WordHead(nn.Module):
    """Kinds of things at a quarter of the picture's size, from coarse to fine."""

    def __init__(self, kinds: int) -> None:
        super().__init__()
        self.coarse = nn.Conv2d(DEEP_CHANNELS, kinds, 1)
        self.deep = nn.Conv2d(DEEP_CHANNELS, 96, 1)
        self.eighth = Separable(96 + 32, 96)
        self.quarter = Separable(96 + 24, 64)
        self.fine = Separable(64, 64)
        self.classes = nn.Conv2d(64, kinds, 1)

    def forward(self, maps: Maps) -> Tensor:
        """Logits (B, kinds, H/4, W/4)."""
        deep = F.relu(self.deep(maps.deep))
        seen = self.eighth(joined(_like(deep, maps.eighth), maps.eighth))
        seen = self.quarter(joined(_like(seen, maps.quarter), maps.quarter))
        logits: Tensor = self.classes(self.fine(seen))
        return logits + _like(self.coarse(maps.deep), maps.quarter)


class Selector(nn.Module):
    """The region that hints mean, at a quarter of the picture's size."""

    def __init__(self) -> None:
        super().__init__()
        self.hint_eighth = nn.Conv2d(HINTS, 24, 3, 2, padding=1)
        self.hint_deep = nn.Conv2d(24, 32, 3, 2, padding=1)
        self.deep = nn.Conv2d(DEEP_CHANNELS, 96, 1)
        self.enter = Separable(96 + 32 + 2, 128)
        self.around = nn.ModuleList(Separable(128, 128, side=5, dilation=d) for d in (1, 2, 4, 1))
        self.summary = nn.Conv2d(128, 128, 1)
        self.eighth = Separable(128 + 32 + 24, 64)
        self.quarter = Separable(64 + 24 + HINTS, 32)
        self.fine = Separable(32, 32)
        self.region = nn.Conv2d(32, 1, 1)

    def forward(self, maps: Maps, hints: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (B, 1, H/4, W/4), and the map (B, 32, H/4, W/4) that they were read from."""
        deep = F.relu(self.deep(maps.deep))
        hint_eighth = F.relu(self.hint_eighth(channels_last(hints)))
        hint_deep = F.relu(self.hint_deep(hint_eighth))
        alike = _alike(maps.deep, F.interpolate(hints, maps.deep.shape[-2:], mode="area"))
        seen = self.enter(joined(deep, hint_deep, alike))
        for block in self.around:
            seen = seen + block(seen)
        seen = seen + F.relu(self.summary(seen.mean((2, 3), keepdim=True)))
        seen = self.eighth(joined(_like(seen, maps.eighth), maps.eighth, hint_eighth))
        seen = self.quarter(joined(_like(seen, maps.quarter), maps.quarter, hints))
        seen = self.fine(seen)
        return self.region(seen), seen


class Outline(nn.Module):
    """A region's alpha at the picture's own size."""

    def __init__(self) -> None:
        super().__init__()
        self.join = Separable(32 + 16 + 1, 24)
        self.mix = nn.Conv2d(24 + 3 + 1, 16, 3, padding=1)
        self.alpha = nn.Conv2d(16, 1, 3, padding=1)

    def forward(self, images: Tensor, maps: Maps, region: Tensor, seen: Tensor) -> Tensor:
        """Logits of alpha (B, 1, H, W)."""
        half = joined(_like(seen, maps.half), maps.half, _like(region, maps.half))
        fine, rough = _like(self.join(half), images), _like(region, images)
        mixed = F.relu(self.mix(joined(fine, 2 * images - 1, rough)))
        alpha: Tensor = self.alpha(mixed)
        return rough + alpha


class RegionNetwork(nn.Module):
    """Finds regions by words, clicks, boxes and rough masks.

    Attributes:
        name: What ran, as `result.models` tells it.
        kinds: What each channel of `words` stands for.
    """

    name = "semcs region network"
    kinds = KINDS

    def __init__(self) -> None:
        super().__init__()
        self.backbone = DeepLabBackbone()
        self.word_head = WordHead(len(KINDS))
        self.selector = Selector()
        self.outline = Outline()

    def see(self, images: Tensor) -> Maps:
        """Maps of (B, 3, H, W) RGB in [0, 1], H and W multiples of 16."""
        maps: Maps = self.backbone(images)
        return maps

    def words(self, maps: Maps) -> Tensor:
        """Logits (B, kinds, H/4, W/4); their softmax says how likely each kind is."""
        logits: Tensor = self.word_head(maps)
        return logits

    def select(self, maps: Maps, hints: Tensor) -> tuple[Tensor, Tensor]:
        """The region that hints mean.

        Args:
            maps: Of `see`.
            hints: (B, 5, H/4, W/4): a rough mask in [0, 1], 0.5 where nothing is known; 1 where it
                is known; clicks on the region; clicks beside it; the inside of a box.

        Returns:
            Logits (B, 1, H/4, W/4), and the map that `refine` goes on from.
        """
        region, seen = self.selector(maps, hints)
        return region, seen

    def refine(self, images: Tensor, maps: Maps, region: Tensor, seen: Tensor) -> Tensor:
        """Logits (B, 1, H, W) of a region's alpha, from what `select` gave."""
        alpha: Tensor = self.outline(images, maps, region, seen)
        return alpha


def _like(maps: Tensor, other: Tensor) -> Tensor:
    """`maps`, at the size of `other`."""
    size = other.shape[-2:]
    return F.interpolate(one_channel_first(maps), size, mode="bilinear", align_corners=False)


def _alike(deep: Tensor, hints: Tensor) -> Tensor:
    """How alike every place is to what the hints mark, and to what they mark as not meant.

    Returns:
        Cosines (B, 2, h, w) with the mean features under each kind of hint; 0 without any.
    """
    unit = F.normalize(deep, dim=1, eps=1e-3)
    mask, known, on, off, box = hints.split(1, 1)
    sides = (mask * known + on + box * (1 - known), (1 - mask) * known + off)
    alike = []
    for weight in sides:
        total = weight.sum((2, 3), keepdim=True)
        mean = (unit * weight).sum((2, 3), keepdim=True) / total.clamp(min=1e-4)
        alike.append((unit * F.normalize(mean, dim=1, eps=1e-3)).sum(1, keepdim=True))
    return joined(*alike)
