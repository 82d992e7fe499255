"""What `--timings` says: the seconds of each stage."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping

import semcs


def import_stylizer() -> tuple[type[semcs.Stylizer], float]:
    """`semcs.Stylizer`, and the seconds that its import takes, torch's most of all."""
    began = time.monotonic()
    return semcs.Stylizer, time.monotonic() - began


def say_seconds(seconds: Mapping[str, float]) -> None:
    """Print a line for each stage on stderr."""
    for stage, taken in seconds.items():
        print(f"{stage:12}{taken:8.2f} s", file=sys.stderr)
