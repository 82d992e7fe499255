"""Work that can be gone on with after a signal has ended its process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

# Outputs of this process that are being made.
_in_progress: set[str] = set()


@contextmanager
def can_be_resumed(output: str) -> Iterator[None]:
    """A block whose work the same call goes on with, should a signal end it."""
    _in_progress.add(output)
    try:
        yield
    finally:
        _in_progress.discard(output)


def said_at_the_end() -> str:
    """What a process that is ended adds to its last line."""
    return ": the same command goes on where this one was" if _in_progress else ""
