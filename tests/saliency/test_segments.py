from __future__ import annotations

import numpy as np
import pytest

from semcs.errors import InputError
from semcs.saliency.affinity import Affinity, feature_affinity
from semcs.saliency.segments import segment
from semcs.saliency.spectral import smallest_eigenvectors

# A frame, a large and a small object, each a feature of its own.
TRUTH = np.zeros((10, 12), int)
TRUTH[2:8, 1:7] = 1
TRUTH[4:7, 8:11] = 2


def eigenvectors(truth: np.ndarray = TRUTH, k: int = 4) -> np.ndarray:
    features = np.eye(truth.max() + 1)[truth.ravel()]
    features = features + 0.1 * np.random.default_rng(0).random(features.shape)
    return smallest_eigenvectors(Affinity(dense=feature_affinity(features)), k)[1]


def test_regions_are_found_with_the_frame_first_and_then_by_size():
    np.testing.assert_array_equal(segment(eigenvectors(), TRUTH.shape, 3), TRUTH)


@pytest.mark.parametrize("seed", range(4))
def test_labels_do_not_depend_on_how_clusters_are_numbered(seed: int):
    np.testing.assert_array_equal(segment(eigenvectors(), TRUTH.shape, 3, seed=seed), TRUTH)


def test_the_background_has_most_of_the_border_even_where_it_is_smaller():
    truth = np.ones((10, 10), int)
    truth[0], truth[-1], truth[:, 0], truth[:, -1] = 0, 0, 0, 0
    np.testing.assert_array_equal(segment(eigenvectors(truth), truth.shape, 2), truth)


def test_equal_sizes_are_numbered_by_first_patch():
    truth = np.zeros((8, 12), int)
    truth[2:6, 1:5], truth[2:6, 7:11] = 1, 2
    np.testing.assert_array_equal(segment(eigenvectors(truth), truth.shape, 3), truth)


@pytest.mark.parametrize("regions", [1, 5])
def test_a_number_of_regions_out_of_range_is_refused(regions: int):
    with pytest.raises(InputError, match=f"not {regions}"):
        segment(eigenvectors(), TRUTH.shape, regions)


def test_fewer_distinct_patches_than_regions_are_refused():
    with pytest.raises(InputError, match="too little"):
        segment(np.ones((9, 4)), (3, 3), 2)


def test_a_grid_of_another_size_is_refused():
    with pytest.raises(InputError, match="grid"):
        segment(eigenvectors(), (10, 11), 2)
