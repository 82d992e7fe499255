"""`Paint` without Ray: a class that is called with batches."""

import json

import numpy as np
import pytest
from PIL import Image

import semcs
from semcs.cluster import Paint
from semcs.cluster.stage import rows_of
from semcs.errors import InputError
from semcs.folder.faults import OutputError
from semcs.image import encode

pa = pytest.importorskip("pyarrow", reason="pyarrow isn't installed")
pandas = pytest.importorskip("pandas", reason="pandas isn't installed")

STYLES = {"fg": "gold", "bg": "snow", "preset": "instant"}


def test_pictures_are_written_as_the_library_paints_them(photos, tmp_path):
    paint = Paint(str(tmp_path / "out"), source=str(photos), also=["mask"], **STYLES)
    rows = paint({"path": np.array(["0.png", "more/1.png"])}).to_pylist()
    assert [row["status"] for row in rows] == ["done", "done"]
    assert [row["output"] for row in rows] == ["0.png", "more/1.png"]
    assert rows[1]["others"] == ["more/1.mask.png"]
    expected = semcs.stylize(photos / "more/1.png", models="bundled", device="cpu", **STYLES)
    assert (tmp_path / "out/more/1.png").read_bytes() == encode(
        expected, format="PNG", metadata="private"
    )
    assert Image.open(tmp_path / "out/more/1.mask.png").size == (48, 32)


def test_a_pictures_failure_is_a_row(photos, tmp_path):
    paint = Paint(str(tmp_path / "out"), source=str(photos), **STYLES)
    table = paint(
        {
            "path": np.array(["broken.png", "missing.png", "0.png", "0.png", "a\0.png"]),
            "strength": np.array([1, 1, 9, 1, 1]),
            "fg": np.array(["gold"] * 5),
        }
    )
    rows = table.to_pylist()
    assert [row["status"] for row in rows] == ["failed", "failed", "failed", "done", "failed"]
    assert "strength is 9" in rows[2]["error"]
    assert "No such file" in rows[1]["error"]
    assert all(
        row["error"] and "\n" not in row["error"] for row in rows if row["status"] == "failed"
    )
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["0.png"]


def test_a_photo_that_cannot_be_read_is_compared_by_what_the_manifest_says(tmp_path):
    """Else each run would try it again."""
    paint = Paint(str(tmp_path / "out"), source=str(tmp_path), **STYLES)
    row, _ = paint.paint({"path": "missing.png", "source_size": 7, "source_mtime": 8})
    assert (row.status, row.source_size, row.source_mtime) == ("failed", 7, 8)


def test_bytes_can_come_in_and_go_out(photos):
    """As in `ray.data.read_binary_files`, whose columns are `bytes` and `path`."""
    data = (photos / "0.png").read_bytes()
    table = Paint(format="webp", scores=True, **STYLES)(
        {"path": ["s3://k/0.jpg", "s3://k/1.jpg"], "bytes": [data, b"no picture"], "label": [3, 4]}
    )
    assert table.schema.field("image").type == pa.large_binary()
    done, failed = table.to_pylist()
    assert done["image"][8:12] == b"WEBP"
    assert (done["name"], done["output"], done["source_size"]) == ("k/0.jpg", "k/0.webp", len(data))
    assert "agreement" in "".join(json.loads(done["scores"]))
    assert failed["image"] is None
    assert failed["status"] == "failed"


@pytest.mark.parametrize(
    "batch",
    [
        {"path": np.array(["a", "b"], object), "fg": np.array([None, "gold"], object)},
        pa.table({"path": ["a", "b"], "fg": pa.array([None, "gold"])}),
        pandas.DataFrame({"path": ["a", "b"], "fg": [None, "gold"]}),
        pandas.DataFrame({"path": ["a", "b"], "fg": [None, "gold"], "scale": [np.nan, np.nan]}),
    ],
)
def test_all_kinds_of_batches_are_read(batch):
    assert rows_of(batch) == [{"path": "a"}, {"path": "b", "fg": "gold"}]


def test_an_output_that_takes_nothing_more_ends_the_run(photos, tmp_path):
    """The next picture couldn't be written either."""
    (tmp_path / "out").mkdir(mode=0o500)
    paint = Paint(str(tmp_path / "out"), source=str(photos), **STYLES)
    import semcs.cluster.stage as stage

    def full(place, data):
        raise InputError("can't write") from OSError(28, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stage, "write_whole", full)
        with pytest.raises(OutputError, match="No space left"):
            paint({"path": ["0.png"]})


def test_files_beside_need_an_output():
    with pytest.raises(InputError, match="also is"):
        Paint(also=["mask"], **STYLES)


def test_an_unknown_option_is_refused_before_any_picture():
    with pytest.raises(TypeError, match="tempo"):
        Paint("/out", tempo=1)
    with pytest.raises(InputError, match="strength is 9"):
        Paint("/out", strength=9)
