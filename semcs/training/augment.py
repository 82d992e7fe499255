"""Random crops and colours of image batches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.style.patches import perspective_grid, random_perspectives


def random_boxes(count: int, rng: np.random.Generator, *, min_area: float) -> Tensor:
    """Boxes as (count, 4): left, top, right, bottom in [0, 1]; right < left mirrors the crop."""
    area = rng.uniform(min_area, 1.0, count)
    aspect = np.exp(rng.uniform(-0.3, 0.3, count))
    width = np.minimum(1.0, np.sqrt(area * aspect))
    height = np.minimum(1.0, np.sqrt(area / aspect))
    left, top = rng.uniform(0, 1 - width), rng.uniform(0, 1 - height)
    right = left + width
    mirrored = rng.random(count) < 0.5
    left, right = np.where(mirrored, right, left), np.where(mirrored, left, right)
    return torch.from_numpy(np.stack([left, top, right, top + height], 1)).float()


def sample_boxes(maps: Tensor, boxes: Tensor, size: int) -> Tensor:
    """Crop (B, C, H, W) maps to their boxes and resize to (B, C, size, size), bilinearly."""
    left, top, right, bottom = (2 * boxes.to(maps.device) - 1).unbind(1)
    zero = torch.zeros_like(left)
    affine = torch.stack(
        [
            torch.stack([(right - left) / 2, zero, (right + left) / 2], 1),
            torch.stack([zero, (bottom - top) / 2, (bottom + top) / 2], 1),
        ],
        1,
    )
    grid = F.affine_grid(affine, [len(maps), maps.shape[1], size, size], align_corners=False)
    return F.grid_sample(maps, grid, padding_mode="border", align_corners=False)


def jitter_colors(images: Tensor, rng: np.random.Generator) -> Tensor:
    """Random brightness, contrast, saturation and white balance, image by image."""

    def factor(spread: float, channels: int = 1) -> Tensor:
        drawn = np.exp(rng.uniform(-spread, spread, (len(images), channels, 1, 1)))
        return torch.from_numpy(drawn).to(images)

    grey = images.mean(1, keepdim=True)
    mean = grey.mean((2, 3), keepdim=True)
    images = grey + (images - grey) * factor(0.5)
    images = mean + (images - mean) * factor(0.3)
    return (images * factor(0.25) * factor(0.1, 3)).clamp(0, 1)


@dataclass(frozen=True)
class Warp:
    """One random view for each image of a batch; applied to two batches, it cuts both alike.

    Attributes:
        boxes: (B, 4) as of `random_boxes`.
        homographies: (B, 3, 3) random perspectives, or identities.
        mask_seeds: (B, 4, 4) values whose smooth blob keeps the image where positive.
    """

    boxes: Tensor
    homographies: Tensor
    mask_seeds: Tensor

    def __call__(self, images: Tensor, size: int) -> Tensor:
        """Crop, warp and mask (B, 3, H, W) to (B, 3, size, size); black outside."""
        inner = perspective_grid(self.homographies.to(images), size)
        left, top, right, bottom = (2 * self.boxes.to(images) - 1)[:, :, None, None].unbind(1)
        grid = torch.stack(
            [
                (right + left) / 2 + (right - left) / 2 * inner[..., 0],
                (bottom + top) / 2 + (bottom - top) / 2 * inner[..., 1],
            ],
            -1,
        )
        views = F.grid_sample(images, grid, padding_mode="border", align_corners=False)
        blobs = F.interpolate(self.mask_seeds[:, None].to(images), (size, size), mode="bicubic")
        return views * (inner.abs() <= 1).all(-1)[:, None] * (blobs > 0)


def draw_warps(count: int, rng: np.random.Generator) -> Warp:
    """Views as stylisation makes them: zoomed crops, a third in perspective, a quarter masked."""
    generator = torch.Generator().manual_seed(int(rng.integers(2**31)))
    homographies = random_perspectives(count, 0.5, generator)
    flat = torch.from_numpy(rng.random(count) < 2 / 3)
    homographies[flat] = torch.eye(3)
    mask_seeds = torch.randn(count, 4, 4, generator=generator) + 0.5
    mask_seeds[torch.from_numpy(rng.random(count) < 3 / 4)] = 1.0
    return Warp(random_boxes(count, rng, min_area=0.4), homographies, mask_seeds)


def draw_views(count: int, rng: np.random.Generator) -> Warp:
    """Crops and mirrorings alone, without perspective or masks."""
    boxes = random_boxes(count, rng, min_area=0.4)
    return Warp(boxes, torch.eye(3).expand(count, 3, 3), torch.ones(count, 4, 4))
