"""What the tests of processes have them do instead of painting; importable by the processes."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from pathlib import Path

import cv2

from semcs.errors import SemcsError
from semcs.folder.task import Products, Row, Task
from semcs.image.whole_files import whole_file, write_bytes_atomic


class Odd(Exception):
    """One that can be pickled, but not made again from what it was pickled to."""

    def __init__(self, one, two):
        super().__init__(f"{one} and {two}")


def tasks(folder, *asked, **options):
    """A task for each thing that is asked for, called 0, 1 and so on; see `work`."""
    return [
        Task(
            *(f"{number}.jpg", str(folder / f"{number}.jpg"), str(folder), f"{number}.png"),
            *({"ask": ask, **options}, Products(), "bundled", "cpu", "hash"),
        )
        for number, ask in enumerate(asked)
    ]


def work(task: Task) -> Row:
    """Do what the task's options ask for."""
    folder, ask = Path(task.path).parent, task.options["ask"]
    with open(folder / "log", "a") as log:
        log.write(f"{task.name} {os.getpid()} {ask}\n")
    if isinstance(ask, float):
        time.sleep(ask)
    elif ask != "write":
        _DEEDS[ask](task)
    write_bytes_atomic(task.path, task.name.encode())
    return Row(task.name, "done", task.output, task.options_hash)


def log_of(folder):
    """What was begun, as (name, process, asked) in its order."""
    return [tuple(line.split(maxsplit=2)) for line in (folder / "log").read_text().splitlines()]


def do_nothing(task: Task) -> Row:
    """Nothing at all."""
    return Row(task.name, "done", task.name, task.options_hash)


def boom(kind: str) -> None:
    """Raise something."""
    if kind == "odd":
        raise Odd("one", "two")
    if kind == "local":

        class Local(Exception):
            pass

        raise Local("of a class that nobody can import")
    if kind == "exit":
        sys.exit("enough")
    raise LookupError("nothing\nthere")


def segfault(task: Task | None = None) -> None:
    """Read where there is nothing."""
    ctypes.string_at(0)


def threads_of_opencv() -> int:
    """How many it uses."""
    return cv2.getNumThreads()


def write_slowly(path: str, seconds: float = 60.0) -> None:
    """Half of a file, and then nothing for long."""
    with whole_file(path) as partial:
        partial.write_bytes(b"half")
        time.sleep(seconds)


def _die_writing(task: Task) -> None:
    with whole_file(task.path) as partial:
        partial.write_bytes(b"half")
        layers = Path(task.path).with_suffix(".layers")
        layers.mkdir(exist_ok=True)
        with whole_file(layers / "01.png"):
            os.kill(os.getpid(), signal.SIGKILL)


def _no_space(task: Task) -> None:
    raise SemcsError("no space left")


def _bug(task: Task) -> None:
    boom("lookup")


def _hang_writing(task: Task) -> None:
    write_slowly(task.path)


def _wait_for_go(task: Task) -> None:
    while not (Path(task.path).parent / "go").exists():
        time.sleep(0.005)


_DEEDS = {
    "segfault": segfault,
    "die writing": _die_writing,
    "no space": _no_space,
    "bug": _bug,
    "hang": _hang_writing,
    "wait": _wait_for_go,
}
