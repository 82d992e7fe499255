"""The learned painter together with the image-text model that codes texts for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import torch
from torch import Tensor, nn

from semcs.models.clip import BundledClip
from semcs.models.directions import PLAIN, text_directions
from semcs.models.interfaces import ImageTextModel
from semcs.models.loading import frozen, load_bundled
from semcs.models.painter import Painter, load_painter
from semcs.models.ranking import look_ranker
from semcs.models.settings import own_settings


class StylePainter(nn.Module):
    """Paints any text or picture as a style, in one pass.

    What it is given may lie on any device; what it gives lies on that of its networks.

        painter = load_style_painter()
        gold = painter.code_of("hammered gold")
        painted = painter.paint(photo, gold, torch.ones_like(photo[:, :1]))

    Args:
        network: The learned painter.
        encoder: The image-text model whose texts it was trained on: the bundled one.
    """

    def __init__(self, network: Painter, encoder: ImageTextModel) -> None:
        super().__init__()
        self.network, self.encoder = network, encoder

    @property
    def name(self) -> str:
        """What ran, as `result.models` tells it."""
        return self.network.name

    @property
    def device(self) -> torch.device:
        """Where the networks run."""
        return next(self.network.parameters()).device

    @cached_property
    def rank(self) -> Callable[[str], dict[str, float]]:
        """Scores all looks for a text; it embeds their names once."""
        return look_ranker(self.encoder)

    @own_settings()
    @torch.no_grad()
    def code_of(self, style: str | Tensor) -> Tensor:
        """The style code (1, 109) of a text, or of a picture (1, 3, h, w) RGB in [0, 1]."""
        if isinstance(style, str):
            return self.network.code_of_text(text_directions(self.encoder, [style], PLAIN))
        return self.network.code_of_picture(style.to(self.device))

    @own_settings()
    @torch.no_grad()
    def paint(self, content: Tensor, codes: Tensor, masks: Tensor) -> Tensor:
        """Paint a photo, every region in its own style.

        Args:
            content: The photo, (1, 3, H, W) RGB in [0, 1]; any size from 32 pixels a side.
            codes: (R, 109), as of `code_of`.
            masks: (R, 1, H, W), each region's share of every pixel; the shares sum to 1.

        Returns:
            (1, 3, H, W) RGB in [0, 1].
        """
        content, codes, masks = (given.to(self.device) for given in (content, codes, masks))
        return self.network.paint(content, codes, masks)


@own_settings()
def load_style_painter(encoder: ImageTextModel | None = None) -> StylePainter:
    """The bundled painter, on the CPU, frozen.

    Args:
        encoder: The bundled image-text model where it is loaded already; it is loaded by default.

    Raises:
        ModelUnavailableError: The package holds no such file, or another than it should.
    """
    if encoder is None:
        encoder = frozen(load_bundled("clip", BundledClip))
    return StylePainter(load_painter(), encoder)
