"""How many processes paint a folder."""

from __future__ import annotations

import os
from pathlib import Path

from semcs.errors import refuse
from semcs.image.memory import free_memory

MOST = 64
AUTO = "auto"

# Most that one process holds while it makes a photo of 12 megapixels: measured, and a tenth more.
_NEED, _NEED_OPTIMISED = 2000 * 2**20, 2700 * 2**20

_CGROUPS, _OWN_CGROUP = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")


def check_workers(workers: object) -> int | None:
    """A number of processes as the caller says it; None for "auto".

    Args:
        workers: "auto", or a whole number from 0 to `MOST`; 0 is the caller's own process.

    Raises:
        InputError: It is something else.
    """
    if isinstance(workers, str) and workers == AUTO:
        return None
    if isinstance(workers, bool) or not isinstance(workers, int) or not 0 <= workers <= MOST:
        refuse("workers", workers, f'"{AUTO}", or a whole number from 0 to {MOST},')
    return workers


def worker_count(workers: int | None, *, optimised: bool, on_gpu: bool) -> int:
    """How many processes there are.

    Args:
        workers: As `check_workers` gives it. None is one on a GPU, and otherwise as many as there
            are cores, but no more than have room for a photo of 12 megapixels each.
        optimised: Whether pictures are made by another preset than "instant".
        on_gpu: Whether they are made on a GPU, which one process keeps busy.
    """
    if workers is not None:
        return workers
    if on_gpu:
        return 1
    free = free_memory()
    fitting = MOST if free is None else free // (_NEED_OPTIMISED if optimised else _NEED)
    return max(1, min(cores(), fitting, MOST))


def cores() -> int:
    """That this process may use: of the machine, or as many as a container (cgroup v2) gives."""
    if hasattr(os, "sched_getaffinity"):
        own = len(os.sched_getaffinity(0))
    else:
        own = os.cpu_count() or 1
    return max(1, min([own, *(int(share) for share in _shares())]))


def _shares() -> list[float]:
    """Cores' time that this process's container gives, and each one around it."""
    try:
        line = _OWN_CGROUP.read_text().strip().splitlines()[-1]
        group = _CGROUPS / line.split(":", 2)[2].lstrip("/")
    except (OSError, IndexError):
        return []
    around = [one for one in (group, *group.parents) if one.is_relative_to(_CGROUPS)]
    return [share for one in around if (share := _share(one / "cpu.max")) is not None]


def _share(limit: Path) -> float | None:
    """Of a file that says how many of how many microseconds; None where it says none."""
    try:
        time, period = (int(word) for word in limit.read_text().split())
        return time / period
    except (OSError, ValueError, ZeroDivisionError):
        return None  # "max", or another system
