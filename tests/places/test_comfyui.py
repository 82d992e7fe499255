"""The nodes for ComfyUI, in a stand-in of it that holds them to its contract."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from comfyui_host import Host, Interrupted, Refused, check_class, load_pack, stand_in_modules
from PIL import Image
from sklearn.datasets import load_sample_image
from tiny_regions import TinyRegions

import semcs
from semcs.errors import InputError, NotFoundError
from semcs.interop.comfyui import NODE_CLASS_MAPPINGS, NODE_DISPLAY_NAME_MAPPINGS
from semcs.interop.comfyui.values import stylizer
from semcs.models import families

if sys.version_info >= (3, 11):
    import tomllib
else:
    tomllib = pytest.importorskip("tomli")

DOCS = Path(__file__).parents[2] / "docs"
PACK = DOCS / "places/comfyui"
GUIDE = (DOCS / "places.md").read_text(encoding="utf-8")


def as_image(*pictures):
    return torch.from_numpy(np.stack([np.asarray(one) for one in pictures])).float() / 255


def as_photos(images):
    return images.movedim(-1, 1)


@pytest.fixture(scope="module")
def batch(photo):
    """A flower and its mirror picture, (2, 64, 96, 3)."""
    return as_image(photo, photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT))


@pytest.fixture
def tiny(make_family, monkeypatch):
    """Nodes load tiny networks."""
    family = make_family(regions=TinyRegions)
    monkeypatch.setattr(families, "load_family", lambda *_, **__: family)
    stylizer.cache_clear()
    yield family
    stylizer.cache_clear()


@pytest.fixture
def host(batch, disc, tiny):
    masks = torch.from_numpy(np.stack([disc, disc[:, ::-1]]))
    return Host(NODE_CLASS_MAPPINGS, photos=batch, one=batch[:1], mask=masks)


def test_comfyui_loads_the_folder(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # docs/ is shipped as it lies there
    pack = load_pack(PACK)
    assert pack.NODE_CLASS_MAPPINGS is NODE_CLASS_MAPPINGS
    assert pack.NODE_DISPLAY_NAME_MAPPINGS.keys() == NODE_CLASS_MAPPINGS.keys()
    assert len(set(NODE_DISPLAY_NAME_MAPPINGS.values())) == len(NODE_CLASS_MAPPINGS) == 5


def test_one_line_in_a_file_does_the_same():
    (line,) = re.findall(r'^echo "(.*)" > custom_nodes/', GUIDE, re.MULTILINE)
    names = {}
    exec(line, names)
    assert names["NODE_CLASS_MAPPINGS"] is NODE_CLASS_MAPPINGS
    assert names["NODE_DISPLAY_NAME_MAPPINGS"] is NODE_DISPLAY_NAME_MAPPINGS


def test_the_guide_lists_all_nodes():
    listed = re.findall(r"^\| ([a-z ]+) \| pict", GUIDE, re.MULTILINE)
    assert [f"semcs: {name}" for name in listed] == list(NODE_DISPLAY_NAME_MAPPINGS.values())


def test_the_registry_gets_what_it_asks_for():
    about = tomllib.loads((PACK / "pyproject.toml").read_text())
    project = about["project"]
    assert project["name"] == "semcs"
    assert project["version"] == semcs.__version__
    assert project["license"] == {"text": "MIT"}
    assert about["tool"]["comfy"]["DisplayName"]
    assert (PACK / "requirements.txt").read_text().split() == project["dependencies"]


@pytest.mark.parametrize("name", NODE_CLASS_MAPPINGS)
def test_nodes_say_what_they_take(name):
    check_class(NODE_CLASS_MAPPINGS[name])


def test_a_graph_from_photo_to_picture(host, batch, tiny):
    graph = {
        "found": ("SemcsForegroundMask", {"images": ["photos", 0]}),
        "styled": ("SemcsStylize", {"images": ["photos", 0], "mask": ["found", 0]}),
        "framed": (
            "SemcsLook",
            {"images": ["styled", 0], "look": "watercolor", "mask": ["styled", 1], "seed": 3},
        ),
    }
    (framed,) = host.run(graph, "framed")
    (found,), (styled, used) = host.outputs["found"], host.outputs["styled"]
    assert torch.equal(found, semcs.saliency_mask(as_photos(batch), models=tiny)[:, 0])
    torch.testing.assert_close(used, found, atol=1e-6, rtol=0)
    expected = semcs.stylize(
        as_photos(batch),
        fg="gold",
        bg="starry night",
        mask=found[:, None],
        preset="instant",
        models=tiny,
        progress=False,
    )
    assert torch.equal(as_photos(styled), expected)
    second = semcs.looks.render(as_photos(styled)[1], "watercolor", used[1][None], seed=3)
    assert torch.equal(as_photos(framed)[1], second)


def test_scores_are_those_of_each_picture(host, batch, tiny, monkeypatch):
    asked = []

    class Found:
        def as_dict(self):
            return {"agreement": len(asked) / 2}

    def score(*pictures, **texts):
        asked.append((*pictures, texts))
        return Found()

    monkeypatch.setattr(semcs.metrics, "score", score)
    host.given["styled"] = batch.flip(0)
    sockets = {name: [name, 0] for name in ("photos", "styled", "mask")}
    inputs = {**sockets, "foreground": "gold", "background": ""}
    (text,) = host.run({"score": ("SemcsScore", inputs)}, "score")
    assert json.loads(text) == [{"agreement": 0.5}, {"agreement": 1.0}]
    for number, (before, after, mask, texts) in enumerate(asked):
        assert torch.equal(before, as_photos(batch)[number])
        assert torch.equal(after, as_photos(batch)[1 - number])
        assert torch.equal(mask[0], host.given["mask"][number])
        assert texts == {"fg": "gold", "bg": None, "models": tiny}
    host.given["styled"] = batch[:1]
    with pytest.raises(InputError, match="there are 2 photos, but 1 styled pictures"):
        host.run({"score": ("SemcsScore", inputs)}, "score")


def test_every_node_runs_once(host):
    graph = {
        "found": ("SemcsForegroundMask", {"images": ["one", 0]}),
        "a": ("SemcsLook", {"images": ["one", 0], "mask": ["found", 0]}),
        "b": ("SemcsStylize", {"images": ["a", 0], "mask": ["found", 0], "background": ""}),
    }
    host.run(graph, "b")
    assert host.ran == ["found", "a", "b"]


def test_empty_text_keeps_the_photo(host, batch, disc):
    inputs = {"images": ["photos", 0], "mask": ["mask", 0], "background": " "}
    styled, _ = host.run({"styled": ("SemcsStylize", inputs)}, "styled")
    outside = torch.from_numpy(disc == 0)
    torch.testing.assert_close(styled[0][outside], batch[0][outside], atol=1e-6, rtol=0)
    assert (styled[0] - batch[0])[~outside].abs().mean() > 0.05


def test_a_picture_as_the_style(host, batch):
    orange = torch.zeros(1, 40, 50, 3)
    orange[..., 0], orange[..., 1] = 1.0, 0.6
    host.given["painting"] = orange
    host.given["paintings"] = orange.repeat(2, 1, 1, 1)
    inputs = {"images": ["one", 0], "foreground_picture": ["painting", 0], "background": ""}
    styled, mask = host.run({"styled": ("SemcsStylize", inputs)}, "styled")
    inside = mask[0] > 0.9
    assert inside.any()
    red, _, blue = (styled - batch[:1])[0][inside].mean(0).tolist()
    assert red > blue
    inputs["foreground_picture"] = ["paintings", 0]
    with pytest.raises(InputError, match="foreground_picture is a batch of 2: one picture"):
        host.run({"styled": ("SemcsStylize", inputs)}, "styled")


def test_regions_by_words():
    china = Image.fromarray(load_sample_image("china.jpg")).resize((192, 128))
    host = Host(NODE_CLASS_MAPPINGS, photos=as_image(china))
    inputs = {"images": ["photos", 0], "words": "the sky"}
    (sky,) = host.run({"sky": ("SemcsRegionByWords", inputs)}, "sky")
    assert sky.shape == (1, 128, 192)
    assert sky[0, :15].mean() > 0.9
    assert sky[0, -30:].mean() < 0.1
    inverted = {**inputs, "invert": True}
    (rest,) = host.run({"rest": ("SemcsRegionByWords", inverted)}, "rest")
    torch.testing.assert_close(rest, 1 - sky, atol=1e-6, rtol=0)
    grown = {**inputs, "grow": 4}
    (larger,) = host.run({"sky": ("SemcsRegionByWords", grown)}, "sky")
    assert larger.mean() > sky.mean() + 0.01
    inputs["words"] = "an airplane"
    with pytest.raises(NotFoundError):
        host.run({"an airplane": ("SemcsRegionByWords", inputs)}, "an airplane")


def test_masks_of_another_size_are_stretched(host, batch):
    left = torch.zeros(1, 32, 32)
    left[:, :, :16] = 1
    host.given["left"] = left
    inputs = {"images": ["photos", 0], "mask": ["left", 0], "background": ""}
    styled, used = host.run({"styled": ("SemcsStylize", inputs)}, "styled")
    assert used.shape == (2, 64, 96)
    torch.testing.assert_close(styled[1, :, 50:], batch[1, :, 50:], atol=1e-6, rtol=0)
    host.given["left"] = left.repeat(3, 1, 1)
    with pytest.raises(InputError, match="3 masks for a batch of 2"):
        host.run({"styled": ("SemcsStylize", inputs)}, "styled")


def test_values_beyond_the_range_and_alpha(host, batch):
    host.given["beyond"] = torch.cat([batch[:1] * 1.2 - 0.1, torch.ones(1, 64, 96, 1)], -1)
    inputs = {"images": ["beyond", 0], "look": "mosaic"}
    (painted,) = host.run({"painted": ("SemcsLook", inputs)}, "painted")
    assert painted.shape == (1, 64, 96, 4)
    assert (painted[..., 3] == 1).all()


@pytest.mark.parametrize(
    ("kind", "inputs", "message"),
    [
        ("SemcsLook", {"look": "no such look"}, "value not in list"),
        ("SemcsLook", {"mask": ["photos", 0]}, "return type mismatch"),
        ("SemcsLook", {"seed": -1}, "smaller than min"),
        ("SemcsStylize", {"strength": 1.5}, "bigger than max"),
        ("SemcsStylize", {"scale": 0.1}, "smaller than min"),
        ("SemcsStylize", {"preset": "none"}, "value not in list"),
    ],
)
def test_comfyui_refuses_before_it_runs(host, kind, inputs, message):
    with pytest.raises(Refused, match=message):
        host.run({"node": (kind, {"images": ["photos", 0], **inputs})}, "node")
    assert not host.ran


def optimised(steps):
    node = NODE_CLASS_MAPPINGS["SemcsStylize"]()
    return lambda images, mask: node.stylize(
        images, "gold", "snow", "bundled", mask, preset="semcs", steps=steps, size=64
    )


def test_the_bar_moves_step_by_step_with_previews(batch, disc, tiny, monkeypatch):
    modules, told = stand_in_modules()
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    with torch.inference_mode():
        optimised(3)(batch, torch.from_numpy(disc))
    values = [value for value, _, _ in told]
    assert values == [33, 67, 100, 100, 133, 167, 200, 200]
    assert {total for _, total, _ in told} == {200}
    kind, preview, _ = told[0][2]
    assert (kind, preview.mode) == ("JPEG", "RGB")
    assert np.asarray(preview).std() > 5


def test_stop_ends_the_run(batch, disc, tiny, monkeypatch):
    modules, told = stand_in_modules(stop_after=2)
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    with torch.inference_mode(), pytest.raises(Interrupted):
        optimised(50)(batch[:1], torch.from_numpy(disc))
    assert len(told) == 2
