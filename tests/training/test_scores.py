from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from semcs.training import scores as module
from semcs.training.crops import RenderedCrops
from semcs.training.scores import embed_images, style_cosines, style_scores
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
    # Directions to other styles share the part away from "a photo", which is half of each.
    assert scores["direction_cos"] == pytest.approx((1 + 1 + 0.5) / 3)


def test_cosines_name_the_styles(crops):
    cosines = style_cosines(OneHot(), crops)
    assert cosines.looks.argmax(1).tolist() == cosines.moves.argmax(1).tolist() == [3, 5, 9]
    assert cosines.styles.tolist() == [3, 5, 7]


def test_embedding_in_parts_is_embedding_at_once(tiny_family, monkeypatch):
    clip = tiny_family.clip
    images = np.random.default_rng(0).integers(0, 256, (5, 8, 8, 3), np.uint8)
    with torch.no_grad():
        expected = clip.encode_image(torch.from_numpy(images).permute(0, 3, 1, 2) / 255)
    monkeypatch.setattr(module, "AT_ONCE", 2)
    torch.testing.assert_close(embed_images(clip, images), expected)
