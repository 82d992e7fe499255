"""`semcs demo`: the whole way once, on a sample photo."""

from __future__ import annotations

from argparse import Namespace

from semcs.cli.streams import given


def run(args: Namespace) -> int:
    """Run the command; returns the exit code."""
    from semcs.demo import run_demo

    run_demo(**given(args, "out", "fg", "bg", "models", "device", "size", "steps", "seed"))
    return 0
