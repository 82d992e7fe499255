"""`stylize_manifest`: pictures without number, painted by the actors of a Ray cluster."""

from __future__ import annotations

import math
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from semcs.cluster.manifests import Manifest, of_file, of_folder
from semcs.cluster.order import Order, order_of
from semcs.cluster.pieces import PaintPieces, add_reasons
from semcs.cluster.plans import BUCKET, Plan, plan_here, plan_on_ray
from semcs.cluster.starting import HELD, INSTANT_ON_GPU, Pool, choose_pool, connected, quiet_data
from semcs.cluster.status import STATUS, WORK
from semcs.cluster.storage import is_uri, join, local_path, remove_folder
from semcs.errors import SemcsError, check_switch, check_whole
from semcs.folder.asked import check_portable
from semcs.runs.locking import Lock

MOST_IN_PIECE = 256  # pictures; see docs/scale.md

Progress = Callable[[int, int, int], object]

_POOL = ("concurrency", "num_cpus", "num_gpus")

# Keywords that aren't those of `semcs.Stylizer.__call__`.
_PRODUCTS = ("device", "models", "only", "also", "format", "metadata", "scores")


@dataclass(frozen=True)
class ClusterResult:
    """What came of a run.

    Attributes:
        done: Pictures that were painted.
        skipped: Pictures that had been painted before.
        failed: Pictures that couldn't be painted.
        failed_before: Pictures that failed in an earlier run, and weren't tried again.
        repeated: Rows of the manifest for an output that another row has as well.
        reasons: Why pictures failed, the commonest first, with how many did.
        seconds: That the run took.
        output: Where the pictures are.
    """

    done: int
    skipped: int
    failed: int
    failed_before: int
    repeated: int
    reasons: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    output: str = ""


def stylize_manifest(
    manifest: str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    source: str | os.PathLike[str] | None = None,
    address: str | None = None,
    retry: bool = False,
    concurrency: int | tuple[int, int] | None = None,
    num_cpus: float | None = None,
    num_gpus: float | None = None,
    piece: int | None = None,
    bucket: int = BUCKET,
    progress: Progress | None = None,
    **keywords: Any,
) -> ClusterResult:
    """Style the pictures that a manifest names, on a cluster; goes on where the last run ended.

        stylize_manifest("photos.parquet", "s3://bucket/styled", fg="gold", bg="snow")

    A picture that was painted with the same options is skipped. Status rows are in
    `OUTPUT/.semcs-status/`, Parquet with the fields of `semcs.folder.task.Row`. One run at a time
    may write to an output.

    Args:
        manifest: Parquet (path or URI, of a file or a folder of them), CSV or JSON lines. The
            column `path` holds paths or URIs, others of `semcs.folder.columns.COLUMNS` say what
            holds for a picture; `source_size` and `source_mtime` (bytes, nanoseconds), where they
            are there, tell when one has changed.
        output: Folder that all nodes reach by the same path, or URI.
        source: Folder or URI that relative paths are in, and that is left out of outputs' names.
        address: Of a Ray cluster, such as "auto"; None starts Ray on this machine. Where Ray runs
            in this process already, that is used.
        retry: Try those again that failed before with the same options.
        concurrency: Actors, or (least, most); by default one for each core, or as many for each GPU
            as share it.
        num_cpus: Of Ray's CPUs, what an actor holds; 0.5 by default (see `choose_pool`).
        num_gpus: Of Ray's GPUs, what an actor holds: half of what it uses. Where `device` is one,
            0.5 by default, and 0.125 for "instant", of which four actors share a GPU.
        piece: Pictures that an actor takes at a time; by default up to 256, and fewer where the
            actors otherwise wouldn't end together.
        bucket: Rows of the manifest that a process compares with the status rows at a time.
        progress: Called after each piece with how many pictures were done, failed, and are there
            to be painted altogether.
        **keywords: As of `semcs.cluster.Paint`: `device`, `models`, `only`, `also`, `format`,
            `metadata`, `scores`, and those of `semcs.Stylizer.__call__`.

    Raises:
        InputError: Something handed in can't be used, or nothing can be written to the output.
        ModelUnavailableError: The paper models were asked for and can't be had.
    """
    rows = of_file(os.fspath(manifest))
    pool = {"concurrency": concurrency, "num_cpus": num_cpus, "num_gpus": num_gpus}
    order = _order(keywords, output, source, rows.base)
    return _Run(order, rows, address, pool, progress).do(piece, bucket, retry=retry)


def run_folder_on_ray(
    source: str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    manifest: str | os.PathLike[str] | None = None,
    patterns: Sequence[str] = (),
    recursive: bool = True,
    address: str | None = None,
    retry: bool = False,
    progress: Progress | None = None,
    **keywords: Any,
) -> ClusterResult:
    """Style a folder's pictures on a cluster, as `semcs.stylize_folder` does on one machine.

    Args:
        source: The folder, which all nodes reach by the same path.
        output: As of `stylize_manifest`.
        manifest: What is to be made of which pictures; None takes all that match.
        patterns: As of `semcs.folder.listing.find_pictures`.
        recursive: Likewise.
        address: As of `stylize_manifest`.
        retry: Likewise.
        progress: Likewise.
        **keywords: `concurrency`, `num_cpus` and `num_gpus` as of `stylize_manifest`; others as of
            `semcs.cluster.Paint`.

    Raises:
        InputError: Something handed in can't be used, or nothing can be written to the output.
        ModelUnavailableError: The paper models were asked for and can't be had.
    """
    folder, target = os.fspath(source), os.fspath(output)
    if manifest is None:
        form = keywords.get("format")
        rows = of_folder(folder, target, form, patterns=patterns, recursive=recursive)
    else:
        rows = of_file(os.fspath(manifest))
    pool = {name: keywords.pop(name) for name in _POOL if name in keywords}
    order = _order(keywords, output, source, rows.base)
    return _Run(order, rows, address, pool, progress).do(None, BUCKET, retry=retry)


def _order(keywords: dict[str, Any], output: Any, source: Any, base: str) -> Order:
    """What is asked for, with all paths such that other processes understand them."""
    folder, inside = (_whole(None if one is None else os.fspath(one)) for one in (output, source))
    assert folder is not None
    check_portable(1)
    named = {name: keywords.pop(name) for name in _PRODUCTS if name in keywords}
    base = base if is_uri(base) else os.path.abspath(base)
    return order_of(keywords, output=folder, source=inside, base=base, **named)


def _whole(place: str | None) -> str | None:
    return place if place is None or is_uri(place) else os.path.abspath(local_path(place))


@dataclass
class _Run:
    """One run: what there is to do is planned, and then painted."""

    order: Order
    manifest: Manifest
    address: str | None
    pool: dict[str, Any]
    progress: Progress | None

    def do(self, piece: int | None, bucket: int, *, retry: bool) -> ClusterResult:
        check_switch("retry", retry)
        bucket = check_whole("bucket", bucket, least=1)
        if piece is not None:
            piece = check_whole("piece", piece, least=1)
        if self.pool.get("num_gpus") is None and self.order.asked.device != "cpu":
            sharing = 1 if self.order.asked.optimised else INSTANT_ON_GPU
            self.pool = {**self.pool, "num_gpus": HELD / sharing}
        began, run = time.monotonic(), time.time_ns()
        assert self.order.output is not None
        work = join(self.order.output, WORK)
        with _held(self.order.output), connected(self.address) as ray, quiet_data(), _told():
            pool = choose_pool(ray.cluster_resources(), **self.pool)
            remove_folder(work)  # of a run that was killed
            size = piece or piece_for(self.manifest.count, pool.least)
            plan = self._plan(bucket, size, retry)
            done, failed, reasons = self._paint(plan, pool, run)
            remove_folder(work)
        counts = done, plan.skipped, failed, plan.failed_before, plan.repeated
        seconds = time.monotonic() - began
        return ClusterResult(*counts, dict(reasons.most_common()), seconds, self.order.output)

    def _plan(self, bucket: int, size: int, retry: bool) -> Plan:
        if self.manifest.count <= bucket:
            return plan_here(self.order, self.manifest.all_rows(), size, retry=retry)
        buckets = -(-self.manifest.count // bucket)
        return plan_on_ray(self.order, self.manifest.for_ray(), buckets, size, retry=retry)

    def _paint(self, plan: Plan, pool: Pool, run: int) -> tuple[int, int, Counter[str]]:
        """How many were done, how many failed, and why."""
        done = failed = 0
        reasons: Counter[str] = Counter()
        for row in _painted(plan.pieces, pool, self.order, run):
            done, failed = done + row["done"], failed + row["failed"]
            add_reasons(reasons, row["why"])
            if self.progress is not None:
                self.progress(done, failed, plan.todo)
        return done, failed, reasons


def piece_for(count: int, actors: int) -> int:
    """Pictures in a piece: few where the actors would otherwise not end together.

    With n pictures for each actor, pieces of B lose about B / n at the end of the run, and what a
    piece costs beside its pictures, over B: least where B grows as the root of n. Which root is
    fitted to `benchmarks.scale.simulate`.

    Args:
        count: Pictures in all.
        actors: That share them.
    """
    return max(1, min(MOST_IN_PIECE, math.isqrt(count // (4 * actors))))


def _painted(pieces: Sequence[str], pool: Pool, order: Order, run: int) -> Iterator[dict[str, Any]]:
    """What `PaintPieces` says of each piece, as they are done."""
    if not pieces:
        return
    import ray.data

    actors = ray.data.ActorPoolStrategy(
        min_size=min(pool.least, len(pieces)),
        max_size=min(pool.most, len(pieces)),
        max_tasks_in_flight_per_actor=2,
    )
    # A block, and so a task, each. Unlike `from_arrow`, this starts no process that looks at them.
    listed = ray.data.from_items(
        [{"piece": name} for name in pieces], override_num_blocks=len(pieces)
    )
    painted = listed.map_batches(
        PaintPieces,
        fn_constructor_args=(order, run),
        compute=actors,
        batch_size=1,  # a block is no more; Ray wants a number where an actor holds of a GPU
        num_cpus=pool.num_cpus,
        num_gpus=pool.num_gpus,
    )
    yield from painted.iter_rows()


@contextmanager
def _held(output: str) -> Iterator[None]:
    """A block in which no other run on this machine, or its shared folders, writes there."""
    if is_uri(output):
        yield  # stores have no locks
        return
    lock = Lock(Path(output, STATUS, "lock"))
    lock.hold_for(output)
    try:
        yield
    finally:
        lock.let_go()


@contextmanager
def _told() -> Iterator[None]:
    """A block whose own errors are raised as they were on their node, and not in those of Ray."""
    try:
        yield
    except Exception as error:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, SemcsError):
                raise cause from None
            cause = getattr(cause, "cause", None) or cause.__cause__
        raise
