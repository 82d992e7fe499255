"""`Paint`: a stage of a Ray Data pipeline, which holds the networks and paints batches of rows."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from semcs.cluster.order import STAMPS, Order, order_of
from semcs.cluster.status import table_of
from semcs.cluster.storage import is_uri, join, read_whole, write_whole
from semcs.errors import InputError, ModelUnavailableError, shown
from semcs.folder.columns import COLUMNS
from semcs.folder.faults import OutputError, cut, line_of, writing
from semcs.folder.making import Made, Maker
from semcs.folder.task import Also, Row, Task
from semcs.image import out_of_memory_told
from semcs.image.files import format_of

if TYPE_CHECKING:
    import pyarrow

_log = logging.getLogger(__name__)


class Paint:
    """Paints the pictures of batches; each actor of a pool holds one, with its networks.

        painted = ray.data.read_parquet("photos.parquet").map_batches(
            semcs.cluster.Paint,
            fn_constructor_kwargs={"output": "s3://bucket/styled", "fg": "gold", "bg": "snow"},
            batch_size=16, compute=ray.data.ActorPoolStrategy(size=2), num_cpus=0.5,
        )

    Leave CPUs for the stages before it: actors that hold all of them wait for pictures that nobody
    is left to list. Two actors that hold a CPU each never finish on two CPUs.
    """

    def __init__(
        self,
        output: str | None = None,
        *,
        source: str | None = None,
        format: str | None = None,
        only: str | None = None,
        also: Sequence[Also] = (),
        scores: bool = False,
        metadata: str = "private",
        models: str = "auto",
        device: str | None = None,
        **options: Any,
    ) -> None:
        """Load nothing yet but what the networks are.

        Args:
            output: Folder or URI that pictures are written to; None puts their bytes into the
                column `image` instead.
            source: Folder or URI that relative paths are in, left out of the outputs' names.
            format: One of `semcs.folder.names.FORMS`; by default the picture's own.
            only: "mask" makes the foreground mask, and no styled picture.
            also: What is written beside each picture, as of `Products`.
            scores: Measure each styled picture.
            metadata: As of `semcs.image.encode`.
            models: As of `semcs.load_family`; "auto" is "paper" where a GPU is asked for by
                `device`, and otherwise "bundled", whatever each node has.
            device: Such as "cpu" or "cuda"; None is the CPU.
            **options: Keywords of `semcs.Stylizer.__call__`, for rows that don't say them.

        Raises:
            InputError: Something can't be used, such as files beside pictures that aren't written.
            ModelUnavailableError: The paper models were asked for and can't be had.
        """
        if output is None and also:
            raise InputError(f"also is {shown(also)}: say where, by output")
        order = order_of(
            options,
            output=output,
            source=source,
            models=models,
            device=device,
            only=only,
            also=also,
            format=format,
            metadata=metadata,
            scores=scores,
        )
        self._hold(order)

    @classmethod
    def of(cls, order: Order) -> Paint:
        """One for what has been checked already."""
        paint = cls.__new__(cls)
        paint._hold(order)
        return paint

    def _hold(self, order: Order) -> None:
        self._order = order
        self._maker = Maker(order.asked.models, order.asked.device)

    def __call__(self, batch: Any) -> pyarrow.Table:
        """Paint a batch.

        Args:
            batch: Columns (arrays by name, a pyarrow table, or a data frame): `path`, and any of
                `semcs.folder.columns.COLUMNS`; `bytes` holds pictures that have been read already.
                Other columns are left alone.

        Returns:
            The fields of `Row` for each picture, `scores` as JSON; without an output also `image`,
            the bytes of the painted picture, null where it failed.

        Raises:
            OutputError: Nothing more can be written where the outputs go.
            ModelUnavailableError: The networks can't be had.
        """
        painted = [self.paint(values) for values in rows_of(batch)]
        table = table_of([row for row, _ in painted])
        if self._order.output is None:
            import pyarrow as pa

            images = [None if made is None else made.files[""] for _, made in painted]
            table = table.append_column("image", pa.array(images, pa.large_binary()))
        return table

    def paint(self, values: Mapping[str, Any]) -> tuple[Row, Made | None]:
        """Paint one picture; one that can't be made is a row as well.

        Raises:
            OutputError: Nothing more can be written where the outputs go.
            ModelUnavailableError: The networks can't be had.
        """
        began = time.monotonic()
        row = Row(shown(values.get("path")), "failed", "", "")
        made = None
        try:
            said = {k: v for k, v in values.items() if k in COLUMNS or k in STAMPS}
            task = self._order.task(said)
            row = _stamped(Row(task.name, "failed", task.output, task.options_hash), said)
            given = values.get("bytes")
            data = read_whole(task.source) if given is None else bytes(given)
            row = _seen(row, data)
            with out_of_memory_told("making the picture"):
                made = self._maker.make(data, task, format_of(task.output))
            row = self._finish(row, task, made)
        except (OutputError, ModelUnavailableError):
            raise
        except Exception as error:  # decoders raise whatever damaged bytes lead them to
            _log.debug("%s failed", row.name, exc_info=True)
            row, made = replace(row, error=cut(line_of(error))), None
        return replace(row, seconds=time.monotonic() - began), made

    def _finish(self, row: Row, task: Task, made: Made) -> Row:
        """Write the files, the output last, and tell them."""
        picture = made.files[""]
        if self._order.output is not None:
            for name, data in made.named(task.output).items():
                _write(join(self._order.output, name), data)
        return replace(
            row,
            status="done",
            output_hash=hashlib.sha256(picture).hexdigest(),
            output_size=len(picture),
            scores=made.scores,
            others=made.others(task.output),
        )


def _stamped(row: Row, said: Mapping[str, Any]) -> Row:
    """The row with what the manifest says, which the next run compares, of a failure as well."""
    size, changed = (said.get(name) for name in STAMPS)
    return replace(
        row,
        source_size=None if size is None else int(size),
        source_mtime=None if changed is None else int(changed),
    )


def _seen(row: Row, data: bytes) -> Row:
    """The row with what the source is like; a size that the manifest says stays."""
    size = len(data) if row.source_size is None else row.source_size
    return replace(row, source_hash=hashlib.sha256(data).hexdigest(), source_size=size)


def rows_of(batch: Any) -> list[dict[str, Any]]:
    """A batch as one mapping for each row, without what is missing."""
    if hasattr(batch, "to_pylist"):
        rows = batch.to_pylist()
    elif hasattr(batch, "to_dict"):
        rows = batch.to_dict("records")
    else:
        columns = {name: _listed(values) for name, values in batch.items()}
        rows = [dict(zip(columns, values)) for values in zip(*columns.values())]
    return [{name: value for name, value in row.items() if not _is_missing(value)} for row in rows]


def _listed(values: Any) -> list[Any]:
    return list(values.tolist() if hasattr(values, "tolist") else values)


def _is_missing(value: object) -> bool:
    """Tables of numbers have NaN where nothing is said, and data frames their own sign."""
    return value is None or type(value).__name__ == "NAType" or value != value


def _write(place: str, data: bytes) -> None:
    with nullcontext() if is_uri(place) else writing(place):
        write_whole(place, data)
