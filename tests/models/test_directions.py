from __future__ import annotations

import re
import string

import numpy as np
import pytest
import torch

from semcs.errors import InputError
from semcs.models.directions import (
    MIN_DIRECTION_NORM,
    PLAIN,
    SOURCE_TEXT,
    TEMPLATES,
    check_text,
    cosines,
    embed_texts,
    text_directions,
)


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
        (None, "bg is NoneType"),
        (b"x", "bg is bytes"),
    ],
)
def test_no_text(text, complaint):
    with pytest.raises(InputError, match=complaint):
        check_text(text, "bg")
