"""One command from its arguments to its exit code; every failure is one line on stderr."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence

from semcs.cli.parser import parse
from semcs.cli.process import silence_libraries
from semcs.cli.streams import UsageError, visible
from semcs.errors import SemcsError

# What libraries and the system say where memory, or room for a thread, is short.
_SHORT_OF_MEMORY = (
    "out of memory",
    "can't allocate memory",
    "cannot allocate memory",
    "unable to allocate",
    "failed to allocate",
    "insufficient memory",
    "not enough memory",
    "bad_alloc",
    "can't start new thread",
    "failed to map segment",
)


def run(argv: Sequence[str] | None) -> int:
    """Run one command; see `semcs.cli.main`."""
    try:
        status = _run_command(argv)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        _mute(sys.stdout)  # the reader has gone, as with `| head`
        return 1
    except UsageError as error:
        return _fail(str(error), code=2)
    except Exception as error:
        reason = _one_line(error)
        if reason is None:
            raise
        return _fail(reason)


def _run_command(argv: Sequence[str] | None) -> int:
    try:
        args = parse(argv)
    except SystemExit:
        sys.stdout.flush()  # help: what goes wrong with it is found here, not when Python exits
        raise
    if argv is None and not args.verbose:
        silence_libraries()
    with _log_on_stderr(_level(args)):
        status: int = args.run(args)
    return status


def _one_line(error: Exception) -> str | None:
    """What to say of an error; None where it is a fault of ours, whose traceback is wanted."""
    if _is_short_of_memory(error):
        return "out of memory: try a smaller --size or a smaller picture"
    if isinstance(error, OSError) and not isinstance(error, SemcsError) and error.strerror:
        return error.strerror + ("" if error.filename is None else f": {error.filename!r}")
    if isinstance(error, (SemcsError, OSError)):
        return str(error)
    if type(error).__module__ == "cv2":
        return f"OpenCV can't work on this picture: {error}"
    return None


def _is_short_of_memory(error: Exception) -> bool:
    if isinstance(error, MemoryError):
        return True
    if isinstance(error, SemcsError):
        return False
    text = str(error).lower()
    told = any(words in text for words in _SHORT_OF_MEMORY)
    of_a_library = type(error).__module__ == "cv2"
    return told and (of_a_library or isinstance(error, (RuntimeError, OSError, ImportError)))


def _fail(message: str, *, code: int = 1) -> int:
    try:
        sys.stdout.flush()
    except OSError:
        _mute(sys.stdout)
    try:
        print("semcs: error:", visible(" ".join(message.split())), file=sys.stderr, flush=True)
    except OSError:
        _mute(sys.stderr)
    return code


def _mute(stream: object) -> None:
    """Let go of what a stream couldn't write, else Python complains once more when it exits."""
    with contextlib.suppress(OSError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())  # type: ignore[attr-defined]
        os.close(null)


def _level(args: Namespace) -> int:
    if args.verbose:
        return logging.DEBUG
    return logging.WARNING if getattr(args, "quiet", False) else logging.INFO


class _OneLine(logging.Formatter):
    """Names of files can hold what a terminal would obey."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return visible(super().formatMessage(record))


@contextlib.contextmanager
def _log_on_stderr(level: int) -> Iterator[None]:
    logger = logging.getLogger("semcs")
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("semcs: %(message)s"))
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
