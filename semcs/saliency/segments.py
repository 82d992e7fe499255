"""More than two regions: clusters of the patches in the space of the first eigenvectors."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from semcs.errors import InputError
from semcs.saliency.foreground import border


def segment(
    eigenvectors: npt.NDArray[np.floating[Any]],
    grid: tuple[int, int],
    regions: int,
    *,
    seed: int = 0,
) -> npt.NDArray[np.intp]:
    """Part the patches into regions by k-means on y_1 … y_regions−1.

        labels = semcs.saliency.segment(np.random.rand(24, 3), (4, 6), 3)  # 0, 1 and 2

    Args:
        eigenvectors: (n, m) ascending, y_0 first, m ≥ `regions`, n = h·w row-major.
        grid: (h, w).
        regions: How many, at least 2, with the background.
        seed: Of k-means; the same seed gives the same regions.

    Returns:
        (h, w) labels: 0 is the background, the cluster with most border patches; the others
        follow by size, largest first, and by first patch where sizes are equal.

    Raises:
        InputError: If `regions` is under 2, over the eigenvectors at hand, or over the distinct
            patches.

    Source: Melas-Kyriazi et al., Deep Spectral Methods (CVPR 2022), section 3.3.
    """
    from sklearn.cluster import KMeans

    n, m = eigenvectors.shape
    if n != grid[0] * grid[1]:
        raise InputError(f"eigenvectors of {n} patches don't fill a grid of {grid}")
    if not 2 <= regions <= m:
        raise InputError(f"regions must be from 2 to the {m} eigenvectors, not {regions}")
    points = eigenvectors[:, 1:regions]
    # To unit spread, since only the eigenvectors' shapes say what belongs together.
    spread = points.std(axis=0)
    points = points / np.where(spread > 0, spread, 1.0)
    if len(np.unique(points, axis=0)) < regions:
        raise InputError(f"the picture has too little in it to part into {regions} regions")
    clusters = KMeans(regions, n_init=4, random_state=seed).fit_predict(points)
    return _ordered(clusters.reshape(grid), regions)


def _ordered(clusters: npt.NDArray[np.intp], regions: int) -> npt.NDArray[np.intp]:
    """Number clusters anew: most border first, then by size, then by first patch."""
    flat = clusters.ravel()
    on_border = np.bincount(border(clusters), minlength=regions)
    background = int(np.argmax(on_border))
    size = np.bincount(flat, minlength=regions)
    first = [int(np.argmax(flat == label)) for label in range(regions)]
    order = sorted(range(regions), key=lambda c: (c != background, -size[c], first[c]))
    number = np.empty(regions, np.intp)
    number[order] = np.arange(regions)
    return number[clusters]
