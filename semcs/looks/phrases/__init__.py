"""What people type for each look, name by name.

`painting`, `drawing`, `materials`, `nature` and `digital` hold what each look is called, `known`
the artists, works and things whose nearest look it is, and `described` what people say of it who
do not name it. Each table has lines "look: phrase | phrase | …"; an indented line goes on with the
phrases of the look above it.
"""

from __future__ import annotations

from semcs.looks.phrases import (
    described,
    digital,
    drawing,
    known,
    materials,
    nature,
    no_looks,
    painting,
)
from semcs.looks.phrases.reading import read_tables


def phrases() -> dict[str, tuple[str, ...]]:
    """What each look is called, without its own name, in the order of the tables."""
    return read_tables(painting.TABLE, drawing.TABLE, materials.TABLE, nature.TABLE, digital.TABLE)


def known_names() -> dict[str, tuple[str, ...]]:
    """Artists, works and things whose nearest look each is."""
    return read_tables(*known.TABLES)


def compounds() -> tuple[str, ...]:
    """Phrases that name no look, though a word in them does: "orange juice"."""
    return read_tables(no_looks.TABLE)["nothing"]


def descriptions() -> dict[str, tuple[str, ...]]:
    """What people say of each look who do not name it."""
    return read_tables(*described.TABLES)
