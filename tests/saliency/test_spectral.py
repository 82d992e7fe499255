from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse
from scipy.linalg import block_diag, eigh
from scipy.sparse.csgraph import laplacian
from sklearn.datasets import load_sample_image

from semcs.errors import InputError
from semcs.saliency import affinity as affinity_module
from semcs.saliency import spectral
from semcs.saliency.affinity import Affinity, mixed_affinity
from semcs.saliency.compact import CompactMatrix, clipped_gram
from semcs.saliency.guided import resize
from semcs.saliency.spectral import components, smallest_eigenvectors


def picture_affinity(h: int, w: int) -> Affinity:
    image = resize(load_sample_image("china.jpg") / 255, h, w)
    noise = np.random.default_rng(0).standard_normal((h * w, 8))
    features = np.hstack([3 * (image - image.mean(axis=(0, 1))).reshape(-1, 3), 0.2 * noise])
    return mixed_affinity(features, image)


def dense_pairs(affinity: Affinity, k: int, normalized: bool) -> tuple[np.ndarray, np.ndarray]:
    w = affinity.toarray()
    d = np.diag(w.sum(axis=1))
    return eigh(d - w, d if normalized else None, subset_by_index=[0, k - 1])


def random_graph(n: int, seed: int) -> np.ndarray:
    w = np.random.default_rng(seed).random((n, n))
    return w + w.T


@pytest.mark.parametrize("normalized", [True, False])
@pytest.mark.parametrize("grid", [(6, 7), (14, 19), (24, 20)])
def test_pairs_equal_those_of_a_dense_solver(grid: tuple[int, int], normalized: bool):
    affinity = picture_affinity(*grid)
    values, vectors = smallest_eigenvectors(affinity, 6, normalized=normalized)
    true_values, true_vectors = dense_pairs(affinity, 6, normalized)
    np.testing.assert_allclose(values, true_values, atol=1e-6 * max(1, true_values.max()))
    for ours, theirs in zip(vectors.T, true_vectors.T):
        theirs = theirs * np.sign(theirs @ ours)
        assert np.abs(ours - theirs).max() < 1e-4 * np.abs(theirs).max()


def test_vectors_have_unit_length_in_the_metric_of_their_problem():
    affinity = picture_affinity(9, 9)
    _, y = smallest_eigenvectors(affinity, 4)
    np.testing.assert_allclose(y.T @ (affinity.degree()[:, None] * y), np.eye(4), atol=1e-6)
    _, y = smallest_eigenvectors(affinity, 4, normalized=False)
    np.testing.assert_allclose(y.T @ y, np.eye(4), atol=1e-6)


@pytest.mark.parametrize("normalized", [True, False])
def test_first_vector_of_a_connected_graph_is_constant(normalized: bool):
    values, vectors = smallest_eigenvectors(picture_affinity(12, 12), 2, normalized=normalized)
    assert values[0] == 0
    assert values[1] > 0
    np.testing.assert_allclose(vectors[:, 0], vectors[0, 0], rtol=1e-12)


def test_result_is_the_same_on_every_call():
    first = smallest_eigenvectors(picture_affinity(15, 15), 5)
    np.random.default_rng().random(3)
    second = smallest_eigenvectors(picture_affinity(15, 15), 5)
    np.testing.assert_array_equal(first[0], second[0])
    np.testing.assert_array_equal(first[1], second[1])


@pytest.mark.parametrize("grid", [(5, 5), (14, 14)])
def test_the_first_of_the_largest_entries_is_positive(grid: tuple[int, int]):
    _, vectors = smallest_eigenvectors(picture_affinity(*grid), 6)
    for y in vectors.T:
        largest = np.abs(y) >= 0.999 * np.abs(y).max()
        assert y[largest][0] > 0


def test_sparse_part_is_never_densified(monkeypatch: pytest.MonkeyPatch):
    affinity = picture_affinity(13, 13)
    for name in ("toarray", "todense"):
        monkeypatch.setattr(scipy.sparse.csr_array, name, None)
    assert smallest_eigenvectors(affinity, 3)[1].shape == (169, 3)


def cycle(n: int) -> Affinity:
    ones = np.ones(n)
    ring = scipy.sparse.diags_array(
        [ones[:1], ones[:-1], ones[:-1], ones[:1]], offsets=[-(n - 1), -1, 1, n - 1]
    )
    return Affinity(sparse=ring.tocsr())


@pytest.mark.parametrize("n", [12, 90])
def test_a_cycle_has_its_closed_form_spectrum_with_every_repeat(n: int):
    angle = 2 * np.pi * np.array([0, 1, 1, 2, 2, 3, 3]) / n
    values, _ = smallest_eigenvectors(cycle(n), 7)
    np.testing.assert_allclose(values, 1 - np.cos(angle), atol=1e-9)
    values, _ = smallest_eigenvectors(cycle(n), 7, normalized=False)
    np.testing.assert_allclose(values, 2 - 2 * np.cos(angle), atol=1e-8)


@pytest.mark.parametrize("normalized", [True, False])
@pytest.mark.parametrize("scale", [1, 8])
@pytest.mark.parametrize("kind", ["dense", "sparse"])
def test_every_component_adds_a_zero_eigenvalue(kind: str, scale: int, normalized: bool):
    # Three components and an isolated node, in shuffled order.
    w = block_diag(*[random_graph(scale * n, n) for n in (9, 4, 6)], [[0.0]])
    order = np.random.default_rng(5).permutation(len(w))
    w = w[np.ix_(order, order)]
    if kind == "dense":
        affinity = Affinity(dense=w.astype(np.float32))
    else:
        affinity = Affinity(sparse=scipy.sparse.csr_array(w))

    assert components(affinity).max() + 1 == 4
    values, vectors = smallest_eigenvectors(affinity, 6, normalized=normalized)
    assert np.isfinite(vectors).all()
    loopless = w - np.diag(np.diag(w))
    # scipy drops self-loops, which counts differently where degrees are divided by.
    degree = w.sum(axis=1)
    root = 1 / np.sqrt(np.where(degree > 0, degree, 1)) if normalized else np.ones(len(w))
    system = root[:, None] * laplacian(loopless) * root
    np.testing.assert_allclose(
        values, np.linalg.eigvalsh(system)[:6], atol=1e-6 * np.abs(system).max()
    )
    residual = laplacian(loopless) @ vectors - values * vectors * (
        np.where(degree > 0, degree, 1)[:, None] if normalized else 1
    )
    assert np.abs(residual).max() < 1e-5 * np.abs(vectors).max() * degree.max()


def test_second_vector_sets_the_heaviest_component_against_the_rest():
    w = block_diag(random_graph(30, 0), random_graph(50, 1), random_graph(20, 2))
    _, vectors = smallest_eigenvectors(Affinity(dense=w.astype(np.float32)), 3)
    for i in range(3):
        for block in np.split(vectors[:, i], [30, 80]):
            np.testing.assert_allclose(block, block[0], atol=1e-9 * np.abs(vectors[:, i]).max())
    signs = np.sign(vectors[[0, 30, 80], 1])
    np.testing.assert_array_equal(signs * signs[1], [-1, 1, -1])
    # The third parts the two lighter ones and leaves the heaviest out.
    third = vectors[[0, 30, 80], 2]
    assert third[1] == 0
    assert third[0] * third[2] < 0


def test_identical_components_give_every_eigenvalue_twice():
    block = random_graph(40, 3)
    w = block_diag(block, block)
    values, _ = smallest_eigenvectors(Affinity(dense=w.astype(np.float32)), 6)
    one = eigh(np.diag(block.sum(axis=1)) - block, np.diag(block.sum(axis=1)), eigvals_only=True)
    np.testing.assert_allclose(values, np.repeat(one[:3], 2), atol=1e-6)


def test_a_graph_without_edges_has_only_zeros():
    values, vectors = smallest_eigenvectors(Affinity(dense=np.zeros((80, 80), np.float32)), 3)
    assert not values.any()
    np.testing.assert_allclose(vectors.T @ vectors, np.eye(3), atol=1e-12)


@pytest.mark.parametrize("color_weight", [0.0, 10.0])
@pytest.mark.parametrize("side", [4, 12])
def test_a_constant_image_gives_finite_vectors(side: int, color_weight: float):
    affinity = mixed_affinity(
        np.ones((side * side, 5)), np.full((side, side, 3), 0.5), color_weight=color_weight
    )
    values, vectors = smallest_eigenvectors(affinity, 4)
    assert np.isfinite(vectors).all()
    true_values, _ = dense_pairs(affinity, 4, True)
    np.testing.assert_allclose(values, true_values, atol=1e-6)


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_tiny_graphs_are_solved_whole(n: int):
    affinity = Affinity(dense=random_graph(n, n).astype(np.float32))
    values, vectors = smallest_eigenvectors(affinity, n)
    np.testing.assert_allclose(values, dense_pairs(affinity, n, True)[0], atol=1e-6)
    assert vectors.shape == (n, n)


def test_all_pairs_of_a_graph_over_the_dense_limit():
    affinity = Affinity(dense=random_graph(70, 0).astype(np.float32))
    values, _ = smallest_eigenvectors(affinity, 70)
    np.testing.assert_allclose(values, dense_pairs(affinity, 70, True)[0], atol=1e-5)


@pytest.mark.parametrize("k", [0, 10])
def test_k_out_of_range_is_refused(k: int):
    with pytest.raises(InputError, match=f"not {k}"):
        smallest_eigenvectors(Affinity(dense=np.ones((9, 9), np.float32)), k)


def compact_of(dense: np.ndarray) -> CompactMatrix:
    """A matrix of entries in [0, 1] and at most 256 nodes: a single panel."""
    return CompactMatrix((np.rint(65535 * dense).astype(np.uint16),))


@pytest.mark.parametrize("normalized", [True, False])
@pytest.mark.parametrize("grid", [(6, 7), (14, 19), (27, 30)])
def test_compact_pairs_are_close_to_those_of_the_unrounded_matrix(
    monkeypatch: pytest.MonkeyPatch, grid: tuple[int, int], normalized: bool
):
    true_values, true_vectors = dense_pairs(picture_affinity(*grid), 6, normalized)
    monkeypatch.setattr(affinity_module, "COMPACT_ABOVE", 0)
    affinity = picture_affinity(*grid)
    assert affinity.compact is not None
    values, vectors = smallest_eigenvectors(affinity, 6, normalized=normalized)
    # Rounding adds symmetric noise of 4.4e-6 an entry, which moves eigenvalues by up to twice
    # that times √n, and a vector by as much over the gap to its neighbours.
    np.testing.assert_allclose(values, true_values, atol=1e-5 * max(1, true_values.max()))
    for ours, theirs in zip(vectors.T, true_vectors.T):
        theirs = theirs * np.sign(theirs @ ours)
        assert np.abs(ours - theirs).max() < 1e-4 * np.abs(theirs).max()
    np.testing.assert_allclose(vectors[:, 0], vectors[0, 0], rtol=1e-12)


@pytest.mark.parametrize("normalized", [True, False])
def test_components_and_isolated_nodes_of_a_compact_graph(normalized: bool):
    # Three groups that share no channel, and two nodes without features.
    rng = np.random.default_rng(0)
    rows = block_diag(rng.random((120, 4)), rng.random((90, 3)), rng.random((60, 5)))
    rows = np.vstack([rows, np.zeros((2, 12))])[rng.permutation(272)].astype(np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    affinity = Affinity(compact=clipped_gram(rows))

    assert components(affinity).max() + 1 == 5
    values, vectors = smallest_eigenvectors(affinity, 7, normalized=normalized)
    np.testing.assert_array_equal(values[:5], 0)
    dense = Affinity(dense=affinity.toarray().astype(np.float32))
    true_values, true_vectors = smallest_eigenvectors(dense, 7, normalized=normalized)
    np.testing.assert_allclose(values, true_values, atol=1e-6 * max(1, true_values.max()))
    np.testing.assert_allclose(vectors, true_vectors, atol=1e-4 * np.abs(true_vectors).max())


def test_repeated_eigenvalues_of_a_compact_graph_are_all_found():
    block = random_graph(60, 3) / 2
    affinity = Affinity(compact=compact_of(block_diag(block, block, block)))
    values, _ = smallest_eigenvectors(affinity, 9)
    one, _ = dense_pairs(Affinity(dense=block.astype(np.float32)), 3, True)
    np.testing.assert_allclose(values, np.repeat(one, 3), atol=2e-5)


@pytest.mark.parametrize("rows", [np.zeros((80, 3)), np.eye(80), np.ones((80, 1))])
def test_degenerate_compact_graphs_give_finite_vectors(rows: np.ndarray):
    # No edges; only loops; and all alike, where every vector off the constant is an eigenvector.
    values, vectors = smallest_eigenvectors(Affinity(compact=clipped_gram(np.float32(rows))), 4)
    np.testing.assert_allclose(values, [0, 1, 1, 1] if rows.all() else [0] * 4, atol=1e-6)
    assert np.isfinite(vectors).all()


def test_a_compact_graph_falls_back_to_restarts(monkeypatch: pytest.MonkeyPatch):
    affinity = Affinity(compact=compact_of(random_graph(100, 0) / 2))
    whole = smallest_eigenvectors(affinity, 3)
    monkeypatch.setattr(spectral, "STEPS", 4)
    restarted = smallest_eigenvectors(affinity, 3)
    np.testing.assert_allclose(restarted[0], whole[0], atol=1e-6)
    np.testing.assert_allclose(restarted[1], whole[1], atol=1e-3 * np.abs(whole[1]).max())


def test_a_compact_graph_takes_few_products(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(affinity_module, "COMPACT_ABOVE", 0)
    affinity = picture_affinity(24, 20)
    product, taken = CompactMatrix.matvec, []
    monkeypatch.setattr(
        CompactMatrix, "matvec", lambda self, x: taken.append(1) or product(self, x)
    )
    smallest_eigenvectors(affinity, 2)
    assert len(taken) < 40
