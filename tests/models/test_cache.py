from __future__ import annotations

import hashlib
import io
import json
import os
import urllib.request
from pathlib import Path

import huggingface_hub
import pytest
from huggingface_hub import constants

from semcs.errors import ModelUnavailableError
from semcs.models import cache
from semcs.models.cache import describe, fetch, is_cached, path, verify
from semcs.models.registry import ModelSource, sources

WEIGHTS = b"the weights of a network"
REVISION = "0123456789012345678901234567890123456789"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def network(**changes: object) -> ModelSource:
    fields: dict[str, object] = {
        "name": "net",
        "summary": "a network",
        "role": "content",
        "licence": "MIT",
        "repo": "them/net",
        "file": "model.safetensors",
        "revision": REVISION,
    }
    return ModelSource(**{**fields, **changes})


PUBLISHED = network(sha256=sha256(WEIGHTS))
UNPUBLISHED = network()


class Hub:
    """Stands for the hub: lays files out as its client does, and remembers what it was asked."""

    def __init__(self) -> None:
        self.content = WEIGHTS
        self.asked: list[tuple[str, str, str | None]] = []

    def download(self, repo, file, *, revision=None, library_name=None):
        self.asked.append((repo, file, revision))
        folder = cache_folder(repo)
        blob = folder / "blobs" / sha256(self.content)
        link = folder / "snapshots" / (revision or REVISION) / file
        for parent in (blob.parent, link.parent, folder / "refs"):
            parent.mkdir(parents=True, exist_ok=True)
        (folder / "refs" / "main").write_text(REVISION)
        blob.write_bytes(self.content)
        link.unlink(missing_ok=True)
        link.symlink_to(blob)
        return str(link)


def cache_folder(repo):
    return Path(constants.HF_HUB_CACHE) / f"models--{repo.replace('/', '--')}"


@pytest.fixture
def hub(tmp_path, monkeypatch):
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_ASSETS_CACHE", str(tmp_path / "assets"))
    hub = Hub()
    monkeypatch.setattr(huggingface_hub, "hf_hub_download", hub.download)
    return hub


@pytest.fixture
def record(tmp_path):
    return tmp_path / "assets" / "semcs" / "sha256.json"


def start_a_new_process():
    cache._sha256.cache_clear()


def test_a_file_is_downloaded_once_at_its_pinned_revision(hub):
    assert not is_cached(PUBLISHED)
    first = fetch(PUBLISHED)
    assert first.read_bytes() == WEIGHTS
    assert fetch(PUBLISHED) == first == path(PUBLISHED)
    assert is_cached(PUBLISHED)
    assert hub.asked == [("them/net", "model.safetensors", REVISION)]


def test_without_a_revision_the_main_branch_is_taken(hub):
    assert fetch(network(revision=None)).read_bytes() == WEIGHTS
    assert hub.asked == [("them/net", "model.safetensors", None)]


def test_a_download_that_is_not_the_published_file_is_refused(hub):
    hub.content = b"something else"
    with pytest.raises(ModelUnavailableError) as error:
        fetch(PUBLISHED)
    message = str(error.value)
    assert "\n" not in message
    for part in (sha256(WEIGHTS), sha256(b"something else"), "published", "delete it"):
        assert part in message
    result = verify(PUBLISHED)
    assert (result.kind, result.ok) == ("published", False)
    assert (result.expected, result.actual) == (sha256(WEIGHTS), sha256(b"something else"))


def test_the_advice_against_a_wrong_file_works(hub):
    hub.content = b"something else"
    with pytest.raises(ModelUnavailableError) as error:
        fetch(PUBLISHED)
    blob = cache_folder("them/net") / "blobs" / sha256(b"something else")
    assert str(blob) in str(error.value)
    blob.unlink()
    hub.content = WEIGHTS
    assert fetch(PUBLISHED).read_bytes() == WEIGHTS


def test_a_first_download_is_recorded_and_checked_ever_after(hub, record):
    file = fetch(UNPUBLISHED)
    key = f"them/net/model.safetensors@{REVISION}"
    assert json.loads(record.read_text()) == {key: sha256(WEIGHTS)}
    assert [f.name for f in record.parent.iterdir()] == ["sha256.json"]
    assert verify(UNPUBLISHED) == cache.VerifyResult(
        "net", "first download", True, file, sha256(WEIGHTS), sha256(WEIGHTS)
    )

    file.resolve().write_bytes(b"tampered with")
    with pytest.raises(ModelUnavailableError, match="first download"):
        fetch(UNPUBLISHED)
    assert json.loads(record.read_text()) == {key: sha256(WEIGHTS)}


def test_a_new_process_notices_what_kept_its_size_and_time(hub):
    file = fetch(UNPUBLISHED)
    stat = file.stat()
    file.write_bytes(WEIGHTS[::-1])
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    start_a_new_process()
    assert not verify(UNPUBLISHED).ok


def test_records_of_several_models_stand_side_by_side(hub, record):
    fetch(UNPUBLISHED)
    hub.content = b"another network"
    fetch(network(name="other", repo="them/other"))
    assert sorted(json.loads(record.read_text()).values()) == sorted(
        [sha256(WEIGHTS), sha256(b"another network")]
    )
    assert verify(UNPUBLISHED).ok


def test_an_unreadable_record_is_reported(hub, record):
    fetch(UNPUBLISHED)
    record.write_text('{"them/net')
    with pytest.raises(ModelUnavailableError, match=r"sha256\.json can't be read; delete it"):
        fetch(UNPUBLISHED)


def test_a_record_that_cannot_be_written_is_logged_and_no_obstacle(hub, record, tmp_path, caplog):
    (tmp_path / "assets").write_text("a file where the folder should be")
    assert fetch(UNPUBLISHED).read_bytes() == WEIGHTS
    assert "can't record" in caplog.text


def test_offline_the_error_says_what_to_do(tmp_path, monkeypatch):
    # The hub's own client: in offline mode it opens no connection.
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelUnavailableError) as error:
        fetch(UNPUBLISHED)
    message = str(error.value)
    assert "\n" not in message
    for part in ("net", "them/net", "`semcs models download net`", 'models="bundled"'):
        assert part in message


@pytest.mark.parametrize("reason", [RuntimeError("no route\nto host"), OSError(28, "disk full")])
def test_any_failure_of_the_client_becomes_one_line(hub, monkeypatch, reason):
    def fail(*args, **kwargs):
        raise reason

    monkeypatch.setattr(huggingface_hub, "hf_hub_download", fail)
    with pytest.raises(ModelUnavailableError, match="them/net") as error:
        fetch(UNPUBLISHED)
    assert "\n" not in str(error.value)
    assert error.value.__cause__ is reason


def test_verify_downloads_nothing(hub):
    assert verify(PUBLISHED) == cache.VerifyResult("net", "not cached", ok=False)
    assert hub.asked == []


def test_bundled_files_are_checked_against_their_manifest(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "BUNDLED_FOLDER", tmp_path)
    bundled = network(repo=None, revision=None, sha256=sha256(WEIGHTS))
    with pytest.raises(ModelUnavailableError, match="missing from the package"):
        fetch(bundled)
    (tmp_path / "model.safetensors").write_bytes(WEIGHTS)
    assert fetch(bundled) == tmp_path / "model.safetensors"
    assert verify(bundled).kind == "bundled manifest"
    (tmp_path / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(ModelUnavailableError, match="install semcs again"):
        fetch(bundled)


def test_the_list_tells_what_is_cached_and_hashes_nothing(hub, monkeypatch):
    vgg = sources()["vgg19"]
    hub.download(vgg.repo, vgg.file, revision=vgg.revision)
    monkeypatch.setattr(cache, "_sha256", None)
    rows = {row.name: row for row in describe()}
    assert list(rows) == list(sources())
    assert rows["vgg19"].cached
    assert not rows["RN50"].cached
    assert (rows["vgg19"].check, rows["vgg19"].source) == ("published", "timm/vgg19.tv_in1k")
    assert rows["dinov2-vits14-reg"].check == "first download"


class TestGithub:
    """Files that no hub has: fetched from GitHub at their commit."""

    source = network(host="github", role="metric", file="weights/net.pt", sha256=sha256(WEIGHTS))

    @pytest.fixture
    def asked(self, hub, monkeypatch):
        """Stands for GitHub, and remembers what it was asked."""
        asked = []

        def open_(url, timeout):
            asked.append(url)
            assert 0 < timeout < 120
            return io.BytesIO(hub.content)

        monkeypatch.setattr(urllib.request, "urlopen", open_)
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        return asked

    def test_a_file_is_downloaded_once_at_its_pinned_revision(self, asked, tmp_path, hub):
        assert path(self.source) is None
        file = fetch(self.source)
        assert file.read_bytes() == WEIGHTS
        assert fetch(self.source) == file == path(self.source)
        assert asked == [f"{cache.GITHUB}/them/net/{REVISION}/weights/net.pt"]
        assert [f for f in (tmp_path / "assets").rglob("*") if f.is_file()] == [file]
        assert hub.asked == []

    def test_another_file_is_refused(self, asked, hub):
        hub.content = b"something else"
        with pytest.raises(ModelUnavailableError, match="has changed or is damaged"):
            fetch(self.source)

    def test_a_broken_download_leaves_nothing(self, asked, tmp_path, monkeypatch):
        class Broken(io.BytesIO):
            def read(self, *_):
                raise OSError("connection\nreset")

        monkeypatch.setattr(urllib.request, "urlopen", lambda url, timeout: Broken())
        with pytest.raises(ModelUnavailableError, match=r"net isn't .* from them/net") as error:
            fetch(self.source)
        assert "\n" not in str(error.value)
        assert "bundled" not in str(error.value)
        assert not [f for f in (tmp_path / "assets").rglob("*") if f.is_file()]

    def test_offline_nobody_is_asked(self, asked, monkeypatch):
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
        with pytest.raises(ModelUnavailableError, match="HF_HUB_OFFLINE is set"):
            fetch(self.source)
        assert asked == []
