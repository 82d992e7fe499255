"""ComfyUI's batches as single pictures and masks, and what stays from one run to the next."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import torch.nn.functional as F
from torch import Tensor

import semcs
from semcs.errors import InputError
from semcs.image import masks_of_batch
from semcs.interop.formats import from_comfyui, from_comfyui_mask


@lru_cache(maxsize=1)
def stylizer(models: str) -> semcs.Stylizer:
    """Keeps the networks between runs of a graph."""
    return semcs.Stylizer(models)


def one_by_one(
    images: Tensor, mask: Tensor | None = None
) -> Iterator[tuple[Tensor, Tensor | None]]:
    """Each picture (C, H, W) of a batch with its mask (1, H, W).

    Masks of another size are stretched, as ComfyUI's own nodes do.

    Raises:
        InputError: There are several masks, but not one for each picture.
    """
    photos = in_range(images)
    if mask is None:
        yield from ((photo, None) for photo in photos)
        return
    masks = from_comfyui_mask(mask).float().clamp(0, 1)
    if masks.shape[2:] != photos.shape[2:]:
        masks = F.interpolate(masks, photos.shape[2:], mode="bilinear", align_corners=False)
    owns: Any = masks_of_batch(masks if len(masks) > 1 else masks[0], len(photos))
    yield from zip(photos, owns)


def in_range(images: Tensor) -> Tensor:
    """Pictures (B, C, H, W) in [0, 1]: some nodes, such as those that resize, reach beyond."""
    return from_comfyui(images).float().clamp(0, 1)


def style_of(name: str, text: str, picture: Tensor | None) -> object:
    """The text, or the picture (C, H, W) where one is connected; None where there is neither.

    Raises:
        InputError: There are several pictures.
    """
    if picture is None:
        return text.strip() or None
    if len(picture) != 1:
        raise InputError(f"{name}_picture is a batch of {len(picture)}: one picture is allowed")
    return in_range(picture)[0]
