from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from semcs.models.text import TextTrunk
from semcs.training.captions import PhotoCaptions, rendering_captions, texts_about
from semcs.training.crops import RenderedCrops
from semcs.training.data import Item
from semcs.training.vocabulary import STYLES


def photo(name="a", label="", captions=()):
    return Item(Path(name), "photos/flickr", label, tuple(captions))


def test_captions_come_before_labels():
    assert texts_about(photo(label="dog", captions=("two dogs run",))) == ["two dogs run"]
    assert texts_about(photo(label="dog")) == ["a photo of a dog"]
    assert texts_about(photo()) == []


def test_captions_held_out_are_never_drawn():
    trunk = TextTrunk().eval()
    captioned = [photo(str(i), captions=("a dog", "a cat")) for i in range(4)]
    others = [photo("held out", captions=("x", "y")), photo("a", "hat"), photo("b", "hat")]
    captions = PhotoCaptions.collect([*captioned, *others, photo("c")], {Path("held out")}, trunk)
    drawn = captions.draw_photos(4, np.random.default_rng(0))
    assert set(drawn[:2]) < {0, 1, 2, 3}
    assert set(drawn[2:]) == {5, 6}
    meanings = captions.draw_texts(np.array([5, 0]), np.random.default_rng(0))
    torch.testing.assert_close(meanings[0], trunk(["a photo of a hat"])[0])
    assert min((meanings[1] - own).abs().max() for own in trunk(["a dog", "a cat"])) < 1e-6


def test_captions_of_renderings_name_their_style_and_only_their_colours():
    names = list(STYLES)
    red = np.zeros((20, 8, 8, 3), np.uint8) + np.array([200, 25, 30], np.uint8)
    styles = np.arange(20)
    captions = rendering_captions(RenderedCrops(red, red, styles, styles), seed=0)
    for style, caption in zip(styles, captions):
        assert any(phrase in caption for phrase in STYLES[names[style]].phrases)
    assert sum("red" in caption.split() for caption in captions) >= 5
    assert not any("turquoise" in caption for caption in captions)
