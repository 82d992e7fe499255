from __future__ import annotations

from pathlib import Path

import pytest

from semcs.training.classes import Classes, class_name, in_words
from semcs.training.data import Item
from semcs.training.vocabulary import STYLES

LABELLED = [
    Item(Path("a"), "textures/ambientcg", "Snow", ()),
    Item(Path("b"), "textures/dtd", "chequered", ()),
]


@pytest.mark.parametrize(
    ("label", "name"),
    [("WoodFloor", "wood floor"), ("Snow", "snow"), ("cracked", "cracked")],
)
def test_labels_are_styles_or_words(label, name):
    assert class_name(label) == name


@pytest.mark.parametrize(
    ("label", "words"),
    [("PavingStones", "paving stones"), ("a_b", "a b"), ("post-impressionism",) * 2],
)
def test_labels_in_words(label, words):
    assert in_words(label) == words


def test_classes_are_styles_then_labels_then_photos():
    classes = Classes.collect(LABELLED, seed=0)
    assert classes.names == [*STYLES, "chequered", "photo"]
    by_name = dict(zip(classes.names, classes.phrases))
    assert {*STYLES["snow"].phrases, *STYLES["snow"].descriptions} <= set(by_name["snow"])
    assert "a chequered pattern" in by_name["chequered"]
    assert "a photo" in by_name["photo"]


def test_labelled_pictures_know_their_class():
    classes = Classes.collect(LABELLED, seed=0)
    assert [classes.names[i] for i in classes.indices_of(LABELLED)] == ["snow", "chequered"]
