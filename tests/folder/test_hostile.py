"""Files that no folder should hold: each is refused in one line, or painted; none stops the run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.folder.hostile_files import hostile_files
from semcs.folder.listing import find_pictures
from semcs.folder.painting import paint_file
from semcs.folder.task import Products, Task

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names that others don't allow")
FILES = {os.fsdecode(one.name): one for one in hostile_files()}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    for one in FILES.values():
        one.write(folder)
    return folder


@pytest.fixture
def paint(hostile, tmp_path):
    """Has one file painted, and gives its row and where the output belongs."""

    def paint(name):
        output = tmp_path / f"{os.path.splitext(name)[0]}.png"
        options = {"style": "blue", "preset": "instant"}
        source = os.path.join(hostile, name)
        return paint_file(
            Task(
                *(name, source, str(tmp_path), output.name, options),
                *(Products(), "bundled", "cpu", "0" * 64),
            )
        ), output

    return paint


def names(*ends):
    return [pytest.param(n, id=ascii(n[:40])) for n, one in FILES.items() if one.end in ends]


def test_forty_are_no_pictures():
    ends = [one.end for one in FILES.values()]
    assert (ends.count("refused") + ends.count("unread"), len(ends)) == (40, 58)


@pytest.mark.parametrize("name", names("refused", "unread"))
def test_what_is_no_picture_fails_in_one_line_and_leaves_nothing(name, paint, tmp_path):
    row, _ = paint(name)
    assert (row.status, row.output_hash) == ("failed", None)
    assert row.error.isprintable()
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize("name", names("right"))
def test_pictures_are_painted_whatever_their_names_and_metadata(name, paint):
    row, output = paint(name)
    assert (row.status, row.error) == ("done", None)
    with Image.open(output) as image:
        assert image.size == (96, 96)
        image.load()


@pytest.mark.parametrize("name", names("either"))
def test_pictures_that_readers_disagree_on_are_whole_or_fail(name, paint):
    row, output = paint(name)
    assert output.exists() == (row.status == "done")


def test_no_pipes_folders_or_lost_links_are_listed(hostile):
    listing = find_pictures(hostile)
    taken = {found.name for found in listing.found}
    assert taken == {name for name, one in FILES.items() if one.end != "unread"}
    assert [name for name, _ in listing.unreadable] == ["itself.jpg", "nowhere.png"]


def test_nothing_in_them_is_done(hostile):
    for folder in (hostile, hostile.parent, Path.cwd(), Path.cwd().parent):
        assert not [name for name in os.listdir(folder) if name.startswith("escaped")]
