"""Does a process that works for hours stay as it was? Memory, file handles, threads and latency.

    python -m benchmarks.soak [--calls 1000] [--warm-up 200] [--threads 2] [--most-side 512]
                              [--plot FILE] [--json]

Random pictures of ever other sizes through everything: masks, instant pictures by looks and by the
learned painter, styles given as pictures, optimised steps, looks alone, and metrics; several calls
at a time where --threads is over 1, all on one `Stylizer`. After each call: the resident memory of
the process without that of files, whose pages the system fetches and drops as it likes; its open
file handles and threads. The growth of each is the median of the last fifth over that of the first
fifth after the warm-up, minus 1. Needs Linux (it reads /proc); the plot needs matplotlib
(`pip install 'semcs[bench]'`).
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

import semcs
from benchmarks.commands import add_json, command_parser, one_line_errors

Pixels = NDArray[np.uint8]
Use = Callable[[semcs.Stylizer, Pixels], object]
LEAST_SIDE = 24
TEXTS = ("gold", "snow", "mosaic", "the smell of rain", "a dusty library", "deep red", "watercolor")
FLAT = 0.03  # growth of memory up to which it counts as flat


@dataclass(frozen=True)
class Sample:
    """The process after a call.

    Attributes:
        use: What was called.
        seconds: That it took.
        megabytes: Resident memory, without that of files.
        handles: Open file handles.
        threads: Of the process, torch's and OpenMP's too.
    """

    use: str
    seconds: float
    megabytes: float
    handles: int
    threads: int


def _text(pixels: Pixels) -> str:
    return TEXTS[pixels.size % len(TEXTS)]


USES: Mapping[str, Use] = {
    "mask": lambda stylizer, pixels: semcs.saliency_mask(pixels, models=stylizer.family),
    "instant": lambda stylizer, pixels: stylizer(
        pixels, fg=_text(pixels), bg="an odd dream", preset="instant", progress=False
    ),
    "picture as style": lambda stylizer, pixels: stylizer(
        pixels, pixels[::-1], preset="instant", progress=False
    ),
    "steps": lambda stylizer, pixels: stylizer(
        pixels, fg=_text(pixels), bg="snow", steps=1, size=96, progress=False
    ),
    "look": lambda _, pixels: semcs.looks.render(pixels, "mosaic"),
    "metrics": lambda _, pixels: semcs.metrics.ssim(pixels, pixels[::-1].copy()),
}


def picture(rng: np.random.Generator, most_side: int) -> Pixels:
    """Noise of any size, sides evenly in the logarithm."""
    height, width = np.exp(rng.uniform(np.log(LEAST_SIDE), np.log(most_side), 2)).astype(int)
    return rng.integers(0, 256, (height, width, 3), dtype=np.uint8)


def call(stylizer: semcs.Stylizer, most_side: int, index: int) -> Sample:
    """One call, whose use and picture depend on its number alone."""
    name = list(USES)[index % len(USES)]
    pixels = picture(np.random.default_rng(index), most_side)
    began = time.monotonic()
    USES[name](stylizer, pixels)
    return Sample(name, time.monotonic() - began, *process_now())


def process_now() -> tuple[float, int, int]:
    """Resident memory without files' in megabytes, open file handles, threads of this process."""
    process = Path("/proc/self")
    resident, shared = map(int, (process / "statm").read_text().split()[1:3])
    megabytes = (resident - shared) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return megabytes, len(os.listdir(process / "fd")), len(os.listdir(process / "task"))


def soak(calls: int, *, threads: int, most_side: int) -> list[Sample]:
    """All samples, in the order of the calls."""
    one = partial(call, semcs.Stylizer("bundled"), most_side)
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, range(calls)))


def growth(values: Sequence[float]) -> float:
    """The median of the last fifth over that of the first fifth, minus 1."""
    part = max(1, len(values) // 5)
    return median(values[-part:]) / median(values[:part]) - 1


def summary(samples: Sequence[Sample], warm_up: int) -> dict[str, object]:
    """Growth after the warm-up, of seconds over all calls and for each use."""
    kept = samples[warm_up:]
    seconds = {
        name: growth([one.seconds for one in kept if one.use == name])
        for name in sorted({one.use for one in kept})
    }
    grown = {
        "memory": growth([one.megabytes for one in kept]),
        "handles": growth([one.handles for one in kept]),
        "threads": growth([one.threads for one in kept]),
        "seconds": growth([one.seconds for one in kept]),
    }
    return {
        "calls": len(samples),
        "warm_up": warm_up,
        "megabytes": [median(one.megabytes for one in part) for part in (kept[:1], kept[-1:])],
        "most_megabytes": max(one.megabytes for one in samples),
        "growth": grown,
        "growth_of_seconds": seconds,
        "flat": grown["memory"] <= FLAT and grown["handles"] <= 0 and grown["threads"] <= 0,
    }


def plot(samples: Sequence[Sample], warm_up: int, path: Path) -> None:
    """Draw memory, handles, threads and seconds over the calls."""
    from matplotlib.figure import Figure

    drawn = {"MB": "megabytes", "file handles": "handles", "threads": "threads", "s": "seconds"}
    figure = Figure(figsize=(8, 9), layout="constrained")
    for axes, (label, name) in zip(figure.subplots(len(drawn), sharex=True), drawn.items()):
        axes.plot([getattr(one, name) for one in samples], ".", markersize=3)
        axes.axvline(warm_up, color="grey", linewidth=0.8)
        axes.set_ylabel(label)
    axes.set_xlabel("call")
    figure.savefig(path)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line."""
    args = _parse(arguments)
    with one_line_errors(OSError):
        samples = soak(args.calls, threads=args.threads, most_side=args.most_side)
        found = summary(samples, args.warm_up)
        if args.plot:
            plot(samples, args.warm_up, args.plot)
    if args.json:
        print(json.dumps({**found, "samples": [asdict(one) for one in samples]}))
        return
    grown = found["growth"]
    assert isinstance(grown, dict)
    for name, value in grown.items():
        print(f"{name:8} {value:+.1%}")
    print(f"{args.calls} calls, the first {args.warm_up} left out: ", end="")
    print("flat" if found["flat"] else "NOT flat")


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = command_parser("soak", __doc__)
    parser.add_argument("--calls", type=int, default=1000, help="default %(default)s")
    parser.add_argument("--warm-up", type=int, default=200, help="left out (default %(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="default %(default)s")
    parser.add_argument("--most-side", type=int, default=512, help="pixels (default %(default)s)")
    parser.add_argument("--plot", type=Path, help="write a plot to this file")
    add_json(parser)
    args = parser.parse_args(arguments)
    if not 0 <= args.warm_up < args.calls:
        parser.error("--warm-up must be under --calls")
    if args.threads < 1 or args.most_side < LEAST_SIDE:
        parser.error(f"--threads starts at 1, --most-side at {LEAST_SIDE}")
    return args


if __name__ == "__main__":
    main()
