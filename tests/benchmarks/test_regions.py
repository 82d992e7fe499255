from __future__ import annotations

import json

import numpy as np
import pytest
import torch

from benchmarks import regions
from benchmarks.regions import STYLENETS, measure, presets, toward
from semcs.models.interfaces import ImageTextModel
from semcs.stylizer import Stylizer


class Colours(ImageTextModel):
    """Embeds a picture by its mean colour, and colours by their names; "a photo" is black."""

    name, input_size = "colours", 32

    def fit(self, images):
        return images

    def encode_image(self, images):
        return images.mean((2, 3))

    def encode_text(self, texts):
        known = {"red": (1.0, 0.0, 0.0), "green": (0.0, 1.0, 0.0)}
        return torch.tensor([known.get(text, (0.0, 0.0, 0.0)) for text in texts])


def test_a_region_moves_toward_its_own_colour():
    black = np.zeros((32, 32, 3), np.uint8)
    mask = np.zeros((32, 32), np.float32)
    mask[:, :16] = 1
    output = black.copy()
    output[:, :16, 0] = 255
    output[:, 16:, 1] = 255
    assert toward(Colours(), black, output, mask, ("red", "green")) == pytest.approx((1, 0))
    assert toward(Colours(), black, output, 1 - mask, ("green", "red")) == pytest.approx((1, 0))
    both = toward(Colours(), black, output, np.ones_like(mask), ("red", "green"))
    assert both == pytest.approx((0.5**0.5, 0.5**0.5))


def test_only_the_stylenet_differs():
    first, second = presets(3).values()
    assert (first.network.stylenet, second.network.stylenet) == STYLENETS
    assert first.optimiser.steps == second.optimiser.steps == 3
    assert second.change(stylenet="region") == first


def test_a_small_run_has_a_row_for_each_stylenet_and_swap(tiny_family, monkeypatch, photo):
    monkeypatch.setattr(regions, "load_sample_image", lambda name: photo)
    stylizer = Stylizer(tiny_family)
    rows, sheet = measure(stylizer, ("flower.jpg",), (("gold", "snow"),), steps=1, size=64)
    assert [(row.fg, row.bg, row.stylenet) for row in rows] == [
        (*texts, name) for texts in (("gold", "snow"), ("snow", "gold")) for name in STYLENETS
    ]
    assert all(row.seconds > 0 and -1 <= row.own <= 1 for row in rows)
    assert sheet.size == (3 * 96, 2 * 64)


def test_the_command_prints_means(monkeypatch, capsys):
    rows = [
        regions.Row("flower.jpg", "gold", "snow", name, own, 0.25, 2.0)
        for own, name in ((0.5, "region"), (0.75, "region"), (0.25, "published"), (0, "published"))
    ]
    monkeypatch.setattr(regions, "measure", lambda *_: (rows, None))
    regions.main(["--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["n"] == 2
    assert found["region"] == {"own": 0.625, "leak": 0.25, "seconds": 2.0}
    assert len(found["rows"]) == 4
