from __future__ import annotations

import numpy as np
import pytest
import torch

from benchmarks.eigen import photo_features
from benchmarks.speed import alone
from benchmarks.speed.inputs import _seeded, _vgg, photo


@pytest.mark.skipif(not alone.STATUS.is_file(), reason="Linux tells the peak of a process alone")
def test_a_job_alone_costs_what_it_takes_itself():
    features, image = photo_features(6, 9)
    cost = alone.run_alone("eigenvectors", {"features": features, "image": image})
    assert cost.seconds > 0
    # This process has loaded torch, that one hasn't: nothing is inherited.
    assert 20 < cost.rss_mb < alone.peak_mb()


def test_a_job_that_fails_says_why():
    features, image = photo_features(6, 9)
    with pytest.raises(RuntimeError, match=r"eigenvectors: .*don't fill a grid"):
        alone.run_alone("eigenvectors", {"features": features[:-1], "image": image})


def test_inputs_are_the_same_at_every_call():
    features, image = photo_features(6, 9)
    assert features.shape == (54, 384)
    assert features.dtype == np.float32
    assert image.shape == (6, 9, 3)
    np.testing.assert_array_equal(features, photo_features(6, 9)[0])
    assert photo(30, 40).shape == (30, 40, 3)
    first, second = (_seeded(_vgg).state_dict() for _ in range(2))
    assert all(torch.equal(first[key], second[key]) for key in first)
