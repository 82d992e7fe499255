"""What people type for each style, name by name.

Each table has lines "style: phrase | phrase | …"; an indented line goes on with the phrases of the
style above it.
"""

from __future__ import annotations

from semcs.looks.phrases import compounds as no_looks
from semcs.looks.phrases import (
    described_a,
    described_b,
    digital,
    drawing,
    known,
    materials,
    nature,
    painting,
)
from semcs.looks.phrases.reading import read_tables


def phrases() -> dict[str, tuple[str, ...]]:
    """What each style is called, without its own name, in the order of the tables."""
    return read_tables(painting.TABLE, drawing.TABLE, materials.TABLE, nature.TABLE, digital.TABLE)


def known_names() -> dict[str, tuple[str, ...]]:
    """Painters, films, games and things whose nearest style is this one."""
    return read_tables(known.TABLE)


def compounds() -> tuple[str, ...]:
    """Phrases that name no look, though a word in them does: "orange juice"."""
    return read_tables(no_looks.TABLE)["nothing"]


def descriptions() -> dict[str, tuple[str, ...]]:
    """What people say of each style who do not name it."""
    return read_tables(described_a.TABLE, described_b.TABLE)
