"""The training loop that all programs share: resumable, seeded by step, averaged, logged."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from semcs.bars import Bar
from semcs.training.files import written_whole

LOG_EVERY = 20  # steps

Losses = dict[str, Tensor]
"""Named losses of a step; their sum is minimised."""


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to train with AdamW: a linear warm-up, then a cosine down to zero.

    Attributes:
        steps: Of the whole run.
        lr: The largest learning rate.
        weight_decay: Of matrices.
        warmup: Steps in which the learning rate rises.
        average_decay: Of the exponential average of the weights, after the first steps.
    """

    steps: int
    lr: float
    weight_decay: float = 0.05
    warmup: int = 200
    average_decay: float = 0.998

    def rate(self, step: int) -> float:
        """Learning rate at `step`."""
        if step < self.warmup:
            return self.lr * (step + 1) / self.warmup
        progress = (step - self.warmup) / max(1, self.steps - self.warmup)
        return self.lr * 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))


class TrainingState:
    """A model in training with all that a checkpoint holds.

    Attributes:
        model: With the weights of the last step.
        average: Exponential average of the weights over the steps.
        step: How many steps have been made.
    """

    def __init__(self, model: nn.Module, schedule: Schedule) -> None:
        """Begin with the model's weights as they are."""
        self.model, self.step = model, 0
        self.average = {k: v.detach().clone() for k, v in model.state_dict().items()}
        self._schedule = schedule
        self._optimiser = torch.optim.AdamW(
            _parameter_groups(model, schedule.weight_decay), lr=schedule.lr, betas=(0.9, 0.98)
        )

    def load(self, checkpoint: Path) -> None:
        """Go on where a checkpoint was saved."""
        state = torch.load(checkpoint, weights_only=True)
        self.model.load_state_dict(state["model"])
        self._optimiser.load_state_dict(state["optimiser"])
        self.average, self.step = state["average"], state["step"]

    def save(self, checkpoint: Path) -> None:
        """Write a checkpoint."""
        state = {
            "model": self.model.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "average": self.average,
            "step": self.step,
        }
        with written_whole(checkpoint) as file:
            torch.save(state, file)

    def minimise(self, losses: Losses) -> None:
        """Make one optimiser step down the sum of the losses, and update the average."""
        for group in self._optimiser.param_groups:
            group["lr"] = self._schedule.rate(self.step)
        self._optimiser.zero_grad(set_to_none=True)
        torch.stack(list(losses.values())).sum().backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self._optimiser.step()
        early_decay = (1 + self.step) / (10 + self.step)
        _update_average(self.average, self.model, min(self._schedule.average_decay, early_decay))
        self.step += 1


def train(
    model: nn.Module,
    step_losses: Callable[[int, np.random.Generator], Losses],
    schedule: Schedule,
    checkpoint: Path,
    *,
    seed: int = 0,
    save_every: int = 200,
    begin: Callable[[nn.Module, Schedule], TrainingState] = TrainingState,
) -> nn.Module:
    """Minimise `step_losses(step, rng)` and return the model with exponentially averaged weights.

    The random generator of a step depends on `seed` and the step alone, so that a run stopped at
    any time goes on from `checkpoint` exactly as if it had not been stopped. Beside the checkpoint
    lies a log of the losses. `begin` makes the state, for another optimiser than the usual one.
    """
    torch.manual_seed(seed)
    state, began = begin(model, schedule), time.monotonic()
    if checkpoint.is_file():
        state.load(checkpoint)
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    steps = range(state.step, schedule.steps)
    bar = Bar(steps, initial=state.step, total=schedule.steps, unit="step")
    for step in bar:
        torch.manual_seed(hash((seed, step)) % 2**31)
        losses = step_losses(step, np.random.default_rng((seed, step)))
        state.minimise(losses)
        if step % LOG_EVERY == 0:
            line = " ".join(f"{name} {value.item():.3f}" for name, value in losses.items())
            bar.set_postfix_str(line)
            with checkpoint.with_suffix(".log").open("a") as log:
                print(f"{step} {time.monotonic() - began:.0f}s {line}", file=log)
        if state.step % save_every == 0 or state.step == schedule.steps:
            state.save(checkpoint)
    model.load_state_dict(state.average)
    return model.eval()


def export(model: nn.Module, file: Path) -> None:
    """Write a model's weights as half-precision safetensors."""
    half = {
        name: value.detach().to("cpu", torch.float16 if value.is_floating_point() else value.dtype)
        for name, value in model.state_dict().items()
    }
    save_weights(half, file)


def save_weights(weights: dict[str, Tensor], file: Path) -> None:
    """Write tensors as safetensors, whole or not at all."""
    with written_whole(file) as partial:
        save_file({name: value.contiguous() for name, value in weights.items()}, partial)


def _parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, object]]:
    """Matrices decay; biases, norms and scalars don't."""
    trained = [p for p in model.parameters() if p.requires_grad]
    return [
        {"params": [p for p in trained if p.ndim > 1], "weight_decay": weight_decay},
        {"params": [p for p in trained if p.ndim <= 1], "weight_decay": 0.0},
    ]


@torch.no_grad()
def _update_average(average: dict[str, Tensor], model: nn.Module, decay: float) -> None:
    for name, value in model.state_dict().items():
        if value.is_floating_point():
            average[name].lerp_(value, 1 - decay)
        else:
            average[name].copy_(value)
