"""What the painter's text coder learns from: phrases, and the codes of the pictures they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from semcs.looks.registry import LOOKS
from semcs.looks.render import render_region
from semcs.models.clip import BundledClip
from semcs.models.painter import Painter
from semcs.training.data import Item, caption_held_out, read_manifest, read_rgb
from semcs.training.edits import EDIT_FORMS, EDIT_WORDS, edit
from semcs.training.vocabulary import PHOTO_CAPTIONS, STYLES

LOOK_PHOTOS = 8
TINTED_PHOTOS = 1
LOOK_SIDE = 384
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
        seen: (N, 256), the pictures as the image encoder sees them.
    """

    kind: str
    phrases: tuple[str, ...]
    held_out: tuple[str, ...]
    codes: Tensor
    seen: Tensor


class LessonMaker:
    """Paints looks, reads pictures, and has the painter code them."""

    def __init__(self, painter: Painter, clip: BundledClip, data: Path, seed: int = 0) -> None:
        self.painter, self.clip, self.data, self.seed = painter, clip, data, seed
        self.rng = np.random.default_rng(seed)
        views = read_manifest(data, ("photos/subjects", "photos/bsds500"))
        self.photos = [self._photo(item) for item in self._some(views, LOOK_PHOTOS)]

    def lessons(self) -> Iterator[Lesson]:
        """All of them."""
        for index, name in enumerate(tqdm(LOOKS, desc="looks", unit="look")):
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
        spoken = (*style.synonyms, *style.descriptions)
        held_out = spoken[index % HELD_OUT_PHRASES :: HELD_OUT_PHRASES]
        learnt = tuple(phrase for phrase in spoken if phrase not in held_out)
        yield Lesson("look", (name, *learnt), held_out, *self.look_at(rendered))
        for word in EDIT_WORDS:
            tinted = [self._tinted(picture, word) for picture in rendered[:TINTED_PHOTOS]]
            phrases = tuple(f"{word} {said}" for said in (name, *learnt[:3]))
            yield Lesson("tint", (*phrases, f"{name}, {word}"), (), *self.look_at(tinted))

    def of_photos(self) -> Iterator[Lesson]:
        """Photos as they are, and edited by every word of colour and light."""
        yield Lesson("photo", PHOTO_CAPTIONS, (), *self.look_at(self.photos))
        for word in EDIT_WORDS:
            edited = [self._tinted(photo, word) for photo in self.photos]
            phrases = tuple(form.format(word) for form in EDIT_FORMS)
            yield Lesson("photo", phrases, (), *self.look_at(edited))

    def of_labels(self, folder: str) -> Iterator[Lesson]:
        """The pictures of each label of a folder."""
        by_label: dict[str, list[Item]] = {}
        for item in read_manifest(self.data, (folder,)):
            by_label.setdefault(item.label, []).append(item)
        for label, items in tqdm(by_label.items(), desc=folder, unit="label"):
            pictures = (self._picture(item) for item in self._some(items, _MOST_OF_A_LABEL))
            phrases = tuple(form.format(_spoken(label)) for form in _LABEL_FORMS[folder])
            yield Lesson(folder, phrases, (), *self.look_at(pictures))

    def of_captions(self) -> Iterator[Lesson]:
        """Photos that people wrote about."""
        measured = caption_held_out(self.data)
        for item in tqdm(read_manifest(self.data, (_CAPTIONED,)), desc="captions", unit="photo"):
            if item.path not in measured:
                yield Lesson(_CAPTIONED, item.captions, (), *self.look_at([self._picture(item)]))

    @torch.no_grad()
    def look_at(self, pictures: Iterable[Array]) -> tuple[Tensor, Tensor]:
        """Codes (N, 109) and image embeddings (N, 256) of N pictures (H, W, 3)."""
        batches = [to_batch(picture) for picture in pictures]
        codes = [self.painter.code_of_picture(batch) for batch in batches]
        return torch.cat(codes), torch.cat([self.clip.encode_image(batch) for batch in batches])

    def _some(self, items: Sequence[Item], most: int) -> list[Item]:
        chosen = self.rng.permutation(len(items))[:most]
        return [items[index] for index in chosen]

    def _picture(self, item: Item) -> Array:
        return read_rgb(item.path).astype(np.float32) / np.float32(255)

    def _photo(self, item: Item) -> Array:
        picture = self._picture(item)
        ratio = LOOK_SIDE / max(picture.shape[:2])
        return np.asarray(cv2.resize(picture, None, fx=ratio, fy=ratio), np.float32).clip(0, 1)

    def _tinted(self, picture: Array, word: str) -> Array:
        return edit(to_batch(picture)[0], word, self.rng).permute(1, 2, 0).numpy()


def to_batch(picture: Array) -> Tensor:
    """(H, W, 3) to (1, 3, H, W)."""
    return torch.from_numpy(picture).permute(2, 0, 1)[None]


def _spoken(label: str) -> str:
    """A label as people say it: "PavingStones" is "paving stones"."""
    parts = "".join(f" {letter}" if letter.isupper() else letter for letter in label)
    return parts.lower().replace("_", " ").strip()
