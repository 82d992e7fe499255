"""What a style is learned on: photos, each with the picture that the style begins as there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from semcs.errors import InputError, shown
from semcs.image import load, resize_rgb, to_tensor, working_size
from semcs.learning.scenes import scene
from semcs.style.instant import InstantPainter, Plan

SIDE = 256  # pixels of what a step sees
POOL_SIDE = 384  # pixels of the shorter side of what that is cut out of
SCENES = 24  # where there are no photos
LONGEST = 4  # of a photo's sides, in shorter ones
MOST_PHOTOS = 48  # that are read; a folder with more is read evenly
ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".avif", ".heic")

Array = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Lesson:
    """A photo and what the style begins as on it, both (1, 3, H, W) RGB in [0, 1]."""

    photo: Tensor
    start: Tensor

    def cut(self, rng: np.random.Generator, side: int) -> Lesson:
        """The same square of both, of a random size and place, mirrored half of the time."""
        height, width = self.photo.shape[-2:]
        cut = int(rng.integers(min(side, height, width), min(height, width) + 1))
        top, left = (int(rng.integers(length - cut + 1)) for length in (height, width))
        both = torch.cat([self.photo, self.start])[..., top : top + cut, left : left + cut]
        both = F.interpolate(both, (side, side), mode="bilinear", antialias=True)
        both = both.flip(-1) if rng.random() < 0.5 else both
        return Lesson(both[:1], both[1:])


def prepare(photos: list[Array], painter: InstantPainter, plan: Plan, seed: int) -> list[Lesson]:
    """Paint what the style begins as on every photo (H, W, 3) in [0, 1]."""
    lessons = []
    for index, photo in enumerate(photos):
        everywhere = np.ones(photo.shape[:2], np.float32)
        (start,) = painter.paint(photo, [plan], [everywhere], seed=seed + index)
        lessons.append(Lesson(to_tensor(photo), to_tensor(start)))
    return lessons


def photo_files(folder: object) -> list[Path] | None:
    """The pictures in a folder and below it, in order; None where no folder is said.

    Raises:
        InputError: The folder isn't there, or holds no picture.
    """
    if folder is None:
        return None
    if not isinstance(folder, (str, os.PathLike)) or not os.path.isdir(folder):
        raise InputError(f"photos is {shown(folder)}: a folder of pictures is allowed")
    below = sorted(Path(folder).rglob("*"))
    files = [file for file in below if file.suffix.lower() in ENDINGS and file.is_file()]
    if not files:
        raise InputError(f"photos: there is no picture in {folder}")
    return files[:: -(-len(files) // MOST_PHOTOS)]


def photos_to_learn_on(files: Sequence[Path] | None, seed: int) -> list[Array]:
    """The photos of some files, or scenes made by code, (H, W, 3) RGB in [0, 1].

    Raises:
        InputError: A file can't be read.
    """
    if files is None:
        rng = np.random.default_rng(seed)
        return [scene(rng, POOL_SIDE) for _ in range(SCENES)]
    return [_read(file) for file in files]


def _read(file: Path) -> Array:
    """A photo with a shorter side of `POOL_SIDE`, or a long one's middle."""
    rgb = load(file).rgb
    height, width = rgb.shape[:2]
    short = min(height, width)
    top, left = (max(0, side - LONGEST * short) // 2 for side in (height, width))
    rgb = rgb[top : height - top, left : width - left]
    longest = round(POOL_SIDE * max(rgb.shape[:2]) / short)
    return resize_rgb(rgb, working_size(rgb.shape[0], rgb.shape[1], longest, longest))
