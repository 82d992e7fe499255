from __future__ import annotations

import hashlib

import pytest

from semcs.models import cache, registry
from semcs.training.bundle import PARTS, bundle


@pytest.fixture
def folders(tmp_path):
    trained, folder = tmp_path / "trained", tmp_path / "bundled"
    trained.mkdir()
    folder.mkdir()
    return trained, folder


def listed(manifest):
    return dict(reversed(line.split("  ")) for line in manifest.read_text().splitlines())


def test_manifest_lists_the_hashes_of_all_that_lies_there(folders):
    trained, folder = folders
    for part in PARTS:
        (trained / part).write_bytes(f"weights of {part}".encode())
    (trained / "notes.txt").write_text("not weights")
    bundle(trained, folder, folder / "SHA256SUMS")
    assert {file.name for file in folder.iterdir()} == {*PARTS, "SHA256SUMS"}
    assert listed(folder / "SHA256SUMS") == {
        part: hashlib.sha256(f"weights of {part}".encode()).hexdigest() for part in PARTS
    }


def test_a_part_that_was_not_trained_stays(folders):
    trained, folder = folders
    (folder / "vit.safetensors").write_bytes(b"old vit")
    (folder / "clip.safetensors").write_bytes(b"old clip")
    (trained / "clip.safetensors").write_bytes(b"new clip")
    bundle(trained, folder, folder / "SHA256SUMS")
    assert listed(folder / "SHA256SUMS") == {
        "clip.safetensors": hashlib.sha256(b"new clip").hexdigest(),
        "vit.safetensors": hashlib.sha256(b"old vit").hexdigest(),
    }


def test_the_registry_reads_it_and_the_cache_trusts_it(folders, monkeypatch):
    trained, folder = folders
    manifest = folder / "SHA256SUMS"
    (trained / "vit.safetensors").write_bytes(b"weights")
    bundle(trained, folder, manifest)
    monkeypatch.setattr(registry, "BUNDLED_FOLDER", folder)
    monkeypatch.setattr(registry, "BUNDLED_MANIFEST", manifest)
    monkeypatch.setattr(cache, "BUNDLED_FOLDER", folder)
    assert cache.fetch(registry.get("bundled-vit")).read_bytes() == b"weights"


def test_it_is_what_sha256sum_reads(folders):
    trained, folder = folders
    (trained / "clip.safetensors").write_bytes(b"weights")
    bundle(trained, folder, folder / "SHA256SUMS")
    line = (folder / "SHA256SUMS").read_text()
    assert line == f"{hashlib.sha256(b'weights').hexdigest()}  clip.safetensors\n"
