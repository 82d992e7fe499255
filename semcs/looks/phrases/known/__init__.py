"""Painters, films, games, crafts and things that people ask for, and the look nearest to each.

They lead a text to a look. The bundled text encoder is not trained on them. Each module holds the
looks of one kind, in lines as `semcs.looks.phrases` has them.
"""

from __future__ import annotations

from semcs.looks.phrases.known import (
    digital,
    drawing,
    hard_materials,
    nature,
    painting,
    soft_materials,
)

TABLES: tuple[str, ...] = tuple(
    kind.TABLE for kind in (painting, drawing, hard_materials, soft_materials, nature, digital)
)
