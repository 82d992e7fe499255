"""Channel statistics that networks want their input shifted and scaled by."""

from __future__ import annotations

from torch import Tensor

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)


def normalise(
    images: Tensor,
    mean: tuple[float, float, float] = IMAGENET_MEAN,
    std: tuple[float, float, float] = IMAGENET_STD,
) -> Tensor:
    """(B, 3, H, W) RGB in [0, 1], shifted by `mean` and divided by `std` channel by channel."""
    shift = images.new_tensor(mean).view(3, 1, 1)
    scale = images.new_tensor(std).view(3, 1, 1)
    return (images - shift) / scale
