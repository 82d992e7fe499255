"""What came of a folder's pictures as a table, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from semcs.errors import InputError
from semcs.folder.task import Row
from semcs.image.whole_files import check_writable, whole_file

EXTENSIONS = (".csv", ".parquet")

_TEXTS = ("name", "output", "status", "error")
_COLUMNS = ("name", "output", "status", "seconds", "error")  # and the scores behind them


def check_table(path: str | os.PathLike[str]) -> None:
    """Find out before any work whether a table can be written to `path`.

    Raises:
        InputError: The extension is none of `EXTENSIONS`, pyarrow is needed and isn't installed,
            or the file can't be written.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in EXTENSIONS:
        allowed = " or ".join(EXTENSIONS)
        raise InputError(f"table {os.fspath(path)!r} ends in {suffix!r}: {allowed} is allowed")
    if suffix == ".parquet":
        try:
            import pyarrow  # noqa: F401
        except ImportError as error:
            raise InputError("Parquet files need pyarrow: pip install 'semcs[parquet]'") from error
    check_writable(path)


def write_table(path: str | os.PathLike[str], rows: Iterable[Row]) -> None:
    """Write a line for each picture, by name, whole or not at all.

    The columns are name, output, status, seconds, error and one for each value that was measured in
    any picture, in the order in which they come; empty (null in Parquet) where there is none. Bytes
    of a name that aren't UTF-8 are written as `\\udcff`.

    Args:
        path: A CSV file, or Parquet where it ends in `.parquet`.
        rows: What came of the pictures.

    Raises:
        InputError: As of `check_table`.
    """
    check_table(path)
    ordered = sorted(rows, key=lambda row: (row.name, row.output))
    measured = dict.fromkeys(name for row in ordered for name in row.scores or {})
    lines = ([_plain(value) for value in _values(row, measured)] for row in ordered)
    columns = [*_COLUMNS, *measured]
    write = _write_parquet if Path(path).suffix.lower() == ".parquet" else _write_csv
    with whole_file(path) as partial:
        write(partial, columns, lines)


def _values(row: Row, measured: Mapping[str, object]) -> Iterable[Any]:
    yield from (getattr(row, column) for column in _COLUMNS)
    yield from ((row.scores or {}).get(name) for name in measured)


def _plain(value: Any) -> Any:
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _write_csv(path: Path, columns: list[str], lines: Iterable[list[Any]]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(lines)


def _write_parquet(path: Path, columns: list[str], lines: Iterable[list[Any]]) -> None:
    import pyarrow
    import pyarrow.parquet

    # An array of no values has no type of its own.
    types = {**dict.fromkeys(_TEXTS, pyarrow.string()), "seconds": pyarrow.float64()}
    values = list(zip(*lines)) or [()] * len(columns)
    arrays = [pyarrow.array(own, types.get(name)) for name, own in zip(columns, values)]
    pyarrow.parquet.write_table(pyarrow.table(arrays, names=columns), path)
