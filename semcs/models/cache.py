"""Weights on disk: fetched once into the hub's own cache, and checked before they are used.

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

__all__ = [
    "ModelRow", "VerifyResult", "check_kind", "describe", "fetch", "is_cached", "path", "verify",
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
    """The checked weights of a model, downloaded first where they aren't on this machine.

    Raises:
        ModelUnavailableError: the file can't be had, or isn't what it should be.
    """
    if path(source) is None:
        download(source)
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
        ModelUnavailableError: the record of first downloads can't be read.
    """
    file = path(source)
    if file is None:
        return VerifyResult(source.name, "not cached", ok=False)
    return check(source, file)


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


def _complaint(source: ModelSource, result: VerifyResult) -> str:
    if result.path is None:
        return f"{source.name}: the download of {source.file} left no file in the hub's cache"
    cure = f"delete it and run `semcs models download {source.name}`"
    if source.bundled:
        cure = "install semcs again"
    # In the hub's cache the name is a link: it is the file behind it that has to go.
    return (
        f"{source.name}: {result.path.resolve()} has changed or is damaged, {result.fault} "
        f"({result.kind}); {cure}"
    )
