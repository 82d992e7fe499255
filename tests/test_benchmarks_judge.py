"""The judge that is shipped, on renderings that it hasn't seen."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.datasets import load_sample_image

from benchmarks.judge import load_judge
from benchmarks.judge.model import WEIGHTS
from semcs.looks.render import paint as render

NAMES = ("gold", "mosaic", "pencil sketch", "fire", "snow", "neon", "stained glass", "watercolor")
SIDE = 128


@pytest.fixture(scope="module")
def judge():
    return load_judge()


def crops(name):
    """Photos (6, SIDE, SIDE, 3) in [0, 1]."""
    photo = load_sample_image(name) / np.float32(255)
    places = [(top, left) for top in (60, 200) for left in (120, 260, 400)]
    return np.stack([photo[top : top + SIDE, left : left + SIDE] for top, left in places])


def judged(judge, images):
    return judge(torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2))


def test_it_is_small():
    assert WEIGHTS.stat().st_size <= 5_000_000


def test_probabilities(judge):
    found = judged(judge, crops("flower.jpg"))
    assert found.shape == (6, len(judge.names))
    torch.testing.assert_close(found.sum(1), torch.ones(6))


def test_it_tells_photos(judge):
    right = judged(judge, crops("china.jpg")).argmax(1) == judge.names.index("photo")
    assert right.float().mean() > 0.6


def test_it_names_the_styles_of_renderings(judge):
    """Of many: it was trained on the looks as they were before they were painted anew."""
    right = []
    for index, name in enumerate(NAMES):
        for photo in crops("china.jpg"):
            rendered = render(name, photo, np.random.default_rng(index))
            right.append(judged(judge, [rendered]).argmax(1).item() == judge.names.index(name))
    assert np.mean(right) > 0.35


def test_a_half_style_is_half_judged(judge):
    """Less of a style is never more of it."""
    photo = crops("china.jpg")[0]
    gold = render("gold", photo, np.random.default_rng(0))
    share = [
        judged(judge, [(1 - s) * photo + s * gold])[0, judge.names.index("gold")].item()
        for s in (0, 0.3, 1)
    ]
    assert share == sorted(share)
    assert share[-1] > 0.5
