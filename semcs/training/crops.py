"""Crops of photos and the same crops rendered in named styles, made once and kept in arrays."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from semcs.training import renderers
from semcs.training.data import (
    PHOTOS,
    Item,
    held_out,
    read_manifest,
    read_rgb,
    save_array,
    to_train_on,
)
from semcs.training.renderers import render
from semcs.training.vocabulary import STYLES

CROP_SIDE = 112
# Rendering larger and shrinking gives finer strokes: the image tower meets a style in crops of
# the picture and in the whole of it.
RENDER_SIDES = (112, 112, 144, 192)


@dataclass(frozen=True)
class RenderedCrops:
    """Pairs of a photo's crop and its rendering.

    Attributes:
        photos: (N, S, S, 3) uint8 crops; 112 pixels wide unless the recipe says otherwise.
        rendered: (N, S, S, 3) uint8, the same crops in a style.
        styles: (N,) indices of the styles in the vocabulary.
        sources: (N,) indices of the photos that the crops were cut from.
    """

    photos: NDArray[np.uint8]
    rendered: NDArray[np.uint8]
    styles: NDArray[np.int64]
    sources: NDArray[np.int64]


@dataclass(frozen=True)
class Recipe:
    """How crops are rendered.

    Attributes:
        side: Of the crops that are kept.
        render_sides: Of the crops that are rendered, one of them drawn for each.
        generator: Draws everything, the renderers' parameters too.
    """

    side: int = CROP_SIDE
    render_sides: tuple[int, ...] = RENDER_SIDES
    generator: type[np.random.Generator] = np.random.Generator


USUAL = Recipe()


def render_crops(
    items: Sequence[Item],
    count: int,
    seed: int,
    cache: Path,
    *,
    recipe: Recipe = USUAL,
    workers: int = 2,
) -> RenderedCrops:
    """`count` random crops of `items`, each in a random style of the vocabulary.

    They are kept in the folder `cache` for as long as the recipe and the renderers' code stay the
    same.
    """
    edition = f"{count}_{seed}_{_fingerprint(recipe)}"
    files = [cache / f"{field.name}_{edition}.npy" for field in fields(RenderedCrops)]
    if not all(file.is_file() for file in files):
        pairs = np.empty((2, count, recipe.side, recipe.side, 3), np.uint8)
        indices = np.empty((2, count), np.int64)
        make = partial(_render_one, items, seed, recipe)
        with get_context("spawn").Pool(workers) as pool:
            made = pool.imap(make, range(count), chunksize=64)
            for index, (photo, rendered, style, source) in enumerate(
                tqdm(made, total=count, desc="rendering", unit="crop")
            ):
                pairs[:, index], indices[:, index] = (photo, rendered), (style, source)
        for file, array in zip(files, (*pairs, *indices)):
            save_array(file, array)
    return RenderedCrops(*(np.load(file) for file in files))


def training_crops(args: argparse.Namespace) -> tuple[list[Item], RenderedCrops]:
    """The photos to train on, and as many renderings of them as the command line asks for."""
    photos = to_train_on(read_manifest(args.data, PHOTOS))
    return photos, render_crops(photos, args.crops, 0, args.out / "cache")


def held_out_crops(data: Path, count: int, seed: int, cache: Path) -> RenderedCrops:
    """Renderings of photos that no training saw."""
    return render_crops(held_out(read_manifest(data, PHOTOS)), count, seed, cache)


def _render_one(
    items: Sequence[Item], seed: int, recipe: Recipe, index: int
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], int, int]:
    cv2.setNumThreads(1)
    rng = recipe.generator(np.random.PCG64((seed, index)))
    style = int(rng.integers(len(STYLES)))
    side = int(rng.choice(recipe.render_sides))
    source = int(rng.integers(len(items)))
    photo = random_square(read_rgb(items[source].path), side, rng)
    rendered = render(list(STYLES)[style], photo.astype(np.float32) / np.float32(255), rng)
    shrunk = [
        cv2.resize(image, (recipe.side, recipe.side), interpolation=cv2.INTER_AREA)
        for image in (photo, np.round(rendered * 255).astype(np.uint8))
    ]
    return np.asarray(shrunk[0], np.uint8), np.asarray(shrunk[1], np.uint8), style, source


def _fingerprint(recipe: Recipe) -> str:
    """Eight letters that change with the recipe, the renderers' code or the list of styles."""
    folder = Path(renderers.__file__).parent
    digest = hashlib.sha256(",".join(STYLES).encode())
    if recipe != USUAL:
        digest.update(repr(recipe).encode())
    for file in sorted(folder.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def random_square(
    image: NDArray[np.uint8], side: int, rng: np.random.Generator, *, smallest: float = 0.45
) -> NDArray[np.uint8]:
    """A random square crop, `smallest` to all of the short side, resized to (side, side, 3)."""
    height, width = image.shape[:2]
    cut = int(min(height, width) * rng.uniform(smallest, 1.0))
    top, left = rng.integers(height - cut + 1), rng.integers(width - cut + 1)
    crop = image[top : top + cut, left : left + cut]
    way = cv2.INTER_AREA if cut > side else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(crop, (side, side), interpolation=way), np.uint8)


def pack_crops(
    items: Sequence[Item], crops_each: int, seed: int, cache: Path, *, smallest: float = 0.45
) -> NDArray[np.uint8]:
    """Random squares (`random_square`) of every item, (N, crops_each, 112, 112, 3) uint8."""
    if cache.is_file():
        known = np.load(cache, mmap_mode="r")
        if known.shape[:2] == (len(items), crops_each):
            return np.asarray(known, np.uint8)
    packed = np.empty((len(items), crops_each, CROP_SIDE, CROP_SIDE, 3), np.uint8)
    for index, item in enumerate(tqdm(items, desc="packing", unit="image")):
        image, rng = read_rgb(item.path), np.random.default_rng((seed, index))
        for crop in range(crops_each):
            packed[index, crop] = random_square(image, CROP_SIDE, rng, smallest=smallest)
    save_array(cache, packed)
    return packed
