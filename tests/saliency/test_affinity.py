from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from semcs.errors import InputError
from semcs.saliency import affinity as affinity_module
from semcs.saliency.affinity import (
    Affinity,
    as_affinity,
    feature_affinity,
    knn_color_affinity,
    mixed_affinity,
)


def random(*shape: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).random(shape, np.float32)


def test_feature_affinity_is_the_clipped_cosine_over_its_largest_value():
    features = random(40, 5) - 0.5
    expected = np.array(
        [
            [max(0.0, a @ b / np.sqrt((a @ a) * (b @ b))) for b in features.astype(float)]
            for a in features.astype(float)
        ]
    )
    affinity = feature_affinity(features)
    assert affinity.dtype == np.float32
    np.testing.assert_allclose(affinity, expected / expected.max(), atol=1e-6)


@given(st.integers(0, 2**16), st.floats(1e-3, 1e3))
def test_feature_affinity_ignores_the_length_of_features(seed: int, scale: float):
    features = random(9, 4, seed=seed) - 0.5
    scaled = features * (1 + scale * random(9, 1, seed=seed + 1))
    np.testing.assert_allclose(feature_affinity(scaled), feature_affinity(features), atol=1e-5)


def test_features_of_zero_have_no_edges_and_no_nan():
    features = random(6, 3)
    features[2] = 0
    affinity = feature_affinity(features)
    assert np.isfinite(affinity).all()
    assert not affinity[2].any()
    assert not affinity[:, 2].any()
    assert not feature_affinity(np.zeros((3, 2))).any()


@pytest.mark.parametrize(
    "features", [np.zeros(3), np.zeros((0, 4)), np.zeros((4, 0)), np.array([[1.0], [np.nan]])]
)
def test_bad_features_are_refused(features: np.ndarray):
    with pytest.raises(InputError):
        feature_affinity(features)


def knn_oracle(image: np.ndarray, neighbours: tuple[int, ...], weights: tuple[float, ...]):
    h, w = image.shape[:2]
    total = np.zeros((h * w, h * w))
    for k, weight in zip(neighbours, weights):
        points = [
            (*image[y, x], weight * x / (w - 1), weight * y / (h - 1))
            for y in range(h)
            for x in range(w)
        ]
        nearest = np.argsort(cdist(points, points), axis=1, kind="stable")[:, :k]
        for i, row in enumerate(nearest):
            for j in row:
                total[i, j] += 1
                total[j, i] += 1
    return total


def test_knn_affinity_agrees_with_another_kd_tree():
    # Random colours leave no ties for the trees to break differently.
    image = random(9, 13, 3)
    affinity = knn_color_affinity(image)
    assert scipy.sparse.issparse(affinity)
    np.testing.assert_array_equal(affinity.toarray(), knn_oracle(image, (20, 10), (2.0, 0.1)))


def test_knn_options_are_used():
    image = random(6, 7, 3)
    affinity = knn_color_affinity(image, neighbours=(4,), distance_weights=(0.7,))
    np.testing.assert_array_equal(affinity.toarray(), knn_oracle(image, (4,), (0.7,)))


def test_knn_takes_no_more_neighbours_than_there_are_patches():
    affinity = knn_color_affinity(random(2, 2, 3))
    # Two searches, all pairs in each, summed with the transpose.
    np.testing.assert_array_equal(affinity.toarray(), np.full((4, 4), 4))


def test_knn_of_a_constant_image_joins_neighbours_by_place():
    affinity = knn_color_affinity(
        np.full((8, 8, 3), 0.5), neighbours=(5,), distance_weights=(1.0,)
    ).toarray()
    inner = 3 * 8 + 3
    for neighbour in (inner - 1, inner + 1, inner - 8, inner + 8):
        assert affinity[inner, neighbour] == 2
    assert affinity[0, 63] == 0


@pytest.mark.parametrize(
    "options",
    [
        {"neighbours": (20,), "distance_weights": (2.0, 0.1)},
        {"neighbours": (), "distance_weights": ()},
        {"neighbours": (0,), "distance_weights": (1.0,)},
    ],
)
def test_knn_options_that_do_not_pair_up_are_refused(options: dict[str, tuple[float, ...]]):
    with pytest.raises(InputError, match="neighbours"):
        knn_color_affinity(random(3, 3, 3), **options)


def test_knn_refuses_what_is_no_image():
    with pytest.raises(InputError, match=r"\(h, w, 3\)"):
        knn_color_affinity(random(3, 3))


def test_mix_is_the_weighted_sum():
    features, image = random(30, 4) - 0.5, random(5, 6, 3)
    mixed = mixed_affinity(features, image, color_weight=3.5)
    expected = feature_affinity(features) + 3.5 * knn_color_affinity(image).toarray()
    np.testing.assert_allclose(mixed.toarray(), expected, rtol=1e-6)
    assert mixed.sparse.nnz < 30 * 30


def test_mix_without_colour_has_no_sparse_part():
    assert mixed_affinity(random(4, 3), random(2, 2, 3), color_weight=0).sparse is None


@pytest.mark.parametrize("color_weight", [0.0, 3.0])
def test_a_large_mix_is_compact_and_equals_the_dense_one(
    monkeypatch: pytest.MonkeyPatch, color_weight: float
):
    features, image = random(300, 6) - 0.5, random(15, 20, 3)
    features[7] = 0
    dense = mixed_affinity(features, image, color_weight=color_weight)
    assert dense.compact is None
    monkeypatch.setattr(affinity_module, "COMPACT_ABOVE", 300)
    assert mixed_affinity(features, image).compact is None
    monkeypatch.setattr(affinity_module, "COMPACT_ABOVE", 299)
    compact = mixed_affinity(features, image, color_weight=color_weight)
    assert compact.dense is None
    assert compact.n == 300
    # Entries err by half of 1/65,535.
    np.testing.assert_allclose(compact.toarray(), dense.toarray(), atol=8e-6)
    np.testing.assert_allclose(compact.degree(), dense.degree(), atol=300 * 8e-6)
    x = random(300, 2, seed=3)
    np.testing.assert_allclose(compact.matvec(x), dense.matvec(x), atol=300 * 8e-6)
    for nodes in (np.array([7]), np.array([3, 250]), np.arange(100)):
        reached = (compact.toarray()[nodes] > 0).any(axis=0)
        np.testing.assert_array_equal(compact.neighbours(nodes), reached)
    assert as_affinity(compact) is compact


def test_a_large_mix_checks_its_features(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(affinity_module, "COMPACT_ABOVE", 1)
    with pytest.raises(InputError, match="NaN"):
        mixed_affinity(np.full((4, 3), np.nan), random(2, 2, 3))


def test_mix_refuses_bad_weights_and_grids():
    with pytest.raises(InputError, match="color_weight"):
        mixed_affinity(random(4, 3), random(2, 2, 3), color_weight=-1)
    with pytest.raises(InputError, match="grid"):
        mixed_affinity(random(5, 3), random(2, 2, 3))


@pytest.fixture
def parts() -> tuple[np.ndarray, np.ndarray]:
    dense = random(12, 12)
    sparse = np.where(random(12, 12, seed=1) < 0.2, random(12, 12, seed=2), 0)
    return dense + dense.T, sparse + sparse.T


@pytest.mark.parametrize("few", [0, 100])  # neighbours by a product, and row by row
@pytest.mark.parametrize("use", ["both", "dense", "sparse"])
def test_products_degrees_and_neighbours_equal_those_of_the_full_matrix(
    parts, use: str, few: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(affinity_module, "FEW", few)
    dense, sparse = parts
    dense[3], dense[:, 3] = 0, 0
    full = (use != "sparse") * dense.astype(float) + (use != "dense") * sparse.astype(float)
    affinity = Affinity(
        dense=None if use == "sparse" else dense,
        sparse=None if use == "dense" else scipy.sparse.csr_array(sparse),
    )
    assert affinity.n == 12
    np.testing.assert_allclose(affinity.toarray(), full, rtol=1e-6)
    np.testing.assert_allclose(affinity.degree(), full.sum(axis=1), rtol=1e-6)
    x = random(12, 2, seed=3)
    np.testing.assert_allclose(affinity.matvec(x), full @ x, rtol=1e-5)
    np.testing.assert_allclose(affinity.matvec(x[:, 0]), full @ x[:, 0], rtol=1e-5)
    for nodes in (np.array([3]), np.array([3, 5])):
        np.testing.assert_array_equal(affinity.neighbours(nodes), (full[nodes] > 0).any(axis=0))


def test_an_affinity_needs_square_parts_of_one_size():
    for parts in ({}, {"dense": np.zeros((2, 3))}, {"dense": np.zeros((0, 0))}):
        with pytest.raises(InputError):
            Affinity(**parts)
    with pytest.raises(InputError):
        Affinity(dense=np.zeros((2, 2)), sparse=scipy.sparse.csr_array((3, 3)))


def test_own_affinities_are_taken_as_array_or_sparse_matrix(parts):
    dense, sparse = parts
    np.testing.assert_allclose(as_affinity(dense).toarray(), dense)
    own = as_affinity(scipy.sparse.coo_matrix(sparse))
    assert own.dense is None
    np.testing.assert_allclose(own.toarray(), sparse)


@pytest.mark.parametrize(
    ("entry", "message"),
    [(-1.0, "non-negative"), (np.nan, "finite"), (np.inf, "finite"), (0.5, "symmetric")],
)
@pytest.mark.parametrize("kind", [np.asarray, scipy.sparse.csr_array])
def test_own_affinities_are_checked(kind, entry: float, message: str):
    matrix = np.ones((3, 3))
    matrix[0, 1] = entry
    with pytest.raises(InputError, match=message):
        as_affinity(kind(matrix))
