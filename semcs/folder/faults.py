"""What goes wrong with one picture, in a line, and what ends the whole run."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from semcs.errors import InputError, SemcsError
from semcs.image.formats import one_line

LONGEST_ERROR = 300  # letters that a row says of an error

# The next picture would meet them as well: a full disk, a folder that can't be written in.
_FAULTS_OF_OUTPUT = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
)


class OutputError(SemcsError):
    """Nothing more can be written where the outputs go: the run has to stop."""


@contextmanager
def writing(path: str) -> Iterator[None]:
    """A block that writes a file of this machine.

    Raises:
        OutputError: It can't be written, and neither could any other there.
        InputError: It can't be written.
        OSError: Likewise.
    """
    try:
        yield
    except (OSError, InputError) as error:
        cause = error if isinstance(error, OSError) else error.__cause__
        number = getattr(cause, "errno", None)
        if number in _FAULTS_OF_OUTPUT:
            raise OutputError(f"can't write {path!r}: {os.strerror(number)}") from error
        raise


def line_of(error: Exception) -> str:
    """An error in one line, with its type where it isn't one of semcs's own."""
    text = one_line(error)
    if isinstance(error, (SemcsError, MemoryError)):
        return text
    return f"{type(error).__name__}: {text}"


def cut(line: str) -> str:
    """A line of at most `LONGEST_ERROR` letters, and a sign where it had more."""
    return line if len(line) <= LONGEST_ERROR else f"{line[:LONGEST_ERROR]}…"
