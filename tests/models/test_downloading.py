"""Only the right file gets its name; what else is sent is thrown away, and fetched anew."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import fake_hub
import huggingface_hub
import pytest
from fake_hub import (
    ON_GITHUB,
    PORTAL,
    PUBLISHED,
    REVISION,
    UNPUBLISHED,
    WEIGHTS,
    cache_folder,
    files_in,
    network,
    sha256,
)
from huggingface_hub import constants

from semcs.errors import ModelUnavailableError
from semcs.models.cache import fetch, path
from semcs.models.downloading import ABANDONED, download, github_file

SOURCES = {
    "hub, published": PUBLISHED,
    "hub, not published": UNPUBLISHED,
    "hub, neither hash nor size": network(),
    "GitHub": ON_GITHUB,
}


@pytest.fixture(params=SOURCES)
def source(request):
    return SOURCES[request.param]


@pytest.mark.parametrize("etag", ["", sha256(WEIGHTS)], ids=["own id", "id of the right file"])
def test_a_sign_in_page_is_not_kept_and_the_next_call_downloads_anew(
    hub, source, etag, record, tmp_path
):
    hub.content, hub.etag = PORTAL, etag
    with pytest.raises(ModelUnavailableError, match="may be a sign-in page") as error:
        fetch(source)
    assert "\n" not in str(error.value)
    assert source.sha256 is None or sha256(PORTAL) in str(error.value)
    assert ("bundled" in str(error.value)) == (source.role != "metric")
    assert path(source) is None
    assert files_in(tmp_path) == []
    assert not record.exists()

    hub.content = WEIGHTS
    assert fetch(source).read_bytes() == WEIGHTS
    assert len(hub.asked) == 2


def test_where_links_are_not_possible_a_wrong_file_goes_too(hub, source, tmp_path, monkeypatch):
    from huggingface_hub import file_download

    monkeypatch.setattr(file_download, "are_symlinks_supported", lambda *_: False)
    hub.content = PORTAL
    with pytest.raises(ModelUnavailableError, match="sign-in page"):
        fetch(source)
    assert files_in(tmp_path) == []
    hub.content = WEIGHTS
    assert fetch(source).read_bytes() == WEIGHTS
    assert not path(source).is_symlink()


def test_a_wrong_file_that_was_in_the_shared_cache_before_is_left_alone(hub):
    hub.content = PORTAL
    link = huggingface_hub.hf_hub_download("them/net", "model.safetensors", revision=REVISION)
    hub.content = WEIGHTS
    with pytest.raises(ModelUnavailableError, match=r"blobs.* has changed or is damaged.*delete"):
        fetch(PUBLISHED)
    assert path(PUBLISHED).read_bytes() == PORTAL
    assert str(path(PUBLISHED)) == link
    assert len(hub.asked) == 1


def test_a_wrong_blob_of_another_revision_is_left_alone(hub):
    hub.content, hub.etag = PORTAL, "1"
    huggingface_hub.hf_hub_download("them/net", "model.safetensors", revision=REVISION)
    link = cache_folder("them/net") / "snapshots" / REVISION / "model.safetensors"
    link.unlink()
    with pytest.raises(ModelUnavailableError, match=r"blobs/1 has changed or is damaged.*delete"):
        fetch(PUBLISHED)
    blob = cache_folder("them/net") / "blobs" / "1"
    assert blob.read_bytes() == PORTAL

    blob.unlink()
    hub.content = WEIGHTS
    assert fetch(PUBLISHED).read_bytes() == WEIGHTS


def test_a_blob_that_links_to_a_store_of_all_repositories(hub, tmp_path, monkeypatch):
    stored = tmp_path / "stored"
    client = huggingface_hub.hf_hub_download

    def from_the_store(*args, **options):
        link = client(*args, **options)
        blob = cache_folder("them/net") / "blobs" / "1"
        blob.replace(stored)
        blob.symlink_to(stored)
        return link

    monkeypatch.setattr(huggingface_hub, "hf_hub_download", from_the_store)
    hub.content, hub.etag = PORTAL, "1"
    with pytest.raises(ModelUnavailableError, match="sign-in page"):
        fetch(PUBLISHED)
    assert files_in(tmp_path) == ["stored"]


class TestGithub:
    def test_a_file_is_downloaded_once_at_its_pinned_revision(self, hub, tmp_path):
        assert path(ON_GITHUB) is None
        file = fetch(ON_GITHUB)
        assert file.read_bytes() == WEIGHTS
        assert fetch(ON_GITHUB) == file == path(ON_GITHUB)
        assert hub.asked == [f"/them/net/{REVISION}/weights/net.pt"]
        assert files_in(tmp_path) == ["net.pt"]

    def test_a_broken_download_leaves_nothing(self, hub, tmp_path, monkeypatch):
        hub.stop()
        with pytest.raises(ModelUnavailableError, match=r"net isn't .* from them/net") as error:
            fetch(ON_GITHUB)
        assert "\n" not in str(error.value)
        assert "bundled" not in str(error.value)
        assert files_in(tmp_path) == []

    def test_a_download_that_ends_early_leaves_nothing(self, hub, tmp_path):
        hub.content = WEIGHTS[:-4]
        with pytest.raises(ModelUnavailableError, match=r"isn't weights/net\.pt"):
            fetch(ON_GITHUB)
        assert files_in(tmp_path) == []

    def test_offline_nobody_is_asked(self, hub, monkeypatch):
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
        with pytest.raises(ModelUnavailableError, match="HF_HUB_OFFLINE is set"):
            fetch(ON_GITHUB)
        assert hub.asked == []

    def test_what_killed_downloads_left_is_removed_and_running_ones_are_not(self, hub):
        file = github_file(ON_GITHUB)
        file.parent.mkdir(parents=True)
        names = ("net.pt.1.partial", "net.pt.2.partial", "other.pt.3.partial")
        old, running, other = (file.with_name(name) for name in names)
        for partial in (old, running, other):
            partial.write_bytes(b"half of it")
        long_ago = time.time() - ABANDONED - 60
        for partial in (old, other):
            os.utime(partial, (long_ago, long_ago))
        fetch(ON_GITHUB)
        assert not old.exists()
        assert running.exists()
        assert other.exists()


def test_a_page_that_came_after_another_process_threw_its_own_away(hub, monkeypatch, tmp_path):
    hub.content = PORTAL
    get = huggingface_hub.hf_hub_download
    there = {"repo_id": UNPUBLISHED.repo, "filename": UNPUBLISHED.file, "revision": REVISION}
    get(**there)  # that of the other process

    def get_after_it_is_gone(*said, **more):
        for file in cache_folder(UNPUBLISHED.repo).rglob("*"):
            if file.parent.name == "blobs" or file.is_symlink():
                file.unlink()
        return get(*said, **more)

    monkeypatch.setattr(huggingface_hub, "hf_hub_download", get_after_it_is_gone)
    with pytest.raises(ModelUnavailableError, match="sign-in page"):
        download(UNPUBLISHED)
    assert files_in(tmp_path) == []


WORKER = """
import sys
from semcs.errors import ModelUnavailableError
from semcs.models import downloading
from semcs.models.cache import fetch
from fake_hub import ON_GITHUB, PUBLISHED, UNPUBLISHED
downloading.GITHUB = sys.argv[1]
for source in (PUBLISHED, UNPUBLISHED, ON_GITHUB):
    try:
        print(fetch(source).read_bytes().hex())
    except ModelUnavailableError:
        print("refused")
"""


def test_processes_that_download_at_once(hub, tmp_path):
    def run_two():
        environment = {
            **os.environ,
            "HF_ENDPOINT": hub.url,
            "HF_HUB_CACHE": constants.HF_HUB_CACHE,
            "HF_ASSETS_CACHE": constants.HF_ASSETS_CACHE,
            "HF_HUB_OFFLINE": "0",
            "PYTHONPATH": os.path.dirname(fake_hub.__file__),
        }
        command = [sys.executable, "-c", WORKER, hub.url]
        options = {"env": environment, "stdout": subprocess.PIPE, "text": True}
        processes = [subprocess.Popen(command, **options) for _ in range(2)]
        answers = [process.communicate(timeout=120)[0].split() for process in processes]
        assert [process.returncode for process in processes] == [0, 0]
        return answers

    hub.seconds = 0.1
    hub.content = PORTAL
    assert run_two() == [["refused"] * 3] * 2
    assert files_in(tmp_path) == []

    hub.content = WEIGHTS
    assert run_two() == [[WEIGHTS.hex()] * 3] * 2
    assert files_in(tmp_path) == sorted(
        ["model.safetensors", sha256(WEIGHTS), "net.pt", "model.safetensors.sha256"]
    )
