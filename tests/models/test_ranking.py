"""The bundled text encoder ranks the looks for a text."""

from __future__ import annotations

import pytest

from semcs.looks.matching import match
from semcs.looks.phrases import phrases
from semcs.models.families import load_family
from semcs.models.ranking import look_ranker


@pytest.fixture(scope="module")
def rank():
    return look_ranker(load_family("bundled", "cpu").clip)


def test_every_look_has_a_score_and_a_name_its_own(rank):
    scores = rank("stained glass")
    assert set(scores) == set(phrases())
    assert all(0 <= score <= 1 for score in scores.values())
    assert max(scores, key=scores.get) == "stained glass"
    assert scores["stained glass"] == pytest.approx(1, abs=1e-4)


def test_a_match_takes_it(rank):
    text = "the season when foliage drops and turns to flame"
    assert match(text, rank).names == ("autumn",)
    assert not match("insurance", rank).looks


def test_the_ranker_of_any_encoder_stays_in_range(tiny_family):
    assert all(0 <= score <= 1 for score in look_ranker(tiny_family.clip)("gold").values())
