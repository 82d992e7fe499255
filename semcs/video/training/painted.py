"""A frame of a clip, and what its regions begin as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from semcs.style.objective import Task
from semcs.style.presets import Preset
from semcs.style.regions import Region
from semcs.stylizer.working import task_of

Array = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Painted:
    """A frame, and what its styled regions begin as, at full size.

    Attributes:
        photo: (H, W, 3) RGB in [0, 1].
        starts: Each region's, (H, W, 3) RGB in [0, 1].
        shares: (R, 1, H, W) of the regions.
        regions: The R styled ones.
    """

    photo: Array
    starts: Sequence[Array]
    shares: Tensor
    regions: Sequence[Region]

    def at_work(self, preset: Preset, size: int, device: torch.device) -> Task:
        """The frame so large that its longest side is `size` pixels, as stills are resized."""
        maps = (self.photo, self.starts, self.shares, self.regions)
        return task_of(*maps, size=size, preset=preset, device=device)
