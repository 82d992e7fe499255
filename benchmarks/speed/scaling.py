"""What a step costs against pixels, crops and regions, with the bundled networks.

    python -m benchmarks.speed.scaling [--json] [--plot FILE.png] [--repeats 5]

Each point is the median of a few steps after the first, of preset "semcs" on a square photo with
stripes for regions. All steps of a run cost the same, so that its time is theirs times their
number. The plot needs matplotlib (`pip install 'semcs[bench]'`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.commands import add_json, command_parser, progress
from benchmarks.speed.clock import seconds_of
from benchmarks.speed.inputs import photo
from semcs import PRESETS, Region, Stylizer

SIDE, PATCHES, REGIONS = 384, 48, 2
VARIED: dict[str, Sequence[int]] = {
    "side": (128, 256, 384, 512, 768),
    "patches": (8, 16, 32, 48, 64, 96),
    "regions": (1, 2, 3, 4),
}
TEXTS = ("gold", "starry night", "fire", "mosaic")


def step_seconds(
    stylizer: Stylizer,
    repeats: int,
    *,
    side: int = SIDE,
    patches: int = PATCHES,
    regions: int = REGIONS,
) -> float:
    """Median seconds of a step."""
    stripe = np.arange(side) * regions // side
    masks = [np.tile(stripe == index, (side, 1)).astype(np.float32) for index in range(regions)]
    run = stylizer.iterate(
        photo(side, side),
        regions=[Region(mask, text) for mask, text in zip(masks, TEXTS)],
        preset=PRESETS["semcs"].change(patches=patches, steps=repeats + 1),
        size=side,
    )
    steps = iter(run)
    next(steps)
    return median(seconds_of(lambda: next(steps)) for _ in range(repeats))


def measure(repeats: int) -> dict[str, dict[str, float]]:
    """Seconds a step for every value of what is varied, the others at their defaults."""
    stylizer = Stylizer("bundled", device="cpu")
    asked = [(what, value) for what, values in VARIED.items() for value in values]
    found: dict[str, dict[str, float]] = {what: {} for what in VARIED}
    for what, value in progress(asked, "setting"):
        found[what][str(value)] = step_seconds(stylizer, repeats, **{what: value})
    return found


def plot(found: dict[str, dict[str, float]], file: Path) -> None:
    """A panel for each, seconds a step upward."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, len(found), figsize=(11, 3), sharey=True)
    names = {"side": "pixels (thousands)", "patches": "crops", "regions": "regions"}
    for axis, (what, points) in zip(axes, found.items()):
        at = [int(value) ** 2 / 1000 if what == "side" else int(value) for value in points]
        axis.plot(at, list(points.values()), marker="o")
        axis.set_xlabel(names[what])
        axis.set_ylim(bottom=0)
        axis.grid(alpha=0.3)
    axes[0].set_ylabel("seconds a step")
    figure.tight_layout()
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=110)


def main(arguments: list[str] | None = None) -> None:
    """Measure from the command line."""
    parser = command_parser("speed.scaling", __doc__)
    add_json(parser)
    parser.add_argument("--plot", type=Path, help="picture to write")
    parser.add_argument("--repeats", type=int, default=5, help="steps a point (default 5)")
    asked = parser.parse_args(arguments)
    found = measure(asked.repeats)
    if asked.plot:
        plot(found, asked.plot)
    if asked.json:
        print(json.dumps(found))
        return
    for what, points in found.items():
        print(what, "  ".join(f"{value}: {seconds:.3f} s" for value, seconds in points.items()))


if __name__ == "__main__":
    main()
