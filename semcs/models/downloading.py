"""Downloads of weights, which get their names only once they are known to be the right files.

What a captive portal or a proxy sends instead of a file is thrown away, so that the next call
downloads anew. Where there is no network, that is known within seconds (`semcs.models.reaching`).
"""

from __future__ import annotations

import os
import shutil
import time
import uuid
from pathlib import Path

from semcs.errors import ModelUnavailableError
from semcs.models.checking import assets_folder, check, check_kind
from semcs.models.reaching import check_reachable
from semcs.models.registry import ModelSource
from semcs.models.weights import read_weights

GITHUB = "https://raw.githubusercontent.com"
TIMEOUT = 10  # seconds without an answer
ABANDONED = 24 * 60 * 60  # seconds after which a partial file is no download any more


def download(source: ModelSource) -> None:
    """Fetch a model's file into the hub's cache; from GitHub, into the folder beside it.

    Raises:
        ModelUnavailableError: The file can't be had, or something else was sent.
    """
    if source.repo is None:
        raise ModelUnavailableError(
            f"{source.name}: {source.file} is missing from the package; install semcs again"
        )
    instead = "" if source.role == "metric" else ', or use models="bundled"'
    try:
        fault = _from_github(source) if source.host == "github" else _from_hub(source)
    except ModelUnavailableError:
        raise
    # The hub's client lets its HTTP library's errors through, and has changed that library.
    except Exception as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelUnavailableError(
            f"{source.name} isn't on this machine and can't be fetched from {source.repo}; run "
            f"`semcs models download {source.name}` with internet{instead} ({reason[0][:200]})"
        ) from error
    if fault:
        raise ModelUnavailableError(
            f"{source.name}: the download from {source.repo} isn't {source.file}, {fault} "
            f"({check_kind(source)}); it may be a sign-in page of your network. It wasn't kept: "
            f"try again{instead}"
        )


def github_file(source: ModelSource) -> Path:
    """Where the file of a model on GitHub is, or will be."""
    return assets_folder() / str(source.repo) / str(source.revision) / source.file


def _from_github(source: ModelSource) -> str | None:
    """Download; says what is wrong with what was sent, of which then nothing is left."""
    from urllib.request import urlopen

    check_reachable(GITHUB)
    file = github_file(source)
    file.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(file)
    partial = file.with_name(f"{file.name}.{uuid.uuid4().hex}.partial")
    url = f"{GITHUB}/{source.repo}/{source.revision}/{source.file}"
    try:
        with urlopen(url, timeout=TIMEOUT) as response, partial.open("wb") as stream:
            shutil.copyfileobj(response, stream)
        fault = check(source, read_weights(partial)).fault
        if fault is None:
            partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    return fault


def _remove_abandoned(file: Path) -> None:
    """Remove what downloads of a file that were killed have left."""
    for other in file.parent.iterdir():
        if other.name.startswith(f"{file.name}.") and other.name.endswith(".partial"):
            try:
                if time.time() - other.stat().st_mtime > ABANDONED:
                    other.unlink()
            except FileNotFoundError:
                continue  # another process was quicker


def _from_hub(source: ModelSource) -> str | None:
    """Download; says what is wrong with what was sent, of which then nothing is left.

    The hub's client keeps a file as `blobs/<its hash or id>` and links to it from
    `snapshots/<commit>/<its name>`; where links aren't possible, the file itself is there. A wrong
    blob that was there before is none of our doing, and stays; not so one of the same name that
    came in its place, since another process may have thrown its own away meanwhile.
    """
    import huggingface_hub
    from huggingface_hub import constants
    from huggingface_hub.file_download import repo_folder_name

    assert source.repo is not None
    check_reachable(constants.ENDPOINT)
    folder = repo_folder_name(repo_id=source.repo, repo_type="model")
    blobs = Path(constants.HF_HUB_CACHE) / folder / "blobs"
    earlier = {_identity(blob) for blob in blobs.glob("*")} - {None}
    link = Path(
        huggingface_hub.hf_hub_download(
            source.repo, source.file, revision=source.revision, library_name="semcs"
        )
    )
    fault = check(source, read_weights(link)).fault
    if fault is None:
        return None
    # One step only: a blob can itself be a link, to a store that all repositories share.
    blob = link.parent / os.readlink(link) if link.is_symlink() else None
    if blob is not None and _identity(blob) in earlier:
        return None  # `cache.fetch` complains of it
    link.unlink(missing_ok=True)
    if blob is not None:
        blob.unlink(missing_ok=True)
    return fault


def _identity(blob: Path) -> tuple[str, int, int] | None:
    """What tells a file from others, of the same name too; None where it is gone."""
    try:
        status = blob.lstat()
    except FileNotFoundError:
        return None
    return blob.name, status.st_ino, status.st_mtime_ns
