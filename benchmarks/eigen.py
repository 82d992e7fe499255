"""Speed and error of the eigenvector step against densify-and-shift-invert.

    python -m benchmarks.eigen [--json] [--tokens 3600] [--repeats 3]
    python -m benchmarks.eigen --sizes [900 3600 30000] [--plot FILE.png] [--json] [--repeats 3]

Both sides get the same W, of random features smoothed over a photo's grid plus its colours, and
give the same 5 pairs. "ours" takes W as it is; "shift-invert" is handed the dense L and D ready
made, so that only its solve is timed. Errors are against scipy.linalg.eigh in float64.

--sizes measures only ours: seconds of building W and of the two pairs that a mask needs, and the
process' peak memory, each size in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh
from scipy.ndimage import gaussian_filter
from scipy.sparse.linalg import eigsh
from sklearn.datasets import load_sample_image

from benchmarks.commands import add_json, command_parser
from benchmarks.speed.alone import peak_mb
from benchmarks.speed.clock import in_turns
from semcs.saliency.affinity import Affinity, mixed_affinity
from semcs.saliency.guided import resize
from semcs.saliency.spectral import smallest_eigenvectors

PAIRS = 5
CHANNELS = 384
ERROR_SIDES = (20, 30, 40)
MASK_PAIRS = 2
SIZES = (900, 1800, 3600, 7200, 15000, 30000)


def photo_features(h: int, w: int) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """A photo on an h×w grid, and (h·w, C) of its colours, projected at random, plus smooth noise.

    Returns:
        Features and the (h, w, 3) image.
    """
    rng = np.random.default_rng(0)
    image = resize(load_sample_image("china.jpg") / 255, h, w)
    colors = (image - image.mean(axis=(0, 1))) / image.std()
    noise = rng.standard_normal((h, w, CHANNELS))
    smooth = gaussian_filter(noise, (h / 12, w / 12, 0))
    features = colors @ rng.standard_normal((3, CHANNELS)) + smooth / smooth.std()
    return features.reshape(h * w, CHANNELS).astype(np.float32), image


def photo_affinity(side: int) -> Affinity:
    """W of a photo on a side×side grid."""
    return mixed_affinity(*photo_features(side, side))


def dense_problem(affinity: Affinity) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """L and D as dense float64 matrices."""
    full = affinity.toarray()
    degree = np.diag(full.sum(axis=1))
    return degree - full, degree


def max_error(affinity: Affinity) -> float:
    """Largest entry of |ours − dense| over the vectors, each scaled to largest magnitude 1."""
    _, ours = smallest_eigenvectors(affinity, PAIRS)
    _, dense = eigh(*dense_problem(affinity), subset_by_index=[0, PAIRS - 1])
    dense = dense * np.sign((ours * dense).sum(axis=0))
    difference = np.abs(ours - dense).max(axis=0) / np.abs(dense).max(axis=0)
    return float(difference.max())


def compare(affinity: Affinity, repeats: int) -> dict[str, Any]:
    """Run both alternately, A B A B …, and give seconds, medians and their ratio."""
    laplacian, degree = dense_problem(affinity)
    solvers: dict[str, Callable[[], object]] = {
        "ours": lambda: smallest_eigenvectors(affinity, PAIRS),
        "shift-invert": lambda: eigsh(laplacian, k=PAIRS, sigma=0, which="LM", M=degree),
    }
    seconds = in_turns(solvers, repeats)
    medians = {name: median(times) for name, times in seconds.items()}
    ratio = medians["shift-invert"] / medians["ours"]
    return {"tokens": affinity.n, "seconds": seconds, "median": medians, "ratio": ratio}


def measure_size(tokens: int, repeats: int) -> dict[str, Any]:
    """Median seconds of W and of its pairs on a 3:4 grid, and this process' peak memory in MB."""
    h = round((tokens * 3 / 4) ** 0.5)
    features, image = photo_features(h, round(tokens / h))
    build, solve = [], []
    for _ in range(repeats):
        start = time.perf_counter()
        affinity = mixed_affinity(features, image)
        built = time.perf_counter()
        smallest_eigenvectors(affinity, MASK_PAIRS)
        build.append(built - start)
        solve.append(time.perf_counter() - built)
        del affinity  # or the next one would be made beside it
    return {
        "tokens": len(features),
        "build": median(build),
        "solve": median(solve),
        "peak_mb": peak_mb(),
    }


def measure_sizes(sizes: list[int], repeats: int) -> list[dict[str, Any]]:
    """`measure_size` of each, every one in a fresh process: peak memory never falls in one."""
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        return [pool.apply(measure_size, (tokens, repeats)) for tokens in sizes]


def plot_sizes(rows: list[dict[str, Any]], path: Path) -> None:
    """Seconds and memory against the number of tokens, as a PNG."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    tokens = np.array([row["tokens"] for row in rows])
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
    for name in ("build", "solve"):
        left.loglog(tokens, [row[name] for row in rows], "o-", label=name)
    right.loglog(tokens, [row["peak_mb"] for row in rows], "o-", label="peak of the process")
    right.loglog(tokens, 4 * tokens**2 / 2**20, "--", color="grey", label="W in float32 alone")
    for axes, unit in ((left, "seconds"), (right, "MB")):
        axes.set(xlabel="tokens", ylabel=unit)
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(path, dpi=120)
    pyplot.close(figure)


def report_sizes(rows: list[dict[str, Any]]) -> str:
    """One line a size."""
    lines = [f"{'tokens':>7} {'build s':>9} {'solve s':>9} {'peak MB':>9}"]
    for row in rows:
        seconds = f"{row['build']:9.2f} {row['solve']:9.2f}"
        lines.append(f"{row['tokens']:7} {seconds} {row['peak_mb']:9.0f}")
    return "\n".join(lines)


def report(result: dict[str, Any], repeats: int) -> str:
    """The comparison in words."""
    lines = [f"{result['tokens']} tokens, {PAIRS} pairs, medians of {repeats}"]
    lines += [f"  {name:13} {value:.3f} s" for name, value in result["median"].items()]
    lines.append(f"  {result['ratio']:.1f} times as fast")
    errors = result["max_error"].items()
    lines += [f"  max error at {tokens} tokens: {error:.1e}" for tokens, error in errors]
    return "\n".join(lines)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("eigen", __doc__)
    parser.add_argument("--tokens", type=int, default=3600, help="rounded to a square grid")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each side")
    add_json(parser)
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="*",
        metavar="TOKENS",
        help=f"seconds and memory against size; alone: {' '.join(map(str, SIZES))}",
    )
    parser.add_argument("--plot", type=Path, metavar="FILE", help="with --sizes: a PNG of them")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Measure from the command line."""
    asked = parse(arguments)
    if asked.sizes is not None:
        rows = measure_sizes(asked.sizes or list(SIZES), asked.repeats)
        sizes = {"pairs": MASK_PAIRS, "sizes": rows}
        print(json.dumps(sizes, indent=2) if asked.json else report_sizes(rows))
        if asked.plot:
            plot_sizes(rows, asked.plot)
        return
    side = round(asked.tokens**0.5)
    result = compare(photo_affinity(side), asked.repeats)
    result["max_error"] = {str(s * s): max_error(photo_affinity(s)) for s in (*ERROR_SIDES, side)}
    print(json.dumps(result, indent=2) if asked.json else report(result, asked.repeats))


if __name__ == "__main__":
    main()
