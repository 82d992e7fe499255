"""The optimiser loop: a generator of steps, which its caller may watch, show and stop."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from semcs.errors import DivergenceError, InputError
from semcs.models.precision import mixed_precision
from semcs.style.objective import Objective
from semcs.style.render import paint, paint_at
from semcs.style.stylenet import build_stylenet

SETTLED = 0.01  # a loss that falls by less than this share has settled


@dataclass(frozen=True, eq=False)
class Step:
    """What a step did.

    Attributes:
        index: From 1.
        steps: How many there will be.
        losses: Weighted losses by name, before the step's update.
        learning_rate: That it used.
        seconds: Since the first step began.
        image: (1, 3, H, W) picture before the update, at working size, with the regions' strengths.
    """

    index: int
    steps: int
    losses: dict[str, float]
    learning_rate: float
    seconds: float
    image: Tensor

    @property
    def loss(self) -> float:
        """Sum of all losses."""
        return sum(self.losses.values())

    def preview(self) -> NDArray[np.uint8]:
        """The picture as (H, W, 3) uint8 RGB."""
        pixels = self.image[0].clamp(0, 1).permute(1, 2, 0).cpu().numpy()
        return np.asarray(np.round(pixels * 255), np.uint8)


class Optimisation:
    """A StyleNet being fitted to one objective.

    Iterate over it to run it; `render` gives the picture as it is now.
    """

    def __init__(self, objective: Objective, *, seed: int = 0) -> None:
        """Prepare a network with random weights by the seed."""
        self.objective, self.preset = objective, objective.preset
        task = objective.task
        height, width = task.content.shape[-2:]
        self.style_net: nn.Module = build_stylenet(
            self.preset.network.stylenet,
            len(task.masks),
            (height, width),
            torch.Generator().manual_seed(seed),
        )
        self.style_net.to(task.content.device).to(memory_format=torch.channels_last)

    def __iter__(self) -> Iterator[Step]:
        """Run the steps, yielding each, until the preset's limits end them.

        Raises:
            DivergenceError: A loss became NaN or infinite.
        """
        optimiser = torch.optim.Adam(self.style_net.parameters())
        options, total = self.preset.optimiser, self.preset.total_steps
        began, seen = time.monotonic(), list[float]()
        for index in range(1, total + 1):
            rate = self.preset.learning_rate_at(index)
            for group in optimiser.param_groups:
                group["lr"] = rate
            losses, picture = self._update(optimiser, index)
            seconds = time.monotonic() - began
            yield Step(index, total, losses, rate, seconds, picture)
            seen.append(sum(losses.values()))
            if 0 < options.max_seconds <= seconds or has_settled(seen, options.plateau):
                return

    @torch.enable_grad()  # the caller may have turned gradients off
    def _update(
        self, optimiser: torch.optim.Optimizer, index: int
    ) -> tuple[dict[str, float], Tensor]:
        """Take one step; give the losses and the picture before it."""
        task = self.objective.task
        with mixed_precision(task.content.device, wanted=self.preset.network.mixed_precision):
            styled = self.style_net(task.content, task.starts, task.masks)
        losses, _ = self.objective(styled)
        values = {name: float(loss.detach()) for name, loss in losses.items()}
        _check_finite(values, index)
        optimiser.zero_grad(set_to_none=True)
        torch.stack(list(losses.values())).sum().backward()
        optimiser.step()
        return values, task.shown(styled.detach())

    def render(self) -> Tensor:
        """The regions' pictures (R, 3, H, W) by the network as it is now.

        Raises:
            DivergenceError: It holds NaN or infinite values.
        """
        return paint(self.style_net, self.objective.task)

    def render_at(self, starts: Tensor) -> Tensor:
        """The regions' pictures (R, 3, H, W) at the size of what they start from, (R, 3, H, W).

        See `semcs.style.render.paint_at`.

        Raises:
            DivergenceError: They hold NaN or infinite values.
        """
        kind = self.preset.network.stylenet
        return paint_at(self.style_net, self.objective.task, starts, kind=kind)

    @torch.no_grad()
    def go_on_from(self, style_net: nn.Module) -> None:
        """Take the weights of another run's network.

        Args:
            style_net: Of the same kind and for as many regions.

        Raises:
            InputError: It paints another number of regions, or is of another kind.
        """
        own, theirs = self.style_net.state_dict(), style_net.state_dict()
        shapes = [{name: value.shape for name, value in state.items()} for state in (own, theirs)]
        if shapes[0] != shapes[1]:
            raise InputError(
                "warm_start came from another kind of StyleNet, number of regions or (without a "
                "network) size: all of them have to agree"
            )
        self.style_net.load_state_dict(theirs)

    def picture(self) -> Tensor:
        """The whole picture (1, 3, H, W) as it is now, at working size."""
        return self.objective.task.shown(self.render())


def has_settled(losses: Sequence[float], window: int) -> bool:
    """Whether the last `window` losses are, in the mean, hardly below the `window` before them."""
    if not window or len(losses) < 2 * window:
        return False
    before, recent = fmean(losses[-2 * window : -window]), fmean(losses[-window:])
    return recent > (1 - SETTLED) * before


def _check_finite(losses: dict[str, float], index: int) -> None:
    wrong = [name for name, value in losses.items() if not np.isfinite(value)]
    if wrong:
        raise DivergenceError(
            f"step {index}: the {' and '.join(wrong)} loss is no longer a finite number; "
            "a lower learning_rate may help"
        )
