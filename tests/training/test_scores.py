from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from semcs.training.crops import RenderedCrops
from semcs.training.scores import style_cosines, style_scores
from semcs.training.vocabulary import STYLES


class OneHot:
    """The level of an image names its style, 0 a photo; texts are axes."""

    def encode_text(self, texts):
        axes = torch.eye(len(STYLES) + 1)
        return torch.stack([axes[[*STYLES, "a photo"].index(text)] for text in texts])

    def encode_image(self, images):
        levels = (images[:, 0, 0, 0] * 255).round().long() - 1
        return F.one_hot(levels % (len(STYLES) + 1), len(STYLES) + 1).float()


@pytest.fixture
def crops():
    """Two renderings as they should be, and a third that looks like style 9 instead of 7."""
    rendered = np.zeros((3, 8, 8, 3), np.uint8) + np.array([4, 6, 10])[:, None, None, None]
    styles = np.array([3, 5, 7])
    return RenderedCrops(np.zeros_like(rendered), rendered.astype(np.uint8), styles, styles)


def test_scores_by_hand(crops):
    scores = style_scores(OneHot(), crops)
    assert scores["styles_top1"] == pytest.approx(2 / 3)
    assert scores["direction_top1"] == pytest.approx(2 / 3)
    # Moves to other styles share the way from "a photo": half of each.
    assert scores["direction_cos"] == pytest.approx((1 + 1 + 0.5) / 3)


def test_cosines_name_the_styles(crops):
    cosines = style_cosines(OneHot(), crops)
    assert cosines.looks.argmax(1).tolist() == cosines.moves.argmax(1).tolist() == [3, 5, 9]
    assert cosines.styles.tolist() == [3, 5, 7]
