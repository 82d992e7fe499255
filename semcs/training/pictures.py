"""The pictures that the image-text model learns from, loaded or made once for all its programs."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from semcs.training.classes import LABELLED
from semcs.training.crops import RenderedCrops, pack_crops, training_crops
from semcs.training.data import Item, read_manifest, to_train_on


@dataclass(frozen=True)
class TrainingPictures:
    """Photos, their renderings, and labelled pictures; what is held out is not among them.

    Attributes:
        photos: M photos.
        renderings: Crops of photos and the same crops painted in a look.
        labelled: N textures and paintings whose label says what they look like.
        labelled_crops: (N, 3, 112, 112, 3) bytes, random squares of `labelled`.
        photo_crops: (M, 2, 112, 112, 3) bytes, random squares that show nearly all of `photos`.
    """

    photos: list[Item]
    renderings: RenderedCrops
    labelled: list[Item]
    labelled_crops: NDArray[np.uint8]
    photo_crops: NDArray[np.uint8]

    @classmethod
    def load(cls, args: argparse.Namespace) -> TrainingPictures:
        """As many as --crops, of the folder --data; made pictures are kept in --out/cache."""
        cache = args.out / "cache"
        photos, renderings = training_crops(args)
        labelled = to_train_on(read_manifest(args.data, tuple(LABELLED)))
        return cls(
            photos,
            renderings,
            labelled,
            pack_crops(labelled, 3, args.seed, cache / "labelled.npy"),
            pack_crops(photos, 2, args.seed, cache / "whole.npy", smallest=0.8),
        )


def draw_crops(
    packed: NDArray[np.uint8], rows: NDArray[np.intp], rng: np.random.Generator
) -> NDArray[np.uint8]:
    """A random one of the K crops of each chosen row: (N, K, S, S, 3) to (R, S, S, 3)."""
    return packed[rows, rng.integers(packed.shape[1], size=len(rows))]
