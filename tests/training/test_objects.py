from __future__ import annotations

import numpy as np

from semcs.training.objects import object_names, principal_features


def test_names_are_in_the_order_of_imagenet():
    names = object_names()
    assert len(names) == 1000
    assert names[0] == "a photo of a tench"
    assert names[207] == "a photo of a golden retriever"
    assert names[999] == "a photo of a toilet tissue"


def test_principal_features_are_uncorrelated_and_keep_what_varies():
    rng = np.random.default_rng(0)
    hidden = rng.normal(size=(300, 2)) * (40, 25)
    features = np.clip(hidden @ rng.normal(size=(2, 30)) + 128, 0, 255).astype(np.uint8)
    found = principal_features(features, 2)
    np.testing.assert_allclose(np.cov(found.T), np.eye(2), atol=1e-3)
    # The two hidden numbers are a linear map of the two that were found.
    fitted = found @ np.linalg.lstsq(found, hidden, rcond=None)[0]
    assert ((fitted - hidden + hidden.mean(0)) ** 2).sum() < 0.1 * (hidden**2).sum()
