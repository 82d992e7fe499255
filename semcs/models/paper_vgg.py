"""VGG19 (Simonyan and Zisserman 2015) up to relu5_2, for the content loss."""

from __future__ import annotations

from pathlib import Path

from torch import Tensor, nn

from semcs.errors import InputError
from semcs.models.interfaces import ContentNetwork
from semcs.models.loading import build_without_weights
from semcs.models.normalise import normalise
from semcs.models.paper_weights import load_strict, published_weights
from semcs.models.registry import get

# Channels and number of convolutions of each stage; a max pool stands between two stages.
STAGES = ((64, 2), (128, 2), (256, 4), (512, 4), (512, 2))
RELU4_2, RELU5_2 = 22, 31
SMALLEST_SIDE = 16

# Beside what is used: conv5_3 and conv5_4, and the classifier as timm and torchvision call it.
UNUSED = ("features.32.", "features.34.", "pre_logits.", "head.", "classifier.")


class PaperVgg(ContentNetwork):
    """VGG19's feature maps after relu4_2 and relu5_2, frozen, with ImageNet statistics inside.

    CLIPstyler and Sem-CS call these layers conv4_2 and conv5_2; their in-place ReLUs make them the
    outputs of the ReLUs.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.features = nn.Sequential(*_layers())

    def forward(self, images: Tensor) -> tuple[Tensor, ...]:
        """Maps of (B, 3, H, W) RGB in [0, 1].

        Returns:
            relu4_2, (B, 512, H / 8, W / 8), and relu5_2, (B, 512, H / 16, W / 16), rounded down.

        Raises:
            InputError: a side is under 16 pixels.
        """
        height, width = images.shape[-2:]
        if min(height, width) < SMALLEST_SIDE:
            raise InputError(
                f"{self.name} needs sides of at least {SMALLEST_SIDE} pixels, "
                f"not {height} x {width}"
            )
        relu4_2 = self.features[: RELU4_2 + 1](normalise(images))
        return relu4_2, self.features[RELU4_2 + 1 :](relu4_2)


def load_paper_vgg(*, path: str | Path | None = None) -> PaperVgg:
    """VGG19 with its ImageNet weights.

    Args:
        path: Your own copy of the weights, in timm's or torchvision's layout as safetensors; None
            fetches them.

    Raises:
        InputError: no file at `path`.
        ModelUnavailableError: the weights can't be had, or aren't what they should be.
    """
    source = get("vgg19", role="content")
    weights = published_weights(source, path)
    network = build_without_weights(lambda: PaperVgg(source.name))
    load_strict(network, weights, name=source.name, ignored=UNUSED)
    return network


def _layers() -> list[nn.Module]:
    """The layers in torchvision's order, so that their indices are the names in the file."""
    layers: list[nn.Module] = []
    inputs = 3
    for stage, (channels, convolutions) in enumerate(STAGES):
        if stage:
            layers.append(nn.MaxPool2d(2))
        for _ in range(convolutions):
            layers += [nn.Conv2d(inputs, channels, 3, padding=1), nn.ReLU(inplace=True)]
            inputs = channels
    return layers
