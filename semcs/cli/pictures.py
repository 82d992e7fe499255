"""Pictures that commands make themselves: the sample photo, masks, and a labelled row."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

SAMPLE = "flower.jpg"

_MARGIN = 24
_LABEL_SIZE = 20
_INK, _PAPER = (40, 40, 40), (255, 255, 255)


def sample_photo() -> Image.Image:
    """A photo of a flower, 640×427, that comes with scikit-learn."""
    from sklearn.datasets import load_sample_image

    pixels: NDArray[np.uint8] = load_sample_image(SAMPLE)
    return Image.fromarray(pixels)


def mask_picture(mask: NDArray[Any]) -> Image.Image:
    """A mask (H, W) in [0, 1] as a grey picture, 1 = white."""
    return Image.fromarray(np.rint(mask * 255).astype(np.uint8))


def labelled_row(pictures: list[tuple[Image.Image, str]]) -> Image.Image:
    """Pictures of one size side by side, each with its label below."""
    font = ImageFont.load_default(_LABEL_SIZE)
    width, height = pictures[0][0].size
    sheet = Image.new(
        "RGB",
        (_MARGIN + len(pictures) * (width + _MARGIN), height + 3 * _MARGIN + _LABEL_SIZE // 2),
        _PAPER,
    )
    draw = ImageDraw.Draw(sheet)
    for index, (picture, label) in enumerate(pictures):
        left = _MARGIN + index * (width + _MARGIN)
        sheet.paste(picture.convert("RGB"), (left, _MARGIN))
        middle = (left + width / 2, height + 2 * _MARGIN)
        draw.text(middle, label, _INK, font, anchor="mm")
    return sheet
