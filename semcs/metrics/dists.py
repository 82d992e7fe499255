"""DISTS, deep image structure and texture similarity (Ding, Ma, Wang and Simoncelli 2020)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, get_args

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.errors import InputError, ModelUnavailableError
from semcs.metrics.inputs import Measured, answer, as_mask, as_pair
from semcs.metrics.similarity import similarities
from semcs.models.normalise import normalise
from semcs.models.paper_weights import load_strict, weights_file
from semcs.models.registry import get

Protocol = Literal["full", "short256"]

# Channels and number of convolutions of each stage of VGG16.
STAGES = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
CHANNELS = (3, *(channels for channels, _ in STAGES))
CLASSIFIER = ("pre_logits.", "head.", "classifier.")
SHORT_SIDE = 256


class Dists(nn.Module):
    """1 − Σ (α · texture + β · structure) over the pixels and the five stages of VGG16.

    0 for equal pictures; larger the more they differ. Its weights are random until `load_dists`
    fills them.

    Args:
        protocol: "full" compares the pictures as they are, "short256" shrinks them first so that
            the shorter side is 256 pixels, as in the authors' evaluation; smaller ones stay.
    """

    alpha: Tensor
    beta: Tensor

    def __init__(self, protocol: Protocol = "full") -> None:
        super().__init__()
        self.protocol = check_protocol(protocol)
        self.vgg = VggStages()
        for name in ("alpha", "beta"):
            self.register_buffer(name, torch.full((sum(CHANNELS),), 0.1))

    def forward(self, these: Tensor, those: Tensor, mask: Tensor | None = None) -> Tensor:
        """Distance of each of B pairs.

        Args:
            these: (B, 3, H, W) RGB in [0, 1].
            those: (B, 3, H, W).
            mask: (B, 1, H, W) or (1, 1, H, W) weights of the statistics: the distance of a region.
                The maps see beyond its border. For one pair, (R, 1, H, W) gives (R,).

        Returns:
            (B,), differentiable.
        """
        if self.protocol == "short256":
            these, those = shorten(these), shorten(those)
        pairs = zip(self.vgg(these), self.vgg(those))
        alike = [similarities(seen, other, mask) for seen, other in pairs]
        texture, structure = (torch.cat(kind, 1) for kind in zip(*alike))
        total = self.alpha.sum() + self.beta.sum()
        return 1 - (texture @ self.alpha + structure @ self.beta) / total


class VggStages(nn.Module):
    """VGG16 (Simonyan and Zisserman 2015) under torchvision's names, with L2 pooling."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(*_layers())

    def forward(self, images: Tensor) -> list[Tensor]:
        """The pixels of (B, 3, H, W) RGB in [0, 1], then the last maps of each of five stages."""
        maps, seen = [images], normalise(images)
        for layer in self.features:
            if isinstance(layer, L2Pool):
                maps.append(seen)
            seen = layer(seen)
        return [*maps, seen]


class L2Pool(nn.Module):
    """Root of the local mean of squares, halving the side: no aliasing (Hénaff and Simoncelli)."""

    window: Tensor

    def __init__(self) -> None:
        super().__init__()
        window = torch.hann_window(5, periodic=False)[1:-1]
        window = torch.outer(window, window)
        self.register_buffer("window", window / window.sum(), persistent=False)

    def forward(self, maps: Tensor) -> Tensor:
        """(B, C, H, W) to (B, C, H/2, W/2), rounded up."""
        channels = maps.shape[1]
        window = self.window.expand(channels, 1, 3, 3)
        squares = F.conv2d(maps.square(), window, stride=2, padding=1, groups=channels)
        return (squares + 1e-12).sqrt()


def dists(
    a: object,
    b: object,
    mask: object = None,
    *,
    protocol: Protocol = "full",
    network: Dists | None = None,
) -> Measured:
    """DISTS of two pictures, or of a region of them: 0 for equal pictures.

    Args:
        a: Any picture (see `semcs.image.load`), or a batch (B, 3, H, W).
        b: The other, of the same size; the order doesn't matter.
        mask: The region (see `semcs.image.load_mask`), or (B, 1, H, W); everything by default.
        protocol: "full" size, or "short256": the short side shrunk to 256 pixels.
        network: What `load_dists` gave for weights of your own; it brings its own protocol.

    Returns:
        A number; for a batch a tensor (B,) with its gradient.

    Raises:
        InputError: A picture or the mask can't be read, sizes differ, or unknown protocol.
        ModelUnavailableError: The published weights can't be had.
    """
    these, those = as_pair(a, b)
    network = network or load_dists(protocol).to(these.device)
    return answer(network(these, those, as_mask(mask, these)), a)


@cache
def load_dists(
    protocol: Protocol = "full",
    *,
    vgg: str | Path | None = None,
    weights: str | Path | None = None,
) -> Dists:
    """The network of DISTS with its published weights, built once.

    Args:
        protocol: As of `Dists`.
        vgg: Your own copy of VGG16's ImageNet weights, in timm's or torchvision's layout as
            safetensors; None fetches them.
        weights: Your own copy of the authors' `weights.pt`; None fetches it.

    Raises:
        InputError: No file there, or unknown protocol.
        ModelUnavailableError: The weights can't be had, or aren't what they should be.
    """
    network = Dists(protocol)
    source = get("vgg16", role="metric")
    load_strict(network.vgg, weights_file(source, vgg), name=source.name, ignored=CLASSIFIER)
    file = weights_file(get("dists", role="metric"), weights)
    for name, values in _read_weights(file).items():
        getattr(network, name).copy_(values)
    return network.eval().requires_grad_(False)


def check_protocol(protocol: str) -> Protocol:
    """The protocol; InputError where there is none of that name."""
    for known in get_args(Protocol):
        if protocol == known:
            return known
    raise InputError(f"unknown protocol {protocol!r}: choose from {', '.join(get_args(Protocol))}")


def shorten(images: Tensor) -> Tensor:
    """(B, 3, H, W) with the short side shrunk to 256 pixels, antialiased; smaller ones stay."""
    height, width = images.shape[-2:]
    short = min(height, width)
    if short <= SHORT_SIDE:
        return images
    size = (SHORT_SIDE * height // short, SHORT_SIDE * width // short)
    return F.interpolate(images, size, mode="bilinear", antialias=True, align_corners=False)


def _read_weights(file: Path) -> dict[str, Tensor]:
    try:
        found = torch.load(file, map_location="cpu", weights_only=True)
        return {name: found[name].view(sum(CHANNELS)) for name in ("alpha", "beta")}
    # What a file of another kind raises depends on what it looks like.
    except Exception as error:
        raise ModelUnavailableError(f"dists: {file} doesn't hold DISTS's α and β") from error


def _layers() -> list[nn.Module]:
    """The layers in torchvision's order, so that their indices are the names in the file."""
    layers: list[nn.Module] = []
    inputs = 3
    for stage, (channels, convolutions) in enumerate(STAGES):
        if stage:
            layers.append(L2Pool())
        for _ in range(convolutions):
            layers += [nn.Conv2d(inputs, channels, 3, padding=1), nn.ReLU(inplace=True)]
            inputs = channels
    return layers
