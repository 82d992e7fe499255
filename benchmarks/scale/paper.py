"""The arithmetic of very many pictures; each figure that goes in is named, and can be changed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from semcs.cluster.run import piece_for


@dataclass(frozen=True)
class Prices:
    """In dollars; what they are today has to be looked up.

    Attributes:
        core_hour: Of one core for an hour.
        puts: Of 1,000 objects written, or lists of them.
        gets: Of 1,000 requests to read an object, or its size.
        gb_month: Of a gigabyte stored for a month.
    """

    core_hour: float = 0.04
    puts: float = 0.005
    gets: float = 0.0004
    gb_month: float = 0.023


@dataclass(frozen=True)
class Sizes:
    """Measured, but for the pictures' own ones, which are assumed.

    Attributes:
        picture: Kilobytes of a photo.
        output: Kilobytes of a styled picture.
        status: Bytes of a status row.
        listed: Bytes of a row in the lists of what is to be painted.
        join: Microseconds of a core that the anti-join takes for a row.
        bucket: Rows of the manifest in a bucket.
    """

    picture: float = 100.0
    output: float = 160.0
    status: float = 198.0
    listed: float = 20.0
    join: float = 100.0
    bucket: int = 100_000


def reckon(
    pictures: float,
    seconds: float,
    prices: Prices | None = None,
    *,
    efficiency: float = 0.99,
    cores: int = 4000,
    failing: float = 1e-3,
    failures: float = 0.05,
    sizes: Sizes | None = None,
) -> dict[str, Any]:
    """All figures for a number of pictures.

    Args:
        pictures: How many.
        seconds: That a core takes for one.
        prices: Of cores and storage.
        efficiency: Share of the cores' time that pictures get (`benchmarks.scale.simulate`).
        cores: How many paint.
        failing: Share of the pictures that can't be painted.
        failures: Of an actor in an hour.
        sizes: Of what is read and written.
    """
    price, size = prices or Prices(), sizes or Sizes()
    hours = pictures * seconds / 3600 / efficiency
    piece = piece_for(int(pictures), cores)
    pieces = pictures / piece
    wall = hours / cores
    puts = pictures + 2 * pieces  # the pictures, the lists and the status rows
    gets = 2 * (pictures + pieces)  # pyarrow asks for the size of each before it reads it
    stored = pictures * size.output / 1e6
    return {
        "pictures": pictures,
        "pictures_a_core_hour": 3600 / seconds * efficiency,
        "core_hours": hours,
        "hours_on_these_cores": wall,
        "cores": cores,
        "dollars_of_cores": hours * price.core_hour,
        "dollars_of_puts": puts / 1000 * price.puts,
        "dollars_of_gets": gets / 1000 * price.gets,
        "dollars_a_month_of_storage": stored * price.gb_month,
        "read_tb": pictures * size.picture / 1e9,
        "written_tb": stored / 1e3,
        "megabytes_a_second": pictures * (size.picture + size.output) / 1e3 / (wall * 3600),
        "requests_a_second": (puts + gets) / (wall * 3600),
        "status_gb": pictures * size.status / 1e9,
        "lists_gb": pictures * size.listed / 1e9,
        "pictures_in_a_piece": piece,
        "pieces": pieces,
        "buckets": pictures / size.bucket,
        "join_core_hours": pictures * size.join / 1e6 / 3600,
        "pictures_that_fail": pictures * failing,
        "actors_that_fail": hours * failures,
        "pictures_painted_again": hours * failures * piece / 2,
        "assumed": {
            "seconds": seconds,
            "efficiency": efficiency,
            "prices": asdict(price),
            "sizes": asdict(size),
        },
    }
