"""Processes that paint a folder's pictures: whatever happens to one costs one picture at most."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import tiny_work
import torch
from tiny_work import log_of, tasks

from semcs.errors import InputError, SemcsError
from semcs.folder import worker_count
from semcs.folder.pool import Pool
from semcs.runs import process
from semcs.runs import worker_count as counting
from semcs.runs.worker_count import check_workers

KILLED = "its process was ended by signal 9 (killed: out of memory?)"
HELPERS = str(Path(tiny_work.__file__).parent)


@pytest.fixture(autouse=True)
def _processes_find_the_helpers(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", HELPERS)


def by_name(rows):
    return {row.name: row for row in rows}


def is_running(pid):
    try:
        # One whose parent is gone may wait to be fetched by the next one up.
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def partials(folder):
    return [path.name for path in folder.rglob(".*.semcs-partial")]


def wait_for(condition):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.005)


def test_random_kills_lose_nothing_and_do_nothing_twice(tmp_path):
    drawn, killed, rows = random.Random(0), set(), []
    with Pool(2, tiny_work.work) as pool:
        for row in pool.run(tasks(tmp_path, *[0.01] * 40)):
            rows.append(row)
            if len(rows) in (7, 19, 30):
                alive = {int(pid) for _, pid, _ in log_of(tmp_path)} - killed
                victim = drawn.choice(sorted(alive))
                os.kill(victim, signal.SIGKILL)
                killed.add(victim)
    assert Counter(row.name for row in rows) == Counter(f"{number}.jpg" for number in range(40))
    assert {row.status for row in rows} == {"done"}
    assert all((tmp_path / f"{n}.png").read_text() == f"{n}.jpg" for n in range(40))
    assert len({pid for _, pid, _ in log_of(tmp_path)}) == 2 + len(killed)
    assert not partials(tmp_path)


def test_what_goes_wrong_with_one_picture_is_its_row(tmp_path):
    asked = ["write", "bug", "segfault", "die writing"]
    (tmp_path / "2.jpg").write_bytes(b"hostile")
    with Pool(2, tiny_work.work) as pool:
        rows = by_name(pool.run(tasks(tmp_path, *asked)))
    assert {name: row.error for name, row in rows.items()} == {
        "0.jpg": None,
        "1.jpg": "LookupError: nothing there",
        "2.jpg": "its process was ended by signal 11 (segmentation fault)",
        "3.jpg": KILLED,
    }
    assert [rows[f"{n}.jpg"].status for n in range(4)] == ["done"] + ["failed"] * 3
    hostile, known = rows["2.jpg"], (tmp_path / "2.jpg").stat()
    assert (hostile.output, hostile.options_hash) == ("2.png", "hash")
    assert (hostile.source_size, hostile.source_mtime) == (7, known.st_mtime_ns)
    assert (rows["1.jpg"].source_size, rows["1.jpg"].source_mtime) == (None, None)
    begun = Counter(name for name, _, _ in log_of(tmp_path))
    assert begun == {"0.jpg": 1, "1.jpg": 1, "2.jpg": 2, "3.jpg": 2}
    assert (tmp_path / "3.layers").is_dir()
    assert not partials(tmp_path)


def test_a_row_of_what_failed_names_picture_and_output(tmp_path):
    (task,) = tasks(tmp_path, "bug")
    task = replace(task, name="a/b/0.jpg", output="c/0.png")
    (row,) = Pool(0, _fail).run([task])
    assert (row.name, row.output) == ("a/b/0.jpg", "c/0.png")


def _fail(task):
    raise LookupError


def test_one_that_takes_too_long_is_ended(tmp_path):
    with Pool(1, tiny_work.work, timeout=0.5) as pool:
        (row,) = pool.run(tasks(tmp_path, "hang"))
    assert row.error == "took longer than 0.5 s"
    assert row.seconds >= 0.5
    assert not partials(tmp_path)
    with Pool(1, tiny_work.work, timeout=60) as pool:
        (row,) = pool.run(tasks(tmp_path, "write"))
    assert row.error is None


def test_tasks_are_taken_one_by_one_as_processes_are_free(tmp_path):
    taken = []

    def giving():
        for task in tasks(tmp_path, *["wait"] * 6):
            taken.append(task.name)
            yield task

    def release():
        wait_for(lambda: len(taken) >= 2)
        time.sleep(0.05)
        taken.append("go")
        (tmp_path / "go").touch()

    threading.Thread(target=release).start()
    with Pool(2, tiny_work.work) as pool:
        assert len(list(pool.run(giving()))) == 6
    assert taken.index("go") == 2


@pytest.mark.parametrize("count", [0, 1])
def test_an_error_on_purpose_ends_the_run(tmp_path, count):
    with Pool(count, tiny_work.work) as pool, pytest.raises(SemcsError, match=r"^no space left$"):
        list(pool.run(tasks(tmp_path, "no space", "write", "write")))
    assert len(log_of(tmp_path)) == 1


def test_a_process_that_cant_start_ends_the_run(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "")  # the function can't be imported
    with Pool(2, tiny_work.work) as pool, pytest.raises(SemcsError) as raised:
        list(pool.run(tasks(tmp_path, *["write"] * 4)))
    assert str(raised.value) == (
        "a worker can't be started: ModuleNotFoundError: No module named 'tiny_work'"
    )
    (tmp_path / "sitecustomize.py").write_text("import os; os._exit(3)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Pool(1, tiny_work.work) as pool, pytest.raises(SemcsError) as raised:
        list(pool.run(tasks(tmp_path, "write")))
    assert str(raised.value) == "a worker can't be started: its process ended with exit code 3"


def _close(run, pool):
    run.close()


def _leave(run, pool):
    with pytest.raises(KeyboardInterrupt), pool:
        raise KeyboardInterrupt


@pytest.mark.parametrize("end", [_close, _leave])
def test_a_run_that_is_ended_leaves_nothing(tmp_path, monkeypatch, end):
    pool = Pool(2, tiny_work.work)
    run = pool.run(tasks(tmp_path, "write", "hang", "hang", "write"))
    assert next(run).name == "0.jpg"
    wait_for(lambda: len(partials(tmp_path)) == 2)
    monkeypatch.setattr(process, "PATIENCE", None)  # else they are killed where they don't end
    end(run, pool)
    assert not partials(tmp_path)
    processes = {int(pid) for _, pid, _ in log_of(tmp_path)}
    assert len(processes) == 2
    assert not any(map(is_running, processes))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.png", "log"]
    pool.close()
    with pytest.raises(SemcsError, match="closed"):
        next(pool.run([]))


def test_a_closed_pool_doesnt_seem_to_have_finished(tmp_path):
    pool = Pool(1, tiny_work.work)
    run = pool.run(tasks(tmp_path, "write", "hang"))
    next(run)
    pool.close()
    with pytest.raises(SemcsError, match="the pool is closed"):
        next(run)


def test_processes_serve_one_run_after_the_other(tmp_path):
    with Pool(1, tiny_work.work) as pool:
        for _ in range(2):
            assert len(list(pool.run(tasks(tmp_path, "write")))) == 1
        run = pool.run(tasks(tmp_path, "write", "write"))
        next(run)
        with pytest.raises(SemcsError, match="another run"):
            next(pool.run([]))
    assert len({pid for _, pid, _ in log_of(tmp_path)}) == 1


_PARENT = """
import sys
from pathlib import Path
import tiny_work
from semcs.folder.pool import Pool
list(Pool(2, tiny_work.work).run(tiny_work.tasks(Path(sys.argv[1]), *["hang"] * 4)))
"""


@pytest.mark.usefixtures("signals_of_a_terminal")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_processes_end_with_their_parent(tmp_path, number):
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(tmp_path)], stderr=subprocess.DEVNULL
    )
    wait_for(lambda: len(partials(tmp_path)) == 2)
    parent.send_signal(number)
    parent.wait()
    processes = [int(pid) for _, pid, _ in log_of(tmp_path)]
    assert len(processes) == 2
    wait_for(lambda: not any(map(is_running, processes)))
    assert not partials(tmp_path)


def test_without_processes_this_one_works(tmp_path):
    taken = []
    with Pool(0, tiny_work.work) as pool:
        run = pool.run(taken.append(t) or t for t in tasks(tmp_path, "write", "bug", "write"))
        assert next(run).status == "done"
        assert len(taken) == 1
        assert [row.error for row in run] == ["LookupError: nothing there", None]
    assert {int(pid) for _, pid, _ in log_of(tmp_path)} == {os.getpid()}


def test_a_timeout_needs_a_process():
    with pytest.raises(InputError, match="timeout is 5: it needs workers"):
        Pool(0, tiny_work.work, timeout=5)


@pytest.mark.parametrize(("workers", "checked"), [("auto", None), (0, 0), (64, 64)])
def test_numbers_of_workers(workers, checked):
    assert check_workers(workers, worker_count.MOST) == checked


@pytest.mark.parametrize("workers", [-1, 65, 1.0, True, "two", None])
def test_other_numbers_of_workers_are_refused(workers):
    with pytest.raises(InputError, match=r'workers is .*: "auto", or a whole number from 0 to 64,'):
        check_workers(workers, worker_count.MOST)


@pytest.mark.parametrize(
    ("cores", "gigabytes", "optimised", "expected"),
    [(8, 100, False, 8), (8, 10, False, 5), (8, 10, True, 3), (8, 1, False, 1), (8, None, True, 8)],
)
def test_auto_is_what_fits(monkeypatch, cores, gigabytes, optimised, expected):
    monkeypatch.setattr(worker_count, "cores", lambda: cores)
    free = None if gigabytes is None else gigabytes * 2**30
    monkeypatch.setattr(worker_count, "free_memory", lambda: free)
    count = partial(worker_count.worker_count, optimised=optimised)
    assert count(None, device="cpu") == expected
    assert count(5, device="cuda:0") == count(5, device="cpu") == 5


@pytest.mark.parametrize(
    ("cores", "gigabytes", "optimised", "device", "expected"),
    [
        (16, 80, False, "cuda", 8),
        (2, 80, False, "cuda", 2),
        (16, 4, False, "cuda:1", 4),
        (16, 0.2, False, "cuda", 1),
        (16, 80, True, "cuda", 1),
        (16, 80, False, "mps", 1),
    ],
)
def test_auto_on_a_gpu(monkeypatch, cores, gigabytes, optimised, device, expected):
    monkeypatch.setattr(worker_count, "cores", lambda: cores)
    monkeypatch.setattr(worker_count, "free_memory", lambda: None)
    free = int(gigabytes * 2**30)
    known = {torch.device(device).index: (free, 2 * free)}
    monkeypatch.setattr(torch.cuda, "mem_get_info", known.__getitem__)
    assert worker_count.worker_count(None, optimised=optimised, device=device) == expected


@pytest.mark.parametrize(
    ("limit", "around", "expected"),
    [
        ("max 100000", None, 3),
        ("250000 100000", None, 2),
        ("50000 100000", None, 1),
        ("max 100000", "100000 100000", 1),
        (None, None, 3),
    ],
)
def test_cores_are_those_that_a_container_gives(tmp_path, monkeypatch, limit, around, expected):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 5})
    inner = tmp_path / "cgroups" / "jobs" / "own"
    inner.mkdir(parents=True)
    (tmp_path / "own").write_text("1:cpu:/elsewhere\n0::/jobs/own\n")
    for folder, text in ((inner, limit), (inner.parent, around)):
        if text is not None:
            (folder / "cpu.max").write_text(f"{text}\n")
    monkeypatch.setattr(counting, "_CGROUPS", tmp_path / "cgroups")
    monkeypatch.setattr(counting, "_OWN_CGROUP", tmp_path / "own")
    assert counting.cores() == expected
