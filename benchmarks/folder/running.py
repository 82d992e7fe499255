"""Runs the command `semcs folder`, and looks at its processes while it works. Needs Linux."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.speed.alone import ROOT
from benchmarks.speed.inputs import BG, FG
from semcs.errors import SemcsError

MODELS = "bundled"
JOURNAL = Path(".semcs-folder") / "journal.jsonl"
OWN_FILES = {str(JOURNAL), ".semcs-folder/lock"}
MARK = "SEMCS_BENCHMARK_RUN"  # tells a run's processes from others', whoever their parent is


class CommandFailed(SemcsError):
    """A command ended in another way than it had to."""


@dataclass(frozen=True)
class Ended:
    """A command that has ended.

    Attributes:
        code: Its exit code; negative where a signal ended it.
        out: What it said on stdout.
        err: What it said on stderr.
        seconds: Wall time.
        user: Seconds of the processor in the processes' own code, of all that it waited for.
        system: The same in the system, page faults among them.
    """

    code: int
    out: str
    err: str
    seconds: float
    user: float
    system: float


@dataclass
class Running:
    """A command that runs in a folder for what it says.

    Attributes:
        argv: All its words.
        said: Where stdout and stderr go.
        mark: In the environment of all its processes.
    """

    argv: Sequence[str]
    said: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    def start(self) -> Running:
        """Start it."""
        environment = {**os.environ, **self.variables, MARK: self.mark}
        self.said.mkdir(parents=True, exist_ok=True)
        with (self.said / "out").open("wb") as out, (self.said / "err").open("wb") as err:
            self.process = subprocess.Popen(
                self.argv, cwd=ROOT, env=environment, stdout=out, stderr=err
            )
        return self

    @property
    def pid(self) -> int:
        """Of the parent."""
        return self.process.pid

    def is_running(self) -> bool:
        """Whether the parent hasn't ended yet."""
        return self.process.poll() is None

    def pids(self) -> list[int]:
        """All its processes, also those whose parent is gone."""
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    environment = (folder / "environ").read_bytes()
                except OSError:  # ended meanwhile, or somebody else's
                    continue
                if f"{MARK}={self.mark}".encode() in environment.split(b"\0"):
                    found.append(int(folder.name))
        return found

    def workers(self) -> list[int]:
        """The processes beside the parent."""
        return [pid for pid in self.pids() if pid != self.pid]

    def text(self, stream: str) -> str:
        """What it said on "out" or "err"."""
        return (self.said / stream).read_text(errors="replace")


def folder_command(source: Path, target: Path, *options: str) -> list[str]:
    """The command that styles a folder by preset instant."""
    command = [sys.executable, "-m", "semcs", "folder", str(source), "-o", str(target)]
    styled = ("--fg", FG, "--bg", BG, "--preset", "instant", "--models", MODELS)
    return [*command, *styled, "--format", "png", *options]


def run(
    argv: Sequence[str],
    said: Path,
    *,
    variables: Mapping[str, str] | None = None,
    codes: Sequence[int] = (0,),
) -> Ended:
    """Run a command to its end.

    Raises:
        CommandFailed: Its exit code is none of `codes`; the message is the last that it said.
    """
    began = time.perf_counter()
    running = Running(argv, said, variables or {}).start()
    _, status, usage = os.wait4(running.pid, 0)
    seconds = time.perf_counter() - began
    running.process.returncode = code = os.waitstatus_to_exitcode(status)
    out, err = running.text("out"), running.text("err")
    if code not in codes:
        raise CommandFailed(f"{' '.join(argv[1:4])}: exit code {code}: {last_line(err)}")
    return Ended(code, out, err, seconds, usage.ru_utime, usage.ru_stime)


def last_line(text: str) -> str:
    """The last line that isn't empty."""
    return next((line for line in reversed(text.splitlines()) if line.strip()), "(nothing)")


def rows(target: Path) -> list[dict[str, Any]]:
    """The journal's whole lines; one that a crash has cut isn't among them."""
    journal = target / JOURNAL
    if not journal.is_file():
        return []
    found = []
    for line in journal.read_bytes().split(b"\n"):
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict) and "status" in row:
            found.append(row)
    return found


def files_below(folder: Path) -> set[str]:
    """All files below a folder, hidden ones too, with `/`."""
    return {
        os.path.relpath(os.path.join(where, name), folder)
        for where, _, names in os.walk(folder)
        for name in names
    }


def pictures_in(target: Path) -> int:
    """How many outputs are there by now."""
    with os.scandir(target) as entries:
        return sum(entry.name.endswith(".png") for entry in entries)
