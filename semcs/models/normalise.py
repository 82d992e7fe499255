"""The size, and the channel statistics, that networks want their input in."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)


def fit(images: Tensor, size: int) -> Tensor:
    """Resize (B, 3, H, W) to (B, 3, size, size), antialiased; as it is where it fits already."""
    if images.shape[-2:] == (size, size):
        return images
    return F.interpolate(images, (size, size), mode="bicubic", antialias=True).clamp(0, 1)


def normalise(
    images: Tensor,
    mean: tuple[float, float, float] = IMAGENET_MEAN,
    std: tuple[float, float, float] = IMAGENET_STD,
) -> Tensor:
    """(B, 3, H, W) RGB in [0, 1], shifted by `mean` and divided by `std` channel by channel."""
    scale = 1 / images.new_tensor(std).view(3, 1, 1)
    shift = images.new_tensor(mean).view(3, 1, 1) * scale
    return torch.addcmul(-shift, images, scale)  # in one pass
