"""The groups of labels that the judge knows, and which of them a look of semcs should show."""

from __future__ import annotations

from typing import NamedTuple

PHOTO = "photo"  # the last class of every group: a picture that shows none of the others

GROUPS: dict[str, tuple[str, ...]] = {
    "materials": (
        "Asphalt",
        "Bark",
        "Bricks",
        "Carpet",
        "Concrete",
        "CorrugatedSteel",
        "DiamondPlate",
        "Fabric",
        "Granite",
        "Grass",
        "Gravel",
        "Ground",
        "Marble",
        "Metal",
        "Onyx",
        "PavingStones",
        "Planks",
        "Plastic",
        "Rock",
        "Rocks",
        "RoofingTiles",
        "Rust",
        "Snow",
        "Terrazzo",
        "Tiles",
        "Travertine",
        "Wood",
        "WoodFloor",
        "WoodSiding",
        PHOTO,
    ),
    "adjectives": (
        "banded",
        "blotchy",
        "braided",
        "bubbly",
        "bumpy",
        "chequered",
        "cobwebbed",
        "cracked",
        "crosshatched",
        "crystalline",
        PHOTO,
    ),
    "movements": (
        "art nouveau",
        "baroque",
        "expressionism",
        "impressionism",
        "post-impressionism",
        "romanticism",
        "symbolism",
        PHOTO,
    ),
    "media": ("painting", "cartoon", "sketch", PHOTO),
}


class Labels(NamedTuple):
    """What a look should be taken for: one of these labels of a group."""

    group: str
    names: tuple[str, ...]


_WOOD = Labels("materials", ("Wood", "WoodFloor", "Planks", "WoodSiding"))
_METAL = Labels("materials", ("Metal", "DiamondPlate", "CorrugatedSteel"))
_CLOTH = Labels("materials", ("Fabric", "Carpet"))
_LINES = Labels("media", ("sketch",))
_CARTOON = Labels("media", ("cartoon",))
_PAINTING = Labels("media", ("painting",))

# Looks that a label truly means; for all others the judge has no opinion.
LABELS: dict[str, Labels] = {
    "wood": _WOOD,
    "bark": Labels("materials", ("Bark",)),
    "marble": Labels("materials", ("Marble",)),
    "brick": Labels("materials", ("Bricks",)),
    "red rock": Labels("materials", ("Rock", "Rocks")),
    "pebbles": Labels("materials", ("Gravel", "Rocks")),
    "concrete": Labels("materials", ("Concrete",)),
    "gold": _METAL,
    "silver": _METAL,
    "bronze": _METAL,
    "copper": _METAL,
    "rust": Labels("materials", ("Rust",)),
    "grass": Labels("materials", ("Grass",)),
    "snow": Labels("materials", ("Snow",)),
    "wool": _CLOTH,
    "denim": _CLOTH,
    "burlap": _CLOTH,
    "velvet": _CLOTH,
    "silk": _CLOTH,
    "camouflage": Labels("adjectives", ("blotchy",)),
    "bubbles": Labels("adjectives", ("bubbly",)),
    "crystal": Labels("adjectives", ("crystalline",)),
    "engraving": Labels("adjectives", ("crosshatched",)),
    "starry night": Labels("movements", ("post-impressionism",)),
    "cezanne": Labels("movements", ("post-impressionism",)),
    "pointillism": Labels("movements", ("post-impressionism",)),
    "impressionism": Labels("movements", ("impressionism",)),
    "expressionism": Labels("movements", ("expressionism",)),
    "art nouveau": Labels("movements", ("art nouveau",)),
    "klimt": Labels("movements", ("art nouveau", "symbolism")),
    "rembrandt": Labels("movements", ("baroque",)),
    "turner": Labels("movements", ("romanticism",)),
    "oil painting": _PAINTING,
    "watercolor": _PAINTING,
    "gouache": _PAINTING,
    "cartoon": _CARTOON,
    "comic book": _CARTOON,
    "anime": _CARTOON,
    "pencil sketch": _LINES,
    "charcoal": _LINES,
    "pen and ink": _LINES,
    "ballpoint pen": _LINES,
}


def labels_of(look: str) -> Labels | None:
    """What a look should be taken for; None where no label means it."""
    return LABELS.get(look)
