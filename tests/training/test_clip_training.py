from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from semcs.models.clip import ImageTower, TextTower
from semcs.training.classes import Classes, class_name
from semcs.training.clip import Learner
from semcs.training.data import Item
from semcs.training.texts import Scenes, texts_about
from semcs.training.vocabulary import STYLES
from semcs.training.way import Way


def item(name="a", label="", captions=(), folder="photos/flickr"):
    return Item(Path(name), folder, label, tuple(captions))


@pytest.mark.parametrize(
    ("label", "name"),
    [("WoodFloor", "wood floor"), ("Snow", "snow"), ("cracked", "cracked")],
)
def test_labels_in_words(label, name):
    assert class_name(label) == name


def test_classes_are_styles_then_labels_then_photos():
    labelled = [item(label="Snow", folder="textures/ambientcg")]
    labelled.append(item(label="chequered", folder="textures/dtd"))
    classes = Classes.collect(labelled, seed=0)
    assert classes.names == [*STYLES, "chequered", "photo"]
    by_name = dict(zip(classes.names, classes.phrases))
    assert {*STYLES["snow"].phrases, *STYLES["snow"].descriptions} <= set(by_name["snow"])
    assert "a chequered pattern" in by_name["chequered"]
    assert "a photo" in by_name["photo"]


def test_what_is_known_of_a_photo():
    assert texts_about(item(label="dog", captions=("two dogs run",))) == ["two dogs run"]
    assert texts_about(item(label="dog")) == ["a photo of a dog"]
    assert texts_about(item()) == []


def test_scenes_keep_silent_about_photos_held_out():
    trunk = TextTower().trunk.eval()
    told = [item(str(i), captions=("a dog", "a cat")) for i in range(4)]
    photos = [*told, item("held out", captions=("x", "y")), item("a", "hat"), item("b", "hat")]
    scenes = Scenes.collect([*photos, item("c")], {Path("held out")}, trunk)
    drawn = scenes.draw_photos(4, np.random.default_rng(0))
    assert set(drawn[:2]) < {0, 1, 2, 3}
    assert set(drawn[2:]) == {5, 6}
    meanings = scenes.draw_texts(np.array([5, 0]), np.random.default_rng(0))
    torch.testing.assert_close(meanings[0], trunk(["a photo of a hat"])[0])
    assert min((meanings[1] - own).abs().max() for own in trunk(["a dog", "a cat"])) < 1e-6


def test_style_losses_by_hand():
    """Two styles and "a photo", along the axes; the second picture is halfway."""
    learner = Learner(ImageTower(), TextTower().head, [torch.zeros(1, 384)] * 3)
    texts = F.pad(torch.eye(3), (0, 253))
    photos = texts[2].expand(2, -1)
    way = Way(torch.empty(2, 0), torch.tensor([[1.0, 0], [0.5, 0.5]]), torch.tensor([1.0, 0.4]))
    losses = learner.style_losses(texts[[0, 2]], photos, texts, way)
    scale = math.exp(2.5)
    # The first picture is its text; the second is "a photo", and as near to either style.
    right = math.log(math.exp(scale) + 2) - scale
    halfway = math.log(math.exp(scale) + 2)
    assert losses["styles"].item() == pytest.approx((right + 0.4 * halfway) / 2, rel=1e-5)
    # The first moves just as its text does; the second doesn't move.
    cosines = torch.tensor([[1.0, 0.5], [0.0, 0.0]])
    expected = F.cross_entropy(scale * cosines, way.styles) + (0 + 1) / 2
    assert losses["direction"].item() == pytest.approx(expected.item(), rel=1e-5)
