"""Files and objects by path or URI."""

import os

import pytest

from semcs.cluster import storage
from semcs.errors import InputError

pytest.importorskip("pyarrow", reason="pyarrow isn't installed")
fsspec = pytest.importorskip("fsspec", reason="fsspec isn't installed")


@pytest.fixture(params=["path", "file", "memory", "renaming"])
def folder(request, tmp_path, monkeypatch):
    """A folder of each kind: a path, a URI of this machine, an object store, a file server."""
    if request.param == "path":
        return str(tmp_path / "out put")
    if request.param == "file":
        return f"file://{tmp_path}/out%20put"
    if request.param == "renaming":
        monkeypatch.setattr(storage, "_OBJECT_STORES", frozenset())
    fsspec.filesystem("memory").store.clear()
    return "memory://bucket/out put"


def test_what_was_written_is_read_and_listed(folder):
    place = storage.join(folder, "a/b c.png")
    storage.write_whole(place, b"one")
    storage.write_whole(place, b"two")
    assert storage.read_whole(place) == b"two"
    assert storage.list_files(storage.join(folder, "a")) == [place]
    storage.remove_folder(storage.join(folder, "a"))
    storage.remove_folder(storage.join(folder, "a"))
    assert storage.list_files(storage.join(folder, "a")) == []


def test_what_cannot_be_read_is_said_in_one_line(folder):
    with pytest.raises(InputError, match=r"^the file can't be read: .*$|^can't read the file: .*$"):
        storage.read_whole(storage.join(folder, "missing.png"))


@pytest.mark.parametrize("stage", ["open_output_stream", "write", "move"])
def test_a_write_that_fails_leaves_what_was_there(stage, monkeypatch):
    """Whether a file server refuses the file, its bytes, or its new name."""
    monkeypatch.setattr(storage, "_OBJECT_STORES", frozenset())
    fsspec.filesystem("memory").store.clear()
    folder = "memory://bucket/output"
    place = storage.join(folder, "a.png")
    storage.write_whole(place, b"whole")
    system, path = storage.file_system(place)
    monkeypatch.setattr(
        storage, "_reached", lambda place, options="": (Failing(system, stage), path)
    )
    with pytest.raises(InputError, match="can't write the file: no more"):
        storage.write_whole(place, b"half")
    monkeypatch.setattr(storage, "_reached", lambda place, options="": (system, path))
    assert storage.read_whole(place) == b"whole"
    assert [*fsspec.filesystem("memory").store] == ["/bucket/output/a.png"]


class Failing:
    """A file system of which one operation fails."""

    def __init__(self, system, stage):
        self._system, self._stage = system, stage

    def __getattr__(self, name):
        if name == self._stage:
            return self._fail
        return getattr(self._system, name)

    def open_output_stream(self, path):
        if self._stage == "open_output_stream":
            self._fail()
        stream = self._system.open_output_stream(path)
        if self._stage == "write":
            stream.close()
            return Failing(stream, "write")
        return stream

    def _fail(self, *arguments):
        raise OSError("no more")


def test_an_object_is_put_once_and_under_its_own_name(monkeypatch):
    """A rename would be a second copy there."""
    opened = []
    put = storage._put
    monkeypatch.setattr(
        storage, "_put", lambda system, path, data: opened.append(path) or put(system, path, data)
    )
    storage.write_whole("memory://bucket/a.png", b"whole")
    assert [os.path.basename(path) for path in opened] == ["a.png"]


@pytest.mark.parametrize(
    ("place", "kind", "path"),
    [
        ("s3://bucket/a b/c%20d.jpg", "s3", "bucket/a b/c%20d.jpg"),
        ("gs://bucket/a#b?c.jpg", "gcs", "bucket/a#b?c.jpg"),
    ],
)
def test_stores_are_reached_by_pyarrow_and_names_are_taken_as_they_are(
    place, kind, path, monkeypatch
):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setattr(
        storage, "_system", lambda scheme, host, options: Named({"s3": "s3", "gs": "gcs"}[scheme])
    )
    system, found = storage.file_system(place)
    assert (system.type_name, found) == (kind, path)


class Named:
    def __init__(self, type_name):
        self.type_name = type_name


@pytest.mark.parametrize(
    "use",
    [
        storage.file_system,
        storage.read_whole,
        storage.list_files,
        storage.remove_folder,
        lambda place: storage.write_whole(place, b"whole"),
    ],
)
def test_an_unknown_store_is_refused_in_one_line(use):
    with pytest.raises(InputError, match=r"^can't .*: .*nowhere.*$"):
        use("nowhere://a/b")


def test_a_pipe_is_no_picture(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(InputError, match="regular file"):
        storage.read_whole(str(tmp_path / "pipe.png"))
