"""Seconds and peak memory of one job, in a process of its own.

`run_alone` starts `python -m benchmarks.speed.alone JOB INPUTS.npz OPTIONS`, which prints them.
What is imported before the clock starts is no part of the seconds; memory is the whole process's.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
STATUS = Path("/proc/self/status")
Arrays = Mapping[str, Any]


@dataclass(frozen=True)
class Cost:
    """What a job took.

    Attributes:
        seconds: Of the job's own call.
        rss_mb: Most memory that its process ever held, in MiB.
    """

    seconds: float
    rss_mb: float


def stylize(arrays: Arrays, options: dict[str, Any]) -> float:
    """Style `photo`, loading the networks on the way."""
    from semcs.stylizer import stylize as call  # imports torch

    began = time.perf_counter()
    call(arrays["photo"], progress=False, **options)
    return time.perf_counter() - began


def eigenvectors(arrays: Arrays, options: dict[str, Any]) -> float:
    """Build the graph of `features` and of the colours `image`, and cut it, as a mask is made."""
    from semcs.saliency.affinity import mixed_affinity
    from semcs.saliency.spectral import smallest_eigenvectors

    began = time.perf_counter()
    affinity = mixed_affinity(arrays["features"], arrays["image"])
    smallest_eigenvectors(affinity, 2)
    return time.perf_counter() - began


JOBS: dict[str, Callable[[Arrays, dict[str, Any]], float]] = {
    "stylize": stylize,
    "eigenvectors": eigenvectors,
}


def run_alone(job: str, arrays: Arrays, **options: Any) -> Cost:
    """Run a job of `JOBS` in a fresh process.

    Raises:
        RuntimeError: It failed; the message is the last that it said.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / "inputs.npz"
        np.savez(file, **arrays)
        module = "benchmarks.speed.alone"
        command = [sys.executable, "-m", module, job, str(file), json.dumps(options)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise RuntimeError(f"{job}: {said[-1]}")
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def peak_mb() -> float:
    """Most memory that this process ever held, in MiB."""
    if STATUS.is_file():
        lines = (line.split() for line in STATUS.read_text().splitlines())
        return float(next(words[1] for words in lines if words[0] == "VmHWM:")) / 1024
    # On Linux this would hold at least what the process that started this one ever held.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(job: str, file: str, options: str) -> None:
    """Run the job and print its cost."""
    with np.load(file) as stored:
        arrays = dict(stored)
    seconds = JOBS[job](arrays, json.loads(options))
    print(json.dumps({"seconds": seconds, "rss_mb": peak_mb()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
