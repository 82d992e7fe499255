"""Words of a text: split, brought to one spelling, mistyped ones mended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+", re.UNICODE)
LEAST_MENDED = 6  # letters: shorter words are one letter from too many others
MOST_MENDED = 30  # letters: no word of the tables is as long

ARTICLES = frozenset({"a", "an", "the"})
NEGATIONS = frozenset(
    {"without", "no", "not", "never", "except", "minus", "nor", "non", "sans", "dont"}
)

FILLER = frozenset(
    """
    in of by with and or on at to from for as like into over under it its is are be being this
    that these those my your his her our their me i we you he she them us style styled styles
    stylized manner look looks looking looked effect filter texture textured textures version
    design made make makes making maker painted paint paints paintings drawn draw done created
    create using used use work works artwork artworks art artist artistic picture pictures image
    images photo photos photograph photographs photography portrait scene scenes background
    foreground rendering render rendered print printed print covered cover full everywhere
    everything all turned turn turning carved built build out very really quite so too bit
    little lot lots some any just please want would can could should highly detailed detail
    details beautiful nice good great cool amazing lovely pretty gorgeous stunning awesome
    masterpiece best quality high hd 4k 8k ultra realistic famous inspired type kind sort thing
    things something somewhat esque ish era period century time times age classic traditional
    typical theme themed aesthetic vibe vibes feel feeling mood atmosphere atmospheric inside
    along across around between which who what where when how there here then than but if was
    were has have had do does did get gets got give gives put apply add adds turn show shows
    showing color colors colored tone tones tint tinted shade shades hue hues palette light
    lighting lights one two piece pieces lots closeup close up view day work appearance appears
    appear seem seems seen sees see convert transform transformed transformation same similar
    resembling resemble depicting depicted depiction impression reminiscent via through more
    less most much many few also only even still again old new big large small huge tiny
    """.split()  # noqa: SIM905
)
"""Words that say nothing of the look when others do."""

_SPELLINGS = {
    "grey": "gray", "greyish": "grayish", "greys": "gray", "aluminium": "aluminum",
    "theatre": "theater", "fibre": "fiber", "sombre": "somber", "lustre": "luster",
    "ocher": "ochre", "centre": "center", "jewellery": "jewelry", "cosy": "cozy",
    "mould": "mold", "pyjamas": "pajamas", "tyre": "tire", "moulded": "molded",
    "modelling": "modeling", "woollen": "wool", "woolen": "wool", "golden": "gold",
    "wooden": "wood", "silken": "silk", "leaves": "leaf", "wolves": "wolf", "knives": "knife",
    "vermillion": "vermilion", "fuschia": "fuchsia", "fuscia": "fuchsia", "mosaik": "mosaic",
    "impressionistic": "impressionism",
    "catalogue": "catalog", "programme": "program", "colourful": "colorful",
}  # fmt: skip

_KEPT = frozenset({"glass", "brass", "grass", "moss", "canvas", "bus", "gas", "christmas", "atlas"})

_REAL_WORDS = frozenset(
    """
    dessert sliver cooper chopper wooded broken broker slower plaster cattle pastor master poster
    garble stable gather father mother lather strike strikes cradle create window widow pointed
    bright flight bundle riddle ruffle police polite palace pallet monday racket pocket letter
    heather slowed planes marvels crayfish flavor bubbled smoker planter charter ballot
    striker cartoons glances princess winner dinner singer finger ginger stones pearls spices
    """.split()  # noqa: SIM905
)
"""English words one letter from a word of the tables, that mean themselves."""


def split(text: str) -> list[str]:
    """The words of a text: lower case, accents folded, British as American, singular."""
    return [fold(word) for word in raw_words(text)]


def raw_words(text: str) -> list[str]:
    """The words of a text as typed, but in lower case and without accents."""
    plain = re.sub(r"'s\b|'(?=t\b)", "", _plain(text).replace("&", " and "))
    return WORD.findall(plain)


def _plain(text: str) -> str:
    """A text in lower case, of plain letters: no accents, ligatures, or characters unseen.

    Unseen are control characters, and those of format such as soft hyphens, joiners and marks of
    direction: with them or without them, a word is the same.
    """
    seen = "".join(" " if c.isspace() else c for c in text if c.isspace() or not _is_unseen(c))
    split_up = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", seen).casefold())
    bare = "".join(c for c in split_up if not unicodedata.combining(c) and not _is_unseen(c))
    return bare.translate(_LETTERS)


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Mn", "Me")


_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict.fromkeys("’ʼ‘`´′＇ʹʻ", "'")
)


def fold(word: str) -> str:
    """One spelling and number of a word in lower case."""
    word = _SPELLINGS.get(word, word)
    if len(word) > 5 and "our" in word[2:]:
        word = re.sub(r"our(?=$|s$|ed$|ing$|ful$|ist$|less$|pencil|field|block|wash)", "or", word)
    return _singular(word)


def _singular(word: str) -> str:
    is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    if len(word) < 4 or word in _KEPT or not is_plural:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def forms(word: str) -> Iterable[str]:
    """Other words that a folded one may be a form of: "marbly", "cubist", "mossed", "oaken"."""
    for ending, starts in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            root = word[: -len(ending)]
            yield from (root + start for start in starts)
            if root[-1] == root[-2] and "" in starts:
                yield root[:-1]


_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("istic", ("ism",)), ("ist", ("ism",)), ("esque", ("", "o")), ("like", ("",)),
    ("ish", ("", "e")), ("ed", ("", "e")), ("ing", ("", "e")), ("en", ("", "e")),
    ("y", ("", "e")), ("s", ("",)), ("es", ("",)),
)  # fmt: skip


def mend(word: str, known: frozenset[str]) -> str | None:
    """The known long word that is one typing error away, where there is one."""
    if not LEAST_MENDED <= len(word) <= MOST_MENDED:
        return None
    if word in _REAL_WORDS or not word.isascii():
        return None
    found = sorted(near for near in _edits(word) if near in known and near[0] == word[0])
    return found[0] if found else None


def _edits(word: str) -> Iterable[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    yield from (left + right[1:] for left, right in cuts if right)
    yield from (left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1)
    yield from (left + c + right[1:] for left, right in cuts if right for c in letters)
    yield from (left + c + right for left, right in cuts for c in letters)


def stem(word: str) -> str:
    """The root that forms of a folded word share, for comparing descriptions."""
    for ending in ("ational", "fulness", "ations", "ation", "ingly", "edly", "iness", "istic",
                   "ness", "ment", "ings", "ing", "ists", "ist", "ism", "ed", "ly", "er", "est",
                   "en", "y", "e"):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            root = word[: -len(ending)]
            if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz":
                root = root[:-1]
            return root
    return word
