"""Ends processes of a run by `kill -9` at random, goes on with it, and looks for what is wrong."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from benchmarks.folder.pictures import make_photos
from benchmarks.folder.running import (
    OWN_FILES,
    Running,
    files_below,
    folder_command,
    pictures_in,
    rows,
    run,
)

SIDES = (64, 160)
KINDS = ("parent", "worker", "all", "parent while writing", "worker while writing", "at the start")
GONE = 10.0  # seconds that workers have to end after their parent
PARTIAL = ".semcs-partial"
MOST_ENDINGS = 5  # times that the command may run until nothing is left to do


@dataclass
class Kills:
    """A run that is killed again and again.

    Attributes:
        argv: The command.
        target: Its outputs.
        count: How many pictures there are.
        faults: A line for each thing that should not have been.
        said: Folder for what it says.
        pace: How long to wait at random before a kill, over the usual.
        made: How often each kind of kill was made.
    """

    argv: Sequence[str]
    target: Path
    count: int
    said: Path
    rng: random.Random
    pace: float = 1.0
    faults: list[str] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)

    def run(self, kills: int) -> None:
        """Kill so often, spread evenly over the work, and then let the command end."""
        kinds = [KINDS[index % len(KINDS)] for index in range(kills)]
        self.rng.shuffle(kinds)
        self._running = Running(self.argv, self.said).start()
        for index, kind in enumerate(kinds):
            self._kill(kind, done=index * self.count // kills)
            print(f"kill {index + 1}: {kind}, {self._done()} done", file=sys.stderr, flush=True)
        self._running.process.wait()
        self._let_end()

    def _kill(self, kind: str, done: int) -> None:
        """Kill in one way, once so many pictures are there; a run that is over starts anew."""
        if kind == "at the start":
            self._end_all()
            self._start()
            self._sleep(3.0)
        else:
            self._wait_for(done)
            self._sleep(0.8)
            if "writing" in kind:
                self._wait_for_half_a_file()
        if not self._running.is_running():
            self._start()
            self._sleep(1.0)
        self._hit(kind)
        self.made[kind] += 1

    def _hit(self, kind: str) -> None:
        workers = self._running.workers()
        if kind.startswith("worker") and workers:
            _kill(self.rng.choice(workers))
            return
        if kind == "all":
            for pid in workers:
                _kill(pid)
        _kill(self._running.pid)
        self._running.process.wait()
        self._none_may_be_left()
        self._start()

    def _start(self) -> None:
        mark = self._running.mark
        self._running = Running(self.argv, self.said, mark=mark).start()

    def _end_all(self) -> None:
        if self._running.is_running():
            _kill(self._running.pid)
            self._running.process.wait()
        self._none_may_be_left()

    def _none_may_be_left(self) -> None:
        end = time.monotonic() + GONE
        while left := self._running.workers():
            if time.monotonic() > end:
                self.faults.append(f"{len(left)} processes are left {GONE:g} s after the parent")
                for pid in left:
                    _kill(pid)
                return
            time.sleep(0.02)

    def _wait_for(self, done: int) -> None:
        while self._running.is_running() and self._done() < done:
            time.sleep(0.02)

    def _wait_for_half_a_file(self) -> None:
        end = time.monotonic() + 5
        while self._running.is_running() and time.monotonic() < end:
            with suppress(OSError), os.scandir(self.target) as entries:
                if any(entry.name.endswith(PARTIAL) for entry in entries):
                    return  # writing takes less than the shortest sleep

    def _sleep(self, most: float) -> None:
        time.sleep(self.pace * self.rng.uniform(0, most))

    def _done(self) -> int:
        return pictures_in(self.target) if self.target.is_dir() else 0

    def _let_end(self) -> None:
        """The same command, until it has nothing left to do."""
        for _ in range(MOST_ENDINGS):
            code = Running(self.argv, self.said, mark=self._running.mark).start().process.wait()
            if code == 0:
                break
        else:
            self.faults.append(f"the command still ends by {code}")
        self._none_may_be_left()


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def faults_of(target: Path, undisturbed: Path, names: Sequence[str]) -> dict[str, list[str]]:
    """What is wrong with a run that has ended.

    Args:
        target: Its outputs.
        undisturbed: Those of a run that nothing disturbed.
        names: Of all outputs that have to be there.

    Returns:
        Lines by "lost", "half" (also whole ones with other bits), "double" and "stray".
    """
    done = Counter(
        (row["name"], row["options_hash"]) for row in rows(target) if row["status"] == "done"
    )
    outputs = {row["output"] for row in rows(target) if row["status"] == "done"}
    found: dict[str, list[str]] = {"lost": [], "half": [], "double": [], "stray": []}
    for name in names:
        if not (target / name).is_file():
            found["lost"].append(f"{name} isn't there")
        elif why := _fault_of(target / name, undisturbed / name):
            found["half"].append(f"{name}: {why}")
        if name not in outputs:
            found["lost"].append(f"{name} isn't in the journal")
    found["double"] = [f"{name}: {count} times" for (name, _), count in done.items() if count > 1]
    found["stray"] = sorted(files_below(target) - set(names) - OWN_FILES)
    return found


def _fault_of(path: Path, undisturbed: Path) -> str | None:
    try:
        with Image.open(path) as image:
            image.load()
    except (OSError, SyntaxError, ValueError) as error:
        return f"not whole: {error}"
    return None if path.read_bytes() == undisturbed.read_bytes() else "other bits"


def kills(work: Path, quick: bool, *, count: int | None = None, seed: int = 0) -> dict[str, Any]:
    """All of it: how many are lost, half, double; the kinds of kills; a line for each fault."""
    pictures, kills = (24, 6) if quick else (300, 60)
    kills = kills if count is None else count
    source, undisturbed, target = work / "in", work / "undisturbed", work / "out"
    paths = make_photos(source, pictures, SIDES)
    run(folder_command(source, undisturbed, "--workers", "2"), work / "said")
    argv = folder_command(source, target, "--workers", "2", "--retry")
    killed = Kills(argv, target, pictures, work / "said-killed", random.Random(seed))
    began = time.monotonic()
    killed.run(kills)
    found = faults_of(target, undisturbed, [f"{path.stem}.png" for path in paths])
    return {**_counts(found), **_told(killed, found), "seconds": time.monotonic() - began}


def _counts(found: Mapping[str, Sequence[str]]) -> dict[str, int]:
    return {name: len(lines) for name, lines in found.items()}


def _told(killed: Kills, found: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What is behind the numbers."""
    lines = [f"{name}: {line}" for name, own in found.items() for line in own]
    failed = Counter(row.get("error") for row in rows(killed.target) if row["status"] == "failed")
    return {
        "others": len(killed.faults),
        "kills": sum(killed.made.values()),
        "kinds": dict(killed.made),
        "failed_rows": dict(failed),
        "faults": [*killed.faults, *lines],
    }
