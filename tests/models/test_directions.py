from __future__ import annotations

import re
import string

import numpy as np
import pytest
import torch
from counting import calls_during

from semcs.errors import InputError
from semcs.looks import matching
from semcs.models.clip import BundledClip
from semcs.models.directions import (
    BARE,
    MIN_DIRECTION_NORM,
    MOST_LETTERS,
    PLAIN,
    SOURCE_TEXT,
    TEMPLATES,
    check_text,
    cosines,
    embed_texts,
    text_directions,
)
from semcs.models.loading import load_bundled


class TableClip:
    """Embeddings looked up in a table that grows, not of unit length among them."""

    def __init__(self):
        self.table, self.asked = {}, []

    def encode_text(self, texts):
        self.asked += texts
        rng = np.random.default_rng(len(self.table))
        for text in texts:
            self.table.setdefault(text, rng.normal(size=6))
        return torch.from_numpy(np.stack([self.table[text] for text in texts]))


def by_hand(clip, text, templates):
    mean = np.mean([clip.table[t.replace("{}", text)] for t in templates], axis=0)
    return mean / np.linalg.norm(mean)


@pytest.mark.parametrize(("templates", "count"), [(TEMPLATES, 79), (PLAIN, len(PLAIN))])
def test_templates(templates, count):
    assert len(templates) == len(set(templates)) == count
    for template in templates:
        fields = [
            field for _, field, _, _ in string.Formatter().parse(template) if field is not None
        ]
        assert fields == [""], template


def test_an_before_a_vowel():
    for article, noun in re.findall(r"\b(an?) (\w+)", " ".join(TEMPLATES + PLAIN)):
        assert (article == "an") == (noun[0] in "aeiou"), f"{article} {noun}"


def test_embedding_is_the_mean_then_normalised():
    clip = TableClip()
    (embedding,) = embed_texts(clip, ["pop art"], TEMPLATES)
    assert clip.asked == [template.replace("{}", "pop art") for template in TEMPLATES]
    np.testing.assert_allclose(embedding, by_hand(clip, "pop art", TEMPLATES), atol=1e-12)
    each = np.stack([v / np.linalg.norm(v) for v in clip.table.values()]).mean(0)
    assert not np.allclose(embedding, each / np.linalg.norm(each))


def test_braces_in_a_text_are_just_text():
    clip = TableClip()
    embed_texts(clip, ["{0} and {x}"], ["a {}."])
    assert clip.asked == ["a {0} and {x}."]


def test_directions_start_at_a_photo():
    clip = TableClip()
    directions = text_directions(clip, ["gold", "snow"], PLAIN)
    source = by_hand(clip, "a photo", PLAIN)
    expected = [by_hand(clip, text, PLAIN) - source for text in ("gold", "snow")]
    assert SOURCE_TEXT == "a photo"
    np.testing.assert_allclose(directions, expected, atol=1e-12)


def test_cosines_of_short_moves_count_less():
    these, those = (
        torch.tensor([[3.0, 4.0], [MIN_DIRECTION_NORM / 4, 0.0]]),
        torch.tensor([[2.0, 0.0], [0, 1]]),
    )
    torch.testing.assert_close(cosines(these, those), torch.tensor([[0.6, 0.8], [0.25, 0.0]]))


def test_text_is_stripped():
    assert check_text("  gold\n") == "gold"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "bg is empty"),
        (" \t\n", "bg is empty"),
        ("\0\x1b", "bg is empty"),
        ("\u200b\u202e \ufeff", "bg is empty"),
        ("gold" * 300, "bg has 1,200 letters: at most 1,000"),
        ("snow\udcff", "bg is 'snow.*UTF-8"),
        (None, "bg is NoneType"),
        (b"x", "bg is bytes"),
    ],
)
def test_no_text(text, complaint):
    with pytest.raises(InputError, match=complaint):
        check_text(text, "bg")


def test_a_text_of_just_the_limit_is_fine():
    assert check_text(" " * 2000 + "g" * MOST_LETTERS) == "g" * MOST_LETTERS
    assert MOST_LETTERS == matching.MOST_LETTERS


@pytest.fixture(scope="module")
def bundled():
    return load_bundled("clip", BundledClip)


@pytest.mark.parametrize("templates", [TEMPLATES, PLAIN, BARE])
@pytest.mark.parametrize("text", ["水墨画", "золото", "🦄", "!!!", "«»"])
def test_a_text_that_the_model_reads_nothing_of_is_refused(bundled, text, templates):
    """They all embed as no text does, so that whatever came out would be the same for all."""
    with pytest.raises(InputError, match=f"reads nothing of '{text}'"):
        text_directions(bundled, ["gold", text], templates)


def test_strange_texts_that_a_model_does_read_are_fine():
    assert len(text_directions(TableClip(), ["золото", "🦄"], PLAIN)) == 2


LONG = " ".join(f"thing{number}" for number in range(23))


@pytest.mark.parametrize("end", ["in gold", "in snow"])
def test_an_end_that_the_model_does_not_read_is_warned_of(bundled, end, caplog):
    text_directions(bundled, [f"{LONG} {end}"], PLAIN)
    assert "doesn't read the end of 'thing0 thing1" in caplog.text


def test_nothing_is_warned_of_where_all_is_read(bundled, caplog):
    text_directions(bundled, [LONG.removesuffix(" thing22"), "gold"], BARE)
    assert not caplog.records


def test_a_text_of_one_long_word_takes_little_work(bundled):
    calls = calls_during(lambda: text_directions(bundled, ["g" * MOST_LETTERS], BARE))
    assert calls < 200_000
