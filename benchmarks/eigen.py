"""Speed and error of the eigenvector step against densify-and-shift-invert.

python -m benchmarks.eigen [--json] [--tokens 3600] [--repeats 3]

Both sides get the same W, of random features smoothed over a photo's grid plus its colours, and
give the same 5 pairs. "ours" takes W as it is; "shift-invert" is handed the dense L and D ready
made, so that only its solve is timed. Errors are against scipy.linalg.eigh in float64.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh
from scipy.ndimage import gaussian_filter
from scipy.sparse.linalg import eigsh
from sklearn.datasets import load_sample_image

from semcs.saliency.affinity import Affinity, mixed_affinity
from semcs.saliency.guided import resize
from semcs.saliency.spectral import smallest_eigenvectors

PAIRS = 5
CHANNELS = 384
ERROR_SIDES = (20, 30, 40)


def photo_affinity(side: int) -> Affinity:
    """W of a photo on a side×side grid: its colours, projected at random, plus smooth noise."""
    rng = np.random.default_rng(0)
    image = resize(load_sample_image("china.jpg") / 255, side, side)
    colors = (image - image.mean(axis=(0, 1))) / image.std()
    noise = rng.standard_normal((side, side, CHANNELS))
    smooth = gaussian_filter(noise, (side / 12, side / 12, 0))
    features = colors @ rng.standard_normal((3, CHANNELS)) + smooth / smooth.std()
    return mixed_affinity(features.reshape(side * side, CHANNELS), image)


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
    seconds: dict[str, list[float]] = {name: [] for name in solvers}
    for _ in range(repeats):
        for name, solve in solvers.items():
            start = time.perf_counter()
            solve()
            seconds[name].append(time.perf_counter() - start)
    medians = {name: median(times) for name, times in seconds.items()}
    ratio = medians["shift-invert"] / medians["ours"]
    return {"tokens": affinity.n, "seconds": seconds, "median": medians, "ratio": ratio}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.eigen", description=__doc__)
    parser.add_argument("--tokens", type=int, default=3600, help="rounded to a square grid")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each side")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)

    side = round(options.tokens**0.5)
    affinity = photo_affinity(side)
    result = compare(affinity, options.repeats)
    result["max_error"] = {str(s * s): max_error(photo_affinity(s)) for s in (*ERROR_SIDES, side)}
    if options.json:
        print(json.dumps(result, indent=2))
    else:
        print(f"{result['tokens']} tokens, {PAIRS} pairs, medians of {options.repeats}")
        for name, value in result["median"].items():
            print(f"  {name:13} {value:.3f} s")
        print(f"  {result['ratio']:.1f} times as fast")
        for tokens, error in result["max_error"].items():
            print(f"  max error at {tokens} tokens: {error:.1e}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
