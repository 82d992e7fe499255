"""Pictures by which flicker and sliding can be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from benchmarks.photos import Rgb, sheet_of
from benchmarks.video.scene import Clip
from benchmarks.video.warping import change_between

EVERY = 10  # frames
WIDTH = 320  # pixels of a picture on the sheet
AMPLIFIED = 4  # times the change, around gray; where nothing can be followed it is black
TALL = 6  # pixels of a moment in the slices
OUTLINE = (255, 0, 255)


def contact_sheet(clip: Clip, painted: Mapping[str, Sequence[Rgb]]) -> Image.Image:
    """Every tenth frame: the source with the true mask's outline, what was made of it, changes."""
    names = [name for name in painted if name != "source"]
    titles = ["source", "true mask", *names, *(f"change {name}" for name in painted)]
    pictures: list[Rgb] = []
    for index in range(0, len(clip.frames), EVERY):
        row = [clip.frames[index], outlined(clip, index)]
        row += [painted[name][index] for name in names]
        row += [change_picture(frames, clip, index) for frames in painted.values()]
        pictures += map(_small, row)
    return sheet_of(pictures, titles)


def slices(clip: Clip, painted: Mapping[str, Sequence[Rgb]], row: int | None = None) -> Image.Image:
    """One row of pixels over time, downwards, by each painter beside the others.

    What holds still on a thing draws a line along its path. Flicker is horizontal stripes, and
    strokes that stay where they are while things move under them are vertical ones.

    Args:
        clip: Its masks choose the row: through the middle of the foreground.
        painted: Frames by who made them.
        row: Of pixels; None: chosen.
    """
    at = _middle_row(clip) if row is None else row
    pictures = []
    for frames in painted.values():
        over_time = np.stack([frame[at] for frame in frames])
        pictures.append(np.repeat(over_time, TALL, 0))
    return sheet_of(pictures, list(painted))


def outlined(clip: Clip, index: int) -> Rgb:
    """A frame with its true mask's outline."""
    frame = np.array(clip.frames[index])
    if clip.masks is not None:
        mask = clip.masks[index].astype(np.uint8)
        frame[cv2.dilate(mask, np.ones((5, 5), np.uint8)) > mask] = OUTLINE
    return frame


def change_picture(frames: Sequence[Rgb], clip: Clip, index: int) -> Rgb:
    """A frame's change to the next one, carried; of the last frame, from the one before it."""
    first = min(index, len(clip.steps) - 1)
    step = clip.steps[first]
    change = 128 + AMPLIFIED * change_between(frames[first], frames[first + 1], step)
    change[~step.seen] = 0
    return np.clip(change, 0, 255).astype(np.uint8)


def write_sheets(
    folder: Path, name: str, clip: Clip, painted: Mapping[str, Sequence[Rgb]]
) -> Iterator[Path]:
    """Write both pictures; gives their files."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, picture in (
        ("frames", contact_sheet(clip, painted)),
        ("slice", slices(clip, painted)),
    ):
        file = folder / f"{name}-{kind}.png"
        picture.save(file)
        yield file


def _middle_row(clip: Clip) -> int:
    height = clip.frames[0].shape[0]
    if clip.masks is None or not any(mask.any() for mask in clip.masks):
        return height // 2
    return round(float(np.nonzero(np.stack(clip.masks))[1].mean()))


def _small(frame: Rgb) -> Rgb:
    height = round(WIDTH * frame.shape[0] / frame.shape[1])
    return np.asarray(cv2.resize(frame, (WIDTH, height), interpolation=cv2.INTER_AREA), np.uint8)
