"""Over-stylisation: how much of what was in the photo is lost, for each region."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from semcs.metrics.inputs import Measured, answer, as_mask, as_pair, default_family, region_mean
from semcs.models.interfaces import ContentNetwork


class ContentDistance(nn.Module):
    """Mean squared difference of a content network's maps, relative to their own mean squares.

    For each layer ‖a − b‖² / (‖a‖² + ‖b‖²), then the mean of the layers: 0 for equal pictures,
    about 1 for unrelated ones, at most 2.
    """

    def __init__(self, network: ContentNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, content: Tensor, output: Tensor, mask: Tensor | None = None) -> Tensor:
        """Distance of each of B pairs of (B, 3, H, W) RGB in [0, 1], sides of 16 or more.

        Args:
            content: (B, 3, H, W).
            output: (B, 3, H, W).
            mask: (B, 1, H, W) or (1, 1, H, W) weights; the maps see beyond its border. For one
                pair, (R, 1, H, W) gives (R,).

        Returns:
            (B,), differentiable.
        """
        layers = []
        for before, after in zip(self.network(content), self.network(output)):
            moved = region_mean((before - after).square(), mask).sum(1)
            size = region_mean(before.square() + after.square(), mask).sum(1)
            layers.append(moved / size.clamp_min(torch.finfo(size.dtype).tiny))
        return torch.stack(layers).mean(0)


def content_distance(
    content: object,
    output: object,
    mask: object = None,
    *,
    network: ContentNetwork | None = None,
) -> Measured:
    """How much of what a photo, or a region of it, shows is lost: 0 nothing, 1 about everything.

    Args:
        content: Any picture (see `semcs.image.load`), or a batch (B, 3, H, W).
        output: What became of it, of the same size.
        mask: The region (see `semcs.image.load_mask`), or (B, 1, H, W); everything by default.
        network: Whose maps are compared; that of `models="auto"` by default. Distances by
            different networks can't be compared.

    Returns:
        A number; for a batch a tensor (B,) with its gradient.

    Raises:
        InputError: A picture or the mask can't be read, or sizes differ.
    """
    before, after = as_pair(content, output)
    network = network or default_family().content.to(before.device)
    return answer(ContentDistance(network)(before, after, as_mask(mask, before)), content)
