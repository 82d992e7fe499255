"""Looks: hand-written painters of 157 styles, and how a text leads to them.

    semcs.looks.render("photo.jpg", "a snowy oil painting").save("painted.png")

Everything public is listed here and loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semcs.lazy import lazy_names

if TYPE_CHECKING:
    from semcs.looks.matching import Color, Match, match
    from semcs.looks.public import names, render

__all__ = ["Color", "Match", "match", "names", "render"]

_HOMES = {
    "Color": "semcs.looks.matching",
    "Match": "semcs.looks.matching",
    "match": "semcs.looks.matching",
    "names": "semcs.looks.public",
    "render": "semcs.looks.public",
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
