"""What a text says to stay away from: looks that aren't painted, colours and light taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from semcs.errors import InputError
from semcs.looks.choosing import CLEAR, Rank
from semcs.looks.matching import Match, match, quoted
from semcs.looks.oklab import from_oklab, to_oklab
from semcs.looks.phrases.palette import RGB
from semcs.looks.reading import read
from semcs.looks.registry import Array
from semcs.looks.tint import tint
from semcs.looks.tone import smoothstep

OPPOSITE = {
    "dark": "bright", "bright": "dark", "pale": "vivid", "pastel": "vivid", "vivid": "muted",
    "muted": "vivid", "warm": "cold", "cold": "warm", "contrast": "soft", "soft": "contrast",
}  # fmt: skip
"""The light that is left where one is taken away."""

COLOURFUL = 12.0  # chroma in Oklab from which a colour has a hue
NEAR_HUE, OTHER_HUE = np.cos(np.radians((35.0, 80.0)))  # a hue goes up to here, and stays from here
DARKEST, LIGHTEST = 32.0, 80.0  # lightness in Oklab where black and white are avoided
STRIP = 1 << 17  # pixels that are changed at once


@dataclass(frozen=True)
class Avoided:
    """What a text means that is to be avoided.

    Attributes:
        text: As it was given.
        looks: Names of looks.
        colors: Colours.
        light: Words of light, as of `Match.light`.
    """

    text: str
    looks: frozenset[str] = frozenset()
    colors: tuple[RGB, ...] = ()
    light: tuple[str, ...] = ()


def read_avoided(text: str) -> Avoided:
    """What looks, colours and light a text means; none where it means something else."""
    found = match(text)
    colors = tuple(color.rgb for color in found.colors)
    return Avoided(text, frozenset(found.names), colors, found.light)


def match_without(text: str, avoided: Avoided, rank: Rank | None = None) -> Match:
    """What a text asks for, less what is avoided.

    A text that means an avoided look without naming it, as "winter" means snow, gets the next best
    look, or none where nothing else is near.

    Args:
        text: As of `semcs.looks.match`.
        avoided: What is taken out.
        rank: As of `semcs.looks.match`.

    Raises:
        InputError: The text names, outright, nothing but what is avoided.
    """
    found = match(text, rank)
    colors = tuple(color for color in found.colors if not _is_avoided(color.rgb, avoided))
    light = tuple(word for word in found.light if word not in avoided.light)
    looks = tuple(look for look in found.looks if look[0] not in avoided.looks)
    if (looks, colors, light) == (found.looks, found.colors, found.light):
        return found
    if found.looks and not looks:
        _check_not_named(text, avoided)
        return match(text, rank, denied=avoided.looks)
    if not (looks or colors or light):
        raise _contradiction(text, avoided)
    total = sum(weight for _, weight in looks)
    return replace(
        found,
        looks=tuple((name, weight / total) for name, weight in looks),
        order=found.order if len(looks) > 1 else "one",
        colors=colors,
        light=light,
    )


def _check_not_named(text: str, avoided: Avoided) -> None:
    named = {hit.look for hit in read(text).looks if hit.certainty >= CLEAR}
    if named and named <= avoided.looks:
        raise _contradiction(text, avoided)


def _contradiction(text: str, avoided: Avoided) -> InputError:
    return InputError(
        f"{quoted(text)} is asked for and {quoted(avoided.text)} is to be avoided: "
        "nothing is left to paint"
    )


def _is_avoided(rgb: RGB, avoided: Avoided) -> bool:
    """Whether a colour is of a hue that is avoided, or both are black, grey or white."""
    one, *others = _lab_of([rgb, *avoided.colors])
    for other in others:
        chromas = np.hypot(*one[1:]), np.hypot(*other[1:])
        if min(chromas) >= COLOURFUL:
            if one[1:] @ other[1:] > NEAR_HUE * chromas[0] * chromas[1]:
                return True
        elif max(chromas) < COLOURFUL and abs(one[0] - other[0]) < LIGHTEST - DARKEST:
            return True
    return False


def take_back(
    picture: Array, colors: Sequence[RGB], light: Sequence[str] = (), mask: Array | None = None
) -> NDArray[np.float32]:
    """A picture without some colours, and with the opposite of some kinds of light.

    What has the hue of an avoided colour loses its chroma. Avoided black is lightened, avoided
    white darkened.

    Args:
        picture: (H, W, 3) RGB in [0, 1].
        colors: Those that are avoided.
        light: Words of light that are avoided.
        mask: (H, W) in [0, 1], the region whose light it is about; None is all.

    Returns:
        (H, W, 3) float32 in [0, 1].
    """
    changed = np.asarray(picture, np.float32)
    if light:
        changed = tint(changed, (), [OPPOSITE[word] for word in light], mask)
    if not colors:
        return changed
    avoided = _lab_of(colors)
    without = np.empty_like(changed)
    rows = max(1, STRIP // changed.shape[1])
    for top in range(0, len(changed), rows):
        lab = to_oklab(changed[top : top + rows])
        for color in avoided:
            _shun(lab, color)
        without[top : top + rows] = from_oklab(lab)
    return without


def _shun(lab: Array, color: Array) -> None:
    """Take one colour, as Oklab, out of a picture in Oklab, in place."""
    chroma = float(np.hypot(*color[1:]))
    own = np.hypot(lab[..., 1], lab[..., 2])
    if chroma >= COLOURFUL:
        hue = color[1:] / chroma
        nearness = (lab[..., 1:] @ hue) / np.maximum(own, 1e-3)
        lab[..., 1:] *= (1 - smoothstep(nearness, OTHER_HUE, NEAR_HUE))[..., None]
        return
    grey = np.exp(-((own / COLOURFUL) ** 2))
    if color[0] < 50:
        lab[..., 0] += grey * np.maximum(0, DARKEST - lab[..., 0]) * 0.8
    else:
        lab[..., 0] -= grey * np.maximum(0, lab[..., 0] - LIGHTEST) * 0.8


def _lab_of(colors: Sequence[RGB]) -> Array:
    """(N, 3) in Oklab."""
    return to_oklab(np.array([colors], np.float32) / 255)[0]
