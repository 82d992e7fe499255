"""Manifests: files that say for each picture of a folder what should be made of it."""

from __future__ import annotations

import csv
import itertools
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from semcs.errors import InputError, shown
from semcs.folder.columns import COLUMNS, check_columns, read_values
from semcs.folder.names import folded
from semcs.image.formats import one_line

_Rows = Iterator[tuple[int, Mapping[str, Any]]]


class _LineError(InputError):
    """A line that can't be read."""

    def __init__(self, line: int, fault: str) -> None:
        super().__init__(fault)
        self.line = line


@dataclass(frozen=True)
class Entry:
    """One picture of a manifest.

    Attributes:
        name: Path of the picture with `/`, relative to the folder of the pictures or absolute.
        options: Keywords of `semcs.Stylizer.__call__`.
        output: Name of what is written, within its folder and with `/`; None where it isn't said.
        line: Where it is in the manifest, from 1; in a Parquet file, its row.
    """

    name: str
    options: dict[str, Any]
    output: str | None
    line: int


def read_manifest(path: str | os.PathLike[str]) -> list[Entry]:
    """Read a manifest: CSV with a header, JSON lines or Parquet, by the file's extension.

    The columns are those of `COLUMNS`; an empty cell, or null, says nothing. `path` is relative to
    the folder of the pictures, and masks and style pictures are to that of the manifest.

    Raises:
        InputError: The file can't be read, a line of it can't be used, or two of them ask for the
            same output; the message names the line and says what is allowed.
    """
    name = os.fspath(path)
    read = READERS.get(os.path.splitext(name)[1].lower())
    if read is None:
        raise InputError(f"unknown kind of manifest {name!r}: choose from {', '.join(READERS)}")
    entries: list[Entry] = []
    lines: dict[str, int] = {}
    base = os.path.dirname(name)
    with reading(name):
        for line, values in read(name):
            try:
                entry = entry_of(values, line, base)
                _check_alone(entry, lines)
            except InputError as error:
                raise _LineError(line, str(error)) from error
            entries.append(entry)
    return entries


@contextmanager
def reading(name: str) -> Iterator[None]:
    """A block that reads a manifest by one of `READERS`.

    Raises:
        InputError: It can't be read, or a line of it can't be used; the message names the line.
    """
    try:
        yield
    except _LineError as error:
        raise InputError(f"{name!r}, line {error.line}: {error}") from error
    except OSError as error:
        raise InputError(f"can't read manifest {name!r}: {error.strerror or error}") from error


def entry_of(values: Mapping[str, Any], line: int, base: str) -> Entry:
    """What one line says.

    Args:
        values: Plain values by column, as in JSON; None says nothing.
        line: Which line it is.
        base: Path of the folder that masks and style pictures are relative to.

    Raises:
        InputError: A column is unknown, or its value isn't allowed; or there is no path.
    """
    said = read_values(values, base)
    return Entry(said.pop("path"), said, said.pop("output", None), line)


def _check_alone(entry: Entry, lines: dict[str, int]) -> None:
    """Refuse a second line for the same output; `lines` tells where each was."""
    wanted = entry.output or entry.name
    first = lines.setdefault(folded(wanted), entry.line)
    if first != entry.line:
        said = f"{shown(wanted)} is in line {first} as well"
        raise InputError(f"{said}: give each an output of its own")


def _read_csv(name: str) -> _Rows:
    with open(name, "rb") as file:
        reader = csv.reader(_decoded(file), strict=True, skipinitialspace=True)
        header: list[str] = []
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise _LineError(line, f"isn't CSV: {error}") from error
            if header and cells:
                yield line, _values(cells, header, line)
            elif cells:
                header = _header(cells, line)


def _header(cells: list[str], line: int) -> list[str]:
    names = [cell.strip() for cell in cells]
    try:
        check_columns(names)
    except InputError as error:
        raise _LineError(line, str(error)) from error
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise _LineError(line, f"column {twice[0]} is there twice")
    return names


def _values(cells: list[str], header: list[str], line: int) -> dict[str, object]:
    if len(cells) != len(header):
        raise _LineError(
            line,
            f"{len(cells)} cells, where the header has {len(header)}: "
            'put texts with commas into quotes, as in "gold, shiny"',
        )
    return {
        name: COLUMNS[name].of_text(text)
        for name, cell in zip(header, cells)
        if (text := cell.strip())
    }


def _read_json(name: str) -> _Rows:
    with open(name, "rb") as file:
        for line, text in enumerate(_decoded(file), 1):
            if not text.strip():
                continue
            try:
                values = json.loads(text)
            except (ValueError, RecursionError) as error:
                raise _LineError(line, f"isn't JSON: {error}") from error
            if not isinstance(values, dict):
                allowed = 'an object such as {"path": "a.jpg", "fg": "gold"} is allowed'
                raise _LineError(line, f"is {shown(values)}: {allowed}")
            yield line, values


def _decoded(file: IO[bytes]) -> Iterator[str]:
    """The lines of a text; the mark that some programs begin UTF-8 with is no part of them."""
    for line, data in enumerate(file, 1):
        try:
            yield data.decode("utf-8-sig" if line == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise _LineError(line, "isn't UTF-8: save the file in that encoding") from error


def _read_parquet(name: str) -> _Rows:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        needs = "needs pyarrow: pip install 'semcs[parquet]'"
        raise InputError(f"manifest {name!r} is Parquet, which {needs}") from error
    try:
        with parquet.ParquetFile(name) as file:
            batches = (batch.to_pylist() for batch in file.iter_batches())
            yield from enumerate(itertools.chain.from_iterable(batches), 1)
    except pyarrow.ArrowException as error:
        raise InputError(f"can't read manifest {name!r}: {one_line(error)}") from error


READERS: dict[str, Callable[[str], _Rows]] = {
    ".csv": _read_csv,
    ".jsonl": _read_json,
    ".ndjson": _read_json,
    ".parquet": _read_parquet,
}
