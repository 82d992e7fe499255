"""Pieces of a run: lists of pictures in files, each painted by one task of one actor."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from semcs.cluster.joining import in_pieces
from semcs.cluster.order import Order
from semcs.cluster.stage import Paint
from semcs.cluster.status import WORK, read_table, write_part, write_table
from semcs.cluster.storage import join
from semcs.models.freed import keep_freed_memory

if TYPE_CHECKING:
    import pyarrow

MOST_REASONS = 100  # that a summary tells apart


def write_pieces(order: Order, todo: Sequence[str], size: int, prefix: str) -> list[str]:
    """Write lists of at most `size` pictures each, and give their names.

    Args:
        order: What holds for all pictures.
        todo: JSON of the manifest's rows to be painted.
        size: Pictures in a piece.
        prefix: Of the names, which no other call has.

    Raises:
        OSError: They can't be written.
        InputError: Likewise.
    """
    import pyarrow as pa

    names = []
    for number, rows in enumerate(in_pieces(todo, size)):
        names.append(f"{prefix}-{number:05}")
        write_table(_place(order, names[-1]), pa.table({"values": pa.array(rows, pa.string())}))
    return names


class PaintPieces:
    """What an actor of a run does: it paints pieces, and writes their status rows itself.

    The driver hears of counts alone, so that it holds as little for any number of pictures.
    """

    def __init__(self, order: Order, run: int) -> None:
        """Load nothing yet but what the networks are.

        Args:
            order: What holds for all pictures.
            run: When the run began, in nanoseconds since 1970.
        """
        keep_freed_memory()
        self._order, self._run = order, run
        self._paint = Paint.of(order)

    def __call__(self, batch: Mapping[str, Any]) -> pyarrow.Table:
        """Paint pieces, and give for each how many pictures were done and why others failed.

        Args:
            batch: The names of pieces as the column `piece`.

        Raises:
            OutputError: Nothing more can be written where the outputs go.
            ModelUnavailableError: The networks can't be had.
        """
        import pyarrow as pa

        names = [str(name) for name in batch["piece"]]
        return pa.Table.from_pylist(
            [self._do(name) for name in names],
            schema=pa.schema([("done", pa.int64()), ("failed", pa.int64()), ("why", pa.string())]),
        )

    def _do(self, name: str) -> dict[str, Any]:
        assert self._order.output is not None
        values = read_table(_place(self._order, name))["values"].to_pylist()
        rows = [self._paint.paint(json.loads(text))[0] for text in values]
        write_part(self._order.output, f"{self._run}-{name}", rows, self._run)
        why = Counter(row.error for row in rows if row.status == "failed")
        done = sum(row.status == "done" for row in rows)
        return {"done": done, "failed": len(rows) - done, "why": json.dumps(why)}


def add_reasons(reasons: Counter[str], told: str) -> None:
    """Count in the reasons that a piece tells; of very many, the commonest are kept.

    Args:
        reasons: So far; it is changed.
        told: JSON of how many pictures failed for which reason.
    """
    reasons.update(json.loads(told))
    if len(reasons) > 2 * MOST_REASONS:
        kept = reasons.most_common(MOST_REASONS)
        reasons.clear()
        reasons.update(dict(kept))


def _place(order: Order, name: str) -> str:
    assert order.output is not None
    return join(order.output, f"{WORK}/{name}.parquet")
