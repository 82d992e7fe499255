"""What a folder costs: against a plain loop, beyond the painting, and by one worker or two."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.folder.pictures import make_photos
from benchmarks.folder.running import Ended, folder_command, run
from benchmarks.speed.inputs import BG, FG
from benchmarks.video.speed import run_watched
from semcs.runs.process import ONE_THREAD

SIDE = 512
LOOP = """
import sys
from pathlib import Path
import semcs
source, target, fg, bg = sys.argv[1:]
for path in sorted(Path(source).iterdir()):
    styled = semcs.stylize(
        path, fg=fg, bg=bg, preset="instant", models="bundled", progress=False
    )
    styled.save(Path(target) / f"{path.stem}.png")
"""
# OpenCV doesn't read the environment.
LOOP_OF_ONE_THREAD = f"import cv2\ncv2.setNumThreads(1)\n{LOOP}"


@dataclass
class Spent:
    """What one way of painting took over all its runs.

    Attributes:
        pictures: How many were painted.
        seconds: Wall time of the whole commands.
        steady: Wall time from the first output of each run to its last.
        counted: The pictures in that time.
        user, system: Seconds of the processor.
    """

    pictures: int = 0
    seconds: float = 0.0
    steady: float = 0.0
    counted: int = 0
    user: float = 0.0
    system: float = 0.0

    def add(self, ended: Ended, times: Sequence[float]) -> None:
        """Count a run whose outputs were written at these times."""
        self.pictures += len(times)
        self.seconds += ended.seconds
        self.steady += max(times) - min(times)
        self.counted += len(times) - 1
        self.user += ended.user
        self.system += ended.system

    def figures(self) -> dict[str, float]:
        """Seconds a picture, and how many cores were at work."""
        return {
            "s_per_picture": self.seconds / self.pictures,
            "s_per_picture_without_start": self.steady / max(self.counted, 1),
            "user_s_per_picture": self.user / self.pictures,
            "system_s_per_picture": self.system / self.pictures,
            "user_over_wall": self.user / self.seconds,
            "cores_used": (self.user + self.system) / self.seconds,
        }


@dataclass
class Ways:
    """Ways of painting a folder, each run in a folder of its own.

    Attributes:
        work: For outputs.
        spent: By the name of the way.
    """

    work: Path
    spent: dict[str, Spent] = field(default_factory=dict)
    _runs: int = 0

    def run(self, way: str, source: Path) -> Ended:
        """Paint a folder in one way: "two workers", "one worker", "loop", "loop of one thread".

        Raises:
            CommandFailed: It failed, or fewer pictures are there than there should be.
        """
        self._runs += 1
        target = self.work / f"out-{self._runs}"
        ended = run(
            argv_of(way, source, target),
            self.work / "said",
            variables=ONE_THREAD if way == "loop of one thread" else None,
        )
        times = [path.stat().st_mtime for path in target.glob("*.png")]
        assert len(times) == len(list(source.iterdir())), f"{way}: {len(times)} outputs"
        self.spent.setdefault(way, Spent()).add(ended, times)
        print(f"{way}: {ended.seconds:.1f} s for {len(times)}", file=sys.stderr, flush=True)
        return ended


def argv_of(way: str, source: Path, target: Path) -> list[str]:
    """The command that paints in one way, as `Ways.run` says."""
    counts = {"two workers": "2", "one worker": "1"}
    if way in counts:
        return folder_command(source, target, "--workers", counts[way])
    target.mkdir()
    program = LOOP_OF_ONE_THREAD if way == "loop of one thread" else LOOP
    return [sys.executable, "-c", program, str(source), str(target), FG, BG]


def speed(work: Path, quick: bool) -> dict[str, Any]:
    """Two workers against loops, two folders in turns there and back."""
    parts, count = (2, 6) if quick else (2, 200)
    names = ("two workers", "loop", "loop of one thread")
    ways = Ways(work)
    for part in range(parts):
        source = work / f"in-{part}"
        make_photos(source, count, SIDE, seed=part)
        for way in names if part % 2 == 0 else names[::-1]:
            ways.run(way, source)
    costs = {way: ways.spent[way].figures() for way in names}
    return {**ratios(costs, "two workers", {"loop": "", "loop of one thread": "_1"}), "ways": costs}


def ratios(
    costs: Mapping[str, Mapping[str, float]], ours: str, others: Mapping[str, str]
) -> dict[str, float]:
    """How many times faster one way is than others, whole and without the start.

    Args:
        costs: By way, as of `Spent.figures`.
        ours: The way.
        others: Endings of the figures' names by way.
    """
    found = {}
    for other, ending in others.items():
        for name in ("s_per_picture", "s_per_picture_without_start"):
            key = name.replace("s_per_picture", "speedup") + ending
            found[key] = costs[other][name] / costs[ours][name]
    return found


def overhead(work: Path, quick: bool) -> dict[str, Any]:
    """One worker against a loop of one thread: what runs with more pictures take more."""
    few, many, rounds = (2, 8, 1) if quick else (5, 45, 3)
    sources = {count: work / f"in-{count}" for count in (few, many)}
    for count, source in sources.items():
        make_photos(source, count, SIDE)
    names = ("one worker", "loop of one thread")
    totals: dict[str, dict[int, list[float]]] = {way: {few: [], many: []} for way in names}
    ways = Ways(work)
    for turn in range(rounds):
        for count, source in sources.items():
            for way in names if turn % 2 == 0 else names[::-1]:
                ended = ways.run(way, source)
                totals[way][count].append(ended.user + ended.system)
    cpu = {
        way: (sum(own[many]) - sum(own[few])) / (rounds * (many - few))
        for way, own in totals.items()
    }
    costs = {way: ways.spent[way].figures() for way in names}
    steady = {way: figures["s_per_picture_without_start"] for way, figures in costs.items()}
    return {
        "overhead": steady["one worker"] / steady["loop of one thread"] - 1,
        "overhead_cpu": cpu["one worker"] / cpu["loop of one thread"] - 1,
        "cpu_s_per_picture": cpu,
        "ways": costs,
    }


def workers(work: Path, quick: bool) -> dict[str, Any]:
    """Speed and memory of one worker and of two."""
    source = work / "in"
    make_photos(source, 6 if quick else 60, SIDE)
    ways, memory = Ways(work), {}
    for name, count in (("one worker", 1), ("two workers", 2)):
        ways.run(name, source)
        argv = folder_command(source, work / f"watched-{count}", "--workers", str(count))
        memory[name] = run_watched(argv).memory_mb
    costs = {way: spent.figures() for way, spent in ways.spent.items()}
    return {
        **ratios(costs, "two workers", {"one worker": ""}),
        "memory_1_mb": memory["one worker"],
        "memory_2_mb": memory["two workers"],
        "ways": costs,
    }
