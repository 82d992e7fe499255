"""Clips made from photos by known motions, 640×360; their motion and visibility are exact.

The photos are people that no bundled network was trained on, with their masks, and the picture of
a palace that scikit-learn ships.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from sklearn.datasets import load_sample_image

from benchmarks.photos import as_floats
from benchmarks.video.scene import Clip, Layer, Matrix, Plane, Rgb, film, join
from semcs.errors import InputError

SIZE = (360, 640)  # height, width
COUNT = 32  # frames
PEOPLE = Path("eval") / "people"

Photo = tuple[Rgb, Plane]
Maker = Callable[[Path, int], Clip]


def read_person(data: Path, name: str) -> Photo:
    """A photo and its mask in [0, 1].

    Raises:
        InputError: It isn't there.
    """
    file = data / PEOPLE / f"{name}.jpg"
    if not file.is_file():
        raise InputError(f"no {PEOPLE / file.name} in {data}")
    rgb = np.asarray(Image.open(file).convert("RGB"))
    mask = Image.open(file.with_suffix(".png")).convert("L").resize(rgb.shape[1::-1])
    return rgb, as_floats(np.asarray(mask))


def pose(
    photo: Rgb,
    *,
    shift: tuple[float, float] = (0.0, 0.0),
    zoom: float = 1.0,
    turn: float = 0.0,
    fill: float = 1.0,
) -> Matrix:
    """Where a frame's pixels lie on a photo that is centred in it and covers it.

    Args:
        photo: (h, w, 3).
        shift: By which the camera has moved, in pixels of the frame.
        zoom: Of the camera.
        turn: Of the camera, in degrees.
        fill: Side of the photo against the least one that covers the frame.
    """
    height, width = SIZE
    scale = fill * max(height / photo.shape[0], width / photo.shape[1]) * zoom
    cos, sin = np.cos(np.radians(turn)) / scale, np.sin(np.radians(turn)) / scale
    linear = np.array([[cos, -sin], [sin, cos]])
    middle = np.array([(width - 1) / 2, (height - 1) / 2])
    target = np.array([(photo.shape[1] - 1) / 2, (photo.shape[0] - 1) / 2])
    found = np.eye(3)
    found[:2, :2] = linear
    found[:2, 2] = target + linear @ (np.array(shift) - middle)
    return found


def pan(speed: float, person: str, name: str, data: Path, count: int) -> Clip:
    """The camera moves to the right, `speed` pixels a frame; halfway it sees the photo's middle."""
    rgb, mask = read_person(data, person)

    def at(index: int) -> Matrix:
        return pose(rgb, shift=(speed * (index - (COUNT - 1) / 2), 0))

    return film(name, [Layer(rgb, at, subject=mask)], SIZE, count)


def zoom(data: Path, count: int) -> Clip:
    """From 1 to 1.5, evenly in the logarithm."""
    rgb, mask = read_person(data, "087")

    def at(index: int) -> Matrix:
        return pose(rgb, zoom=1.5 ** (index / (COUNT - 1)))

    return film("zoom", [Layer(rgb, at, subject=mask)], SIZE, count)


def rotation(data: Path, count: int) -> Clip:
    """From 0 to 25 degrees."""
    rgb, mask = read_person(data, "089")

    def at(index: int) -> Matrix:
        return pose(rgb, turn=25 * index / (COUNT - 1), fill=1.2)

    return film("rotation", [Layer(rgb, at, subject=mask)], SIZE, count)


def shake(data: Path, count: int) -> Clip:
    """A hand that can't hold the camera still: smoothed noise in both directions and the angle."""
    rgb, mask = read_person(data, "109")
    path = np.random.default_rng(5).standard_normal((COUNT + 4, 3))
    kernel = np.array([1, 3, 4, 3, 1]) / 6  # of unit energy
    smooth = np.stack([np.convolve(column, kernel, "valid") for column in path.T], 1)

    def at(index: int) -> Matrix:
        x, y, turn = smooth[index]
        return pose(rgb, shift=(4 * x, 3 * y), turn=0.5 * turn, fill=1.1)

    return film("shake", [Layer(rgb, at, subject=mask)], SIZE, count)


def occluder(data: Path, count: int) -> Clip:
    """A patterned disc passes in front of a still photo; it belongs to the background."""
    rgb, mask = read_person(data, "055")
    front, cover = disc(60)

    def at(index: int) -> Matrix:
        return _put(-160 + 18.0 * index, 130 + 3.0 * index)

    back = Layer(rgb, lambda index: pose(rgb), subject=mask)
    return film("occluder", [back, Layer(front, at, cover)], SIZE, count)


def moving_object(data: Path, count: int) -> Clip:
    """A cut-out person moves to the right, what is behind to the left."""
    palace = np.asarray(load_sample_image("china.jpg"), np.uint8)
    rgb, mask = read_person(data, "053")
    size = (rgb.shape[1] * 3 // 4, rgb.shape[0] * 3 // 4)  # width, height
    front, cover = (cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in (rgb, mask))

    def behind(index: int) -> Matrix:
        return pose(palace, shift=(2.5 * (index - (COUNT - 1) / 2), 0))

    def before(index: int) -> Matrix:
        return _put(60 + 4.0 * index, 100 + 6 * np.sin(index / 4))

    person = Layer(front, before, cover, np.ones_like(cover))
    return film("object", [Layer(palace, behind), person], SIZE, count)


def cut(data: Path, count: int) -> Clip:
    """Two shots, each of half the frames, in which the camera moves slowly."""
    first = pan(2, "073", "cut", data, (count + 1) // 2)
    return join("cut", [first, pan(-2, "265", "cut", data, count // 2)])


def disc(radius: int) -> Photo:
    """A checkered disc of two oranges, and its soft cover, (2·radius + 9) pixels a side."""
    side = 2 * radius + 9
    row, column = np.indices((side, side))
    checks = ((row // 12 + column // 12) % 2)[..., None]
    rgb = np.where(checks, [235, 140, 40], [120, 50, 20]).astype(np.uint8)
    middle = (side - 1) / 2
    cover = np.clip(radius + 0.5 - np.hypot(row - middle, column - middle), 0, 1)
    return rgb, cover.astype(np.float32)


def _put(x: float, y: float) -> Matrix:
    """The pose of a layer of the frame's scale whose first pixel is at (x, y) of the frame."""
    return np.array([[1, 0, -x], [0, 1, -y], [0, 0, 1.0]])


MAKERS: dict[str, Maker] = {
    "pan": partial(pan, 3.0, "271", "pan"),
    "slow_pan": partial(pan, 0.4, "265", "slow_pan"),
    "fast_pan": partial(pan, 9.0, "259", "fast_pan"),
    "zoom": zoom,
    "rotation": rotation,
    "shake": shake,
    "occluder": occluder,
    "object": moving_object,
    "cut": cut,
}


def make_clip(name: str, data: Path, count: int = COUNT) -> Clip:
    """A clip of `MAKERS`, or its first frames; a cut comes after half of them."""
    return MAKERS[name](data, count)
