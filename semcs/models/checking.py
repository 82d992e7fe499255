"""Whether a file of weights is what it should be.

What a file is checked against:

- a bundled file: the manifest in the package;
- a file whose hash is published: that hash;
- any other: it has to be a whole safetensors file of about the known size, with the hash that it
  had when it was first met, which is written down in `semcs/sha256.json` in the hub's folder for
  other libraries' files.

A file is hashed once a process, and again when its size or modification time has changed.
"""

from __future__ import annotations

import hashlib
import json
import logging
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from semcs.errors import ModelUnavailableError
from semcs.models.registry import ModelSource

CheckKind = Literal["published", "first download", "bundled manifest", "not cached"]

SIZE_TOLERANCE = 0.01  # of the size: the hub's page shows three digits of it

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class VerifyResult:
    """What checking one model's file found.

    Attributes:
        name: The model.
        kind: What the file was checked against, or `"not cached"` where there is no file.
        ok: The file is there and is what it should be.
        path: The file, or None where there is none.
        expected: The SHA-256 that it must have; None where it can't be the file at all.
        actual: The SHA-256 that it has.
        fault: What is wrong with the file, in words; None where it is there and right.
    """

    name: str
    kind: CheckKind
    ok: bool
    path: Path | None = None
    expected: str | None = None
    actual: str | None = None
    fault: str | None = None


def check_kind(source: ModelSource) -> CheckKind:
    """What a model's file is checked against once it is on this machine."""
    if source.bundled:
        return "bundled manifest"
    return "published" if source.sha256 else "first download"


def check(source: ModelSource, file: Path) -> VerifyResult:
    """Check a file that should be a model's.

    A file without a published hash that is met for the first time is recorded, and passes, unless
    it can't be the file.

    Raises:
        ModelUnavailableError: The record of first downloads can't be read.
        OSError: The file can't be read.
    """
    stat = file.stat()
    actual = _sha256(file, stat.st_size, stat.st_mtime_ns)
    expected, fault = source.sha256, None
    if expected is None:
        fault = _why_impossible(source, file, stat.st_size)
        expected = None if fault else _recorded(source, actual)
    if fault is None and actual != expected:
        fault = f"its sha256 is {actual}, not {expected}"
    kind = check_kind(source)
    return VerifyResult(source.name, kind, fault is None, file, expected, actual, fault)


def assets_folder() -> Path:
    """Where semcs keeps its own files beside the hub's."""
    from huggingface_hub import constants

    return Path(constants.HF_ASSETS_CACHE) / "semcs"


@cache
def _sha256(file: Path, size: int, modified: int) -> str:
    """Hash a file; size in bytes and time of modification in ns are there to notice changes."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _why_impossible(source: ModelSource, file: Path, size: int) -> str | None:
    """Why a file without a published hash can't be the model's; None where it can."""
    from safetensors import SafetensorError, safe_open

    if source.size and abs(size - source.size) > SIZE_TOLERANCE * source.size:
        return f"it has {size:,} bytes where about {source.size:,} are right"
    if source.file.endswith(".safetensors"):
        try:
            with safe_open(file, framework="numpy"):  # which checks that the tensors fill the file
                pass
        except SafetensorError as error:
            return f"it isn't a whole safetensors file ({error})"
    return None


def _recorded(source: ModelSource, actual: str) -> str:
    """The hash that a file had when it was first met, which is now where it is not on record."""
    record = assets_folder() / "sha256.json"
    hashes = _read_record(record)
    key = f"{source.repo}/{source.file}@{source.revision or 'main'}"
    if key not in hashes:
        _write_record(record, {**hashes, key: actual})
    return hashes.get(key, actual)


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
    partial = record.with_name(f"{record.name}.{uuid.uuid4().hex}.partial")
    try:
        record.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(hashes, indent=2, sort_keys=True) + "\n")
        partial.replace(record)
    except OSError as error:
        # A cache that is read-only, as in a container, is a fine one to load from.
        _logger.warning("can't record the sha256 of a first download in %s (%s)", record, error)
