"""Which looks a text encoder finds near a text, for `semcs.looks.match`."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import torch

from semcs.models.interfaces import ImageTextModel
from semcs.models.settings import own_settings
from semcs.models.vocabulary import style_names


@own_settings()
@torch.no_grad()
def look_ranker(clip: ImageTextModel) -> Callable[[str], dict[str, float]]:
    """A function that scores every look for a text.

    Args:
        clip: Its text encoder is asked once for the names of the looks, and once for each text.

    Returns:
        Maps a text to the cosine of its embedding with that of each look's name, those below 0
        as 0.
    """
    names = style_names()
    embedded = clip.encode_text(names).cpu()  # wherever the model goes later

    @lru_cache(maxsize=256)
    @own_settings()
    @torch.no_grad()
    def cosines(text: str) -> tuple[float, ...]:
        nearness = (clip.encode_text([text]).cpu() @ embedded.T)[0].clamp(0, 1)
        return tuple(nearness.tolist())

    def rank(text: str) -> dict[str, float]:
        return dict(zip(names, cosines(text)))

    return rank
