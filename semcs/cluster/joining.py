"""The anti-join of a manifest with the status rows: which pictures are still to be made.

Rows of both sides are dealt into buckets by the hash of their output's name, so that all there is
about an output meets in one bucket, and no process ever holds more than a bucket.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from semcs.cluster.order import STAMPS, Order
from semcs.cluster.status import RUN, plain_text
from semcs.errors import SemcsError, shown
from semcs.folder.names import folded
from semcs.runs.digest import hash_of


@dataclass
class Undone:
    """What one bucket holds.

    Attributes:
        todo: JSON of the manifest's rows to be painted, sorted by output.
        skipped: How many are done already.
        failed_before: How many failed with the same options, and aren't tried again.
        repeated: How many name an output that another row names as well.
    """

    todo: list[str] = field(default_factory=list)
    skipped: int = 0
    failed_before: int = 0
    repeated: int = 0


def bucket_of(output: str, buckets: int) -> int:
    """Which of some buckets an output is in; the same on every machine."""
    digest = hashlib.blake2b(folded(output).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big") % buckets


def wanted_row(values: Mapping[str, Any], order: Order) -> dict[str, Any]:
    """What the anti-join needs of a manifest's row; one that can't be used gets a row as well."""
    said = {name: value for name, value in values.items() if value is not None}
    text = json.dumps(said, sort_keys=True, default=repr)
    try:
        task = order.task(said)
        output, hashed = task.output, task.options_hash
    except SemcsError:  # it fails again when it is painted, which tells why
        output, hashed = shown(said.get("path")), hash_of(said)
    stamps = {name: said.get(name) for name in STAMPS}
    return {"output": plain_text(output), "options_hash": hashed, **stamps, "values": text}


def undone(
    wanted: Iterable[Mapping[str, Any]], known: Iterable[Mapping[str, Any]], *, retry: bool
) -> Undone:
    """The wanted rows that nothing was done for, or something else.

    A picture is done where the latest row about its output has the same options and, where the
    manifest tells size or time of the source, the same of these. Of several wanted rows for one
    output that whose JSON is first counts, whatever order they come in.

    Args:
        wanted: From `wanted_row`.
        known: Status rows, with the columns `semcs.cluster.status.KNOWN`.
        retry: Whether those that failed are wanted again.
    """
    latest: dict[str, Mapping[str, Any]] = {}
    for row in sorted(known, key=lambda row: row[RUN]):
        latest[folded(row["output"])] = row
    firsts: dict[str, Mapping[str, Any]] = {}
    found = Undone()
    for row in sorted(wanted, key=lambda row: (row["output"], row["values"])):
        key = folded(row["output"])
        if key in firsts:
            found.repeated += 1
            continue
        firsts[key] = row
        before = latest.get(key)
        if before is None or _differ(row, before) or (retry and before["status"] == "failed"):
            found.todo.append(row["values"])
        elif before["status"] == "failed":
            found.failed_before += 1
        else:
            found.skipped += 1
    return found


def in_pieces(todo: Sequence[str], size: int) -> list[Sequence[str]]:
    """Rows in pieces of at most `size`, as equal as they can be."""
    count = -(-len(todo) // size)
    edges = [len(todo) * number // count for number in range(count + 1)] if count else []
    return [todo[start:end] for start, end in itertools.pairwise(edges)]


def _differ(row: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    if row["options_hash"] != before["options_hash"]:
        return True
    return any(row[name] is not None and row[name] != before[name] for name in STAMPS)
