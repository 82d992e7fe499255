"""Smallest eigenvectors of a graph Laplacian, without ever forming the Laplacian.

The generalised problem L y = μ D y with L = D − W has the same solutions as the largest pairs of
S = D^-1/2 W D^-1/2: if S u = σ u then y = D^-1/2 u and μ = 1 − σ. S is only ever multiplied with,
so Lanczos reaches the wanted end of the spectrum with no factorisation, no shift into a
singular matrix and no dense copy of W's sparse part.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh, eigh_tridiagonal
from scipy.sparse.linalg import LinearOperator, eigsh

from semcs.errors import InputError
from semcs.saliency.affinity import Affinity

Vector = npt.NDArray[np.float64]

# Below this a dense solve is both quicker and immune to Lanczos' trouble with tiny problems.
DENSE_BELOW = 64
# Relative residual asked of Lanczos: eigenvectors then err by about this over the spectral gap,
# which float32 products in W's dense part (1e-7) bound in any case.
TOLERANCE = 1e-8
# The same where W is compact, whose rounding moves eigenvectors by as much.
COMPACT_TOLERANCE = 1e-6
# Products before the problem is left to ARPACK, which restarts.
STEPS = 150
# The tolerance for asking only whether an eigenvalue was missed; an eigenvalue errs by its square.
ROUGH = 1e-3


def smallest_eigenvectors(
    affinity: Affinity, k: int, *, normalized: bool = True
) -> tuple[Vector, Vector]:
    """The k smallest eigenpairs of the graph Laplacian of W, ascending.

        affinity = semcs.saliency.as_affinity(np.ones((6, 6)))
        values, vectors = semcs.saliency.smallest_eigenvectors(affinity, 2)  # (2,), (6, 2)

    One zero eigenvalue belongs to each connected component; those vectors are known in closed
    form (see `components` and `_null_space`) and deflated, so y_0 is constant to the last bit on
    a connected graph, and Lanczos can't miss copies of the repeated zero. A node without edges is
    a component of its own and counts as if its degree were one (Chung's convention).

    A compact W is solved to 1e-6, about what its rounding moves S by: on photos, entries of the
    vectors then err by 1e-5 of the largest or less.

    The result is the same on every call: the start vector is seeded, and the sign of each
    vector is fixed so that the first of its largest entries in magnitude is positive.

    Args:
        affinity: W.
        k: How many pairs, 1 ≤ k ≤ n.
        normalized: Solve L y = μ D y, scaled to yᵀ D y = 1 (as `scipy.linalg.eigh(L, D)` does);
            otherwise L y = μ y, scaled to yᵀ y = 1.

    Returns:
        Eigenvalues (k,) and eigenvectors (n, k), float64.

    Raises:
        InputError: If k is out of range.

    Source: Shi and Malik, Normalized Cuts and Image Segmentation (TPAMI 2000).
    """
    n = affinity.n
    if not 1 <= k <= n:
        raise InputError(f"k must be from 1 to the number of nodes, {n}, not {k}")
    degree = affinity.degree()
    isolated = degree == 0

    # u = D^1/2 y for the normalised problem, u = y for the unnormalised one.
    if normalized:
        scale = 1 / np.sqrt(np.where(isolated, 1.0, degree))
        top = 1.0

        def largest_is_smallest(u: Vector) -> Vector:
            return scale * affinity.matvec(scale * u)
    else:
        scale = np.ones(n)
        # No eigenvalue of D − W exceeds twice the largest degree (Gershgorin).
        top = 2 * max(float(degree.max()), np.finfo(np.float64).tiny)

        def largest_is_smallest(u: Vector) -> Vector:
            return (top - degree) * u + affinity.matvec(u)

    null = _null_space(components(affinity), 1 / scale)
    values, vectors = np.zeros(min(k, null.shape[1])), null[:, :k]
    if k > null.shape[1]:
        tolerance = TOLERANCE if affinity.compact is None else COMPACT_TOLERANCE
        found, rest = _largest(largest_is_smallest, n, k - null.shape[1], null, top, tolerance)
        values = np.concatenate([values, top - found])
        vectors = np.hstack([vectors, rest])
    return values, _fix_signs(scale[:, None] * vectors)


def components(affinity: Affinity) -> npt.NDArray[np.intp]:
    """Label of each node's connected component, (n,), numbered by first node."""
    labels = np.full(affinity.n, -1, np.intp)
    for node in range(affinity.n):
        if labels[node] >= 0:
            continue
        label = labels.max() + 1
        frontier = np.array([node])
        while frontier.size:
            labels[frontier] = label
            frontier = np.flatnonzero(affinity.neighbours(frontier) & (labels < 0))
    return labels


def _null_space(labels: npt.NDArray[np.intp], root: Vector) -> Vector:
    """Orthonormal basis (n, m) of the vectors u that are `root` times a constant per component.

    The first is `root` itself; each next one sets the heaviest component not yet taken against
    all lighter ones:

        components  A A A B B C
        u_1         + + + − − −
        u_2         0 0 0 + + −
    """
    weight = np.bincount(labels, weights=root**2)
    order = np.argsort(-weight, kind="stable")
    rank = np.argsort(order)[labels]
    weight = weight[order]
    lighter = weight.sum() - np.cumsum(weight)

    basis = np.empty((len(labels), len(weight)))
    basis[:, 0] = root
    for i in range(len(weight) - 1):
        against = np.where(rank > i, -1 / lighter[i], 0.0)
        basis[:, i + 1] = root * np.where(rank == i, 1 / weight[i], against)
    return basis / np.linalg.norm(basis, axis=0)


def _largest(
    product: Callable[[Vector], Vector],
    n: int,
    k: int,
    null: Vector,
    top: float,
    tolerance: float,
) -> tuple[Vector, Vector]:
    """The k largest eigenpairs, descending, of a symmetric operator off its known null space.

    `null` spans the eigenspace of the largest eigenvalue, `top`.
    """
    if n < max(DENSE_BELOW, k + 2):
        matrix = _deflated(product, null, top) @ np.eye(n)
        values, vectors = eigh((matrix + matrix.T) / 2, subset_by_index=[n - k, n - 1])
        return values[::-1], vectors[:, ::-1]

    values, vectors = _lanczos(_deflated(product, null, top), k, tolerance, seed=0)
    # Lanczos from one vector sees one vector of each eigenspace, so that copies of a repeated
    # eigenvalue (a symmetric picture) can be missed. What is left once the found ones are
    # deflated tells: nothing there may exceed the smallest found.
    for seed in range(1, n):
        rest = _deflated(product, np.hstack([null, vectors]), top)
        hint, _ = _lanczos(rest, 1, ROUGH, seed=seed)
        if hint[0] <= values[-1] + TOLERANCE * top:
            break
        missed, copy = _lanczos(rest, 1, tolerance, seed=seed)
        values, vectors = np.append(values, missed), np.hstack([vectors, copy])
        order = np.argsort(-values, kind="stable")[:k]
        values, vectors = values[order], vectors[:, order]
    return values, vectors


def _deflated(product: Callable[[Vector], Vector], known: Vector, top: float) -> LinearOperator:
    """The operator with `known` orthonormal eigenvectors moved below all others.

    Subtracting 2·top there takes their eigenvalues, at most `top`, under −top.
    """
    n = len(known)

    def matmat(u: Vector) -> Vector:
        columns = np.asarray(u, np.float64).reshape(n, -1).T
        applied = np.stack([product(column) for column in columns], axis=1)
        return applied - 2 * top * (known @ (known.T @ columns.T))

    return LinearOperator((n, n), matvec=matmat, matmat=matmat, dtype=np.float64)


def _lanczos(
    operator: LinearOperator, k: int, tolerance: float, *, seed: int
) -> tuple[Vector, Vector]:
    """The k largest pairs, descending, from a seeded start.

    ARPACK takes at least 20 products and then restarts in a small basis, for little memory. With a
    look at the residuals after every product and no restarts a third of the products are saved, at
    the memory of n float64 each; what hasn't converged in `STEPS` of them is left to ARPACK.
    """
    n = operator.shape[0]
    basis = np.empty((min(STEPS, n), n))
    start = np.random.default_rng(seed).standard_normal(n)
    diagonal, beside = [], [float(np.linalg.norm(start))]
    direction = start
    for step in range(len(basis)):
        basis[step] = direction / beside[-1]
        so_far = basis[: step + 1]
        direction = operator.matvec(basis[step])
        diagonal.append(float(basis[step] @ direction))
        for _ in range(2):  # once leaves rounding that brings back what has converged
            direction = direction - (so_far @ direction) @ so_far
        beside.append(float(np.linalg.norm(direction)))

        values, weights = eigh_tridiagonal(diagonal, beside[1:-1])
        size = np.abs(values).max()
        residual = beside[-1] * np.abs(weights[-1, -k:])
        if step + 1 >= k and (residual <= tolerance * size).all():
            return values[: -k - 1 : -1], so_far.T @ weights[:, : -k - 1 : -1]
        if beside[-1] <= np.finfo(np.float64).eps * size:  # fewer than k pairs reach the start
            break
    values, vectors = eigsh(operator, k=k, which="LA", v0=start, tol=tolerance)
    return values[::-1], vectors[:, ::-1]


def _fix_signs(vectors: Vector) -> Vector:
    """Flip columns so that the first entry within 0.1 % of the largest magnitude is positive.

    The margin keeps rounding from choosing between two equal peaks of opposite sign.
    """
    magnitude = np.abs(vectors)
    peak = np.argmax(magnitude >= 0.999 * magnitude.max(axis=0), axis=0)
    return vectors * np.where(vectors[peak, np.arange(vectors.shape[1])] < 0, -1.0, 1.0)
