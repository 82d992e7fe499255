"""Over-stylisation: how much of what was in the photo is lost, for each region."""

from __future__ import annotations

import torch
from torch import Tensor

from semcs.metrics.defaults import choose_network, default_family
from semcs.metrics.inputs import Measured, region_mean
from semcs.metrics.pairs import PairMeasure, as_weights
from semcs.models.interfaces import ContentNetwork


class ContentDistance(PairMeasure):
    """Mean squared difference of a content network's maps, relative to their own mean squares.

    For each layer ‖a − b‖² / (‖a‖² + ‖b‖²), then the mean of the layers: 0 for equal pictures,
    about 1 for unrelated ones, at most 2. To semcs's networks sides have to be 16 pixels or more.
    The maps see beyond a mask's border.

        network = semcs.load_family("bundled", "cpu").content
        semcs.metrics.ContentDistance(network)(photos, outputs)
    """

    def __init__(self, network: ContentNetwork) -> None:
        super().__init__()
        self.network = network

    def compare(self, content: Tensor, output: Tensor, mask: Tensor | None) -> Tensor:
        """See `PairMeasure`.

        Raises:
            InputError: A side is too short for the network.
        """
        layers = []
        for before, after in zip(self._maps(content), self._maps(output)):
            difference = region_mean((before - after).square(), mask).sum(1)
            size = region_mean(before.square() + after.square(), mask).sum(1)
            layers.append(difference / size.clamp_min(torch.finfo(size.dtype).tiny))
        return torch.stack(layers).mean(0)

    def _maps(self, images: Tensor) -> list[Tensor]:
        maps = self.network(as_weights(self.network, images))
        return [layer.to(images.dtype) for layer in maps]


def content_distance(
    content: object,
    output: object,
    mask: object = None,
    *,
    network: ContentNetwork | None = None,
    device: torch.device | str | None = None,
) -> Measured:
    """How much of what a photo, or a region of it, shows is lost: 0 nothing, 1 about everything.

        lost = semcs.metrics.content_distance("photo.jpg", "styled.png", "mask.png")
        print(f"{lost:.0%} of the foreground is lost")

    Args:
        content: Any picture (see `semcs.image.load`), or a batch (B, 3, H, W).
        output: What became of it, of the same size.
        mask: The region (see `semcs.image.load_mask`), or (B, 1, H, W); everything by default.
        network: Whose maps are compared; that of `models="auto"` by default. Distances by
            different networks can't be compared.
        device: Where the default network runs; the GPU where there is one, by default.

    Returns:
        A number; for a batch a tensor (B,) with its gradient.

    Raises:
        InputError: A picture or the mask can't be read, sizes differ or are too small for the
            network, or network and device.
    """
    network = choose_network(network, device, lambda place: default_family(device=place).content)
    return ContentDistance(network).of_pictures(content, output, mask)
