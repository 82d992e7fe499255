"""`semcs mask`: the mask that the API gives, and that `semcs stylize` finds."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from commandline import QUICK, code_of, pixels
from PIL import Image

import semcs
from semcs.cli.mask import REFINEMENTS


def expected_mask(path, family, **options):
    return semcs.saliency_mask(path, models=family, **options)


def test_hard_and_soft(folder, tiny_family):
    for options, soft in (((), False), (("--soft",), True)):
        assert code_of("mask", "photo.png", "-o", "out.png", *options) == 0
        expected = expected_mask(folder / "photo.png", tiny_family, soft=soft)
        assert Image.open("out.png").mode == "L"
        assert np.array_equal(pixels("out.png"), np.asarray(expected))
        assert soft or set(np.unique(pixels("out.png"))) == {0, 255}


@pytest.mark.parametrize("refine", REFINEMENTS)
def test_refine(folder, refine, monkeypatch):
    asked = {}

    def find(image, **options):
        asked.update(options)
        return Image.new("L", (96, 64))

    monkeypatch.setattr(semcs, "saliency_mask", find)
    assert code_of("mask", "photo.png", "-o", "out.png", "--refine", refine) == 0
    assert asked["refine"] == refine


def test_soft_and_refined(folder, tiny_family):
    argv = ("mask", "photo.png", "-o", "out.png", "--soft", "--refine", "guided")
    assert code_of(*argv) == 0
    expected = expected_mask(folder / "photo.png", tiny_family, soft=True, refine="guided")
    assert np.array_equal(pixels("out.png"), np.asarray(expected))


def test_it_is_the_mask_that_stylize_finds(folder):
    argv = ("photo.png", "--bg", "snow", "-o", "out.png", "--save-mask", "saved.png")
    assert code_of("stylize", *argv, *QUICK) == 0
    assert code_of("mask", "photo.png", "-o", "mask.png", "--soft") == 0
    assert np.array_equal(pixels("mask.png"), pixels("saved.png"))


NETWORKS = [
    ((), ("bundled", "cpu")),
    (("--models", "paper", "--device", "cpu:0"), ("paper", "cpu:0")),
]


@pytest.mark.parametrize(("options", "expected"), NETWORKS)
def test_all_commands_find_the_mask_by_the_same_networks(
    folder, built, monkeypatch, options, expected
):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    commands = [
        ("stylize", "photo.png", "--fg", "gold", "-o", "out.png", *QUICK),
        ("mask", "photo.png", "-o", "out.png"),
        ("score", "photo.png", "photo.png", "--fg", "gold"),
    ]
    for command in commands:
        assert code_of(*command, *options) == 0
        assert built == [expected], command
        built.clear()


def test_stdin_and_stdout(folder, stdio):
    out = stdio((folder / "photo.png").read_bytes())
    assert code_of("mask", "-", "-o", "-") == 0
    assert code_of("mask", "photo.png", "-o", "out.png") == 0
    assert np.array_equal(np.asarray(Image.open(out)), pixels("out.png"))
