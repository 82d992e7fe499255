"""A learned style paints pictures of any size, and its file is read by no one who isn't sure."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

import semcs
from semcs.errors import InputError
from semcs.learning.about import About, weights_hash
from semcs.models.painter import load_painter
from semcs.models.registry import BUNDLED_MANIFEST


@pytest.fixture
def saved(learn, tmp_path):
    """A style, and the file that it was saved as."""
    style, file = learn(steps=2), tmp_path / "style.safetensors"
    style.save(file)
    return style, file


def parts_of(file):
    """Tensors and metadata of a safetensors file, by the library's own reader."""
    with safe_open(file, "pt") as opened:
        return load_file(file), dict(opened.metadata())


def test_a_file_holds_the_style(saved, photo_tensor):
    style, file = saved
    read = semcs.Style.load(file)
    assert read.about == style.about
    assert str(read) == read.text == "gold"
    assert torch.equal(read.paint(photo_tensor), style.paint(photo_tensor))


def test_a_file_is_small_and_says_what_it_is(saved):
    _, file = saved
    tensors, metadata = parts_of(file)
    about = json.loads(metadata["about"])
    assert file.stat().st_size < 6_000_000
    assert {value.dtype for value in tensors.values()} == {torch.float16}
    assert metadata["format"] == "semcs style 1"
    assert (about["text"], about["seed"], about["steps"]) == ("gold", 0, 2)
    assert (about["models"], about["version"]) == ("tiny", semcs.__version__)
    assert about["painter"] == weights_hash(load_painter())


@pytest.mark.parametrize("size", [(64, 96), (33, 40), (700, 500)])
def test_pictures_of_any_size(saved, size):
    painted = saved[0].paint(torch.full((1, 3, *size), 0.4))
    assert painted.shape == (1, 3, *size)
    assert painted.min() >= 0
    assert painted.max() <= 1


def test_a_network_that_has_learned_nothing_changes_nothing(saved, photo_tensor):
    network = saved[0].network
    for parameter in network.heads.parameters():
        parameter.data.zero_()
    photo = photo_tensor[0].permute(1, 2, 0).numpy()
    start = photo[::-1].copy()
    assert (saved[0].refine(photo, start) == start).all()


def test_the_seed_is_that_of_the_looks(saved, photo_tensor):
    first, again, other = (saved[0].paint(photo_tensor, seed=seed) for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_the_scale_is_that_of_the_strokes(saved, photo_tensor):
    style = saved[0]
    painted = [style.paint(photo_tensor, scale=scale) for scale in (1.0, 1.0, 4.0)]
    assert torch.equal(painted[0], painted[1])
    assert not torch.equal(painted[0], painted[2])
    with pytest.raises(InputError, match="scale is 5"):
        style.paint(photo_tensor, scale=5)


def test_another_painter_is_refused(saved, photo_tensor):
    style = saved[0]
    about = replace(style.about, painter="0" * 64)
    by_looks = replace(style, about=about)
    assert torch.equal(by_looks.paint(photo_tensor), style.paint(photo_tensor))
    coded = replace(by_looks, code=torch.zeros(1, 109))
    with pytest.raises(InputError, match="another painter's weights"):
        coded.paint(photo_tensor)


def changed(tensors, metadata, what):
    """A style's file with one thing wrong."""
    about = json.loads(metadata["about"])
    first = next(iter(tensors))
    if what == "another format":
        metadata["format"] = "semcs style 2"
    elif what == "no metadata":
        metadata.clear()
    elif what == "about a list":
        metadata["about"] = "[1, 2]"
    elif what == "about too deep":
        metadata["about"] = "[" * 100_000
    elif what == "a number as text":
        metadata["about"] = json.dumps({**about, "steps": "9"})
    elif what == "a lacking value":
        about.pop("seed")
        metadata["about"] = json.dumps(about)
    elif what == "a name with an escape":
        metadata["about"] = json.dumps({**about, "models": "\x1b[2J"})
    elif what == "a tensor more":
        tensors["network.extra"] = torch.zeros(1, dtype=torch.float16)
    elif what == "a tensor less":
        tensors.pop(first)
    elif what == "a shape":
        tensors[first] = tensors[first][:1].clone()
    elif what == "a code of another length":
        tensors["code"] = torch.zeros(1, 3, dtype=torch.float16)
    elif what == "not finite":
        tensors[first][:] = torch.nan
    elif what == "single precision":
        tensors[first] = tensors[first].float()
    return tensors, metadata


@pytest.mark.parametrize(
    "what",
    [
        *("another format", "no metadata", "about a list", "about too deep", "a number as text"),
        *("a lacking value", "a name with an escape", "a tensor more", "a tensor less", "a shape"),
        *("a code of another length", "not finite", "single precision"),
    ],
)
def test_files_with_something_wrong_are_refused(saved, what):
    file = saved[1]
    save_file(*changed(*parts_of(file), what)[:1], file, changed(*parts_of(file), what)[1])
    with pytest.raises(InputError, match="is no learned style") as told:
        semcs.Style.load(file)
    assert "\n" not in str(told.value)
    assert "\x1b" not in str(told.value)


class Hostile:
    def __reduce__(self):
        return (Path.touch, (Path("it-ran"),))


def test_foreign_and_damaged_files_are_refused(saved, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    whole = saved[1].read_bytes()
    foreign = {
        "empty": b"",
        "text": b"gold, please",
        "cut": whole[:-100],
        "longer": whole + b"more",
        "pickle": pickle.dumps(Hostile()),
        "models": (BUNDLED_MANIFEST.parent / "content.safetensors").read_bytes(),
        "huge header": (2**62).to_bytes(8, "little") + whole[8:],
        "large": bytes(6_000_001),
    }
    for name, content in foreign.items():
        Path(name).write_bytes(content)
        with pytest.raises(InputError, match=f"{name} is no learned style"):
            semcs.Style.load(name)
    assert not Path("it-ran").exists()


@pytest.mark.parametrize("where", ["nowhere.safetensors", ".", "a\0b"])
def test_what_isnt_there_is_told(where):
    with pytest.raises(InputError):
        semcs.Style.load(where)


def test_no_path_is_told():
    with pytest.raises(InputError, match="a path is allowed"):
        semcs.Style.load(3)


def test_what_a_style_is_about_comes_back():
    about = About("ice", 1, 2, 3, 4.5, 6, "mine", "a", "b", "0.1")
    assert About.from_json(about.to_json()) == about
