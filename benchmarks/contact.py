"""Looks × photos on one sheet, a row for each look.

    python -m benchmarks.contact mosaic "stained glass" [--side 256] [--out out/contact.png]

Each look is painted on the photos that scikit-learn and scikit-image ship, or on `--photos FILES`,
at `--size` pixels, and shown at `--side` pixels; `--mask` paints the salient foreground alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from benchmarks.commands import command_parser, one_line_errors
from benchmarks.photos import PHOTOS, as_floats, photo_named
from semcs.looks.registry import LOOKS
from semcs.looks.rendering import render_region
from semcs.looks.sheet import to_pil
from semcs.saliency import saliency_mask

TITLE_HEIGHT = 14  # pixels above a row

Rgb = NDArray[np.float32]


def row_of(
    name: str, photos: Sequence[Rgb], masks: Sequence[Rgb | None], side: int, **options: Any
) -> Rgb:
    """One look on every photo, side by side, (side, side · photos, 3).

    Args:
        name: Of the look.
        photos: Squares (S, S, 3).
        masks: What is painted of each, (S, S); None: all of it.
        side: Of a photo, as shown.
        options: Of `render_region`.
    """
    cells = []
    for photo, mask in zip(photos, masks):
        painted = render_region(photo, name, mask, **options)
        if mask is not None:
            painted = photo + (painted - photo) * mask[..., None]
        cells.append(cv2.resize(painted, (side, side), interpolation=cv2.INTER_AREA))
    return np.concatenate(cells, 1)


def sheet_of(rows: Sequence[Rgb], titles: Sequence[str]) -> Image.Image:
    """Rows of one size, each under its title."""
    side, width = rows[0].shape[:2]
    sheet = Image.new("RGB", (width, (side + TITLE_HEIGHT) * len(rows)), "white")
    draw = ImageDraw.Draw(sheet)
    for index, (title, row) in enumerate(zip(titles, rows)):
        top = index * (side + TITLE_HEIGHT)
        draw.text((4, top + 1), title, "black")
        sheet.paste(to_pil(row), (0, top + TITLE_HEIGHT))
    return sheet


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("contact", __doc__)
    parser.add_argument("looks", nargs="*", help="names; default: all")
    parser.add_argument("--out", type=Path, default=Path("out/contact.png"))
    parser.add_argument("--side", type=int, default=256, help="as shown (default %(default)s)")
    parser.add_argument("--size", type=int, default=512, help="as painted (default %(default)s)")
    parser.add_argument("--detail", type=float, help="default: the look's own")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--mask", action="store_true", help="the salient foreground alone")
    parser.add_argument("--photos", nargs="+", default=PHOTOS, help="names or files")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Paint from the command line."""
    asked = parse(arguments)
    photos = [
        as_floats(photo_named(name, asked.size, None if name in PHOTOS else Path(name)))
        for name in asked.photos
    ]
    masks = [saliency_mask(photo, models="bundled") if asked.mask else None for photo in photos]
    options = {"seed": asked.seed, "detail": asked.detail, "scale": asked.scale}
    names = asked.looks or sorted(LOOKS)
    with one_line_errors():
        rows = [row_of(name, photos, masks, asked.side, **options) for name in names]
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    sheet_of(rows, names).save(asked.out)
    print(asked.out)


if __name__ == "__main__":
    main()
