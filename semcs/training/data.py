"""The training folder: its manifest, and images packed into arrays that are quick to crop."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from semcs.bars import Bar
from semcs.errors import InputError
from semcs.training.files import written_whole

PHOTOS = (
    "photos/caltech101",
    "photos/pacs",
    "photos/imagenet_sample",
    "photos/bsds500",
    "photos/flickr",
)
HELD_OUT = 20  # every 20th image is not trained on
CAPTION_HELD_OUT = 10  # nor what people wrote about every 10th photo of photos/flickr


@dataclass(frozen=True)
class Item:
    """A row of `manifest.csv`: an image, its class label and its human captions."""

    path: Path
    folder: str
    label: str
    captions: tuple[str, ...]


def read_manifest(data: Path, folders: Sequence[str]) -> list[Item]:
    """Rows of `data/manifest.csv` that lie in `folders` (such as "photos/flickr"), in its order."""
    manifest = data / "manifest.csv"
    if not manifest.is_file():
        raise InputError(f"no manifest.csv in {data}: --data is the folder that holds it")
    with manifest.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Item(
            path=data / row["path"],
            folder=row["path"].rsplit("/", 1)[0],
            label=row["label"],
            captions=tuple(c.strip() for c in row["captions"].split(" | ") if c.strip()),
        )
        for row in rows
        if row["path"].rsplit("/", 1)[0] in folders
    ]


def held_out(items: Sequence[Item]) -> list[Item]:
    """Every `HELD_OUT`-th item: what no training sees."""
    return list(items[::HELD_OUT])


def to_train_on(items: Sequence[Item]) -> list[Item]:
    """All items but those held out."""
    return [item for index, item in enumerate(items) if index % HELD_OUT]


def caption_held_out(data: Path) -> set[Path]:
    """Photos whose captions are kept for measuring; `data` is the folder of `read_manifest`."""
    return {item.path for item in read_manifest(data, ("photos/flickr",))[::CAPTION_HELD_OUT]}


def read_rgb(path: Path) -> NDArray[np.uint8]:
    """An image file as (H, W, 3) uint8 RGB."""
    image = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
    if image is None:
        raise InputError(f"{path} is not an image that OpenCV reads")
    return np.asarray(image, dtype=np.uint8)


def pack_squares(items: Sequence[Item], side: int, cache: Path) -> NDArray[np.uint8]:
    """All images squashed to (N, side, side, 3) uint8, kept in `cache` for the next run."""
    if cache.is_file():
        packed: NDArray[np.uint8] = np.load(cache, mmap_mode="r")
        if packed.shape == (len(items), side, side, 3):
            return packed
    packed = np.empty((len(items), side, side, 3), np.uint8)
    for index, item in enumerate(Bar(items, desc="packing", unit="image")):
        packed[index] = cv2.resize(read_rgb(item.path), (side, side), interpolation=cv2.INTER_AREA)
    save_array(cache, packed)
    return packed


def save_array(path: Path, array: NDArray[np.generic]) -> None:
    """Write an array whole or not at all."""
    with written_whole(path) as partial:
        np.save(partial, array)


def pixels(images: NDArray[np.uint8], device: str = "cpu") -> Tensor:
    """Bytes (B, H, W, 3) as images (B, 3, H, W) in [0, 1]."""
    return torch.from_numpy(np.array(images)).to(device).permute(0, 3, 1, 2).float() / 255
