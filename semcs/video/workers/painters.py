"""Who paints the regions of a clip: this process, or workers beside it.

A worker is a process of its own (`semcs.runs.process`). Everywhere torch paints with one thread, so
that any number of workers gives the same bits.
"""

from __future__ import annotations

import functools
import pickle
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from semcs.errors import SemcsError
from semcs.looks.mixture import render_match
from semcs.models.families import load_family
from semcs.models.settings import one_thread, own_settings
from semcs.runs.process import WorkerDied, WorkerProcess
from semcs.style.instant import InstantPainter, Plan

Map = NDArray[np.float32]
Work = Callable[[], Map]


class Waiting(Protocol):
    """A picture that is being painted."""

    def result(self) -> Map:
        """The picture (h, w, 3) in [0, 1], once it is there."""


class Painters(ABC):
    """Paint photos by plans.

    Attributes:
        ahead: How many frames can be on their way, so that all have work.
    """

    ahead: int

    @abstractmethod
    def submit(self, plan: Plan, photo: Map, mask: Map, seed: int) -> Waiting:
        """Have a photo (h, w, 3) painted where a mask (h, w) is."""

    @abstractmethod
    def close(self) -> None:
        """Let go of processes; nothing can be submitted after that."""


class OwnPainter(Painters):
    """Paints in this process, when it is asked for the result."""

    ahead = 0

    def __init__(self, painter: InstantPainter) -> None:
        self._painter = painter

    def submit(self, plan: Plan, photo: Map, mask: Map, seed: int) -> Waiting:
        """See `Painters`."""
        return _Later(_work(plan, photo, mask, seed, lambda: self._painter))

    def close(self) -> None:
        """There is nothing to let go of."""


class Workers(Painters):
    """Has processes paint, each one picture at a time.

    Args:
        count: How many, from 1.
        models: The family whose painter they load, as `load_family` takes it.
    """

    def __init__(self, count: int, models: str) -> None:
        self.ahead = 2 * count
        self._painter = functools.partial(_painter_of, models)
        self._all = [WorkerProcess() for _ in range(count)]
        self._idle: SimpleQueue[WorkerProcess] = SimpleQueue()
        for worker in self._all:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(count, "semcs-painting")

    def submit(self, plan: Plan, photo: Map, mask: Map, seed: int) -> Future[Map]:
        """See `Painters`."""
        work = pickle.dumps(_work(plan, photo, mask, seed, self._painter), 5)
        return self._threads.submit(self._do, work)

    def _do(self, work: bytes) -> Map:
        worker = self._idle.get()
        try:
            try:
                return np.asarray(worker.do(work), np.float32)
            except WorkerDied:  # killed from outside, or out of memory: once more
                worker.start()
                return np.asarray(worker.do(work), np.float32)
        except WorkerDied as died:
            raise SemcsError(
                f"a picture couldn't be painted: {died}; fewer workers take less memory"
            ) from None
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End the processes, also those that are painting."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.end()


class _Later:
    """A picture that is painted when it is asked for."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def result(self) -> Map:
        return self._work()


def _work(
    plan: Plan, photo: Map, mask: Map, seed: int, painter: Callable[[], InstantPainter]
) -> Work:
    """A function that paints; one for looks alone needs no torch where it is called."""
    by_looks = plan.by in ("looks", "color") and plan.avoided is None and plan.learned is None
    if by_looks and plan.match is not None:
        return functools.partial(
            render_match, photo, plan.match, mask, seed=seed, detail=plan.detail, scale=plan.scale
        )
    return functools.partial(_paint, painter, plan, photo, mask, seed)


def _paint(
    painter: Callable[[], InstantPainter], plan: Plan, photo: Map, mask: Map, seed: int
) -> Map:
    """Paint a photo (h, w, 3) where a mask (h, w) is, with one thread of torch."""
    with own_settings(), one_thread():
        return painter().paint(photo, [plan], [mask], seed=seed)[0]


@functools.cache
def _painter_of(models: str) -> InstantPainter:
    return InstantPainter(lambda: load_family(models, "cpu").painter)
