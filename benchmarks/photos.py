"""Sample photos, and sheets of pictures with titles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from sklearn.datasets import load_sample_image

PHOTOS = ("flower", "china", "astronaut", "chelsea", "coffee")
TITLE_HEIGHT = 18  # pixels above a column

Rgb = NDArray[np.uint8]


def photo_named(name: str, side: int, file: Path | None = None) -> Rgb:
    """The centre square of a photo that scikit-learn or scikit-image ships, or of a file.

    Returns:
        (side, side, 3) RGB.
    """
    if file is not None:
        photo = Image.open(file).convert("RGB")
    elif name in ("flower", "china"):
        photo = Image.fromarray(load_sample_image(f"{name}.jpg"))
    else:
        from skimage import data

        photo = Image.fromarray(getattr(data, name)())
    short = min(photo.size)
    left, top = (photo.width - short) // 2, (photo.height - short) // 2
    square = photo.crop((left, top, left + short, top + short))
    return np.asarray(square.resize((side, side), Image.Resampling.LANCZOS))


def as_floats(picture: NDArray[Any]) -> NDArray[np.float32]:
    """Bytes as float32 in [0, 1]."""
    return np.asarray(np.asarray(picture, np.float32) / 255, np.float32)


def sheet_of(pictures: Sequence[Rgb], titles: Sequence[str]) -> Image.Image:
    """Pictures of one size, row by row, under the titles of their columns."""
    columns = len(titles)
    rows = [np.concatenate(pictures[i : i + columns], 1) for i in range(0, len(pictures), columns)]
    body = np.concatenate(rows)
    sheet = Image.new("RGB", (body.shape[1], body.shape[0] + TITLE_HEIGHT), "white")
    sheet.paste(Image.fromarray(body), (0, TITLE_HEIGHT))
    width = body.shape[1] // columns
    for column, title in enumerate(titles):
        strip = Image.new("RGB", (width, TITLE_HEIGHT), "white")  # cuts off what is too long
        ImageDraw.Draw(strip).text((4, 3), title, "black")
        sheet.paste(strip, (column * width, 0))
    return sheet
