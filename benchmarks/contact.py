"""Looks × photos as one PNG, for eyes.

    python -m benchmarks.contact mosaic "stained glass" [--side 256] [--out out/contact.png]

Each look is painted on the photos that scikit-learn and scikit-image ship, or on `--photos FILES`,
at `--size` pixels, and shown at `--side` pixels; `--mask` paints the salient foreground alone.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw

from benchmarks.grid import PHOTOS, photo_named
from semcs.looks.registry import LOOKS
from semcs.looks.render import render_region

LABEL = 14  # pixels above a row


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="benchmarks.contact",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("looks", nargs="*", help="names; default: all")
    parser.add_argument("--out", type=Path, default=Path("out/contact.png"))
    parser.add_argument("--side", type=int, default=256, help="as shown (default %(default)s)")
    parser.add_argument("--size", type=int, default=512, help="as painted (default %(default)s)")
    parser.add_argument("--detail", type=float, help="default: the look's own")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--mask", action="store_true", help="the salient foreground alone")
    parser.add_argument("--photos", nargs="+", default=PHOTOS, help="names or files")
    asked = parser.parse_args()
    photos = [
        photo_named(name, asked.size, None if name in PHOTOS else Path(name)).astype(np.float32)
        / 255
        for name in asked.photos
    ]
    masks = [None] * len(photos)
    if asked.mask:
        import semcs

        masks = [semcs.saliency_mask(photo) for photo in photos]
    names = asked.looks or sorted(LOOKS)
    rows = []
    for name in names:
        cells = []
        for photo, mask in zip(photos, masks):
            painted = render_region(
                photo, name, mask, seed=asked.seed, detail=asked.detail, scale=asked.scale
            )
            if mask is not None:
                painted = photo + (painted - photo) * mask[..., None]
            cells.append(
                cv2.resize(painted, (asked.side, asked.side), interpolation=cv2.INTER_AREA)
            )
        rows.append(np.concatenate(cells, 1))
    sheet = Image.new("RGB", (asked.side * len(photos), (asked.side + LABEL) * len(rows)), "white")
    draw = ImageDraw.Draw(sheet)
    for index, (name, row) in enumerate(zip(names, rows)):
        top = index * (asked.side + LABEL)
        draw.text((4, top + 1), name, "black")
        sheet.paste(Image.fromarray(np.uint8(np.clip(row, 0, 1) * 255)), (0, top + LABEL))
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(asked.out)
    print(asked.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
