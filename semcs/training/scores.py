"""How well an image-text model knows renderings: by their embeddings, and by their moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from semcs.models.directions import SOURCE_TEXT
from semcs.models.interfaces import ImageTextModel
from semcs.training.crops import RenderedCrops
from semcs.training.vocabulary import STYLES

AT_ONCE = 100


@dataclass(frozen=True)
class StyleCosines:
    """Cosines with all styles (N, S), and the right style of each (N,).

    Attributes:
        looks: Of renderings with the styles' plain names.
        moves: Of the differences to their photos with the names' differences to
            the source text.
        styles: Indices.
    """

    looks: Tensor
    moves: Tensor
    styles: Tensor


@torch.no_grad()
def embed_images(clip: ImageTextModel, images: NDArray[np.uint8], device: str = "cpu") -> Tensor:
    """Unit embeddings (N, D) of (N, H, W, 3) images."""
    parts = (np.array(images[i : i + AT_ONCE]) for i in range(0, len(images), AT_ONCE))
    batches = (torch.from_numpy(part).to(device).permute(0, 3, 1, 2) / 255 for part in parts)
    return torch.cat([clip.encode_image(batch) for batch in batches])


@torch.no_grad()
def style_cosines(clip: ImageTextModel, crops: RenderedCrops) -> StyleCosines:
    """Compare renderings with all styles of the vocabulary."""
    texts, photo = clip.encode_text(list(STYLES)), clip.encode_text([SOURCE_TEXT])
    rendered = embed_images(clip, crops.rendered)
    moves = F.normalize(rendered - embed_images(clip, crops.photos), dim=-1)
    return StyleCosines(
        looks=rendered @ texts.T,
        moves=moves @ F.normalize(texts - photo, dim=-1).T,
        styles=torch.from_numpy(crops.styles),
    )


def style_scores(clip: ImageTextModel, crops: RenderedCrops) -> dict[str, float]:
    """Shares of renderings whose style is right, and the mean cosine of their moves with it."""
    cosines = style_cosines(clip, crops)
    return {
        "styles_top1": cosines.looks.argmax(1).eq(cosines.styles).float().mean().item(),
        "direction_top1": cosines.moves.argmax(1).eq(cosines.styles).float().mean().item(),
        "direction_cos": cosines.moves.gather(1, cosines.styles[:, None]).mean().item(),
    }
