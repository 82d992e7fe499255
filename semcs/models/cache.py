"""Weights on disk: fetched once into the hub's own cache, and checked whenever they are read.

Files from GitHub go to `semcs/` in the hub's folder for other libraries' files. The hub's
environment variables (`HF_HOME`, `HF_HUB_CACHE`, `HF_ASSETS_CACHE`, `HF_HUB_OFFLINE`, ...) hold.
What files are checked against is told in `semcs.models.checking`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from semcs.errors import ModelUnavailableError
from semcs.models.checking import CheckKind, VerifyResult, check, check_kind
from semcs.models.downloading import download, github_file
from semcs.models.registry import BUNDLED_FOLDER, ModelSource, Role, sources
from semcs.models.weights import Weights, read_weights

__all__ = [
    "ModelRow", "VerifyResult", "check_kind", "describe", "ensure", "fetch", "is_cached",
    "path", "read", "verify",
]  # fmt: skip


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
    """Where a model's checked weights are, downloaded first where they aren't on this machine.

    To load them, `read` them: the file can be another one by the time that this path is opened.

    Raises:
        ModelUnavailableError: the file can't be had, or isn't what it should be.
    """
    return read(source).file


def ensure(source: ModelSource) -> Path:
    """Where a model's weights are, downloaded first where they aren't on this machine; unchecked.

    Raises:
        ModelUnavailableError: the file can't be had.
    """
    if path(source) is None:
        download(source)
    file = path(source)
    if file is None:
        raise ModelUnavailableError(
            f"{source.name}: the download of {source.file} left no file in the hub's cache"
        )
    return file


def read(source: ModelSource) -> Weights:
    """The checked weights of a model, downloaded first where they aren't on this machine.

    Raises:
        ModelUnavailableError: the file can't be had, or isn't what it should be.
    """
    file = ensure(source)
    weights = read_weights(file)
    result = check(source, weights)
    if not result.ok:
        raise ModelUnavailableError(_complaint(source, file, result))
    return weights


def path(source: ModelSource) -> Path | None:
    """The file of a model on this machine, unchecked; None where there is none."""
    if source.repo is None:
        file = BUNDLED_FOLDER / source.file
        return file if file.is_file() else None
    if source.host == "github":
        file = github_file(source)
        return file if file.is_file() else None
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(source.repo, source.file, revision=source.revision)
    return Path(found) if isinstance(found, str) else None


def is_cached(source: ModelSource) -> bool:
    """Whether a model's file is on this machine."""
    return path(source) is not None


def verify(source: ModelSource) -> VerifyResult:
    """Check a model's file against its hash, without downloading anything.

    A file without a published hash that is met for the first time is recorded, and passes, unless
    it can't be the file.

    Raises:
        ModelUnavailableError: the file, or the record of its first download, can't be read.
    """
    file = path(source)
    if file is None:
        return VerifyResult(source.name, "not cached", ok=False)
    return check(source, read_weights(file))


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


def _complaint(source: ModelSource, file: Path, result: VerifyResult) -> str:
    cure = f"delete it and run `semcs models download {source.name}`"
    if source.bundled:
        cure = "install semcs again"
    # In the hub's cache the name is a link: it is the file behind it that has to go.
    return (
        f"{source.name}: {file.resolve()} has changed or is damaged, {result.fault} "
        f"({result.kind}); {cure}"
    )
