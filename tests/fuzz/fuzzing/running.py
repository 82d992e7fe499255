"""Cases in processes of their own, so that one that crashes, hangs or eats memory is a fault."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).parents[1]
WORKER = (sys.executable, "-m", "fuzzing.worker")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a case.

    Attributes:
        number: Of the case.
        what: What happened, and where.
    """

    number: int
    what: str

    def __str__(self) -> str:
        again = f"PYTHONPATH=tests/fuzz python -m fuzzing --only {self.number}"
        return f"{self.what.rstrip()}\n    again, alone: {again}"


def run_cases(
    first: int, count: int, processes: int = 1, worker: Sequence[str] = WORKER
) -> list[Fault]:
    """The faults among `count` cases from number `first` on."""
    stop = first + count
    with ThreadPoolExecutor(processes) as pool:
        found = pool.map(
            lambda each: _slice(first + each, stop, processes, worker), range(processes)
        )
        return sorted((fault for faults in found for fault in faults), key=lambda f: f.number)


def _slice(start: int, stop: int, step: int, worker: Sequence[str]) -> list[Fault]:
    """Every `step`-th case; after one that ends its process, a new process goes on."""
    faults: list[Fault] = []
    while start < stop:
        found, died_at = _process(start, stop, step, worker)
        faults += found
        if died_at is None:
            break
        start = died_at + step
    return faults


def _process(
    start: int, stop: int, step: int, worker: Sequence[str]
) -> tuple[list[Fault], int | None]:
    """Faults, and the number of the case at which the process ended; None where it came through."""
    with tempfile.TemporaryFile() as progress, tempfile.TemporaryFile() as chatter:
        fd = progress.fileno()
        done = subprocess.run(
            [*worker, *map(str, (start, stop, step, fd))],
            stdout=subprocess.PIPE,
            stderr=chatter,
            pass_fds=[fd],
            env={**os.environ, **_environment()},
        )
        faults = [Fault(each["number"], each["fault"]) for each in map(json.loads, _lines(done))]
        if done.returncode == 0:
            return faults, None
        chatter.seek(0)
        last = chatter.read()[-4000:].decode(errors="replace")
        at = os.pread(fd, 20, 0)
        if not at:
            raise RuntimeError(f"no case was begun: {last}")
        what = f"case {int(at)}: ended its process by {done.returncode}\n{last}"
        return [*faults, Fault(int(at), what)], int(at)


def _lines(done: subprocess.CompletedProcess[bytes]) -> list[bytes]:
    return [line for line in done.stdout.splitlines() if line.startswith(b"{")]


def _environment() -> dict[str, str]:
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
    path = os.pathsep.join([str(HOME), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {"HF_HUB_OFFLINE": "1", "PYTHONPATH": path, **threads}
