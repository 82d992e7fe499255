"""Photos × styles on one sheet, to be looked at.

    python -m benchmarks.grid [--preset instant|semcs] [--out out/grid.jpg]

Five photos that scikit-learn and scikit-image ship (`pip install scikit-image`), each in twelve
styles by the bundled models, with one text for the whole picture. `--stylenet pixels` optimises the
pixels themselves, which shows what the image-text model's gradients paint.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

import torch

import semcs
from benchmarks.commands import add_workers, command_parser, in_processes
from benchmarks.photos import PHOTOS, Rgb, photo_named, sheet_of
from semcs.style.presets import find_preset

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


def style_one(side: int, preset: semcs.Preset, cell: tuple[str, str]) -> Rgb:
    """One cell of the grid, (side, side, 3): a photo in a style."""
    torch.set_num_threads(1)
    name, style = cell
    photo = photo_named(name, side)
    styled: Rgb = semcs.stylize(photo, style, models="bundled", preset=preset, progress=False)
    return styled


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("grid", __doc__)
    parser.add_argument("--out", type=Path, default=Path("out/grid.jpg"))
    parser.add_argument("--side", type=int, default=256, help="of a photo (default %(default)s)")
    parser.add_argument("--preset", choices=semcs.PRESETS, default="semcs", help="default semcs")
    parser.add_argument("--stylenet", choices=("region", "pixels"), help="default: the preset's")
    parser.add_argument("--steps", type=int, help="default: the preset's")
    parser.add_argument("--learning-rate", type=float, help="default: the preset's")
    parser.add_argument("--photos", nargs="+", choices=PHOTOS, default=PHOTOS)
    parser.add_argument("--styles", nargs="+", default=STYLES)
    add_workers(parser)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Paint from the command line."""
    asked = parse(arguments)
    options = {name: getattr(asked, name) for name in ("stylenet", "steps", "learning_rate")}
    preset = find_preset(asked.preset).change(
        **{name: value for name, value in options.items() if value is not None}
    )
    cells = [(photo, style) for photo in asked.photos for style in asked.styles]
    paint = partial(style_one, asked.side, preset)
    styled = in_processes(paint, cells, workers=asked.workers, unit="picture")
    pictures, columns = [], len(asked.styles)
    for row, name in enumerate(asked.photos):
        pictures += [photo_named(name, asked.side), *styled[row * columns : (row + 1) * columns]]
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    sheet_of(pictures, ["photo", *asked.styles]).save(asked.out, quality=88)
    print(asked.out)


if __name__ == "__main__":
    main()
