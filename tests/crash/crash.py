"""Ends commands by KILL, TERM and INT at random moments, and looks at what they leave.

`python tests/crash/crash.py 100` does so a hundred times over all commands; `make crash N=100` is
the same. A seed may follow the number.
"""

from __future__ import annotations

import json
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

SIGNALS = {signal.SIGKILL: "KILL", signal.SIGTERM: "TERM", signal.SIGINT: "INT"}
LEFTOVER = re.compile(r"\..+\.\d+(\.\d+)?\.semcs-partial")
QUICK = ("--models", "bundled", "--steps", "0", "--size", "64")
SHEET = ("--looks", "blue", "--size", "300")
PATIENCE = 120  # seconds that a command may take


@dataclass(frozen=True)
class Command:
    """A command, and the files that it writes."""

    argv: tuple[str, ...]
    outputs: tuple[str, ...]


LIGHT = (Command(("looks", "sheet", "photo.png", "-o", "sheet.bmp", *SHEET), ("sheet.bmp",)),)
HEAVY = (
    Command(("looks", "show", "blue", "-o", "show.png"), ("show.png",)),
    Command(("mask", "photo.png", "-o", "mask.tif", "--models", "bundled"), ("mask.tif",)),
    Command(
        (
            *("stylize", "photo.png", "-o", "out.png", "--fg", "gold", "--quiet", *QUICK),
            *("--save-mask", "found.png", "--report", "report.json"),
        ),
        ("out.png", "found.png", "report.json"),
    ),
    Command(
        ("demo", "--out", ".", "--fg", "gold", "--bg", "snow", *QUICK),
        ("mask.png", "styled.png", "sheet.png"),
    ),
    Command(("score", "photo.png", "photo.png", "--models", "bundled"), ()),
    Command(("models", "verify"), ()),
)


class Crashes:
    """Commands in a folder that are ended before they are done.

    Attributes:
        faults: A line for each thing that should not have been.
        leftovers: How many partial files killed commands left in all.
    """

    def __init__(self, folder: Path, commands: tuple[Command, ...], seed: int = 0) -> None:
        """Let every command run once to its end: the old files, and how long each takes."""
        self.folder, self.commands = folder, commands
        self.faults: list[str] = []
        self.leftovers = 0
        self._random = random.Random(seed)
        Image.radial_gradient("L").convert("RGB").resize((900, 600)).save(folder / "photo.png")
        self._seconds = [self._run_whole(command) for command in commands]

    def once(self) -> None:
        """Start a command at random and end it at random."""
        index = self._random.randrange(len(self.commands))
        command, number = self.commands[index], self._random.choice(list(SIGNALS))
        before = self._partials()
        process = self._start(command)
        if command.outputs and self._random.random() < 0.5:
            self._wait_for_half_a_file(process, before)
        else:
            self._wait(process, self._random.uniform(0, self._seconds[index]))
        process.send_signal(number)
        _, err = process.communicate(timeout=PATIENCE)
        self._check(command, number, process.returncode, err.decode(), before)

    def finish(self) -> None:
        """Let every command run once more, after which nothing may be left over."""
        for command in self.commands:
            self._run_whole(command)
        self.faults += [f"{name} stays after a whole run" for name in self._partials()]

    def _start(self, command: Command) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "semcs", *command.argv],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def _run_whole(self, command: Command) -> float:
        began = time.monotonic()
        process = self._start(command)
        _, err = process.communicate(timeout=PATIENCE)
        if process.returncode:
            self.faults.append(f"{command.argv[:2]} fails: {err.decode()}")
        return time.monotonic() - began

    def _wait(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        end = time.monotonic() + seconds
        while process.poll() is None and time.monotonic() < end:
            time.sleep(0.002)

    def _wait_for_half_a_file(self, process: subprocess.Popen[bytes], before: set[str]) -> None:
        while process.poll() is None and not self._partials() - before:
            pass  # writing takes less than the shortest sleep

    def _check(
        self, command: Command, number: signal.Signals, code: int, err: str, before: set[str]
    ) -> None:
        what = f"{' '.join(command.argv[:2])} after {SIGNALS[number]}"
        # The number itself: before Python has come to the command line.
        if code not in (0, 128 + number, -number):
            self.faults.append(f"{what}: exit code {code}: {err}")
        if "Traceback" in err and code != -signal.SIGINT:
            self.faults.append(f"{what}: {err}")
        for name in command.outputs:
            fault = fault_of(self.folder / name)
            if fault:
                self.faults.append(f"{what}: {name} is {fault}")
        new = self._partials() - before
        self.leftovers += len(new)
        if new and number != signal.SIGKILL:
            self.faults.append(f"{what}: {', '.join(new)} left over")

    def _partials(self) -> set[str]:
        return {p.name for p in self.folder.iterdir() if LEFTOVER.fullmatch(p.name)}


def fault_of(path: Path) -> str | None:
    """What is wrong with an output, which was there before and has to be whole still."""
    try:
        if path.suffix == ".json":
            json.loads(path.read_text())
        else:
            with Image.open(path) as image:
                image.load()
    except (OSError, ValueError, SyntaxError) as error:
        return f"not whole: {error}"
    return None


def main(argv: list[str]) -> int:
    """Run as many crashes as asked for; returns the exit code."""
    count, seed = int(argv[0]) if argv else 100, int(argv[1]) if len(argv) > 1 else 0
    with tempfile.TemporaryDirectory() as folder:
        crashes = Crashes(Path(folder), (*LIGHT, *HEAVY), seed)
        for _ in range(count):
            crashes.once()
        crashes.finish()
    print(f"{count} ends, {crashes.leftovers} partial files of killed commands, all removed since")
    print(*crashes.faults, f"{len(crashes.faults)} faults", sep="\n")
    return 1 if crashes.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
