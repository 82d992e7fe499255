"""Photos × styles in one picture, for eyes.

    python -m benchmarks.grid [--preset instant|semcs] [--out out/grid.jpg]

Five photos that scikit-learn and scikit-image ship (`pip install scikit-image`), each in twelve
styles by the bundled models, with one text for the whole picture. `--stylenet pixels` optimises the
pixels themselves, which shows what the image-text model's gradients paint.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image, ImageDraw
from sklearn.datasets import load_sample_image
from tqdm import tqdm

import semcs

PHOTOS = ("flower", "china", "astronaut", "chelsea", "coffee")
STYLES = (
    "starry night",
    "watercolor",
    "pop art",
    "pencil sketch",
    "mosaic",
    "stained glass",
    "gold",
    "fire",
    "ice",
    "cubism",
    "ukiyo-e",
    "neon",
)
LABEL = 18  # pixels above a column


def photo_named(name: str, side: int, file: Path | None = None) -> npt.NDArray[np.uint8]:
    """The centre square of a sample photo, or of a file, (side, side, 3)."""
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


def style_one(side: int, options: dict[str, Any], cell: tuple[str, str]) -> npt.NDArray[np.uint8]:
    """One cell of the grid: a photo in a style."""
    torch.set_num_threads(1)
    name, style = cell
    photo = photo_named(name, side)
    return semcs.stylize(photo, style, models="bundled", progress=False, **options)


def grid_of(pictures: list[npt.NDArray[np.uint8]], titles: list[str], columns: int) -> Image.Image:
    """Pictures row by row under the titles of their columns."""
    rows = [np.concatenate(pictures[i : i + columns], 1) for i in range(0, len(pictures), columns)]
    body = np.concatenate(rows)
    sheet = Image.new("RGB", (body.shape[1], body.shape[0] + LABEL), "white")
    sheet.paste(Image.fromarray(body), (0, LABEL))
    draw = ImageDraw.Draw(sheet)
    for column, title in enumerate(titles):
        draw.text((column * body.shape[1] // columns + 4, 3), title, "black")
    return sheet


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="benchmarks.grid",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, default=Path("out/grid.jpg"))
    parser.add_argument("--side", type=int, default=256, help="of a photo (default %(default)s)")
    parser.add_argument("--preset", help="default: the API's")
    parser.add_argument("--stylenet", choices=("region", "pixels"), help="default: the preset's")
    parser.add_argument("--steps", type=int, help="default: the preset's")
    parser.add_argument("--learning-rate", type=float, help="default: the preset's")
    parser.add_argument("--photos", nargs="+", choices=PHOTOS, default=PHOTOS)
    parser.add_argument("--styles", nargs="+", default=STYLES)
    parser.add_argument("--workers", type=int, default=2, help="default %(default)s")
    asked = parser.parse_args()
    names = ("preset", "stylenet", "steps", "learning_rate")
    options = {name: getattr(asked, name) for name in names}
    chosen = {name: value for name, value in options.items() if value is not None}
    cells = [(photo, style) for photo in asked.photos for style in asked.styles]
    with get_context("spawn").Pool(asked.workers) as pool:
        work = pool.imap(partial(style_one, asked.side, chosen), cells)
        styled = list(tqdm(work, total=len(cells), unit="picture", file=sys.stderr))
    pictures, columns = [], len(asked.styles)
    for row, name in enumerate(asked.photos):
        pictures += [photo_named(name, asked.side), *styled[row * columns : (row + 1) * columns]]
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    grid_of(pictures, ["photo", *asked.styles], columns + 1).save(asked.out, quality=88)
    print(asked.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
