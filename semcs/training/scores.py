"""How well an image-text model knows renderings, by their embeddings and their directions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from semcs.models.directions import SOURCE_TEXT
from semcs.models.interfaces import ImageTextModel
from semcs.training.crops import RenderedCrops
from semcs.training.data import pixels
from semcs.training.losses import unit_directions
from semcs.training.vocabulary import STYLES

AT_ONCE = 100


@dataclass(frozen=True)
class StyleCosines:
    """Cosines of N renderings with all S styles.

    Attributes:
        looks: (N, S) of renderings with the styles' plain names.
        moves: (N, S) of the directions from their photos with those from the source text.
        styles: (N,) index of the right style of each.
    """

    looks: Tensor
    moves: Tensor
    styles: Tensor


@torch.no_grad()
def embed_images(clip: ImageTextModel, images: NDArray[np.uint8], device: str = "cpu") -> Tensor:
    """Unit embeddings (N, D) of (N, H, W, 3) images."""
    starts = range(0, len(images), AT_ONCE)
    batches = (pixels(images[start : start + AT_ONCE], device) for start in starts)
    return torch.cat([clip.encode_image(batch) for batch in batches])


@torch.no_grad()
def style_cosines(clip: ImageTextModel, crops: RenderedCrops) -> StyleCosines:
    """Compare renderings with all styles of the vocabulary."""
    texts, photo = clip.encode_text(list(STYLES)), clip.encode_text([SOURCE_TEXT])
    rendered = embed_images(clip, crops.rendered)
    directions = unit_directions(rendered, embed_images(clip, crops.photos))
    return StyleCosines(
        looks=rendered @ texts.T,
        moves=directions @ unit_directions(texts, photo).T,
        styles=torch.from_numpy(crops.styles),
    )


def style_scores(clip: ImageTextModel, crops: RenderedCrops) -> dict[str, float]:
    """Shares of renderings whose style is right, and mean cosine of their directions with it."""
    cosines = style_cosines(clip, crops)
    return {
        "styles_top1": cosines.looks.argmax(1).eq(cosines.styles).float().mean().item(),
        "direction_top1": cosines.moves.argmax(1).eq(cosines.styles).float().mean().item(),
        "direction_cos": cosines.moves.gather(1, cosines.styles[:, None]).mean().item(),
    }
