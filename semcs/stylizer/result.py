"""What comes out of a run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from torch import nn

from semcs.style.presets import Preset
from semcs.style.regions import Region
from semcs.stylizer.layers import Layer, Paintings, layers_of

ImageT = TypeVar("ImageT")


@dataclass(frozen=True, eq=False)
class Result(Generic[ImageT]):
    """A styled picture and how it came about.

    Attributes:
        image: The picture, of the same type, size and channels as what was handed in.
        mask: (H, W) float32 foreground, 1 = foreground; None where no mask was needed.
        mask_sureness: How sure that mask is, from 0 (nothing stands out) to 1, as its IoU is likely
            to be; None where the mask was handed in or none was needed.
        regions: The regions that were styled or kept, each with its `name` (its words), its mask
            (H, W) float32, which is what it got of every pixel, and its `share` of the picture.
        looks: What was made of each styled region's style: the region's name, what painted it
            ("by"), the looks with their weights, words of colour and light, how sure it is.
        history: Weighted losses of every step, by name; empty where nothing was optimised.
        models: Names of the networks that ran, by role, and the "family".
        seconds: Wall time by stage: "models" (to load them), "mask", "instant" (the picture that
            looks and painter give at once), "prepare", "first step", "optimise" (all steps, the
            first among them), "finish" and "total".
        preset: All options that were used; none is left to the model family.
        seed: The seed that was used.
        style_net: The network that painted it, to begin another with (`warm_start`); None where
            nothing was optimised.
        paintings: The colours of each region, of which `layers` are made.
    """

    image: ImageT
    mask: NDArray[np.float32] | None
    regions: tuple[Region, ...]
    looks: list[dict[str, Any]]
    history: list[dict[str, float]]
    models: dict[str, str]
    seconds: dict[str, float]
    preset: Preset
    seed: int
    style_net: nn.Module | None
    paintings: Paintings
    mask_sureness: float | None = None

    @cached_property
    def layers(self) -> list[Layer]:
        """The picture taken apart: a layer for each region, from the bottom to the top.

        The layers, each put over those before it, give `image`, bit for bit where it is opaque and
        has 8 bits. At the bottom is what no region has, where there is any; the first region is on
        top.
        """
        return layers_of(self.image, self.regions, self.paintings)
