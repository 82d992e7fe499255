"""What a run has to do: the manifest without what its status rows say is done, cut into pieces.

A manifest of one bucket is compared in this process. A larger one is read by Ray Data, dealt into
buckets with the status rows, and each bucket is compared, and cut into pieces, by a task of its
own. Ray Data's own join would deal both sides out as well, but couldn't say that the latest of
several status rows counts, nor that two rows of the manifest have one output.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from semcs.cluster.joining import Undone, bucket_of, undone, wanted_row
from semcs.cluster.order import Order
from semcs.cluster.pieces import write_pieces
from semcs.cluster.status import KNOWN, STATUS, known_rows, parts
from semcs.cluster.storage import file_system, join

if TYPE_CHECKING:
    import pyarrow

BUCKET = 100_000  # rows that a process compares at a time; it then has 0.8 GB in all

_PARTITION = "bucket"


@dataclass
class Plan:
    """What a run has to do.

    Attributes:
        pieces: Names of the pieces to be painted.
        skipped, failed_before, repeated: As of `Undone`, of all buckets.
        todo: How many pictures are to be painted.
    """

    pieces: list[str] = field(default_factory=list)
    skipped: int = 0
    failed_before: int = 0
    repeated: int = 0
    todo: int = 0

    @classmethod
    def of(cls, found: Undone, pieces: list[str]) -> Plan:
        """What one bucket has."""
        return cls(pieces, found.skipped, found.failed_before, found.repeated, len(found.todo))

    def __add__(self, other: Plan) -> Plan:
        return Plan(*(mine + more for mine, more in zip(astuple(self), astuple(other))))


def plan_here(order: Order, rows: Iterable[Mapping[str, Any]], size: int, *, retry: bool) -> Plan:
    """Compare in this process.

    Args:
        order: What holds for all pictures.
        rows: Of the manifest.
        size: Pictures in a piece.
        retry: Whether those that failed are tried again.

    Raises:
        InputError: Status rows can't be read, or pieces can't be written.
    """
    assert order.output is not None
    wanted = [wanted_row(values, order) for values in rows]
    found = undone(wanted, known_rows(parts(order.output)), retry=retry)
    return Plan.of(found, write_pieces(order, found.todo, size, "all"))


def plan_on_ray(order: Order, manifest: Any, buckets: int, size: int, *, retry: bool) -> Plan:
    """Compare by tasks of Ray, a bucket each.

    Args:
        order: What holds for all pictures.
        manifest: A `ray.data.Dataset` of its rows.
        buckets: How many.
        size: Pictures in a piece.
        retry: Whether those that failed are tried again.
    """
    import ray.data

    assert order.output is not None
    both = manifest.map_batches(
        _wanted, fn_kwargs={"order": order, "buckets": buckets}, batch_format="pyarrow"
    )
    if parts(order.output):
        # The folder, not its files: of several paths in a store, Ray 2.60 looks at each in a thread
        # of its own, and where aiohttp isn't installed these meet in fsspec's import of it.
        system, folder = file_system(join(order.output, STATUS))
        read = ray.data.read_parquet(folder, filesystem=system, file_extensions=["parquet"])
        known = read.select_columns([*KNOWN])
        both = both.union(
            known.map_batches(_known, fn_kwargs={"buckets": buckets}, batch_format="pyarrow")
        )
    compare = partial(_compare, order=order, size=size, retry=retry)
    grouped = both.groupby(_PARTITION, num_partitions=buckets)
    plan = Plan()
    for row in grouped.map_groups(compare, batch_format="pyarrow").iter_rows():
        plan += Plan(**json.loads(row["plan"]))
    return plan


def _wanted(table: pyarrow.Table, order: Order, buckets: int) -> pyarrow.Table:
    rows = [wanted_row(values, order) for values in table.to_pylist()]
    return _dealt(rows, buckets)


def _known(table: pyarrow.Table, buckets: int) -> pyarrow.Table:
    return _dealt(table.to_pylist(), buckets)


def _dealt(rows: list[dict[str, Any]], buckets: int) -> pyarrow.Table:
    """Rows of either side as one kind of table, with the bucket of each."""
    import pyarrow as pa

    whole = dict.fromkeys(("source_size", "source_mtime", "run", _PARTITION), pa.int64())
    names = (*KNOWN, "values", _PARTITION)
    for row in rows:
        row[_PARTITION] = bucket_of(row["output"], buckets)
    types = pa.schema([(name, whole.get(name, pa.string())) for name in names])
    return pa.Table.from_pylist(rows, schema=types)


def _compare(table: pyarrow.Table, *, order: Order, size: int, retry: bool) -> pyarrow.Table:
    """Compare one bucket, write its pieces, and tell the driver of them."""
    import pyarrow as pa

    rows = table.to_pylist()
    found = undone(
        (row for row in rows if row["values"] is not None),
        (row for row in rows if row["values"] is None),
        retry=retry,
    )
    pieces = write_pieces(order, found.todo, size, f"{rows[0][_PARTITION]:05}")
    plan = Plan.of(found, pieces)
    return pa.Table.from_pylist([{"plan": json.dumps(asdict(plan))}])
