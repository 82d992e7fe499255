"""Is the memory of the parent and its workers flat over thousands of pictures?"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.folder.pictures import make_photos
from benchmarks.folder.running import (
    CommandFailed,
    Running,
    folder_command,
    last_line,
    pictures_in,
)
from benchmarks.soak import growth

EVERY = 0.25  # seconds between two looks
SIDES = (48, 320)


@dataclass(frozen=True)
class Sample:
    """The processes at one time.

    Attributes:
        done: How many pictures were there.
        megabytes: Memory of each process by its number, without that of files; see
            `benchmarks.soak`.
    """

    done: int
    megabytes: Mapping[int, float]


def memory(work: Path, quick: bool) -> dict[str, Any]:
    """Growth of the parent's and the workers' memory after the first pictures."""
    count, warm_up = (30, 10) if quick else (2000, 200)
    source, target = work / "in", work / "out"
    make_photos(source, count, SIDES)
    running = Running(folder_command(source, target, "--workers", "2"), work / "said").start()
    samples, shown = [], 0
    while running.is_running():
        if target.is_dir():
            samples.append(Sample(pictures_in(target), _memory_now(running)))
            if samples[-1].done >= shown + 100:
                shown = samples[-1].done
                print(f"{shown} done", file=sys.stderr, flush=True)
        time.sleep(EVERY)
    if running.process.returncode:
        raise CommandFailed(f"semcs folder: {last_line(running.text('err'))}")
    return summary(samples, running.pid, warm_up)


def _memory_now(running: Running) -> dict[int, float]:
    found = {}
    for pid in running.pids():
        try:
            words = Path(f"/proc/{pid}/statm").read_text().split()
        except OSError:  # ended meanwhile
            continue
        found[pid] = (int(words[1]) - int(words[2])) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return found


def summary(samples: Sequence[Sample], parent: int, warm_up: int) -> dict[str, Any]:
    """Growth of each process after so many pictures: its last fifth's median over its first's."""
    kept = [one for one in samples if one.done >= warm_up]
    pids = sorted({pid for one in kept for pid in one.megabytes})
    if not kept or parent not in pids:
        raise CommandFailed(f"it ended before {warm_up} pictures were seen")
    of = {pid: [one.megabytes[pid] for one in kept if pid in one.megabytes] for pid in pids}
    workers = {pid: growth(values) for pid, values in of.items() if pid != parent}
    totals = [sum(one.megabytes.values()) for one in kept]
    return {
        "growth_parent": growth(of[parent]),
        "growth_workers": max(workers.values(), key=abs, default=0.0),
        "growth_all": growth(totals),
        "processes": len(pids),
        "samples": len(kept),
        "megabytes": {
            "parent" if pid == parent else f"worker {pid}": [values[0], max(values), values[-1]]
            for pid, values in of.items()
        },
    }
