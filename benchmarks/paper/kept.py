"""Rows that are kept, a line of JSON each, so that a run that was cut off goes on."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def kept_rows(file: Path) -> list[Row]:
    """The rows of a file, without a last line that was cut off; none where there is no file."""
    if not file.is_file():
        return []
    *whole, rest = file.read_bytes().split(b"\n")
    if rest:
        # The next row has to begin on a line of its own.
        file.write_bytes(b"".join(line + b"\n" for line in whole))
    return [json.loads(line) for line in whole]


def keep(file: Path, row: Row) -> None:
    """Append a row, and see to it that it is on the disk."""
    with file.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
