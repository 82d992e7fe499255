"""The table of what came of a folder's pictures."""

from __future__ import annotations

import csv
import sys

import pytest

from semcs.errors import InputError
from semcs.folder.tables import write_table
from semcs.folder.task import Row

ROWS = [
    Row("b,1.jpg", "done", "b,1.png", "0", seconds=1.25, scores={"content": 0.5, "fg_rank": 3}),
    Row("a/ü\udcff.jpg", "failed", "a/ü.png", "0", seconds=0.5, error='no "sky"'),
    Row("c.jpg", "done", "c.png", "0", seconds=2.0, scores={"content": 0.25, "seam": -0.125}),
]
COLUMNS = ["name", "output", "status", "seconds", "error", "content", "fg_rank", "seam"]


def test_csv_has_a_line_for_each_picture_by_name(tmp_path):
    write_table(tmp_path / "table.csv", iter(ROWS))
    with open(tmp_path / "table.csv", newline="", encoding="utf-8") as file:
        assert [*csv.reader(file)] == [
            COLUMNS,
            ["a/ü\\udcff.jpg", "a/ü.png", "failed", "0.5", 'no "sky"', "", "", ""],
            ["b,1.jpg", "b,1.png", "done", "1.25", "", "0.5", "3", ""],
            ["c.jpg", "c.png", "done", "2.0", "", "0.25", "", "-0.125"],
        ]


def test_parquet_says_the_same_with_types(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    write_table(tmp_path / "table.parquet", iter(ROWS))
    table = parquet.read_table(tmp_path / "table.parquet")
    assert table.column_names == COLUMNS
    types = dict(zip(COLUMNS, map(str, table.schema.types)))
    assert types["error"] == "string"
    assert (types["seconds"], types["content"], types["fg_rank"]) == ("double", "double", "int64")
    first, second, third = table.to_pylist()
    assert (first["name"], first["error"]) == ("a/ü\\udcff.jpg", 'no "sky"')
    assert (first["content"], second["fg_rank"], third["seam"]) == (None, 3, -0.125)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_no_pictures_give_a_table_of_no_lines(ending, tmp_path):
    path = tmp_path / f"table.{ending}"
    if ending == "parquet":
        parquet = pytest.importorskip("pyarrow.parquet")
        write_table(path, [])
        assert parquet.read_table(path).column_names == COLUMNS[:5]
        assert [str(one) for one in parquet.read_table(path).schema.types][3] == "double"
    else:
        write_table(path, [])
        assert path.read_text() == "name,output,status,seconds,error\n"


def test_a_table_is_whole_or_as_it_was(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("old")

    class Interrupting:
        def __str__(self):
            raise KeyboardInterrupt

    rows = [*ROWS, Row("z.jpg", "done", "z.png", "0", scores={"content": Interrupting()})]
    with pytest.raises(KeyboardInterrupt):
        write_table(path, rows)
    assert path.read_text() == "old"
    assert [*tmp_path.iterdir()] == [path]


def test_without_pyarrow_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"pip install 'semcs\[parquet\]'"):
        write_table(tmp_path / "table.parquet", ROWS)
    write_table(tmp_path / "table.csv", ROWS)


def test_other_extensions_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"'\.xlsx': \.csv or \.parquet is allowed"):
        write_table(tmp_path / "table.xlsx", ROWS)
