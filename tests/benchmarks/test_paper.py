"""The published table's command, end to end, with seeded random weights in the real layout."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from itertools import pairwise

import h5py
import numpy as np
import open_clip
import pytest
import timm
import torch
import torchvision
from PIL import Image
from safetensors.torch import save_file
from sklearn.datasets import load_sample_image

from benchmarks.paper import command
from benchmarks.paper.command import WEIGHTS
from benchmarks.paper.jobs import METHODS, Settings, jobs_of, photos_in
from benchmarks.paper.kept import keep, kept_rows
from benchmarks.paper.published import REASONS, TABLE
from benchmarks.paper.table import table_of
from semcs import PRESETS, load_family
from semcs.metrics import defaults
from semcs.metrics.dists_vgg import CHANNELS
from semcs.metrics.nima_model import BLOCKS
from semcs.models import cache, registry

TEXT = {"context_length": 77, "vocab_size": 49408, "width": 64, "heads": 2, "layers": 1}
SMALL_CLIPS = {
    "ViT-B-32-quickgelu": {
        "embed_dim": 32,
        "quick_gelu": True,
        "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "patch_size": 16},
        "text_cfg": TEXT,
    },
    "RN50-quickgelu": {
        "embed_dim": 32,
        "quick_gelu": True,
        "vision_cfg": {"image_size": 64, "layers": [1, 1, 1, 1], "width": 8, "patch_size": None},
        "text_cfg": TEXT,
    },
}
QUICK = ["--steps", "1", "--size", "48", "--one", "gold", "--two", "gold", "snow"]


def random_state(network):
    """Weights that keep the signal up, under the names of a network."""
    generator = torch.Generator().manual_seed(0)
    return {
        key: torch.randn(value.shape, generator=generator) * (2 / max(1, value[0].numel())) ** 0.5
        if value.ndim > 1
        else torch.full(value.shape, 0.5)
        for key, value in network.state_dict().items()
        if "num_batches" not in key
    }


def layouts():
    """Networks of the layouts that the published files have; CLIP's are small ones."""
    vit = timm.create_model("vit_small_patch16_224.dino", num_classes=0)
    with torch.device("meta"):
        vggs = {
            f"vgg{depth}": getattr(torchvision.models, f"vgg{depth}")(weights=None).features
            for depth in (16, 19)
        }
    clips = {"ViT-B-32": "ViT-B-32-quickgelu", "RN50": "RN50-quickgelu"}
    found = {name: open_clip.CLIP(**SMALL_CLIPS[config]) for name, config in clips.items()}
    return {**found, "dino-vits16": vit, **vggs}


def save_nima(file):
    """A MobileNet's file as Keras 2 writes it."""
    rng = np.random.default_rng(0)
    inputs = [32, *(channels for channels, _ in BLOCKS)]
    kernels = {"conv1": (3, 3, 3, 32), "dense_1": (inputs[-1], 10)}
    for block, (before, after) in enumerate(pairwise(inputs), 1):
        kernels[f"conv_dw_{block}"] = (3, 3, before, 1)
        kernels[f"conv_pw_{block}"] = (1, 1, before, after)
    with h5py.File(file, "w") as stored:
        stored.attrs["keras_version"] = "2.1.6"
        for layer, shape in kernels.items():
            kind = "depthwise_kernel" if "_dw_" in layer else "kernel"
            values = rng.normal(0, (2 / np.prod(shape[:-1])) ** 0.5, shape)
            stored[f"{layer}/{layer}/{kind}:0"] = values.astype(np.float32)
            channels = shape[2] if "_dw_" in layer else shape[-1]
            if layer == "dense_1":
                stored[f"{layer}/{layer}/bias:0"] = np.zeros(10, np.float32)
                continue
            for name in ("gamma", "beta", "moving_mean", "moving_variance"):
                value = np.full(channels, 0.0 if name in ("beta", "moving_mean") else 1.0)
                stored[f"{layer}_bn/{layer}_bn/{name}:0"] = value.astype(np.float32)


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    """Files of random weights by the models' names."""
    folder = tmp_path_factory.mktemp("weights")
    for name, network in layouts().items():
        prefix = "features." if name.startswith("vgg") else ""
        state = {f"{prefix}{key}": value for key, value in random_state(network).items()}
        if name == "RN50":
            counted = {k: v for k, v in network.state_dict().items() if "num_batches" in k}
            state |= counted
        save_file(state, folder / name)
    shares = torch.full((1, sum(CHANNELS), 1, 1), 0.1)
    torch.save({"alpha": shares, "beta": shares}, folder / "dists")
    save_nima(folder / "nima")
    return folder


@pytest.fixture
def at_hand(weights, monkeypatch):
    """The registry knows these files and their hashes, and finds them on this machine."""
    real = {source.name: source for source in registry.sources().values()}
    for name in WEIGHTS:
        sha256 = hashlib.sha256((weights / name).read_bytes()).hexdigest()
        real[name] = dataclasses.replace(real[name], sha256=sha256, size=None)
    find = cache.path
    monkeypatch.setattr(registry, "sources", lambda: real)
    monkeypatch.setattr(cache, "path", lambda s: weights / s.name if s.name in WEIGHTS else find(s))
    monkeypatch.setattr(open_clip, "get_model_config", SMALL_CLIPS.get)
    monkeypatch.setattr(defaults, "KEPT", {})
    family = load_family("paper", "cpu")
    family.saliency_size = 64  # quicker than 480
    monkeypatch.setattr(command, "load_family", lambda models, device: family)


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("flower", "china"):
        photo = Image.fromarray(load_sample_image(f"{name}.jpg")).resize((48, 36))
        photo.save(folder / f"{name}.png")
    (folder / "notes.txt").write_text("no picture")
    return folder


def test_pictures_are_made_scored_and_kept_and_a_second_run_goes_on(
    at_hand, photos, tmp_path, capsys
):
    presets = ["--presets", "semcs-reference", "clipstyler"]
    call = ["--photos", str(photos), "--out", str(tmp_path / "out"), *QUICK, *presets]
    command.main([*call, "--limit", "2", "--json"])
    first = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [(row["photo"], row["preset"], row["texts"]) for row in first] == [
        ("china.png", "semcs-reference", "one"),
        ("china.png", "semcs-reference", "two"),
    ]
    for row in first:
        assert {"whole"} < set(row["dists"]) <= {"whole", "foreground", "background"}
        assert all(0 <= value <= 2 for value in row["dists"].values())
        assert all(1 <= value <= 10 for value in row["nima"].values())
        with Image.open(tmp_path / "out" / row["picture"]) as picture:
            assert picture.size == (48, 36)
    # Two texts are judged by the other CLIP, as in the program.
    assert ["clip RN50" in row["models"] for row in first] == [False, True]

    command.main([*call, "--limit", "1"])
    said = capsys.readouterr().out
    assert "vgg16        checked (published), BSD-3-Clause" in said
    rows = kept_rows(tmp_path / "out" / "scores.jsonl")
    assert rows[:2] == first
    assert [row["preset"] for row in rows[2:]] == ["clipstyler"]
    line = next(line for line in said.splitlines() if line.startswith("clipstyler"))
    assert line.split()[1:3] == ["one", "1"]
    assert line.split()[6] == "0.32"


def test_a_dry_run_says_what_would_be_done_and_does_nothing(photos, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(cache, "path", lambda source: None)
    monkeypatch.setattr(cache, "fetch", None)
    command.main(["--photos", str(photos), "--out", str(tmp_path / "out"), "--dry-run"])
    said = capsys.readouterr().out
    assert "RN50         to fetch, 408.3 MB" in said
    # Five presets with one text, all but CLIPstyler with two; two photos.
    assert "0 pictures are done, 18 to make" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("folder", "reason"), [("none", "No such file"), (".", "no picture in")])
def test_a_folder_without_pictures_is_one_clear_line(tmp_path, folder, reason):
    with pytest.raises(SystemExit, match=f"^error: .*{reason}"):
        command.main(["--photos", str(tmp_path / folder), "--dry-run"])


class TestJobs:
    SETTINGS = Settings("gold", ("gold", "snow"), 512, None, "short256")

    def test_the_published_settings_are_kept(self, photos):
        jobs = jobs_of(photos_in(photos), METHODS, self.SETTINGS)
        assert all(job.options == PRESETS[job.preset] for job in jobs)
        assert {job.preset for job in jobs if job.texts == "one"} == set(METHODS)
        assert "clipstyler" not in {job.preset for job in jobs if job.texts == "two"}

    def test_every_picture_has_a_key_of_its_own_that_settings_and_photo_change(self, photos):
        jobs = jobs_of(photos_in(photos), METHODS, self.SETTINGS)
        keys = {job.key for job in jobs}
        assert len(keys) == len(jobs)
        smaller = dataclasses.replace(self.SETTINGS, size=256)
        assert keys.isdisjoint(job.key for job in jobs_of(photos_in(photos), METHODS, smaller))
        before = jobs[0].key
        Image.new("RGB", (8, 8)).save(jobs[0].photo)
        assert jobs[0].key != before


def test_a_line_that_was_cut_off_is_made_again(tmp_path):
    file = tmp_path / "scores.jsonl"
    keep(file, {"key": "ä"})
    with file.open("ab") as stream:
        stream.write(b'{"key": "b", "da')
    assert kept_rows(file) == [{"key": "ä"}]
    keep(file, {"key": "c"})
    assert kept_rows(file) == [{"key": "ä"}, {"key": "c"}]


class TestTable:
    def row(self, texts, dists, nima):
        whole = {"dists": {"whole": dists, "foreground": 0.5}, "nima": {"whole": nima}}
        return {"preset": "gen-art", "texts": texts, **whole}

    def test_means_stand_beside_the_published_figures(self):
        rows = [self.row("one", 0.2, 5.0), self.row("one", 0.4, 4.0), self.row("two", 0.1, None)]
        lines = [re.split(r" +", line) for line in table_of(rows, ["gen-art"]).splitlines()]
        assert ["gen-art", "one", "2", "0.30", "0.50", "–", "0.25", "+0.05"] in lines
        assert ["gen-art", "one", "2", "4.50", "–", "–", "4.34", "+0.16"] in lines
        assert ["gen-art", "two", "1", "–", "–", "–", "4.24", "–"] in lines

    def test_each_preset_says_what_differences_may_come_from(self):
        assert set(REASONS) == {"all", *METHODS}
        assert {row.preset for row in TABLE} <= set(METHODS)
        said = table_of([self.row("one", 0.2, 5.0)], METHODS)
        assert f"- gen-art: {REASONS['gen-art'][0]}" in said
        assert "- clipstyler" not in said
