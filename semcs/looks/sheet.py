"""Looks side by side on one sheet, with their names below."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from semcs.looks.matching import Match
from semcs.looks.mixture import render_match
from semcs.looks.registry import Array

LEAST_PAINTED = 512  # longest side in pixels: looks lose their strokes on thumbnails
MARGIN = 10
PAPER, INK = (255, 255, 255), (40, 40, 40)


def paint_all(
    photo: Array, matches: Iterable[Match], size: int, seed: int = 0
) -> list[Image.Image]:
    """One photo painted as each match asks for, `size` pixels long."""
    large = fit(photo, max(size, LEAST_PAINTED))
    return [to_pil(fit(render_match(large, match, seed=seed), size)) for match in matches]


def lay_out(pictures: Sequence[Image.Image], labels: Sequence[str], columns: int) -> Image.Image:
    """Pictures of one size in rows, each with its label below."""
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
        sheet.paste(picture, (left, top))
        shown = _shortened(label, lambda text: draw.textlength(text, font) <= width)
        draw.text((left + width / 2, top + height + band / 2 - 1), shown, INK, font, anchor="mm")
    return sheet


def _shortened(label: str, fits: Callable[[str], bool]) -> str:
    if fits(label):
        return label
    while label and not fits(label + "…"):
        label = label[:-1]
    return label + "…"


def fit(rgb: Array, longest: int) -> NDArray[np.float32]:
    """(H, W, 3) at another size, its longest side as given."""
    height, width = rgb.shape[:2]
    ratio = longest / max(height, width)
    if ratio == 1:
        return np.asarray(rgb, np.float32)
    size = (max(1, round(width * ratio)), max(1, round(height * ratio)))
    way = cv2.INTER_AREA if ratio < 1 else cv2.INTER_CUBIC
    return np.clip(cv2.resize(np.asarray(rgb, np.float32), size, interpolation=way), 0, 1)


def to_pil(rgb: Array) -> Image.Image:
    """(H, W, 3) in [0, 1] as a PIL image."""
    return Image.fromarray(np.rint(np.clip(rgb, 0, 1) * 255).astype(np.uint8))
