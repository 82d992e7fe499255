"""The judge that is shipped, on renderings that it hasn't seen."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.datasets import load_sample_image

from benchmarks.judge import load_judge, region_probabilities
from benchmarks.judge.model import WEIGHTS, Judge
from benchmarks.judge.train import EdgeGenerator
from semcs.looks.rendering import paint as render
from semcs.models.vocabulary import style_names

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


class RedGreen(torch.nn.Module):
    """Probability of the first name is a crop's red, of the second its green."""

    input_size = 32
    names = ("red", "green")

    def forward(self, images):
        return images.mean((2, 3))[:, :2]


def test_a_region_is_judged_by_its_own_pixels():
    below = torch.ones(64, 64).tril()[None, None]
    before = torch.zeros(1, 3, 64, 64)
    after = torch.cat([below, 1 - below, torch.zeros(1, 1, 64, 64)], 1)
    # Below the diagonal all is red; where crops reach beyond it they show the black photo.
    red, green = region_probabilities(RedGreen(), before, after, below).tolist()
    assert 0.8 < red < 1
    assert green == 0
    red, green = region_probabilities(RedGreen(), before, after, 1 - below).tolist()
    assert red == 0
    assert 0.8 < green < 1


@torch.no_grad()
def test_an_untrained_judge_gives_shares_of_the_vocabulary_and_a_photo():
    judge = Judge().eval()
    assert judge.names == (*style_names(), "photo")
    shares = judge(torch.rand(2, 3, 50, 50))
    torch.testing.assert_close(shares.sum(1), torch.ones(2))
    assert shares.shape == (2, len(judge.names))


def test_renderers_are_drawn_at_the_ends_of_ranges():
    rng = EdgeGenerator(np.random.PCG64(0))
    drawn = np.asarray(rng.uniform(2, 4, 4000))
    assert drawn.min() >= 2
    assert drawn.max() <= 4
    assert abs(drawn.mean() - 3) < 0.05
    # An arcsine distribution: the share of its outer eighths in closed form.
    outer = ((drawn < 2.25) | (drawn > 3.75)).mean()
    assert abs(outer - 4 / np.pi * np.arcsin(np.sqrt(1 / 8))) < 0.03
    assert rng.uniform([0.0, 5.0], [1.0, 6.0]).shape == (2,)
    assert isinstance(rng.uniform(), float)
