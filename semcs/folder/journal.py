"""What was made of a folder's pictures, a line each: what the next run goes on from.

`OUT/.semcs-folder/` holds `journal.jsonl`, to which lines are only ever added, and `lock`, which
one run at a time holds. The last line about an output counts. What stands behind the last whole
line is no fault: another run writes it just now, or a kill cut it short, and the next run takes it
away.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, get_args

from semcs.errors import InputError
from semcs.folder.task import Row, Status
from semcs.runs.locking import Lock

FOLDER = ".semcs-folder"

_NAME, _LOCK = "journal.jsonl", "lock"
_SYNC_EVERY = 1.0  # seconds: what a power cut can cost

_log = logging.getLogger("semcs")

# What the fields of a line can be, so that no damaged line is taken for a picture's.
_TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("name", "status", "output", "options_hash"), str),
    **dict.fromkeys(("source_hash", "output_hash", "error"), str),
    **dict.fromkeys(("source_size", "source_mtime", "output_size", "output_mtime"), int),
    "seconds": (int, float),
    "scores": dict,
    "others": list,
}


class Journal:
    """The journal of one folder, held by one run at a time, as the context of a `with` block.

    Attributes:
        rows: The last row of each output, by `Row.output`; there from the block's begin.
    """

    def __init__(self, output: str | os.PathLike[str]) -> None:
        """Nothing is made yet."""
        self.rows: dict[str, Row] = {}
        self._output = os.fspath(output)
        self._path = journal_of(output)
        self._lock = Lock(self._path.with_name(_LOCK))
        self._descriptor = -1
        self._torn = False  # whether the file ends in the middle of a line
        self._synced = 0.0

    def __enter__(self) -> Journal:
        """Take hold of it, its folders made where they are missing, and read it.

        Raises:
            InputError: Another run has it, or it can't be made, read or written.
        """
        self._lock.hold_for(self._output)
        try:
            self.rows, whole = _read(self._path)
            self._open()
            self._take_back(whole)
        except BaseException:
            self._lock.let_go()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of it, once all lines are on the disk."""
        try:
            os.fsync(self._descriptor)
        except OSError as failed:
            if error is None:
                raise self._unwritten(failed) from failed
        finally:
            os.close(self._descriptor)
            self._lock.let_go()

    def append(self, row: Row) -> None:
        """Add a line, whole or not at all.

        Raises:
            InputError: It can't be written, such as on a full disk.
        """
        line = _line_of(row)
        try:
            self._write(b"\n" + line if self._torn else line)
            if time.monotonic() - self._synced >= _SYNC_EVERY:
                os.fsync(self._descriptor)
                self._synced = time.monotonic()
        except OSError as error:
            raise self._unwritten(error) from error
        self.rows[row.output] = row

    def _open(self) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        try:
            self._descriptor = os.open(self._path, flags, 0o666)
        except OSError as error:
            raise self._unwritten(error) from error

    def _write(self, data: bytes) -> None:
        """Write all of it, or take back the part that could be written."""
        before = os.fstat(self._descriptor).st_size
        try:
            written = os.write(self._descriptor, data)
            if written < len(data):  # the disk is full: it says so when it is asked again
                written += os.write(self._descriptor, data[written:])
            if written < len(data):
                raise OSError(errno.EIO, os.strerror(errno.EIO))
        except OSError:
            self._take_back(before)
            raise
        self._torn = False

    def _take_back(self, size: int) -> None:
        """Leave no more than `size` bytes; where that fails, the next line begins a new one."""
        try:
            if os.fstat(self._descriptor).st_size > size:
                os.ftruncate(self._descriptor, size)
        except OSError:
            self._torn = True

    def _unwritten(self, error: OSError) -> InputError:
        return InputError(
            f"can't write the journal {str(self._path)!r}: {_said(error)}; the same command goes "
            "on from what is written"
        )


def read_rows(output: str | os.PathLike[str]) -> dict[str, Row]:
    """The last row of each output, without taking hold of the journal; empty where there is none.

    Raises:
        InputError: It can't be read.
    """
    return _read(journal_of(output))[0]


def journal_of(output: str | os.PathLike[str]) -> Path:
    """The journal of the outputs in a folder."""
    return Path(output) / FOLDER / _NAME


def _read(path: Path) -> tuple[dict[str, Row], int]:
    """The rows, and how many bytes the whole lines take."""
    try:
        with open(path, "rb") as file:
            rows, unreadable, count, whole = _rows_of(file)
    except FileNotFoundError:
        return {}, 0
    except OSError as error:
        raise InputError(f"can't read the journal {str(path)!r}: {_said(error)}") from error
    if unreadable:
        _log.warning(
            "%s: %d of %d lines can't be read and don't count; the first is line %d",
            *(path, len(unreadable), count, unreadable[0]),
        )
    return rows, whole


def _rows_of(lines: Iterable[bytes]) -> tuple[dict[str, Row], list[int], int, int]:
    """What the whole lines hold: rows by their outputs, and which lines can't be read.

    Returns:
        The rows, the numbers of unreadable lines, counted from 1, how many lines there are, and how
        many bytes they take.
    """
    rows: dict[str, Row] = {}
    unreadable: list[int] = []
    number = whole = 0
    for line in lines:
        if not line.endswith(b"\n"):  # only the last one
            break
        number += 1
        whole += len(line)
        try:
            row = _row_of(line)
            rows[row.output] = row
        except (ValueError, TypeError, RecursionError):
            unreadable.append(number)
    return rows, unreadable, number, whole


def _row_of(line: bytes) -> Row:
    """The row that a line holds; fields of later versions are left out.

    Raises:
        ValueError: It holds none.
        TypeError: A field is missing.
        RecursionError: It is nested without end.
    """
    found = json.loads(line.decode())
    if not isinstance(found, dict):
        raise ValueError("not an object")
    fields: dict[str, Any] = {name: found[name] for name in found if name in _TYPES}
    for name, value in fields.items():
        if not isinstance(value, _TYPES[name]):
            raise ValueError("a field of another type")
    others = tuple(fields.pop("others", ()))
    row = Row(**fields, others=others)
    if row.status not in get_args(Status) or not all(isinstance(name, str) for name in others):
        raise ValueError("a field of another value")
    return row


def _line_of(row: Row) -> bytes:
    """All in ASCII, so that names that aren't UTF-8 come back as they are."""
    values = {name: getattr(row, name) for name in _TYPES}
    kept = {name: value for name, value in values.items() if value not in (None, "", (), {})}
    return json.dumps(kept, separators=(",", ":")).encode() + b"\n"


def _said(error: OSError) -> str:
    return error.strerror or str(error)
