"""Files that are written whole or not at all.

The bytes go to `.NAME.PID.semcs-partial` beside the file, which then takes its name. What a killed
process has left of these is removed by the next one that writes the same file.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from semcs.errors import InputError

SUFFIX = ".semcs-partial"

_LONGEST_NAME = 255  # bytes, on all usual file systems
_ROOM_FOR_PID = 24  # bytes

# Names of open descriptors: what they stand for is written to, whatever it is.
_DESCRIPTORS = re.compile(r"/dev/(fd/|std(out|err)$)|/proc/(self|\d+)/fd/")

# What this process is writing at the moment, and numbers that tell its threads' files apart.
_in_progress: set[Path] = set()
_numbers = itertools.count()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_progress.clear)


def check_writable(path: str | os.PathLike[str]) -> None:
    """Find out before any work whether a file can be written to `path`.

    Raises:
        InputError: If `path` is a directory, or its directory is missing, or there is no
            permission to write.
    """
    name = os.fspath(path)
    with _told(name):
        if is_stream(name):
            if not os.access(name, os.W_OK):
                raise InputError(f"can't write {name!r}: no permission to write it")
            return
        target = Path(os.path.realpath(name))
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            target.stat()  # a name that no file can have, which `exists` takes since Python 3.14
        if target.is_dir():
            raise InputError(f"can't write {name!r}: it is a directory; give a file's path")
        if not target.parent.is_dir():
            raise InputError(f"can't write {name!r}: there is no directory {str(target.parent)!r}")
        if not os.access(target.parent, os.W_OK):
            raise InputError(
                f"can't write {name!r}: no permission to write in {str(target.parent)!r}"
            )
        if target.exists() and not os.access(target, os.W_OK):
            raise InputError(f"can't write {name!r}: no permission to write it")


def write_bytes_atomic(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file so that `path` holds all of `data` or stays as it was.

    A file that is replaced hands on its mode and, where that is allowed, its owner and group.
    A symbolic link is written through. Other names (hard links) of the file keep what it was: to
    change that as well, it would have to be written in place, and half of it could be left.
    Pipes, devices and names of open descriptors are written to as they are.

    Raises:
        InputError: If the file can't be written.
    """
    name = os.fspath(path)
    with _told(name):
        if is_stream(name):
            _write_into(name, data)
        else:
            with _replacing(Path(os.path.realpath(name))) as partial:
                partial.write_bytes(data)


def is_stream(path: str | os.PathLike[str]) -> bool:
    """Whether something is there that isn't a regular file, or an open descriptor is named."""
    if _DESCRIPTORS.match(os.path.abspath(path)):
        return True
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def remove_partials() -> None:
    """Remove what this process was writing; for processes that end in the middle of it."""
    for partial in list(_in_progress):
        with contextlib.suppress(OSError):
            partial.unlink()
        _in_progress.discard(partial)


@contextlib.contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise InputError(f"can't write {name!r}: its reader has gone") from error
    except OSError as error:
        raise InputError(f"can't write {name!r}: {error.strerror or error}") from error
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        # Such as a null character in the name.
        raise InputError(f"can't write {name!r}: {error}") from error


def _write_into(name: str, data: bytes) -> None:
    # Without O_CREAT: where the pipe has just gone, no file takes its place.
    descriptor = os.open(name, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOCTTY", 0))
    with open(descriptor, "wb", buffering=0) as file:
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]


@contextlib.contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A new file beside `path` to be written to, which takes its name at the end of the block.

    Where the block raises, `path` stays as it was, and nothing is left beside it. For what is too
    large to be held in memory; otherwise see `write_bytes_atomic`, which says what is handed on.

    Raises:
        InputError: If the file can't be written.
    """
    name = os.fspath(path)
    try:
        with _replacing(Path(os.path.realpath(name))) as partial:
            yield partial
    except OSError as error:
        raise InputError(f"can't write {name!r}: {error.strerror or error}") from error


@contextlib.contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    _remove_leftovers(target)
    partial, descriptor = _new_partial(target)
    try:
        os.close(descriptor)
        yield partial
        with open(partial, "rb+") as file:
            _like(target, file.fileno())
            os.fsync(file.fileno())  # else a power cut could leave the new name without bytes
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
        _in_progress.discard(partial)


def _new_partial(target: Path) -> tuple[Path, int]:
    """A new file beside the target, and its descriptor; for its owner alone where one is there."""
    mode = 0o600 if target.exists() else 0o666
    for number in _numbers:
        thread = f".{number}" if number else ""
        partial = target.with_name(f"{hidden_stem(target)}{os.getpid()}{thread}{SUFFIX}")
        _in_progress.add(partial)
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            return partial, os.open(partial, flags, mode)
        except BaseException as error:
            _in_progress.discard(partial)
            if not isinstance(error, FileExistsError):
                raise
    raise AssertionError("counting doesn't end")


def _like(target: Path, descriptor: int) -> None:
    """Give a new file the owner, group and mode of the one that it will replace."""
    try:
        old = target.stat()
    except FileNotFoundError:
        return
    if sys.platform == "win32":
        return
    for owner in ((old.st_uid, old.st_gid), (-1, old.st_gid)):
        try:
            os.fchown(descriptor, *owner)
            break
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.EINVAL, errno.ENOTSUP):
                raise
    mode = stat.S_IMODE(old.st_mode) & 0o777
    if os.fstat(descriptor).st_gid != old.st_gid:
        mode &= ~0o070  # another group has no business in it
    os.fchmod(descriptor, mode)


def hidden_stem(target: Path) -> str:
    """How the names of hidden files beside a file begin."""
    name = target.name
    while len(os.fsencode(name)) > _LONGEST_NAME - _ROOM_FOR_PID - len(SUFFIX):
        name = name[:-1]
    return f".{name}."


def _remove_leftovers(target: Path) -> None:
    """Remove what processes that are gone have left of writing this file."""
    pattern = re.compile(re.escape(hidden_stem(target)) + r"(\d{1,10})(\.\d+)?" + re.escape(SUFFIX))
    with contextlib.suppress(OSError):  # folders that can be written to but not listed
        for name in os.listdir(target.parent):
            match, partial = pattern.fullmatch(name), target.with_name(name)
            if match and partial not in _in_progress and not _is_running(int(match[1])):
                partial.unlink(missing_ok=True)


def _is_running(pid: int) -> bool:
    """Whether another process has this number."""
    if pid == os.getpid():
        return False  # left by an earlier one, as in containers, where numbers come again
    if sys.platform == "win32":
        return True  # there, asking would end it
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        pass  # somebody else's
    return True
