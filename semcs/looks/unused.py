"""What of a text has no part in the picture: told, so that nothing is dropped unsaid."""

from __future__ import annotations

from collections.abc import Collection

from semcs.looks.described import EMPTY, index
from semcs.looks.reading import Reading
from semcs.looks.spans import Span, Word
from semcs.looks.words import stem

CLEARLY = 0.5  # certainty from which a name that isn't painted counts as left out


def left_out(reading: Reading, chosen: Collection[str]) -> tuple[str, ...]:
    """Looks that a text names clearly, that it doesn't deny, and that weren't chosen."""
    clear = [hit.look for hit in reading.looks if hit.certainty >= CLEARLY]
    return tuple(
        look
        for look in dict.fromkeys(clear)
        if look not in chosen and look not in reading.denied and look not in reading.metals
    )


def unused_words(reading: Reading, chosen: Collection[str]) -> tuple[str, ...]:
    """Words that say something, but nothing of the looks, colours and light that were found."""
    skipped = {hit.color for hit in reading.colors if hit.of_a_thing} if chosen else set()
    return tuple(
        dict.fromkeys(
            word.raw
            for span in reading.spans
            for word in span.words
            if word.folded not in EMPTY and not _is_used(span, word, chosen, skipped)
        )
    )


def _is_used(span: Span, word: Word, chosen: Collection[str], skipped: Collection[str]) -> bool:
    if span.meaning == "color":
        return span.value not in skipped
    if span.meaning in ("light", "shade", "negation", "filler") or span.value in chosen:
        return True
    return bool(index().weights.get(stem(word.folded), {}).keys() & chosen)
