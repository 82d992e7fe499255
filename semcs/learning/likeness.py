"""How unlike the pictures of a style a painted picture is, by the painter's own features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models.painter_code import PictureCoder, pad_for_stride

SIDE = 256  # pixels of the shorter side at which pictures are looked at
BLOCKS = (0, 2, 5, 9)  # of the coder, whose maps are at 1/2, 1/4, 1/8 and 1/16 of the side
LEAST = 1e-3  # deviation: what hardly varies in the pictures doesn't count without bound


class PictureLoss(nn.Module):
    """Differences of mean and deviation of every channel to those of some pictures.

    The channels are colours, and the maps of the network that reads codes off pictures. Means and
    deviations alone tell a style about as well as Gram matrices do (Li et al. 2017).

    Args:
        coder: The painter's picture coder, frozen.
        pictures: (1, 3, h, w) each, RGB in [0, 1]; the mean of their statistics is the target.
    """

    target: Tensor

    def __init__(self, coder: PictureCoder, pictures: Sequence[Tensor]) -> None:
        super().__init__()
        self.coder = coder
        with torch.no_grad():
            statistics = [self._statistics(_reduced(picture)) for picture in pictures]
        self.register_buffer("target", torch.stack(statistics).mean(0))

    def forward(self, image: Tensor) -> Tensor:
        """Mean squared difference of (1, 3, H, W), in the deviations of the pictures' channels."""
        seen = self._statistics(image)
        return ((seen - self.target) / self.target[1].clamp_min(LEAST)).square().mean()

    def _statistics(self, image: Tensor) -> Tensor:
        """Means and deviations (2, C) of all channels."""
        flat = [maps[0].flatten(1) for maps in self._maps(image)]
        means = torch.cat([maps.mean(1) for maps in flat])
        return torch.stack([means, torch.cat([(maps.var(1) + 1e-8).sqrt() for maps in flat])])

    def _maps(self, image: Tensor) -> Iterator[Tensor]:
        yield image
        maps = F.relu6(self.coder.stem(pad_for_stride(image)))
        for index, block in enumerate(self.coder.blocks[: max(BLOCKS) + 1]):
            maps = block(maps)
            if index in BLOCKS:
                yield maps


def _reduced(picture: Tensor) -> Tensor:
    """A picture at `SIDE`, its sides even multiples of what the coder's strides need."""
    height, width = picture.shape[-2:]
    ratio = SIDE / min(height, width)
    size = [min(4 * SIDE, max(32, 32 * round(side * ratio / 32))) for side in (height, width)]
    return F.interpolate(picture, size, mode="bilinear", antialias=True)
