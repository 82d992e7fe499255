from __future__ import annotations

import json

import numpy as np
import pytest

from semcs.errors import InputError
from semcs.models.region_words import KINDS
from semcs.training.region_labels import (
    MIXED,
    SegmentWords,
    held_out_paths,
    read_labels,
    write_labels,
)
from semcs.training.region_segments import SEGMENTS

SEGMENTS_SEEN = np.repeat(np.arange(4, dtype=np.uint8), 25).reshape(10, 10)


@pytest.fixture(scope="module")
def labels():
    return read_labels()


def test_all_photos_have_a_word_for_every_segment(labels):
    assert len(labels) == 771
    assert {len(words) for words, _ in labels.values()} == {SEGMENTS}
    used = {word for words, _ in labels.values() for word in words}
    assert used - {MIXED} <= set(KINDS)
    assert {"sky", "water", "grass", "person", "face", "food"} <= used
    for path, (_, sizes) in labels.items():
        assert abs(sum(sizes) - 100) <= SEGMENTS / 2, path


def test_pixels_get_the_words_of_their_segments():
    words = SegmentWords(("sky", MIXED, "grass", "sky"), (25, 25, 25, 25))
    found = words.pixel_labels(SEGMENTS_SEEN)
    sky, grass = KINDS.index("sky"), KINDS.index("grass")
    expected = np.choose(SEGMENTS_SEEN, [sky, 255, grass, sky])
    np.testing.assert_array_equal(found, expected)


def test_other_segments_do_not_fit():
    words = SegmentWords(("sky",) * 4, (25, 25, 25, 25))
    assert words.fit(SEGMENTS_SEEN)
    moved = SEGMENTS_SEEN.copy()
    moved[0, 0] = 3  # a hundredth of the photo
    assert words.fit(moved)
    moved[0, 1] = 3
    assert not words.fit(moved)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (["sky heaven", "50 50"], "'heaven' is none of sky"),
        (["sky sky", "50 25 25"], "2 words for 3 segments"),
    ],
)
def test_wrong_files_are_refused(entry, said, tmp_path):
    file = tmp_path / "labels.json"
    file.write_text(json.dumps({"a.jpg": entry}))
    with pytest.raises(InputError, match=r"labels\.json, a\.jpg: .*" + said):
        read_labels(file)


def test_what_is_written_is_read(tmp_path):
    labels = {
        "a.jpg": SegmentWords(("sky", MIXED), (40, 60)),
        "b.jpg": SegmentWords(("car",), (9,)),
    }
    write_labels(labels, tmp_path / "labels.json")
    assert read_labels(tmp_path / "labels.json") == labels


def test_every_ninth_photo_is_held_out_but_no_cutout(labels):
    paths, held = list(labels), held_out_paths(labels)
    assert len(held) == 77
    for index, path in enumerate(paths):
        assert (path in held) == (index % 9 == 4 and not path.startswith("cutouts/"))
