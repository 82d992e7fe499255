"""What hostile files among photos come to."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from benchmarks.folder.hostile_files import Hostile, hostile_files
from benchmarks.folder.pictures import make_photos
from benchmarks.folder.running import (
    OWN_FILES,
    Ended,
    files_below,
    folder_command,
    last_line,
    rows,
    run,
)

SIDES = (64, 128)
ALL = 300


def hostile(work: Path, quick: bool) -> dict[str, Any]:
    """Hostile files among photos: what they came to, and whether the photos are right."""
    source, target = work / "in", work / "out"
    files = hostile_files()
    good = 10 if quick else ALL - len(files)
    photos = [os.fsencode(path.name) for path in make_photos(source, good, SIDES)]
    for one in files:
        one.write(source)
    print(f"{len(files)} hostile files among {good} photos", file=sys.stderr, flush=True)
    argv = folder_command(source, target, "--workers", "2")
    ended = run(argv, work / "said", codes=(0, 1))
    again = run(argv, work / "said-again", codes=(0, 1))
    return {**judged(files, photos, target, ended), "code_again": again.code}


def judged(
    files: Sequence[Hostile], photos: Sequence[bytes], target: Path, ended: Ended
) -> dict[str, Any]:
    """What came of each file, and a line for each that came to another end than it has to."""
    status = {os.fsencode(row["name"]): row for row in rows(target)}
    right = [one.name for one in files if one.end in ("right", "either")]
    faults: list[str] = []
    ends: dict[str, Counter[str]] = {}
    for one in files:
        came_to = _came_to(status.get(one.name), target, one.name)
        ends.setdefault(one.end, Counter())[came_to] += 1
        if came_to not in _allowed(one):
            faults.append(f"{one.name!r}: {came_to}, but has to be {one.end}")
    came_to_of = {name: _came_to(status.get(name), target, name) for name in (*photos, *right)}
    whole = [name for name, came_to in came_to_of.items() if came_to == "right"]
    faults += [f"{name!r}: {came_to_of[name]}" for name in photos if name not in whole]
    outputs = {os.fsencode(name) for name in files_below(target)}
    known = {os.fsencode(row["output"]) for row in status.values() if row["status"] == "done"}
    known |= {os.fsencode(name) for name in OWN_FILES}
    faults += [f"{name!r} shouldn't be there" for name in sorted(outputs - known)]
    faults += _faults_of_summary(status, ended)
    return {
        "hostile": len(files) - len(right),
        "wrong": len(faults),
        "not_right": len(photos) + len(right) - len(whole),
        "reported": sum(row["status"] == "failed" for row in status.values()),
        "right": len(whole),
        "right_of": len(photos) + len(right),
        "ends": {end: dict(count) for end, count in ends.items()},
        "code": ended.code,
        "summary": last_line(ended.err or ended.out),
        "reasons": dict(Counter(row["error"] for row in status.values() if "error" in row)),
        "faults": faults,
    }


def _allowed(one: Hostile) -> tuple[str, ...]:
    return {
        "refused": ("refused",),
        "right": ("right",),
        "either": ("right", "refused"),
        "unread": ("refused", "not taken"),
    }[one.end]


def _came_to(row: Mapping[str, Any] | None, target: Path, name: bytes) -> str:
    """One of "right", "refused" and "not taken", or what is wrong."""
    output = row["output"] if row else os.fsdecode(_output(name))
    path = target / output
    try:
        with Image.open(path) as image:
            image.load()
        is_whole = True
    except (OSError, SyntaxError, ValueError):
        is_whole = False
    if row is None:
        return "made but not in the journal" if path.exists() else "not taken"
    if row["status"] == "done":
        return "right" if is_whole else "done, but not whole"
    error = row.get("error", "")
    if path.exists():
        return "failed, but written"
    return "refused" if error and len(error.splitlines()) == 1 else f"no line tells why: {error!r}"


def _output(name: bytes) -> bytes:
    return os.path.splitext(name)[0] + b".png"


def _faults_of_summary(status: Mapping[bytes, Mapping[str, Any]], ended: Ended) -> list[str]:
    """What is wrong with the exit code and with what was said at the end."""
    failed = sum(row["status"] == "failed" for row in status.values())
    found = [] if ended.code == (1 if failed else 0) else [f"exit code {ended.code}"]
    said = ended.out + ended.err
    if str(failed) not in said:
        found.append(f"the summary doesn't say that {failed} failed")
    if "Traceback" in said:
        found.append("a traceback")
    if "\x1b[2J" in said:
        found.append("a name commands the terminal")
    return found
