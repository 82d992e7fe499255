"""Size of status rows and of lists of pictures, and what the anti-join takes of a core."""

from __future__ import annotations

import hashlib
import resource
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from semcs.cluster.joining import undone, wanted_row
from semcs.cluster.order import Order, order_of
from semcs.cluster.pieces import write_pieces
from semcs.cluster.status import STATUS, WORK, known_rows, parts, write_part
from semcs.folder.task import Row

PIECE = 256


def measure(rows: int) -> dict[str, Any]:
    """Write and compare rows such as a run has; half of them are done.

    Args:
        rows: Of the manifest: one bucket.
    """
    with tempfile.TemporaryDirectory() as folder:
        order = order_of({"fg": "gold", "bg": "snow"}, output=folder, source="s3://bucket/photos")
        names = [f"{digest(number)[:2]}/{digest(number)[:16]}.jpg" for number in range(rows)]
        made = time.monotonic()
        wanted = [wanted_row({"path": name}, order) for name in names]
        made = time.monotonic() - made
        write_status(order, names[: rows // 2], folder)
        read = time.monotonic()
        known = known_rows(parts(folder))
        read = time.monotonic() - read
        joined = time.monotonic()
        found = undone(wanted, known, retry=False)
        joined = time.monotonic() - joined
        assert found.skipped == rows // 2
        pieces = write_pieces(order, found.todo, PIECE, "all")
        return {
            "rows": rows,
            "status_bytes_a_row": size_of(Path(folder, STATUS)) / (rows // 2),
            "list_bytes_a_row": size_of(Path(folder, WORK)) / len(found.todo),
            "pieces": len(pieces),
            "seconds_of_rows": made,
            "seconds_of_reading_status": read,
            "seconds_of_join": joined,
            "microseconds_a_row": 1e6 * (made + 2 * read + joined) / rows,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def write_status(order: Order, names: list[str], folder: str) -> None:
    """Status rows of pictures that are done, in part files as a run writes them."""
    for start in range(0, len(names), PIECE):
        rows = []
        for name in names[start : start + PIECE]:
            task = order.task({"path": name})
            row = Row(name, "done", task.output, task.options_hash, digest(name), len(name) * 9999)
            rows.append(replace(row, output_hash=digest(name + "."), seconds=0.25))
        write_part(folder, f"1-all-{start:07}", rows, 1)


def digest(value: object) -> str:
    """SHA-256, as random as those of pictures."""
    return hashlib.sha256(repr(value).encode()).hexdigest()


def size_of(folder: Path) -> int:
    """Bytes of a folder's files."""
    return sum(one.stat().st_size for one in folder.iterdir() if one.is_file())
