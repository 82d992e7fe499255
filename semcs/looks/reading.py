"""A text read word by word: which names of looks, colours and lights are in it, and where."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from semcs.looks.lexicon import LAST_RESORTS, MERE_MEANS, OTHERWISE, OWN_COLORS, Entry, lexicon
from semcs.looks.phrases.kinds import KINDS, MANNERS
from semcs.looks.phrases.palette import BASIC_COLORS, SHADES
from semcs.looks.words import ARTICLES, fold, forms, mend, raw_words

LEAST_TOLD, MOST_NAMED = 2, 0.7  # words besides names, and share of names, of a description
DENIED_WITHIN = 3  # words after "without" in which it denies what is named


@dataclass(frozen=True)
class LookHit:
    """A name of a look, and how clearly it asks for it."""

    look: str
    clear: float


@dataclass(frozen=True)
class ColorHit:
    """A colour, and the words before it that change it."""

    color: str
    shades: tuple[str, ...] = ()
    of_a_thing: bool = False
    """Whether it is the colour of the thing named after it: "a red car"."""

    @property
    def name(self) -> str:
        """As the text has it: "dark blue"."""
        return " ".join((*self.shades, self.color))


@dataclass
class Reading:
    """What was found in a text, in its order."""

    looks: list[LookHit] = field(default_factory=list)
    colors: list[ColorHit] = field(default_factory=list)
    light: tuple[str, ...] = ()
    denied: set[str] = field(default_factory=set)
    metals: tuple[str, ...] = ()
    """Metals said beside a colour, as in "blue and gold"."""
    side_by_side: bool = False
    """Whether two looks are said with "and" between them."""
    coverage: float = 0.0
    """Share of the words, filler left out, that name looks, colours or light."""
    share_of_tints: float = 0.0
    """Share of the words, filler left out, that name colours or light."""
    unknown: tuple[str, ...] = ()
    understood: bool = False
    """Whether anything is known of any word."""
    said: str = ""
    """Its words, those of compounds that name no look left out."""
    describes: bool = False
    """Whether there are words besides those that name something."""
    tells: bool = False
    """Whether those are many."""


@dataclass(frozen=True)
class _Word:
    raw: str
    folded: str
    known: bool


@dataclass(frozen=True)
class _Span:
    entry: Entry | None
    words: tuple[_Word, ...]

    @property
    def meaning(self) -> str:
        return self.entry.meaning if self.entry else "word"

    @property
    def value(self) -> str:
        return self.entry.value if self.entry else ""


def read(text: str) -> Reading:
    """Find everything that is named in a text."""
    words = [_word(raw) for raw in raw_words(text)]
    spans = _denials(_last_resorts(_otherwise(_spans([w for w in words if w.raw not in ARTICLES]))))
    reading = Reading()
    reading.unknown = tuple(dict.fromkeys(w.raw for s in spans for w in s.words if not w.known))
    reading.understood = any(word.known for word in words if word.raw not in ARTICLES)
    if not reading.understood:
        reading.unknown = tuple(dict.fromkeys(raw_words(text) or text.split()))
    _collect(reading, spans)
    return reading


def _word(raw: str) -> _Word:
    known, folded = lexicon(), fold(raw)
    if folded in known.understood or folded in known.entries:
        return _Word(raw, folded, True)
    for form in forms(folded):
        if form in known.words:
            return _Word(raw, form, True)
    meant = mend(folded, known.words)
    is_number = folded.isdecimal() and folded.isascii()
    return _Word(raw, meant or folded, meant is not None or is_number)


def _spans(words: list[_Word]) -> list[_Span]:
    """Words cut into the phrases that say most: long ones rather than many, filler aside."""
    longest = lexicon().longest
    # For the words from each place on: how much they say, how few spans they are, the first span.
    best: list[tuple[int, int, _Span | None]] = [(0, 0, None)] * (len(words) + 1)
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


def _span(words: tuple[_Word, ...]) -> _Span | None:
    """These words as one phrase; None where several are none."""
    entry = lexicon().entries.get("".join(word.folded for word in words))
    if entry is None and len(words) == 1:
        entry = _form_of(words[0])
    return _Span(entry, words) if entry or len(words) == 1 else None


def _worth(span: _Span) -> int:
    if span.meaning in ("word", "filler"):
        return 0
    alone = [lexicon().entries.get(word.folded) for word in span.words]
    return max(1, sum(entry is None or entry.meaning != "filler" for entry in alone)) ** 2


def _form_of(word: _Word) -> Entry | None:
    found = (lexicon().entries.get(form) for form in forms(word.folded))
    return next((e for e in found if e and e.meaning in ("look", "color")), None)


def _otherwise(spans: list[_Span]) -> list[_Span]:
    """Words such as "lavender", which before a look or after a shade are a colour."""
    changed = []
    for before, span, after in zip([None, *spans], spans, [*spans[1:], None]):
        word = span.words[0].folded
        other = OTHERWISE.get(word) if len(span.words) == 1 else None
        shaded = before is not None and before.meaning in ("shade", "light")
        painted = after is not None and after.meaning in ("look", "color")
        if other and span.meaning == "look" and (shaded or painted):
            tinting = after is not None and after.meaning == "color" and other == "light"
            span = _Span(Entry("shade" if tinting else other, word), span.words)  # type: ignore[arg-type]
        changed.append(span)
    return changed


def _last_resorts(spans: list[_Span]) -> list[_Span]:
    """Words such as "painting" name a look only where nothing else does."""
    looks = [span for span in spans if span.meaning == "look"]
    plain = [span for span in looks if _key(span) in LAST_RESORTS]
    named = [span for span in looks if span not in plain]
    media = [s for s in named if KINDS[s.value] in MANNERS and _key(s) not in MERE_MEANS]

    def is_filler(span: _Span) -> bool:
        return bool((span in plain and named) or (_key(span) in MERE_MEANS and media))

    return [_Span(Entry("filler"), s.words) if is_filler(s) else s for s in spans]


def _key(span: _Span) -> str:
    return "".join(word.folded for word in span.words)


def _denials(spans: list[_Span]) -> list[_Span]:
    """What follows "without" or "no", and "or" after that, is denied."""
    kept: list[_Span] = []
    left = 0
    for span in spans:
        if span.meaning == "negation":
            left = DENIED_WITHIN
        elif left and span.meaning in ("look", "color", "light"):
            span = _Span(Entry("negation", span.value), span.words)
            left = 0
        elif span.words[0].folded == "or" and kept and kept[-1].meaning == "negation":
            left = DENIED_WITHIN
        else:
            left = max(0, left - 1)
        kept.append(span)
    return kept


def _collect(reading: Reading, spans: list[_Span]) -> None:
    shades: list[str] = []
    light: list[str] = []
    weights = {"look": 0, "tint": 0, "word": 0}
    for at, span in enumerate(spans):
        after = spans[at + 1] if at + 1 < len(spans) else None
        if span.meaning in ("shade", "light") and _shade_of(span) and _reaches_color(spans, at):
            shades.append(_shade_of(span))
            weights["tint"] += 1
            continue
        if span.meaning == "look":
            assert span.entry is not None
            templated = at > 0 and spans[at - 1].meaning == "filler"
            clear = span.entry.clear if not templated else max(span.entry.clear, 0.7)
            reading.looks.append(LookHit(span.value, clear))
            weights["look"] += len(span.words)
        elif span.meaning == "color":
            of_a_thing = after is not None and after.meaning in ("word", "nothing")
            weights["tint"] += 1
            finer_before = at > 0 and spans[at - 1].meaning == "color"
            if finer_before and span.value in BASIC_COLORS - {spans[at - 1].value}:
                finer = reading.colors.pop()  # "emerald green" is one colour
                reading.colors.append(replace(finer, of_a_thing=of_a_thing))
            else:
                reading.colors.append(ColorHit(span.value, tuple(shades), of_a_thing))
        elif span.meaning in ("light", "shade"):
            light.append(span.value if span.meaning == "light" else _LIGHT_OF.get(span.value, ""))
            weights["tint"] += 1
        elif span.meaning == "negation" and span.value:
            reading.denied.add(span.value)
        elif span.meaning in ("word", "nothing"):
            weights["word"] += len(span.words)
        shades = []
    reading.light = tuple(dict.fromkeys(word for word in light if word))
    total = max(1, sum(weights.values()))
    reading.coverage = (weights["look"] + weights["tint"]) / total
    reading.share_of_tints = weights["tint"] / total
    reading.describes = any(span.meaning == "word" for span in spans)
    reading.said = " ".join(w.folded for s in spans if s.meaning != "nothing" for w in s.words)
    reading.tells = weights["word"] >= LEAST_TOLD and reading.coverage < MOST_NAMED
    joined = [spans[i : i + 3] for i in range(len(spans) - 2)]
    for first, middle, last in joined:
        if middle.words[0].folded != "and" or len(middle.words) > 1:
            continue
        pair = {first.meaning, last.meaning}
        reading.side_by_side |= pair == {"look"}
        if pair == {"look", "color"}:
            metal = first.value if first.meaning == "look" else last.value
            reading.metals += (metal,) if metal in OWN_COLORS else ()


_LIGHT_OF = {"light": "bright", "deep": "dark", "rich": "vivid", "neon": "", "faded": "muted",
             "dusty": "muted", "electric": "vivid", "fluorescent": "vivid", "pastel": "pastel",
             "lighter": "bright", "icy": "cold", "dirty": "muted"}  # fmt: skip


def _shade_of(span: _Span) -> str:
    """The shade that a word before a colour stands for, as the table has it."""
    return _key(span) if _key(span) in SHADES else ""


def _reaches_color(spans: list[_Span], at: int) -> bool:
    """Whether a colour follows, with nothing but shades between."""
    for span in spans[at + 1 :]:
        if span.meaning == "color":
            return True
        if not _shade_of(span):
            return False
    return False
