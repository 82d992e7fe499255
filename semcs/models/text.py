"""The sentence trunk of the bundled text encoder: any English phrase to a vector of meaning."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from semcs.errors import InputError, shown
from semcs.models.vit import Block

BUCKETS = 24_000
MAX_WORDS = 24
MOST_LETTERS = 2_000  # of a text with the sentence around it: far more than is ever read


def words_of(text: str) -> list[str]:
    """Lower-case words of a text, in order, their accents folded; at least one."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.findall(r"[a-z0-9']+", plain)[:MAX_WORDS] or [""]


def check_lengths(texts: Sequence[str]) -> list[str]:
    """The texts, where none is so long that taking it to pieces would never end.

    Raises:
        InputError: One has more than `MOST_LETTERS`, or is no text.
    """
    for text in texts:
        if not isinstance(text, str):
            raise InputError(f"{shown(text)} is no text")
        if len(text) > MOST_LETTERS:
            raise InputError(
                f"a text of {len(text):,} letters, {text[:40]!r}…, can't be read: "
                f"at most {MOST_LETTERS:,} are allowed"
            )
    return list(texts)


def pieces_of(word: str) -> list[int]:
    """Hash buckets of a word and of its letter n-grams (n = 3 to 5).

    N-grams tell the network that "icy" is near "ice" though it never saw the word (Bojanowski et
    al. 2017). CRC-32 is the hash because it is the same everywhere and for ever.
    """
    framed = f"<{word}>"
    grams = [framed[i : i + n] for n in (3, 4, 5) for i in range(len(framed) - n + 1)]
    return [zlib.crc32(piece.encode()) % BUCKETS for piece in [framed, *grams]]


class TextTrunk(nn.Module):
    """Hashed words and n-grams, then two transformer blocks, then the mean over words.

    It is distilled from a general sentence encoder of 384 dimensions.
    """

    meaning = 384
    width = 128

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.EmbeddingBag(BUCKETS, self.width, mode="mean")
        self.positions = nn.Parameter(0.02 * torch.randn(MAX_WORDS, self.width))
        self.blocks = nn.ModuleList(Block(self.width, 4) for _ in range(2))
        self.norm = nn.LayerNorm(self.width)
        self.out = nn.Linear(self.width, self.meaning)

    def forward(self, texts: Sequence[str]) -> Tensor:
        """Embed B texts to (B, 384) of unit length.

        Raises:
            InputError: One is too long.
        """
        # Padding must not change a meaning, so texts of one length go through together.
        words = [words_of(text) for text in check_lengths(texts)]
        meanings = self.out.weight.new_empty(len(texts), self.meaning)
        for length in sorted({len(w) for w in words}):
            chosen = [i for i, w in enumerate(words) if len(w) == length]
            meanings[chosen] = self._embed([words[i] for i in chosen])
        return meanings

    def _embed(self, words: list[list[str]]) -> Tensor:
        bags = [pieces_of(word) for row in words for word in row]
        offsets = torch.tensor([0] + [len(bag) for bag in bags[:-1]]).cumsum(0)
        flat = torch.tensor([piece for bag in bags for piece in bag])
        device = self.out.weight.device
        tokens = self.pieces(flat.to(device), offsets.to(device)).view(len(words), -1, self.width)
        tokens = tokens + self.positions[: tokens.shape[1]]
        for block in self.blocks:
            tokens = block(tokens)
        return F.normalize(self.out(self.norm(tokens).mean(1)), dim=-1)
