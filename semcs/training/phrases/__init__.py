"""What people type for each style, name by name.

Each table has lines "style: phrase | phrase | …"; an indented line goes on with the phrases of the
style above it.
"""

from __future__ import annotations

from semcs.training.phrases import digital, drawing, materials, nature, painting

_THEMES = (painting, drawing, materials, nature, digital)


def phrases() -> dict[str, tuple[str, ...]]:
    """The phrases of every style, without its own name, in the order of the tables."""
    entries = [
        entry
        for theme in _THEMES
        for entry in theme.TABLE.strip().replace("\n  ", " ").splitlines()
    ]
    pairs = (entry.split(": ", 1) for entry in entries)
    return {name: tuple(p.strip() for p in text.split("|")) for name, text in pairs}
