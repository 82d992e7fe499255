"""Mean IoU of masks over foreground rules × thresholds × refinements × λ × extractors.

python -m benchmarks.masks --data DIR [--limit N] [--json]

DIR holds pairs NNN.jpg, NNN.png (the mask, white = foreground). Features are made once an image,
eigenvectors once an image and λ. Intervals are 95 % bootstrap ones over images.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from itertools import product
from pathlib import Path
from typing import Any, get_args

import numpy as np
from tqdm import tqdm

from benchmarks.scoring import interval, iou, pairs, read_pair
from semcs.saliency.foreground import Rule, Threshold
from semcs.saliency.predictor import SaliencyPredictor
from semcs.saliency.refine import Method

Setting = tuple[str, float, str, str, str]
FIELDS = ("extractor", "color_weight", "rule", "threshold", "refine")


def extractor_of(name: str) -> Any:
    from semcs.models.families import load_key_extractor

    return load_key_extractor(name)


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Rows of one setting each, best first."""
    found = pairs(options.data)[: options.limit]
    if not found:
        raise SystemExit(f"no pairs NNN.jpg, NNN.png in {options.data}")
    scores: dict[Setting, list[float]] = defaultdict(list)
    seconds: dict[Setting, list[float]] = defaultdict(list)
    steps = tqdm(list(product(options.extractors, found)), unit="image", file=sys.stderr)
    extractors = {name: extractor_of(name) for name in options.extractors}
    for name, (photo, mask) in steps:
        rgb, truth = read_pair(photo, mask)
        features = SaliencyPredictor(extractors[name], size=options.size).extract(rgb)
        for weight in options.color_weights:
            predictor = SaliencyPredictor(color_weight=weight)
            predictor.set_features(features, rgb)
            _ = predictor.eigenvectors
            for rule, threshold, refine in product(
                options.rules, options.thresholds, options.refine
            ):
                start = time.perf_counter()
                found_mask = predictor.predict(
                    soft=False, rule=rule, threshold=threshold, refine=refine
                )
                setting = (name, weight, rule, threshold, refine)
                seconds[setting].append(time.perf_counter() - start)
                scores[setting].append(iou(found_mask.astype(np.bool_), truth))
    rows = [
        {
            **dict(zip(FIELDS, setting)),
            "images": len(values),
            "iou": float(np.mean(values)),
            "interval": interval(values),
            "ms": 1000 * float(np.median(seconds[setting])),
        }
        for setting, values in scores.items()
    ]
    return sorted(rows, key=lambda row: -row["iou"])


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.masks", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of NNN.jpg and NNN.png")
    parser.add_argument("--limit", type=int, help="only the first N pairs")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--size", type=int, default=480, help="longest side for the extractor")
    parser.add_argument("--extractors", nargs="+", default=["bundled"], metavar="NAME")
    parser.add_argument(
        "--color-weights", nargs="+", type=float, default=[0.0, 3.0, 10.0], metavar="λ"
    )
    for name, kind, default in (
        ("rules", Rule, get_args(Rule)),
        ("thresholds", Threshold, ("zero", "otsu")),
        ("refine", Method, ("none", "guided")),
    ):
        parser.add_argument(f"--{name}", nargs="+", choices=get_args(kind), default=default)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    rows = measure(options)
    if options.json:
        print(json.dumps(rows, indent=2))
        return 0
    print("  ".join(("  IoU   95 % interval", "    ms", *FIELDS)))
    for row in rows:
        low, high = row["interval"]
        setting = "  ".join(str(row[field]) for field in FIELDS)
        print(f"{row['iou']:.3f}  [{low:.3f}, {high:.3f}]  {row['ms']:6.1f}  {setting}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
