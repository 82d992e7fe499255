"""Listing a folder: pictures alone, by name, whatever else is in it."""

from __future__ import annotations

import fnmatch
import os
import re
import socket
import sys

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from PIL import Image

from semcs import InputError
from semcs.folder.listing import PICTURES, expression_of, find_pictures
from semcs.image.formats import READ_FORMATS

not_on_windows = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


def fill(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return folder


def names(folder, **options):
    return [found.name for found in find_pictures(folder, **options).found]


class TestWithoutPatterns:
    def test_pictures_are_listed_by_name_with_size_and_time(self, tmp_path):
        fill(tmp_path, "b.jpg", "a/z.png", "a.png", "a/b/c.WebP", "notes.txt", "README")
        listing = find_pictures(tmp_path)
        assert [found.name for found in listing.found] == [
            *("a.png", "a/b/c.WebP", "a/z.png", "b.jpg")
        ]
        assert (listing.ignored, listing.unreadable) == (2, [])
        for found in listing.found:
            status = (tmp_path / found.name).stat()
            assert (found.size, found.mtime) == (status.st_size, status.st_mtime_ns)
            with open(found.path, "rb") as file:
                assert file.read() == found.name.encode()

    def test_only_the_folder_itself_where_it_isnt_recursive(self, tmp_path):
        fill(tmp_path, "b.jpg", "a/z.png")
        assert names(tmp_path, recursive=False) == ["b.jpg"]

    def test_extensions_are_those_of_the_formats_that_are_read(self):
        Image.init()
        read = {*READ_FORMATS, "MPO", "DIB"}
        pillows = {end for end, name in Image.EXTENSION.items() if name in read - {"HEIF"}}
        assert pillows <= PICTURES
        assert PICTURES - pillows == {".heic", ".heif", ".hif"}

    def test_hidden_files_and_folders_are_left_out(self, tmp_path):
        fill(tmp_path, ".a.jpg", ".b.jpg.1.semcs-partial", ".semcs-folder/c.jpg", "d.jpg")
        listing = find_pictures(tmp_path)
        assert [found.name for found in listing.found] == ["d.jpg"]
        assert listing.ignored == 0

    def test_a_hidden_folder_is_listed_where_it_is_asked_for(self, tmp_path):
        assert names(fill(tmp_path / ".photos", "a.jpg")) == ["a.jpg"]

    @pytest.mark.parametrize("way", ["plain", "relative", "by a link"])
    def test_the_output_folder_is_skipped_however_it_is_named(self, tmp_path, monkeypatch, way):
        fill(tmp_path, "a.jpg", "sub/out/a.jpg", "out/a.jpg")
        out = str(tmp_path / "sub" / "out")
        if way == "relative":
            monkeypatch.chdir(tmp_path / "sub")
            out = "out"
        if way == "by a link":
            out = str(tmp_path / "link")
            os.symlink(tmp_path / "sub" / "out", out)
        assert names(tmp_path, leave_out=out) == ["a.jpg", "out/a.jpg"]

    def test_an_output_folder_that_isnt_there_yet_is_no_fault(self, tmp_path):
        assert names(fill(tmp_path, "a.jpg"), leave_out=str(tmp_path / "out")) == ["a.jpg"]


@not_on_windows
class TestLinksAndOthers:
    def test_links_to_files_are_followed_and_those_to_folders_arent(self, tmp_path):
        fill(tmp_path, "in/sub/a.jpg", "elsewhere/b.jpg")
        os.symlink(tmp_path / "elsewhere" / "b.jpg", tmp_path / "in" / "b.jpg")
        os.symlink(tmp_path / "elsewhere", tmp_path / "in" / "folder.jpg")
        os.symlink("..", tmp_path / "in" / "sub" / "loop")
        listing = find_pictures(tmp_path / "in")
        assert [found.name for found in listing.found] == ["b.jpg", "sub/a.jpg"]
        assert listing.found[0].size == len("elsewhere/b.jpg")

    def test_links_that_lead_nowhere_are_told(self, tmp_path):
        os.symlink("gone", tmp_path / "a.jpg")
        os.symlink("gone", tmp_path / "a.txt")
        os.symlink("b.jpg", tmp_path / "b.jpg")
        listing = find_pictures(tmp_path)
        assert (listing.found, listing.ignored) == ([], 0)
        assert [name for name, _ in listing.unreadable] == ["a.jpg", "b.jpg"]
        assert listing.unreadable[0][1] == "No such file or directory"

    def test_pipes_and_sockets_are_neither_opened_nor_listed(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)  # paths of sockets have to be short
        os.mkfifo("pipe.jpg")
        os.symlink("pipe.jpg", "link.jpg")
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("socket.png")
            listing = find_pictures(tmp_path)
        assert (listing.found, listing.ignored, listing.unreadable) == ([], 0, [])

    def test_names_that_arent_utf8_survive(self, tmp_path):
        raw = os.path.join(os.fsencode(tmp_path), b"sch\xf6n", b"\xff.jpg")
        os.mkdir(os.path.dirname(raw))
        with open(raw, "wb") as file:
            file.write(b"bytes")
        (found,) = find_pictures(tmp_path).found
        assert os.fsencode(found.name) == b"sch\xf6n/\xff.jpg"
        assert os.fsencode(found.path) == raw

    def test_folders_that_cant_be_listed_are_told_and_the_rest_is_listed(
        self, tmp_path, monkeypatch
    ):
        fill(tmp_path, "a.jpg", "sub/b.jpg")
        scandir = os.scandir

        def refuse(path):
            if path.endswith("sub"):
                raise PermissionError(13, "Permission denied", path)
            return scandir(path)

        monkeypatch.setattr(os, "scandir", refuse)
        listing = find_pictures(tmp_path)
        assert [found.name for found in listing.found] == ["a.jpg"]
        assert listing.unreadable == [("sub", "Permission denied")]


class TestPatterns:
    TREE = ("a.jpg", "b.png", "2024/c.jpg", "2024/d.png", "2024/05/e.png", "old/2024/f.png")
    CASES = (
        ("*.jpg", ["2024/c.jpg", "a.jpg"]),
        ("/*.jpg", ["a.jpg"]),
        ("2024/*.png", ["2024/d.png"]),
        ("2024/**/*.png", ["2024/05/e.png", "2024/d.png"]),
        ("**/2024/*.png", ["2024/d.png", "old/2024/f.png"]),
        ("2024/", ["2024/05/e.png", "2024/c.jpg", "2024/d.png"]),
        ("2024/**", ["2024/05/e.png", "2024/c.jpg", "2024/d.png"]),
        ("./2024/?.png", ["2024/d.png"]),
        ("[bd].png", ["2024/d.png", "b.png"]),
        ("[!b-e].*", ["a.jpg", "old/2024/f.png"]),
        ("*.JPG", []),
    )

    @pytest.mark.parametrize(("pattern", "expected"), CASES)
    def test_match_names_within_the_folder(self, tmp_path, pattern, expected):
        listing = find_pictures(fill(tmp_path, *self.TREE), patterns=[pattern])
        assert [found.name for found in listing.found] == expected
        assert listing.ignored == len(self.TREE) - len(expected)

    def test_any_of_them_is_enough_and_an_exclamation_mark_leaves_out(self, tmp_path):
        fill(tmp_path, *self.TREE)
        assert names(tmp_path, patterns=["*.jpg", "b.*"]) == ["2024/c.jpg", "a.jpg", "b.png"]
        assert names(tmp_path, patterns=["!2024/", "*.jpg"]) == ["a.jpg"]
        assert names(tmp_path, patterns=["!*.png"]) == ["2024/c.jpg", "a.jpg"]

    def test_a_pattern_with_an_extension_takes_any_file(self, tmp_path):
        fill(tmp_path, "a.jpg", "a.dat", "a.txt", "a")
        assert names(tmp_path, patterns=["*.dat"]) == ["a.dat"]
        assert names(tmp_path, patterns=["a"]) == ["a"]

    @pytest.mark.parametrize("pattern", ["a*", "**", "!b.jpg"])
    def test_one_that_says_no_extension_takes_pictures(self, tmp_path, pattern):
        assert names(fill(tmp_path, "a.jpg", "a.dat", "a"), patterns=[pattern]) == ["a.jpg"]

    @settings(deadline=None)
    @given(st.text("ab[]!-^*?\\.&|", min_size=1), st.text("ab[]!-^*?\\.&|", min_size=1))
    def test_match_parts_of_names_as_the_standard_library_does(self, pattern, name):
        matches = re.fullmatch(expression_of(pattern), name, re.DOTALL)
        try:
            expected = fnmatch.fnmatchcase(name, pattern)
        except re.error:  # Python 3.10 takes no range from high to low
            reject()
        assert bool(matches) == expected

    @pytest.mark.parametrize("patterns", ["*.jpg", ["*.jpg", 3], ["a", ""], ["!"], ["/"]], ids=repr)
    def test_others_are_refused(self, tmp_path, patterns):
        with pytest.raises(InputError, match=r"such as '\*.jpg'") as caught:
            find_pictures(tmp_path, patterns=patterns)
        assert "\n" not in str(caught.value)


class TestRefusals:
    def test_a_missing_folder(self, tmp_path):
        with pytest.raises(InputError, match=r"can't list folder '.*gone': No such file"):
            find_pictures(tmp_path / "gone")

    def test_a_file(self, tmp_path):
        with pytest.raises(InputError, match=r"can't list folder '.*a.jpg': Not a directory"):
            find_pictures(fill(tmp_path, "a.jpg") / "a.jpg")

    def test_a_name_that_no_file_can_have(self):
        with pytest.raises(InputError, match="can't list folder"):
            find_pictures("a\0b")
