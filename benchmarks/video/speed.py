"""Frames a second and memory of the whole command, held to AVX2, on a made clip of 640×360."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

from benchmarks.scoring import Measure
from benchmarks.speed.alone import ROOT
from benchmarks.speed.inputs import BG, FG
from benchmarks.video.clips import make_clip
from benchmarks.video.scene import Rgb
from semcs.errors import InputError

SHORT, LONG = 60, 240  # frames
RATE = 25  # frames a second, as shown
EVERY = 0.1  # seconds between two looks at the memory
HELD_TO_AVX2 = {"ATEN_CPU_CAPABILITY": "avx2", "ONEDNN_MAX_CPU_ISA": "AVX2"}

MEASURES = {
    "frames_per_s": Measure("frames a second of the whole command, 240 frames", 3),
    "marginal_frames_per_s": Measure("the same of the frames beyond the first 60"),
    "memory_60_mb": Measure("most memory of its processes, MiB, 60 frames", 1500, at_most=True),
    "memory_240_mb": Measure("the same of 240 frames", 1500, at_most=True),
}


@dataclass(frozen=True)
class Cost:
    """What a command took.

    Attributes:
        seconds: Wall time.
        memory_mb: Most memory that its processes held at one time, in MiB; pages that they share
            are counted once.
    """

    seconds: float
    memory_mb: float


def measure(data: Path) -> dict[str, Any]:
    """Figures by `MEASURES`, and the costs behind them.

    Raises:
        InputError: PyAV is missing, or the command fails.
    """
    frames = make_clip("object", data).frames
    with TemporaryDirectory() as folder:
        costs = {count: _cost_of(frames, count, Path(folder)) for count in (SHORT, LONG)}
    between = costs[LONG].seconds - costs[SHORT].seconds
    return {
        "frames_per_s": LONG / costs[LONG].seconds,
        "marginal_frames_per_s": (LONG - SHORT) / between,
        **{f"memory_{count}_mb": cost.memory_mb for count, cost in costs.items()},
        "costs": {count: asdict(cost) for count, cost in costs.items()},
    }


def table(figures: dict[str, Any]) -> str:
    """A line for each figure, beside what is asked."""
    lines = []
    for key, measure in MEASURES.items():
        sign = "≤" if measure.at_most else "≥"
        asked = "" if measure.asked is None else f"{sign} {measure.asked:g}"
        short = "" if measure.met_by(figures[key]) else "  (short)"
        lines.append(f"{key:22} {figures[key]:8.2f}  {asked:7}  {measure.what}{short}")
    return "\n".join(lines)


def there_and_back(frames: Sequence[Rgb], count: int) -> Iterable[Rgb]:
    """As many frames as asked: forwards, backwards, forwards …, so that nothing jumps."""
    turn = [*frames, *frames[-2:0:-1]]
    return (turn[index % len(turn)] for index in range(count))


def write_mp4(frames: Iterable[Rgb], file: Path) -> None:
    """Frames as H.264, by PyAV alone, so that semcs's own writer isn't needed.

    Raises:
        InputError: PyAV is missing.
    """
    try:
        import av
    except ModuleNotFoundError as error:
        raise InputError(f"{error.name} is missing: pip install 'semcs[video]'") from None
    with av.open(str(file), "w") as container:
        stream = container.add_stream("libx264", rate=RATE)
        for index, rgb in enumerate(frames):
            if index == 0:
                stream.height, stream.width = rgb.shape[:2]
                stream.pix_fmt = "yuv420p"
            container.mux(stream.encode(av.VideoFrame.from_ndarray(rgb, format="rgb24")))
        container.mux(stream.encode())


def run_watched(command: Sequence[str], **variables: str) -> Cost:
    """Run a command, and look at the memory of it and its children all the while.

    Raises:
        InputError: It fails; the message is the last that it said.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    most, ended = [0.0], Event()

    def watch() -> None:
        while not ended.wait(EVERY):
            most[0] = max(most[0], memory_mb(process.pid))

    watching = Thread(target=watch)
    watching.start()
    _, said = process.communicate()
    seconds = time.perf_counter() - began
    ended.set()
    watching.join()
    if process.returncode:
        last = said.strip().splitlines() or [f"exit status {process.returncode}"]
        raise InputError(f"{' '.join(command[1:4])}: {last[-1]}")
    return Cost(seconds, most[0])


def memory_mb(pid: int) -> float:
    """Proportional memory of a process and all below it, in MiB; 0 of what has ended."""
    own = 0.0
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        own = next(float(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [
            int(child) for thread in threads for child in (thread / "children").read_text().split()
        ]
    except (OSError, StopIteration):  # ended meanwhile
        return own
    return own + sum(map(memory_mb, children))


def _cost_of(frames: Sequence[Rgb], count: int, folder: Path) -> Cost:
    source, target = folder / f"{count}.mp4", folder / f"{count}-styled.mp4"
    write_mp4(there_and_back(frames, count), source)
    command = [sys.executable, "-m", "semcs", "video", str(source), "-o", str(target)]
    return run_watched([*command, "--fg", FG, "--bg", BG], **HELD_TO_AVX2)
