"""How many processes may work, as the caller says it and as the machine has room for."""

from __future__ import annotations

import os
from pathlib import Path

from semcs.errors import refuse

AUTO = "auto"

_CGROUPS, _OWN_CGROUP = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")


def check_workers(workers: object, most: int) -> int | None:
    """A number of processes as the caller says it; None for "auto".

    Args:
        workers: "auto", or a whole number from 0 to `most`; 0 is the caller's own process.
        most: See there.

    Raises:
        InputError: It is something else.
    """
    if isinstance(workers, str) and workers == AUTO:
        return None
    if isinstance(workers, bool) or not isinstance(workers, int) or not 0 <= workers <= most:
        refuse("workers", workers, f'"{AUTO}", or a whole number from 0 to {most},')
    return workers


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
