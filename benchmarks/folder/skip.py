"""How long does it take to see that a hundred thousand pictures are done?"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from benchmarks.folder.pictures import make_photos
from benchmarks.folder.running import JOURNAL, folder_command, last_line, rows, run

FOLDERS = 100  # that the pictures are spread over


def skip(work: Path, quick: bool) -> dict[str, Any]:
    """Seconds of the whole command where all is done: the journal copied from one picture's."""
    count = 2_000 if quick else 100_000
    source, target = work / "in", work / "out"
    first = make_photos(source, 1, 64)[0]
    argv = folder_command(source, target, "--workers", "2")
    run(argv, work / "said")
    row = rows(target)[0]
    output = target / row["output"]
    lines = []
    for index in range(count):
        name = Path(f"{index % FOLDERS:02d}") / f"{index:06d}"
        picture = _copy(first, source / name.with_suffix(first.suffix))
        made = _copy(output, target / name.with_suffix(".png"))
        lines.append(json.dumps(row | _of_copies(source, target, picture, made)))
    with (target / JOURNAL).open("a") as journal:
        journal.write("\n".join([*lines, ""]))
    before = (target / JOURNAL).stat().st_size
    ended = run(argv, work / "said")
    return {
        "seconds": ended.seconds,
        "cpu_s": ended.user + ended.system,
        "pictures": count,
        "painted": len(rows(target)) - count - 1,
        "journal_mb": before / 1e6,
        "said": last_line(ended.err or ended.out),
    }


def _copy(file: Path, copy: Path) -> Path:
    """Another file with the same bytes, which it shares where the system can do so."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, copy)
    return copy


def _of_copies(source: Path, target: Path, picture: Path, made: Path) -> dict[str, Any]:
    """What the journal says of a picture and its output."""
    read, written = os.stat(picture), os.stat(made)
    return {
        "name": picture.relative_to(source).as_posix(),
        "output": made.relative_to(target).as_posix(),
        "source_size": read.st_size,
        "source_mtime": read.st_mtime_ns,
        "output_size": written.st_size,
        "output_mtime": written.st_mtime_ns,
    }
