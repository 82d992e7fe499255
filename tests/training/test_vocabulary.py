from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from numpy.typing import NDArray

from semcs.errors import InputError
from semcs.looks import painters
from semcs.looks.registry import LOOKS
from semcs.training.vocabulary import (
    COLOR_WORDS,
    LIGHT_WORDS,
    PHOTO_CAPTIONS,
    STYLES,
    caption,
    color_words,
)


def plain(*rgb: int, side: int = 40) -> NDArray[np.float32]:
    return np.full((side, side, 3), np.array(rgb) / 255, np.float32)


def test_no_phrase_belongs_to_two_styles() -> None:
    counts = Counter(phrase for style in STYLES.values() for phrase in style.phrases)
    assert [phrase for phrase, count in counts.items() if count > 1] == []
    assert not set(PHOTO_CAPTIONS) & set(counts)


def test_every_style_is_a_look_and_every_look_a_style() -> None:
    assert set(STYLES) == set(LOOKS)
    assert painters
    assert all(name == style.name for name, style in STYLES.items())
    assert len(STYLES) >= 150


@pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))
def test_phrases_are_many_and_clean(style: object) -> None:
    phrases = style.phrases  # type: ignore[attr-defined]
    assert 8 <= len(phrases) - 1 <= 20
    for phrase in phrases:
        assert phrase == " ".join(phrase.lower().split())
        assert "|" not in phrase
        assert ":" not in phrase


def test_descriptions_are_many_and_each_of_one_style() -> None:
    names = {phrase for style in STYLES.values() for phrase in style.phrases}
    counts = Counter(text for style in STYLES.values() for text in style.descriptions)
    assert max(counts.values()) == 1
    assert not names & set(counts)
    for style in STYLES.values():
        assert len(style.descriptions) >= 12
        assert all(text == " ".join(text.lower().split()) for text in style.descriptions)


@pytest.mark.parametrize(
    ("phrase", "style"),
    [
        ("snowy", "snow"),
        ("van gogh", "starry night"),
        ("the scream by edvard munch", "expressionism"),
        ("a sketch with black pencil", "pencil sketch"),
        ("andy warhol", "pop art"),
        ("the great wave off kanagawa by hokusai", "ukiyo-e"),
        ("cyberpunk 2077", "cyberpunk"),
        ("desert sand", "desert"),
        ("red rocks", "red rock"),
        ("a graffiti style painting", "graffiti"),
        ("knitted wool", "wool"),
        ("in the style of monet", "impressionism"),
        ("picasso", "cubism"),
        ("low-poly", "low poly"),
    ],
)
def test_phrases_belong_to_the_style_meant(phrase: str, style: str) -> None:
    assert phrase in STYLES[style].phrases


def test_captions_hold_a_phrase_of_their_style_and_vary() -> None:
    rng = np.random.default_rng(0)
    for name, style in STYLES.items():
        captions = [caption(name, rng) for _ in range(40)]
        assert all(any(phrase in text for phrase in style.phrases) for text in captions)
        assert len(set(captions)) > 20
        assert not any("{" in text for text in captions)


def test_captions_carry_the_color_words() -> None:
    rng = np.random.default_rng(0)
    for name in STYLES:
        text = caption(name, rng, color_words=("blue", "pale"))
        assert "blue and pale" in text


def test_caption_is_decided_by_the_generator() -> None:
    first, again = (
        [caption("snow", rng) for _ in range(20)]
        for rng in (np.random.default_rng(5), np.random.default_rng(5))
    )
    assert first == again


def test_unknown_style_names_the_choices() -> None:
    with pytest.raises(InputError, match=r"'blurple'.*watercolor"):
        caption("blurple", np.random.default_rng(0))


@pytest.mark.parametrize("name", COLOR_WORDS)
def test_a_plain_picture_has_its_own_color(name: str) -> None:
    for rgb in COLOR_WORDS[name]:
        near = tuple(int(np.clip(c + d, 0, 255)) for c, d in zip(rgb, (2, -2, 1)))
        words = [word for word in color_words(plain(*near)) if word in COLOR_WORDS]
        assert words == [name]


def test_colors_come_commonest_first_and_small_shares_are_left_out() -> None:
    image = plain(30, 60, 200)
    image[:12] = np.array((240, 220, 30)) / 255
    image[-2:] = np.array((200, 20, 20)) / 255
    assert [word for word in color_words(image) if word in COLOR_WORDS] == ["blue", "yellow"]


@pytest.mark.parametrize(
    ("rgb", "there", "absent"),
    [
        ((20, 20, 25), {"dark"}, {"bright", "pale", "vivid", "warm"}),
        ((235, 235, 238), {"bright", "pale"}, {"dark", "vivid", "warm"}),
        ((235, 60, 30), {"vivid", "warm"}, {"cold", "pale", "dark"}),
        ((40, 80, 220), {"vivid", "cold"}, {"warm", "pale"}),
        ((128, 128, 128), set(), set(LIGHT_WORDS)),
    ],
)
def test_light_words(rgb: tuple[int, int, int], there: set[str], absent: set[str]) -> None:
    words = set(color_words(plain(*rgb)))
    assert there <= words
    assert not absent & words


def test_there_are_thirteen_basic_colors() -> None:
    assert len(COLOR_WORDS) == 13
    assert not set(COLOR_WORDS) & set(LIGHT_WORDS)
