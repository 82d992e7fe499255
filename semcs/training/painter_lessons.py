"""Lessons of the painter's text coder: phrases, and the codes of pictures that show their style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from semcs.bars import Bar
from semcs.looks.registry import LOOKS
from semcs.looks.rendering import render_region
from semcs.models.painter import Painter
from semcs.training.classes import in_words
from semcs.training.data import Item, caption_held_out, read_manifest, read_rgb
from semcs.training.edits import EDIT_FORMS, EDIT_WORDS, edit
from semcs.training.vocabulary import PHOTO_CAPTIONS, STYLES

LOOK_PHOTOS = 8  # rendered in every look
TINTED_PHOTOS = 1  # of those, tinted by every word
LOOK_SIDE = 384  # their longest side in pixels
HELD_OUT_PHRASES = 7  # every 7th phrase of a look is for measuring

_LABEL_FORMS = {
    "art/wikiart": ("{}", "{} painting", "a painting in the style of {}", "{} art"),
    "textures/ambientcg": ("{}", "{} texture", "made of {}", "covered in {}"),
    "textures/dtd": ("{}", "{} texture", "a {} pattern", "something {}"),
    "photos/imagenet_sample": ("{}", "a photo of a {}", "made of {}"),
}
_MOST_OF_A_LABEL = 60
_CAPTIONED = "photos/flickr"

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Lesson:
    """Phrases for one style, and pictures that have it.

    Attributes:
        kind: "look", "tint", "photo" or the folder that the pictures are from.
        phrases: To learn from.
        held_out: To measure by.
        codes: (N, 109), of the pictures.
    """

    kind: str
    phrases: tuple[str, ...]
    held_out: tuple[str, ...]
    codes: Tensor


class LessonMaker:
    """Renders looks, reads pictures, and has the painter code them."""

    def __init__(self, painter: Painter, data: Path, seed: int = 0) -> None:
        """Prepare to read the folder `data`; `seed` decides which pictures are taken."""
        self.painter, self.data, self.seed = painter, data, seed
        self.rng = np.random.default_rng(seed)

    @cached_property
    def photos(self) -> list[Array]:
        """The photos that are rendered and tinted."""
        items = read_manifest(self.data, ("photos/subjects", "photos/bsds500"))
        return [_reduced(_picture(item)) for item in self._some(items, LOOK_PHOTOS)]

    def lessons(self) -> Iterator[Lesson]:
        """The lessons of all looks, photos, labels and captions."""
        for index, name in enumerate(Bar(sorted(LOOKS), desc="looks", unit="look")):
            yield from self.of_look(name, index)
        yield from self.of_photos()
        for folder in _LABEL_FORMS:
            yield from self.of_labels(folder)
        yield from self.of_captions()

    def of_look(self, name: str, index: int) -> Iterator[Lesson]:
        """A look by its phrases, then tinted by every word of colour and light."""
        rendered = [
            render_region(photo, name, seed=self.seed + number)
            for number, photo in enumerate(self.photos)
        ]
        style = STYLES[name]
        phrases = (*style.synonyms, *style.descriptions)
        held_out = phrases[index % HELD_OUT_PHRASES :: HELD_OUT_PHRASES]
        learnt = tuple(phrase for phrase in phrases if phrase not in held_out)
        yield Lesson("look", (name, *learnt), held_out, self.codes_of(rendered))
        for word in EDIT_WORDS:
            tinted = [self._tinted(picture, word) for picture in rendered[:TINTED_PHOTOS]]
            worded = (f"{word} {phrase}" for phrase in (name, *learnt[:3]))
            yield Lesson("tint", (*worded, f"{name}, {word}"), (), self.codes_of(tinted))

    def of_photos(self) -> Iterator[Lesson]:
        """Photos as they are, and edited by every word of colour and light."""
        yield Lesson("photo", PHOTO_CAPTIONS, (), self.codes_of(self.photos))
        for word in EDIT_WORDS:
            edited = [self._tinted(photo, word) for photo in self.photos]
            phrases = tuple(form.format(word) for form in EDIT_FORMS)
            yield Lesson("photo", phrases, (), self.codes_of(edited))

    def of_labels(self, folder: str) -> Iterator[Lesson]:
        """The pictures of each label of a folder."""
        by_label: dict[str, list[Item]] = {}
        for item in read_manifest(self.data, (folder,)):
            by_label.setdefault(item.label, []).append(item)
        for label, items in Bar(by_label.items(), desc=folder, unit="label"):
            pictures = (_picture(item) for item in self._some(items, _MOST_OF_A_LABEL))
            phrases = tuple(form.format(in_words(label)) for form in _LABEL_FORMS[folder])
            yield Lesson(folder, phrases, (), self.codes_of(pictures))

    def of_captions(self) -> Iterator[Lesson]:
        """Photos that people wrote about."""
        measured = caption_held_out(self.data)
        for item in Bar(read_manifest(self.data, (_CAPTIONED,)), desc="captions", unit="photo"):
            if item.path not in measured:
                yield Lesson(_CAPTIONED, item.captions, (), self.codes_of([_picture(item)]))

    @torch.no_grad()
    def codes_of(self, pictures: Iterable[Array]) -> Tensor:
        """Codes (N, 109) of N pictures (H, W, 3)."""
        return torch.cat([self.painter.code_of_picture(to_batch(image)) for image in pictures])

    def _some(self, items: Sequence[Item], most: int) -> list[Item]:
        chosen = self.rng.permutation(len(items))[:most]
        return [items[index] for index in chosen]

    def _tinted(self, picture: Array, word: str) -> Array:
        return edit(to_batch(picture)[0], word, self.rng).permute(1, 2, 0).numpy()


def to_batch(picture: Array) -> Tensor:
    """(H, W, 3) to (1, 3, H, W)."""
    return torch.from_numpy(picture).permute(2, 0, 1)[None]


def _picture(item: Item) -> Array:
    return read_rgb(item.path).astype(np.float32) / np.float32(255)


def _reduced(picture: Array) -> Array:
    """The picture with `LOOK_SIDE` pixels on its longest side."""
    ratio = LOOK_SIDE / max(picture.shape[:2])
    return np.asarray(cv2.resize(picture, None, fx=ratio, fy=ratio), np.float32).clip(0, 1)
