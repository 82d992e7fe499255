"""The training loop that every part shares: resumable, seeded by step, averaged, logged."""

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
from tqdm import tqdm

Losses = dict[str, Tensor]
"""Named losses of a step; their sum is minimised."""


@dataclass(frozen=True)
class Schedule:
    """How long and how fast: AdamW with linear warm-up, then a cosine down to zero."""

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


def train(
    model: nn.Module,
    step_losses: Callable[[int, np.random.Generator], Losses],
    schedule: Schedule,
    checkpoint: Path,
    *,
    seed: int = 0,
    save_every: int = 200,
) -> nn.Module:
    """Minimise `step_losses(step, rng)` and return the model with exponentially averaged weights.

    The random generator of a step depends on `seed` and the step alone, so that a run stopped at
    any time goes on from `checkpoint` exactly as if it had not been stopped.
    """
    torch.manual_seed(seed)
    optimiser = torch.optim.AdamW(
        _parameter_groups(model, schedule.weight_decay), lr=schedule.lr, betas=(0.9, 0.98)
    )
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    start = 0
    if checkpoint.is_file():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        average, start = state["average"], state["step"]
    began, log = time.monotonic(), checkpoint.with_suffix(".log")
    bar = tqdm(range(start, schedule.steps), initial=start, total=schedule.steps, unit="step")
    for step in bar:
        for group in optimiser.param_groups:
            group["lr"] = schedule.rate(step)
        torch.manual_seed(hash((seed, step)) % 2**31)
        losses = step_losses(step, np.random.default_rng((seed, step)))
        optimiser.zero_grad(set_to_none=True)
        torch.stack(list(losses.values())).sum().backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        _update_average(average, model, min(schedule.average_decay, (1 + step) / (10 + step)))
        if step % 20 == 0:
            line = " ".join(f"{k} {v.item():.3f}" for k, v in losses.items())
            bar.set_postfix_str(line)
            with log.open("a") as file:
                print(f"{step} {time.monotonic() - began:.0f}s {line}", file=file)
        if (step + 1) % save_every == 0 or step + 1 == schedule.steps:
            state = {
                "model": model.state_dict(),
                "optimiser": optimiser.state_dict(),
                "average": average,
                "step": step + 1,
            }
            partial = checkpoint.with_suffix(".partial")
            torch.save(state, partial)
            partial.replace(checkpoint)
    model.load_state_dict(average)
    return model.eval()


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


def export(model: nn.Module, file: Path) -> None:
    """Write a model's weights as half-precision safetensors, in one step."""
    half = {
        name: value.detach().to("cpu", torch.float16 if value.is_floating_point() else value.dtype)
        for name, value in model.state_dict().items()
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".partial")
    save_file({k: v.contiguous() for k, v in half.items()}, partial)
    partial.replace(file)
