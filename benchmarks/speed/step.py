"""One optimisation step with networks of the published sizes, against the published program's."""

from __future__ import annotations

from dataclasses import asdict
from statistics import median
from typing import Any

import torch
from torch import Tensor

from benchmarks.photos import as_floats
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
from semcs.style.presets import PRESETS
from semcs.style.regions import Region

COMPARED = ("semcs", "semcs-reference")


def square_task(side: int) -> Task:
    """A photo with its default mask, and a text for each side of it."""
    rgb = photo(side, side)
    mask = saliency_mask(rgb, models="bundled")
    regions = (
        Region(mask, FG, name="foreground", role="foreground"),
        Region(1 - mask, BG, name="background", role="background"),
    )
    masks = torch.stack([torch.from_numpy(mask), 1 - torch.from_numpy(mask)])[:, None]
    content = to_tensor(as_floats(rgb))
    return Task(content, content.expand(2, -1, -1, -1), masks, regions)


def step(family: ModelFamily, side: int, repeats: int) -> dict[str, Any]:
    """Seconds of a step by the published program and by preset "semcs", in turns, and the floor.

    The first step of either is left out.
    """
    task = square_task(side)
    settings = {name: PRESETS[name].resolve(family.settings) for name in COMPARED}
    # Few templates: the texts are embedded before the first step.
    objective = Objective(task, settings["semcs"], family.clip, family.content, templates=PLAIN)
    ours = Optimisation(objective)
    published = PublishedProgram(
        task,
        settings["semcs-reference"],
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
        "parts": {name: {**asdict(part), "seconds": part.seconds} for name, part in floors.items()},
    }


def step_floors(optimisation: Optimisation) -> dict[str, Floor]:
    """The floors of a step's networks: the StyleNet, the image encoder, the content network.

    The image encoder sees the crops and every region alone, forward and backward; what is embedded
    once for all steps doesn't count.
    """
    objective = optimisation.objective
    task, settings, clip = objective.task, objective.preset, objective.clip
    mixed = settings.network.mixed_precision
    fast = mixed and bfloat16_is_fast(task.content.device.type)
    dtype = torch.bfloat16 if fast else torch.float32

    def paint() -> Tensor:
        with mixed_precision(task.content.device, wanted=fast):
            styled: Tensor = optimisation.style_net(task.content, task.starts, task.masks)
            return styled

    squares = settings.sampling.patches + len(task.masks)
    seen = torch.zeros(squares, 3, clip.input_size, clip.input_size, requires_grad=True)
    floors = {
        "StyleNet": floor_of(optimisation.style_net, paint, dtype),
        "image encoder": floor_of(clip, lambda: objective.embed(seen), dtype),
    }
    if objective.content is not None:
        compare, picture = objective.content, task.content.clone().requires_grad_()
        floors["content network"] = floor_of(compare.network, lambda: compare(picture), dtype)
    return floors
