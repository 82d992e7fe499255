"""What one picture takes of a core, and what a piece takes beside its pictures."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from statistics import mean, stdev
from typing import Any

from benchmarks.folder.pictures import make_photos
from benchmarks.scale.cluster import STYLES
from semcs.cluster.order import order_of
from semcs.cluster.pieces import PaintPieces, write_pieces
from semcs.cluster.stage import Paint


def measure(count: int, side: int) -> dict[str, Any]:
    """Seconds of the processor, which other programs beside this one change little.

    Args:
        count: Photos.
        side: Of each, in pixels.
    """
    with tempfile.TemporaryDirectory() as folder:
        photos = Path(folder, "photos")
        make_photos(photos, count + 1, side)
        order = order_of(STYLES, output=str(Path(folder, "out")), source=str(photos))
        rows = [{"path": one.name} for one in sorted(photos.iterdir())]
        paint = Paint.of(order)
        paint.paint(rows.pop())  # loads the networks
        each = [_seconds(lambda row=row: paint.paint(row)) for row in rows]
        painter = PaintPieces(order, 1)
        names = write_pieces(order, [json.dumps({"path": "missing.jpg"})] * 20, 1, "all")
        empty = mean(_seconds(lambda: painter({"piece": names[:1]})) for _ in range(20))
        sizes = [one.stat().st_size for one in Path(folder, "out").glob("*.jpg")]
        return {
            "photos": count,
            "side": side,
            "seconds_a_picture": mean(each),
            "spread": stdev(each) / mean(each),
            "seconds_a_piece": empty,
            "kilobytes_read": mean(one.stat().st_size for one in photos.iterdir()) / 1e3,
            "kilobytes_written": mean(sizes) / 1e3,
        }


def _seconds(work: Any) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
