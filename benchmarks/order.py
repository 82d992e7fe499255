"""Do the losses prefer the better picture? Paintings against what an optimiser makes of the photo.

    python -m benchmarks.order --data DIR [--own-steps] [--limit N] [--side 256] [--json]

Each look on a photo that no training saw: the patch loss of preset "semcs" (bundled models, the
same crops for all) of the look's rendering, of the instant picture (the rendering with the photo's
form given back), of the photo, and of the picture that the preset's own optimisation makes when it
starts at the plain photo, with more and larger steps than the preset takes (`MORE_STEPS`), or with
its own (`--own-steps`). Losses that prefer the better picture put rendering and instant picture
below the optimised one, and the photo last.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from statistics import fmean

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.commands import (
    add_data,
    add_json,
    add_workers,
    command_parser,
    in_processes,
    one_line_errors,
)
from benchmarks.photos import as_floats
from benchmarks.scoring import interval
from semcs.image import to_tensor
from semcs.looks.registry import LOOKS
from semcs.looks.rendering import render_region
from semcs.models.directions import PLAIN
from semcs.models.families import ModelFamily, load_family
from semcs.style.objective import Objective, Task
from semcs.style.optimise import Optimisation
from semcs.style.presets import PRESETS, Preset
from semcs.style.regions import Region
from semcs.training.crops import random_square
from semcs.training.data import PHOTOS, Item, held_out, read_manifest, read_rgb

MORE_STEPS = {"steps": 12, "learning_rate": 2e-3, "halve_every": 6}
CROPS_SEED = 7  # other crops than the optimisation drew
DRAWS = 3  # sets of crops whose losses are averaged


@dataclass(frozen=True)
class PatchLosses:
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


def from_photo(family: ModelFamily, *, own_steps: bool) -> Preset:
    """Preset "semcs" from the plain photo, with its own steps or with `MORE_STEPS`."""
    changes = {} if own_steps else MORE_STEPS
    return PRESETS["semcs"].change(start="photo", **changes).resolve(family.settings)


def losses_of(side: int, own_steps: bool, work: tuple[int, str, Item]) -> PatchLosses:
    """Make the four pictures of a look on a photo, and take their losses."""
    index, look, item = work
    rng = np.random.default_rng(index)
    photo = as_floats(random_square(read_rgb(item.path), side, rng, smallest=0.9))
    family, content = _family(), to_tensor(photo)
    everywhere = np.ones((side, side), np.float32)
    region = Region(everywhere, look, name="picture")
    task = Task(content, content, torch.from_numpy(everywhere)[None, None], (region,))
    preset = from_photo(family, own_steps=own_steps)
    objective = Objective(task, preset, family.clip, family.content, templates=PLAIN, seed=index)
    optimisation = Optimisation(objective, seed=index)
    for _ in optimisation:
        pass

    def painted(detail: float | None) -> NDArray[np.float32]:
        return render_region(photo, look, seed=index, detail=detail)

    return PatchLosses(
        look,
        photo=patch_loss(objective, content),
        rendering=patch_loss(objective, to_tensor(painted(0.0))),
        instant=patch_loss(objective, to_tensor(painted(None))),
        optimised=patch_loss(objective, optimisation.picture()),
    )


@torch.no_grad()
def patch_loss(objective: Objective, picture: torch.Tensor) -> float:
    """The weighted patch loss of a picture (1, 3, H, W), on the same crops at every call."""
    objective.generator.manual_seed(CROPS_SEED)
    return fmean(objective(picture)[0]["patch"].item() for _ in range(DRAWS))


def measure(
    data: Path,
    limit: int | None = None,
    side: int = 256,
    workers: int = 2,
    *,
    own_steps: bool = False,
) -> list[PatchLosses]:
    """A row for each look, each on another photo.

    Raises:
        InputError: `data` isn't the training folder.
    """
    photos = held_out(read_manifest(data, PHOTOS))
    names = sorted(LOOKS)
    if limit is not None:
        names = names[:: max(1, len(names) // limit)][:limit]
    step = max(1, len(photos) // len(names))
    work = [(i, name, photos[i * step % len(photos)]) for i, name in enumerate(names)]
    return in_processes(partial(losses_of, side, own_steps), work, workers=workers, unit="look")


def shares(rows: Sequence[PatchLosses]) -> dict[str, list[float]]:
    """1 for each row where the order is right, else 0."""
    return {
        "order_rendering": [float(row.rendering < row.optimised) for row in rows],
        "order_instant": [float(row.instant < row.optimised) for row in rows],
        "photo_last": [
            float(row.photo > max(row.rendering, row.instant, row.optimised)) for row in rows
        ],
    }


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("order", __doc__)
    add_data(parser)
    parser.add_argument("--limit", type=int, help="at most N looks")
    parser.add_argument("--own-steps", action="store_true", help="those of preset semcs")
    parser.add_argument("--side", type=int, default=256, help="default %(default)s")
    add_workers(parser)
    add_json(parser)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Measure from the command line."""
    asked = parse(arguments)
    with one_line_errors():
        rows = measure(
            asked.data, asked.limit, asked.side, asked.workers, own_steps=asked.own_steps
        )
    found = shares(rows)
    if asked.json:
        print(json.dumps({key: fmean(values) for key, values in found.items()}))
        return
    for row in rows:
        print(
            f"{row.look:26} photo {row.photo:7.0f}  rendering {row.rendering:7.0f}  "
            f"instant {row.instant:7.0f}  optimised {row.optimised:7.0f}"
        )
    for key, values in found.items():
        low, high = interval(values)
        print(f"{key:16} {fmean(values):.3f} [{low:.2f}, {high:.2f}] of {len(values)}")


if __name__ == "__main__":
    main()
