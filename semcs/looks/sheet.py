"""Looks side by side on one sheet, with their names below."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from semcs.image.visible import fill_hidden
from semcs.looks.matching import Match
from semcs.looks.mixture import render_visible
from semcs.looks.registry import Array

LEAST_PAINTED = 512  # longest side in pixels: looks lose their strokes on thumbnails
MARGIN = 10
PAPER, INK = (255, 255, 255), (40, 40, 40)


def paint_all(
    photo: Array, alpha: Array | None, matches: Iterable[Match], size: int, seed: int = 0
) -> list[Image.Image]:
    """One photo painted as each match asks for, `size` pixels long.

    Args:
        photo: (H, W, 3) RGB in [0, 1].
        alpha: (H, W) in [0, 1], or None where all is visible.
        matches: What each picture should look like.
        size: The longest side of each picture in pixels.
        seed: Of the looks' random parameters.

    Returns:
        RGB pictures, or RGBA ones where there is alpha.
    """
    longest = max(size, LEAST_PAINTED)
    # Filled first: resizing would mix what is hidden into the visible pixels beside it.
    large = fit(fill_hidden(photo, alpha), longest)
    seen = None if alpha is None else fit(alpha, longest)
    painted = (render_visible(large, seen, match, seed=seed) for match in matches)
    pictures = [to_pil(fit(one, size)) for one in painted]
    if alpha is not None:
        shown = to_pil(fit(alpha, size))
        for picture in pictures:
            picture.putalpha(shown)
    return pictures


def lay_out(pictures: Sequence[Image.Image], labels: Sequence[str], columns: int) -> Image.Image:
    """Pictures of one size in rows on white paper, each with its label below."""
    width, height = pictures[0].size
    columns = min(columns, len(pictures))
    letters = max(11, round(width / 16))
    font = ImageFont.load_default(letters)
    band = round(letters * 1.8)
    rows = math.ceil(len(pictures) / columns)
    sheet = Image.new(
        "RGB",
        (MARGIN + columns * (width + MARGIN), MARGIN + rows * (height + band)),
        PAPER,
    )
    draw = ImageDraw.Draw(sheet)
    for index, (picture, label) in enumerate(zip(pictures, labels)):
        left = MARGIN + index % columns * (width + MARGIN)
        top = MARGIN + index // columns * (height + band)
        sheet.paste(picture, (left, top), picture if picture.mode == "RGBA" else None)
        shown = _shortened(label, lambda text: draw.textlength(text, font) <= width)
        draw.text((left + width / 2, top + height + band / 2 - 1), shown, INK, font, anchor="mm")
    return sheet


def _shortened(label: str, fits: Callable[[str], bool]) -> str:
    if fits(label):
        return label
    while label and not fits(label + "…"):
        label = label[:-1]
    return label + "…"


def fit(image: Array, longest: int) -> NDArray[np.float32]:
    """(H, W[, C]) at another size, its longest side as given."""
    height, width = image.shape[:2]
    ratio = longest / max(height, width)
    if ratio == 1:
        return np.asarray(image, np.float32)
    size = (max(1, round(width * ratio)), max(1, round(height * ratio)))
    way = cv2.INTER_AREA if ratio < 1 else cv2.INTER_CUBIC
    return np.clip(cv2.resize(np.asarray(image, np.float32), size, interpolation=way), 0, 1)


def to_pil(image: Array) -> Image.Image:
    """(H, W[, 3]) in [0, 1] as a PIL image."""
    return Image.fromarray(np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8))
