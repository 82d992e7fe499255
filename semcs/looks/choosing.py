"""Which looks a text is taken for: those that it names, or the one that it describes best."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from semcs.looks.described import likeness, stems
from semcs.looks.reading import Reading

MOST_LOOKS = 3
NAMED = 0.5  # sureness of its names under which a text is taken as a description
MANY_WORDS, LEAST_SHARE = 10, 1 / 3  # of so many words, a description takes this share
CLEAR = 0.7  # certainty of a name from which it tells more than many words that say little
HIT_WEIGHT = 2.0  # what a name in a description adds to its likeness
RANK_WEIGHT = 8.0  # of a rank's score beside the likeness
RANK_UNDER = 0.9  # sureness of words alone above which no rank is asked

Rank = Callable[[str], Mapping[str, float]]


@dataclass(frozen=True)
class Found:
    """Looks with their weights, and how surely they are meant, 0 to 1.

    Attributes:
        looks: Weights by name.
        sureness: How likely these are what is meant.
        ranked: Whether a text encoder, which reads every word, had a say.
    """

    looks: dict[str, float]
    sureness: float
    ranked: bool = False


def choose(text: str, reading: Reading, rank: Rank | None) -> Found:
    """The looks that a text names or, where that leaves doubt, the one that it describes."""
    by_name = _named(reading)
    in_doubt = by_name.sureness < NAMED or reading.is_description
    if not (reading.understood and reading.has_other_words and in_doubt):
        return by_name
    amid_many = _named_amid_many(reading)
    if amid_many is not None:
        return amid_many
    by_description = _described(text, reading, rank)
    return by_description if by_description.sureness >= by_name.sureness else by_name


def _named(reading: Reading) -> Found:
    """Looks that the text names, the clearest few, and how much of the text they are."""
    evidence: dict[str, float] = {}
    for hit in reading.looks:
        evidence[hit.look] = max(evidence.get(hit.look, 0.0), hit.certainty)
    if not evidence:
        return Found({}, 0.0)
    best = max(evidence.values())
    share = reading.coverage
    sureness = best ** (1 - share) * (0.4 + 0.6 * share) * (0.75 + 0.25 * best)
    # In a longer text, words that are common in it name no second look beside a clear one.
    least = best * (0.45 if reading.coverage > 0.7 else 0.75)
    chosen = sorted(evidence, key=lambda name: -evidence[name])[:MOST_LOOKS]
    return Found(
        {n: evidence[n] for n in evidence if n in chosen and evidence[n] >= least}, sureness
    )


def _named_amid_many(reading: Reading) -> Found | None:
    """Looks that are named clearly among many words of which few describe any one look.

    Some of many words fit some look by chance: "in gold" at the end of them isn't "grass".
    """
    clear = {hit.look: hit.certainty for hit in reading.looks if hit.certainty >= CLEAR}
    said = stems(reading.described)
    if not clear or len(said) < MANY_WORDS:
        return None
    most = max((count for _, count in likeness(reading.described).values()), default=0)
    if most >= LEAST_SHARE * len(said):
        return None
    chosen = sorted(clear, key=lambda name: -clear[name])[:MOST_LOOKS]
    return Found({name: clear[name] for name in clear if name in chosen}, max(clear.values()))


def _described(text: str, reading: Reading, rank: Rank | None) -> Found:
    """The look that the text describes best.

    The weights of sureness come from logistic regressions, on descriptions left out one by one and
    on the first half of `benchmarks/asked.csv`, and were set by hand from there.
    """
    found = likeness(reading.described)
    scores = {name: score for name, (score, _) in found.items()}
    for hit in reading.looks:
        scores[hit.look] = scores.get(hit.look, 0.0) + HIT_WEIGHT * hit.certainty
    for name in reading.denied:
        scores.pop(name, None)
    best, lead = _first(scores)
    count = min(found[best][1], 4) if best in found else 0
    sureness = _logistic(0.45 * scores.get(best, 0.0) + 0.4 * lead + 0.5 * count - 4.4)
    if rank is None or sureness > RANK_UNDER:
        return Found({best: 1.0} if best else {}, sureness if best else 0.0)
    ranked = {name: score for name, score in rank(text).items() if name not in reading.denied}
    together = {
        name: scores.get(name, 0.0) + RANK_WEIGHT * ranked.get(name, 0.0)
        for name in {*scores, *ranked}
    }
    best, lead = _first(together)
    if not best:
        return Found({}, 0.0)
    score = scores.get(best, 0.0)
    sureness = _logistic(0.8 * score + 0.25 * lead + 9.0 * ranked.get(best, 0.0) - 8.4)
    return Found({best: 1.0}, sureness, ranked=True)


def _first(scores: Mapping[str, float]) -> tuple[str, float]:
    """The name with the highest score, and its lead on the next; "" where there is none."""
    ranking = sorted(scores, key=lambda name: (-scores[name], name))[:2]
    if not ranking:
        return "", 0.0
    return ranking[0], scores[ranking[0]] - (scores[ranking[1]] if len(ranking) > 1 else 0.0)


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))
