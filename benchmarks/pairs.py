"""Photos and their true masks, in the layouts that saliency data sets come in.

A file is a mask where a folder above it is called something like masks, GT, ground truth,
segmentations or annotations, or where a JPEG of its name lies beside it; any other is a photo. They
belong together if they have the same name and, where several files have that name, lie in folders
alike but for the one called masks or images.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from semcs.errors import InputError

PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff")
MASK_FOLDER = re.compile(r"(?i:mask|truth|segment|annot|matte)|GT|(?<![A-Za-z])gt(?![a-z])")
PHOTO_FOLDER = re.compile(r"(?i)image|img|photo|picture|jpe?g")

Place = tuple[str, ...]


def find_pairs(folder: Path) -> list[tuple[Path, Path]]:
    """(photo, mask) of every photo below a folder that has a mask, in order.

    Raises:
        InputError: There are none, or two files could be the one.
    """
    photos: dict[str, list[tuple[Place, Path]]] = defaultdict(list)
    masks: dict[str, list[tuple[Place, Path]]] = defaultdict(list)
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() in PICTURES and not file.name.startswith("."):
            place, is_mask = _place(file.relative_to(folder).parts[:-1])
            kind = masks if is_mask or _beside_its_photo(file) else photos
            kind[file.stem].append((place, file))
    found: dict[Path, Path] = {}
    for stem, named in masks.items():
        alone = len(named) == len(photos[stem]) == 1
        for place, mask in named:
            own = [photo for where, photo in photos[stem] if alone or where == place]
            if len(own) > 1 or (own and own[0] in found):
                raise InputError(
                    f"{mask.relative_to(folder)}: more than one photo, or photo's mask, "
                    "has this name; hand in a folder of one data set"
                )
            found.update(dict.fromkeys(own, mask))
    if not found:
        raise InputError(f"no photos with masks of the same name in {folder}")
    return sorted(found.items())


def _place(folders: Place) -> tuple[Place, bool]:
    """The folders without the outermost that says photos or masks, and whether it says masks."""
    for index, name in enumerate(folders):
        is_mask = bool(MASK_FOLDER.search(name))
        if is_mask or PHOTO_FOLDER.search(name):
            return folders[:index] + folders[index + 1 :], is_mask
    return folders, False


def _beside_its_photo(file: Path) -> bool:
    return file.suffix.lower() not in (".jpg", ".jpeg") and any(
        file.with_suffix(suffix).is_file() for suffix in (".jpg", ".jpeg", ".JPG", ".JPEG")
    )
