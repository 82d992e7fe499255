"""What a command does to its own process: signals, standard streams, libraries' chatter.

Nothing here is imported that takes time, since until `take_over` has run Ctrl-C is a traceback.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

_ENDS = {"SIGINT": "interrupted", "SIGTERM": "terminated", "SIGHUP": "hung up"}

# Opened the wrong way round, so that whoever reads or writes is told.
_STREAMS = (
    (0, "stdin", os.O_WRONLY, "r"),
    (1, "stdout", os.O_RDONLY, "w"),
    (2, "stderr", os.O_WRONLY, "w"),
)


def take_over() -> None:
    """Make signals end the process in one line, and the standard streams ones that are there."""
    for name, said in _ENDS.items():
        _end_at(name, said)
    for descriptor, name, flags, mode in _STREAMS:
        if getattr(sys, name) is None:
            _stand_in(descriptor, name, flags, mode)
    for stream in (sys.stdout, sys.stderr):
        # Where it is in ASCII, × and 水 are written as \xd7 and \u6c34.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def silence_libraries() -> None:
    """Keep to themselves what libraries warn of and log."""
    import logging
    import warnings

    warnings.simplefilter("ignore")
    logging.getLogger().addHandler(logging.NullHandler())
    os.environ.setdefault("HF_HUB_VERBOSITY", "error")
    os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")


def _end_at(name: str, said: str) -> None:
    """End by a signal at once: an exception could be lost in a library that is being imported."""
    number = getattr(signal, name, None)
    if number is None or signal.getsignal(number) == signal.SIG_IGN:
        return  # as under nohup

    def end(_number: int, _frame: FrameType | None) -> None:
        _of("semcs.image.whole_files", "remove_partials")
        kept = _of("semcs.runs.resuming", "said_at_the_end") or ""
        # Past `sys.stderr`, which may be in the middle of a line; on a terminal, ^C is.
        start = b"\n" if os.isatty(2) else b""
        try:
            os.write(2, start + f"semcs: error: {said}{kept}\n".encode())
        finally:
            os._exit(128 + number)

    try:
        signal.signal(number, end)
    except ValueError:
        return  # outside of the main thread, where signals don't arrive


def _of(module: str, function: str) -> object:
    """What a function without arguments gives; None where its module isn't loaded, or only half."""
    found = getattr(sys.modules.get(module), function, None)
    return None if found is None else found()


def _stand_in(descriptor: int, name: str, flags: int, mode: str) -> None:
    """Take the number of a stream that was closed, which the next file would get otherwise."""
    opened = os.open(os.devnull, flags)
    if opened != descriptor:
        os.dup2(opened, descriptor)
        os.close(opened)
    setattr(sys, name, open(descriptor, mode, closefd=False))  # noqa: SIM115 - for good
