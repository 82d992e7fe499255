"""Procedural style renderers: numpy and OpenCV functions that repaint a photo crop in a style.

They make the training pairs of the bundled image-text model: a crop, and the name of its style.
"""

from __future__ import annotations

from semcs.training.renderers import (
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
from semcs.training.renderers.registry import RENDERERS, Renderer, render

__all__ = [
    "RENDERERS",
    "Renderer",
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
    "render",
    "weather",
]
