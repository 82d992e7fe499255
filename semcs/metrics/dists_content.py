"""A relative of DISTS that runs offline: its formula over the bundled content network.

The network is another one and no weights were fitted to people's judgements, so that its figures
must not be compared with DISTS's, nor called that.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from semcs.metrics.defaults import default_network
from semcs.metrics.inputs import Measured
from semcs.metrics.pairs import PairMeasure, as_weights
from semcs.metrics.similarity import similarities
from semcs.models.loading import frozen, load_bundled
from semcs.models.perceptual import BundledContentNetwork


class DistsBundled(PairMeasure):
    """1 − the mean similarity, of texture and of structure, of the pixels and four blocks' maps.

    Every block counts the same, and every channel in a block. Equal pictures are at 0; sides have
    to be 16 pixels or more. A mask weighs the statistics.

        distance = semcs.metrics.DistsBundled()(photos, outputs)

    Args:
        network: The bundled content network; one of its own by default.
    """

    def __init__(self, network: BundledContentNetwork | None = None) -> None:
        super().__init__()
        if network is None:
            network = frozen(load_bundled("content", BundledContentNetwork))
        self.network = network

    def compare(self, content: Tensor, output: Tensor, mask: Tensor | None) -> Tensor:
        """See `PairMeasure`.

        Raises:
            InputError: A side is under 16 pixels.
        """
        blocks = []
        for seen, other in zip(self._maps(content), self._maps(output)):
            texture, structure = similarities(seen, other, mask)
            blocks.append((texture + structure).mean(1) / 2)
        return 1 - torch.stack(blocks).mean(0)

    def _maps(self, images: Tensor) -> list[Tensor]:
        """The pixels and every block's maps, without what is negative: so are VGG's.

        A mean near zero that changes its sign would count as the greatest difference there is.
        """
        maps = self.network.block_maps(as_weights(self.network, images))
        return [images, *(F.relu(seen).to(images.dtype) for seen in maps)]


def dists_bundled(
    a: object, b: object, mask: object = None, *, device: torch.device | str | None = None
) -> Measured:
    """How far two pictures, or a region of them, are apart to the bundled content network.

        print(semcs.metrics.dists_bundled("photo.jpg", "styled.png"))

    Args:
        a: Any picture (see `semcs.image.load`), or a batch (B, 3, H, W).
        b: The other, of the same size; the order doesn't matter.
        mask: The region (see `semcs.image.load_mask`), or (B, 1, H, W); everything by default.
        device: Where the network runs; the GPU where there is one, by default.

    Returns:
        A number, 0 for equal pictures; for a batch a tensor (B,) with its gradient.

    Raises:
        InputError: A picture or the mask can't be read, or sizes differ or are under 16 pixels.
    """
    return default_network(DistsBundled, device=device).of_pictures(a, b, mask)
