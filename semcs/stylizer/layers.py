"""A styled picture taken apart: a layer for each region, that put over each other give it back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from semcs.image import load
from semcs.image.foreground_colours import estimate_foreground
from semcs.image.picture import luma
from semcs.style.regions import Region, bands

Bytes = NDArray[np.uint8]
Array = NDArray[np.float32]

BOTTOM = "rest"
LONGEST_NAME = 40  # letters of a region's name in the name of a file


@dataclass(frozen=True, eq=False)
class Layer:
    """A region by itself.

    Attributes:
        name: The region's, or "rest" for what no region has.
        image: RGBA, of the picture's size: the region's own colours, its soft edge as alpha.
    """

    name: str
    image: Image.Image

    def file_name(self, number: int) -> str:
        """Such as `02-the-sky.png`: by these names, layers numbered from the bottom keep order."""
        words = re.sub(r"[\W_]+", "-", self.name.casefold()).strip("-")[:LONGEST_NAME].strip("-")
        return f"{number:02d}-{words or 'region'}.png"


@dataclass(frozen=True, eq=False)
class Paintings:
    """The colours of each region without those of its neighbours, kept until layers are asked for.

    Attributes:
        photo: (H, W, 3).
        painted: Of each painted region, (H, W, 3), at full strength.
    """

    photo: Bytes
    painted: dict[Region, Bytes]


def keep_paintings(photo: Array, regions: Sequence[Region], pictures: Sequence[Array]) -> Paintings:
    """What `layers_of` needs of a run.

    Args:
        photo: (H, W, 3) RGB in [0, 1].
        regions: Those that are painted.
        pictures: Each one's, (H, W, 3) RGB in [0, 1], at full strength.
    """
    painted = {region: _to_bytes(picture) for region, picture in zip(regions, pictures)}
    return Paintings(_to_bytes(photo), painted)


def layers_of(image: object, regions: Sequence[Region], paintings: Paintings) -> list[Layer]:
    """Take a styled picture apart.

    The layers, each put over those before it ("over", 8 bits a channel), give the picture: bit for
    bit where it is opaque. There, the layer at the bottom is opaque, and the alpha of each other
    one is its share of all that it and those below it have of the pixel. The first region is on
    top, so that its alpha is its mask.

    Args:
        image: The picture, of any kind that `load` reads.
        regions: All of them, in order; their masks (H, W) are their shares.
        paintings: Their colours.

    Returns:
        The layers from the bottom to the top: the rest where there is any, then the regions from
        the last to the first.
    """
    picture = load(image)
    grey = bool((picture.rgb == picture.rgb[..., :1]).all())
    rest = _rest_of([np.asarray(region.mask) for region in regions])
    bottom = [Region(rest, None, name=BOTTOM)] if rest.any() else []
    stacked = [*bottom, *reversed(regions)]
    shares = [np.asarray(region.mask, np.float32) for region in stacked]
    colours = [_own_colours(region, paintings) for region in stacked]
    stack = [np.empty((*picture.size, 4), np.uint8) for _ in stacked]
    for rows in bands(*picture.size):
        own = [_as_levels(colour[rows], grey) for colour in colours]
        visible = None if picture.alpha is None else picture.alpha[rows]
        band = _stack(picture.rgb[rows] * 255, own, [share[rows] for share in shares], visible)
        for layer, part in zip(stack, band):
            layer[rows] = part
    return [Layer(region.name, Image.fromarray(one)) for region, one in zip(stacked, stack)]


def _own_colours(region: Region, paintings: Paintings) -> Bytes:
    """What a region shows, (H, W, 3), also where others show beside it."""
    painted = paintings.painted.get(region)
    if painted is not None and region.strength >= 1:
        return painted
    photo = paintings.photo.astype(np.float32) / 255
    kept = estimate_foreground(photo, np.asarray(region.mask, np.float32))
    if painted is not None:
        kept += np.float32(region.strength) * (painted.astype(np.float32) / 255 - kept)
    return _to_bytes(kept)


def _stack(
    picture: Array, colours: Sequence[Array], shares: Sequence[Array], visible: Array | None
) -> list[Bytes]:
    """The layers (H, W, 4) of a band of rows, from the bottom to the top.

    A layer's colour is what makes the levels that are below it into those that are wanted: its own
    one, freed of what rounding does to it, and where the layer is the topmost one, exactly that
    of the picture.
    """
    whole = np.ones(picture.shape[:2], np.float32) if visible is None else visible
    picture = np.rint(picture)
    above = _sums_above(shares)
    mixed, below = np.zeros_like(picture), np.zeros_like(picture)
    under = np.zeros_like(whole)  # how opaque the layers so far are
    layers = []
    for index, (colour, share) in enumerate(zip(colours, shares)):
        own = share if index else 1 - above[0]
        mixed += share[..., None] * colour
        so_far = np.maximum(1 - above[index], 1e-6)
        wanted = np.rint(np.clip(mixed / so_far[..., None], 0, 255))
        if not index:
            wanted = np.rint(colour)
        topmost = above[index] <= 0
        wanted = np.where(topmost[..., None], picture, wanted)
        absent = (share <= 0) if index else np.zeros(share.shape, bool)
        wanted = np.where(absent[..., None], below, wanted)
        exact = _alpha_of(own, above[index], whole, bottom=not index)
        alpha, level = _solve(wanted, below, under, np.where(absent, 0, exact))
        layers.append(np.dstack([level, np.rint(alpha * 255)]).astype(np.uint8))
        under = alpha + under * (1 - alpha)
        below = np.where((under > 0)[..., None], wanted, below)
    return layers


def _alpha_of(share: Array, above: Array, visible: Array, *, bottom: bool) -> Array:
    """How opaque a layer is, so that its share of each pixel is left under the layers above."""
    left = 1 - visible * above
    alpha = visible * share / np.maximum(left, 1e-6)
    if bottom:
        alpha = np.where(visible >= 1, 1, alpha)
    return np.asarray(np.clip(alpha, 0, 1), np.float32)


def _solve(
    wanted: Array, below: Array, under: Array, alpha: Array
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Alpha and colour in whole levels (of 255) that turn the levels below into those wanted.

    Over an opaque pixel, alpha is rounded up, to what a colour from 0 to 255 can do.
    """
    room = np.where(wanted > below, 255 - below, below)
    least = (np.abs(wanted - below) / np.maximum(room, 1)).max(-1)
    steps = np.where(under >= 1, np.ceil(np.maximum(alpha, least) * 255 - 1e-3), alpha * 255)
    steps = np.where(alpha > 0, np.clip(np.rint(steps), 0, 255), 0)
    amount = steps / 255
    behind = (under * (1 - amount))[..., None]
    colour = wanted + behind * (wanted - below) / np.maximum(amount, 1e-6)[..., None]
    return amount, np.where(amount[..., None] > 0, np.clip(np.rint(colour), 0, 255), 0)


def _rest_of(shares: Sequence[Array]) -> Array:
    """What no region has, (H, W); as in `share_out`, less than can be seen is nothing."""
    rest = 1 - np.sum(shares, axis=0, dtype=np.float32)
    return np.asarray(np.where(rest < 1 / 255, 0, rest), np.float32)


def _sums_above(shares: Sequence[Array]) -> list[Array]:
    """Of each layer, how much of each pixel those above it have."""
    sums = [np.zeros_like(shares[0])]
    for share in reversed(shares[1:]):
        sums.append(np.minimum(sums[-1] + share, 1))
    return sums[::-1]


def _as_levels(colours: Bytes, grey: bool) -> Array:
    """Colours as float32 levels, 0 to 255; grey where the picture came out so."""
    levels = colours.astype(np.float32)
    return np.repeat(luma(levels)[..., None], 3, axis=2) if grey else levels


def _to_bytes(picture: Array) -> Bytes:
    """Numbers in [0, 1] as levels; band by band, in the cache."""
    levels = np.empty(picture.shape, np.uint8)
    for rows in bands(*picture.shape[:2]):
        levels[rows] = np.rint(np.clip(picture[rows], 0, 1) * 255)
    return levels
