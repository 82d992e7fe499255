"""Stragglers and failures: how much of the cores' time is lost, for pieces of several sizes.

Actors take the next piece when they are free. A picture takes a gamma-distributed time, so a piece
of B pictures is gamma-distributed as well. Some actors are slow (their node is shared, or old).
An actor fails as a Poisson process does; the piece that it was at is begun anew by its successor,
which takes a while to start. Each piece costs a fixed time beside its pictures.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from semcs.cluster.run import piece_for

SIZES = (1, 4, 16, 64, 256, 1024, 4096)  # of pieces; that which a run chooses is added


@dataclass(frozen=True)
class Cluster:
    """What is assumed.

    Attributes:
        actors: How many paint.
        pictures: For each of them.
        seconds: Mean time of a picture, and
        spread: its standard deviation over its mean.
        piece_seconds: Beside the pictures: a task of Ray, a list read, status rows written.
        slow: Share of the actors that are slow, and
        slowness: what their times are multiplied by.
        failures: Of an actor in an hour.
        restart_seconds: Until the successor paints: Ray notices, a process starts, networks load.
    """

    actors: int = 256
    pictures: int = 4000
    seconds: float = 0.25
    spread: float = 0.6
    piece_seconds: float = 0.05
    slow: float = 0.05
    slowness: float = 2.0
    failures: float = 0.05
    restart_seconds: float = 60.0


@dataclass(frozen=True)
class Outcome:
    """What a run took.

    Attributes:
        size: Pictures in a piece.
        hours: Until the last piece is done.
        efficiency: The pictures' own time, by the speed that the actors have, over all that they
            had until the end.
        repeated: Share of the pictures' time that failures made them spend again.
        waiting: Share of the actors' time in which there was nothing left for them.
        files: Status files.
    """

    size: int
    hours: float
    efficiency: float
    repeated: float
    waiting: float
    files: int


def compare(actors: int, seed: int, sizes: Sequence[int] = SIZES) -> dict[str, Any]:
    """Several sizes of pieces under the same assumptions, for short runs and long ones."""
    clusters = {
        "two actors, 100 pictures each": Cluster(2, pictures=100, slow=0.0, failures=0.0),
        "4,000 pictures an actor": Cluster(actors),
        "25,000 pictures an actor": Cluster(actors, pictures=25_000),
        "4,000, ten times the failures": Cluster(actors, failures=0.5),
        "4,000, optimised (20 s a picture)": Cluster(actors, seconds=20.0),
    }
    return {
        name: {
            "assumed": asdict(cluster),
            "chosen": chosen_size(cluster),
            "sizes": [
                asdict(simulate(cluster, size, seed))
                for size in sorted({*sizes, chosen_size(cluster)})
                if _fits(cluster, size)
            ],
        }
        for name, cluster in clusters.items()
    }


def chosen_size(cluster: Cluster) -> int:
    """What a run chooses where it isn't told."""
    return piece_for(cluster.actors * cluster.pictures, cluster.actors)


def simulate(cluster: Cluster, size: int, seed: int) -> Outcome:
    """One run.

    Args:
        cluster: What is assumed.
        size: Pictures in a piece.
        seed: Of the random numbers.
    """
    rng = np.random.default_rng(seed)
    pieces = -(-cluster.actors * cluster.pictures // size)
    shape = 1 / cluster.spread**2  # of one picture's gamma distribution
    work = rng.gamma(shape * size, cluster.seconds / shape, pieces).tolist()
    speed = np.where(rng.random(cluster.actors) < cluster.slow, cluster.slowness, 1.0).tolist()
    free = [(0.0, actor) for actor in range(cluster.actors)]
    per_second = cluster.failures / 3600
    repeated = 0.0
    for seconds in work:
        now, actor = free[0]
        needed = seconds * speed[actor] + cluster.piece_seconds
        # Without failures the next one is never.
        while per_second and (until := rng.exponential(1 / per_second)) < needed:
            now += until + cluster.restart_seconds
            repeated += until
        heapq.heapreplace(free, (now + needed, actor))
    ends = np.array([end for end, _ in free])
    had = float(ends.max()) * sum(1 / one for one in speed)
    return Outcome(
        size,
        float(ends.max()) / 3600,
        sum(work) / had,
        repeated / sum(work),
        1 - float(ends.mean() / ends.max()),
        pieces,
    )


def _fits(cluster: Cluster, size: int) -> bool:
    return size <= cluster.pictures and cluster.actors * cluster.pictures // size <= 2_000_000
