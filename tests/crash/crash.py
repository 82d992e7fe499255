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
VIDEO = ("--models", "bundled", "--workers", "1", "--quiet")
PATIENCE = 120  # seconds that a command may take
OF_PYTHON_S_START = ("Fatal Python error: init_", "Could not import runpy module")
TRIES = 30  # to end a command before it is done


@dataclass(frozen=True)
class Command:
    """A command, and the files that it writes."""

    argv: tuple[str, ...]
    outputs: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its words before what it works on."""
        return " ".join(self.argv[: 2 if self.argv[0] in ("looks", "models") else 1])


SHEET = ("looks", "sheet", "photo.png", "-o", "sheet.bmp", "--looks", "blue", "--size", "300")
LIGHT = (Command(SHEET, ("sheet.bmp",)),)
HEAVY = (
    Command(("looks", "list"), ()),
    Command(("looks", "match", "a dark blue watercolour"), ()),
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
    Command(("video", "clip.gif", "gold", "-o", "clip2.gif", *VIDEO), ("clip2.gif",)),
    Command(("score", "photo.png", "photo.png", "--models", "bundled"), ()),
    Command(("models", "list"), ()),
    Command(("models", "verify"), ()),
    Command(("models", "path"), ()),
)


@dataclass
class Tally:
    """What ending a command by one signal came to."""

    ends: int = 0
    faults: int = 0
    tracebacks: int = 0  # of Ctrl-C while Python itself starts, which nobody can catch


class Crashes:
    """Commands in a folder that are ended before they are done.

    Attributes:
        faults: A line for each thing that should not have been.
        leftovers: How many partial files killed commands left in all.
        tallies: What came of each pair of command and signal.
    """

    def __init__(self, folder: Path, commands: tuple[Command, ...], seed: int = 0) -> None:
        """Let every command run once to its end: the old files, and how long each takes."""
        self.folder, self.commands = folder, commands
        self.faults: list[str] = []
        self.leftovers = 0
        pairs = [(index, number) for index in range(len(commands)) for number in SIGNALS]
        self.tallies = {pair: Tally() for pair in pairs}
        self._random = random.Random(seed)
        self._round: list[tuple[int, signal.Signals]] = []
        Image.radial_gradient("L").convert("RGB").resize((900, 600)).save(folder / "photo.png")
        small = Image.radial_gradient("L").resize((128, 96))
        made = [small.rotate(8 * turn) for turn in range(30)]
        made[0].save(folder / "clip.gif", save_all=True, append_images=made[1:], duration=40)
        self._seconds = [self._run_whole(command) for command in commands]

    def once(self) -> None:
        """End a command at random by a signal; each pair of both has its turn in every round."""
        if not self._round:
            self._round = self._random.sample(list(self.tallies), len(self.tallies))
        index, number = self._round.pop()
        half = bool(self.commands[index].outputs) and self._random.random() < 0.5
        for tried in range(TRIES):
            if self._end(index, number, half=half and tried == 0):
                return  # else it was done before
        self.faults.append(f"{self.commands[index].name} isn't ended by {SIGNALS[number]}")

    def table(self) -> str:
        """Of each command and signal: ends, faults, tracebacks while Python itself starts."""
        rows = [("ends/faults/early tracebacks", *SIGNALS.values())]
        for index, command in enumerate(self.commands):
            tallies = [self.tallies[index, number] for number in SIGNALS]
            cells = (f"{t.ends}/{t.faults}/{t.tracebacks}" for t in tallies)
            rows.append((command.name, *cells))
        return "\n".join(
            f"{row[0]:30}" + "".join(f"{cell:>10}" for cell in row[1:]) for row in rows
        )

    def _end(self, index: int, number: signal.Signals, *, half: bool) -> bool:
        """End a command at random, or with half a file written, and tally what was found.

        Returns:
            Whether it was ended before it was done.
        """
        command, before = self.commands[index], self._partials()
        process = self._start(command)
        try:
            if half:
                self._wait_for_half_a_file(process, before)
            else:
                self._wait(process, self._random.uniform(0, self._seconds[index]))
            process.send_signal(number)
            err = process.communicate(timeout=PATIENCE)[1].decode()
        finally:
            process.kill()
        found = self._faults_after(command, number, process.returncode, err, before)
        tally = self.tallies[index, number]
        tally.ends += process.returncode != 0
        tally.faults += len(found)
        tally.tracebacks += "Traceback" in err and _is_early(process.returncode, err)
        self.faults += found
        return process.returncode != 0

    def finish(self) -> None:
        """Let every command run once more, after which nothing may be left over."""
        for command in self.commands:
            self._run_whole(command)
        left = self._partials() | {path.name for path in self.folder.glob("*.semcs-part")}
        self.faults += [f"{name} stays after a whole run" for name in left]

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
            self.faults.append(f"{command.name} fails: {err.decode()}")
        return time.monotonic() - began

    def _wait(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        end = time.monotonic() + seconds
        while process.poll() is None and time.monotonic() < end:
            time.sleep(0.002)

    def _wait_for_half_a_file(self, process: subprocess.Popen[bytes], before: set[str]) -> None:
        while process.poll() is None and not self._partials() - before:
            pass  # writing takes less than the shortest sleep

    def _faults_after(
        self, command: Command, number: signal.Signals, code: int, err: str, before: set[str]
    ) -> list[str]:
        what, faults = f"{command.name} after {SIGNALS[number]}", []
        # The number itself: before Python has come to the command line.
        usual = code in (0, 128 + number, -number) and "Traceback" not in err
        if not usual and not (number == signal.SIGINT and _is_early(code, err)):
            faults.append(f"{what}: exit code {code}: {err}")
        for name in command.outputs:
            fault = fault_of(self.folder / name)
            if fault:
                faults.append(f"{what}: {name} is {fault}")
        new = self._partials() - before
        self.leftovers += len(new)
        if new and number != signal.SIGKILL:
            faults.append(f"{what}: {', '.join(new)} left over")
        return faults

    def _partials(self) -> set[str]:
        return {p.name for p in self.folder.iterdir() if LEFTOVER.fullmatch(p.name)}


def _is_early(code: int, err: str) -> bool:
    """Whether Ctrl-C came while Python itself started."""
    return code == -signal.SIGINT or err.startswith(OF_PYTHON_S_START)


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


def hear_signals() -> None:
    """Make INT and TERM a KeyboardInterrupt, and what they are by default in the commands.

    A shell that starts this in the background makes INT ignored.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)


def main(argv: list[str]) -> int:
    """Run as many crashes as asked for, or until TERM or INT; returns the exit code."""
    count, seed = int(argv[0]) if argv else 100, int(argv[1]) if len(argv) > 1 else 0
    hear_signals()
    with tempfile.TemporaryDirectory() as folder:
        crashes = Crashes(Path(folder), (*LIGHT, *HEAVY), seed)
        try:
            for _ in range(count):
                crashes.once()
            crashes.finish()
            after = "none of them left after a whole run"
        except KeyboardInterrupt:
            after = "interrupted: not seen whether a whole run removes them"
    ends = sum(tally.ends for tally in crashes.tallies.values())
    print(crashes.table())
    print(f"{ends} ends, {crashes.leftovers} partial files of killed commands; {after}")
    print(*crashes.faults, f"{len(crashes.faults)} faults", sep="\n")
    return 1 if crashes.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
