"""Any text at all is read in bounded work, always alike, and what isn't read or painted is told."""

from __future__ import annotations

import tracemalloc
import unicodedata
from dataclasses import replace

import numpy as np
import pytest
from counting import calls_during
from hypothesis import given, settings
from hypothesis import strategies as st

import semcs
from semcs.errors import InputError
from semcs.looks.matching import MOST_LETTERS, Match, match
from semcs.looks.phrases import known_names, phrases
from semcs.looks.public import find

THINGS = (
    "house tree river mountain bridge car boat bird dog cat horse cow sheep pig goat hill lake "
    "road street field garden roof wall"
)
MEGABYTE = 1_000_000
MOST_CALLS = 3_000_000  # of functions, for one text: half a second

NAMES = sorted({*phrases(), *(name for table in known_names().values() for name in table)})
SAID = [*NAMES, "dark", "blue", "and", "without", "a picture of", "house", "xqzv", "Picasso's"]


@pytest.fixture(scope="module", autouse=True)
def _tables_are_read() -> None:
    match("a house in snow")
    outcome("xqzv")  # for which names like it are looked for


def nothing_of_the_text(found: Match) -> Match:
    return replace(found, text="")


def outcome(text: str) -> Match | str:
    """What `find` gives, or the line that says why it can't."""
    try:
        return find(text)
    except InputError as error:
        return str(error)


class TestNothingIsKnown:
    @pytest.mark.parametrize(
        "text", ["水墨画", "золото", "🦄", "!!!", "مرحبا", "12345", "a picture of золото", "①"]
    )
    def test_it_is_told(self, text):
        found = match(text)
        assert not found.understood
        assert not found.looks
        assert found.unknown
        with pytest.raises(InputError, match="no look is near"):
            semcs.looks.render(np.zeros((8, 8, 3), np.uint8), text)

    def test_a_name_written_in_parts_is_known(self):
        found = match("sn ow")
        assert found.names == ("snow",)
        assert found.understood
        assert found.unknown == ()

    def test_filler_that_says_something_is_understood(self):
        assert match("an old portrait").understood


class TestWhatIsLeftOut:
    @pytest.mark.parametrize("look", phrases())
    def test_a_name_at_the_end_of_many_words_is_painted(self, look):
        found = match(f"{THINGS} in {look}")
        assert look in found.names

    @pytest.mark.parametrize("look", ["gold", "snow", "mosaic", "watercolor"])
    def test_many_words_that_describe_nothing_hide_no_name(self, look):
        assert match(f"{THINGS} in {look}").names == (look,)

    def test_among_words_that_describe_no_look_at_all(self):
        assert match(f"{' '.join(f'xq{n}zv' for n in range(12))} sn ow").names == ("snow",)

    def test_a_long_description_stays_one(self):
        text = (
            "a window of leaded panes of coloured glass with saints and lead lines in a cathedral"
        )
        assert match(text).names == ("stained glass",)

    def test_a_name_beside_a_description_is_told(self, caplog):
        found = find("the smell of a Parisian advertisement with a lady and lilies by Mucha")
        assert found.names == ("art nouveau",)
        assert found.left_out == ("flowers",)
        assert "left out: flowers" in caplog.text

    def test_more_looks_than_are_painted(self):
        found = match("mosaic, stained glass, gold, snow and marble")
        named = {"mosaic", "stained glass", "gold", "snow", "marble"}
        assert len(found.looks) == 3
        assert {*found.names, *found.left_out} == named
        (line,) = found.told()
        assert all(name in line for name in found.left_out)

    def test_what_is_denied_is_not_left_out(self):
        assert match("marble without gold").left_out == ()

    @pytest.mark.parametrize(
        ("text", "unknown"),
        [
            ("gold made of flurbium", "flurbium"),
            ("a xqzv mosaic after Brfl", "xqzv brfl"),
            ("dark blue flurbium", "flurbium"),
        ],
    )
    def test_an_unknown_part_is_told(self, text, unknown, caplog):
        find(text)
        assert [one.getMessage() for one in caplog.records] == [
            f"in {text!r} nothing is known of {unknown!r}"
        ]

    @pytest.mark.parametrize(
        "text", ["gold beneath it", "snow by whom", "mosaic, as if it weren't 3"]
    )
    def test_grammar_is_no_unknown_part(self, text, caplog):
        find(text)
        assert not caplog.records

    def test_many_unknown_words_are_told_in_one_line(self):
        (line,) = match("gold " + " ".join(f"xqzv{number}" for number in range(90))).told()
        assert len(line) < 200

    @pytest.mark.parametrize("text", ["a snowy oil painting", "blue and gold", "pencil on paper"])
    def test_nothing_is_told_where_all_is_painted(self, text, caplog):
        found = find(text)
        assert (found.unused, found.left_out, found.told()) == ((), (), ())
        assert not caplog.records

    @pytest.mark.parametrize(
        ("text", "unused"),
        [
            ("a xqzv mosaic", ("xqzv",)),
            ("a toothbrush in the snow", ("toothbrush",)),
            ("a red car in the snow", ("red", "car")),
            ("a dark blue watercolour of a stapler", ("stapler",)),
        ],
    )
    def test_words_that_had_no_part(self, text, unused):
        assert match(text).unused == unused

    def test_words_of_a_description_had_a_part(self):
        assert "brush" not in match("big soft brush strokes like in a Monet").unused

    def test_an_encoder_reads_every_word(self):
        ranks = {name: 0.95 if name == "silk" else 0.1 for name in phrases()}
        found = match("what brides of old might have shimmered in", lambda _: ranks)
        assert found.names == ("silk",)
        assert found.unused == found.unknown


class TestLength:
    @pytest.mark.parametrize(
        "text",
        [
            "a" * MEGABYTE,
            "snow " * (MEGABYTE // 5),
            "xqzv " * 100_000,
            "e" + "\u0301" * MEGABYTE,
            " " * MEGABYTE + "snow",
            "\ufdfa" * MOST_LETTERS,  # one letter that stands for 18
            "q" * MOST_LETTERS,
            " ".join(f"abcdef{number}" for number in range(100)),
            "\0\x1b\u202e" * 300 + "snow",
            "🦄" * MOST_LETTERS,
            "_'" * 500,
        ],
        ids=range(11),
    )
    def test_work_and_memory_are_bounded(self, text):
        tracemalloc.start()
        try:
            match(text)
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert most < 32 * MEGABYTE
        assert calls_during(lambda: outcome(text)) < MOST_CALLS
        found = outcome(text)
        assert isinstance(found, Match) or len(found) < 300

    def test_a_long_text_is_cut_between_words(self):
        found = match("golden leaf " * 1000)
        assert found.cut
        assert found.text == ("golden leaf " * 83).strip()
        assert "the first 995 letters" in found.told()[0]
        assert not match("snow").cut

    def test_what_paints_refuses_it(self):
        with pytest.raises(InputError, match="7,000 letters: at most 1,000 are read"):
            find("golden " * 1000)

    @pytest.mark.parametrize("text", [None, 3, b"snow", ["snow"]])
    def test_no_text(self, text):
        for read in (match, find):
            with pytest.raises(InputError):
                read(text)


class TestSpelling:
    @pytest.mark.parametrize(
        ("text", "plain"),
        [
            ("Salvador Dalí", "salvador dali"),
            ("Hokusaï", "hokusai"),
            ("ｓｎｏｗ", "snow"),
            ("ﬂowers on ﬁre", "flowers on fire"),
            ("Van Gogh’s", "van gogh"),
            ("Van Goghʼs", "van gogh"),
            ("Van Gogh＇S", "van gogh"),
            ("ukiyo\u2011e", "ukiyo-e"),
            ("water\u2013colour", "watercolor"),
            ("sno\u00adw", "snow"),
            ("\u202esnow\u202c", "snow"),
            ("sn\0ow", "snow"),
            ("mosaic\u200d", "mosaic"),
            ("MOSAİC", "mosaic"),
            ("łeaves", "leaves"),
        ],
    )
    def test_one_way_to_write_it_is_as_good_as_another(self, text, plain):
        assert match(plain).looks
        assert nothing_of_the_text(match(text)) == nothing_of_the_text(match(plain))

    @pytest.mark.parametrize(
        ("british", "american"),
        [
            ("watercolour", "watercolor"),
            ("colour field painting", "color field painting"),
            ("grey", "gray"),
            ("aluminium", "aluminum"),
            ("jewellery", "jewelry"),
            ("coloured pencils", "colored pencils"),
            ("a sombre theatre", "a somber theater"),
            ("harbour", "harbor"),
            ("grey woollen fibre", "gray wool fiber"),
        ],
    )
    def test_british_is_american(self, british, american):
        one, other = match(british), match(american)
        assert (one.looks, one.light, one.sureness) == (other.looks, other.light, other.sureness)
        assert [c.rgb for c in one.colors] == [c.rgb for c in other.colors]

    @given(st.data(), st.lists(st.sampled_from(SAID), min_size=1, max_size=5))
    @settings(max_examples=150, deadline=None)
    def test_a_text_is_read_as_its_plain_letters(self, data, parts):
        plain = " ".join(parts)
        change = st.sampled_from([str, str.upper, accented, wide, with_unseen])
        fancy = "".join(data.draw(change)(letter) for letter in plain).replace("fi", "ﬁ")
        assert nothing_of_the_text(match(fancy)) == nothing_of_the_text(match(folded(fancy)))
        assert nothing_of_the_text(match(fancy)) == nothing_of_the_text(match(plain))


def accented(letter: str) -> str:
    return f"{letter}\u0301\u0328" if letter.isalpha() else letter


def wide(letter: str) -> str:
    return chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter


def with_unseen(letter: str) -> str:
    return f"\u200d{letter}\u00ad" if letter.isalpha() else letter


def folded(text: str) -> str:
    """By the Unicode standard alone: compatible forms, no marks, no format characters, no case."""
    parted = unicodedata.normalize("NFKD", text)
    kept = [c for c in parted if unicodedata.category(c) not in ("Mn", "Cf")]
    return unicodedata.normalize("NFKC", "".join(kept)).casefold()


ANY_TEXT = st.one_of(
    st.text(st.characters(), max_size=60),  # lone surrogates among them
    st.text("aeé'’-&_ \0\t🦄水ﬁ\u0301\u202e\u200d", max_size=1100),
    st.lists(st.sampled_from([*SAID, "no", "or", "!!!", "золото"]), max_size=300).map(" ".join),
)


class TestAnyText:
    @given(ANY_TEXT)
    @settings(max_examples=300, deadline=None)
    def test_it_gives_a_match_by_bounded_work_and_the_same_again(self, text):
        assert calls_during(lambda: match(text)) < MOST_CALLS
        found = match(text)
        assert match(text) == found
        assert {*found.left_out}.isdisjoint(found.names)
        assert found.understood or not (found.looks or found.colors or found.light)
        assert found.understood or not (found.left_out or found.sureness)
        found.describe().encode()
        str(found.as_dict()).encode()

    @given(ANY_TEXT)
    @settings(max_examples=150, deadline=None)
    def test_find_gives_one_too_or_says_why_not(self, text):
        assert calls_during(lambda: outcome(text)) < MOST_CALLS
        found = outcome(text)
        assert found == match(text) or (isinstance(found, str) and "\n" not in found)
        str(found).encode()

    @given(
        st.lists(st.sampled_from(SAID), min_size=1, max_size=9).map(" ".join),
        st.text(" \t\n\r\v\f\x85\xa0\u2003\u2028\u3000", min_size=1, max_size=4),
    )
    @settings(max_examples=100, deadline=None)
    def test_white_space_is_white_space(self, text, space):
        assert match(space + space.join(text.split()) + space) == match(text)
