"""The judge that learned from real pictures, on pictures that it hasn't seen."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from skimage import data
from sklearn.datasets import load_sample_image

from benchmarks.judge_real import LABELS, Verdict, labels_of, load_real_judge, score
from benchmarks.judge_real.labels import GROUPS, PHOTO
from benchmarks.judge_real.model import WEIGHTS
from semcs.models.vocabulary import style_names


def photo(name: str) -> np.ndarray:
    return load_sample_image(name)[:, 100:500] / np.float32(255)


def grey(name: str) -> np.ndarray:
    """A texture that scikit-image ships, (512, 512, 3)."""
    return np.repeat(getattr(data, name)()[..., None], 3, 2) / np.float32(255)


def judged(picture: np.ndarray, look: str, *region: np.ndarray) -> Verdict:
    verdict = score(picture, look, *region)
    assert verdict is not None
    return verdict


def test_it_is_small():
    assert WEIGHTS.stat().st_size <= 4_000_000


def test_labels_are_of_their_group_and_looks_are_known():
    assert set(LABELS) <= set(style_names())
    for group, names in LABELS.values():
        assert set(names) < set(GROUPS[group])
        assert PHOTO not in names


@pytest.mark.parametrize("group", GROUPS)
def test_probabilities(group: str):
    found = load_real_judge()(torch.rand(3, 3, 90, 90), group)
    assert found.shape == (3, len(GROUPS[group]))
    torch.testing.assert_close(found.sum(1), torch.ones(3))


@pytest.mark.parametrize("name", ["china.jpg", "flower.jpg"])
@pytest.mark.parametrize("look", ["wood", "bubbles", "impressionism", "cartoon"])
def test_a_photo_is_a_photo_in_every_group(name: str, look: str):
    assert judged(photo(name), look).photo > 0.7


def test_it_knows_pebbles():
    found, other = (judged(grey(name), "pebbles") for name in ("gravel", "brick"))
    assert found.first
    assert found.probability > other.probability + 0.3
    assert found.photo < 0.1


def test_it_has_no_opinion_on_other_looks():
    assert labels_of("fire") is None
    assert score(photo("china.jpg"), "fire") is None


def test_only_the_region_counts():
    pebbles, plain = grey("gravel")[:400, :400], photo("china.jpg")[:400, :400]
    mask = np.zeros((400, 400), np.float32)
    mask[:, :200] = 1
    half = mask[..., None] * pebbles + (1 - mask[..., None]) * plain
    inside, outside = (judged(half, "pebbles", side, plain) for side in (mask, 1 - mask))
    assert inside.probability > outside.probability + 0.3
    assert inside.photo < outside.photo - 0.3
