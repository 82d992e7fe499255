"""Manifests of all kinds, and of a folder."""

import pytest

from semcs.cluster.manifests import of_file, of_folder
from semcs.errors import InputError

pa = pytest.importorskip("pyarrow", reason="pyarrow isn't installed")
parquet = pytest.importorskip("pyarrow.parquet")

ROWS = [{"path": "a.jpg", "fg": "gold"}, {"path": "s3://k/b.jpg", "strength": 0.5}]


def said(manifest):
    rows = [{k: v for k, v in row.items() if v is not None} for row in manifest.all_rows()]
    return manifest.count, rows


def test_csv_json_and_parquet_say_the_same(tmp_path):
    (tmp_path / "m.csv").write_text("path,fg,strength\na.jpg,gold,\ns3://k/b.jpg,,0.5\n")
    (tmp_path / "m.jsonl").write_text(
        '{"path": "a.jpg", "fg": "gold"}\n{"path": "s3://k/b.jpg", "strength": 0.5}\n'
    )
    parquet.write_table(pa.Table.from_pylist(ROWS[:1]), tmp_path / "m.parquet")
    (tmp_path / "many").mkdir()
    types = pa.schema([("path", pa.string()), ("fg", pa.string()), ("strength", pa.float64())])
    for number, row in enumerate(ROWS):
        table = pa.Table.from_pylist([row], schema=types)
        parquet.write_table(table, tmp_path / f"many/{number}.parquet")
    for name in ("m.csv", "m.jsonl", "many"):
        assert said(of_file(str(tmp_path / name))) == (2, ROWS), name
    assert said(of_file(f"file://{tmp_path}/m.parquet")) == (1, ROWS[:1])


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("m.csv", "path,colour\na.jpg,red\n", "unknown column 'colour'"),
        ("m.jsonl", "{broken\n", "line 1"),
        ("m.jsonl", '{"fg": "gold"}\n', "no column path"),
        ("m.parquet", "no parquet", "can't read manifest"),
        ("missing.csv", None, "can't read manifest"),
        ("missing.parquet", None, "can't read manifest"),
    ],
)
def test_what_is_wrong_is_said_before_any_work(tmp_path, name, text, fault):
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=fault):
        of_file(str(tmp_path / name))


def test_a_folders_manifest_has_an_output_of_its_own_for_each(tmp_path):
    for name in ("a.jpg", "a.png"):
        (tmp_path / name).write_bytes(b"12345")
    manifest = of_folder(str(tmp_path), str(tmp_path / "out"), "png", patterns=(), recursive=True)
    rows = list(manifest.all_rows())
    assert [row["output"] for row in rows] == ["a.jpg.png", "a.png"]
    assert [row["source_size"] for row in rows] == [5, 5]
