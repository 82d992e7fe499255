"""A relative of DISTS that runs offline: its formula over the bundled content network.

The network is another one and no weights were fitted to people's judgements, so that its figures
must not be compared with DISTS's, nor called that.
"""

from __future__ import annotations

from functools import cache

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.metrics.inputs import Measured, answer, as_mask, as_pair
from semcs.metrics.similarity import similarities
from semcs.models.families import frozen, load_bundled
from semcs.models.normalise import normalise
from semcs.models.perceptual import BundledContentNetwork


class DistsBundled(nn.Module):
    """1 − the mean similarity, of texture and of structure, of the pixels and four blocks' maps.

    Every block counts the same, and every channel in a block.

    Args:
        network: The bundled content network; that of the package by default.
    """

    def __init__(self, network: BundledContentNetwork | None = None) -> None:
        super().__init__()
        self.network = network or _bundled()

    def forward(self, these: Tensor, those: Tensor, mask: Tensor | None = None) -> Tensor:
        """Distance of each of B pairs of (B, 3, H, W) RGB in [0, 1], sides of 16 or more.

        Args:
            these: (B, 3, H, W).
            those: (B, 3, H, W).
            mask: (B, 1, H, W) or (1, 1, H, W) weights of the statistics. For one pair,
                (R, 1, H, W) gives (R,).

        Returns:
            (B,), differentiable; 0 for equal pictures.
        """
        blocks = []
        for seen, other in zip(self._maps(these), self._maps(those)):
            texture, structure = similarities(seen, other, mask)
            blocks.append((texture + structure).mean(1) / 2)
        return 1 - torch.stack(blocks).mean(0)

    def _maps(self, images: Tensor) -> list[Tensor]:
        """The pixels and every block's maps, without what is negative: so are VGG's.

        A mean near zero that changes its sign would count as the greatest difference there is.
        """
        maps, seen = [images], normalise(images)
        for block in self.network.blocks:
            seen = block(seen)
            maps.append(F.relu(seen))
        return maps


def dists_bundled(a: object, b: object, mask: object = None) -> Measured:
    """How far two pictures, or a region of them, are apart to the bundled content network.

    Args:
        a: Any picture (see `semcs.image.load`), or a batch (B, 3, H, W).
        b: The other, of the same size; the order doesn't matter.
        mask: The region (see `semcs.image.load_mask`), or (B, 1, H, W); everything by default.

    Returns:
        A number, 0 for equal pictures; for a batch a tensor (B,) with its gradient.

    Raises:
        InputError: A picture or the mask can't be read, or sizes differ.
    """
    these, those = as_pair(a, b)
    network = DistsBundled().to(these.device)
    return answer(network(these, those, as_mask(mask, these)), a)


@cache
def _bundled() -> BundledContentNetwork:
    return frozen(load_bundled("content", BundledContentNetwork()))
