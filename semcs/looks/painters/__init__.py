"""The painters: numpy and OpenCV functions that repaint a picture in a look, one look a function.

Importing them fills `semcs.looks.registry.LOOKS`.
"""

from __future__ import annotations

from semcs.looks.painters import (
    ancient,
    digital,
    drawing,
    fabric,
    graphic,
    imaging,
    materials,
    metal,
    minerals,
    modern,
    movements,
    nature,
    organic,
    outdoors,
    painting,
    patterns,
    plants,
    pop,
    weather,
)

__all__ = [
    "ancient",
    "digital",
    "drawing",
    "fabric",
    "graphic",
    "imaging",
    "materials",
    "metal",
    "minerals",
    "modern",
    "movements",
    "nature",
    "organic",
    "outdoors",
    "painting",
    "patterns",
    "plants",
    "pop",
    "weather",
]
