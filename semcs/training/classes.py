"""What the image-text model tells apart: styles, labels of real pictures, plain photos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from semcs.training.data import Item
from semcs.training.vocabulary import PHOTO_CAPTIONS, STYLES, caption

# Real pictures whose label says what they look like, and phrases to say it with.
LABELLED = {
    "textures/ambientcg": ("{}", "{} texture", "made of {}", "a {} surface"),
    "textures/dtd": ("{}", "{} texture", "a {} pattern", "a {} surface"),
    "art/wikiart": ("{} painting", "a painting of {}", "{} art", "in the style of {}"),
}
CAPTIONS = 48  # generated for each style


@dataclass(frozen=True)
class Classes:
    """Names and phrases of everything that the model tells apart; the last one is "a photo"."""

    names: list[str]
    phrases: list[list[str]]

    @classmethod
    def collect(cls, labelled: Sequence[Item], seed: int) -> Classes:
        """The styles of the vocabulary, then the labels that aren't styles, then photos."""
        rng = np.random.default_rng(seed)
        names = list(STYLES)
        phrases = [
            [*style.phrases, *style.descriptions, *(caption(name, rng) for _ in range(CAPTIONS))]
            for name, style in STYLES.items()
        ]
        for item in labelled:
            name = class_name(item.label)
            if name not in names:
                names.append(name)
                phrases.append([form.format(name) for form in LABELLED[item.folder]])
        return cls([*names, "photo"], [*phrases, list(PHOTO_CAPTIONS)])

    def indices_of(self, labelled: Sequence[Item]) -> Tensor:
        """The class (N,) of each labelled picture."""
        return torch.tensor([self.names.index(class_name(item.label)) for item in labelled])


def class_name(label: str) -> str:
    """The style that a label names, such as "snow" for "Snow"; otherwise the label in words."""
    words = in_words(label)
    for style in STYLES.values():
        if words == style.name or words in style.synonyms:
            return style.name
    return words


def in_words(label: str) -> str:
    """A label as people write it: "PavingStones" is "paving stones"."""
    spaced = "".join(f" {letter}" if letter.isupper() else letter for letter in label)
    return " ".join(spaced.lower().replace("_", " ").split())
