"""Does each region get its own style, and what does a picture cost?

    python -m benchmarks.regions [--quick] [--json] [--sheet out/regions.png]

Photos that scikit-learn ships, pairs of texts and their swaps, by two StyleNets: semcs's, which
sees the masks, and the published one, which doesn't. For each region: how far the output moved
toward its own text (`own`, the cosine of directional embeddings) and toward the other region's
(`leak`). The model that measures is the one that was optimised, so the figures compare the two
networks, not semcs with anything else.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from PIL import Image
from sklearn.datasets import load_sample_image
from tqdm import tqdm

import semcs
from semcs.image import to_tensor
from semcs.models.directions import PLAIN, text_directions
from semcs.models.interfaces import ImageTextModel

PAIRS = (("gold", "starry night"), ("mosaic", "snow"), ("pop art", "underwater"))
STYLENETS = ("region", "published")


def toward(
    clip: ImageTextModel,
    content: NDArray[np.uint8],
    output: NDArray[np.uint8],
    mask: NDArray[np.float32],
    texts: tuple[str, str],
) -> tuple[float, float]:
    """Cosines of a region's change (black around it) with the directions of two texts."""
    share = torch.from_numpy(mask)[None, None]
    with torch.no_grad():
        before, after = (
            clip.encode_image(to_tensor(image.astype(np.float32) / np.float32(255)) * share)
            for image in (content, output)
        )
        cosines = F.cosine_similarity(after - before, text_directions(clip, texts, PLAIN))
    return float(cosines[0]), float(cosines[1])


def measure(steps: int | None, size: int, quick: bool) -> tuple[list[dict[str, Any]], Image.Image]:
    """A row for each photo, pair of texts and StyleNet; and a sheet of the pictures."""
    stylizer = semcs.Stylizer("bundled")
    clip = stylizer.family.clip
    photos = ("flower.jpg",) if quick else ("flower.jpg", "china.jpg")
    pairs = [p for pair in (PAIRS[:1] if quick else PAIRS) for p in (pair, pair[::-1])]
    options: dict[str, Any] = {} if steps is None else {"steps": steps}
    rows, lines = [], []
    for photo in photos:
        image = np.asarray(load_sample_image(photo))
        mask = stylizer(image, fg="gold", steps=1, size=64, progress=False).mask
        assert mask is not None
        for fg, bg in tqdm(pairs, desc=photo, unit="pair"):
            line = [image]
            for stylenet in STYLENETS:
                began = time.perf_counter()
                result = stylizer(
                    image,
                    fg=fg,
                    bg=bg,
                    mask=mask,
                    stylenet=stylenet,
                    size=size,
                    progress=False,
                    **options,
                )
                seconds = time.perf_counter() - began
                own_fg, leak_fg = toward(clip, image, result.image, mask, (fg, bg))
                own_bg, leak_bg = toward(clip, image, result.image, 1 - mask, (bg, fg))
                line.append(result.image)
                rows.append(
                    {
                        "photo": photo,
                        "fg": fg,
                        "bg": bg,
                        "stylenet": stylenet,
                        "own": (own_fg + own_bg) / 2,
                        "leak": (leak_fg + leak_bg) / 2,
                        "seconds": seconds,
                    }
                )
            lines.append(np.concatenate(line, axis=1))
    return rows, Image.fromarray(np.concatenate(lines))


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, help="instead of the preset's")
    parser.add_argument("--size", type=int, default=512, help="default %(default)s")
    parser.add_argument("--quick", action="store_true", help="one photo, one pair and its swap")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--sheet", type=Path, help="write photo | region | published, side by side")
    args = parser.parse_args()
    rows, sheet = measure(args.steps, args.size, args.quick)
    if args.sheet:
        args.sheet.parent.mkdir(parents=True, exist_ok=True)
        sheet.save(args.sheet)
    summary = {
        stylenet: {
            key: statistics.mean(row[key] for row in rows if row["stylenet"] == stylenet)
            for key in ("own", "leak", "seconds")
        }
        for stylenet in STYLENETS
    }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if args.json:
        print(json.dumps({"n": len(rows) // 2, "peak_mb": peak, **summary, "rows": rows}))
        return
    print(f"{len(rows) // 2} pictures each; peak memory {peak:.0f} MB")
    for stylenet, values in summary.items():
        print(f"{stylenet:>10}  " + "  ".join(f"{k} {v:.2f}" for k, v in values.items()))


if __name__ == "__main__":
    main()
