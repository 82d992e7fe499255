"""Where regions are: words, sides of the photo and masks, as shares of every pixel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from semcs.image import load_mask
from semcs.style.regions import Click, Region, share_out

PLACES = {
    "foreground": "foreground",
    "background": "background",
    "rest": "rest",
    "everything else": "rest",
}

Mask = NDArray[np.float32]


def place_of(mask: object) -> str | None:
    """The foreground, background or rest that a region's words mean; None for all other masks."""
    if not isinstance(mask, str):
        return None
    words = mask.casefold().split()
    if words[:1] == ["the"]:
        words = words[1:]
    return PLACES.get(" ".join(words))


def masks_of(
    regions: Sequence[Region],
    size: tuple[int, int],
    foreground: Callable[[], Mask],
    find_words: Callable[[str], Mask],
    find_click: Callable[[Click], Mask],
    handed_in: Callable[[Region], Mask] | None = None,
) -> list[Mask]:
    """What each region has of the picture, (H, W) each, after those before it; the rest is last.

    Args:
        regions: Their masks, read here.
        size: Height and width of the picture.
        foreground: Gives the foreground mask; asked where words name one of its sides.
        find_words: Gives the mask of other words.
        find_click: Gives the mask of what is clicked on.
        handed_in: Gives the mask of a region that holds one, in its place.

    Raises:
        InputError: A mask can't be read, or is of another size.
        NotFoundError: What words name isn't in the photo.
    """

    def mask_of(region: Region) -> Mask:
        place = place_of(region.mask)
        if place == "foreground":
            return foreground()
        if place == "background":
            return 1 - foreground()
        if place == "rest":
            return np.ones(size, np.float32)
        if isinstance(region.mask, str):
            return find_words(region.mask.strip())
        if isinstance(region.mask, Click):
            return find_click(region.mask)
        return load_mask(region.mask, size) if handed_in is None else handed_in(region)

    order = sorted(range(len(regions)), key=lambda index: place_of(regions[index].mask) == "rest")
    masks = np.stack([np.asarray(mask_of(regions[index]), np.float32) for index in order])
    shares, _ = share_out(torch.from_numpy(masks)[:, None])
    by_index = dict(zip(order, shares[:, 0].numpy()))
    return [by_index[index] for index in range(len(regions))]


def shares_of(regions: Sequence[Region], chosen: Sequence[int]) -> Tensor:
    """The chosen regions' shares of every pixel, (R, 1, H, W); the others have theirs, too."""
    stacked = np.stack([np.asarray(region.mask, np.float32) for region in regions])
    shares, _ = share_out(torch.from_numpy(stacked)[:, None])
    if len(chosen) == len(regions):
        return shares  # no copy: they may be large
    return shares[torch.tensor(chosen, dtype=torch.long)]
