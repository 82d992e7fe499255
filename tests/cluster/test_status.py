"""Status rows as Parquet."""

import dataclasses

import pytest

from semcs.cluster.pieces import add_reasons
from semcs.cluster.status import known_rows, parts, read_table, schema, write_part
from semcs.errors import InputError
from semcs.folder.task import Row

pytest.importorskip("pyarrow", reason="pyarrow isn't installed")


def test_rows_come_back_as_they_were(tmp_path):
    row = Row(
        "a.jpg",
        "done",
        "a.png",
        "hash",
        "source",
        3,
        4,
        "output",
        5,
        None,
        0.5,
        None,
        {"x": 1.5},
        ("a.psd",),
    )
    write_part(
        str(tmp_path), "piece", [row, Row("b.jpg", "failed", "b.png", "hash", error="why")], 7
    )
    (part,) = parts(str(tmp_path))
    first, second = read_table(part).to_pylist()
    assert first == {
        **dataclasses.asdict(row),
        "scores": '{"x": 1.5}',
        "others": ["a.psd"],
        "run": 7,
    }
    assert (second["error"], second["source_size"], second["others"]) == ("why", None, [])
    assert [row["output"] for row in known_rows([part])] == ["a.png", "b.png"]


def test_a_task_that_is_done_again_leaves_one_file(tmp_path):
    for _ in range(2):
        write_part(str(tmp_path), "piece", [Row("a.jpg", "done", "a.png", "hash")], 7)
    assert len(parts(str(tmp_path))) == 1


def test_part_files_have_one_schema_whatever_their_rows_say(tmp_path):
    assert [field.name for field in schema()] == [one.name for one in dataclasses.fields(Row)]
    write_part(str(tmp_path), "empty", [], 7)
    assert read_table(parts(str(tmp_path))[0]).schema.names == [*schema().names, "run"]


def test_a_damaged_file_is_told_in_one_line(tmp_path):
    (tmp_path / ".semcs-status").mkdir()
    (tmp_path / ".semcs-status/a.parquet").write_bytes(b"no parquet")
    with pytest.raises(InputError, match="can't be read as Parquet"):
        known_rows(parts(str(tmp_path)))


def test_of_very_many_reasons_the_commonest_are_kept():
    from collections import Counter

    reasons = Counter()
    add_reasons(reasons, '{"common": 5}')
    for number in range(1000):
        add_reasons(reasons, f'{{"reason {number}": 1, "common": 1}}')
    assert reasons["common"] == 1005
    assert len(reasons) <= 200
