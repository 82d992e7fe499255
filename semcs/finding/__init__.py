"""Any region of a picture: by words, by clicks, by a box or by a rough mask.

    semcs.find("photo.jpg", "the background").save("mask.png")

words ─► a soft map ─┐
rough mask ──────────┼─► hints ─► the region that they mean ─► its outline ─► shape ─► mask
clicks, box ─────────┘

Everything public is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semcs.lazy import lazy_names

if TYPE_CHECKING:
    from semcs.finding.calls import find
    from semcs.finding.finder import RegionFinder

__all__ = ["RegionFinder", "find"]

_HOMES = {"RegionFinder": "semcs.finding.finder", "find": "semcs.finding.calls"}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
