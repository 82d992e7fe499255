"""The words of the bundled image-text model: styles, what people call them, colours, captions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.errors import InputError
from semcs.looks.phrases import descriptions, phrases


@dataclass(frozen=True)
class Style:
    """One look of `semcs.looks`: what people call it, and how they describe it."""

    name: str
    synonyms: tuple[str, ...]
    descriptions: tuple[str, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        """The name and its synonyms."""
        return (self.name, *self.synonyms)


_DESCRIPTIONS = descriptions()
STYLES: dict[str, Style] = {
    name: Style(name, synonyms, _DESCRIPTIONS[name]) for name, synonyms in phrases().items()
}

PHOTO_CAPTIONS: tuple[str, ...] = (
    "a photo",
    "a photograph",
    "photo",
    "a photo.",
    "a picture",
    "a real photo",
    "a color photo",
    "a plain photo",
    "an ordinary photograph",
    "a natural photo",
    "photography",
    "a good photo",
    "a photo of something",
    "a snapshot",
    "a realistic photograph",
    "an unedited photo",
)

RGB = tuple[int, int, int]

COLOR_WORDS: dict[str, tuple[RGB, ...]] = {
    "red": ((200, 25, 30), (140, 15, 20), (235, 60, 55)),
    "orange": ((240, 130, 25), (225, 105, 35), (250, 165, 75)),
    "yellow": ((245, 220, 40), (250, 235, 120), (215, 185, 30)),
    "green": ((40, 150, 55), (20, 75, 30), (130, 190, 80), (95, 120, 55)),
    "turquoise": ((45, 195, 195), (20, 125, 130), (145, 225, 220)),
    "blue": ((35, 80, 200), (20, 35, 110), (90, 150, 230), (65, 100, 145)),
    "purple": ((120, 45, 170), (65, 25, 95), (165, 120, 210)),
    "pink": ((240, 120, 175), (235, 40, 150), (250, 190, 210)),
    "brown": ((115, 70, 35), (75, 45, 25), (155, 105, 65)),
    "beige": ((220, 200, 165), (190, 170, 135), (240, 228, 205)),
    "black": ((10, 10, 12), (30, 30, 32)),
    "grey": ((128, 128, 128), (80, 80, 82), (180, 180, 182)),
    "white": ((250, 250, 250), (228, 228, 230)),
}

LIGHT_WORDS: tuple[str, ...] = ("dark", "bright", "pale", "vivid", "warm", "cold")

_SMALL = 32
_LEAST_SHARE = 0.18
_MOST_COLORS = 3

# Work for a bare noun or adjective: "snow", "snowy", "pop art", "van gogh".
_TEMPLATES = (
    "{}",
    "{}",
    "{}",
    "{} style",
    "in the style of {}",
    "in {} style",
    "a painting in the style of {}",
    "a picture in the style of {}",
    "an image in the style of {}",
    "a {} style picture",
    "a {} style painting",
    "a {} picture",
    "{} texture",
    "a {} texture",
    "{} look",
    "{} effect",
    "made to look like {}",
    "it looks like {}",
    "turned into {}",
    "a {} scene",
    "a {} background",
    "{} everywhere",
    "full of {}",
    "a rendering of {}",
    "a picture of {}",
    "an image of {}",
    "a photo of {}",
    "a close-up of {}",
    "a {} version",
    "{} art",
    "artwork, {}",
    "{}, highly detailed",
    "a beautiful picture, {}",
)

# Work for whole phrases: "a marble statue", "covered in snow", "in the style of monet".
_WHOLE_TEMPLATES = (
    "{}",
    "{}",
    "{}",
    "a picture, {}",
    "an image, {}",
    "it is {}",
    "everything {}",
    "a scene, {}",
    "{}, highly detailed",
)
_WHOLE_STARTS = frozenset(
    [
        "a",
        "an",
        "the",
        "in",
        "on",
        "at",
        "made",
        "covered",
        "painted",
        "drawn",
        "carved",
        "turned",
        "broken",
        "engulfed",
        "beneath",
        "under",
        "full",
    ]
)


def caption(style_name: str, rng: np.random.Generator, color_words: Sequence[str] = ()) -> str:
    """A caption that someone might type for a style.

    Args:
        style_name: a key of ``STYLES``.
        rng: picks the phrase and the sentence around it.
        color_words: words of colour and light to put beside the phrase, "blue and yellow".

    Returns:
        Lower-case text such as ``"a painting in the style of blue and yellow van gogh"``.

    Raises:
        InputError: if ``style_name`` is unknown.
    """
    if style_name not in STYLES:
        raise InputError(f"unknown style {style_name!r}: choose from {', '.join(sorted(STYLES))}")
    style = STYLES[style_name]
    # People type the plain name more often than any one of its synonyms.
    named = rng.random() < 0.3
    phrase = style.name if named else style.synonyms[rng.integers(len(style.synonyms))]
    whole = phrase.split()[0] in _WHOLE_STARTS
    colors = " and ".join(color_words)
    if colors:
        phrase = f"{phrase}, {colors}" if whole or rng.random() < 0.3 else f"{colors} {phrase}"
    templates = _WHOLE_TEMPLATES if whole else _TEMPLATES
    return templates[rng.integers(len(templates))].format(phrase)


def color_words(image: NDArray[np.float32]) -> list[str]:
    """Words for the colours and the light of a picture, commonest colour first.

    Every pixel votes for the colour whose anchor is nearest in CIELAB; the light words follow
    from percentiles of lightness and chroma.

    Args:
        image: (H, W, 3) float32 RGB in [0, 1].

    Returns:
        Up to three keys of ``COLOR_WORDS``, then any of ``LIGHT_WORDS`` that hold.
    """
    small = cv2.resize(image, (_SMALL, _SMALL), interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).reshape(-1, 3)
    names = list(COLOR_WORDS)
    anchors, owner = _anchors()
    nearest = ((lab[:, None] - anchors) ** 2).sum(-1).argmin(1)
    share = np.bincount(owner[nearest], minlength=len(names)) / len(lab)
    order = np.argsort(-share, kind="stable")[:_MOST_COLORS]
    return [names[i] for i in order if share[i] >= _LEAST_SHARE] + _light_words(lab)


def _anchors() -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """Anchors in CIELAB (N, 3), and the index of the colour word that owns each."""
    table = np.array([rgb for anchors in COLOR_WORDS.values() for rgb in anchors], np.float32)
    lab = cv2.cvtColor(table[None] / 255, cv2.COLOR_RGB2LAB)[0]
    counts = [len(anchors) for anchors in COLOR_WORDS.values()]
    return lab, np.repeat(np.arange(len(counts)), counts)


def _light_words(lab: NDArray[np.float32]) -> list[str]:
    """Words of ``LIGHT_WORDS`` that hold for (N, 3) CIELAB pixels."""
    light, a, b = lab.T
    chroma = np.hypot(a, b)
    low, middle, high = np.percentile(light, (25, 50, 75))
    warmth = float(np.mean(b + 0.5 * a))
    holds = {
        "dark": middle < 28 and high < 50,
        "bright": middle > 72 and low > 50,
        "pale": middle > 65 and float(np.percentile(chroma, 75)) < 18,
        "vivid": float(np.median(chroma)) > 45,
        "warm": warmth > 22,
        "cold": warmth < -12,
    }
    return [word for word in LIGHT_WORDS if holds[word]]
