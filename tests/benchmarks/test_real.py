"""Both judges on the same pictures."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from benchmarks import judge_real, real
from benchmarks.judge import model
from benchmarks.judge_real import LABELS, Verdict


class Colours(torch.nn.Module):
    """A judge whose probabilities of three looks are a crop's red, green and blue."""

    input_size = 32
    names = ("wood", "gold", "snow")

    def forward(self, images):
        return images.mean((2, 3))


@pytest.fixture
def judges(monkeypatch):
    """The judge of looks sees colours; that of real pictures how dark the picture is."""
    monkeypatch.setattr(real, "_judge", Colours)
    monkeypatch.setattr(
        judge_real, "score", lambda picture, look: Verdict(float(picture.mean()), True, 0.25)
    )


def painted(red, green, blue):
    return np.tile(np.array([red, green, blue], np.float32), (64, 64, 1))


def test_both_judges_see_the_whole_picture(judges):
    black, picture = painted(0, 0, 0), painted(0.25, 0.625, 0.125)
    found = real.score(black, picture, "gold")
    assert found == pytest.approx(
        {"real": 1 / 3, "real_top1": 1, "looks": 0.625, "looks_top1": 1}, abs=1e-6
    )
    other = real.score(black, picture, "wood")
    assert (other["looks"], other["looks_top1"]) == (pytest.approx(0.25), 0)


def test_the_unpainted_photo_stands_beside_what_each_preset_made(judges, monkeypatch):
    monkeypatch.setattr(real, "photo_named", lambda name, side: np.zeros((64, 64, 3), np.uint8))
    asked = []

    def stylizer(photo, look, *, preset, progress):
        asked.append((look, preset))
        return SimpleNamespace(image=painted(0, 1, 0) if preset == "good" else photo)

    found = real.measure(stylizer, ["good", "idle"], ["flower", "china"], ["gold", "snow"])
    assert asked == 2 * [(look, name) for look in ("gold", "snow") for name in ("good", "idle")]
    assert [row["looks"] for row in found["good"]] == pytest.approx([1, 0, 1, 0])
    assert found["photo"] == found["idle"]
    assert [row["real"] for row in found["photo"]] == [0] * 4


def test_every_look_with_a_label_is_asked_for_by_default(judges, monkeypatch):
    looks = []
    monkeypatch.setattr(real, "score", lambda photo, picture, look: looks.append(look))
    real.measure(None, [], ["flower"])
    assert looks == list(LABELS)


def test_the_command_prints_a_row_for_the_photo_and_each_preset(monkeypatch, capsys):
    row = {"real": 0.5, "looks": 0.25}
    monkeypatch.setattr(
        real, "measure", lambda _, presets, photos: {name: [row] for name in ("photo", *presets)}
    )
    real.main(["--presets", "instant", "semcs"])
    lines = capsys.readouterr().out.splitlines()[1:]
    assert [line.split()[:3] for line in lines[:3]] == [
        ["real", name, "0.500"] for name in ("photo", "instant", "semcs")
    ]


def test_a_missing_judge_is_one_clear_line(monkeypatch, tmp_path):
    monkeypatch.setattr(judge_real, "score", lambda picture, look: Verdict(0.0, False, 0.0))
    monkeypatch.setattr(model, "WEIGHTS", tmp_path / "judge.safetensors")
    monkeypatch.setattr(real, "_judge", model.load_judge)
    with pytest.raises(SystemExit, match="error: no judge"):
        real.main(["--photos", "flower"])
