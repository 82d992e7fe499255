"""What changes outside the mask when one region is styled, on people with known masks.

    python -m benchmarks.outside --data DIR [--limit N] [--preset instant|semcs] [--json]

The foreground of each photo of `eval/people` is styled with the text of its turn, the background
kept, once by the mask that comes with the photo and once by the mask that semcs finds. Outside is
where the photo's own mask is under 0.05, and there (as Style-Editor reports, arXiv 2408.08461):

- l1: mean absolute change of the pixels, in [0, 1];
- psnr: of the outside, in dB; a photo that isn't touched counts as 60;
- ssim: structural similarity of the outside; at the mask's border its windows see inside, too.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from benchmarks.commands import add_data, add_json, command_parser, one_line_errors, progress
from benchmarks.pairs import find_pairs
from benchmarks.photos import as_floats
from benchmarks.scoring import print_columns
from semcs.image import to_tensor
from semcs.metrics.structural import Ssim
from semcs.stylizer import Stylizer

TEXTS = ("gold", "pop art", "mosaic", "watercolor", "fire", "stained glass", "ice", "starry night")
OUTSIDE = 0.05
UNTOUCHED = 60.0  # dB
SIDE = 480

Scores = dict[str, float]


def changed_outside(
    photo: NDArray[np.float32], styled: NDArray[np.float32], mask: NDArray[np.float32]
) -> Scores:
    """L1, PSNR and SSIM of two (H, W, 3) pictures where the mask (H, W) is next to nothing."""
    outside = mask < OUTSIDE
    change = (styled - photo)[outside]
    squared = float((change**2).mean())
    psnr = UNTOUCHED if squared == 0 else min(UNTOUCHED, -10 * math.log10(squared))
    where = torch.from_numpy(outside.astype(np.float32))[None, None]
    ssim = Ssim()(to_tensor(photo), to_tensor(styled), where).item()
    return {"l1": float(np.abs(change).mean()), "psnr": psnr, "ssim": ssim}


def read(file: Path, mode: str) -> NDArray[np.float32]:
    """A picture with its longest side at most `SIDE`, floats in [0, 1]."""
    image = Image.open(file).convert(mode)
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    return as_floats(np.asarray(image))


def measure(
    stylizer: Stylizer, data: Path, preset: str, limit: int | None
) -> dict[str, list[Scores]]:
    """Scores of every photo, by the mask that comes with it and by the found one."""
    found: dict[str, list[Scores]] = {"given mask": [], "found mask": []}
    pairs = find_pairs(data / "eval" / "people")[:limit]
    for index, (file, mask_file) in enumerate(progress(pairs, "photo", len(pairs))):
        photo, mask = read(file, "RGB"), read(mask_file, "L")
        for name, given in (("given mask", mask), ("found mask", None)):
            text = TEXTS[index % len(TEXTS)]
            result = stylizer(photo, fg=text, mask=given, preset=preset, progress=False)
            found[name].append(changed_outside(photo, result.image, mask))
    return found


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("outside", __doc__)
    add_data(parser, "eval/people")
    parser.add_argument("--limit", type=int, help="at most N photos")
    parser.add_argument("--preset", default="instant", help="default %(default)s")
    add_json(parser)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Measure from the command line."""
    asked = parse(arguments)
    with one_line_errors():
        found = measure(Stylizer("bundled"), asked.data, asked.preset, asked.limit)
    print_columns(found, as_json=asked.json)


if __name__ == "__main__":
    main()
