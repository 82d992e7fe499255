"""The picture at the size to work at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from semcs.image import to_tensor, working_size
from semcs.style.objective import Task
from semcs.style.presets import Preset
from semcs.style.regions import Region

Array = NDArray[np.float32]


def task_of(
    photo: Array,
    starts: Sequence[Array],
    shares: Tensor,
    regions: Sequence[Region],
    *,
    size: int,
    preset: Preset,
    device: torch.device,
) -> Task:
    """The picture, the starts and the masks at working size.

    Args:
        photo: (H, W, 3) RGB in [0, 1].
        starts: What each styled region begins as, (H, W, 3) RGB in [0, 1].
        shares: (R, 1, H, W) of the styled regions.
        regions: The styled ones.
        size: Longest side to work at, in pixels.
        preset: Says how the photo is resized.
        device: Where the optimisation runs.
    """
    working = (size, size)
    if not preset.published.square:
        working = working_size(photo.shape[0], photo.shape[1], size, preset.network.least_size)

    def resized(maps: Tensor) -> Tensor:
        return _resized(maps, working, antialias=preset.published.antialias)

    return Task(
        content=resized(to_tensor(photo)).to(device),
        starts=torch.cat([resized(to_tensor(start)) for start in starts]).to(device),
        masks=resized(shares).to(device),
        regions=tuple(regions),
    )


def _resized(maps: Tensor, size: tuple[int, int], *, antialias: bool) -> Tensor:
    """Maps (B, C, H, W) in [0, 1] at the size to work at."""
    if maps.shape[-2:] == size:
        return maps
    mode = "bicubic" if size[0] > maps.shape[-2] else "bilinear"
    return F.interpolate(maps, size, mode=mode, antialias=antialias).clamp(0, 1)
