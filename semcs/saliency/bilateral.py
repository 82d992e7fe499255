"""The fast bilateral solver: smooth where the image is smooth, free to jump at its edges.

Source: Barron and Poole, The Fast Bilateral Solver (ECCV 2016); the bistochastic blur is that of
Barron et al., Fast Bilateral-Space Stereo (CVPR 2015).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse
from scipy.sparse.linalg import LinearOperator, cg

Array = npt.NDArray[np.float64]

# ITU-R BT.601, rows Y, U, V.
_RGB_TO_YUV = np.array(
    [[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]]
)


@dataclass(frozen=True, eq=False)
class BilateralGrid:
    """Pixels gathered into the occupied cells of a grid over (x, y, luma, u, v).

    Attributes:
        splat: (cells, pixels) sparse: sums the pixels of each cell; its transpose slices back.
        blur: (cells, cells) sparse, symmetric: 2·dims on the diagonal, 1 between neighbours.
        scaling: (cells,) n, which makes diag(n)·blur·diag(n) have row sums `mass`.
        mass: (cells,) m, pixels in each cell.
    """

    splat: Any
    blur: Any
    scaling: Array
    mass: Array


def bilateral_grid(
    image: npt.NDArray[np.floating[Any]],
    *,
    sigma_spatial: float = 16.0,
    sigma_luma: float = 8.0,
    sigma_chroma: float = 4.0,
) -> BilateralGrid:
    """Build the grid of an (H, W, 3) image in [0, 1].

    Args:
        image: RGB in [0, 1].
        sigma_spatial: Cell size in pixels.
        sigma_luma: Cell size in luma, in steps of 1/255.
        sigma_chroma: Cell size in chroma, in steps of 1/255.
    """
    h, w = image.shape[:2]
    yuv = 255 * (image.reshape(-1, 3) @ _RGB_TO_YUV.T) + (0, 128, 128)
    y, x = np.divmod(np.arange(h * w), w)
    position = np.stack([x, y], axis=1) / sigma_spatial
    color = yuv / (sigma_luma, sigma_chroma, sigma_chroma)
    coordinates = np.floor(np.hstack([position, color])).astype(np.int64)

    # One integer a cell; a spare step on each axis keeps neighbours from wrapping around.
    stride = np.concatenate([[1], np.cumprod(coordinates.max(axis=0) + 2)[:-1]])
    cells, cell_of_pixel = np.unique(coordinates @ stride, return_inverse=True)
    splat = scipy.sparse.csr_array(
        (np.ones(h * w), (cell_of_pixel.ravel(), np.arange(h * w))), shape=(len(cells), h * w)
    )
    blur = _blur(cells, stride)
    mass = splat @ np.ones(h * w)
    return BilateralGrid(splat, blur, _bistochastic(blur, mass), mass)


def _blur(cells: npt.NDArray[np.int64], stride: npt.NDArray[np.int64]) -> Any:
    """[1 2 1] along each axis, summed over the axes, between occupied cells only."""
    n = len(cells)
    blur = scipy.sparse.diags_array(np.full(n, 2.0 * len(stride)), format="csr")
    for step in stride:
        place = np.minimum(np.searchsorted(cells, cells + step), n - 1)
        here = np.flatnonzero(cells[place] == cells + step)
        edge = scipy.sparse.csr_array((np.ones(len(here)), (here, place[here])), shape=(n, n))
        blur = blur + edge + edge.T
    return blur.tocsr()


def _bistochastic(blur: Any, mass: Array, iterations: int = 20) -> Array:
    """Scaling n with n ⊙ (blur n) = mass, by damped fixed-point steps."""
    n = np.ones_like(mass)
    for _ in range(iterations):
        n = np.sqrt(n * mass / (blur @ n))
    return n


def bilateral_system(
    grid: BilateralGrid, target: Array, confidence: Array, smoothness: float
) -> tuple[Any, Array]:
    """A and b of the solver's A y = b (equations 6-8), in the space of the grid's cells.

    A = λ (diag(m) − diag(n) B diag(n)) + diag(S c),  b = S (c ⊙ t).
    """
    scaling = scipy.sparse.diags_array(grid.scaling)
    laplacian = scipy.sparse.diags_array(grid.mass) - scaling @ grid.blur @ scaling
    data = grid.splat @ confidence
    system = smoothness * laplacian + scipy.sparse.diags_array(data)
    return system.tocsr(), grid.splat @ (confidence * target)


def bilateral_solve(
    target: npt.NDArray[np.floating[Any]],
    image: npt.NDArray[np.floating[Any]],
    *,
    confidence: npt.NDArray[np.floating[Any]] | float = 1.0,
    smoothness: float = 128.0,
    sigma_spatial: float = 16.0,
    sigma_luma: float = 8.0,
    sigma_chroma: float = 4.0,
) -> Array:
    """Smooth `target` along the image.

    Args:
        target: (H, W).
        image: (H, W, 3) RGB in [0, 1].
        confidence: How much each pixel of the target is trusted, (H, W) or one for all, > 0.
        smoothness: λ, how much neighbours in the grid are held together.
        sigma_spatial: See `bilateral_grid`.
        sigma_luma: See `bilateral_grid`.
        sigma_chroma: See `bilateral_grid`.

    Returns:
        (H, W) float64 within the target's range.
    """
    grid = bilateral_grid(
        image, sigma_spatial=sigma_spatial, sigma_luma=sigma_luma, sigma_chroma=sigma_chroma
    )
    t = np.asarray(target, np.float64).ravel()
    c = np.broadcast_to(np.asarray(confidence, np.float64), target.shape).ravel()
    system, b = bilateral_system(grid, t, c, smoothness)

    start = b / (grid.splat @ c)
    jacobi = 1 / system.diagonal()
    precondition = LinearOperator(system.shape, matvec=lambda r: jacobi * r, dtype=np.float64)
    solution, _ = cg(system, b, x0=start, M=precondition, rtol=1e-5, maxiter=100)
    smoothed: Array = (grid.splat.T @ solution).reshape(target.shape)
    return np.clip(smoothed, t.min(), t.max())
