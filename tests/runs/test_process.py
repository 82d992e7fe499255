"""Processes that work for this one, and what comes of it where they end."""

from __future__ import annotations

import ctypes
import functools
import operator
import os
import pickle
import signal
import threading
import time
from pathlib import Path

import pytest
import tiny_work

from semcs.errors import InputError, check_whole
from semcs.runs.process import WorkerDied, WorkerProcess


def work(function, *arguments):
    return pickle.dumps(functools.partial(function, *arguments))


@pytest.fixture(autouse=True, scope="module")
def _processes_find_the_helpers():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(tiny_work.__file__).parent))
        yield


@pytest.fixture(scope="module")
def shared(_processes_find_the_helpers):
    """One that no test ends."""
    process = WorkerProcess()
    yield process
    process.end()


def test_it_does_one_thing_after_the_other(shared):
    for number in range(3):
        assert shared.do(work(operator.add, number, 1)) == number + 1
    large = os.urandom(10**7)  # more than a pipe holds
    assert shared.do(work(bytes, large)) == large
    assert shared.do(work(os.getpid)) == shared.pid != os.getpid()


@pytest.mark.parametrize(
    ("kind", "error", "text"),
    [
        ("lookup", LookupError, "nothing\nthere"),
        ("odd", RuntimeError, "Odd: one and two"),
        ("local", RuntimeError, "Local: of a class that nobody can import"),
        ("exit", RuntimeError, "SystemExit: enough"),
    ],
)
def test_what_is_raised_there_is_raised_here(shared, kind, error, text):
    with pytest.raises(error) as raised:
        shared.do(work(tiny_work.boom, kind))
    assert str(raised.value) == text
    assert shared.do(work(os.getpid)) == shared.pid


def test_errors_of_semcs_keep_their_class(shared):
    with pytest.raises(InputError, match="steps is -1"):
        shared.do(work(check_whole, "steps", -1))


def test_what_gives_something_that_cant_be_pickled_fails(shared):
    with pytest.raises((TypeError, RuntimeError), match="pickle"):
        shared.do(work(threading.Lock))


def test_what_it_prints_isnt_taken_for_an_answer(shared, capfd):
    assert shared.do(work(print, "hello")) is None
    assert shared.do(work(os.write, 1, b"to stdout")) == 9
    assert shared.do(work(operator.add, 1, 1)) == 2
    assert capfd.readouterr().out == ""


def test_it_has_one_thread_for_each_library(shared):
    assert shared.do(work(os.getenv, "OMP_NUM_THREADS")) == "1"
    assert shared.do(work(tiny_work.threads_of_opencv)) == 1


def test_what_ends_a_terminal_doesnt_end_it(shared):
    assert shared.do(work(os.getsid, 0)) != os.getsid(0)
    os.kill(shared.pid, signal.SIGINT)
    assert shared.do(work(os.getpid)) == shared.pid


@pytest.mark.skipif(not os.path.exists("/proc/self/oom_score_adj"), reason="of Linux")
def test_where_memory_runs_out_it_goes_before_its_parent(shared):
    own = int(Path("/proc/self/oom_score_adj").read_text())
    shared.do(work(os.getpid))  # it has begun
    there = int(Path(f"/proc/{shared.pid}/oom_score_adj").read_text())
    assert there == min(1000, own + 200) > min(own, 999)


def test_a_time_that_isnt_needed_ends_nothing(shared):
    def timers():
        return {one for one in threading.enumerate() if isinstance(one, threading.Timer)}

    before = timers()  # of whoever runs the tests
    assert shared.do(work(operator.add, 1, 1), timeout=60) == 2
    assert timers() == before
    assert shared.do(work(os.getpid)) == shared.pid


def test_how_it_ended_is_told_and_it_is_started_anew(capfd):
    process = WorkerProcess()
    ends = [
        (work(os._exit, 3), None, "its process ended with exit code 3"),
        (work(ctypes.string_at, 0), None, "signal 11 (segmentation fault)"),
        (work(signal.raise_signal, 10), None, "its process was ended by signal 10"),
        (work(time.sleep, 60), 0.1, "took longer than 0.1 s"),
    ]
    for dying, timeout, said in ends:
        before = process.pid
        with pytest.raises(WorkerDied) as raised:
            process.do(dying, timeout)
        assert str(raised.value).endswith(said)
        process.start()
        assert process.pid != before
    os.kill(process.pid, signal.SIGKILL)  # while it has nothing to do
    with pytest.raises(WorkerDied, match=r"by signal 9 \(killed: out of memory\?\)$"):
        process.do(work(os.getpid))
    assert capfd.readouterr().err == ""


def test_it_is_ended_while_it_works_and_leaves_no_half_file(tmp_path):
    process, died = WorkerProcess(), []

    def paint():
        try:
            process.do(work(tiny_work.write_slowly, str(tmp_path / "a.png")))
        except WorkerDied as error:
            died.append(str(error))

    thread = threading.Thread(target=paint)
    thread.start()
    while not list(tmp_path.iterdir()):
        time.sleep(0.01)
    process.end()
    thread.join()
    assert died == ["its process ended with exit code 0"]
    assert not list(tmp_path.iterdir())
    with pytest.raises(WorkerDied):
        process.do(work(os.getpid))
