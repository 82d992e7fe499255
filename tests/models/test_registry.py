from __future__ import annotations

import contextlib
import hashlib
import random
import re

import open_clip
import pytest
import timm

from semcs.errors import InputError, ModelUnavailableError
from semcs.models import registry
from semcs.models.registry import get, sources

PAPER = [source for source in sources().values() if not source.bundled]


@pytest.mark.parametrize("source", PAPER, ids=lambda source: source.name)
def test_pins_are_whole_hashes_and_the_hub_gives_safetensors(source):
    assert source.file.endswith(".safetensors") == (source.host == "hub")
    assert re.fullmatch("[0-9a-f]{40}", source.revision)
    assert source.sha256 is None or re.fullmatch("[0-9a-f]{64}", source.sha256)


@pytest.mark.parametrize(
    "source", [s for s in PAPER if s.host == "hub"], ids=lambda source: source.name
)
def test_the_repositories_are_those_that_open_clip_and_timm_use(source):
    if source.role == "clip":
        hub = open_clip.get_pretrained_cfg(source.architecture, "openai")["hf_hub"].rstrip("/")
    else:
        hub = timm.get_pretrained_cfg(source.architecture).hf_hub_id
    assert source.repo == hub


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(InputError, match=r"'ViT-H-14'.*ViT-B-32.*dino-vits16.*vgg19"):
        get("ViT-H-14")


def test_a_model_of_another_role_is_unknown():
    with pytest.raises(InputError, match="'dino-vits16'; choose from ViT-B-32, RN50") as error:
        get("dino-vits16", role="clip")
    assert "dinov2" not in str(error.value)


def test_bundled_files_are_those_of_the_manifest(tmp_path, monkeypatch):
    weights = tmp_path / "vit.safetensors"
    weights.write_bytes(b"weights")
    digest = hashlib.sha256(b"weights").hexdigest()
    (tmp_path / "SHA256SUMS").write_text(f"{digest}  vit.safetensors\n\n")
    monkeypatch.setattr(registry, "BUNDLED_FOLDER", tmp_path)
    monkeypatch.setattr(registry, "BUNDLED_MANIFEST", tmp_path / "SHA256SUMS")

    source = get("bundled-vit")

    assert (source.bundled, source.role, source.file) == (True, "saliency", "vit.safetensors")
    assert (source.sha256, source.size) == (digest, len(b"weights"))
    assert [s.name for s in sources().values() if s.bundled] == ["bundled-vit"]


def test_without_a_manifest_there_are_no_bundled_models(tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "BUNDLED_MANIFEST", tmp_path / "SHA256SUMS")
    assert list(sources().values()) == PAPER


GOOD = f"{'0' * 64}  vit.safetensors\n".encode()


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe" + GOOD,
        GOOD[:-20],
        GOOD[1:],
        GOOD.replace(b"vit", b"other"),
        GOOD.replace(b"vit", b"../vit"),
        GOOD.replace(b"  ", b" "),
        GOOD + b"and more\n",
        b"\0" * 10,
        b"0" * 1_000_000,
    ],
)
def test_a_damaged_manifest_is_told_in_one_line(tmp_path, monkeypatch, content):
    (tmp_path / "SHA256SUMS").write_bytes(content)
    monkeypatch.setattr(registry, "BUNDLED_MANIFEST", tmp_path / "SHA256SUMS")
    with pytest.raises(ModelUnavailableError, match=r"SHA256SUMS is damaged.*install") as error:
        get("bundled-vit")
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 400


def test_a_mutated_manifest_is_read_or_refused(tmp_path, monkeypatch):
    dice = random.Random(0)
    file = tmp_path / "SHA256SUMS"
    monkeypatch.setattr(registry, "BUNDLED_MANIFEST", file)
    for _ in range(300):
        content = bytearray(GOOD * 2)
        for _ in range(dice.randint(1, 3)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        file.write_bytes(content)
        with contextlib.suppress(ModelUnavailableError):
            sources()
