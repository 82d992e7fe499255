"""A large graph of cosines in a quarter of its float32 memory, exact to 16 bits.

max(0, F Fᵀ) has no low-rank form, so every entry is kept, but only once (the lower triangle) and
as a whole number of 1/65,535. Products turn one cache-sized block at a time into float32.

    panel 0  panel 1  panel 2
      ■                          The first block of a panel lies on the diagonal and is kept
      ■        ■                 whole; each further one serves two products, with itself and
      ■        ■        ■        with its transpose.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]
Stored = npt.NDArray[np.uint16]

LEVELS = 65535
# Rows and columns of a block: as float32 it is 256 KB, which stays in a core's own cache, and
# OpenBLAS leaves a matrix-vector product of this size to the thread that asks for it.
SIDE = 256
# Rows that one matrix product makes while building: enough for BLAS to share among its threads,
# few enough (4 MB) to round before they leave the cache.
BUILD_ROWS = 16 * SIDE
# Threads of a product. NumPy frees the interpreter lock for each block's work of 10 µs or more;
# past a few threads they would wait for that lock.
THREADS = min(4, os.cpu_count() or 1)


@dataclass(frozen=True, eq=False)
class CompactMatrix:
    """A symmetric (n, n) matrix with entries in [0, 1], rounded to the nearest 1/65,535.

    Takes about n² bytes: 0.9 GB for 30,000 nodes, where float32 takes 3.6 GB.

    Attributes:
        panels: The i-th is (n − 256·i, up to 256) uint16: the columns from 256·i on, from the
            diagonal block down.
    """

    panels: tuple[Stored, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """(n, n)."""
        return (len(self.panels[0]), len(self.panels[0]))

    def matvec(self, x: FloatArray) -> npt.NDArray[np.float64]:
        """The product with x of shape (n,) or (n, m); float32 in a block, float64 across blocks."""
        vectors = np.ascontiguousarray(x.reshape(len(x), -1).T, np.float32)

        def every_nth_panel(first: int) -> npt.NDArray[np.float64]:
            products = np.zeros(vectors.shape)
            scratch = np.empty((SIDE, SIDE), np.float32)
            for i in range(first, len(self.panels), THREADS):
                _add_products(self.panels[i], SIDE * i, vectors, products, scratch)
            return products

        with ThreadPoolExecutor(THREADS) as pool:
            total = np.sum(list(pool.map(every_nth_panel, range(THREADS))), axis=0)
        product: npt.NDArray[np.float64] = (total.T / LEVELS).reshape(x.shape)
        return product

    def row(self, node: int) -> Stored:
        """Row `node`, (n,), in units of 1/65,535."""
        own, column = divmod(node, SIDE)
        left = [self.panels[i][node - SIDE * i] for i in range(own)]
        return np.concatenate([*left, self.panels[own][:, column]])

    def toarray(self) -> npt.NDArray[np.float64]:
        """The whole (n, n) matrix; meant for small ones."""
        n = self.shape[0]
        return np.stack([self.row(node) for node in range(n)]).astype(np.float64) / LEVELS


def clipped_gram(rows: npt.NDArray[np.float32]) -> CompactMatrix:
    """max(0, F Fᵀ), without an n² float array on the way.

    Args:
        rows: F, (n, C), with rows of length one or zero. The largest entry is then one already,
            up to rounding, and needs no division by it.

    Returns:
        The cosines; each errs by half a level, 7.6e-6, at most, plus float32's rounding.
    """
    scaled = rows * np.float32(np.sqrt(LEVELS))
    return CompactMatrix(tuple(_panel(scaled[left:]) for left in range(0, len(rows), SIDE)))


def _panel(scaled: npt.NDArray[np.float32]) -> Stored:
    """Products of all rows with the first 256 of them, clipped to [0, LEVELS] and rounded."""
    width = min(SIDE, len(scaled))
    panel = np.empty((len(scaled), width), np.uint16)
    for top in range(0, len(scaled), BUILD_ROWS):
        cosines = scaled[top : top + BUILD_ROWS] @ scaled[:width].T
        np.rint(cosines, out=cosines)
        np.clip(cosines, 0, LEVELS, out=cosines)
        np.copyto(panel[top : top + BUILD_ROWS], cosines, casting="unsafe")
    # BLAS may sum the two halves in another order and round an entry to either side.
    panel[:width] = np.maximum(panel[:width], panel[:width].T)
    return panel


def _add_products(
    panel: Stored,
    left: int,
    vectors: npt.NDArray[np.float32],
    products: npt.NDArray[np.float64],
    scratch: npt.NDArray[np.float32],
) -> None:
    """Add a panel's share, and its transpose's, to the (m, n) products with (m, n) vectors."""
    width = panel.shape[1]
    own = slice(left, left + width)
    for top in range(0, len(panel), SIDE):
        stored = panel[top : top + SIDE]
        block = scratch[: len(stored), :width]
        np.copyto(block, stored)
        below = slice(left + top, left + top + len(stored))
        # One vector at a time: BLAS' matrix-vector product outruns its product with a thin matrix.
        for vector, product in zip(vectors, products):
            product[below] += block @ vector[own]
            if top > 0:  # the diagonal block is its own transpose
                product[own] += block.T @ vector[below]
