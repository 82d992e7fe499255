"""Status rows as Parquet: the fields of `Row`, and when their run began.

`OUT/.semcs-status/` holds part files, each written whole by the task that did the pictures in it.
The row of the latest run about an output counts.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from semcs.cluster.storage import check_pyarrow, join, list_files, read_whole, write_whole
from semcs.errors import InputError
from semcs.folder.task import Row
from semcs.image.formats import one_line

if TYPE_CHECKING:
    import pyarrow

STATUS, WORK = ".semcs-status", ".semcs-work"
RUN = "run"  # when it began, in nanoseconds since 1970

_ENDING = ".parquet"
_TEXTS = ("name", "status", "output", "options_hash", "source_hash", "output_hash", "error")
_WHOLES = ("source_size", "source_mtime", "output_size", "output_mtime")

# What the anti-join looks at.
KNOWN = ("output", "status", "options_hash", "source_size", "source_mtime", RUN)


def schema() -> pyarrow.Schema:
    """The columns of status rows; `scores` is JSON."""
    check_pyarrow()
    import pyarrow as pa

    types = {
        **dict.fromkeys(_TEXTS, pa.string()),
        **dict.fromkeys(_WHOLES, pa.int64()),
        "seconds": pa.float64(),
        "scores": pa.string(),
        "others": pa.list_(pa.string()),
    }
    return pa.schema([(name, types[name]) for name in Row.__dataclass_fields__])


def table_of(rows: Sequence[Row]) -> pyarrow.Table:
    """Rows as a table."""
    import pyarrow as pa

    return pa.Table.from_pylist([_plain(row) for row in rows], schema=schema())


def write_part(folder: str, name: str, rows: Sequence[Row], run: int) -> None:
    """Write the rows of one task; a task that is done again writes the same file.

    Args:
        folder: Where the outputs are.
        name: Of the task, without an extension.
        rows: What came of its pictures.
        run: When the run began, in nanoseconds since 1970.

    Raises:
        OSError: They can't be written.
        InputError: Likewise.
    """
    import pyarrow as pa

    table = table_of(rows)
    table = table.append_column(RUN, pa.array([run] * len(rows), pa.int64()))
    write_table(join(folder, f"{STATUS}/{name}{_ENDING}"), table)


def parts(folder: str) -> list[str]:
    """The places of all part files of the outputs in a folder.

    Raises:
        InputError: They can't be listed.
    """
    return [place for place in list_files(join(folder, STATUS)) if place.endswith(_ENDING)]


def write_table(place: str, table: pyarrow.Table) -> None:
    """Write a Parquet file, whole or not at all."""
    from pyarrow import parquet

    buffer = io.BytesIO()
    parquet.write_table(table, buffer)
    write_whole(place, buffer.getvalue())


def read_table(place: str, columns: Sequence[str] | None = None) -> pyarrow.Table:
    """Read a Parquet file.

    Raises:
        InputError: It can't be read, or is none.
    """
    check_pyarrow()
    import pyarrow as pa
    from pyarrow import parquet

    data = read_whole(place)
    try:
        return parquet.ParquetFile(io.BytesIO(data)).read(
            columns=None if columns is None else [*columns]
        )
    except pa.ArrowException as error:
        raise InputError(f"{place!r} can't be read as Parquet: {one_line(error)}") from error


def known_rows(places: Iterable[str]) -> list[dict[str, Any]]:
    """What the anti-join needs of status rows (`KNOWN`)."""
    return [row for place in places for row in read_table(place, KNOWN).to_pylist()]


def plain_text(name: str) -> str:
    """A name whose bytes aren't UTF-8, as Parquet can hold it; others as they are."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _plain(row: Row) -> Mapping[str, Any]:
    values = asdict(row)
    values |= {name: plain_text(values[name]) for name in _TEXTS if values[name] is not None}
    values["scores"] = None if row.scores is None else json.dumps(dict(row.scores))
    return {**values, "others": [plain_text(one) for one in row.others]}
