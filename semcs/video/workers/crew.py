"""Processes that paint where that is possible, and this one where it isn't."""

from __future__ import annotations

from semcs.errors import InputError, shown
from semcs.looks.registry import is_known_everywhere
from semcs.models.families import ModelFamily
from semcs.runs.worker_count import check_workers as check_count
from semcs.runs.worker_count import cores
from semcs.style.instant import InstantPainter, Plan
from semcs.video.workers.painters import Map, OwnPainter, Painters, Waiting, Workers

MOST = 8
AUTO_COUNT = 2  # the rest of the work keeps a core busy as well

_OWN_PACKAGE = "semcs."


def check_workers(workers: object, models: object) -> int | None:
    """A number of workers as the caller says it; None for "auto".

    Args:
        workers: "auto", or a whole number from 0 to `MOST`.
        models: As of `as_family`.

    Raises:
        InputError: It is something else, or the models are the caller's own.
    """
    count = check_count(workers, MOST)
    if count and isinstance(models, ModelFamily):
        raise InputError(
            f"workers is {shown(workers)}: only models that are chosen by name can be handed to "
            "other processes; 0 is allowed"
        )
    return count


def count_of(workers: int | None, models: object, family: ModelFamily) -> int:
    """How many workers there are.

    Args:
        workers: As `check_workers` gives it.
        models: As of `as_family`.
        family: What came of them.

    Raises:
        InputError: There should be some, but the models aren't on the CPU.
    """
    on_cpu = family.device.type == "cpu"
    if workers and not on_cpu:
        raise InputError(f"workers is {workers}: they paint on the CPU; on a GPU, 0 is allowed")
    if workers is not None:
        return workers
    by_name = not isinstance(models, ModelFamily)
    return AUTO_COUNT if by_name and on_cpu and cores() >= AUTO_COUNT else 0


class Crew(Painters):
    """Hands pictures to workers, but for those whose plan can't leave this process."""

    def __init__(self, count: int, family: ModelFamily) -> None:
        """Start the workers, as many as `count_of` gives; the family is whose painter paints."""
        self._own = OwnPainter(InstantPainter(lambda: family.painter))
        self._workers = Workers(count, family.name) if count else None
        self.ahead = 0

    def submit(self, plan: Plan, photo: Map, mask: Map, seed: int) -> Waiting:
        """See `Painters`."""
        if self._workers is None or not is_portable(plan):
            return self._own.submit(plan, photo, mask, seed)
        self.ahead = self._workers.ahead
        return self._workers.submit(plan, photo, mask, seed)

    def close(self) -> None:
        """See `Painters`."""
        if self._workers is not None:
            self._workers.close()


def is_portable(plan: Plan) -> bool:
    """Whether another process can paint by a plan.

    It can't where a look or a learned style is of the caller's own program: what is of semcs, or
    offered by an installed package, is known everywhere.
    """
    looks = () if plan.match is None else plan.match.names
    learned = () if plan.learned is None else (type(plan.learned),)
    known = all(map(is_known_everywhere, looks))
    known = known and all(one.__module__.startswith(_OWN_PACKAGE) for one in learned)
    return known and all(is_portable(part) for part, _ in plan.parts)
