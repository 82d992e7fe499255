"""Weights on disk: fetched once into the hub's own cache, and checked before they are used.

Files from GitHub go to `semcs/` in the hub's folder for other libraries' files.

What a file is checked against:

- a bundled file: the manifest in the package;
- a file whose hash is published: that hash;
- any other: the hash that it had when it was first met, which is written down in
  `semcs/sha256.json` in that folder.

A file is hashed once a process, and again when its size or modification time has changed. The hub's
environment variables (`HF_HOME`, `HF_HUB_CACHE`, `HF_ASSETS_CACHE`, `HF_HUB_OFFLINE`, ...) hold.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from semcs.errors import ModelUnavailableError
from semcs.models.registry import BUNDLED_FOLDER, ModelSource, Role, sources

CheckKind = Literal["published", "first download", "bundled manifest", "not cached"]

GITHUB = "https://raw.githubusercontent.com"
TIMEOUT = 30  # seconds without an answer

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class VerifyResult:
    """What checking one model's file found.

    Attributes:
        name: The model.
        kind: What the file was checked against, or `"not cached"` where there is no file.
        ok: The file is there and has the expected hash.
        path: The file, or None where there is none.
        expected: The SHA-256 that it must have.
        actual: The SHA-256 that it has.
    """

    name: str
    kind: CheckKind
    ok: bool
    path: Path | None = None
    expected: str | None = None
    actual: str | None = None


@dataclass(frozen=True)
class ModelRow:
    """One line of `semcs models list`.

    Attributes:
        name: What callers ask for.
        summary: What it is.
        role: What it is used for.
        licence: The licence of the weights.
        size: Bytes, or None where unknown.
        source: The repository, or `"package"`.
        cached: Whether the file is on this machine.
        check: What the file is, or will be, checked against.
    """

    name: str
    summary: str
    role: Role
    licence: str
    size: int | None
    source: str
    cached: bool
    check: CheckKind


def fetch(source: ModelSource) -> Path:
    """The checked weights of a model, downloaded first where they aren't on this machine.

    Raises:
        ModelUnavailableError: the file can't be had, or isn't what it should be.
    """
    if path(source) is None:
        _download(source)
    result = verify(source)
    if result.path is None or not result.ok:
        raise ModelUnavailableError(_complaint(source, result))
    return result.path


def path(source: ModelSource) -> Path | None:
    """The file of a model on this machine, unchecked; None where there is none."""
    if source.repo is None:
        file = BUNDLED_FOLDER / source.file
        return file if file.is_file() else None
    if source.host == "github":
        file = _github_file(source)
        return file if file.is_file() else None
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(source.repo, source.file, revision=source.revision)
    return Path(found) if isinstance(found, str) else None


def is_cached(source: ModelSource) -> bool:
    """Whether a model's file is on this machine."""
    return path(source) is not None


def verify(source: ModelSource) -> VerifyResult:
    """Check a model's file against its hash, without downloading anything.

    A file without a published hash that is met for the first time is recorded, and passes.

    Raises:
        ModelUnavailableError: the record of first downloads can't be read.
    """
    file = path(source)
    if file is None:
        return VerifyResult(source.name, "not cached", ok=False)
    stat = file.stat()
    actual = _sha256(file, stat.st_size, stat.st_mtime_ns)
    expected = source.sha256 or _recorded(source, actual)
    return VerifyResult(source.name, check_kind(source), actual == expected, file, expected, actual)


def check_kind(source: ModelSource) -> CheckKind:
    """What a model's file is checked against once it is on this machine."""
    if source.bundled:
        return "bundled manifest"
    return "published" if source.sha256 else "first download"


def describe() -> list[ModelRow]:
    """Every model, its licence, and whether it is on this machine; nothing is hashed."""
    return [
        ModelRow(
            name=source.name,
            summary=source.summary,
            role=source.role,
            licence=source.licence,
            size=source.size,
            source=source.repo or "package",
            cached=is_cached(source),
            check=check_kind(source),
        )
        for source in sources().values()
    ]


def _download(source: ModelSource) -> None:
    if source.repo is None:
        raise ModelUnavailableError(
            f"{source.name}: {source.file} is missing from the package; install semcs again"
        )
    import huggingface_hub

    try:
        if source.host == "github":
            _download_from_github(source)
        else:
            huggingface_hub.hf_hub_download(
                source.repo, source.file, revision=source.revision, library_name="semcs"
            )
    # The hub's client lets its HTTP library's errors through, and has changed that library.
    except Exception as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        instead = "" if source.role == "metric" else ', or use models="bundled"'
        raise ModelUnavailableError(
            f"{source.name} isn't on this machine and can't be fetched from {source.repo}; run "
            f"`semcs models download {source.name}` with internet{instead} ({reason[0][:200]})"
        ) from error


def _download_from_github(source: ModelSource) -> None:
    from urllib.request import urlopen

    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE:
        raise ModelUnavailableError("HF_HUB_OFFLINE is set")
    file = _github_file(source)
    partial = file.with_name(f"{file.name}.{os.getpid()}.partial")
    file.parent.mkdir(parents=True, exist_ok=True)
    url = f"{GITHUB}/{source.repo}/{source.revision}/{source.file}"
    try:
        with urlopen(url, timeout=TIMEOUT) as response, partial.open("wb") as stream:
            shutil.copyfileobj(response, stream)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def _github_file(source: ModelSource) -> Path:
    assert source.repo is not None
    return _assets() / source.repo / str(source.revision) / source.file


def _complaint(source: ModelSource, result: VerifyResult) -> str:
    if result.path is None:
        return f"{source.name}: the download of {source.file} left no file in the hub's cache"
    cure = f"delete it and run `semcs models download {source.name}`"
    if source.bundled:
        cure = "install semcs again"
    # In the hub's cache the name is a link: it is the file behind it that has to go.
    return (
        f"{source.name}: {result.path.resolve()} has changed or is damaged, its sha256 is "
        f"{result.actual}, not {result.expected} ({result.kind}); {cure}"
    )


@cache
def _sha256(file: Path, size: int, modified: int) -> str:
    """Hash a file; size in bytes and time of modification in ns are there to notice changes."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _recorded(source: ModelSource, actual: str) -> str:
    """The hash that a file had when it was first met, which is now where it is not on record."""
    record = _record_file()
    hashes = _read_record(record)
    key = f"{source.repo}/{source.file}@{source.revision or 'main'}"
    if key not in hashes:
        _write_record(record, {**hashes, key: actual})
    return hashes.get(key, actual)


def _assets() -> Path:
    from huggingface_hub import constants

    return Path(constants.HF_ASSETS_CACHE) / "semcs"


def _record_file() -> Path:
    return _assets() / "sha256.json"


def _read_record(record: Path) -> dict[str, str]:
    if not record.is_file():
        return {}
    try:
        hashes = json.loads(record.read_text())
    except (OSError, ValueError) as error:
        raise ModelUnavailableError(
            f"the record of first downloads {record} can't be read; delete it ({error})"
        ) from error
    return {str(key): str(value) for key, value in hashes.items()}


def _write_record(record: Path, hashes: dict[str, str]) -> None:
    partial = record.with_name(f"{record.name}.{os.getpid()}.partial")
    try:
        record.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(hashes, indent=2, sort_keys=True) + "\n")
        partial.replace(record)
    except OSError as error:
        # A cache that is read-only, as in a container, is a fine one to load from.
        _logger.warning("can't record the sha256 of a first download in %s (%s)", record, error)
