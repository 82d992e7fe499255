from __future__ import annotations

import re

import numpy as np
import pytest
import torch
from counting import calls_during

from semcs.errors import InputError
from semcs.models.text import MAX_WORDS, TextTrunk, pieces_of, words_of

TEXTS = ["gold", "icy", "a starry night", "watercolor with visible brush strokes", "pop art", ""]


@pytest.fixture(scope="module")
def trunk():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return TextTrunk().eval()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A Starry-Night, by Van Gogh!", ["a", "starry", "night", "by", "van", "gogh"]),
        ("child's 8-bit drawing", ["child's", "8", "bit", "drawing"]),
        ("  …  ", [""]),
        ("so " * 40, ["so"] * MAX_WORDS),
    ],
)
def test_words(text, words):
    assert words_of(text) == words


def test_buckets_never_change():
    """Trained weights hang on these numbers: zlib.crc32(piece) % 24000."""
    # <ice>, then <ic ice ce>, then <ice ice>, then <ice>
    assert pieces_of("ice") == [13923, 22634, 9998, 1762, 16345, 14309, 13923]
    assert pieces_of("a") == [17515, 17515]
    assert pieces_of("") == [9067]


def test_related_words_share_pieces():
    assert len(set(pieces_of("watercolor")) & set(pieces_of("watercolour"))) > 10
    assert not set(pieces_of("gold")) & set(pieces_of("snow"))


@torch.no_grad()
def test_pieces_are_averaged(trunk):
    """One word, up to the blocks, by hand."""
    table = trunk.pieces.weight.numpy()
    expected = table[pieces_of("gold")].mean(0) + trunk.positions[0].numpy()
    seen = []
    with_hook = trunk.blocks[0].register_forward_pre_hook(lambda _, x: seen.append(x[0]))
    trunk(["gold"])
    with_hook.remove()
    np.testing.assert_allclose(seen[0][0, 0], expected, atol=1e-6)


@torch.no_grad()
def test_batching_changes_nothing(trunk):
    together = trunk(TEXTS)
    assert together.shape == (len(TEXTS), 384)
    torch.testing.assert_close(together.norm(dim=1), torch.ones(len(TEXTS)))
    alone = torch.cat([trunk([text]) for text in TEXTS])
    torch.testing.assert_close(together, alone, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(trunk(TEXTS[::-1]).flip(0), together, atol=1e-5, rtol=1e-5)


@torch.no_grad()
def test_order_of_words_matters(trunk):
    first, second = trunk(["red sky over white snow", "white sky over red snow"])
    assert not torch.allclose(first, second, atol=1e-4)


@torch.no_grad()
def test_case_and_punctuation_do_not(trunk):
    first, second = trunk(["Pop art", "pop-art!"])
    torch.testing.assert_close(first, second)


def test_every_part_learns(trunk):
    trunk(["starry night", "gold"]).sum(0)[0].backward()
    assert all(p.grad.abs().max() > 0 for p in trunk.parameters())
    trunk.zero_grad()


@pytest.mark.parametrize("text", ["w" * 1_000_000, "so " * 400_000, "w" * 2001])
def test_a_text_without_end_is_refused_at_once(trunk, text):
    said = []

    def read():
        try:
            trunk(["gold", text])
        except InputError as error:
            said.append(str(error))

    assert calls_during(read) < 2_000
    assert re.match(r"a text of [\d,]+ letters, .* can't be read", *said)
    assert len(*said) < 200


@torch.no_grad()
def test_the_longest_text_is_read(trunk):
    assert trunk(["w" * 2000]).isfinite().all()
