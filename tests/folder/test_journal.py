"""The journal of a folder: a line a picture, whole or not at all, and all of them read again."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, replace

import pytest
from counting import calls_during

from semcs.errors import InputError
from semcs.folder import journal as module
from semcs.folder.journal import Journal, read_rows
from semcs.folder.task import Row

FULL = Row(
    "a/b.jpg",
    "done",
    "a/b.png",
    "0f" * 32,
    source_hash="1f" * 32,
    source_size=0,
    source_mtime=1_700_000_000_123_456_789,
    output_hash="2f" * 32,
    output_size=12,
    output_mtime=1_700_000_001_123_456_789,
    seconds=0.25,
    scores={"fg_agreement": 0.5},
    others=("a/b.mask.png", "a/b.layers/01.png"),
)
FAILED = Row("c.jpg", "failed", "c.png", "0f" * 32, error="no picture")


@pytest.fixture
def file(tmp_path):
    """Where the journal of `tmp_path / "out"` is."""
    return tmp_path / "out" / ".semcs-folder" / "journal.jsonl"


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def filled(out, *rows):
    with Journal(out) as journal:
        for row in rows:
            journal.append(row)
        return journal.rows


def test_what_is_written_is_read(out):
    assert filled(out, FULL, FAILED) == {"a/b.png": FULL, "c.png": FAILED}
    assert read_rows(out) == {"a/b.png": FULL, "c.png": FAILED}
    with Journal(str(out)) as journal:
        assert journal.rows == read_rows(out)


def test_lines_are_json_without_what_is_empty(out, file):
    filled(out, FAILED, FULL)
    failed, full = map(json.loads, file.read_bytes().splitlines())
    assert failed == {
        **{"name": "c.jpg", "status": "failed", "output": "c.png", "options_hash": "0f" * 32},
        **{"seconds": 0.0, "error": "no picture"},
    }
    assert full == {
        **{k: v for k, v in asdict(FULL).items() if v is not None},
        "others": [*FULL.others],
    }


def test_every_field_of_a_row_is_kept():
    assert set(module._TYPES) == set(asdict(FULL))


def test_the_last_line_of_an_output_counts(out, file):
    again = replace(FAILED, status="done", error=None)
    with Journal(out) as journal:
        journal.append(FAILED)
        journal.append(FULL)
        journal.append(again)
        assert journal.rows["c.png"] == again
    assert len(file.read_bytes().splitlines()) == 3
    assert read_rows(out) == {"a/b.png": FULL, "c.png": again}


@pytest.mark.parametrize("name", [os.fsdecode(b"\xff\xe9.jpg"), "水 \n\u2028.jpg", '"\\\x00'])
def test_any_name_comes_back(out, file, name):
    row = replace(FAILED, name=name, output=name + ".png")
    filled(out, row)
    assert read_rows(out) == {name + ".png": row}
    assert file.read_bytes().isascii()
    assert file.read_bytes().count(b"\n") == 1


@pytest.mark.parametrize("cut", [1, 10, 100])
def test_a_line_cut_short_counts_as_not_written_and_is_no_fault(out, file, caplog, cut):
    filled(out, FAILED)
    whole = file.read_bytes()
    filled(out, FULL)
    os.truncate(file, file.stat().st_size - cut)
    cut_short = file.read_bytes()
    assert set(read_rows(out)) == {"c.png"}
    assert file.read_bytes() == cut_short  # another run may be writing it just now
    with Journal(out) as journal:
        assert set(journal.rows) == {"c.png"}
        assert file.read_bytes() == whole
        journal.append(replace(FULL, output="d.png"))
    assert set(read_rows(out)) == {"c.png", "d.png"}
    assert not caplog.records


def test_a_line_cut_short_that_cant_be_taken_away_is_parted_from_the_next_one(
    out, file, caplog, monkeypatch
):
    def refusing(descriptor, size):
        raise OSError(errno.EPERM, "no")

    filled(out, FAILED, FULL)
    os.truncate(file, file.stat().st_size - 10)
    monkeypatch.setattr(os, "ftruncate", refusing)
    filled(out, replace(FULL, output="d.png"))
    assert not caplog.records
    assert set(read_rows(out)) == {"c.png", "d.png"}
    assert caplog.messages == [
        f"{file}: 1 of 3 lines can't be read and don't count; the first is line 2"
    ]


BAD = [
    b"",
    b"\x00" * 50,
    b"\xff\xfe",
    b"{}",
    b"[1, 2]",
    b"[" * 100_000,
    b"9" * 5000,
    b'{"name": "a", "status": "done", "output": "a.png"}',
    b'{"name": "a", "status": "eaten", "output": "a.png", "options_hash": "0"}',
    b'{"name": "a", "status": "done", "output": 7, "options_hash": "0"}',
    b'{"name": "a", "status": "done", "output": "a.png", "options_hash": "0", "others": [1]}',
    b'{"name": "a", "status": "done", "output": "a.png", "options_hash": "0", "scores": 1}',
]


def test_lines_that_cant_be_read_are_counted(out, file, caplog):
    filled(out, FULL)
    with open(file, "ab") as damaged:
        damaged.writelines(line + b"\n" for line in BAD)
    filled(out, FAILED)
    assert set(read_rows(out)) == {"a/b.png", "c.png"}
    assert caplog.messages[-1] == (
        f"{file}: {len(BAD)} of {len(BAD) + 2} lines can't be read and don't count; the first is "
        "line 2"
    )


def test_fields_of_later_versions_are_left_out(out, file, caplog):
    filled(out)
    line = {"name": "a", "status": "done", "output": "a.png", "options_hash": "0", "mood": "good"}
    file.write_text(json.dumps(line) + "\n")
    assert read_rows(out) == {"a.png": Row("a", "done", "a.png", "0")}
    assert not caplog.records


def test_one_run_has_it_at_a_time(out, file):
    with Journal(out) as journal:
        journal.append(FULL)
        with pytest.raises(InputError, match=r"another run writes to '.*/out', which has to end"):
            Journal(out).__enter__()
        assert set(read_rows(out)) == {"a/b.png"}
    filled(out)


def test_a_dry_run_makes_nothing(tmp_path, out):
    assert read_rows(out) == {}
    assert not list(tmp_path.iterdir())


def test_folders_are_made_in_folders(tmp_path):
    filled(tmp_path / "a" / "b", FULL)
    assert set(read_rows(tmp_path / "a" / "b")) == {"a/b.png"}


@pytest.mark.parametrize("what", ["out", "folder", "journal"])
def test_what_is_in_the_way_is_told_in_one_line(out, file, what):
    if what == "out":
        out.write_text("a file")
    elif what == "folder":
        out.mkdir()
        file.parent.write_text("a file")
    else:
        file.mkdir(parents=True)
    with pytest.raises(InputError, match=r"^can't (write to|read the journal) '.*/out") as raised:
        filled(out)
    assert "\n" not in str(raised.value)
    if what == "journal":
        file.rmdir()
        filled(out)  # the lock wasn't kept


_FULL_DISK = """
import resource, signal, sys
from semcs.folder.journal import Journal
from semcs.folder.task import Row
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
row = Row("a.jpg", "done", "a.png", "0", error="e" * 100)
with Journal(sys.argv[1]) as journal:
    journal.append(row)
    resource.setrlimit(resource.RLIMIT_FSIZE, (250, resource.RLIM_INFINITY))
    try:
        journal.append(Row("b.jpg", "done", "b.png", "0", error="e" * 100))
    except Exception as error:
        print(type(error).__name__, error)
    assert set(journal.rows) == {"a.png"}
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    journal.append(Row("c.jpg", "done", "c.png", "0"))
"""


def test_of_a_line_that_the_disk_has_no_room_for_nothing_is_left(out, file, caplog):
    """The system allows the file no more than 250 bytes: half of the second line."""
    command = [sys.executable, "-c", _FULL_DISK, str(out)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said == (
        f"InputError can't write the journal '{file}': {os.strerror(errno.EFBIG)}; the same "
        "command goes on from what is written\n"
    )
    assert set(read_rows(out)) == {"a.png", "c.png"}
    assert len(file.read_bytes().splitlines()) == 2
    assert not caplog.records


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_what_cant_be_taken_back_is_parted_from_the_next_line(out, monkeypatch, number):
    write, calls = os.write, []

    def failing(descriptor, data):
        calls.append(data)
        if len(calls) == 1:
            return write(descriptor, data[:20])
        raise OSError(number, os.strerror(number))

    def refusing(descriptor, size):
        raise OSError(errno.EPERM, "no")

    with Journal(out) as journal:
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", failing)
            patch.setattr(os, "ftruncate", refusing)
            with pytest.raises(InputError, match=os.strerror(number)):
                journal.append(FULL)
        journal.append(FAILED)
    assert set(read_rows(out)) == {"c.png"}


def test_lines_are_on_the_disk_within_a_second_and_at_the_end(out, monkeypatch):
    synced, now = [], [100.0]
    monkeypatch.setattr(os, "fsync", synced.append)
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    with Journal(out) as journal:
        for seconds, expected in ((0, 1), (0.5, 1), (0.6, 2), (0.9, 2), (0.2, 3)):
            now[0] += seconds
            journal.append(FULL)
            assert len(synced) == expected
    assert len(synced) == 4


def test_a_disk_that_fails_at_the_end_is_told(out, monkeypatch):
    def failing(descriptor):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with Journal(out) as journal:
        monkeypatch.setattr(os, "fsync", failing)
        with pytest.raises(InputError, match="Input/output error"):
            journal.__exit__(None, None, None)
        monkeypatch.undo()
        filled(out)  # it was let go of all the same
        journal.__enter__()
    journal = Journal(out).__enter__()
    monkeypatch.setattr(os, "fsync", failing)
    journal.__exit__(LookupError, LookupError(), None)  # what went wrong first is told


_APPENDING = """
import itertools, sys
from semcs.folder.journal import Journal
from semcs.folder.task import Row
with Journal(sys.argv[1]) as journal:
    for n in itertools.count(len(journal.rows)):
        journal.append(Row(f"{n}.jpg", "done", f"{n}.png", "0", error="e" * 500))
        print(n, flush=True)
"""


def test_a_killed_run_loses_no_line_that_it_has_written(out, caplog):
    told = -1
    for _ in range(3):
        command = [sys.executable, "-c", _APPENDING, str(out)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            for _ in range(200):
                told = int(process.stdout.readline())
            process.send_signal(signal.SIGKILL)
            rest = process.stdout.read().split("\n")[:-1]
        told = int(rest[-1]) if rest else told
        assert [*read_rows(out)][: told + 1] == [f"{n}.png" for n in range(told + 1)]
    assert not caplog.records


def test_a_row_is_read_by_little_work(out, file):
    """However many there are; `benchmarks.folder skip` has the seconds of a hundred thousand."""
    filled(out, FULL)
    line = file.read_text()

    def calls(rows):
        with open(file, "w") as large:
            large.writelines(line.replace("a/b.png", f"a/{n}.png") for n in range(rows))
        assert len(read_rows(out)) == rows
        return calls_during(lambda: read_rows(out))

    assert calls(2000) - calls(1000) < 100 * 1000
