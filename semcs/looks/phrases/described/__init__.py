"""How people describe the looks who do not name them.

Texts that name no look are compared with them. Each module holds the looks of one kind, in lines
as `semcs.looks.phrases` has them.
"""

from __future__ import annotations

from semcs.looks.phrases.described import (
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
