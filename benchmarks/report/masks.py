"""The section of `benchmarks.masks`, and the sample photos' masks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from benchmarks.masks import Setting
from benchmarks.photos import photo_named, sheet_of
from benchmarks.quality.cases import SAMPLES
from benchmarks.report.page import CREDITS, Dot, Page, figure_of, table
from semcs.saliency.predictor import SaliencyPredictor

MASKS = {
    "iou": "IoU ↑",
    "max_f_beta": "max F_β ↑",
    "mae": "MAE ↓",
    "s_measure": "S-measure ↑",
    "cor_loc": "CorLoc ↑",
}
FIELDS = {
    "extractor": "backbone",
    "color_weight": "λ",
    "rule": "rule",
    "threshold": "threshold",
    "refine": "refinement",
}


def masks(result: Any, page: Page, out: Path) -> list[str]:
    """Settings × measures, the default in bold."""
    default = Setting()
    rows, dots = [], []
    for row in result["rows"]:
        setting = [f"{row[key]:g}" if key == "color_weight" else row[key] for key in FIELDS]
        shipped = all(row[key] == getattr(default, key) for key in FIELDS)
        cells = [*setting, *(figure_of(row[key], row["intervals"][key]) for key in MASKS)]
        cells.append(f"{row['ms']:.1f}")
        rows.append([f"**{cell}**" for cell in cells] if shipped else cells)
        dots.append(Dot(" · ".join(setting), row["iou"], row["intervals"]["iou"], strong=shipped))
    found = [
        f"n = {result['n']} of {result['out_of']} pictures in `{result['data']}`, the longest side "
        f"{result['size']} pixels to the backbone. In bold what `semcs mask` does by default. ms "
        "is the time of rule, threshold and refinement.",
        table([*FIELDS.values(), *MASKS.values(), "ms"], rows),
        page.plot("benchmarks-masks", "IoU of each setting", [("IoU, 95 % interval", dots)]),
    ]
    file = out / "masks.png"
    if file.is_file():
        found.append("Photo, default mask, and what it selects, with no true mask to compare:")
        found.append(page.picture("benchmarks-masks-samples", "masks", Image.open(file)))
        found.append(CREDITS)
    return found


def mask_sheet(file: Path, side: int = 192) -> None:
    """The sample photos, their default masks, and what those select."""
    predictor, photos, found, chosen = SaliencyPredictor(models="bundled"), [], [], []
    for name in SAMPLES:
        photo = photo_named(name, side)
        predictor.set_image(photo)
        mask = np.asarray(predictor.predict(), np.float32)[..., None]
        photos.append(photo)
        found.append(np.repeat((255 * mask).round().astype(np.uint8), 3, axis=2))
        chosen.append((mask * photo + (1 - mask) * 255).round().astype(np.uint8))
    file.parent.mkdir(parents=True, exist_ok=True)
    sheet_of([*photos, *found, *chosen], SAMPLES).save(file)
