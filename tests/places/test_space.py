"""The page for a hosted space, with a stand-in for Gradio that holds it to its contract."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml
from gradio_stand_in import Error, Page, Progress
from PIL import Image

import semcs

SPACE = Path(__file__).parents[2] / "docs/places/space"
COLOURS = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}


@pytest.fixture(scope="module")
def made():
    """The page that app.py makes, and its module."""
    page = Page()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "gradio", page.module())
        patch.setattr(sys, "dont_write_bytecode", True)  # docs/ is shipped as it lies there
        spec = importlib.util.spec_from_file_location("app_of_the_space", SPACE / "app.py")
        app = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(app)
    return page, app


@pytest.fixture
def press(made):
    """Presses the button; gives what the outputs get."""
    ((run, inputs, outputs, _),) = made[0].clicks

    def press_it(photo, **said):
        labels = [component.said["label"] for component in inputs]
        values = [photo, *(component.said.get("value", "") for component in inputs[1:])]
        filled = {**dict(zip(labels, values)), **said}
        assert set(filled) == set(labels)
        answer = run(*filled.values())
        assert len(answer) == len(outputs)
        return answer

    return press_it


def test_one_visitor_is_served_at_a_time_and_few_wait(made):
    page, _ = made
    ((_, inputs, outputs, said),) = page.clicks
    assert said == {"concurrency_limit": 1}
    assert page.waiting == 20
    assert [component.kind for component in outputs] == ["ImageSlider", "Image"]
    assert all(component.said["label"] for component in [*inputs, *outputs])


def test_nothing_is_reported_and_uploads_are_deleted(made):
    (blocks,) = made[0].of("Blocks")
    assert blocks.said["analytics_enabled"] is False
    assert blocks.said["delete_cache"] == (3600, 3600)


def test_examples_fit_their_inputs(made):
    (examples,) = made[0].of("Examples")
    for row in examples.said["examples"]:
        assert len(row) == len(examples.said["inputs"])
        assert Image.open(row[0]).size == (640, 427)
        assert all(semcs.looks.match(style).looks for style in row[2:])


def test_pressing_paints(press, photo):
    (before, after), mask = press(photo)
    assert before.size == after.size == mask.size == photo.size
    assert np.abs(np.float32(after) - np.float32(before)).mean() > 20
    assert np.asarray(mask)[20:44, 36:60].mean() > 200  # the flower is in the middle
    assert np.asarray(mask)[:8, :8].mean() < 50


def test_empty_texts_keep_the_photo(press, photo):
    with pytest.raises(Error) as refused:
        press(photo, **{"Style of the foreground": "", "Style of the background": " "})
    assert not refused.value.print_exception
    (before, after), mask = press(photo, **{"Style of the background": ""})
    changed = np.abs(np.int16(after) - np.int16(before)).max(-1)
    assert changed[np.asarray(mask) == 0].max() == 0
    assert changed[np.asarray(mask) == 255].mean() > 20


def test_large_photos_are_made_smaller(press):
    (before, after), _ = press(Image.new("RGBA", (3000, 1500), "teal"))
    assert before.size == after.size == (1024, 512)
    assert before.mode == "RGB"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"Foreground is": "zeppelin"}, "knows no word 'zeppelin'"),
        ({"Foreground is": "airplane"}, "airplane"),
    ],
)
def test_errors_are_one_line_on_the_page(press, photo, said, message):
    with pytest.raises(Error, match=message):
        press(photo, **said)
    with pytest.raises(Error, match="Choose a photo first"):
        press(None)


def test_refining_tells_how_far_it_is(made, photo, tiny_family, monkeypatch):
    _, app = made
    preset = semcs.PRESETS["semcs"].change(steps=2, least_size=64)
    monkeypatch.setitem(app.PRESETS, "refined", preset)
    monkeypatch.setattr(app, "stylizer", semcs.Stylizer(tiny_family))
    progress = Progress()
    app.paint(photo, "", "gold", "", "refined", 0.0, progress)
    assert progress.told == [1, 2]


def test_the_space_starts_with_it():
    head = (SPACE / "README.md").read_text(encoding="utf-8").split("---\n")[1]
    about = yaml.safe_load(head)
    assert about["sdk"] == "gradio"
    assert (SPACE / about["app_file"]).is_file()
    assert re.fullmatch(r"\d+\.\d+\.\d+", about["sdk_version"])
    assert {about["colorFrom"], about["colorTo"]} <= COLOURS
    assert about["license"] == "mit"
    assert isinstance(about["python_version"], str)
    assert len(about["short_description"]) <= 60
    assert "semcs>=0.1" in (SPACE / "requirements.txt").read_text().split("\n")
