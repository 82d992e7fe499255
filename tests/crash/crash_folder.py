"""Ends a run of `semcs folder` by KILL at random moments, and looks at what it comes to.

`python tests/crash/crash_folder.py 60` does so sixty times over 300 pictures; `make crash` does
it too. A seed may follow the number.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.folder.command import is_short, table
from benchmarks.folder.kills import kills


def main(argv: list[str]) -> int:
    """Kill as often as asked for; returns the exit code."""
    count, seed = int(argv[0]) if argv else 60, int(argv[1]) if len(argv) > 1 else 0
    with TemporaryDirectory() as folder:
        found = kills(Path(folder), quick=False, count=count, seed=seed)
    print(table("kills", found), *found["faults"], sep="\n")
    return 1 if is_short("kills", found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
