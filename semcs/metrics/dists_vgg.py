"""DISTS, deep image structure and texture similarity (Ding, Ma, Wang and Simoncelli 2020)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Literal, get_args

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.errors import InputError, ModelUnavailableError, shown
from semcs.metrics.defaults import choose_network, default_network
from semcs.metrics.inputs import Measured
from semcs.metrics.pairs import PairMeasure, as_weights
from semcs.metrics.similarity import similarities
from semcs.models.loading import build_without_weights
from semcs.models.normalise import normalise
from semcs.models.paper_weights import load_strict, published_weights
from semcs.models.registry import get
from semcs.models.weights import Weights

Protocol = Literal["full", "short256"]

# Channels and number of convolutions of each stage of VGG16.
STAGES = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
CHANNELS = (3, *(channels for channels, _ in STAGES))
CLASSIFIER = ("pre_logits.", "head.", "classifier.")
SHORT_SIDE = 256


class Dists(PairMeasure):
    """1 − Σ (α · texture + β · structure) over the pixels and the five stages of VGG16.

    0 for equal pictures; larger the more they differ. A mask weighs the statistics, and the maps
    see beyond its border. Its weights are random until `load_dists` fills them.

        measure = semcs.metrics.load_dists("short256")
        distance = measure(photos, outputs)

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

    def compare(self, content: Tensor, output: Tensor, mask: Tensor | None) -> Tensor:
        """See `PairMeasure`."""
        if self.protocol == "short256":
            content, output = shrink_to_256(content), shrink_to_256(output)
        pairs = zip(self._maps(content), self._maps(output))
        alike = [similarities(seen, other, mask) for seen, other in pairs]
        texture, structure = (torch.cat(kind, 1) for kind in zip(*alike))
        alpha, beta = self.alpha.to(texture), self.beta.to(texture)
        return 1 - (texture * alpha + structure * beta).sum(1) / (alpha.sum() + beta.sum())

    def _maps(self, images: Tensor) -> list[Tensor]:
        """The pixels, as they are, and the last maps of the five stages."""
        stages = self.vgg(as_weights(self.vgg, images))
        return [images, *(maps.to(images.dtype) for maps in stages)]


class VggStages(nn.Module):
    """VGG16 (Simonyan and Zisserman 2015) under torchvision's names, with L2 pooling."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(*_layers())

    def forward(self, images: Tensor) -> list[Tensor]:
        """The last maps of each of the five stages, of (B, 3, H, W) RGB in [0, 1]."""
        maps, seen = [], normalise(images)
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
    device: torch.device | str | None = None,
) -> Measured:
    """DISTS of two pictures, or of a region of them: 0 for equal pictures.

        print(semcs.metrics.dists("photo.jpg", "styled.png", protocol="short256"))

    Args:
        a: Any picture (see `semcs.image.load`), or a batch (B, 3, H, W).
        b: The other, of the same size; the order doesn't matter.
        mask: The region (see `semcs.image.load_mask`), or (B, 1, H, W); everything by default.
        protocol: "full" size, or "short256": the short side shrunk to 256 pixels.
        network: What `load_dists` gave for weights of your own; it brings its own protocol.
        device: Where the published network runs; the GPU where there is one, by default.

    Returns:
        A number; for a batch a tensor (B,) with its gradient.

    Raises:
        InputError: A picture or the mask can't be read, sizes differ, unknown protocol, or network
            and device.
        ModelUnavailableError: The published weights can't be had.
    """
    check_protocol(protocol)
    network = choose_network(
        network, device, lambda place: default_network(load_dists, protocol, device=place)
    )
    return network.of_pictures(a, b, mask)


def load_dists(
    protocol: Protocol = "full",
    *,
    vgg: str | Path | None = None,
    weights: str | Path | None = None,
) -> Dists:
    """A network of DISTS with its published weights, on the CPU, for you to keep.

        measure = semcs.metrics.load_dists()
        print(semcs.metrics.dists("photo.jpg", "styled.png", network=measure))

    Args:
        protocol: As of `Dists`.
        vgg: Your own copy of VGG16's ImageNet weights, in timm's or torchvision's layout as
            safetensors; None fetches them.
        weights: Your own copy of the authors' `weights.pt`; None fetches it.

    Raises:
        InputError: No file there, or unknown protocol.
        ModelUnavailableError: The weights can't be had, or aren't what they should be.
    """
    check_protocol(protocol)
    source = get("vgg16", role="metric")
    vgg_weights = published_weights(source, vgg)
    own = _read_own(published_weights(get("dists", role="metric"), weights))
    network = build_without_weights(lambda: Dists(protocol))
    load_strict(network.vgg, vgg_weights, name=source.name, ignored=CLASSIFIER)
    for name, values in own.items():
        getattr(network, name).copy_(values)
    return network.eval().requires_grad_(False)


def check_protocol(protocol: str) -> Protocol:
    """The protocol; InputError where there is none of that name."""
    for known in get_args(Protocol):
        if isinstance(protocol, str) and protocol == known:
            return known
    raise InputError(
        f"unknown protocol {shown(protocol)}: choose from {', '.join(get_args(Protocol))}"
    )


def shrink_to_256(images: Tensor) -> Tensor:
    """(B, 3, H, W) with the short side shrunk to 256 pixels, antialiased; smaller ones stay."""
    height, width = images.shape[-2:]
    short = min(height, width)
    if short <= SHORT_SIDE:
        return images
    size = (SHORT_SIDE * height // short, SHORT_SIDE * width // short)
    return F.interpolate(images, size, mode="bilinear", antialias=True, align_corners=False)


def _read_own(weights: Weights) -> dict[str, Tensor]:
    try:
        found = torch.load(BytesIO(weights.content), map_location="cpu", weights_only=True)
        return {
            name: found[name].detach().float().view(sum(CHANNELS)) for name in ("alpha", "beta")
        }
    # What a file of another kind raises depends on what it looks like.
    except Exception as error:
        raise ModelUnavailableError(
            f"dists: {weights.file} doesn't hold DISTS's α and β"
        ) from error


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
