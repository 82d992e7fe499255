"""The command that measures folders: what it makes, counts and finds."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.folder import command, hostile, kills, memory, skip, speed
from benchmarks.folder.hostile_files import Hostile
from benchmarks.folder.kills import KINDS, Kills, faults_of
from benchmarks.folder.memory import Sample
from benchmarks.folder.pictures import make_photos, size_of
from benchmarks.folder.running import (
    JOURNAL,
    CommandFailed,
    Ended,
    Running,
    files_below,
    folder_command,
    last_line,
    pictures_in,
    rows,
    run,
)
from benchmarks.folder.speed import Spent, ratios

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
ENDED = Ended(0, "", "", 4.0, 5.0, 1.0)


def write_png(path, shade=100):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (32, 32), (shade, 0, 0)).save(path)


def write_journal(target, *found):
    (target / JOURNAL).parent.mkdir(parents=True, exist_ok=True)
    lines = [line if isinstance(line, str) else json.dumps(line) for line in found]
    (target / JOURNAL).write_text("\n".join(lines) + "\n")


def done(name, **others):
    row = {"name": f"{name}.jpg", "status": "done", "output": f"{name}.png", "options_hash": "o"}
    return {**row, **others}


# Pictures


def test_no_two_photos_are_the_same_and_another_run_makes_the_same_ones(tmp_path):
    first = make_photos(tmp_path / "a", 12, 24)
    again = make_photos(tmp_path / "b", 12, 24)
    assert [path.name for path in first[:2]] == ["0000.jpg", "0001.jpg"]
    assert len({path.read_bytes() for path in first}) == 12
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert not {path.read_bytes() for path in make_photos(tmp_path / "c", 12, 24, seed=1)} & {
        path.read_bytes() for path in first
    }


def test_sizes(tmp_path):
    sizes = [size_of((20, 80), np.random.default_rng(index)) for index in range(200)]
    sides = [side for size in sizes for side in size]
    assert 20 <= min(sides) <= 22
    assert 76 <= max(sides) <= 80
    assert len(set(sizes)) > 150
    with Image.open(make_photos(tmp_path, 1, 30)[0]) as image:
        assert image.size == (30, 30)


# Commands


def test_what_is_asked_of_the_command():
    argv = folder_command(Path("in"), Path("out"), "--workers", "2")
    assert argv[1:7] == ["-m", "semcs", "folder", "in", "-o", "out"]
    assert argv[-4:] == ["--format", "png", "--workers", "2"]
    assert "instant" in argv


def test_a_command_s_code_words_and_seconds(tmp_path):
    program = "import sys, time; time.sleep(0.2); sum(range(10**6)); print('out'); sys.exit('why')"
    ended = run([sys.executable, "-c", program], tmp_path, codes=(1,))
    assert (ended.code, ended.out, ended.err) == (1, "out\n", "why\n")
    assert ended.seconds > 0.2
    assert 0 < ended.user < ended.seconds
    with pytest.raises(CommandFailed, match="exit code 1: why"):
        run([sys.executable, "-c", program], tmp_path)


@linux
def test_a_run_s_processes_are_seen_also_without_their_parent(tmp_path):
    running = Running(["sh", "-c", "sleep 60 & sleep 60"], tmp_path).start()
    while len(running.workers()) < 2:
        assert running.is_running()
    children = running.workers()
    try:
        running.process.kill()
        running.process.wait()
        end = time.monotonic() + 60
        while sorted(running.workers()) != sorted(children):  # one that begins shows nothing yet
            assert time.monotonic() < end
            time.sleep(0.01)
        assert running.pid not in running.pids()
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)


def test_rows_of_a_journal_that_a_crash_has_cut(tmp_path):
    assert rows(tmp_path) == []
    write_journal(tmp_path, done("a"), '{"name": "b.jpg", "sta', "7", done("c"))
    assert [row["output"] for row in rows(tmp_path)] == ["a.png", "c.png"]


def test_files_and_outputs(tmp_path):
    for name in ("a.png", ".a.png.7.semcs-partial", "within/.b"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert files_below(tmp_path) == {"a.png", ".a.png.7.semcs-partial", "within/.b"}
    assert pictures_in(tmp_path) == 1
    assert last_line("one\ntwo\n \n") == "two"


# Speed


def test_seconds_by_hand():
    spent = Spent()
    spent.add(ENDED, [10.0, 12.0, 11.0])
    spent.add(replace(ENDED, seconds=6.0), [20.0, 23.0])
    figures = spent.figures()
    assert figures["s_per_picture"] == 2.0
    assert figures["s_per_picture_without_start"] == pytest.approx(5 / 3)
    assert figures["user_over_wall"] == 1.0
    assert figures["cores_used"] == pytest.approx(1.2)
    assert figures["system_s_per_picture"] == pytest.approx(0.4)


def test_ratios_are_the_other_s_seconds_over_ours():
    fast = {"s_per_picture": 1.0, "s_per_picture_without_start": 0.5}
    slow = {"s_per_picture": 1.8, "s_per_picture_without_start": 1.0}
    found = ratios({"ours": fast, "loop": slow}, "ours", {"loop": "_1"})
    assert found == {"speedup_1": 1.8, "speedup_without_start_1": 2.0}


class Painter:
    """In place of commands: each way takes its seconds a picture after one second of start."""

    def __init__(self, seconds):
        self.seconds, self.ran = seconds, []

    def __call__(self, argv, said, *, variables=None, codes=(0,)):
        folder = "folder" in argv
        way = argv[argv.index("--workers") + 1] if folder else "loop1" if variables else "loop"
        source, target = (argv[4], argv[6]) if folder else argv[3:5]
        pictures = sorted(Path(source).iterdir())
        for index, path in enumerate(pictures, 1):
            write_png(output := Path(target) / f"{path.stem}.png")
            os.utime(output, (0, 1 + self.seconds[way] * index))
        self.ran.append(way)
        taken = self.seconds[way] * len(pictures)
        return Ended(0, "", "", 1 + taken, 1 + taken, 0.0)


@pytest.fixture
def painter(monkeypatch):
    painter = Painter({"2": 0.25, "1": 0.55, "loop": 0.5, "loop1": 0.5})
    monkeypatch.setattr(speed, "run", painter)
    monkeypatch.setattr(speed, "SIDE", 16)
    return painter


def test_two_workers_take_turns_with_loops(painter, tmp_path):
    found = speed.speed(tmp_path, quick=True)
    assert painter.ran == ["2", "loop", "loop1", "loop1", "loop", "2"]
    assert found["speedup_without_start"] == pytest.approx(2)
    assert found["speedup"] == found["speedup_1"] == pytest.approx(4 / 2.5)


def test_overhead_leaves_the_start_out(painter, tmp_path):
    found = speed.overhead(tmp_path, quick=True)
    assert found["overhead"] == pytest.approx(0.1)
    assert found["overhead_cpu"] == pytest.approx(0.1)


def test_one_worker_and_two(painter, tmp_path, monkeypatch):
    watched = []

    def run_watched(argv):
        watched.append(argv[-1])
        return type("Cost", (), {"memory_mb": 500.0 * int(argv[-1])})

    monkeypatch.setattr(speed, "run_watched", run_watched)
    found = speed.workers(tmp_path, quick=True)
    assert watched == ["1", "2"]
    assert (found["memory_1_mb"], found["memory_2_mb"]) == (500, 1000)
    assert found["speedup_without_start"] == pytest.approx(2.2)


def test_a_picture_that_a_way_leaves_out_is_no_speed(monkeypatch, tmp_path):
    make_photos(tmp_path / "in", 2, 16)
    monkeypatch.setattr(speed, "run", lambda *_, **__: ENDED)
    with pytest.raises(AssertionError, match="0 outputs"):
        speed.Ways(tmp_path).run("loop", tmp_path / "in")


# Kills


@pytest.fixture
def ended(tmp_path):
    """A run that has ended as it should, and an undisturbed one."""
    for folder in ("out", "whole"):
        for index in range(3):
            write_png(tmp_path / folder / f"{index}.png", shade=index)
    write_journal(tmp_path / "out", *(done(str(index)) for index in range(3)))
    (tmp_path / "out" / ".semcs-folder" / "lock").touch()
    return tmp_path / "out", tmp_path / "whole", [f"{index}.png" for index in range(3)]


def test_a_run_that_lost_nothing(ended):
    assert faults_of(*ended) == {"lost": [], "half": [], "double": [], "stray": []}


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (lambda out: (out / "1.png").unlink(), "lost"),
        (lambda out: write_journal(out, done("0"), done("2")), "lost"),
        (lambda out: (out / "1.png").write_bytes((out / "1.png").read_bytes()[:40]), "half"),
        (lambda out: write_png(out / "1.png", shade=77), "half"),
        (lambda out: write_journal(out, *map(done, "0112")), "double"),
        (lambda out: (out / ".1.png.7.semcs-partial").touch(), "stray"),
        (lambda out: (out / ".semcs-folder" / "more").touch(), "stray"),
    ],
)
def test_each_fault_of_a_run_is_found(ended, spoil, kind):
    spoil(ended[0])
    found = faults_of(*ended)
    assert [name for name, lines in found.items() if lines] == [kind]
    assert len(found[kind]) == 1


# Goes on from what is there, with a process beside it, and copies a file every few milliseconds.
STAND_IN = """
import json, os, subprocess, sys, time
source, target = sys.argv[1:]
journal = os.path.join(target, ".semcs-folder", "journal.jsonl")
os.makedirs(os.path.dirname(journal), exist_ok=True)
worker = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
for name in sorted(os.listdir(source)):
    output = os.path.join(target, name)
    if not os.path.exists(output):
        time.sleep(0.01)
        with open(os.path.join(source, name), "rb") as file:
            data = file.read()
        partial = os.path.join(target, f".{name}.semcs-partial")
        with open(partial, "wb") as file:
            file.write(data)
        with open(journal, "a") as file:
            row = {"name": name, "status": "done", "output": name, "options_hash": "o"}
            file.write(json.dumps(row) + chr(10))
        os.replace(partial, output)
worker.kill()
"""


@linux
def test_kills_are_of_all_kinds_and_the_run_is_gone_on_with(tmp_path):
    for index in range(20):
        write_png(tmp_path / "in" / f"{index}.png", shade=index)
    argv = [sys.executable, "-c", STAND_IN, str(tmp_path / "in"), str(tmp_path / "out")]
    killed = Kills(argv, tmp_path / "out", 20, tmp_path / "said", random.Random(1), pace=0.02)
    killed.run(len(KINDS))
    assert killed.made == dict.fromkeys(KINDS, 1)
    assert pictures_in(tmp_path / "out") == 20
    assert killed.faults == []


@linux
def test_a_process_that_outlives_its_parent_is_a_fault_and_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(kills, "GONE", 0.1)
    argv = ["sh", "-c", "sleep 60 & wait"]
    killed = Kills(argv, tmp_path, 0, tmp_path / "said", random.Random(1))
    killed._running = running = Running(argv, tmp_path / "said").start()
    while not running.workers():
        assert running.is_running()
    killed._end_all()
    assert killed.faults == ["1 processes are left 0.1 s after the parent"]
    while running.pids():
        pass


# Hostile files


@pytest.fixture
def judged(tmp_path):
    """What is found of two hostile files and a photo, by rows and outputs."""
    files = [Hostile(b"bad.jpg", "refused", b""), Hostile(b"pipe.jpg", "unread", b"")]
    good = done("good"), done("bad", status="failed", error="no picture")

    def judged(found=good, outputs=("good.png",), said="2 pictures: 1 failed", code=1):
        for name in outputs:
            write_png(tmp_path / name)
        write_journal(tmp_path, *found)
        ended = replace(ENDED, code=code, err=said)
        return hostile.judged(files, [b"good.jpg"], tmp_path, ended)

    return judged


def test_hostile_files_that_are_reported(judged):
    found = judged()
    assert (found["wrong"], found["not_right"], found["faults"]) == (0, 0, [])
    assert (found["hostile"], found["reported"], found["right"]) == (2, 1, 1)
    assert found["ends"] == {"refused": {"refused": 1}, "unread": {"not taken": 1}}
    assert found["reasons"] == {"no picture": 1}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"found": [done("good"), done("bad")], "code": 0}, "done, but not whole"),
        ({"found": [done("good")], "code": 0}, "not taken, but has to be refused"),
        ({"outputs": ("good.png", "bad.png")}, "failed, but written"),
        ({"outputs": ("good.png", "more.png")}, "more.png"),
        ({"outputs": ()}, "good.jpg"),
        ({"code": 0}, "exit code 0"),
        ({"said": "done"}, "doesn't say that 1 failed"),
        ({"said": "1\nTraceback"}, "a traceback"),
        ({"said": "1 \x1b[2Jbroken.jpg"}, "commands the terminal"),
    ],
)
def test_what_hostile_files_shouldnt_come_to_is_found(judged, changed, fault):
    found = judged(**changed)
    assert any(fault in line for line in found["faults"])
    assert found["wrong"] >= 1


def test_an_error_of_two_lines_is_a_fault(judged):
    row = done("bad", status="failed", error="one\ntwo")
    assert "no line tells why" in judged(found=[done("good"), row])["faults"][0]


# Memory


def samples(parent, worker):
    return [
        Sample(index, {1: float(own), 2: float(other)})
        for index, (own, other) in enumerate(zip(parent, worker))
    ]


def test_memory_that_grows_after_the_first_pictures():
    flat, rising = [100] * 30, range(100, 130)
    found = memory.summary(samples(flat, rising), 1, warm_up=10)
    assert found["growth_parent"] == 0
    assert found["growth_workers"] == pytest.approx(127.5 / 111.5 - 1)
    assert found["growth_all"] == pytest.approx(227.5 / 211.5 - 1)
    early = [50] * 10 + [100] * 20
    assert memory.summary(samples(early, flat), 1, warm_up=10)["growth_all"] == 0


def test_too_few_samples_are_no_flat_memory():
    with pytest.raises(CommandFailed, match="ended before 10"):
        memory.summary(samples([1], [1]), 1, warm_up=10)


# Skipping


def test_the_journal_tells_of_every_copy(monkeypatch, tmp_path):
    def paint(argv, said, **_):
        target = tmp_path / "out"
        if not target.exists():
            write_png(target / "0000.png")
            write_journal(target, done("0000", source_hash="s"))
        return ENDED

    monkeypatch.setattr(skip, "run", paint)
    monkeypatch.setattr(skip, "FOLDERS", 3)
    found = skip.skip(tmp_path, quick=True)
    assert (found["pictures"], found["painted"], found["seconds"]) == (2000, 0, 4.0)
    for row in rows(tmp_path / "out")[1::500]:
        source, output = (tmp_path / "in" / row["name"]).stat(), tmp_path / "out" / row["output"]
        assert (row["source_size"], row["source_mtime"]) == (source.st_size, source.st_mtime_ns)
        assert row["output_mtime"] == output.stat().st_mtime_ns
        assert row["source_hash"] == "s"
    assert len({row["name"] for row in rows(tmp_path / "out")}) == 2001


# The command line


def test_figures_beside_what_is_asked(monkeypatch, capsys):
    figures = {"seconds": 21.5, "painted": 0, "journal_mb": 30}
    monkeypatch.setattr(command, "PARTS", {"skip": lambda work, quick: figures})
    with pytest.raises(SystemExit) as stopped:
        command.main(["skip", "--quick"])
    out = capsys.readouterr().out
    assert stopped.value.code == 1
    assert "21.5  ≤ 20" in out
    assert "(short)" in out
    assert '"journal_mb": 30' in out
    assert out.startswith(command.cpu())
    figures["seconds"] = 19
    with pytest.raises(SystemExit) as stopped:
        command.main(["skip", "--json"])
    assert stopped.value.code == 0
    assert json.loads(capsys.readouterr().out)["skip"]["seconds"] == 19


def test_every_part_says_what_it_measures(told):
    said = told("folder.command")
    assert command.PARTS.keys() == command.MEASURES.keys()
    assert all(f"- {part}: " in said for part in command.PARTS)
