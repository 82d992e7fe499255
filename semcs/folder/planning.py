"""What has to be made of a folder's pictures, and what is there already."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from semcs.errors import InputError
from semcs.folder.task import Row, Task
from semcs.runs.digest import hash_of_file

Reason = Literal[
    "new",
    "changed picture",
    "changed options",
    "output gone",
    "output changed",
    "failed before",
]

Stamp = tuple[int | None, int | None]
"""Size of a file in bytes, and when it was changed last, in nanoseconds; None where it is gone."""

_GONE: Stamp = (None, None)
_NO_FILE: Stamp = (-1, -1)  # a folder or pipe, say


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture that should be made.

    Attributes:
        task: What should be made of it.
        size: Of the source in bytes, as it was listed; None has it looked up, as for
        mtime: when the source was changed last, in nanoseconds.
    """

    task: Task
    size: int | None = None
    mtime: int | None = None


@dataclass
class Plan:
    """What has to be done.

    Attributes:
        todo: The pictures to be made, each with the reason.
        skipped: How many pictures are there already.
        failed_before: Those that failed earlier and would fail again: nothing about them changed.
        refreshed: Rows with new sizes and times, for the journal, where files have been touched or
            copied and their bytes are the same.
    """

    todo: list[tuple[Task, Reason]] = field(default_factory=list)
    skipped: int = 0
    failed_before: list[Row] = field(default_factory=list)
    refreshed: list[Row] = field(default_factory=list)


def plan(
    wanted: Iterable[Wanted],
    rows: Mapping[str, Row],
    *,
    retry: bool = False,
    verify: bool = False,
    root: str,
) -> Plan:
    """Compare what should be there with what was made before.

    A picture is there already where its options are the same, source and output have the size and
    time that its row says, and the files beside the output are there. Where only a time differs,
    the bytes decide.

    Args:
        wanted: The pictures, each with an output of its own.
        rows: What came of pictures before, by the name of the output.
        retry: Whether those that failed are tried again though nothing changed.
        verify: Whether the bytes decide in any case; all files are read for it.
        root: Path of the folder where the outputs are.
    """
    found = Plan()
    for one in wanted:
        row = rows.get(one.task.output)
        reason, now = ("new", None) if row is None else _compare(one, row, root, retry, verify)
        if reason is not None:
            found.todo.append((one.task, reason))
            continue
        assert now is not None
        if now.status == "failed":
            found.failed_before.append(now)
        else:
            found.skipped += 1
        if now != row:
            found.refreshed.append(now)
    return found


def _compare(
    one: Wanted, row: Row, root: str, retry: bool, verify: bool
) -> tuple[Reason | None, Row | None]:
    """Why a picture has to be made anew; otherwise None, and its row with the times of today."""
    if row.options_hash != one.task.options_hash:
        return "changed options", None
    source: Stamp = one.size, one.mtime
    if None in source:
        source = _stamp(one.task.source)
    if one.task.name != row.name or not _is_same(
        one.task.source, source, _source_of(row), row.source_hash, verify
    ):
        return "changed picture", None
    if row.status == "failed":
        return ("failed before" if retry else None), _with_stamps(row, source, _output_of(row))
    reason, output = _compare_output(row, root, verify)
    return reason, _with_stamps(row, source, output)


def _compare_output(row: Row, root: str, verify: bool) -> tuple[Reason | None, Stamp]:
    path = os.path.join(root, row.output)
    output = _stamp(path)
    if output == _GONE or not all(os.path.exists(os.path.join(root, one)) for one in row.others):
        return "output gone", output
    same = _is_same(path, output, _output_of(row), row.output_hash, verify)
    return (None if same else "output changed"), output


def _is_same(path: str, now: Stamp, before: Stamp, hashed: str | None, verify: bool) -> bool:
    """Whether a file is as it was.

    Args:
        path: Of the file.
        now: What it is like.
        before: What it was like.
        hashed: SHA-256 that its bytes had; None where they couldn't be read.
        verify: Whether the bytes decide though nothing else differs.
    """
    if now == before and not (verify and hashed is not None):
        return True
    if now[0] != before[0] or hashed is None:
        return False
    try:
        return hash_of_file(path) == hashed
    except InputError:
        return False


def _stamp(path: str) -> Stamp:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return _GONE
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else _NO_FILE


def _with_stamps(row: Row, source: Stamp, output: Stamp) -> Row:
    if (*source, *output) == (*_source_of(row), *_output_of(row)):
        return row
    return replace(
        row,
        source_size=source[0],
        source_mtime=source[1],
        output_size=output[0],
        output_mtime=output[1],
    )


def _source_of(row: Row) -> Stamp:
    return row.source_size, row.source_mtime


def _output_of(row: Row) -> Stamp:
    return row.output_size, row.output_mtime
