from __future__ import annotations

import json
import os

import huggingface_hub
import pytest
from fake_hub import PUBLISHED, REVISION, UNPUBLISHED, WEIGHTS, network, sha256
from huggingface_hub import constants
from safetensors.numpy import load, save

from semcs.errors import ModelUnavailableError
from semcs.models import cache, checking
from semcs.models.cache import describe, fetch, is_cached, path, verify
from semcs.models.registry import sources

ASKED = f"/them/net/resolve/{REVISION}/model.safetensors"


def start_a_new_process():
    checking._sha256.cache_clear()


def test_a_file_is_downloaded_once_at_its_pinned_revision(hub):
    assert not is_cached(PUBLISHED)
    first = fetch(PUBLISHED)
    assert first.read_bytes() == WEIGHTS
    assert fetch(PUBLISHED) == first == path(PUBLISHED)
    assert is_cached(PUBLISHED)
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
    key = f"them/net/model.safetensors@{REVISION}"
    assert json.loads(record.read_text()) == {key: sha256(WEIGHTS)}
    assert [f.name for f in record.parent.iterdir()] == ["sha256.json"]
    assert verify(UNPUBLISHED) == cache.VerifyResult(
        "net", "first download", True, file, sha256(WEIGHTS), sha256(WEIGHTS)
    )

    other = save({"weight": load(WEIGHTS)["weight"] + 1})
    file.resolve().write_bytes(other)
    with pytest.raises(ModelUnavailableError, match=r"sha256 is .*, not .* \(first download\)"):
        fetch(UNPUBLISHED)
    assert json.loads(record.read_text()) == {key: sha256(WEIGHTS)}


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


def test_a_new_process_notices_what_kept_its_size_and_time(hub):
    file = fetch(UNPUBLISHED)
    stat = file.stat()
    file.write_bytes(WEIGHTS[::-1])
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    start_a_new_process()
    assert not verify(UNPUBLISHED).ok


def test_records_of_several_models_stand_side_by_side(hub, record):
    fetch(UNPUBLISHED)
    hub.content = save({"bias": load(WEIGHTS)["weight"]})
    fetch(network(name="other", repo="them/other"))
    assert sorted(json.loads(record.read_text()).values()) == sorted(
        [sha256(WEIGHTS), sha256(hub.content)]
    )
    assert verify(UNPUBLISHED).ok


def test_an_unreadable_record_is_reported(hub, record):
    record.parent.mkdir(parents=True)
    record.write_text('{"them/net')
    for _ in range(2):
        with pytest.raises(ModelUnavailableError, match=r"sha256\.json can't be read; delete it"):
            fetch(UNPUBLISHED)


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
    monkeypatch.setattr(checking, "_sha256", None)
    rows = {row.name: row for row in describe()}
    assert list(rows) == list(sources())
    assert rows["vgg19"].cached
    assert not rows["RN50"].cached
    assert (rows["vgg19"].check, rows["vgg19"].source) == ("published", "timm/vgg19.tv_in1k")
    assert rows["dinov2-vits14-reg"].check == "first download"
