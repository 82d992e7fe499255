"""Real clips, whose motion is estimated from their own frames.

By TV-L1 (Zach, Pock and Bischof, DAGM 2007) as scikit-image has it, at full size, both ways:
another method than the dense inverse search (DIS) by which semcs itself follows pixels. A pixel
counts as seen where following it there and back ends within `SLACK` pixels plus `SHARE` of the way
of where it began, and where DIS at full size finds it within `APART` pixels of that: on a bare road
TV-L1 sees no motion where there are ten pixels of it. That takes some 3 seconds a frame and is kept
for the next run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.commands import progress
from benchmarks.video.scene import Clip, Plane, Rgb, Step, Truth, grid
from semcs.errors import InputError

SLACK, SHARE = 0.5, 0.02  # pixels; share of the way
APART = 1.0  # pixels by which two methods may differ


def read_folder(folder: Path, count: int | None = None, kept: Path | None = None) -> Clip:
    """A folder of frames `NNN.jpg`, with a mask `NNN.png` beside each or beside none.

    Args:
        folder: Where they are.
        count: Only the first ones.
        kept: Folder where the motion is kept.

    Raises:
        InputError: There are fewer than two frames, some of the masks are missing, or sizes differ.
    """
    files = sorted(folder.glob("*.jpg"))[:count]
    if len(files) < 2:
        raise InputError(f"{folder} has to hold at least two frames NNN.jpg")
    frames = [np.asarray(Image.open(file).convert("RGB")) for file in files]
    if len({frame.shape for frame in frames}) > 1:
        raise InputError(f"the frames in {folder} are of different sizes")
    found = [file.with_suffix(".png") for file in files if file.with_suffix(".png").is_file()]
    if found and len(found) < len(files):
        raise InputError(f"{folder} has {len(files)} frames but {len(found)} masks NNN.png")
    size = frames[0].shape[1::-1]
    masks = [np.asarray(Image.open(mask).convert("L").resize(size)) > 127 for mask in found]
    return Clip(folder.name, frames, steps_of(frames, kept), masks or None, is_exact=False)


def read_video(file: Path, count: int | None = None, kept: Path | None = None) -> Clip:
    """A video file, read by semcs's own reader; takes what `read_folder` does.

    Raises:
        InputError: It has fewer than two frames, or can't be read.
    """
    from semcs.video.files.reading import open_reader

    frames: list[Rgb] = []
    with open_reader(file) as reader:
        for frame in reader.frames():
            frames.append(frame.rgb)
            if len(frames) == count:
                break
    if len(frames) < 2:
        raise InputError(f"{file} has fewer than two frames")
    return Clip(file.stem, frames, steps_of(frames, kept), None, is_exact=False)


def steps_of(frames: Sequence[Rgb], kept: Path | None = None) -> list[Step]:
    """The estimated motion from each frame to the next, found in a folder or made."""
    return [_kept_step(*pair, kept) for pair in progress(list(pairwise(frames)), "frame")]


def _kept_step(before: Rgb, after: Rgb, kept: Path | None) -> Step:
    if kept is None:
        return estimate(before, after)
    digest = hashlib.sha256(before.tobytes() + after.tobytes() + repr(before.shape).encode())
    file = kept / f"motion-agreed-{digest.hexdigest()[:16]}.npz"
    if not file.is_file():
        step = estimate(before, after)
        kept.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial.npz")
        np.savez_compressed(partial, back=step.back.astype(np.float16), seen=step.seen)
        partial.replace(file)
    with np.load(file) as stored:
        return Step(stored["back"].astype(np.float32), stored["seen"])


def estimate(before: Rgb, after: Rgb) -> Step:
    """The motion between two frames."""
    grays = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in (before, after)]
    first, second = (gray.astype(np.float32) / 255 for gray in grays)
    back, forth = _flow(second, first), _flow(first, second)
    agreed = np.linalg.norm(back - _dense_inverse_search(grays[1], grays[0]), axis=2) < APART
    return Step(back, _comes_back(back, forth) & agreed)


def _flow(source: Plane, target: Plane) -> Plane:
    """Where each pixel of the source is in the target, as offsets (H, W, 2) in x and y."""
    from skimage.registration import optical_flow_tvl1

    down, right = optical_flow_tvl1(source, target)
    return np.stack([right, down], 2).astype(np.float32)


def _dense_inverse_search(source: NDArray[np.uint8], target: NDArray[np.uint8]) -> Plane:
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    search.setFinestScale(0)
    search.setGradientDescentIterations(50)
    return np.asarray(search.calc(source, target, None), np.float32)


def _comes_back(back: Plane, forth: Plane) -> Truth:
    height, width = back.shape[:2]
    there = (grid(height, width) + back).astype(np.float32)
    returned = cv2.remap(forth, there[..., 0], there[..., 1], cv2.INTER_LINEAR)
    off = np.linalg.norm(back + returned, axis=2)
    inside = (there >= 0).all(2) & (there <= np.array([width - 1, height - 1])).all(2)
    near: Truth = off < SLACK + SHARE * np.linalg.norm(back, axis=2)
    return near & inside
