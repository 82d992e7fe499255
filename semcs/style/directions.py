"""Where in embedding space each region should move."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from semcs.models.directions import SOURCE_TEXT, embed_texts, text_directions
from semcs.models.interfaces import ImageTextModel
from semcs.style.avoiding import away_from
from semcs.style.mixes import Mix, Single, mean_direction
from semcs.style.regions import Region


@torch.no_grad()
def style_directions(
    clip: ImageTextModel, content: Tensor, regions: Sequence[Region], templates: Sequence[str]
) -> Tensor:
    """Where each region's embedding should move, (R, D).

    A text's direction is its embedding minus that of "a photo" in words; a picture's is its own
    embedding minus that of the photo that is styled (StyleGAN-NADA's image mode, 2021). A mix goes
    from the weighted mean of where its parts start to that of where they lead, both of unit length.

    Args:
        clip: Embeds texts and pictures.
        content: The photo, (1, 3, H, W).
        regions: Their styles and what they avoid count; pictures are (1, 3, h, w) in [0, 1].
        templates: Sentences around a text, whose embeddings are averaged.
    """

    def direction_of(style: Single) -> Tensor:
        if isinstance(style, Tensor):
            return clip.encode_image(style) - clip.encode_image(content)
        return text_directions(clip, [str(style)], templates)

    def of_mix(mix: Mix) -> Tensor:
        singles, weights = zip(*mix.parts)
        words = embed_texts(clip, [SOURCE_TEXT], templates)
        photo = clip.encode_image(content)
        starts = [photo if isinstance(one, Tensor) else words for one in singles]
        ends = [start + direction_of(one) for start, one in zip(starts, singles)]
        return mean_direction(ends, weights) - mean_direction(starts, weights)

    directions = []
    for region in regions:
        style = region.style
        direction = of_mix(style) if isinstance(style, Mix) else direction_of(style)  # type: ignore[arg-type]
        if region.avoid is not None:
            direction = away_from(direction, text_directions(clip, [region.avoid], templates))
        directions.append(direction)
    return torch.cat(directions)
