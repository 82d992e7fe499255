"""What the benchmarks' command lines share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from semcs.errors import SemcsError

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


def command_parser(name: str, description: str | None) -> argparse.ArgumentParser:
    """A parser for `python -m benchmarks.NAME`, whose help is the module's docstring."""
    return argparse.ArgumentParser(
        prog=f"benchmarks.{name}",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add --json."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def add_data(parser: argparse.ArgumentParser, holds: str = "manifest.csv") -> None:
    """Add --data, which is needed."""
    parser.add_argument("--data", type=Path, required=True, help=f"folder that holds {holds}")


def add_workers(parser: argparse.ArgumentParser) -> None:
    """Add --workers, for `in_processes`."""
    parser.add_argument(
        "--workers", type=int, default=2, help="processes beside each other (default %(default)s)"
    )


@contextmanager
def one_line_errors(*others: type[Exception]) -> Iterator[None]:
    """End the program with one line, "error: …", for semcs's own errors and for `others`."""
    known: tuple[type[Exception], ...] = (SemcsError, *others)
    try:
        yield
    except known as error:
        raise SystemExit(f"error: {error}") from None


def in_processes(
    function: Callable[[ItemT], ResultT], items: Iterable[ItemT], *, workers: int, unit: str
) -> list[ResultT]:
    """`function` of every item, in order, each made by one of several fresh processes."""
    known = list(items)
    with get_context("spawn").Pool(workers) as pool:
        return list(progress(pool.imap(function, known), unit, len(known)))


def progress(
    items: Iterable[ItemT], unit: str, total: int | None = None, *, what: str | None = None
) -> Iterable[ItemT]:
    """The items, with a bar on stderr."""
    bar: Iterable[ItemT] = tqdm(items, desc=what, total=total, unit=unit, file=sys.stderr)
    return bar
