"""What people type for each style, name by name.

Each table has lines "style: phrase | phrase | …"; an indented line goes on with the phrases of the
style above it.
"""

from __future__ import annotations

from types import ModuleType

from semcs.training.phrases import (
    described_a,
    described_b,
    digital,
    drawing,
    materials,
    nature,
    painting,
)


def phrases() -> dict[str, tuple[str, ...]]:
    """What each style is called, without its own name, in the order of the tables."""
    return _read(painting, drawing, materials, nature, digital)


def descriptions() -> dict[str, tuple[str, ...]]:
    """What people say of each style who do not name it."""
    return _read(described_a, described_b)


def _read(*tables: ModuleType) -> dict[str, tuple[str, ...]]:
    entries = [
        entry for table in tables for entry in table.TABLE.strip().replace("\n  ", " ").splitlines()
    ]
    pairs = (entry.split(": ", 1) for entry in entries)
    return {name: tuple(p.strip() for p in text.split("|")) for name, text in pairs}
