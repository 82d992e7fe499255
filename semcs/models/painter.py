"""The learned painter: one pass through a small network paints any style given as a code.

A code comes from a style picture or from a text's direction. A hundred numbers of it give the scale
and the shift of every normalised map of the painting network (Dumoulin et al. 2017; Ghiasi et al.
2017, whose published weights these networks hold), nine are the palette.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models.loading import frozen, load_bundled
from semcs.models.painter_code import STROKES, PictureCoder, TextCoder
from semcs.models.painter_palette import palette_of
from semcs.models.painter_regions import Regions

MOST_PAINTED = 1024
"""Longest side in pixels that is painted as it is; larger pictures are painted reduced."""

STYLE_SIDE = 256
MOST_PIECES = 8  # of a style picture; one of 2×5000 pixels would fill gigabytes otherwise
LINES = 0.7  # share of the lines lost in reducing that is given back; 1 would bring noise, too


class Painter(nn.Module):
    """Paints each region of a photo in its own style; codes the styles of pictures and texts."""

    name = "semcs painter"

    def __init__(self) -> None:
        super().__init__()
        self.canvas = Canvas()
        self.picture = PictureCoder()
        self.text = TextCoder()

    def code_of_picture(self, picture: Tensor) -> Tensor:
        """The code (1, 109) of a style picture (1, 3, h, w), RGB in [0, 1], of any shape.

        A long picture is looked at in square pieces, whose codes are averaged: all of it, or
        `MOST_PIECES` of them, spread evenly.
        """
        squares = F.interpolate(
            _squares(picture), (STYLE_SIDE, STYLE_SIDE), mode="bilinear", antialias=True
        )
        return torch.cat([self.picture(squares).mean(0, keepdim=True), palette_of(picture)], 1)

    def code_of_text(self, directions: Tensor) -> Tensor:
        """Codes (B, 109) of directions (B, 256) of `text_directions`, of any length."""
        return self.text(directions)

    def soften(self, photo: Tensor, codes: Tensor, strengths: Tensor) -> Tensor:
        """Codes (R, 109) on the way from the photo's own code (strength 0) to `codes` (1)."""
        return torch.lerp(self.code_of_picture(photo), codes, strengths[:, None].to(codes))

    def paint(self, photo: Tensor, codes: Tensor, masks: Tensor) -> Tensor:
        """Paint a photo, every region in its own style.

        Args:
            photo: (1, 3, H, W) RGB in [0, 1]; any size from 32 pixels a side.
            codes: (R, 109).
            masks: (R, 1, H, W), each region's share of every pixel; the shares sum to 1.

        Returns:
            (1, 3, H, W) RGB in [0, 1].
        """
        size = photo.shape[-2:]
        ratio = min(1.0, MOST_PAINTED / max(size))
        if ratio == 1:
            return self._paint(photo, codes, masks)
        small = [max(32, round(side * ratio)) for side in size]
        reduced = F.interpolate(photo, small, mode="bilinear", antialias=True)
        painted = self._paint(reduced, codes, masks)
        painted = F.interpolate(painted, size, mode="bicubic")
        lines = photo.mean(1, keepdim=True)
        lines = lines - F.interpolate(reduced.mean(1, keepdim=True), size, mode="bicubic")
        return painted.add_(lines, alpha=LINES).clamp_(0, 1)

    def _paint(self, photo: Tensor, codes: Tensor, masks: Tensor) -> Tensor:
        height, width = photo.shape[-2:]
        padding = (0, -width % 4, 0, -height % 4)
        padded = F.pad(photo, padding, mode="reflect")
        regions = Regions(F.pad(masks, padding, mode="replicate"))
        painted = self.canvas(padded, codes[:, :STROKES], regions)
        return regions.recolour(painted, codes[:, STROKES:]).clamp(0, 1)[..., :height, :width]


class Canvas(nn.Module):
    """The painting network: to a quarter of the side, five residual blocks, and back.

    Every map from the first residual block on is normalised and then scaled and shifted by codes.
    """

    widths = (8, 16, 32)
    blocks = 5

    def __init__(self) -> None:
        super().__init__()
        first, second, inner = self.widths
        self.contract = nn.ModuleList(
            [
                mirrored_conv(3, first, 9, bias=True),
                mirrored_conv(first, second, 3, stride=2, bias=True),
                mirrored_conv(second, inner, 3, stride=2, bias=True),
            ]
        )
        self.residual = nn.ModuleList(
            mirrored_conv(inner, inner, 3) for _ in range(2 * self.blocks)
        )
        self.expand = nn.ModuleList(
            [
                mirrored_conv(inner, second, 3),
                mirrored_conv(second, first, 3),
                mirrored_conv(first, 3, 9),
            ]
        )
        self.modulated = [conv.out_channels for conv in (*self.residual, *self.expand)]
        self.modulate = nn.Linear(STROKES, 2 * sum(self.modulated))

    def forward(self, photo: Tensor, strokes: Tensor, regions: Regions) -> Tensor:
        """Paint (1, 3, H, W), sides multiples of 4, with strokes (R, 100)."""
        scales, shifts = self.modulate(strokes).chunk(2, 1)
        styles = zip(scales.split(self.modulated, 1), shifts.split(self.modulated, 1))

        def styled(maps: Tensor) -> Tensor:
            return regions.restyle(maps, *next(styles))

        maps = photo
        for conv in self.contract:
            maps = F.relu(conv(maps))
        for block in range(self.blocks):
            first, second = self.residual[2 * block : 2 * block + 2]
            maps = maps + styled(second(F.relu(styled(first(maps)))))
        for conv in self.expand[:2]:
            maps = F.relu(styled(conv(F.interpolate(maps, scale_factor=2.0))))
        return styled(self.expand[2](maps)).sigmoid()


def mirrored_conv(
    inputs: int, outputs: int, side: int, *, stride: int = 1, bias: bool = False
) -> nn.Conv2d:
    """A convolution that sees the picture mirrored at its edges."""
    return nn.Conv2d(inputs, outputs, side, stride, side // 2, bias=bias, padding_mode="reflect")


def load_painter() -> Painter:
    """The bundled painter, frozen.

    Raises:
        ModelUnavailableError: The package holds no such file, or another than it should.
    """
    return frozen(load_bundled("painter", Painter))


def _squares(picture: Tensor) -> Tensor:
    """Square pieces (n, 3, s, s) of a picture (1, 3, h, w), from one end to the other."""
    height, width = picture.shape[-2:]
    side, length = min(height, width), max(height, width)
    count = min(math.ceil(length / side - 0.25), MOST_PIECES)
    starts = [round(i * (length - side) / (count - 1)) for i in range(count)] if count > 1 else []
    starts = starts or [(length - side) // 2]
    along = 3 if width > height else 2
    return torch.cat([picture.narrow(along, start, side) for start in starts])
