"""The temporal loss: what moves through a clip keeps its colours from frame to frame.

Ruder, Dosovitskiy and Brox (2016, 2018) compare a styled frame with the one before it, carried
along by the optical flow; Huang et al. (2017) train a network with it, so that it paints neighbours
alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.models.families import ModelFamily
from semcs.models.precision import mixed_precision
from semcs.style.objective import Objective, Task
from semcs.style.optimise import Optimisation
from semcs.style.presets import Preset
from semcs.style.regions import composite


class TemporalLoss(nn.Module):
    """Mean over pixels of visibility × squared difference to the frame before, carried along.

    Args:
        back: (H, W, 2) in pixels: what is at (x, y) was at (x, y) + back[y, x] in the frame before.
        seen: (H, W) in [0, 1]: 1 where it could be seen there, 0 where it is new.
    """

    grid: Tensor
    seen: Tensor

    def __init__(self, back: Tensor, seen: Tensor) -> None:
        super().__init__()
        height, width = seen.shape
        rows = torch.arange(height).to(back)
        columns = torch.arange(width).to(back)
        y, x = torch.meshgrid(rows, columns, indexing="ij")
        places = torch.stack([x, y], -1) + back
        # `grid_sample` counts from the frame's edges, which lie half a pixel outside of the centres
        grid = (2 * places + 1) / back.new_tensor([width, height]) - 1
        self.register_buffer("grid", grid[None])
        self.register_buffer("seen", seen)

    def forward(self, now: Tensor, before: Tensor) -> Tensor:
        """Scalar loss of a styled frame (1, 3, H, W) and the one before it."""
        carried = F.grid_sample(before, self.grid, padding_mode="border", align_corners=False)
        return (self.seen * (now - carried).square()).mean()


@dataclass(frozen=True, eq=False)
class ClipTask:
    """Two neighbouring frames of a clip, at working size.

    Attributes:
        before: The first of them.
        now: The one after it.
        back: (h, w, 2) in pixels of the working size: where the pixels of `now` were in `before`.
        seen: (h, w) in [0, 1]: 1 where they could be seen there, 0 where they are new.
    """

    before: Task
    now: Task
    back: Tensor
    seen: Tensor


class PairObjective(Objective):
    """The losses of a pair's later frame, and the temporal loss between both."""

    def __init__(
        self,
        pair: ClipTask,
        preset: Preset,
        family: ModelFamily,
        paint: Callable[[Task], Tensor],
        generator: torch.Generator,
    ) -> None:
        """Prepare the losses.

        Args:
            pair: The frames.
            preset: Resolved: no option is left to the model family.
            family: The networks of the losses.
            paint: Gives the regions' pictures (R, 3, h, w) of a frame, with gradients.
            generator: Of the crops, shared by all pairs of a clip.
        """
        clip = family.clip_for(preset.published.two_text_clip)
        super().__init__(pair.now, preset, clip, family.content, templates=family.templates)
        self.generator, self._paint, self._before = generator, paint, pair.before
        self.temporal = TemporalLoss(pair.back, pair.seen)

    def forward(self, styled: Tensor) -> tuple[dict[str, Tensor], Tensor]:
        """As of `Objective`, with the temporal loss of the frame before, painted the same way."""
        losses, picture = super().forward(styled)
        weight, before = self.preset.losses.temporal_weight, self._before
        if weight:
            painted = composite(before.content, self._paint(before), before.masks)
            losses["temporal"] = weight * self.temporal(picture, painted)
        return losses, picture


class ClipOptimisation(Optimisation):
    """One StyleNet being fitted to several pairs of frames, a pair a step, in turn.

    Iterate over it to run it.
    """

    def __init__(
        self, pairs: list[ClipTask], preset: Preset, family: ModelFamily, *, seed: int = 0
    ) -> None:
        """Prepare the pairs' losses, and a network with random weights by the seed."""
        generator = torch.Generator().manual_seed(seed)
        self.objectives = [
            PairObjective(pair, preset, family, self._paint, generator) for pair in pairs
        ]
        super().__init__(self.objectives[0], seed=seed)

    def _update(
        self, optimiser: torch.optim.Optimizer, index: int
    ) -> tuple[dict[str, float], Tensor]:
        self.objective = self.objectives[(index - 1) % len(self.objectives)]
        return super()._update(optimiser, index)

    def _paint(self, task: Task) -> Tensor:
        with mixed_precision(task.content.device, wanted=self.preset.network.mixed_precision):
            styled: Tensor = self.style_net(task.content, task.starts, task.masks)
        return styled
