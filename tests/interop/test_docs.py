"""The examples of docs/pipelines.md run, and docs/plugins.md shows what is in the example."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from PIL import Image
from tiny_regions import TinyRegions

from semcs.models import families

ROOT = Path(__file__).parents[2]


def blocks(name, language="python"):
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


@pytest.fixture
def run(photo, make_family, tmp_path, monkeypatch):
    """Runs the example that holds a word; gives the names that it made."""
    family = make_family(regions=TinyRegions)
    monkeypatch.setattr(families, "load_family", lambda *_, **__: family)
    monkeypatch.chdir(tmp_path)
    photo.save("photo.png")

    def run_example(word, **names):
        (source,) = [block for block in blocks("pipelines.md") if word in block]
        session = {"photo": photo, **names}
        exec(compile(source, "docs/pipelines.md", "exec"), session)
        return session

    return run_example


def test_diffusers(run, photo):
    def pipeline(prompt, image, mask_image):
        assert image.size == mask_image.size
        assert mask_image.mode == "L"
        anew = Image.new("RGB", image.size, "orange")
        return SimpleNamespace(images=[Image.composite(anew, image, mask_image)])

    made = run("mask_image", pipeline=pipeline)
    kept = np.asarray(made["mask"]) < 100  # the background, and a rim around it, is painted anew
    assert (np.asarray(made["result"])[kept] == (255, 165, 0)).all()
    assert (np.asarray(made["result"]) == np.asarray(photo)).all(-1).any()


def test_segment_anything(run):
    made = run("SamPredictor")
    assert made["masks"].shape == (3, 64, 96)
    assert made["best"].dtype == bool
    assert made["again"].shape == (1, 64, 96)


def test_comfyui(run, photo):
    node = run("NODE_CLASS_MAPPINGS")["NODE_CLASS_MAPPINGS"]["SemcsStylize"]()
    assert set(node.INPUT_TYPES()) == {"required", "optional"}
    images = torch.from_numpy(np.stack([np.asarray(photo)] * 2)).float() / 255
    mask = torch.zeros(2, 64, 96)
    mask[1, :, :48] = 1
    styled, given = getattr(node, node.FUNCTION)(images, "", "snow", mask)
    assert styled.shape == images.shape
    assert torch.equal(given, mask)
    torch.testing.assert_close(styled[1, :, :48], images[1, :, :48], atol=1e-6, rtol=0)
    assert (styled[0] - images[0]).abs().mean() > 0.02
    _, found = getattr(node, node.FUNCTION)(images, "gold", "")
    assert found.shape == (2, 64, 96)


def test_opencv(run, photo):
    made = run("cv2")
    assert (np.asarray(made["frame"])[..., ::-1] == np.asarray(photo)).all()
    assert (np.asarray(Image.open("styled.png")) == made["styled"]).all()


def test_torchvision(run):
    made = run("torchvision")
    assert made["image"].shape == (3, 48, 48)
    assert type(made["mask"]).__name__ == "Mask"
    assert made["mask"].shape == (1, 48, 48)


def test_the_plugins_that_are_shown_are_those_of_the_example():
    example = ROOT / "tests" / "plugin_example"
    sources = "".join(file.read_text() for file in sorted(example.rglob("*.py")))
    shown = blocks("plugins.md")
    assert len(shown) == 2
    assert all(block in sources for block in shown)
    (entry_points,) = blocks("plugins.md", "toml")
    assert entry_points in (example / "pyproject.toml").read_text()
