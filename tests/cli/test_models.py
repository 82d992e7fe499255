"""`semcs models`: what there is, whether it is here, and whether it is whole."""

from __future__ import annotations

import hashlib
import re

import huggingface_hub
import pytest
from commandline import assert_one_line, code_of
from huggingface_hub import constants

from semcs.models import cache, downloading, families, registry

WEIGHTS = b"the weights of a network"


@pytest.fixture
def weights(tmp_path, monkeypatch):
    """Nothing in the hub's cache, and one bundled file."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_ASSETS_CACHE", str(tmp_path / "assets"))
    monkeypatch.setattr(cache, "BUNDLED_FOLDER", tmp_path)
    monkeypatch.setattr(registry, "BUNDLED_FOLDER", tmp_path)
    monkeypatch.setattr(registry, "BUNDLED_MANIFEST", tmp_path / "SHA256SUMS")
    file = tmp_path / "vit.safetensors"
    file.write_bytes(WEIGHTS)
    (tmp_path / "SHA256SUMS").write_text(f"{hashlib.sha256(WEIGHTS).hexdigest()}  {file.name}\n")
    return file


def test_list(weights, capsys):
    assert code_of("models", "list") == 0
    header, *rows = capsys.readouterr().out.splitlines()
    starts = [match.start() for match in re.finditer(r"\S+( \S+)*", header)]
    cells = [[row[a:b].strip() for a, b in zip(starts, [*starts[1:], None])] for row in rows]
    assert [row[0] for row in cells] == list(registry.sources())
    cached = {row[0]: row[3] for row in cells}
    assert cached.pop("bundled-vit") == "yes"
    assert set(cached.values()) == {"no"}
    assert "MIT" in next(row for row in cells if row[0] == "bundled-vit")[5]


def test_verify(weights, capsys):
    assert code_of("models", "verify") == 0
    rows = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    digest = hashlib.sha256(WEIGHTS).hexdigest()
    assert re.fullmatch(rf"bundled-vit +ok +bundled manifest +{digest}", rows["bundled-vit"])
    assert re.fullmatch(r"ViT-B-32 +not cached +published", rows["ViT-B-32"])
    assert re.fullmatch(r"dinov2-vits14-reg .* first download", rows["dinov2-vits14-reg"])


def test_verify_fails_on_a_damaged_file(weights, capsys):
    weights.write_bytes(WEIGHTS + b"?")
    for argv in ((), ("bundled-vit",)):
        assert code_of("models", "verify", *argv) == 1
        out, err = capsys.readouterr()
        assert re.search(r"^bundled-vit +WRONG", out, re.MULTILINE)
        assert_one_line(err, str(weights), hashlib.sha256(WEIGHTS).hexdigest())


def test_verify_fails_where_a_named_model_is_not_there(weights, capsys):
    assert code_of("models", "verify", "vgg19") == 1
    assert "not cached" in capsys.readouterr().out


def test_path(weights, capsys):
    assert code_of("models", "path", "bundled-vit") == 0
    assert capsys.readouterr().out == f"{weights}\n"
    assert code_of("models", "path") == 0
    assert capsys.readouterr().out == f"bundled-vit\t{weights}\n"


def test_path_of_what_is_not_there(weights, capsys):
    assert code_of("models", "path", "vgg19") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert_one_line(err, "vgg19", "semcs models download vgg19")


@pytest.mark.parametrize("action", ["download", "verify", "path"])
def test_unknown_names(weights, capsys, action):
    assert code_of("models", action, "VGG-1000") == 1
    assert_one_line(capsys.readouterr().err, "'VGG-1000'", "vgg19")


def test_download_of_paper_is_its_three_models(weights, capsys, monkeypatch):
    monkeypatch.setattr(cache, "fetch", lambda source: f"/files/{source.name}")
    assert code_of("models", "download", "paper", "vgg19") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"{name}\t/files/{name}" for name in families.PAPER.values()]


def test_a_download_that_fails(weights, capsys, monkeypatch):
    def offline(*args, **options):
        raise ConnectionError("no network\nhere")

    monkeypatch.setattr(downloading, "check_reachable", lambda _: None)
    monkeypatch.setattr(huggingface_hub, "hf_hub_download", offline)
    assert code_of("models", "download", "vgg19") == 1
    assert_one_line(capsys.readouterr().err, "vgg19", "no network")
