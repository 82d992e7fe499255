"""How the region network's pictures are cut, recoloured and blurred, and shapes made for them.

All of it runs where the pictures are and draws from torch's own generator.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor


class Crops(NamedTuple):
    """Turned, mirrored and stretched squares, one for each of B pictures; (B,) each, in pixels.

    Attributes:
        x: Of the middle, from the left.
        y: Of the middle, from the top.
        half_x: Half of the width.
        half_y: Half of the height.
        angle: In radians.
        mirror: −1 where left and right change places, else 1.
    """

    x: Tensor
    y: Tensor
    half_x: Tensor
    half_y: Tensor
    angle: Tensor
    mirror: Tensor

    def grid(self, canvas: int, side: int) -> Tensor:
        """What `grid_sample` needs (B, side, side, 2) to cut them out of square canvases."""
        line = (torch.arange(side, device=self.x.device) + 0.5) / side * 2 - 1
        v, u = torch.meshgrid(line, line, indexing="ij")
        x, y, half_x, half_y, angle, mirror = (value.view(-1, 1, 1) for value in self)
        u = u * mirror
        across = x + half_x * (u * angle.cos() - v * angle.sin())
        down = y + half_y * (u * angle.sin() + v * angle.cos())
        return torch.stack([across, down], -1) / canvas * 2 - 1


def draw_crops(sizes: Tensor, *, least: float = 0.5, most: float = 1.15) -> Crops:
    """Crops of pictures with (B, 2) heights and widths.

    `least` and `most` are of a square's side, in the picture's longest.
    """
    count, device = len(sizes), sizes.device
    height, width = sizes[:, 0].float(), sizes[:, 1].float()
    share = least + (most - least) * torch.rand(count, device=device)
    half = share * torch.maximum(height, width) / 2
    aspect = torch.exp(0.2 * (torch.rand(count, device=device) - 0.5))
    half_x, half_y = half * aspect, half / aspect

    def middle(extent: Tensor, half: Tensor) -> Tensor:
        room = (extent - 2 * half).abs() / 2 + 0.05 * extent
        return extent / 2 + (2 * torch.rand(count, device=device) - 1) * room

    x, y = middle(width, half_x), middle(height, half_y)
    angle = torch.randn(count, device=device) * 0.08
    mirror = torch.where(torch.rand(count, device=device) < 0.5, -1.0, 1.0)
    return Crops(x, y, half_x, half_y, angle, mirror)


def recolour(images: Tensor) -> Tensor:
    """Light, contrast, saturation and white balance of (B, 3, H, W), somewhat changed."""
    count, device = len(images), images.device

    def around(spread: float, channels: int = 1) -> Tensor:
        return torch.exp(spread * torch.randn(count, channels, 1, 1, device=device))

    images = images.clamp(1e-4, 1) ** around(0.2)
    images = images * around(0.12) * around(0.05, 3)
    mean = images.mean((1, 2, 3), keepdim=True)
    images = mean + (images - mean) * around(0.15)
    grey = images.mean(1, keepdim=True)
    saturation = around(0.25) * (torch.rand(count, 1, 1, 1, device=device) > 0.04)
    return (grey + (images - grey) * saturation).clamp(0, 1)


def degrade(images: Tensor) -> Tensor:
    """A little noise, and blur on some of (B, 3, H, W)."""
    count, device = len(images), images.device
    blurred = F.avg_pool2d(F.pad(images, (1, 1, 1, 1), mode="replicate"), 3, 1)
    share = (torch.rand(count, 1, 1, 1, device=device) - 0.5).clamp(min=0) * 1.6
    images = images + share * (blurred - images)
    strength = 0.03 * torch.rand(count, 1, 1, 1, device=device) ** 2
    return (images + strength * torch.randn_like(images)).clamp(0, 1)


def smooth_noise(count: int, side: int, cells: int, device: torch.device) -> Tensor:
    """(count, 1, side, side): noise of about unit variance, smooth between `cells` a side."""
    coarse = torch.randn(count, 1, cells, cells, device=device)
    return F.interpolate(coarse, (side, side), mode="bicubic", align_corners=False) * 1.3


def blobs(count: int, side: int, device: torch.device) -> Tensor:
    """Shapes with exact alpha (count, 1, side, side), round to jagged, outlines sharp to soft."""
    line = torch.linspace(-1, 1, side, device=device)
    y, x = torch.meshgrid(line, line, indexing="ij")
    centre = torch.rand(count, 2, 1, 1, device=device) * 1.2 - 0.6
    stretch = torch.exp(0.4 * torch.randn(count, 2, 1, 1, device=device))
    across, down = (x - centre[:, 0]) * stretch[:, 0], (y - centre[:, 1]) * stretch[:, 1]
    size = 0.25 + 0.5 * torch.rand(count, 1, 1, 1, device=device)
    field = size - torch.hypot(across, down)[:, None]
    rough = 0.35 * torch.rand(count, 1, 1, 1, device=device) * size
    field = field + rough * smooth_noise(count, side, 7, device)
    field = field + 0.3 * rough * smooth_noise(count, side, 30, device)
    pixels = side / 2 / (0.8 + 3 * torch.rand(count, 1, 1, 1, device=device) ** 3)
    return (0.5 + field * pixels).clamp(0, 1)
