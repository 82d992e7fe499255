"""Which colour people would call a place, among the names of a table."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]

# Colours that go by each name, in light and in shade.
_SAMPLES = {
    "red": "d01c1f 8b1a1a e8484a 5e1414",
    "orange": "f5821f c8641a ffa64d",
    "yellow": "f7e017 d9c02a f5e88a b59a1c",
    "green": "2e9e3f 1e5b2a 8fc36b 6b8e23 3b4f24 9be040 40e040",
    "blue": "1f5fd0 12306f 7fb2e5 3f6fb0 b9d6f2 0000d8 16168c",
    "purple": "7a3fa5 4b2268 b48ad6",
    "pink": "f49ac1 e85a9b f7c8d8 d13f86",
    "brown": "7a4a22 4e2f18 a9764a 8b6a4f",
    "black": "050505 1f1f22 2c2c2c",
    "white": "ffffff ebebea d8d9da",
    "grey": "808080 555555 a8a8a8",
    "turquoise": "2fbfbf 0f7f83 8fdede",
    "beige": "d9c5a0 e8d9bd c4ad86",
}
_OTHER_NAMES = {
    **{
        "gray": "grey",
        "silver": "grey",
        "violet": "purple",
        "lilac": "purple",
        "cyan": "turquoise",
    },
    **{"teal": "turquoise", "crimson": "red", "scarlet": "red", "magenta": "pink", "navy": "blue"},
    **{"golden": "yellow", "blond": "beige", "blonde": "beige", "cream": "beige", "tan": "beige"},
}
COLOURS = {**{name: name for name in _SAMPLES}, **_OTHER_NAMES}
"""The name in the table for each name of a colour."""

_WITHOUT_HUE = ("black", "white", "grey", "brown", "beige")
SLACK = 5.0  # a difference of hue, in Lab, that people may name either way

# Shade and light change a thing's lightness more than its colour.
_WEIGHTS = np.array([0.5, 1.0, 1.0], np.float32)


def of_colour(rgb: Array, colour: str) -> npt.NDArray[np.bool_]:
    """Where (h, w, 3) RGB in [0, 1] may go by a colour of the table, as (h, w).

    Every place goes by the name of the nearest colour, and by those of hues that are all but as
    near.
    """
    names, samples = _table()
    places = (_lab(rgb) * _WEIGHTS).reshape(-1, 1, 3)
    away = np.sqrt(((places - samples) ** 2).sum(2))
    slack = 0.0 if colour in _WITHOUT_HUE else SLACK
    is_named: npt.NDArray[np.bool_] = away[:, names == colour].min(1) <= away.min(1) + slack
    return is_named.reshape(rgb.shape[:2])


@cache
def _table() -> tuple[npt.NDArray[np.str_], Array]:
    """The name of each sample, and the samples (n, 3) in weighted Lab."""
    named = [(name, code) for name, codes in _SAMPLES.items() for code in codes.split()]
    rgb = np.array([list(bytes.fromhex(code)) for _, code in named], np.float32) / 255
    return np.array([name for name, _ in named]), _lab(rgb[None])[0] * _WEIGHTS


def _lab(rgb: Array) -> Array:
    import cv2

    lab: Array = cv2.cvtColor(np.ascontiguousarray(rgb, np.float32), cv2.COLOR_RGB2LAB)
    return lab
