"""A folder of pictures: how fast, how steady, and what crashes and hostile files do to it.

    python -m benchmarks.folder PART [PART ...] [--quick] [--work DIR] [--json]

All by the command `semcs folder` with the bundled models and preset instant, on photos that
scikit-learn and scikit-image ship, cropped, flipped and recoloured so that no two are the same.

- speed: 200 pictures of 512×512, two workers against one process that calls `semcs.stylize` in a
  loop, as it is and held to one thread; two folders in turns, there and back. `speedup` is of whole
  commands, `…_without_start` from the first output to the last, `…_1` against one thread. A loop
  whose `cores_used` comes near 2 has no second core left for a second worker to win.
- overhead: what one worker takes beyond a loop of one thread that reads, paints and encodes: by the
  clock from the first output to the last, and by the processor's time of all processes (what 45
  pictures take more than 5).
- workers: speed and memory (PSS of all processes) of one worker and of two.
- memory: 2,000 pictures of 48 to 320 pixels a side; growth after the first 200, the last fifth's
  median over the first's, of each process without the pages of files.
- skip: the whole command where 100,000 pictures are done.
- kills: 300 small pictures; at 60 random moments, spread over the work, `kill -9` of the parent, a
  worker, all at once, one of them while a file is half written, and the parent while it starts;
  then gone on with by the same command. At the end every output has to be there, the same bits as
  of an undisturbed run, once in the journal, with nothing beside it and no process left.
- hostile: files that are no pictures, cut, bombs, broken inside, no files, and names that bite.

Exits with 1 where a figure falls short of what is asked. Needs Linux and
`pip install 'semcs[bench]'`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.commands import add_json, command_parser, one_line_errors
from benchmarks.folder.hostile import hostile
from benchmarks.folder.kills import kills
from benchmarks.folder.memory import memory
from benchmarks.folder.skip import skip
from benchmarks.folder.speed import overhead, speed, workers
from benchmarks.scoring import Measure
from benchmarks.speed.command import cpu

Part = Callable[[Path, bool], dict[str, Any]]
PARTS: Mapping[str, Part] = {
    "speed": speed,
    "overhead": overhead,
    "workers": workers,
    "memory": memory,
    "skip": skip,
    "kills": kills,
    "hostile": hostile,
}
MEASURES: Mapping[str, Mapping[str, Measure]] = {
    "speed": {
        "speedup": Measure("two workers over a loop", 1.7),
        "speedup_without_start": Measure("the same without the start"),
        "speedup_1": Measure("two workers over a loop of one thread"),
        "speedup_without_start_1": Measure("the same without the start"),
    },
    "overhead": {
        "overhead": Measure("share of the painting's seconds", 0.1, at_most=True),
        "overhead_cpu": Measure("share of its processor time"),
    },
    "workers": {
        "speedup": Measure("two workers over one"),
        "speedup_without_start": Measure("the same without the start"),
        "memory_1_mb": Measure("most memory with one worker, MiB"),
        "memory_2_mb": Measure("most memory with two, MiB"),
    },
    "memory": {
        "growth_parent": Measure("growth of the parent", 0.05, at_most=True),
        "growth_workers": Measure("growth of the worker that grows or shrinks most", 0.05, True),
        "growth_all": Measure("growth of all together", 0.05, at_most=True),
    },
    "skip": {
        "seconds": Measure("seconds of the whole command", 20, at_most=True),
        "painted": Measure("pictures painted again", 0, at_most=True),
    },
    "kills": {
        "kills": Measure("processes killed"),
        "lost": Measure("pictures lost", 0, at_most=True),
        "half": Measure("outputs half or with other bits", 0, at_most=True),
        "double": Measure("pictures done twice", 0, at_most=True),
        "stray": Measure("files left over", 0, at_most=True),
        "others": Measure("other faults", 0, at_most=True),
    },
    "hostile": {
        "hostile": Measure("files that can't or needn't be painted"),
        "reported": Measure("of them reported; the others are never taken for pictures"),
        "wrong": Measure("files that came to another end than they have to", 0, at_most=True),
        "not_right": Measure("photos that aren't there, whole", 0, at_most=True),
    },
}


def table(part: str, figures: Mapping[str, Any]) -> str:
    """A line for each figure, beside what is asked."""
    lines = []
    for key, measure in MEASURES[part].items():
        sign = "≤" if measure.at_most else "≥"
        asked = "" if measure.asked is None else f"{sign} {measure.asked:g}"
        short = "" if measure.met_by(figures[key]) else "  (short)"
        lines.append(f"{part:9}{key:24}{figures[key]:9.4g}  {asked:7}  {measure.what}{short}")
    return "\n".join(lines)


def is_short(part: str, figures: Mapping[str, Any]) -> bool:
    """Whether a figure falls short of what is asked."""
    return any(not measure.met_by(figures[key]) for key, measure in MEASURES[part].items())


def measure(part: str, quick: bool, keep: Path | None) -> dict[str, Any]:
    """Figures of a part, and what they come from."""
    print(f"{part} …", file=sys.stderr, flush=True)
    if keep is not None:
        work = keep / part
        work.mkdir(parents=True)
        return PARTS[part](work, quick)
    with TemporaryDirectory() as folder:
        return PARTS[part](Path(folder), quick)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("folder", __doc__)
    parser.add_argument("parts", nargs="+", choices=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="within a minute each")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep all files, in a new folder")
    add_json(parser)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Measure from the command line."""
    asked = parse(arguments)
    found: dict[str, Any] = {"cpu": cpu(), "quick": asked.quick}
    with one_line_errors(OSError):
        for part in asked.parts:
            found[part] = measure(part, asked.quick, asked.work)
    if asked.json:
        print(json.dumps(found))
    else:
        print(found["cpu"])
        for part in asked.parts:
            print(table(part, found[part]))
            print(details(found[part], MEASURES[part]))
    raise SystemExit(any(is_short(part, found[part]) for part in asked.parts))


def details(figures: Mapping[str, Any], shown: Mapping[str, Any]) -> str:
    """What is behind the figures, indented."""
    behind = {key: value for key, value in figures.items() if key not in shown}
    text = json.dumps(behind, indent=2, ensure_ascii=True, default=str)
    return "\n".join(f"    {line}" for line in text.splitlines()[1:-1])
