"""The bundled content network: what is where, whatever it is painted with."""

from __future__ import annotations

from torch import Tensor, nn

from semcs.errors import InputError
from semcs.models.clip import StridedBlock
from semcs.models.interfaces import ContentNetwork
from semcs.models.layout import channels_last
from semcs.models.normalise import normalise

LEAST_SIDE = 16
"""Shortest side in pixels: the blocks halve it four times and see nothing of less."""


class BundledContentNetwork(ContentNetwork):
    """Four strided blocks; the maps at 1/8 and 1/16 of the side are compared.

    It was trained to see the same in a rendering in any style as in the photo beneath, so that
    its distance lets colour and texture go and holds on to shapes and objects.
    """

    name = "semcs content network"
    widths = (32, 64, 128, 192)

    def __init__(self) -> None:
        super().__init__()
        inputs = (3, *self.widths[:-1])
        self.blocks = nn.ModuleList(StridedBlock(i, o) for i, o in zip(inputs, self.widths))
        # Unit variance, so that every layer and channel has its say in a mean of squares.
        self.standardise = nn.ModuleList(
            nn.BatchNorm2d(width, affine=False) for width in self.widths[2:]
        )

    def forward(self, images: Tensor) -> tuple[Tensor, ...]:
        """Maps (B, 128, H/8, W/8) and (B, 192, H/16, W/16) of (B, 3, H, W) RGB in [0, 1].

        Raises:
            InputError: A side is under `LEAST_SIDE`.
        """
        compared = self.block_maps(images)[2:]
        return tuple(norm(seen) for norm, seen in zip(self.standardise, compared))

    def block_maps(self, images: Tensor) -> list[Tensor]:
        """What every block gives for (B, 3, H, W) RGB in [0, 1], as it is.

        Raises:
            InputError: A side is under `LEAST_SIDE`.
        """
        height, width = images.shape[-2:]
        if min(height, width) < LEAST_SIDE:
            raise InputError(
                f"{self.name} needs sides of at least {LEAST_SIDE} pixels, not {height}×{width}"
            )
        maps = channels_last(normalise(images))
        outputs = []
        for block in self.blocks:
            maps = block(maps)
            outputs.append(maps)
        return outputs
