"""A lock that one at a time has, and that goes with the one who has it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from semcs.runs import locking
from semcs.runs.locking import Lock

_HOLDER = """
import sys
from pathlib import Path
from semcs.runs.locking import Lock
print(Lock(Path(sys.argv[1])).take(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "folder" / "lock"


def test_one_at_a_time_has_it(path):
    first, second = Lock(path), Lock(path)
    assert first.take()
    assert not second.take()
    first.let_go()
    assert second.take()
    assert not first.take()


def test_it_goes_with_the_process_that_has_it(path):
    command = [sys.executable, "-c", _HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"True\n"
        assert not Lock(path).take()
        holder.kill()
        holder.wait()
    assert Lock(path).take()


def test_it_isnt_handed_on_to_processes_that_are_started(path):
    lock = Lock(path)
    assert lock.take()
    with subprocess.Popen(["sleep", "60"], close_fds=False) as other:
        lock.let_go()
        assert Lock(path).take()
        other.kill()


def test_a_removed_file_isnt_the_lock(path):
    first = Lock(path)
    assert first.take()
    first.remove()
    assert not path.exists()
    second = Lock(path)
    assert second.take()
    assert not Lock(path).take()
    assert os.path.samestat(os.fstat(second._descriptor), path.stat())


def test_a_file_that_is_removed_while_it_is_taken_is_made_anew(path, monkeypatch):
    hold, times = locking._hold, []

    def removing(descriptor):
        times.append(descriptor)
        if len(times) == 1:
            path.unlink()
        return hold(descriptor)

    monkeypatch.setattr(locking, "_hold", removing)
    lock = Lock(path)
    assert lock.take()
    assert len(times) == 2
    assert os.path.samestat(os.fstat(lock._descriptor), path.stat())


def test_where_it_cant_be_no_descriptor_is_left(path, monkeypatch):
    def refusing(descriptor):
        raise OSError("no locks here")

    monkeypatch.setattr(locking, "_hold", refusing)
    before = os.listdir("/proc/self/fd")
    for _ in range(3):
        with pytest.raises(OSError, match="no locks here"):
            Lock(path).take()
    assert len(os.listdir("/proc/self/fd")) == len(before)
