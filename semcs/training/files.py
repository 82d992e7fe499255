"""Files that are written whole or not at all, and fingerprints of what they were made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from semcs import looks


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give the name of a file to write, which is renamed to `path` at the end.

    A run that is stopped while it writes leaves `path` as it was. Missing folders are made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"partial-{path.name}")
    yield partial
    partial.replace(path)


def fingerprint(sources: Iterable[Path], *values: bytes) -> str:
    """Eight letters that change with any of the values or the text of any source file."""
    digest = hashlib.sha256()
    for value in values:
        digest.update(value)
    for file in sorted(sources):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def looks_sources(*, phrases: bool) -> list[Path]:
    """Source files of `semcs.looks`, with or without those of the phrases that name the looks."""
    folder = Path(looks.__file__).parent
    files = (file.relative_to(folder) for file in folder.rglob("*.py"))
    return [folder / file for file in files if phrases or file.parts[0] != "phrases"]
