"""Where a `RegionStyleNet` starts: weights that paint any text's style before the first step."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models.families import frozen, load_bundled
from semcs.style.stylenet import RegionStyleNet


class StyleStart(nn.Module):
    """A painter for all styles, and a network that tells it which.

    The painter is a `RegionStyleNet`; a text's direction in the bundled image-text model becomes
    the code and the palette that it paints a region with (style prediction, Ghiasi et al. 2017).
    """

    name = "semcs start"
    embedding = 256

    def __init__(self) -> None:
        super().__init__()
        self.painter = RegionStyleNet(1)
        self.predict = nn.Sequential(
            nn.Linear(self.embedding, 256), nn.GELU(), nn.Linear(256, self.painter.code_size + 12)
        )
        for parameter in self.predict[2].parameters():
            nn.init.zeros_(parameter)

    def styles_of(self, text_directions: Tensor) -> tuple[Tensor, Tensor]:
        """Codes (..., M) and palettes (..., 3, 4) of directions (..., 256) of any length."""
        predicted = self.predict(F.normalize(text_directions, dim=-1))
        codes, changes = predicted.split([self.painter.code_size, 12], -1)
        return codes, torch.eye(3, 4).to(changes) + changes.unflatten(-1, (3, 4))

    @torch.no_grad()
    def prepare(self, style_net: RegionStyleNet, text_directions: Tensor) -> None:
        """Give a network of R regions the weights that paint (R, 256) text directions."""
        regions = len(text_directions)
        style_net.unet.load_state_dict(self.painter.unet.state_dict())
        style_net.sharpen.load_state_dict(self.painter.sharpen.state_dict())
        for own, trained in zip(style_net.heads.parameters(), self.painter.heads.parameters()):
            own.copy_(torch.cat([trained] * regions))
        codes, palettes = self.styles_of(text_directions)
        style_net.codes.copy_(codes)
        style_net.palettes.copy_(palettes)


def load_start() -> StyleStart:
    """The bundled start, frozen.

    Raises:
        ModelUnavailableError: The package holds no such file, or another than it should.
    """
    return frozen(load_bundled("start", StyleStart()))
