"""The table of style renderers and the decorator that fills it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from semcs.errors import InputError

Array: TypeAlias = NDArray[np.floating[Any]]
Renderer: TypeAlias = Callable[[Array, np.random.Generator], Array]

RENDERERS: dict[str, Renderer] = {}


def renderer(name: str) -> Callable[[Renderer], Renderer]:
    """Register a function as the renderer of the style ``name``."""

    def register(function: Renderer) -> Renderer:
        RENDERERS[name] = function
        return function

    return register


def render(name: str, image: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Repaint a photo crop in a named style.

    Args:
        name: a key of ``RENDERERS``.
        image: (H, W, 3) RGB in [0, 1], sides of 32 pixels or more.
        rng: source of the style's random parameters; the same state gives the same picture, to
            the rounding of single precision.

    Returns:
        (H, W, 3) float32 RGB in [0, 1].

    Raises:
        InputError: if ``name`` is no style, or ``image`` has another shape.
    """
    if name not in RENDERERS:
        raise InputError(f"unknown style {name!r}: choose from {', '.join(sorted(RENDERERS))}")
    if image.ndim != 3 or image.shape[2] != 3 or min(image.shape[:2]) < 32:
        raise InputError(f"image has shape {image.shape}: (H, W, 3) with sides >= 32 is needed")
    source = np.ascontiguousarray(image, dtype=np.float32)
    painted = RENDERERS[name](source, rng)
    return np.asarray(np.clip(painted, 0.0, 1.0), np.float32)
