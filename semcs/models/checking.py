"""Whether a file of weights is what it should be.

What a file is checked against:

- a bundled file: the manifest in the package;
- a file whose hash is published: that hash;
- any other: it has to be a whole safetensors file of about the known size, with the hash that it
  had when it was first met. That is written down in a file of its own for each, below `semcs/` in
  the hub's folder for other libraries' files, so that processes can't lose each other's records.
"""

from __future__ import annotations

import logging
import os
import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from semcs.errors import ModelUnavailableError
from semcs.models.registry import ModelSource
from semcs.models.weights import Weights

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


def check(source: ModelSource, weights: Weights) -> VerifyResult:
    """Check the bytes that should be a model's.

    Those without a published hash that are met for the first time are recorded, and pass, unless
    they can't be the model's.

    Raises:
        ModelUnavailableError: The record of the first download can't be read.
    """
    expected, fault = source.sha256, None
    if expected is None:
        fault = _why_impossible(source, weights)
        expected = None if fault else _recorded(source, weights.sha256)
    if fault is None and weights.sha256 != expected:
        fault = f"its sha256 is {weights.sha256}, not {expected}"
    kind = check_kind(source)
    return VerifyResult(
        source.name, kind, fault is None, weights.file, expected, weights.sha256, fault
    )


def assets_folder() -> Path:
    """Where semcs keeps its own files beside the hub's."""
    from huggingface_hub import constants

    return Path(constants.HF_ASSETS_CACHE) / "semcs"


def record_file(source: ModelSource) -> Path:
    """Where the hash of a model's first download is written down, as `sha256sum` would."""
    folder = assets_folder() / str(source.repo) / (source.revision or "main")
    return folder / f"{source.file}.sha256"


def _why_impossible(source: ModelSource, weights: Weights) -> str | None:
    """Why a file without a published hash can't be the model's; None where it can."""
    size = len(weights.content)
    if source.size and abs(size - source.size) > SIZE_TOLERANCE * source.size:
        return f"it has {size:,} bytes where about {source.size:,} are right"
    if source.file.endswith(".safetensors"):
        try:
            weights.tensors()
        except ModelUnavailableError as error:
            return str(error).replace(str(weights.file), "it", 1)
    return None


def _recorded(source: ModelSource, actual: str) -> str:
    """The hash that a file had when it was first met, which is now where it is not on record."""
    record = record_file(source)
    if not os.path.lexists(record):
        try:
            _write_record(record, f"{actual}  {Path(source.file).name}\n")
        except OSError as error:
            # A cache that is read-only, as in a container, is a fine one to load from.
            _logger.warning("can't record the sha256 of a first download: %s (%s)", record, error)
            return actual
    return _read_record(record)


def _read_record(record: Path) -> str:
    try:
        found = re.match(rb"[0-9a-f]{64}\b", record.read_bytes())
        why = "it doesn't begin with a sha256"
    except OSError as error:
        found, why = None, str(error)
    if found is None:
        raise ModelUnavailableError(
            f"the record of a first download {record} can't be read; delete it ({why})"
        )
    return found[0].decode()


def _write_record(record: Path, line: str) -> None:
    """Write a record, unless another process was quicker; nobody ever sees half of one."""
    record.parent.mkdir(parents=True, exist_ok=True)
    partial = record.with_name(f"{record.name}.{uuid.uuid4().hex}.partial")
    try:
        partial.write_text(line)
        _name_if_free(partial, record)
    finally:
        partial.unlink(missing_ok=True)


def _name_if_free(partial: Path, record: Path) -> None:
    try:
        os.link(partial, record)
    except FileExistsError:
        return
    except OSError:  # no hard links there
        partial.replace(record)
