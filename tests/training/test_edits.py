from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.datasets import load_sample_image

from semcs.training.edits import EDIT_WORDS, draw_edits, edit
from semcs.training.vocabulary import color_words


@pytest.fixture(scope="module")
def photo() -> torch.Tensor:
    pixels = torch.from_numpy(load_sample_image("china.jpg")[100:340:4, 200:440:4].copy())
    return pixels.permute(2, 0, 1).float() / 255


@pytest.mark.parametrize("word", [word for word in EDIT_WORDS if word != "vivid"])
def test_words_become_true(photo, word):
    """`color_words` is the judge: it measures CIELAB and knows nothing of edits."""
    edited = [edit(photo, word, np.random.default_rng(seed)) for seed in range(20)]
    said = [word in color_words(image.permute(1, 2, 0).numpy()) for image in edited]
    assert sum(said) >= 5


def test_few_words_are_true_before(photo):
    assert set(color_words(photo.permute(1, 2, 0).numpy())) == {"grey", "white", "brown"}


def test_vivid_is_more_saturated(photo):
    spread = edit(photo, "vivid", np.random.default_rng(0)).std(0).mean()
    assert spread > 1.3 * photo.std(0).mean()


def test_each_photo_gets_its_word(photo):
    edits = draw_edits(photo.expand(40, -1, -1, -1), np.random.default_rng(0))
    assert edits.pictures.shape == (40, *photo.shape)
    assert edits.pictures.min() >= 0
    assert edits.pictures.max() <= 1
    dark = edits.words == EDIT_WORDS.index("dark")
    assert dark.any()
    assert edits.pictures[dark].mean() < 0.7 * photo.mean()
