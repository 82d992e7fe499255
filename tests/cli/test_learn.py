"""`semcs learn` writes a file that paints."""

from __future__ import annotations

import pytest
from commandline import assert_one_line, code_of

import semcs
from semcs.learning import lessons


@pytest.fixture(autouse=True)
def few_photos(monkeypatch):
    monkeypatch.setattr(lessons, "SCENES", 1)
    monkeypatch.setattr(lessons, "POOL_SIDE", 64)
    monkeypatch.setattr(lessons, "SIDE", 64)


def test_a_style_is_written(folder, built, capsys):
    options = ("--seconds", "1", "--seed", "7", "--models", "bundled")
    assert code_of("learn", "gold", "-o", "gold.safetensors", *options) == 0
    about = semcs.Style.load("gold.safetensors").about
    assert (about.text, about.seed, about.pictures, about.photos) == ("gold", 7, 0, 0)
    assert built == [("bundled", "cpu")]
    assert "wrote gold.safetensors" in capsys.readouterr().err


def test_pictures_and_photos(folder):
    options = ("--from", "photo.png", "mask.png", "--photos", ".", "--seconds", "2", "--quiet")
    assert code_of("learn", "-o", "mine.safetensors", "gold", *options) == 0
    about = semcs.Style.load("mine.safetensors").about
    assert (about.pictures, about.photos) == (2, 2)


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        (("gold", "-o", "-"), 2, "a style is written to a file"),
        (("gold", "-o", "nowhere/gold.safetensors"), 1, "nowhere"),
        (("gold", "-o", "a", "--seconds", "0"), 2, "is not a number from 1"),
        (("gold", "-o", "a", "--from", "none.png"), 1, "can't be read"),
        (("gold", "-o", "a", "--photos", "none"), 1, "a folder of pictures is allowed"),
    ],
)
def test_what_cant_be_done_is_one_line(folder, capsys, argv, code, told):
    assert code_of("learn", *argv, "--models", "bundled") == code
    assert_one_line(capsys.readouterr().err, told)
    assert not (folder / "a").exists()
