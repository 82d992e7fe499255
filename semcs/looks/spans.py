"""A text cut into phrases, each with what it means beside the others."""

from __future__ import annotations

from dataclasses import dataclass

from semcs.looks.lexicon import GENERIC_NAMES, OTHER_MEANINGS, SIDE_MEDIA, Entry, lexicon
from semcs.looks.phrases.kinds import KINDS, MANNERS
from semcs.looks.words import ARTICLES, fold, forms, mend, raw_words

DENIED_WITHIN = 3  # words after "without" in which it denies what is named


@dataclass(frozen=True)
class Word:
    """A word as typed, as the tables have it, and whether anything is known of it."""

    raw: str
    folded: str
    known: bool


@dataclass(frozen=True)
class Span:
    """A phrase of a text, and its entry in the lexicon where it has one."""

    entry: Entry | None
    words: tuple[Word, ...]

    @property
    def meaning(self) -> str:
        """As of its entry, or "word"."""
        return self.entry.meaning if self.entry else "word"

    @property
    def value(self) -> str:
        """The look, colour or light that it names, or denies; "" for none."""
        return self.entry.value if self.entry else ""

    @property
    def key(self) -> str:
        """Its words written as one, as the lexicon has them."""
        return "".join(word.folded for word in self.words)


def spans_of(text: str) -> list[Span]:
    """The phrases of a text in their order, articles left out."""
    words = [_word(raw) for raw in raw_words(text) if raw not in ARTICLES]
    return _with_denials(_with_filler(_with_other_meanings(_longest_phrases(words))))


def _word(raw: str) -> Word:
    known, folded = lexicon(), fold(raw)
    if folded in known.understood or folded in known.entries:
        return Word(raw, folded, True)
    for form in forms(folded):
        if form in known.words:
            return Word(raw, form, True)
    meant = mend(folded, known.words)
    is_number = folded.isdecimal() and folded.isascii()
    return Word(raw, meant or folded, meant is not None or is_number)


def _longest_phrases(words: list[Word]) -> list[Span]:
    """Words cut into the phrases that say most: long ones rather than many, filler aside."""
    longest = lexicon().longest
    # For the words from each place on: how much they say, how few spans they are, the first span.
    best: list[tuple[int, int, Span | None]] = [(0, 0, None)] * (len(words) + 1)
    for at in range(len(words) - 1, -1, -1):
        choices = []
        for count in range(1, min(longest, len(words) - at) + 1):
            span = _span(tuple(words[at : at + count]))
            if span is not None:
                worth, spans, _ = best[at + count]
                choices.append((worth + _worth(span), spans - 1, span))
        best[at] = max(choices, key=lambda choice: choice[:2])
    cut, at = [], 0
    while at < len(words):
        span = best[at][2]
        assert span is not None
        cut.append(span)
        at += len(span.words)
    return cut


def _span(words: tuple[Word, ...]) -> Span | None:
    """These words as one phrase; None where several are none."""
    entry = lexicon().entries.get("".join(word.folded for word in words))
    if entry is None and len(words) == 1:
        entry = _form_of(words[0])
    return Span(entry, words) if entry or len(words) == 1 else None


def _worth(span: Span) -> int:
    if span.meaning in ("word", "filler"):
        return 0
    alone = [lexicon().entries.get(word.folded) for word in span.words]
    return max(1, sum(entry is None or entry.meaning != "filler" for entry in alone)) ** 2


def _form_of(word: Word) -> Entry | None:
    found = (lexicon().entries.get(form) for form in forms(word.folded))
    return next((e for e in found if e and e.meaning in ("look", "color")), None)


def _with_other_meanings(spans: list[Span]) -> list[Span]:
    """Words such as "lavender" as colours or lights, before a look or after a shade."""
    changed = []
    for before, span, after in zip([None, *spans], spans, [*spans[1:], None]):
        word = span.words[0].folded
        other = OTHER_MEANINGS.get(word) if len(span.words) == 1 else None
        shaded = before is not None and before.meaning in ("shade", "light")
        painted = after is not None and after.meaning in ("look", "color")
        if other and span.meaning == "look" and (shaded or painted):
            tinting = after is not None and after.meaning == "color" and other == "light"
            span = Span(Entry("shade" if tinting else other, word), span.words)  # type: ignore[arg-type]
        changed.append(span)
    return changed


def _with_filler(spans: list[Span]) -> list[Span]:
    """Words such as "painting" as filler, where another word names a look."""
    looks = [span for span in spans if span.meaning == "look"]
    generic = [span for span in looks if span.key in GENERIC_NAMES]
    named = [span for span in looks if span not in generic]
    media = [s for s in named if KINDS[s.value] in MANNERS and s.key not in SIDE_MEDIA]

    def is_filler(span: Span) -> bool:
        return bool((span in generic and named) or (span.key in SIDE_MEDIA and media))

    return [Span(Entry("filler"), s.words) if is_filler(s) else s for s in spans]


def _with_denials(spans: list[Span]) -> list[Span]:
    """What follows "without" or "no", and "or" after that, as denied."""
    kept: list[Span] = []
    left = 0
    for span in spans:
        if span.meaning == "negation":
            left = DENIED_WITHIN
        elif left and span.meaning in ("look", "color", "light"):
            span = Span(Entry("negation", span.value), span.words)
            left = 0
        elif span.words[0].folded == "or" and kept and kept[-1].meaning == "negation":
            left = DENIED_WITHIN
        else:
            left = max(0, left - 1)
        kept.append(span)
    return kept
