from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import fake_hub
import huggingface_hub
import pytest
import torch
from fake_hub import PUBLISHED, REVISION, UNPUBLISHED, WEIGHTS, network, sha256
from huggingface_hub import constants
from safetensors.numpy import load, save

from semcs.errors import ModelUnavailableError
from semcs.models import cache, checking
from semcs.models.cache import describe, ensure, fetch, is_cached, path, read, verify
from semcs.models.loading import load_bundled
from semcs.models.perceptual import BundledContentNetwork
from semcs.models.registry import sources

ASKED = f"/them/net/resolve/{REVISION}/model.safetensors"


def test_a_file_is_downloaded_once_at_its_pinned_revision(hub):
    assert not is_cached(PUBLISHED)
    first = fetch(PUBLISHED)
    assert first.read_bytes() == WEIGHTS
    assert fetch(PUBLISHED) == first == path(PUBLISHED)
    assert is_cached(PUBLISHED)
    assert hub.asked == [ASKED]


def test_where_it_is_can_be_told_without_reading_it(hub, monkeypatch):
    file = ensure(PUBLISHED)
    monkeypatch.setattr(Path, "read_bytes", None)
    assert ensure(PUBLISHED) == file == path(PUBLISHED)
    assert hub.asked == [ASKED]


def test_without_a_revision_the_main_branch_is_taken(hub):
    assert fetch(network(revision=None)).read_bytes() == WEIGHTS
    assert hub.asked == ["/them/net/resolve/main/model.safetensors"]


def test_a_damaged_file_is_refused_and_the_advice_against_it_works(hub):
    file = fetch(PUBLISHED).resolve()
    file.write_bytes(b"something else")
    with pytest.raises(ModelUnavailableError) as error:
        fetch(PUBLISHED)
    message = str(error.value)
    assert "\n" not in message
    damaged = sha256(b"something else")
    for part in (str(file), sha256(WEIGHTS), damaged, "published", "delete it"):
        assert part in message
    result = verify(PUBLISHED)
    assert (result.kind, result.ok) == ("published", False)
    assert (result.expected, result.actual) == (sha256(WEIGHTS), damaged)
    assert result.fault == f"its sha256 is {damaged}, not {sha256(WEIGHTS)}"

    file.unlink()
    assert fetch(PUBLISHED).read_bytes() == WEIGHTS


def test_a_first_download_is_recorded_and_checked_ever_after(hub, record):
    file = fetch(UNPUBLISHED)
    assert record.read_text() == f"{sha256(WEIGHTS)}  model.safetensors\n"
    assert list(record.parent.iterdir()) == [record]
    assert verify(UNPUBLISHED) == cache.VerifyResult(
        "net", "first download", True, file, sha256(WEIGHTS), sha256(WEIGHTS)
    )

    other = save({"weight": load(WEIGHTS)["weight"] + 1})
    file.resolve().write_bytes(other)
    with pytest.raises(ModelUnavailableError, match=r"sha256 is .*, not .* \(first download\)"):
        fetch(UNPUBLISHED)
    assert record.read_text().startswith(sha256(WEIGHTS))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"<html>", f"it has 6 bytes where about {len(WEIGHTS):,} are right"),
        (WEIGHTS[:3900], f"it has 3,900 bytes where about {len(WEIGHTS):,} are right"),
        (WEIGHTS[:-4], "it isn't a whole safetensors file"),
        (WEIGHTS + b"\n", "it isn't a whole safetensors file"),
        (b"<" + WEIGHTS[1:], "it isn't a whole safetensors file"),
    ],
)
def test_what_cannot_be_the_file_is_never_recorded(hub, record, content, fault):
    fetch(UNPUBLISHED).resolve().write_bytes(content)
    record.unlink()
    with pytest.raises(ModelUnavailableError, match=f"{fault}.*first download.*delete it"):
        fetch(UNPUBLISHED)
    result = verify(UNPUBLISHED)
    assert (result.ok, result.expected, result.actual) == (False, None, sha256(content))
    assert not record.exists()


@pytest.mark.parametrize(("share", "enough"), [(0.98, False), (0.992, True), (1.008, True)])
def test_a_size_is_known_to_one_percent(hub, share, enough):
    source = network(size=round(share * len(WEIGHTS)))
    if enough:
        assert fetch(source).read_bytes() == WEIGHTS
    else:
        with pytest.raises(ModelUnavailableError, match="bytes where about"):
            fetch(source)


def swap(file, content):
    """Another content at the same time."""
    stat = file.stat()
    file.write_bytes(content)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


@pytest.mark.parametrize("source", [PUBLISHED, UNPUBLISHED], ids=["published", "first download"])
def test_a_change_that_kept_size_and_time_is_noticed(hub, source):
    file = fetch(source)
    swap(file, save({"weight": load(WEIGHTS)["weight"] + 1}))
    assert not verify(source).ok
    with pytest.raises(ModelUnavailableError, match="has changed or is damaged"):
        read(source)


@pytest.mark.parametrize("source", [PUBLISHED, UNPUBLISHED], ids=["published", "first download"])
def test_what_is_swapped_after_the_check_is_not_what_is_parsed(hub, source):
    weights = read(source)
    swap(weights.file, save({"weight": load(WEIGHTS)["weight"] + 1}))
    assert torch.equal(weights.tensors()["weight"], torch.arange(1000.0))


def test_a_bundled_network_is_loaded_from_the_bytes_that_were_hashed(monkeypatch):
    """Whatever is read a second time is other weights."""
    reads = []
    read_bytes = Path.read_bytes

    def swapped(file):
        reads.append(file)
        return read_bytes(file) if reads.count(file) == 1 else b"swapped"

    monkeypatch.setattr(Path, "read_bytes", swapped)
    network = load_bundled("content", BundledContentNetwork)
    assert [file.name for file in reads] == ["content.safetensors"]
    assert network.blocks[0].conv1.weight.std() > 0.01


RECORDER = """
import sys
from pathlib import Path
from pathlib import Path
from fake_hub import network
from semcs.models.checking import check
from semcs.models.weights import Weights
for i in range(50):
    content = b"weights of %d" % i
    weights = Weights(Path("net.pt"), content)
    for name in (sys.argv[1], "both"):  # what one alone meets, and what both do at once
        assert check(network(repo=f"{name}/{i}", file="net.pt"), weights).ok
"""


def test_processes_that_record_at_once_lose_nothing(tmp_path):
    environment = {
        **os.environ,
        "HF_ASSETS_CACHE": str(tmp_path),
        "PYTHONPATH": os.path.dirname(fake_hub.__file__),
    }
    command = [sys.executable, "-c", RECORDER]
    processes = [subprocess.Popen([*command, name], env=environment) for name in ("one", "other")]
    assert [process.wait(60) for process in processes] == [0, 0]
    for name in ("one", "other", "both"):
        for i in range(50):
            (record,) = (tmp_path / "semcs" / name / str(i) / REVISION).iterdir()
            assert record.read_text() == f"{sha256(b'weights of %d' % i)}  net.pt\n"


def test_the_first_record_stays(hub, record):
    fetch(UNPUBLISHED)
    checking._write_record(record, "0" * 64)
    assert record.read_text().startswith(sha256(WEIGHTS))
    assert list(record.parent.iterdir()) == [record]


@pytest.mark.parametrize("content", [b"", b'{"them/net', b"\xff" * 64, b"0" * 63, b"0" * 65, None])
def test_an_unreadable_record_is_reported(hub, record, content):
    record.parent.mkdir(parents=True)
    if content is None:
        record.mkdir()
    else:
        record.write_bytes(content)
    for _ in range(2):
        with pytest.raises(ModelUnavailableError, match=r"\.sha256 can't be read; delete") as error:
            fetch(UNPUBLISHED)
        assert "\n" not in str(error.value)


def test_a_record_that_cannot_be_written_is_logged_and_no_obstacle(hub, record, tmp_path, caplog):
    (tmp_path / "assets").write_text("a file where the folder should be")
    assert fetch(UNPUBLISHED).read_bytes() == WEIGHTS
    assert "can't record" in caplog.text


def test_offline_the_error_says_what_to_do(hub, monkeypatch):
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelUnavailableError) as error:
        fetch(UNPUBLISHED)
    message = str(error.value)
    assert "\n" not in message
    for part in ("net", "them/net", "`semcs models download net`", 'models="bundled"'):
        assert part in message
    assert hub.asked == []


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
    huggingface_hub.hf_hub_download(vgg.repo, vgg.file, revision=vgg.revision)
    monkeypatch.setattr(Path, "read_bytes", None)
    rows = {row.name: row for row in describe()}
    assert list(rows) == list(sources())
    assert rows["vgg19"].cached
    assert not rows["RN50"].cached
    assert (rows["vgg19"].check, rows["vgg19"].source) == ("published", "timm/vgg19.tv_in1k")
    assert rows["dinov2-vits14-reg"].check == "first download"
