"""What the style and saliency halves ask of a network; every model family fills these in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from torch import Tensor, nn

from semcs.models.normalise import fit


class ImageTextModel(nn.Module, ABC):
    """An image tower and a text tower that share one embedding space.

    Attributes:
        name: What ran, as `result.models` tells it.
        input_size: Side in pixels of the square that the image tower sees.
    """

    name: str
    input_size: int

    def fit(self, images: Tensor) -> Tensor:
        """Bring images (B, 3, H, W) to the squares (B, 3, `input_size`, `input_size`)."""
        return fit(images, self.input_size)

    @abstractmethod
    def encode_image(self, images: Tensor) -> Tensor:
        """Embed images: (B, 3, H, W) RGB in [0, 1], any H and W, to (B, D) of unit length."""

    @abstractmethod
    def encode_text(self, texts: Sequence[str]) -> Tensor:
        """Embed B texts to (B, D) of unit length."""


class KeyExtractor(nn.Module, ABC):
    """A vision transformer that gives the attention keys of its last block.

    Attributes:
        name: What ran, as `result.models` tells it.
        patch_size: Side in pixels of a patch.
    """

    name: str
    patch_size: int

    @abstractmethod
    def forward(self, images: Tensor) -> Tensor:
        """Keys of (B, 3, H, W) RGB in [0, 1], sides multiples of `patch_size`.

        Returns:
            (B, N, C) with N = (H / patch_size)·(W / patch_size), row-major, heads concatenated,
            class and register tokens dropped.
        """


class ContentNetwork(nn.Module, ABC):
    """A network whose feature maps keep what is where, and let colour and texture go.

    Attributes:
        name: What ran, as `result.models` tells it.
    """

    name: str

    @abstractmethod
    def forward(self, images: Tensor) -> tuple[Tensor, ...]:
        """Feature maps (B, C, h, w) of (B, 3, H, W) RGB in [0, 1], one for each layer compared."""
