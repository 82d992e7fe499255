"""Does each region get its own style, and what does a picture cost?

    python -m benchmarks.regions [--quick] [--json] [--sheet out/regions.png]

Photos that scikit-learn ships, pairs of texts and their swaps, by two StyleNets: semcs's, which
sees the masks, and the published one, which doesn't. For each region: the cosine of the output's
directional embedding with the region's own text (`own`) and with the other region's (`leak`). The
model that measures is the one that was optimised, so the figures compare the two networks, not
semcs with anything else.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from PIL import Image
from sklearn.datasets import load_sample_image

from benchmarks.commands import add_json, command_parser, progress
from benchmarks.photos import Rgb, as_floats
from benchmarks.speed.alone import peak_mb
from semcs.image import to_tensor
from semcs.models.directions import PLAIN, text_directions
from semcs.models.interfaces import ImageTextModel
from semcs.saliency import saliency_mask
from semcs.style.presets import PRESETS, Preset
from semcs.stylizer import Stylizer

PHOTOS = ("flower.jpg", "china.jpg")
PAIRS = (("gold", "starry night"), ("mosaic", "snow"), ("pop art", "underwater"))
STYLENETS = ("region", "published")

Mask = NDArray[np.float32]


@dataclass(frozen=True)
class Row:
    """What a StyleNet made of a photo; own and leak are means of both regions."""

    photo: str
    fg: str
    bg: str
    stylenet: str
    own: float
    leak: float
    seconds: float


def toward(
    clip: ImageTextModel, content: Rgb, output: Rgb, mask: Mask, texts: tuple[str, str]
) -> tuple[float, float]:
    """Cosines of a region's change (black around it) with the directions of two texts."""
    share = torch.from_numpy(mask)[None, None]
    with torch.no_grad():
        before, after = (
            clip.encode_image(to_tensor(as_floats(image)) * share) for image in (content, output)
        )
        cosines = F.cosine_similarity(after - before, text_directions(clip, texts, PLAIN))
    return float(cosines[0]), float(cosines[1])


def presets(steps: int | None) -> dict[str, Preset]:
    """Preset "semcs" with each StyleNet."""
    fewer = {} if steps is None else {"steps": steps}
    return {name: PRESETS["semcs"].change(stylenet=name, **fewer) for name in STYLENETS}


def paint(
    stylizer: Stylizer, image: Rgb, mask: Mask, texts: tuple[str, str], preset: Preset, size: int
) -> tuple[Rgb, tuple[float, float, float]]:
    """The picture that a preset makes of two texts, and its own, leak and seconds."""
    fg, bg = texts
    began = time.perf_counter()
    result = stylizer(image, fg=fg, bg=bg, mask=mask, preset=preset, size=size, progress=False)
    seconds = time.perf_counter() - began
    clip = stylizer.family.clip
    own_fg, leak_fg = toward(clip, image, result.image, mask, (fg, bg))
    own_bg, leak_bg = toward(clip, image, result.image, 1 - mask, (bg, fg))
    return result.image, ((own_fg + own_bg) / 2, (leak_fg + leak_bg) / 2, seconds)


def measure(
    stylizer: Stylizer,
    photos: Sequence[str],
    pairs: Sequence[tuple[str, str]],
    steps: int | None,
    size: int,
) -> tuple[list[Row], Image.Image]:
    """A row for each photo, pair of texts and StyleNet; and a sheet of the pictures."""
    rows, lines = [], []
    both_ways = [texts for pair in pairs for texts in (pair, pair[::-1])]
    for photo in photos:
        image = np.asarray(load_sample_image(photo))
        mask = saliency_mask(image, models=stylizer.family)
        for texts in progress(both_ways, "pair", what=photo):
            line = [image]
            for name, preset in presets(steps).items():
                picture, scores = paint(stylizer, image, mask, texts, preset, size)
                line.append(picture)
                rows.append(Row(photo, *texts, name, *scores))
            lines.append(np.concatenate(line, axis=1))
    return rows, Image.fromarray(np.concatenate(lines))


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("regions", __doc__)
    parser.add_argument("--steps", type=int, help="instead of the preset's")
    parser.add_argument("--size", type=int, default=512, help="default %(default)s")
    parser.add_argument("--quick", action="store_true", help="one photo, one pair and its swap")
    add_json(parser)
    parser.add_argument("--sheet", type=Path, help="write photo | region | published, side by side")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Measure from the command line."""
    asked = parse(arguments)
    few = 1 if asked.quick else None
    stylizer = Stylizer("bundled")
    rows, sheet = measure(stylizer, PHOTOS[:few], PAIRS[:few], asked.steps, asked.size)
    if asked.sheet:
        asked.sheet.parent.mkdir(parents=True, exist_ok=True)
        sheet.save(asked.sheet)
    summary = {
        stylenet: {
            key: statistics.mean(getattr(row, key) for row in rows if row.stylenet == stylenet)
            for key in ("own", "leak", "seconds")
        }
        for stylenet in STYLENETS
    }
    n, peak = len(rows) // len(STYLENETS), peak_mb()
    if asked.json:
        known = {"n": n, "peak_mb": peak, **summary, "rows": [asdict(row) for row in rows]}
        print(json.dumps(known))
        return
    print(f"{n} pictures each; peak memory {peak:.0f} MB")
    for stylenet, values in summary.items():
        print(f"{stylenet:>10}  " + "  ".join(f"{k} {v:.2f}" for k, v in values.items()))


if __name__ == "__main__":
    main()
