"""Two local nodes of Ray, of a core each, against the process pool of `semcs folder`.

The same photos are painted by each, in turns: by two worker processes, by Ray on two nodes, and by
Ray while one of the nodes is killed when 40 % are done. Ray runs before the clock starts, as a
cluster does; the start of its actors counts, as does that of the pool's processes. What is painted
has to be the same, byte for byte.

On a machine that does other things as well, seconds say little; so the processor's time of all
processes of each way is counted too, while the middle three fifths are painted.
"""

from __future__ import annotations

import itertools
import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.folder.pictures import make_photos
from semcs.cluster import run_folder_on_ray
from semcs.cluster.starting import ray_module
from semcs.folder.api import stylize_folder
from semcs.folder.task import Row

STYLES: dict[str, Any] = {"fg": "gold", "bg": "snow", "preset": "instant"}
KILLED_AT = 0.4  # of the pictures


@dataclass(frozen=True)
class Turn:
    """One way through all photos.

    Attributes:
        way: "pool", "ray" or "killed".
        seconds: From the call to its end.
        processor: Seconds of the processor for a picture, of all processes.
        per_second: Pictures, over all seconds.
        lost: Pictures that aren't there, or differ from those of the first turn.
    """

    way: str
    seconds: float
    processor: float
    per_second: float
    lost: int


def measure(
    count: int, side: int, turns: int, ways: Sequence[str], object_store: int
) -> dict[str, Any]:
    """Paint the photos in all ways, several times, and compare.

    Args:
        count: Photos.
        side: Of each, in pixels.
        turns: How often each way is gone.
        ways: Of "pool", "ray" and "killed".
        object_store: Bytes of each node's.
    """
    done: list[Turn] = []
    with tempfile.TemporaryDirectory() as folder:
        photos = Path(folder, "photos")
        make_photos(photos, count, side)
        first: dict[str, bytes] = {}
        for turn in range(turns):
            for way in ways:
                output = Path(folder, f"{way}{turn}")
                seconds, cpu = _WAYS[way](photos, output, count, object_store)
                made = {one.name: one.read_bytes() for one in output.glob("*.jpg")}
                first = first or made
                lost = sum(made.get(name) != data for name, data in first.items())
                done.append(Turn(way, seconds, cpu, count / seconds, count - len(first) + lost))
    return {"turns": [asdict(one) for one in done], **_compared(done), "cores": os.cpu_count()}


def _compared(done: Sequence[Turn]) -> dict[str, float]:
    """Each way against the pool: pictures a second, and a second of the processor."""
    ways = dict.fromkeys(one.way for one in done)
    rate = {way: median(one.per_second for one in done if one.way == way) for way in ways}
    cpu = {way: median(one.processor for one in done if one.way == way) for way in ways}
    found: dict[str, float] = {"lost": sum(one.lost for one in done)}
    for way in rate.keys() - {"pool"}:
        found[f"{way}_to_pool"] = rate[way] / rate["pool"]
        found[f"{way}_to_pool_by_processor"] = cpu["pool"] / cpu[way]
    return found


def _by_pool(photos: Path, output: Path, count: int, object_store: int) -> tuple[float, float]:
    clock = _Clock(count)
    made = itertools.count(1)

    def hear(row: Row) -> None:
        clock(next(made), 0, count)

    stylize_folder(photos, output, workers=2, progress=False, callback=hear, **STYLES)
    return clock.seconds(), clock.processor()


def _by_ray(photos: Path, output: Path, count: int, object_store: int) -> tuple[float, float]:
    with _two_nodes(object_store):
        clock = _Clock(count)
        run_folder_on_ray(photos, output, progress=clock, **STYLES)
        return clock.seconds(), clock.processor()


def _by_half(photos: Path, output: Path, count: int, object_store: int) -> tuple[float, float]:
    with _two_nodes(object_store) as kill:
        clock = _Clock(count, kill)
        run_folder_on_ray(photos, output, progress=clock, **STYLES)
        return clock.seconds(), clock.processor()


_WAYS: dict[str, Callable[[Path, Path, int, int], tuple[float, float]]] = {
    "pool": _by_pool,
    "ray": _by_ray,
    "killed": _by_half,
}


@contextmanager
def _two_nodes(object_store: int) -> Iterator[Callable[[], None]]:
    """A cluster that this process is connected to; gives what kills its second node."""
    ray = ray_module()
    from ray.cluster_utils import Cluster

    each = {"num_cpus": 1, "object_store_memory": object_store}
    cluster = Cluster(initialize_head=True, head_node_args={**each, "include_dashboard": False})
    second = cluster.add_node(**each)
    ray.init(cluster.address, log_to_driver=False, logging_level=logging.ERROR)
    try:
        yield lambda: cluster.remove_node(second, allow_graceful=False)
    finally:
        ray.shutdown()
        cluster.shutdown()


class _Clock:
    """Hears of progress, and has a node killed in the middle."""

    def __init__(self, count: int, kill: Callable[[], None] | None = None) -> None:
        self._count, self._kill = count, kill
        self._start = time.monotonic()
        self._first = self._last = (0, 0.0)

    def __call__(self, done: int, failed: int, todo: int) -> None:
        if not self._first[0] and done >= 0.2 * self._count:
            self._first = done, processor_seconds()
        if not self._last[0] and done >= 0.8 * self._count:  # actors end before the last is told
            self._last = done, processor_seconds()
        if self._kill is not None and done >= KILLED_AT * self._count:
            threading.Thread(target=self._kill).start()
            self._kill = None

    def seconds(self) -> float:
        """Since the start."""
        return time.monotonic() - self._start

    def processor(self) -> float:
        """Seconds of the processor for a picture."""
        pictures = self._last[0] - self._first[0]
        return (self._last[1] - self._first[1]) / pictures


def processor_seconds() -> float:
    """That this process and all that descend from it have used, by Linux's `/proc`."""
    used: dict[int, tuple[int, float]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "stat").read_text().rpartition(")")[2].split()
            used[int(folder.name)] = int(words[1]), float(words[11]) + float(words[12])
    ours = {os.getpid()}
    while more := {pid for pid, (parent, _) in used.items() if parent in ours} - ours:
        ours |= more
    return sum(used[pid][1] for pid in ours) / os.sysconf("SC_CLK_TCK")
