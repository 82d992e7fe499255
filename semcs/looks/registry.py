"""The table of looks and the decorator that fills it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from semcs.errors import InputError

Array: TypeAlias = NDArray[np.floating[Any]]
Painter: TypeAlias = Callable[..., Array]

LEAST_SIDE = 32
"""Shortest side in pixels that a look can be painted on."""

DEFAULT_DETAIL = 0.6


@dataclass(frozen=True)
class Look:
    """A hand-written look.

    Attributes:
        name: What people call it.
        paint: The function of picture, random generator and scale; where `follows_outline`, of the
            region's mask as well.
        detail: How much of the photo's form is given back to it, 0 to 1, unless the caller says.
        follows_outline: Whether its cells, strokes or leads end at the region's outline.
    """

    name: str
    paint: Painter
    detail: float
    follows_outline: bool


LOOKS: dict[str, Look] = {}


def look(name: str, *, detail: float = DEFAULT_DETAIL) -> Callable[[Painter], Painter]:
    """Register a function as the painter of a look.

        @look("mist", detail=0.5)
        def mist(image: Array, rng: np.random.Generator, scale: float) -> Array:
            veil = fields.noise(image.shape, 90 * scale, rng)
            return tone.mix(image, (0.88, 0.9, 0.92), veil)

    The function takes the picture (H, W, 3) RGB in [0, 1], sides of 32 pixels or more, a random
    generator, and the scale: lengths are written in pixels of a picture 512 pixels long and
    multiplied by it. If it has a fourth parameter ``mask``, it is given the region's mask (H, W)
    in [0, 1], or None for the whole. It returns (H, W, 3), which is clipped to [0, 1], and leaves
    what it is given as it is.

    Args:
        name: What people call the look; a later painter of the same name takes its place.
        detail: How much of the photo's form is given back to it, 0 to 1, unless the caller says.
    """

    def register(function: Painter) -> Painter:
        follows_outline = "mask" in inspect.signature(function).parameters
        LOOKS[name] = Look(name, function, detail, follows_outline)
        return function

    return register


def find_look(name: str) -> Look:
    """The look of that name, of semcs or of another package that offers one.

    Raises:
        InputError: If there is none.
        PluginError: If the other package's painter can't be loaded.
    """
    if name not in LOOKS:
        _add_offered(name)
    if name not in LOOKS:
        raise InputError(f"unknown look {name!r}: choose from {', '.join(sorted(LOOKS))}")
    return LOOKS[name]


def is_known_everywhere(name: str) -> bool:
    """Whether other processes can paint a look: it is of semcs, or a package offers it.

    Raises:
        InputError: If there is none of that name.
        PluginError: If another package's painter can't be loaded.
    """
    from semcs.plugins import PAINTERS, offers

    return find_look(name).paint.__module__.startswith("semcs.") or name in offers(PAINTERS)


def registered_here() -> list[str]:
    """Names of the looks that this process alone knows: no other one can paint them."""
    return sorted(name for name in LOOKS if not is_known_everywhere(name))


def _add_offered(name: str) -> None:
    """Register the painter that another package offers by this name, if one does."""
    from semcs.plugins import PAINTERS, offers

    offer = offers(PAINTERS).get(name)
    if offer is None:
        return
    function = offer.load()  # which may register it by itself, to say how much detail it takes
    if name not in LOOKS:
        look(name)(function)
    LOOKS[name] = replace(LOOKS[name], paint=offer.guarded(LOOKS[name].paint))


def paint(
    name: str,
    image: NDArray[np.float32],
    rng: np.random.Generator,
    scale: float = 1.0,
    mask: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """Repaint a picture in a look, at its own size and with nothing of its form given back.

    Args:
        name: A key of ``LOOKS``.
        image: (H, W, 3) RGB in [0, 1], sides of 32 pixels or more.
        rng: Source of the look's random parameters; the same state gives the same picture, to the
            rounding of single precision.
        scale: How large strokes, cells and dots are, 1 for a picture 512 pixels long.
        mask: (H, W) in [0, 1], the region that is painted, or None for the whole picture.

    Returns:
        (H, W, 3) float32 RGB in [0, 1].

    Raises:
        InputError: If ``name`` is no look, or ``image`` has another shape.
    """
    chosen = find_look(name)
    if image.ndim != 3 or image.shape[2] != 3 or min(image.shape[:2]) < LEAST_SIDE:
        raise InputError(
            f"image has shape {image.shape}: (H, W, 3) with sides >= {LEAST_SIDE} is needed"
        )
    source = np.ascontiguousarray(image, dtype=np.float32)
    outline = (mask,) if chosen.follows_outline else ()
    painted = chosen.paint(source, rng, scale, *outline)
    return np.asarray(np.clip(painted, 0.0, 1.0), np.float32)
