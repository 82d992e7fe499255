"""What of a text has no part in the picture: told, so that nothing is dropped unsaid."""

from __future__ import annotations

from collections.abc import Collection

from semcs.looks.described import EMPTY, index
from semcs.looks.reading import Reading
from semcs.looks.spans import Span, Word
from semcs.looks.words import FILLER, NEGATIONS, stem

CLEARLY = 0.5  # certainty from which a name that isn't painted counts as left out

_JOINING = """
    about above after again against almost already although am amid among another anybody anyone
    anything anywhere apart aren't away because before behind below beneath beside besides
    beyond both cannot can't came come comes couldn't despite didn't doesn't doing down during
    each either else enough ever every everybody everyone going goes gone hadn't hasn't haven't
    having hers herself himself however if instead isn't itself ive lets may maybe might mine
    must myself near need needs neither next nobody none nothing nowhere off often once onto or
    other others ought ours ourselves out own per perhaps rather said says shall shouldn't since
    somebody someone somewhere such sure themselves therefore though thus till together toward
    towards unless until up upon us wasn't weren't whatever whenever wherever whether while
    whilst whoever whom whose why within won't wouldn't yes yet yours yourself
"""

GRAMMAR = FILLER | NEGATIONS | {*_JOINING.replace("'", "").split()}
"""Words that join others and ask for nothing by themselves."""


def without_grammar(words: Collection[str]) -> tuple[str, ...]:
    """The words that say something, of some in lower case."""
    return tuple(word for word in words if word not in GRAMMAR)


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
