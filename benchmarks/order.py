"""Do the losses like the better picture? Paintings against what an optimiser makes of the photo.

    python -m benchmarks.order --data DIR [--own-steps] [--limit N] [--side 256] [--json]

Each look on a photo that no training saw: the patch loss of preset "semcs" (bundled models, the
same crops for all) of the look's rendering, of the instant picture (the rendering with the photo's
form given back), of the photo, and of the picture that the preset's own optimisation makes when it
starts at the plain photo, with more and larger steps than the preset takes (`PUSHED`), or with its
own (`--own-steps`). Losses that like the better picture put rendering and instant picture
below the optimised one, and the photo last.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.scoring import interval
from semcs.errors import SemcsError
from semcs.image import to_tensor
from semcs.looks.registry import LOOKS
from semcs.looks.render import render_region
from semcs.models.directions import PLAIN
from semcs.models.families import ModelFamily, load_family
from semcs.style.objective import Objective, Task
from semcs.style.optimise import Optimisation
from semcs.style.presets import preset
from semcs.training.crops import random_square
from semcs.training.data import PHOTOS, Item, held_out, read_manifest, read_rgb

PUSHED = {"steps": 12, "learning_rate": 2e-3, "halve_every": 6}
CROPS_SEED = 7  # other crops than the optimisation drew
DRAWS = 3  # sets of crops whose losses are averaged


@dataclass(frozen=True)
class Losses:
    """Patch losses of one photo in one look."""

    look: str
    photo: float
    rendering: float
    instant: float
    optimised: float


@cache
def _family() -> ModelFamily:
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    return load_family("bundled", "cpu")


def losses_of(side: int, own_steps: bool, work: tuple[int, str, Item]) -> Losses:
    """Make the four pictures and weigh them."""
    index, look, item = work
    family = _family()
    square = random_square(read_rgb(item.path), side, np.random.default_rng(index), smallest=0.9)
    photo = square.astype(np.float32) / np.float32(255)
    content, everywhere = to_tensor(photo), torch.ones(1, 1, side, side)
    task = Task(content, content, everywhere, (look,), (1.0,))
    objective = Objective(
        task,
        preset("semcs", "bundled", start="photo", **({} if own_steps else PUSHED)),
        family.clip,
        family.content,
        templates=PLAIN,
        seed=index,
    )
    optimisation = Optimisation(objective, seed=index)
    for _ in optimisation:
        pass

    @torch.no_grad()
    def weigh(picture: torch.Tensor) -> float:
        objective.generator.manual_seed(CROPS_SEED)
        return fmean(objective(picture)[0]["patch"].item() for _ in range(DRAWS))

    def painted(detail: float | None) -> NDArray[np.float32]:
        return render_region(photo, look, seed=index, detail=detail)

    return Losses(
        look,
        photo=weigh(content),
        rendering=weigh(to_tensor(painted(0.0))),
        instant=weigh(to_tensor(painted(None))),
        optimised=weigh(optimisation.picture()),
    )


def measure(
    data: Path,
    limit: int | None = None,
    side: int = 256,
    workers: int = 2,
    *,
    own_steps: bool = False,
) -> list[Losses]:
    """A row for each look, each on another photo."""
    photos = held_out(read_manifest(data, PHOTOS))
    names = sorted(LOOKS)
    if limit is not None:
        names = names[:: max(1, len(names) // limit)][:limit]
    step = max(1, len(photos) // len(names))
    work = [(i, name, photos[i * step % len(photos)]) for i, name in enumerate(names)]
    with get_context("spawn").Pool(workers) as pool:
        made = pool.imap(partial(losses_of, side, own_steps), work)
        return list(tqdm(made, total=len(work), desc="order", unit="look", file=sys.stderr))


def shares(rows: list[Losses]) -> dict[str, list[float]]:
    """1 for each row where the order is right, else 0."""
    return {
        "order_rendering": [float(row.rendering < row.optimised) for row in rows],
        "order_instant": [float(row.instant < row.optimised) for row in rows],
        "photo_last": [
            float(row.photo > max(row.rendering, row.instant, row.optimised)) for row in rows
        ],
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="benchmarks.order",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, help="folder that holds manifest.csv")
    parser.add_argument("--limit", type=int, help="at most N looks")
    parser.add_argument("--own-steps", action="store_true", help="those of preset semcs")
    parser.add_argument("--side", type=int, default=256, help="default %(default)s")
    parser.add_argument("--workers", type=int, default=2, help="default %(default)s")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args()
    try:
        rows = measure(
            asked.data, asked.limit, asked.side, asked.workers, own_steps=asked.own_steps
        )
    except SemcsError as error:
        raise SystemExit(f"error: {error}") from None
    found = shares(rows)
    if asked.json:
        print(json.dumps({key: fmean(values) for key, values in found.items()}))
        return 0
    for row in rows:
        print(
            f"{row.look:26} photo {row.photo:7.0f}  rendering {row.rendering:7.0f}  "
            f"instant {row.instant:7.0f}  optimised {row.optimised:7.0f}"
        )
    for key, values in found.items():
        low, high = interval(values)
        print(f"{key:16} {fmean(values):.3f} [{low:.2f}, {high:.2f}] of {len(values)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
