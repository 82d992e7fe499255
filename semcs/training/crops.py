"""Crops of photos and the same crops painted in looks, made once and kept in arrays."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.bars import Bar
from semcs.looks.form import give_form
from semcs.looks.registry import paint
from semcs.looks.rendering import look_scale
from semcs.training.data import (
    PHOTOS,
    Item,
    held_out,
    read_manifest,
    read_rgb,
    save_array,
    to_train_on,
)
from semcs.training.files import fingerprint, looks_sources
from semcs.training.vocabulary import STYLES

CROP_SIDE = 112
CROPS_EACH = 4  # of a painted picture
WHOLE_SHARE = 0.25  # of the crops show the whole picture, as the losses of regions do
LEAST_CROP, MOST_CROP = 0.22, 0.6  # side of the others, as a share of the picture's
FORM_SHARE = 0.6  # of the pictures have some of the photo's form given back


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

    def first(self, count: int) -> RenderedCrops:
        """The first `count` of them, or all if there are fewer."""
        return RenderedCrops(*(getattr(self, field.name)[:count] for field in fields(self)))


@dataclass(frozen=True)
class Recipe:
    """How crops are rendered.

    Attributes:
        side: Of the crops that are kept.
        picture_sides: Of the square pictures that are painted, one of them drawn for each.
        generator: Draws everything, the looks' parameters too.
    """

    side: int = CROP_SIDE
    picture_sides: tuple[int, ...] = (256, 384, 512)
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
    """`count` random crops of `items` painted in random looks of the vocabulary.

    Whole pictures are painted and crops cut from them as the losses of stylisation cut them, a few
    of each. They are kept in the folder `cache` for as long as the recipe and the looks' code stay
    the same.

    Args:
        items: The photos.
        count: Of crops.
        seed: Of everything that is drawn.
        cache: A folder.
        recipe: Sizes and parameters.
        workers: Processes that paint.
    """
    edition = f"{count}_{seed}_{_edition(recipe)}"
    files = [cache / f"{field.name}_{edition}.npy" for field in fields(RenderedCrops)]
    if not all(file.is_file() for file in files):
        make = partial(_crops_of_one, items, seed, recipe)
        pictures = -(-count // CROPS_EACH)
        with get_context("spawn").Pool(workers) as pool:
            made = pool.imap(make, range(pictures), chunksize=16)
            made = Bar(made, total=pictures, desc="painting", unit="picture")
            crops = _gathered(made, count, recipe.side)
        for field, file in zip(fields(crops), files):
            save_array(file, getattr(crops, field.name))
    return RenderedCrops(*(np.load(file) for file in files))


def training_crops(args: argparse.Namespace) -> tuple[list[Item], RenderedCrops]:
    """The photos to train on, and as many renderings of them as the command line asks for."""
    photos = to_train_on(read_manifest(args.data, PHOTOS))
    return photos, render_crops(photos, args.crops, 0, args.out / "cache")


def held_out_crops(data: Path, count: int, seed: int, cache: Path) -> RenderedCrops:
    """Renderings of photos that no training saw."""
    return render_crops(held_out(read_manifest(data, PHOTOS)), count, seed, cache)


def _gathered(made: Iterable[RenderedCrops], count: int, side: int) -> RenderedCrops:
    """The first `count` of the crops of all pictures."""
    photos, rendered = np.empty((2, count, side, side, 3), np.uint8)
    styles, sources = np.empty((2, count), np.int64)
    start = 0
    for crops in made:
        own = slice(start, min(count, start + len(crops.styles)))
        number = own.stop - own.start
        photos[own], rendered[own] = crops.photos[:number], crops.rendered[:number]
        styles[own], sources[own] = crops.styles[:number], crops.sources[:number]
        start = own.stop
    return RenderedCrops(photos, rendered, styles, sources)


def _crops_of_one(items: Sequence[Item], seed: int, recipe: Recipe, index: int) -> RenderedCrops:
    """The crops of picture number `index`: of a random photo, painted in a random look."""
    cv2.setNumThreads(1)
    rng = recipe.generator(np.random.PCG64((seed, index)))
    style = int(rng.integers(len(STYLES)))
    side = int(rng.choice(recipe.picture_sides))
    source = int(rng.integers(len(items)))
    photo = random_square(read_rgb(items[source].path), side, rng, smallest=0.7)
    plain = photo.astype(np.float32) / np.float32(255)
    scale = look_scale(side) * float(np.exp(rng.uniform(-0.25, 0.25)))
    painted = paint(list(STYLES)[style], plain, rng, scale)
    if rng.random() < FORM_SHARE:
        painted = give_form(painted, plain, float(rng.uniform(0, 1)), scale)
    rendered = np.round(painted * 255).astype(np.uint8)
    crops = [_same_crop((photo, rendered), recipe.side, rng) for _ in range(CROPS_EACH)]
    photos, paintings = (np.stack(images) for images in zip(*crops))
    styles, sources = np.full((2, len(crops)), [[style], [source]], np.int64)
    return RenderedCrops(photos, paintings, styles, sources)


def _same_crop(
    pictures: tuple[NDArray[np.uint8], ...], side: int, rng: np.random.Generator
) -> list[NDArray[np.uint8]]:
    """The same random square of square pictures, or the whole, resized to (side, side, 3)."""
    length = len(pictures[0])
    share = 1.0 if rng.random() < WHOLE_SHARE else rng.uniform(LEAST_CROP, MOST_CROP)
    cut = max(1, int(length * share))
    top, left = (int(at) for at in rng.integers(length - cut + 1, size=2))
    interpolation = cv2.INTER_AREA if cut > side else cv2.INTER_LINEAR
    crops = (picture[top : top + cut, left : left + cut] for picture in pictures)
    resized = (cv2.resize(crop, (side, side), interpolation=interpolation) for crop in crops)
    return [np.asarray(crop, np.uint8) for crop in resized]


def _edition(recipe: Recipe) -> str:
    """Eight letters that change with the recipe, the looks' code or the list of styles."""
    sources = looks_sources(phrases=False)
    return fingerprint(sources, ",".join(STYLES).encode(), repr(recipe).encode())


def random_square(
    image: NDArray[np.uint8], side: int, rng: np.random.Generator, *, smallest: float = 0.45
) -> NDArray[np.uint8]:
    """A random square crop, `smallest` to all of the short side, resized to (side, side, 3)."""
    height, width = image.shape[:2]
    cut = int(min(height, width) * rng.uniform(smallest, 1.0))
    top, left = rng.integers(height - cut + 1), rng.integers(width - cut + 1)
    crop = image[top : top + cut, left : left + cut]
    interpolation = cv2.INTER_AREA if cut > side else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(crop, (side, side), interpolation=interpolation), np.uint8)


def pack_crops(
    items: Sequence[Item], crops_each: int, seed: int, cache: Path, *, smallest: float = 0.45
) -> NDArray[np.uint8]:
    """Random squares (`random_square`) of every item, (N, crops_each, 112, 112, 3) uint8."""
    if cache.is_file():
        known = np.load(cache, mmap_mode="r")
        if known.shape[:2] == (len(items), crops_each):
            return np.asarray(known, np.uint8)
    packed = np.empty((len(items), crops_each, CROP_SIDE, CROP_SIDE, 3), np.uint8)
    for index, item in enumerate(Bar(items, desc="packing", unit="image")):
        image, rng = read_rgb(item.path), np.random.default_rng((seed, index))
        for crop in range(crops_each):
            packed[index, crop] = random_square(image, CROP_SIDE, rng, smallest=smallest)
    save_array(cache, packed)
    return packed
