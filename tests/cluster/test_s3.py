"""S3, for which moto's server stands in: objects one by one, and a whole run."""

import io
import os
import signal
import threading

import pytest
from s3_store import Store

from semcs.cluster import Paint, storage, stylize_manifest
from semcs.cluster.manifests import of_file
from semcs.cluster.status import STATUS, known_rows, parts, write_table
from semcs.errors import InputError

pa = pytest.importorskip("pyarrow", "21", reason="pyarrow 21 isn't installed")
pytest.importorskip("moto.server", reason="moto isn't installed: pip install 'moto[server]'")

STYLES = {"fg": "gold", "bg": "snow", "preset": "instant"}
LARGE = bytes(25 * 2**20)  # goes up in three parts


@pytest.fixture(scope="module")
def server():
    """A store that this process, and those that it starts, are told of as users tell of theirs."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        patch.setenv("AWS_ACCESS_KEY_ID", "somebody")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "a secret")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("NO_PROXY", "127.0.0.1")
        store = Store()
        patch.setenv("AWS_ENDPOINT_URL", store.url)
        storage._system.cache_clear()
        yield store
        storage._system.cache_clear()
        store.stop()


@pytest.fixture
def store(server):
    """The store with an empty bucket."""
    server.empty()
    return server


def test_what_was_written_is_read_listed_and_removed(store):
    """Under the names that it was given: other programs have to find it."""
    names = ["a b.png", "c%20d.png", "e?1.png", "e?2.png", "f#g.png", "é.png"]
    for name in names:
        storage.write_whole(f"s3://bucket/out put/{name}", name.encode())
    assert store.objects() == {f"out put/{name}": name.encode() for name in names}
    places = storage.list_files("s3://bucket/out put/")
    assert places == sorted(f"s3://bucket/out put/{name}" for name in names)
    assert [storage.read_whole(place).decode() for place in places] == sorted(names)
    storage.remove_folder("s3://bucket/out put")
    storage.remove_folder("s3://bucket/out put")
    assert storage.list_files("s3://bucket/out put") == []
    assert not any(store.objects().values())


def test_a_picture_is_put_by_one_request(store):
    """Requests are paid for, and limited."""
    storage.write_whole("s3://bucket/a.png", bytes(10**6))
    assert [*store.requests] == ["PUT /bucket/a.png"]


@pytest.mark.parametrize("before", [{}, {"a.png": b"whole"}])
@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (b"half", "PUT *"),
        (LARGE, "POST *uploads"),
        (LARGE, "PUT *partNumber=2*"),
        (LARGE, "POST *uploadId=*"),  # all parts are there by then
    ],
)
def test_an_upload_that_fails_leaves_what_was_there(store, data, refused, before):
    for key, old in before.items():
        store.put(key, old)
    store.refused.append(refused)
    with pytest.raises(InputError, match=r"^can't write the file: AWS Error ACCESS_DENIED .*today"):
        storage.write_whole("s3://bucket/a.png", data)
    assert store.objects() == before


def test_a_large_object_arrives(store):
    storage.write_whole("s3://bucket/a.png", LARGE)
    assert store.objects() == {"a.png": LARGE}


def test_an_interrupt_leaves_no_part_of_an_object(store, monkeypatch, signals_of_a_terminal):
    """pyarrow completes an object of which a stream is left, with the bytes that it has so far."""
    system, path = storage.file_system("s3://bucket/a.png")

    class Interrupted:
        def open_output_stream(self, path):
            stream = system.open_output_stream(path)
            signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
            return stream

    monkeypatch.setattr(storage, "_reached", lambda place, options: (Interrupted(), path))
    with pytest.raises(KeyboardInterrupt):
        storage.write_whole("s3://bucket/a.png", b"whole")
    for thread in threading.enumerate():
        if "ThreadPool" in thread.name:
            thread.join()  # the interrupt may come before anything waits for it
    assert store.objects() == {"a.png": b"whole"}


def test_what_goes_wrong_is_told_alike_for_all_objects(store):
    """A run counts reasons."""
    store.refused.extend(["*"] * 3)
    told = set()
    for name in ("a.png", "b.png"):
        with pytest.raises(InputError, match=r"^can't read the file: AWS Error ACCESS_DENIED") as e:
            storage.read_whole(f"s3://bucket/{name}")
        told.add(str(e.value))
    assert len(told) == 1
    with pytest.raises(InputError, match=r"^can't list 's3://bucket/a': AWS Error ACCESS_DENIED"):
        storage.list_files("s3://bucket/a")


def test_what_is_not_there_is_told(store):
    for place in ("s3://bucket/a.png", "s3://no-bucket/a.png"):
        with pytest.raises(InputError, match=r"^can't read the file: No such file or directory$"):
            storage.read_whole(place)
        with pytest.raises(InputError, match="can't read manifest"):
            of_file(place.replace("png", "parquet"))
    told = set()
    for name in ("a.png", "b.png"):
        with pytest.raises(InputError, match=r"bucket does not exist$") as e:
            storage.write_whole(f"s3://no-bucket/{name}", b"whole")
        told.add(str(e.value))  # without the number that the store gives each request
    assert len(told) == 1


def test_a_manifest_is_a_parquet_file_or_a_folder_of_them(store):
    for name in ("one", "two"):
        write_table(f"s3://bucket/all/{name}.parquet", pa.table({"path": [f"{name}.png"]}))
    assert [*of_file("s3://bucket/all").all_rows()] == [{"path": "one.png"}, {"path": "two.png"}]
    assert [*of_file("s3://bucket/all/two.parquet").all_rows()] == [{"path": "two.png"}]


class Photos:
    """Photos in the bucket with a manifest of them, and runs that style them."""

    def __init__(self, store, photo):
        self._store, self._photo = store, photo
        self.data = {}

    def add(self, name, angle):
        buffer = io.BytesIO()
        self._photo.rotate(angle).resize((48, 32)).save(buffer, "PNG")
        self.data[name] = buffer.getvalue()
        self._store.put(f"photos/{name}", self.data[name])

    def run(self, **keywords):
        places = [f"s3://bucket/photos/{name}" for name in self.data]
        sizes = [len(data) for data in self.data.values()]
        table = pa.table({"path": places, "source_size": sizes})
        write_table("s3://bucket/photos.parquet", table)
        del self._store.requests[:]
        return stylize_manifest(
            "s3://bucket/photos.parquet",
            "s3://bucket/styled",
            source="s3://bucket/photos",
            **keywords,
            **STYLES,
        )

    def outputs(self):
        """Those in the bucket, by name."""
        found = storage.list_files("s3://bucket/styled")
        return {place.rpartition("/")[2]: storage.read_whole(place) for place in found}

    def painted_here(self):
        """The same by this process alone, from the same bytes."""
        table = Paint(**STYLES)({"path": [*self.data], "bytes": [*self.data.values()]})
        return {row["output"]: row["image"] for row in table.to_pylist()}


def test_runs_in_a_bucket(store, photo, request):
    """Two photos can't be read at first; later they can, and another one has changed."""
    request.getfixturevalue("two_cpus")  # whose processes are told of the store by now
    photos = Photos(store, photo)
    for number in range(4):
        photos.add(f"{number}.png", 9 * number)
    store.refused.extend(["* /bucket/photos/0.png", "* /bucket/photos/1.png"])
    first = photos.run()
    assert (first.done, first.failed, first.skipped) == (2, 2, 0)
    ((reason, count),) = first.reasons.items()
    assert ("ACCESS_DENIED" in reason, count) == (True, 2)
    expected = photos.painted_here()
    assert photos.outputs() == {name: expected[name] for name in ("2.png", "3.png")}
    assert sum(one == "PUT /bucket/styled/2.png" for one in store.requests) == 1

    again = photos.run()
    assert (again.done, again.failed, again.skipped, again.failed_before) == (0, 0, 2, 2)
    assert not [one for one in store.requests if one.endswith(".png")]

    photos.add("2.png", 45)
    last = photos.run(retry=True, bucket=3)  # so small that Ray's tasks compare
    assert (last.done, last.failed, last.skipped) == (3, 0, 1)
    assert photos.outputs() == photos.painted_here()
    rows = known_rows(parts("s3://bucket/styled"))
    latest = max(row["run"] for row in rows)
    assert sorted(row["output"] for row in rows if row["run"] == latest) == [
        *("0.png", "1.png", "2.png")
    ]
    left = {key.split("/")[1] for key in store.objects() if key.startswith("styled/")}
    assert left - {""} == {STATUS, *photos.data}
