"""The command line of `python -m benchmarks.scale`, whose parts print JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from typing import Any

import benchmarks.scale
from benchmarks.commands import command_parser, one_line_errors
from benchmarks.speed.command import cpu


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure or compute one of the parts, and print what came of it."""
    parser = command_parser("scale", benchmarks.scale.__doc__)
    parts = parser.add_subparsers(dest="part", required=True)
    cluster = parts.add_parser("cluster", help="two local nodes against the process pool")
    cluster.add_argument("--photos", type=int, default=200)
    cluster.add_argument("--side", type=int, default=512, help="pixels (default %(default)s)")
    cluster.add_argument("--turns", type=int, default=1, help="of each way (default %(default)s)")
    cluster.add_argument("--ways", default="pool,ray,killed", help="(default %(default)s)")
    cluster.add_argument("--store", type=int, default=100, help="MiB of each node's object store")
    picture = parts.add_parser("picture", help="seconds of a core for a picture, and for a piece")
    picture.add_argument("--photos", type=int, default=20)
    picture.add_argument("--side", type=int, default=512)
    simulate = parts.add_parser("simulate", help="stragglers and failures")
    simulate.add_argument("--actors", type=int, default=256)
    simulate.add_argument("--seed", type=int, default=0)
    status = parts.add_parser("status", help="status rows and the anti-join")
    status.add_argument("--rows", type=int, default=100_000)
    paper = parts.add_parser("paper", help="the arithmetic to 10^8")
    paper.add_argument("--pictures", type=float, default=1e8)
    paper.add_argument("--seconds", type=float, default=0.65, help="of a core for each picture")
    paper.add_argument("--core-hour", type=float, default=0.04, help="price in dollars")
    with one_line_errors():
        asked = parser.parse_args(arguments)
        print(json.dumps({"cpu": cpu(), **_PARTS[asked.part](asked)}, indent=2))


def _cluster(asked: argparse.Namespace) -> dict[str, Any]:
    from benchmarks.scale.cluster import measure

    return measure(
        asked.photos, asked.side, asked.turns, asked.ways.split(","), asked.store * 2**20
    )


def _picture(asked: argparse.Namespace) -> dict[str, Any]:
    from benchmarks.scale.picture import measure

    return measure(asked.photos, asked.side)


def _simulate(asked: argparse.Namespace) -> dict[str, Any]:
    from benchmarks.scale.simulate import compare

    return compare(asked.actors, asked.seed)


def _status(asked: argparse.Namespace) -> dict[str, Any]:
    from benchmarks.scale.status import measure

    return measure(asked.rows)


def _paper(asked: argparse.Namespace) -> dict[str, Any]:
    from benchmarks.scale.paper import Prices, reckon

    return reckon(asked.pictures, asked.seconds, Prices(core_hour=asked.core_hour))


_PARTS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "cluster": _cluster,
    "picture": _picture,
    "simulate": _simulate,
    "status": _status,
    "paper": _paper,
}
