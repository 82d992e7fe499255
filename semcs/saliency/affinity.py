"""How alike any two patches are: W = W_feat + λ·W_knn, the graph that is cut in two.

Source: Melas-Kyriazi et al., Deep Spectral Methods (CVPR 2022), section 3.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse

from semcs.errors import InputError
from semcs.saliency.compact import CompactMatrix, clipped_gram

FloatArray = npt.NDArray[np.floating[Any]]

# Patches above which W_feat is kept compact. About here both take as long; at 7,700 a dense one
# takes 1.6 times as long, and 240 MB.
COMPACT_ABOVE = 6000
# Up to so many nodes are looked up row by row; a product with all rows is quicker beyond.
FEW = 16


@dataclass(frozen=True, eq=False)
class Affinity:
    """A symmetric, non-negative (n, n) matrix W kept as the sum of its parts.

    The sparse part is never densified: a product costs n² for the dense or compact part plus the
    sparse part's entries.

    Attributes:
        dense: (n, n) float32, or None.
        sparse: (n, n) `scipy.sparse.csr_array`, or None.
        compact: `CompactMatrix`, for a dense part that is too large for float32, or None.
    """

    dense: FloatArray | None = None
    sparse: Any | None = None
    compact: CompactMatrix | None = None

    def __post_init__(self) -> None:
        parts = (self.dense, self.sparse, self.compact)
        shapes = {part.shape for part in parts if part is not None}
        if not shapes:
            raise InputError("an affinity needs at least one part")
        if len(shapes) > 1 or any(len(s) != 2 or s[0] != s[1] or s[0] == 0 for s in shapes):
            raise InputError(f"affinity parts must be square and of one size, not {shapes}")

    @property
    def n(self) -> int:
        """Number of nodes."""
        part = next(p for p in (self.dense, self.compact, self.sparse) if p is not None)
        return int(part.shape[0])

    def matvec(self, x: FloatArray) -> npt.NDArray[np.float64]:
        """W·x for x of shape (n,) or (n, m)."""
        product = np.zeros(x.shape, np.float64)
        if self.dense is not None:
            product += self.dense @ x.astype(self.dense.dtype)
        if self.sparse is not None:
            product += self.sparse @ x
        if self.compact is not None:
            product += self.compact.matvec(x)
        return product

    def degree(self) -> npt.NDArray[np.float64]:
        """Row sums of W, (n,), summed in float64."""
        degree = np.zeros(self.n, np.float64)
        for part in (self.dense, self.sparse):
            if part is not None:
                degree += np.asarray(part.sum(axis=1, dtype=np.float64)).ravel()
        if self.compact is not None:
            degree += self.compact.matvec(np.ones(self.n))
        return degree

    def neighbours(self, nodes: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Which nodes share an edge with any of `nodes`, as (n,) bool."""
        if len(nodes) > FEW:
            # Entries aren't negative, so that a sum is zero only where all of them are.
            among = np.zeros(self.n, np.float32)
            among[nodes] = 1
            return self.matvec(among) > 0
        reached = np.zeros(self.n, np.bool_)
        if self.dense is not None:
            reached |= (self.dense[nodes] > 0).any(axis=0)
        if self.sparse is not None:
            rows = self.sparse[nodes]
            reached[rows.indices[rows.data > 0]] = True
        if self.compact is not None:
            for node in nodes:
                reached |= self.compact.row(int(node)) > 0
        return reached

    def toarray(self) -> npt.NDArray[np.float64]:
        """W as one dense (n, n) float64 matrix; meant for small graphs."""
        full = np.zeros((self.n, self.n), np.float64)
        if self.dense is not None:
            full += self.dense
        if self.sparse is not None:
            full += self.sparse.toarray()
        if self.compact is not None:
            full += self.compact.toarray()
        return full


def as_affinity(matrix: Affinity | FloatArray | Any) -> Affinity:
    """Check a caller's affinity: an `Affinity`, an (n, n) array or a scipy sparse matrix.

        affinity = semcs.saliency.as_affinity(np.ones((6, 6)))

    Raises:
        InputError: If the matrix isn't square, symmetric, finite and non-negative.
    """
    if isinstance(matrix, Affinity):
        affinity = matrix
    elif scipy.sparse.issparse(matrix):
        affinity = Affinity(sparse=scipy.sparse.csr_array(matrix))
    else:
        affinity = Affinity(dense=np.asarray(matrix, np.float32))
    for part in (affinity.dense, affinity.sparse):
        if part is None:
            continue
        values = part if isinstance(part, np.ndarray) else part.data
        if not np.isfinite(values).all() or (values < 0).any():
            raise InputError("an affinity must be finite and non-negative")
        tolerance = 1e-5 * float(values.max(initial=0.0))
        if abs(part - part.T).max() > tolerance:
            raise InputError("an affinity must be symmetric")
    return affinity


def feature_affinity(features: FloatArray) -> npt.NDArray[np.float32]:
    """W_feat = max(0, F Fᵀ) / max, from L2-normalised rows of F.

        w_feat = semcs.saliency.feature_affinity(np.random.rand(16, 8))  # (16, 16)

    The max(0, ·) has no low-rank form, so this is a dense n² float32 matrix: 52 MB for 3,600
    patches. `mixed_affinity` keeps it compact for many more.

    Args:
        features: (n, C), one row a patch.

    Returns:
        (n, n) in [0, 1], symmetric; rows of all-zero features are zero.

    Raises:
        InputError: If `features` isn't a finite, non-empty (n, C) array.
    """
    rows = _unit_rows(features)
    affinity: npt.NDArray[np.float32] = rows @ rows.T
    np.maximum(affinity, 0, out=affinity)
    largest = affinity.max()
    if largest > 0:
        affinity /= largest
    return affinity


def _unit_rows(features: FloatArray) -> npt.NDArray[np.float32]:
    """A copy of the features with rows of length one; rows of zeros stay as they are."""
    rows = np.array(features, np.float32)
    if rows.ndim != 2 or 0 in rows.shape:
        raise InputError(f"features must be (n, C) and not empty, not {rows.shape}")
    if not np.isfinite(rows).all():
        raise InputError("features hold NaN or infinite values")
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    np.divide(rows, length, out=rows, where=length > 0)
    return rows


def knn_color_affinity(
    image: FloatArray,
    *,
    neighbours: Sequence[int] = (20, 10),
    distance_weights: Sequence[float] = (2.0, 0.1),
) -> Any:
    """W_knn: patches of like colour that lie near each other, as KNN matting weighs them.

        w_knn = semcs.saliency.knn_color_affinity(np.random.rand(4, 6, 3))  # sparse (24, 24)

    Each patch is a point (r, g, b, w·x, w·y) with x, y in [0, 1]. For every (k, w) pair it has an
    edge of weight one to its k nearest points (itself among them); edges are summed with their
    transpose, so a mutual pair counts twice.

    Args:
        image: (h, w, 3) in [0, 1], already resized to the patch grid.
        neighbours: k of each search, cut to the number of patches.
        distance_weights: w of each search: large keeps neighbours near, small lets colour decide.

    Returns:
        (n, n) float32 `scipy.sparse.csr_array`, symmetric, n = h·w.

    Raises:
        InputError: If the image isn't (h, w, 3) or the options don't pair up.

    Source: Chen, Li and Tang, KNN Matting (TPAMI 2013); the graph of its Laplacian.
    """
    from scipy.spatial import cKDTree  # pymatting's own search compiles for 40 s on first use

    if image.ndim != 3 or image.shape[2] != 3 or 0 in image.shape:
        raise InputError(f"image must be (h, w, 3), not {image.shape}")
    if len(neighbours) != len(distance_weights) or min(neighbours, default=0) < 1:
        raise InputError(
            f"neighbours {tuple(neighbours)} must be positive, one for each of "
            f"distance_weights {tuple(distance_weights)}"
        )
    h, w = image.shape[:2]
    n = h * w
    y, x = np.meshgrid(np.linspace(0, 1, h), np.linspace(0, 1, w), indexing="ij")

    total = scipy.sparse.csr_array((n, n), dtype=np.float32)
    for wanted, weight in zip(neighbours, distance_weights):
        k = min(wanted, n)
        points = np.dstack([image, weight * x, weight * y]).reshape(n, 5).astype(np.float32)
        _, nearest = cKDTree(points).query(points, k)
        # row    [0 0 0 0 (k times) 1 1 1 1 2 2 2 2 ...]
        # column [nearest of 0      of 1    of 2     ...]
        row = np.repeat(np.arange(n), k)
        edges = scipy.sparse.csr_array(
            (np.ones(n * k, np.float32), (row, nearest.ravel())), shape=(n, n)
        )
        total = total + edges + edges.T
    return total.tocsr()


def mixed_affinity(
    features: FloatArray,
    image: FloatArray,
    *,
    color_weight: float = 3.0,
) -> Affinity:
    """W = W_feat + λ·W_knn.

        features, patches = np.random.rand(24, 8), np.random.rand(4, 6, 3)
        affinity = semcs.saliency.mixed_affinity(features, patches, color_weight=3.0)

    Above `COMPACT_ABOVE` patches W_feat is a `CompactMatrix`: entries within 7.7e-6, in n² bytes.

    Args:
        features: (h·w, C), row-major over the grid.
        image: (h, w, 3) in [0, 1], resized to the grid.
        color_weight: λ; 0 leaves the colours out.

    Raises:
        InputError: If `color_weight` is negative, or the features don't match the grid.
    """
    if not np.isfinite(color_weight) or color_weight < 0:
        raise InputError(f"color_weight must be finite and not negative, not {color_weight}")
    if len(features) != image.shape[0] * image.shape[1]:
        raise InputError(f"{len(features)} features don't fill a grid of {image.shape[:2]}")
    sparse = None
    if color_weight > 0:
        sparse = knn_color_affinity(image) * np.float32(color_weight)
    if len(features) > COMPACT_ABOVE:
        return Affinity(compact=clipped_gram(_unit_rows(features)), sparse=sparse)
    return Affinity(dense=feature_affinity(features), sparse=sparse)
