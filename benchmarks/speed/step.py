"""One optimisation step with networks of the published sizes, against the published program's."""

from __future__ import annotations

from statistics import median
from typing import Any

import numpy as np
import torch
from torch import Tensor

from benchmarks.speed.clock import in_turns
from benchmarks.speed.floor import Floor, floor_of
from benchmarks.speed.inputs import BG, FG, photo
from benchmarks.speed.reference import PublishedProgram
from semcs.image import to_tensor
from semcs.models.directions import PLAIN
from semcs.models.families import ModelFamily
from semcs.models.precision import bfloat16_is_fast, mixed_precision
from semcs.saliency import saliency_mask
from semcs.style.objective import Objective, Task
from semcs.style.optimise import Optimisation
from semcs.style.presets import preset


def square_task(side: int) -> Task:
    """A photo with its default mask, and a text for each side of it."""
    rgb = photo(side, side)
    mask = torch.from_numpy(saliency_mask(rgb))
    masks = torch.stack([mask, 1 - mask])[:, None]
    content = to_tensor(rgb.astype(np.float32) / np.float32(255))
    return Task(content, content.expand(2, -1, -1, -1), masks, (FG, BG), (1.0, 1.0))


def step(family: ModelFamily, side: int, repeats: int) -> dict[str, Any]:
    """Seconds of a step by the published program and by preset "semcs", in turns, and the floor.

    The first step of either is left out.
    """
    task = square_task(side)
    settings = preset("semcs", family.name)
    # Few templates: the texts are embedded before the first step.
    objective = Objective(task, settings, family.clip, family.content, templates=PLAIN)
    ours = Optimisation(objective)
    published = PublishedProgram(
        task,
        preset("semcs-reference", family.name),
        family.clip,
        family.content,
        objective.directional.text_directions,
    )
    steps = iter(ours)
    actions = {"published": published.step, "semcs": lambda: next(steps)}
    in_turns(actions, 1)
    seconds = in_turns(actions, repeats)
    middle = {name: median(times) for name, times in seconds.items()}
    floors = step_floors(ours)
    least = sum(part.seconds for part in floors.values())
    return {
        "step_speedup": middle["published"] / middle["semcs"],
        "step_over_floor": middle["semcs"] / least,
        "seconds": seconds,
        "median": middle,
        "warps_a_step": published.warps_a_step,
        "floor_s": least,
        "parts": {
            name: {
                "gflop": part.gflop,
                "gflop_per_s": part.gflop_per_s,
                "seconds": part.seconds,
            }
            for name, part in floors.items()
        },
    }


def step_floors(optimisation: Optimisation) -> dict[str, Floor]:
    """The floors of a step's networks: the StyleNet, the image tower, the content network.

    The image tower sees the crops and every region alone, forward and backward; what is embedded
    once for all steps doesn't count.
    """
    objective = optimisation.objective
    task, settings, clip = objective.task, objective.preset, objective.clip
    fast = settings.mixed_precision and bfloat16_is_fast(task.content.device.type)
    dtype = torch.bfloat16 if fast else torch.float32

    def paint() -> Tensor:
        with mixed_precision(task.content.device, wanted=fast):
            styled: Tensor = optimisation.style_net(task.content, task.starts, task.masks)
            return styled

    seen = torch.zeros(settings.patches + len(task.masks), 3, clip.input_size, clip.input_size)
    seen.requires_grad_()
    floors = {
        "StyleNet": floor_of(optimisation.style_net, paint, dtype),
        "image tower": floor_of(clip, lambda: objective.embed(seen), dtype),
    }
    if objective.content is not None:
        compare, picture = objective.content, task.content.clone().requires_grad_()
        floors["content network"] = floor_of(compare.network, lambda: compare(picture), dtype)
    return floors
