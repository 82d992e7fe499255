"""Ray, imported where a run begins, without its usage statistics; and the pool of its actors."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from semcs.errors import InputError, check_number, check_whole, refuse

OBJECT_STORE = 256 * 2**20  # bytes; through it go the names of pieces, and a manifest's buckets

HELD = 0.5  # of a core, or of a GPU, by an actor that uses all of it
INSTANT_ON_GPU = 4  # actors that share one; each takes a gigabyte of its memory

_OWN = {"object_store_memory": OBJECT_STORE, "include_dashboard": False}  # where it starts here

_STATISTICS = "RAY_USAGE_STATS_ENABLED"


@dataclass(frozen=True)
class Pool:
    """The actors of a run.

    Attributes:
        least, most: How many; as many as there is work for, between these.
        num_cpus: That each holds.
        num_gpus: Likewise.
    """

    least: int
    most: int
    num_cpus: float
    num_gpus: float


def ray_module() -> Any:
    """Ray, with its usage statistics off.

    Raises:
        InputError: It isn't installed.
    """
    os.environ[_STATISTICS] = "0"  # it reads this whenever it starts something
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise InputError("clusters need Ray: pip install 'semcs[ray]'") from error
    return ray


@contextmanager
def connected(address: str | None) -> Iterator[Any]:
    """A block in which Ray runs; one that runs already is used, and left running.

    Args:
        address: Of a cluster, such as "auto" or "head:6379"; None starts Ray here.

    Raises:
        InputError: Ray isn't installed, or nothing is at that address.
    """
    ray = ray_module()
    is_ours = not ray.is_initialized()
    quiet = {"log_to_driver": False, "logging_level": logging.ERROR}
    # Else it says of each pool of actors that its arguments are kept by this process.
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    own = {} if address or os.environ.get("RAY_ADDRESS") else _OWN
    try:
        _check_reachable(address)
        if is_ours:
            ray.init(address, **quiet, **own)
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError(f"can't reach Ray at {address!r}: {error}") from error
    try:
        yield ray
    finally:
        if is_ours:
            ray.shutdown()


def _check_reachable(address: str | None) -> None:
    """Ray itself tries for minutes."""
    host, colon, port = (address or "").rpartition(":")
    if colon and port.isdigit() and "/" not in host:
        socket.create_connection((host, int(port)), timeout=10).close()


@contextmanager
def quiet_data() -> Iterator[None]:
    """A block in which Ray Data draws no bars and logs warnings alone."""
    from ray.data import DataContext

    context = DataContext.get_current()
    bars, log = context.enable_progress_bars, logging.getLogger("ray.data")
    level = log.level
    context.enable_progress_bars = False
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        context.enable_progress_bars = bars
        log.setLevel(level)


def choose_pool(
    resources: Mapping[str, float],
    *,
    concurrency: int | tuple[int, int] | None = None,
    num_cpus: float | None = None,
    num_gpus: float | None = None,
) -> Pool:
    """The actors for a cluster: one for each core, or as many as share each GPU, by default.

    Each of them holds a half only of what it uses, so that Ray has somewhere to start it anew when
    its node is lost: the piece that it was at waits for that, and would wait for ever on a cluster
    that is held to the last core. It also leaves cores for Ray's other tasks, which otherwise would
    wait for actors that wait for them.

    Args:
        resources: Of the cluster (`ray.cluster_resources()`).
        concurrency: How many actors, or the least and the most, for clusters that grow.
        num_cpus: That each holds; None is 0.5.
        num_gpus: That each holds; None is 0.

    Raises:
        InputError: A value isn't allowed, or the cluster has no room for so many actors.
    """
    cpus = HELD if num_cpus is None else check_number("num_cpus", num_cpus, above=0)
    gpus = 0.0 if num_gpus is None else check_number("num_gpus", num_gpus)
    kind, held = ("GPU", gpus) if gpus else ("CPU", cpus)
    has = resources.get(kind, 0.0)
    used = max(held, min(1, held / HELD))
    cores = resources.get("CPU", 0.0)
    least, most = _counts(concurrency, max(1, int(min(cores, has / used))))
    if has + 1e-6 < least * held:
        needs = f"{least} actors that hold {held:g} of a {kind} each"
        raise InputError(f"no room for {needs}: the cluster has {has:g}")
    return Pool(least, most, cpus, gpus)


def _counts(concurrency: object, usual: int) -> tuple[int, int]:
    if concurrency is None:
        return usual, usual
    if isinstance(concurrency, (tuple, list)) and len(concurrency) == 2:
        least = check_whole("concurrency", concurrency[0], least=1)
        return least, check_whole("concurrency", concurrency[1], least=least)
    if isinstance(concurrency, int):
        count = check_whole("concurrency", concurrency, least=1)
        return count, count
    refuse("concurrency", concurrency, "a number of actors, or (least, most)")
