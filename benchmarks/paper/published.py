"""The figures that the papers print, and why figures made here may differ from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Texts = Literal["one", "two"]


@dataclass(frozen=True)
class Published:
    """What a paper prints of a method.

    Attributes:
        method: Its name there.
        preset: The preset that is its program.
        texts: One for the whole picture, or one for each region.
        dists: Mean DISTS to the photo.
        nima: Mean NIMA rating, 1 to 10.
        users: Share of users who liked it best, in per cent.
    """

    method: str
    preset: str
    texts: Texts
    dists: float
    nima: float
    users: float


# The table of the Sem-CS paper; CLIPstyler has no two texts.
TABLE = (
    Published("CLIPstyler", "clipstyler", "one", 0.32, 4.61, 28.3),
    Published("Gen-Art", "gen-art", "one", 0.25, 4.34, 33.1),
    Published("Sem-CS", "semcs-reference", "one", 0.34, 5.34, 38.4),
    Published("Gen-Art", "gen-art", "two", 0.20, 4.24, 48.2),
    Published("Sem-CS", "semcs-reference", "two", 0.33, 5.52, 51.7),
)

REASONS = {
    "all": (
        "the photos and texts behind the published means aren't published: these are yours",
        "DISTS: the papers don't say whether the short side was shrunk to 256 pixels (--protocol); "
        "they print it with an upward arrow, so that it is an amount of change",
        "NIMA: the papers don't name the network; ratings by different ones can't be compared, and "
        "this is idealo's MobileNet, trained on AVA",
        "NIMA of a region is of the picture with the other region black, which no paper rates",
    ),
    "clipstyler": ("the program works on squares of 512 pixels; the preset keeps the aspect",),
    "gen-art": (
        "its mask came from another network; here it is that of the DINO features",
        "the crops are drawn as its paper says, since its program isn't published",
    ),
    "semcs-reference": (
        "its user inverts the mask of some photos (disagreement 4, docs/method.md); here none is",
        "half precision is that of a GPU; on a CPU embeddings are rounded to it",
    ),
    "semcs-slides": ("the method as its slides write it: no paper has figures of it",),
    "semcs": ("semcs's own reading of the method: no paper has figures of it",),
}


def published(preset: str, texts: Texts) -> Published | None:
    """The published figures of a preset; None where there are none."""
    return next((row for row in TABLE if (row.preset, row.texts) == (preset, texts)), None)
