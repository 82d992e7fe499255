"""`semcs demo`: the whole way once, on a sample photo."""

from __future__ import annotations

import time
from argparse import Namespace

from semcs.cli.streams import given, say_seconds


def run(args: Namespace) -> int:
    """Run the command; returns the exit code."""
    began = time.monotonic()
    from semcs.demo import run_demo

    imports = time.monotonic() - began
    options = ("fg", "bg", "models", "device", "size", "steps", "max_seconds", "seed")
    demo = run_demo(**given(args, "out", *options))
    if args.timings:
        say_seconds({"imports": imports, **demo.seconds})
    return 0
