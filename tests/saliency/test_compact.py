from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semcs.saliency import affinity, compact
from semcs.saliency.affinity import Affinity, feature_affinity
from semcs.saliency.compact import LEVELS, CompactMatrix, clipped_gram

# Half a level of rounding, and float32's own in a product of a few hundred terms.
ROUNDING = 0.5 / LEVELS + 1e-6


def unit_rows(n: int, channels: int = 7, seed: int = 0) -> np.ndarray:
    rows = np.random.default_rng(seed).standard_normal((n, channels)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks so small that a few dozen nodes have many, the last of each kind cut short."""
    monkeypatch.setattr(compact, "SIDE", 8)
    monkeypatch.setattr(compact, "BUILD_ROWS", 24)
    monkeypatch.setattr(compact, "THREADS", 2)


def test_entries_are_the_clipped_cosines_to_half_a_level():
    rows = unit_rows(600)
    matrix = clipped_gram(rows)
    full = matrix.toarray()
    assert matrix.shape == full.shape == (600, 600)
    np.testing.assert_array_equal(full, full.T)
    np.testing.assert_array_equal(np.diag(full), 1)
    assert np.abs(full - feature_affinity(rows)).max() < ROUNDING


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("n", [1, 7, 8, 9, 16, 53])
def test_every_size_of_the_last_block_is_kept(n: int):
    rows = unit_rows(n)
    full = clipped_gram(rows).toarray()
    np.testing.assert_array_equal(full, full.T)
    assert np.abs(full - feature_affinity(rows)).max() < ROUNDING


@pytest.mark.usefixtures("small_blocks")
def test_products_are_those_of_the_kept_entries():
    @given(st.integers(1, 60), st.integers(0, 3), st.integers(0, 2**16))
    @settings(deadline=None, max_examples=40)
    def check(n: int, columns: int, seed: int) -> None:
        matrix = clipped_gram(unit_rows(n, 4, seed))
        shape = (n, columns) if columns else (n,)
        x = np.random.default_rng(seed).standard_normal(shape)
        product = matrix.matvec(x)
        assert product.dtype == np.float64
        np.testing.assert_allclose(product, matrix.toarray() @ x, atol=1e-6 * n)

    check()


def test_products_of_whole_blocks_are_close_to_the_dense_ones():
    rows = unit_rows(700, 30)
    matrix, dense = clipped_gram(rows), feature_affinity(rows).astype(np.float64)
    x = np.random.default_rng(1).standard_normal((700, 2))
    # The error of a sum of n roundings, each up to half a level, grows with √n.
    bound = 5 * ROUNDING * np.linalg.norm(x, axis=0).max()
    assert np.abs(matrix.matvec(x) - dense @ x).max() < bound
    np.testing.assert_array_equal(matrix.matvec(x), matrix.matvec(x))


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("threads", [1, 3, 50])
def test_threads_share_all_panels(monkeypatch: pytest.MonkeyPatch, threads: int):
    monkeypatch.setattr(compact, "THREADS", threads)
    matrix = clipped_gram(unit_rows(53))
    np.testing.assert_allclose(matrix.matvec(np.ones(53)), matrix.toarray().sum(axis=1), rtol=1e-6)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("few", [0, 100])
def test_neighbours_are_found_by_rows_and_by_a_product(monkeypatch: pytest.MonkeyPatch, few: int):
    monkeypatch.setattr(affinity, "FEW", few)
    rows = unit_rows(45, 3)
    rows[[4, 20]] = 0
    graph = Affinity(compact=clipped_gram(rows))
    full = graph.toarray()
    for nodes in (np.array([0]), np.array([44]), np.array([4]), np.array([3, 11, 20, 39])):
        expected = (full[nodes] > 0).any(axis=0)
        np.testing.assert_array_equal(graph.neighbours(nodes), expected)
    assert not graph.neighbours(np.array([4, 20])).any()


@pytest.mark.usefixtures("small_blocks")
def test_the_smallest_edge_is_no_edge_after_rounding_to_zero():
    angle = np.arccos(np.array([0.4, 0.6]) / LEVELS)
    rows = np.array([[1, 0], *zip(np.cos(angle), np.sin(angle))], np.float32)
    assert [level > 0 for level in clipped_gram(rows).row(0)] == [True, False, True]


def test_memory_is_n_squared_bytes_and_a_few_blocks():
    n = 3000
    rows = unit_rows(n, 16)
    tracemalloc.start()
    matrix = clipped_gram(rows)
    matrix.matvec(np.ones(n))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    kept = sum(panel.nbytes for panel in matrix.panels)
    assert kept < 1.1 * n**2
    blocks = 4 * compact.SIDE * (compact.BUILD_ROWS + compact.THREADS * compact.SIDE)
    assert peak < kept + blocks + 100 * n < 4 * n**2


def test_an_empty_product_stays_empty():
    matrix = CompactMatrix((np.full((1, 1), LEVELS, np.uint16),))
    assert matrix.matvec(np.zeros((1, 0))).shape == (1, 0)
    np.testing.assert_array_equal(matrix.matvec(np.array([3.0])), [3.0])
