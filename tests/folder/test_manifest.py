"""Manifests: what they say is read by its kind, and whatever is wrong is told with its line."""

from __future__ import annotations

import csv
import io
import json
import sys
from inspect import signature
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import semcs
from semcs import Click, InputError, Region
from semcs.folder.columns import COLUMNS
from semcs.folder.manifest import Entry, read_manifest

# Keywords that aren't plain data.
NOT_PLAIN = {"self", "image", "warm_start"}


@pytest.fixture
def read(tmp_path):
    """Writes a manifest and reads it."""

    def read(text, name="all.csv"):
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / name).write_bytes(data)
        return read_manifest(tmp_path / name)

    return read


@pytest.fixture
def read_json(read):
    return lambda *lines: read("\n".join(map(json.dumps, lines)), "all.jsonl")


@pytest.fixture
def read_parquet(tmp_path):
    """Writes a table of those lines and reads it."""
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    def read(*lines, **options):
        path = tmp_path / "all.parquet"
        parquet.write_table(pyarrow.Table.from_pylist([*lines]), path, **options)
        return read_manifest(path)

    return read


def refusal(read, *lines):
    with pytest.raises(InputError) as caught:
        read(*lines)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_columns_are_the_keywords_that_can_be_written_as_plain_data():
    keywords = set(signature(semcs.Stylizer.iterate).parameters) - NOT_PLAIN
    pictures = {"fg_image", "bg_image", "style_image"}
    assert COLUMNS.keys() == keywords | pictures | {"path", "output"}


class TestCsv:
    def test_cells_are_read_by_their_kind(self, read):
        entries = read(
            "path,output,fg,strength,size,invert_mask,seed\n"
            'a.jpg,x/a.png,"gold, shiny",0.5,256,true,9223372036854775807\n'
            "./2024//b.jpg,,snow,1,512.0,No,0\n"
        )
        assert entries == [
            Entry(
                "a.jpg",
                {
                    **{"fg": "gold, shiny", "strength": 0.5, "size": 256},
                    **{"invert_mask": True, "seed": 2**63 - 1},
                },
                "x/a.png",
                2,
            ),
            Entry(
                "2024/b.jpg",
                {"fg": "snow", "strength": 1.0, "size": 512, "invert_mask": False, "seed": 0},
                None,
                3,
            ),
        ]
        assert [type(value) for value in entries[1].options.values()] == [
            str,
            float,
            int,
            bool,
            int,
        ]

    def test_empty_cells_say_nothing(self, read):
        assert read("path,fg,seed\na.jpg, ,\n") == [Entry("a.jpg", {}, None, 2)]

    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
    @pytest.mark.parametrize("end", [b"\n", b"\r\n"])
    def test_however_programs_write_utf8(self, read, mark, end):
        lines = ["path,fg", "schön.jpg,金"]
        (entry,) = read(mark + end.join(line.encode() for line in lines))
        assert entry == Entry("schön.jpg", {"fg": "金"}, None, 2)

    def test_lines_are_those_of_the_file(self, read):
        entries = read('path,fg\n\n\na.jpg,"gold\nand silver"\nb.jpg,snow\n')
        assert [(entry.name, entry.line) for entry in entries] == [("a.jpg", 4), ("b.jpg", 6)]

    def test_spaces_behind_commas_are_left_out(self, read):
        (entry,) = read('path, fg, seed\na.jpg, "gold, shiny", 3\n')
        assert entry.options == {"fg": "gold, shiny", "seed": 3}

    def test_regions_are_json(self, read):
        (entry,) = read(
            'path,regions\na.jpg,"[{""mask"": ""sky"", ""style"": ""gold"", ""strength"": 0.5}]"\n'
        )
        (region,) = entry.options["regions"]
        assert (region.mask, region.style, region.strength) == ("sky", "gold", 0.5)

    @pytest.mark.parametrize("text", ["", "\n\n", "path,fg\n"])
    def test_nothing_in_it_is_no_fault(self, read, text):
        assert read(text) == []

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("path,colour\n", "line 1: unknown column 'colour': choose from path, output, style,"),
            ("path;fg\na.jpg;gold\n", "line 1: unknown column 'path;fg'"),
            ("path,fg,fg\n", "line 1: column fg is there twice"),
            ("path,fg\na.jpg\n", "line 2: 1 cells, where the header has 2"),
            ("path,fg\na.jpg,gold, shiny\n", "line 2: 3 cells, where the header has 2"),
            ('path,fg\na.jpg,"gold\nb.jpg,x\n', "line 2: isn't CSV: unexpected end of data"),
            ('path,fg\nb.jpg,x\na.jpg,"a"b\n', "line 3: isn't CSV: "),
            (b"path,fg\nsch\xf6n.jpg,gold\n", "line 2: isn't UTF-8"),
            ("path,fg\na.jpg,gold\n".encode("utf-16"), "line 1: isn't UTF-8"),
            ("fg\ngold\n", "line 2: path is empty"),
            ("path,fg\n,gold\n", "line 2: path is empty"),
            ("path,strength\na.jpg,2\n", "line 2: strength is 2.0: a number from 0 to 1 is"),
            ("path,strength\na.jpg,much\n", "strength is 'much': a number from 0 to 1 is allowed"),
            ("path,strength\na.jpg,nan\n", "strength is nan: a number from 0 to 1 is allowed"),
            ("path,scale\na.jpg,5\n", "scale is 5.0: a number from 0.25 to 4 is allowed"),
            ("path,size\na.jpg,31\n", "size is 31: a whole number from 32 to 8192 is allowed"),
            ("path,size\na.jpg,64.5\n", "size is 64.5: a whole number from 32 to 8192 is"),
            ("path,seed\na.jpg,-1\n", "seed is -1: a whole number from 0 to"),
            ("path,steps\na.jpg,²\n", "steps is '²': a whole number from 0 to 1000000 is"),
            ("path,max_seconds\na.jpg,-1\n", "max_seconds is -1.0: a number from 0 is allowed"),
            ("path,preset\na.jpg,best\n", "preset is 'best': choose from semcs, instant,"),
            ("path,rule\na.jpg,best\n", "rule is 'best': choose from cues, centre, border,"),
            ("path,invert_mask\na.jpg,x\n", "invert_mask is 'x': True or False is allowed"),
            ("path,fg\na.jpg,0.5 gold + snow\n", "fg mixes 'snow' without a weight"),
            ("path,regions\na.jpg,sky\n", "regions is 'sky': a list such as"),
            ("path,style,bg\na.jpg,gold,snow\n", "say one of style, fg and/or bg, and regions"),
            ("path,fg,fg_image\na.jpg,gold,b.png\n", "say one of fg and fg_image"),
            ("path,output\na.jpg,b.gif\n", "line 2: unknown extension '.gif'"),
            ("path,output\na.jpg,b\n", "line 2: unknown extension ''"),
            ("path,fg\na.jpg,x\nb.jpg,x\n./a.jpg,y\n", "line 4: 'a.jpg' is in line 2 as well"),
            ("path,output\na.jpg,x.png\nb.jpg,X.PNG\n", "line 3: 'X.PNG' is in line 2 as well"),
        ],
    )
    def test_faults_are_told_with_file_and_line(self, read, text, told):
        said = refusal(read, text)
        assert told in said
        assert "all.csv', line " in said

    @pytest.mark.parametrize(
        "output",
        [
            *("../x.png", "a/../../x.png", "/x.png", "..", "a/.hidden/x.png", ".x.png"),
            *("..\\x.png", "C:x.png", "C:/x.png", ".semcs-folder/x.png"),
        ],
    )
    def test_outputs_dont_leave_their_folder(self, read, output):
        said = refusal(read, f"path,output\na.jpg,{output}\n")
        assert "line 2: output is" in said
        assert "stays within the output folder" in said

    def test_outputs_are_names_as_they_will_be(self, read):
        entries = read("path,output\na.jpg,./x//a.png\nb.jpg,x/y/../b.png\n")
        assert [entry.output for entry in entries] == ["x/a.png", "x/b.png"]

    def test_one_picture_may_become_several(self, read):
        entries = read("path,output,fg\na.jpg,x.png,gold\na.jpg,y.png,snow\na.jpg,,ink\n")
        assert [entry.output for entry in entries] == ["x.png", "y.png", None]

    def test_pictures_may_be_anywhere(self, read, tmp_path):
        entries = read(f"path\n{tmp_path}/b.jpg\n../c.jpg\nlink/../d.jpg\n")
        assert [entry.name for entry in entries] == [
            *(f"{tmp_path}/b.jpg", "../c.jpg", "link/../d.jpg")
        ]


class TestJsonLines:
    def test_values_are_those_of_json(self, read, read_json):
        entries = read_json(
            {"path": "a.jpg", "bg": "snow", "detail": 1, "steps": 3, "invert_mask": False},
            {"path": "b.jpg", "bg": None, "output": None},
        )
        assert entries == [
            Entry(
                "a.jpg", {"bg": "snow", "detail": 1.0, "steps": 3, "invert_mask": False}, None, 1
            ),
            Entry("b.jpg", {}, None, 2),
        ]
        assert read('\n{"path": "a.jpg"}\n\n', "x.ndjson") == [Entry("a.jpg", {}, None, 2)]

    def test_pictures_and_masks_are_named_relative_to_the_manifest(self, read_json, tmp_path):
        (entry,) = read_json(
            {"path": "a.jpg", "fg_image": "art/b.png", "bg_image": "/c.png", "mask": "m.png"}
        )
        assert entry.options == {
            "fg": tmp_path / "art/b.png",
            "bg": Path("/c.png"),
            "mask": tmp_path / "m.png",
        }
        (entry,) = read_json({"path": "a.jpg", "style_image": "b.png"})
        assert entry.options == {"style": tmp_path / "b.png"}

    def test_names_that_arent_utf8(self, read):
        (entry,) = read(b'{"path": "sch\\udcf6n.jpg"}', "all.jsonl")
        assert entry.name == "sch\udcf6n.jpg"

    def test_regions_are_their_keywords(self, read_json, tmp_path):
        (entry,) = read_json(
            {
                "path": "a.jpg",
                "regions": [
                    {"mask": "the sky", "style": "gold", "scale": 2, "role": "background"},
                    {"mask": [30, 20.5], "style": "snow", "name": "dog", "avoid": None},
                    {"mask": "m/cat.PNG", "style_image": "art.jpg", "strength": 0.25},
                    {"mask": "rest"},
                ],
            }
        )
        first, second, third, last = entry.options["regions"]
        assert all(isinstance(region, Region) for region in entry.options["regions"])
        assert (first.mask, first.style, first.scale) == ("the sky", "gold", 2.0)
        assert first.role == "background"
        assert (second.mask, second.name, second.avoid) == (Click(30, 20.5), "dog", None)
        assert (third.mask, third.style) == (tmp_path / "m/cat.PNG", tmp_path / "art.jpg")
        assert third.strength == 0.25
        assert (last.mask, last.style) == ("rest", None)

    @pytest.mark.parametrize(
        ("regions", "told"),
        [
            ([], "regions is []: a list such as"),
            ({"mask": "sky"}, "regions is {'mask': 'sky'}: a list such as"),
            (["sky"], "a region is 'sky': an object such as"),
            ([{"mask": "sky", "colour": 1}], "unknown 'colour' of a region: choose from mask, "),
            ([{"mask": "sky", "_": 1}], "unknown '_' of a region"),
            ([{"style": "gold"}], "a region has no mask"),
            ([{"mask": 3}], "mask of a region is 3: words, a side, [x, y] or a mask's path is"),
            ([{"mask": [1, -2]}], "y of click is -2: a number from 0 is allowed"),
            ([{"mask": " "}], "mask of region is empty"),
            ([{"mask": "sky", "style": ["gold"]}], "style of a region is ['gold']: a text is"),
            ([{"mask": "sky", "style": "a", "style_image": "b"}], "say one of style and style_"),
            ([{"mask": "sky", "style": "1 a + b"}], "style of a region mixes 'b' without a weight"),
            ([{"mask": "sky", "strength": "1"}], "strength of sky is '1': a number from 0 to 1"),
            ([{"mask": "sky", "role": "x"}], "role of sky is 'x': choose from foreground, "),
        ],
    )
    def test_faults_of_regions(self, read_json, regions, told):
        assert f"line 1: {told}" in refusal(read_json, {"path": "a.jpg", "regions": regions})

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ('{"path": "a.jpg"', "isn't JSON: "),
            ('["a.jpg"]', "is ['a.jpg']: an object such as"),
            ("[" * 10**5, "isn't JSON: "),
            ('{"path": 3}', "path is 3: a file's path is allowed"),
            ('{"path": "a\\u0000b"}', "path is 'a\\x00b': a file's path is allowed"),
            ('{"path": "\\ud800"}', "path is '\\ud800': a file's path is allowed"),
            ('{"path": "a.jpg", "colour": null}', "unknown column 'colour'"),
            ('{"path": "a.jpg", "fg": ""}', "fg is empty: say how it should look"),
            ('{"path": "a.jpg", "fg": {"gold": 1}}', "fg is {'gold': 1}: a text is allowed"),
            ('{"path": "a.jpg", "seed": true}', "seed is True: a whole number from 0"),
            ('{"path": "a.jpg", "strength": "0.5"}', "strength is '0.5': a number from 0 to 1"),
            ('{"path": "a.jpg", "detail": NaN}', "detail is nan: a number from 0 to 1 is"),
            ('{"path": "a.jpg", "invert_mask": 1}', "invert_mask is 1: True or False is allowed"),
        ],
    )
    def test_faults_are_told_with_the_line(self, read, line, told):
        said = refusal(read, f'{{"path": "z.jpg"}}\n{line}\n', "all.jsonl")
        assert f"all.jsonl', line 2: {told}" in said


class TestParquet:
    def test_rows_are_read_as_json_lines_are(self, read_parquet):
        entries = read_parquet(
            {"path": "a.jpg", "fg": "gold", "seed": 3, "size": 512.0, "strength": 0.5},
            {"path": "b.jpg", "fg": None, "seed": None, "size": None, "strength": None},
        )
        options = {"fg": "gold", "seed": 3, "size": 512, "strength": 0.5}
        assert entries == [Entry("a.jpg", options, None, 1), Entry("b.jpg", {}, None, 2)]

    def test_regions_are_structures_or_json(self, read_parquet):
        regions = [{"mask": "sky", "style": "gold"}, {"mask": "rest", "strength": 0.5}]
        for said in (regions, json.dumps(regions)):
            (entry,) = read_parquet({"path": "a.jpg", "regions": said})
            first, second = entry.options["regions"]
            assert (first.mask, first.style, first.strength) == ("sky", "gold", 1.0)
            assert (second.mask, second.style, second.strength) == ("rest", None, 0.5)

    def test_rows_are_counted_across_groups(self, read_parquet):
        lines = [{"path": f"{number}.jpg", "seed": number} for number in range(9)]
        entries = read_parquet(*lines, row_group_size=2)
        assert [entry.line for entry in entries] == [*range(1, 10)]
        lines[7]["seed"] = -1
        assert "line 8: seed is -1" in refusal(lambda: read_parquet(*lines, row_group_size=2))

    def test_what_is_no_parquet_is_refused(self, read, read_parquet):
        assert "can't read manifest" in refusal(read, b"PAR1 and nothing else", "all.parquet")

    def test_pyarrow_is_asked_for_where_it_is_missing(self, read, monkeypatch):
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        assert "pip install 'semcs[parquet]'" in refusal(read, b"", "all.parquet")


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_missing_file_is_told(tmp_path, ending):
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    told = refusal(read_manifest, tmp_path / f"gone.{ending}")
    assert "can't read manifest" in told
    assert "No such file or directory" in told


def test_other_files_are_refused(read):
    assert "choose from .csv, .jsonl, .ndjson, .parquet" in refusal(read, "", "all.xlsx")


LINES = st.lists(
    st.fixed_dictionaries(
        {"path": st.from_regex(r"[a-zäß ,\"']{1,9}\.jpg", fullmatch=True)},
        optional={
            "fg": st.from_regex(r"[a-z,\"' \nä]*[a-z]", fullmatch=True),
            "strength": st.floats(0, 1),
            "seed": st.integers(0, 2**63 - 1),
            "preset": st.sampled_from(sorted(semcs.PRESETS)),
            "invert_mask": st.booleans(),
        },
    ),
    unique_by=lambda line: line["path"].strip().casefold(),
)


@settings(max_examples=40, deadline=None)
@given(LINES)
def test_all_kinds_say_the_same(tmp_path_factory, lines):
    folder = tmp_path_factory.mktemp("kinds")
    names = ["path", "fg", "strength", "seed", "preset", "invert_mask"]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(lines)
    (folder / "a.csv").write_bytes(text.getvalue().encode())
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    from_csv, from_json = (read_manifest(folder / name) for name in ("a.csv", "a.jsonl"))
    assert [entry.options for entry in from_csv] == [entry.options for entry in from_json]
    assert [entry.name for entry in from_json] == [line["path"] for line in lines]
    assert [entry.name for entry in from_csv] == [line["path"].strip() for line in lines]
    for entry, line in zip(from_json, lines):
        said = {name: value for name, value in line.items() if name not in ("path", "fg")}
        assert said.items() <= entry.options.items()
