"""What makes frames of frames: semcs's video, each frame painted alone, and masks for both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import semcs
from benchmarks.commands import progress
from benchmarks.photos import as_floats
from benchmarks.video.scene import Plane, Rgb
from semcs.models.registry import BUNDLED_MANIFEST
from semcs.style.presets import find_preset
from semcs.stylizer.request import ForAll, check_request
from semcs.video.motion import motion_between
from semcs.video.regions.tracking import RegionTracker

PRESET, SEED = "instant", 0
# What no look fits, as the last background, the learned painter paints.
TEXTS = (
    ("gold", "starry night"),
    ("stained glass", "watercolor"),
    ("mosaic", "oil painting"),
    ("pop art", "a dusty library"),
)


@cache
def stylizer() -> semcs.Stylizer:
    """The one of this process."""
    return semcs.Stylizer("bundled")


def styled_by_product(frames: Iterable[Rgb], fg: str, bg: str, **options: Any) -> list[Rgb]:
    """The frames as semcs's video styles them."""
    settings: Any = {"preset": PRESET, "seed": SEED, "models": "bundled", **options}
    return list(semcs.stylize_video(iter(frames), fg=fg, bg=bg, **settings))


def styled_alone(frames: Sequence[Rgb], fg: str, bg: str) -> list[Rgb]:
    """Each frame painted by itself, with the same seed and a mask of its own."""
    options: Any = {"fg": fg, "bg": bg, "preset": PRESET, "seed": SEED, "progress": False}
    shown = progress(frames, "frame", len(frames), what="alone")
    return [stylizer()(frame, **options).image for frame in shown]


def kept_alone(frames: Sequence[Rgb], fg: str, bg: str, out: Path) -> list[Rgb]:
    """The same, found in a folder or made and kept there."""
    digest = hashlib.sha256(repr((fg, bg, PRESET, SEED)).encode() + BUNDLED_MANIFEST.read_bytes())
    for frame in frames:
        digest.update(frame.tobytes())
    file = out / f"alone-{digest.hexdigest()[:16]}.npy"
    if not file.is_file():
        out.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial.npy")
        np.save(partial, np.stack(styled_alone(frames, fg, bg)))
        partial.replace(file)
    return list(np.load(file))


def masks_alone(frames: Sequence[Rgb]) -> list[Plane]:
    """The default mask of each frame by itself, (H, W) in [0, 1]."""
    return [
        np.asarray(semcs.saliency_mask(frame, models=stylizer().family), np.float32)
        for frame in progress(frames, "frame", len(frames), what="masks alone")
    ]


def masks_by_product(frames: Sequence[Rgb], fg: str, bg: str) -> list[Plane]:
    """The foreground as semcs's video follows it, (H, W) in [0, 1]."""
    request = check_request(
        None, fg, bg, None, mask=None, for_all=ForAll(), size=max(frames[0].shape), seed=SEED
    )
    tracker = RegionTracker(stylizer().family, request, find_preset(PRESET))
    found: list[Plane] = []
    for index, frame in enumerate(progress(frames, "frame", len(frames), what="masks")):
        motion = motion_between(frames[index - 1], frame) if index else None
        if motion is None or motion.is_cut:
            regions = tracker.first(as_floats(frame))
        else:
            regions = tracker.next(as_floats(frame), motion)
        [foreground] = (region.mask for region in regions if region.role == "foreground")
        found.append(np.asarray(foreground, np.float32))
    return found
