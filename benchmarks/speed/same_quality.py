"""How much sooner semcs gives a picture as good as the reference's, by the same networks.

By itself preset "semcs" stops sooner, and compares with rivals, since its pictures look better so.
Here it minimises the reference's objective (`SAME_OBJECTIVE`).

Good is what the objective says on one yardstick for both, measured on the composed picture: the
mean over the regions of 1 − cos(ΔI, ΔT) on fixed crops of each, and what of the photo is lost.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

import torch
from torch import Tensor

from benchmarks.speed.clock import seconds_of
from benchmarks.speed.inputs import BG, FG, photo
from benchmarks.speed.reference import PublishedProgram
from semcs.metrics import content_distance
from semcs.metrics.directional import DirectionalAgreement
from semcs.models.directions import PLAIN
from semcs.models.families import ModelFamily
from semcs.saliency import saliency_mask
from semcs.style.objective import Objective, Task
from semcs.style.optimise import Optimisation
from semcs.style.presets import PRESETS
from semcs.stylizer import Run, Stylizer

SAME_OBJECTIVE: dict[str, Any] = {"steps": 80, "halve_every": 80, "rival_share": 0.0}


@dataclass(frozen=True)
class Reading:
    """How good a picture is; less is better.

    Attributes:
        objective: Mean over the regions of 1 − cos(ΔI, ΔT), coverage-weighted over their crops.
        content: `semcs.metrics.content_distance` to the photo.
    """

    objective: float
    content: float

    def as_good_as(self, other: Reading) -> bool:
        """Whether neither figure is worse."""
        return self.objective <= other.objective and self.content <= other.content


class Yardstick:
    """Reads pictures of one task, always by the same crops (`semcs.metrics.crops`)."""

    def __init__(self, task: Task, family: ModelFamily) -> None:
        self.task, self.family = task, family
        self.agreement = DirectionalAgreement(
            family.clip, [str(region.style) for region in task.regions], templates=PLAIN
        )

    @torch.no_grad()
    def __call__(self, picture: Tensor) -> Reading:
        """Read (1, 3, H, W)."""
        task = self.task
        cosines = self.agreement(task.content, picture, task.masks)
        lost = content_distance(task.content, picture, network=self.family.content)
        return Reading(float((1 - cosines.diagonal()).mean()), float(lost))


def same_quality(
    family: ModelFamily, side: int, timed: int, *, reference_steps: int | None = None
) -> dict[str, Any]:
    """Time of the whole reference schedule over the time in which semcs's is as good.

    The reference's picture comes from preset "semcs-reference", the same mathematics with its
    crops in one batch; a step of it is timed on the published loop, crops one by one, `timed`
    steps before ours run and as many after. Only optimisation is timed, on both sides.

    Args:
        family: The networks of both.
        side: Of the photo.
        timed: Steps of the published loop that are timed each time.
        reference_steps: Instead of the preset's.
    """
    theirs, ours = both_runs(family, side, reference_steps)
    optimisation = optimisation_of(theirs)
    yardstick = Yardstick(optimisation.objective.task, family)
    for _ in theirs:
        pass
    goal = yardstick(optimisation.picture())
    published = published_program(optimisation.objective, family)
    published.step()  # warm
    step_seconds = [seconds_of(published.step) for _ in range(timed)]
    readings, reached = steps_until(goal, ours, yardstick)
    step_seconds += [seconds_of(published.step) for _ in range(timed)]
    whole = len(theirs) * median(step_seconds)
    return {
        "quality_speedup": None if reached is None else whole / reached,
        "reference": {
            **asdict(goal),
            "steps": len(theirs),
            "step_seconds": step_seconds,
            "warps_a_step": published.warps_a_step,
            "seconds": whole,
        },
        "semcs": {
            "steps_of": len(ours),
            "steps": len(readings),
            "seconds": reached,
            "readings": [asdict(reading) for reading in readings],
        },
    }


def both_runs(family: ModelFamily, side: int, reference_steps: int | None) -> tuple[Run, Run]:
    """The reference's run and semcs's, of the same photo, mask, texts and seed."""
    rgb, stylizer = photo(side, side), Stylizer(family)
    mask = saliency_mask(rgb, models="bundled")
    # The content weight of one text: with that of two, hardly anything is styled by these networks.
    reference = PRESETS["semcs-reference"].change(two_text_content_weight=None)
    presets = (reference, PRESETS["semcs"].change(**SAME_OBJECTIVE))
    theirs, ours = (
        stylizer.iterate(rgb, fg=FG, bg=BG, mask=mask, size=side, preset=preset, steps=steps)
        for preset, steps in zip(presets, (reference_steps, None))
    )
    return theirs, ours


def published_program(objective: Objective, family: ModelFamily) -> PublishedProgram:
    """The published loop on the task, preset and texts of an objective."""
    texts = objective.directional.text_directions
    return PublishedProgram(objective.task, objective.preset, family.clip, family.content, texts)


def steps_until(
    goal: Reading, run: Run, yardstick: Callable[[Tensor], Reading]
) -> tuple[list[Reading], float | None]:
    """A reading after each step until one is as good as the goal, and the seconds of these steps.

    Returns:
        The readings, and None in place of the seconds where none is as good.
    """
    readings = []
    for seconds in steps_timed(run):
        readings.append(yardstick(optimisation_of(run).picture()))
        if readings[-1].as_good_as(goal):
            return readings, seconds
    return readings, None


def optimisation_of(run: Run) -> Optimisation:
    """What the run optimises; both presets do."""
    assert run.optimisation is not None
    return run.optimisation


def steps_timed(run: Iterable[object]) -> Iterable[float]:
    """Take the steps of a run, giving the seconds of all so far; the caller's own don't count."""
    steps, seconds = iter(run), 0.0
    while True:
        began = time.perf_counter()
        if next(steps, None) is None:
            return
        seconds += time.perf_counter() - began
        yield seconds
