"""`semcs mask` with a word, clicks, a box or a hint: the mask that `semcs.find` gives."""

from __future__ import annotations

import numpy as np
import pytest
from commandline import assert_one_line, code_of, pixels
from PIL import Image
from tiny_regions import TinyRegions

import semcs


@pytest.fixture
def family(make_family):
    return make_family(regions=TinyRegions)


@pytest.fixture(autouse=True)
def at_work(folder, use, family):
    """A folder with a red square on grey as scene.png, and strokes on it; regions by colour."""
    use(family)
    image = Image.new("RGB", (96, 64), "grey")
    image.paste((200, 30, 30), (20, 16, 60, 48))
    image.save("scene.png")
    return folder


SEARCHES = {
    "word": (("--find", "the red car"), {"text": "the red car"}),
    "clicks": (
        ("--click", "30,20", "--click", "40.5,30", "--not-click", "5,5"),
        {"click": [(30, 20), (40.5, 30)], "not_click": [(5, 5)]},
    ),
    "box": (("--box", "10,10,40,50"), {"box": (10, 10, 40, 50)}),
    "both": (("--find", "car", "--box", "10,10,90,60"), {"text": "car", "box": (10, 10, 90, 60)}),
    "hint": (("--hint", "mask.png"), {"hint": "mask.png"}),
    "shape": (
        ("--find", "car", "--grow", "-4", "--feather", "6", "--invert"),
        {"text": "car", "grow": -4, "feather": 6, "invert": True},
    ),
    "foreground": (("--grow", "3"), {"text": "foreground", "grow": 3}),
    "refine": (("--find", "car", "--refine", "guided"), {"text": "car", "refine": "guided"}),
}


@pytest.mark.parametrize("search", SEARCHES)
def test_it_is_what_find_gives(family, search):
    options, keywords = SEARCHES[search]
    assert code_of("mask", "scene.png", "-o", "out.png", "--soft", *options) == 0
    expected = semcs.find("scene.png", models=family, **keywords)
    np.testing.assert_array_equal(pixels("out.png"), np.asarray(expected))
    assert 0 < pixels("out.png").mean() < 255


def test_hard_but_where_a_soft_band_is_asked_for():
    assert code_of("mask", "scene.png", "-o", "hard.png", "--find", "car") == 0
    assert set(np.unique(pixels("hard.png"))) == {0, 255}
    assert code_of("mask", "scene.png", "-o", "soft.png", "--find", "car", "--feather", "8") == 0
    assert len(np.unique(pixels("soft.png"))) > 4


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--find", "ghost"), "no ghost was found"),
        (("--find", "green car"), "green"),
        (("--find", "violin"), "'violin'"),
        (("--find", "car", "--hint", "mask.png"), "one of them"),
        (("--not-click", "3,4"), "not_click"),
        (("--click", "97,10"), "96×64"),
        (("--hint", "no.png"), "no.png"),
    ],
)
def test_failures_are_one_line_and_code_1(folder, capsys, options, complaint):
    argv = ("mask", "scene.png", "-o", "out.png", "--models", "bundled", *options)
    assert code_of(*argv) == 1
    assert_one_line(capsys.readouterr().err, complaint)
    assert not (folder / "out.png").exists()


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--click", "3"), "X,Y"),
        (("--click", "a,b"), "X,Y"),
        ("--click=-3,4", "X,Y"),
        (("--click", "nan,4"), "X,Y"),
        (("--box", "1,2,3"), "X0,Y0,X1,Y1"),
        (("--grow", "much"), "number"),
        (("--feather", "-1"), "number from 0"),
        (("--find", "car", "--rule", "centre"), "--rule"),
    ],
)
def test_wrong_usage_is_one_line_and_code_2(folder, capsys, options, complaint):
    options = (options,) if isinstance(options, str) else options
    assert code_of("mask", "scene.png", "-o", "out.png", *options) == 2
    assert_one_line(capsys.readouterr().err, complaint)
    assert not (folder / "out.png").exists()


def test_stdin_is_read_once(stdio, capsys):
    stdio(b"")
    assert code_of("mask", "-", "-o", "out.png", "--hint", "-") == 2
    assert_one_line(capsys.readouterr().err, "stdin")
