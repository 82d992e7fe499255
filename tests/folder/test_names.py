"""Names of outputs: the pictures' own, each once, and the same ones whatever comes later."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semcs import InputError
from semcs.folder.names import FORMS, folded, output_name, output_names, owners
from semcs.image.files import format_of

FREE = owners([])


@pytest.mark.parametrize(
    ("name", "form", "expected"),
    [
        ("2024/a.jpg", None, "2024/a.jpg"),
        ("a.JPG", None, "a.JPG"),
        ("a.tif", None, "a.tif"),
        ("a.jfif", None, "a.jpg"),
        ("a.heic", None, "a.png"),
        ("a.gif", None, "a.png"),
        ("a", None, "a.png"),
        ("scan.2024", None, "scan.2024.png"),
        ("a.b/c", None, "a.b/c.png"),
        ("a.jpg", "png", "a.png"),
        ("a.PNG", "png", "a.PNG"),
        ("a.jpeg", "jpeg", "a.jpeg"),
        ("a.png", "jpeg", "a.jpg"),
        ("a.png", "WebP", "a.webp"),
        ("a.tif", "tiff", "a.tif"),
        ("a.png", "tiff", "a.tiff"),
        ("a.png", "avif", "a.avif"),
        ("a.png", "bmp", "a.bmp"),
        ("sch\udcf6n.heic", None, "sch\udcf6n.png"),
    ],
)
def test_the_name_stays_and_the_extension_says_the_format(name, form, expected):
    assert output_name(name, form, FREE) == expected


@pytest.mark.parametrize("form", FORMS)
def test_the_extension_is_that_of_the_format(form):
    assert format_of(output_name("a.heic", form, FREE)) == form.upper()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("/data/a.jpg", "data/a.jpg"),
        ("../a.jpg", "a.jpg"),
        ("../../b/../a.jpg", "a.jpg"),
        ("x/../../a.jpg", "a.jpg"),
        ("./a.jpg", "a.jpg"),
        ("a..jpg", "a..jpg"),
    ],
)
def test_outputs_stay_within_their_folder(name, expected):
    assert output_name(name, None, FREE) == expected


@pytest.mark.parametrize("form", ["gif", "", ".png", "jpg"])
def test_other_formats_are_refused(form):
    with pytest.raises(InputError, match=r"format is .*: choose from png, jpeg, webp"):
        output_names(["a.jpg"], form, FREE)


class TestWhereTwoWouldBeTheSame:
    @pytest.mark.parametrize("names", [["a.jpg", "a.png"], ["a.png", "a.jpg"]])
    def test_the_one_whose_own_extension_fits_has_it(self, names):
        given = dict(zip(names, output_names(names, "png", FREE)))
        assert given == {"a.png": "a.png", "a.jpg": "a.jpg.png"}

    def test_both_stay_where_each_keeps_its_format(self):
        assert output_names(["a.jpg", "a.png"], None, FREE) == ["a.jpg", "a.png"]

    def test_a_counter_comes_last(self):
        names = ["a.gif", "a.heic", "a.heic.png"]
        assert output_names(names, "png", FREE) == ["a.png", "a.heic-2.png", "a.heic.png"]

    def test_case_alone_tells_none_apart(self):
        given = output_names(["A.jpg", "a.jpg", "a.JPG"], None, FREE)
        assert given == ["A.jpg", "a.jpg-2.jpg", "a.JPG.jpg"]

    @pytest.mark.parametrize(
        ("one", "other"), [("Ä.jpg", "ä.jpg"), ("\u00e4.jpg", "a\u0308.jpg"), ("ß.png", "SS.png")]
    )
    def test_nor_do_two_ways_to_write_a_letter(self, one, other):
        assert folded(one) == folded(other)

    def test_the_same_picture_has_one_output(self):
        assert output_names(["a.jpg", "a.jpg"], None, FREE) == ["a.jpg", "a.jpg"]


class TestKept:
    def test_what_has_a_name_keeps_it(self):
        taken = owners([("a.png", "a.jpg")])
        assert output_names(["a.png", "a.jpg"], "png", taken) == ["a.png.png", "a.png"]

    def test_also_where_the_better_one_has_become_free(self):
        taken = owners([("a.jpg.png", "a.jpg")])
        assert output_name("a.jpg", "png", taken) == "a.jpg.png"

    def test_a_counter_is_kept(self):
        taken = owners([("a.jpg-2.png", "a.jpg"), ("a.png", "b"), ("a.jpg.png", "c")])
        assert output_name("a.jpg", "png", taken) == "a.jpg-2.png"

    def test_outputs_of_pictures_that_arent_listed_now_arent_taken(self):
        assert output_name("A.jpg", None, owners([("a.jpg", "a.jpg")])) == "A.jpg.jpg"


class TestFilesBeside:
    @staticmethod
    def masks(output):
        return [f"{output.rpartition('.')[0]}.mask.png"]

    def test_are_nobody_elses_output(self):
        names = ["a.png", "a.mask.png"]
        given = output_names(names, None, FREE, beside=self.masks)
        assert given == ["a.png.png", "a.mask.png"]

    def test_are_one_pictures_alone(self):
        given = output_names(["a.jpg", "a.png"], None, FREE, beside=self.masks)
        assert given == ["a.jpg", "a.png.png"]

    def test_those_written_before_are_taken(self):
        taken = owners([("a.png", "a.png"), ("a.mask.png", "a.png")])
        given = output_names(["a.mask.png", "a.png"], None, taken, beside=self.masks)
        assert given == ["a.mask.png.png", "a.png"]


NAMES = st.lists(
    st.builds(
        "".join,
        st.tuples(
            st.sampled_from(["", "d/"]),
            st.sampled_from(["a", "A", "b", "a.jpg", "a.png", "a.jpg-2"]),
            st.sampled_from([".png", ".PNG", ".jpg", ".jpeg", ".gif", ".heic", ""]),
        ),
    ),
    unique=True,
)
FORM = st.sampled_from([None, "png", "jpeg"])


class TestAnyListing:
    @settings(max_examples=50, deadline=None)
    @given(NAMES, FORM, st.randoms(use_true_random=False))
    def test_outputs_differ_and_the_order_doesnt_matter(self, names, form, rng: random.Random):
        given = dict(zip(names, output_names(names, form, FREE)))
        assert len({output.lower() for output in given.values()}) == len(names)
        if form is not None:
            assert {format_of(output) for output in given.values()} <= {form.upper()}
        shuffled = rng.sample(names, len(names))
        assert dict(zip(shuffled, output_names(shuffled, form, FREE))) == given

    @settings(max_examples=50, deadline=None)
    @given(NAMES, NAMES, FORM)
    def test_names_stay_when_the_listing_grows(self, names, more, form):
        first = dict(zip(names, output_names(names, form, FREE)))
        everything = sorted({*names, *more})
        taken = owners([(output, name) for name, output in first.items()])
        grown = dict(zip(everything, output_names(everything, form, taken)))
        assert first.items() <= grown.items()
        assert len({output.lower() for output in grown.values()}) == len(everything)
