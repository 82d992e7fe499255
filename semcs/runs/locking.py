"""A lock on a file, which the system lets go of however the process ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from semcs.errors import InputError


class Lock:
    """A file that one process at a time holds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Hold it, its folder made where that is missing; False where another process does.

        Raises:
            OSError: The file can't be made.
        """
        while True:
            self._path.parent.mkdir(exist_ok=True)
            try:
                descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            except FileNotFoundError:  # the run before has just removed the folder
                continue
            try:
                if not _hold(descriptor):
                    return False
                if self._is_at_its_path(descriptor):
                    self._descriptor = descriptor
                    return True
            finally:
                if self._descriptor != descriptor:  # also where it was removed after it was opened
                    os.close(descriptor)

    def hold_for(self, output: str) -> None:
        """Hold it for a run that writes to a folder, which is made where it is missing.

        Raises:
            InputError: Another run does, or the folder can't be made or written to.
        """
        try:
            os.makedirs(output, exist_ok=True)
            held = self.take()
        except OSError as error:
            raise InputError(f"can't write to {output!r}: {error.strerror or error}") from error
        if not held:
            raise InputError(f"another run writes to {output!r}, which has to end first")

    def let_go(self) -> None:
        """Let another process hold it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def remove(self) -> None:
        """Remove the file while it is held, where the system allows that, and let go."""
        if sys.platform == "win32":
            self.let_go()
        with suppress(OSError):
            self._path.unlink()
        self.let_go()

    def _is_at_its_path(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), os.stat(self._path))
        except FileNotFoundError:
            return False


def _hold(descriptor: int) -> bool:
    """Whether the open file could be locked."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
