"""A run from file to file that is ended at any moment goes on, to the same bits."""

from __future__ import annotations

import errno
import json
import logging
import os
import random
import signal
import time

import pytest
from panned import in_child, kill_at_file, make_pan
from tiny_regions import TinyRegions

import semcs
from semcs.cli.process import take_over
from semcs.errors import InputError, NotFoundError
from semcs.video.runs import file_run
from semcs.video.runs.journal import Journal, Progress
from semcs.video.training import clip_training

FRAMES, CHUNK = 9, 3


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return make_pan(tmp_path_factory.mktemp("source") / "clip.mp4", FRAMES)


@pytest.fixture
def family(make_family):
    return make_family(regions=TinyRegions)


@pytest.fixture
def run(source, family, tmp_path, monkeypatch):
    """Styles the clip into a folder in which there is nothing else."""
    monkeypatch.setattr(file_run, "CHUNK", CHUNK)

    def style(path=source, **options):
        asked = {"fg": "blue", "models": family, "size": 64, "progress": False, **options}
        return semcs.stylize_video(path, tmp_path / "out.mp4", **asked)

    return style


@pytest.fixture(scope="module")
def undisturbed():
    """The bytes of outputs that nothing disturbed, by their options."""
    return {}


@pytest.fixture
def whole(run, undisturbed, tmp_path):
    """The bytes that an undisturbed run writes, and nothing of it left."""

    def bytes_of(**options):
        key = json.dumps(options)
        if key not in undisturbed:
            run(**options)
            assert names(tmp_path) == {"out.mp4"}
            undisturbed[key] = (tmp_path / "out.mp4").read_bytes()
            (tmp_path / "out.mp4").unlink()
        return undisturbed[key]

    return bytes_of


def names(folder):
    return {path.name for path in folder.iterdir()}


def killed_after(number, run, **options):
    """A run that is killed right after it has given its n-th file its name."""

    def work():
        kill_at_file(number, after=True)
        run(**options)

    assert in_child(work) == -signal.SIGKILL


def interrupted_after(number, run, monkeypatch, **options):
    """The same by Ctrl-C, in this process: a forked one can't train after its parent has."""
    replace, left = os.replace, [number]

    def interrupting(source, target):
        replace(source, target)
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", interrupting)
        with pytest.raises(KeyboardInterrupt):
            run(**options)


@pytest.mark.parametrize(("number", "after"), [(3, False), (2, True)])
def test_killed_at_every_second_file_it_ends_with_the_same_bits(
    run, whole, tmp_path, number, after
):
    expected, kills = whole(), 0

    def work():
        kill_at_file(number, after=after)
        run()

    while in_child(work) == -signal.SIGKILL:
        kills += 1
        assert kills < 2 * FRAMES
    assert kills >= FRAMES // CHUNK
    assert (tmp_path / "out.mp4").read_bytes() == expected
    assert names(tmp_path) == {"out.mp4"}


def test_killed_at_random_moments_it_ends_with_the_same_bits(run, whole, tmp_path):
    expected, moments = whole(), random.Random(0)
    for _ in range(4):
        pid = os.fork()
        if pid == 0:
            try:
                run()
            finally:
                os._exit(0)
        time.sleep(moments.uniform(0, 0.5))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    run()
    assert (tmp_path / "out.mp4").read_bytes() == expected
    assert names(tmp_path) == {"out.mp4"}


def test_only_what_is_missing_is_made(run, whole, tmp_path, caplog):
    caplog.set_level(logging.INFO, "semcs")
    expected = whole()
    killed_after(5, run)  # about.json, two chunks with their states
    made = []
    result = run(callback=lambda frame: made.append(frame.index))
    assert (result.kept, result.frames, made) == (6, 9, [6, 7, 8])
    assert result.clip_seconds == pytest.approx(9 / 25)
    assert result.looks[0]["text"] == "blue"
    assert "goes on after 6 frames" in caplog.text
    assert (tmp_path / "out.mp4").read_bytes() == expected


def test_what_is_whole_is_only_joined(run, whole, tmp_path):
    expected = whole()
    killed_after(7, run)
    result = run(callback=lambda _: pytest.fail("all frames were made"))
    assert (result.kept, result.looks[0]["text"]) == (9, "blue")
    assert (tmp_path / "out.mp4").read_bytes() == expected


def test_a_network_is_trained_once(run, whole, tmp_path, monkeypatch):
    trained = {"preset": "semcs", "steps": 1, "stop": 0.12}
    expected = whole(**trained)
    assert expected != whole()
    interrupted_after(2, run, monkeypatch, **trained)  # about.json, the network
    monkeypatch.setattr(clip_training, "Training", None)
    assert run(**trained).kept == 0
    assert (tmp_path / "out.mp4").read_bytes() == expected


@pytest.mark.parametrize("change", ["seed", "strength", "stop", "source", "chunk", "restart"])
def test_what_was_begun_otherwise_is_begun_anew(run, source, tmp_path, caplog, monkeypatch, change):
    caplog.set_level(logging.INFO, "semcs")
    options = {"seed": {"seed": 1}, "strength": {"strength": 0.5}, "stop": {"stop": 0.2}}
    options = options.get(change, {})
    killed_after(5, run)
    if change == "source":
        options = {"path": make_pan(tmp_path.parent / "other.mp4", 8)}
    if change == "chunk":
        monkeypatch.setattr(file_run, "CHUNK", 2)
    assert run(**options, resume=change != "restart").kept == 0
    told = [line for line in caplog.messages if "begun anew" in line]
    what = "source" if change == "source" else "options"
    assert len(told) == (change != "restart")
    assert all(line.endswith(f"has changed: {what}") for line in told)
    assert names(tmp_path) == {"out.mp4"}


def test_a_damaged_state_is_not_gone_on_from(run, whole, tmp_path, caplog):
    expected = whole()
    killed_after(5, run)
    state = tmp_path / ".out.mp4.semcs-part" / "state.npz"
    state.write_bytes(state.read_bytes()[:-100])
    assert run().kept == 0
    assert "damaged" in caplog.text
    assert (tmp_path / "out.mp4").read_bytes() == expected


def test_two_runs_dont_make_the_same_output(run, tmp_path):
    with Journal(tmp_path / "out.mp4"), pytest.raises(InputError, match="by another run"):
        run()
    run()
    assert names(tmp_path) == {"out.mp4"}


def test_a_full_disk_is_told_and_what_is_done_stays(run, whole, tmp_path, monkeypatch):
    expected = whole()
    fsync, left = os.fsync, [6]

    def full(descriptor):
        left[0] -= 1
        if left[0] == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"No space left on device$"):
        run()
    assert names(tmp_path) == {".out.mp4.semcs-part"}
    assert run().kept == 6
    assert (tmp_path / "out.mp4").read_bytes() == expected


def test_a_run_that_has_done_nothing_leaves_nothing(run, tmp_path):
    with pytest.raises(NotFoundError):
        run(fg=None, regions=[semcs.Region("ghost", "gold")])
    assert names(tmp_path) == set()


def test_what_isnt_ones_own_stays(run, tmp_path):
    folder = tmp_path / ".out.mp4.semcs-part"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear")
    run()
    assert names(folder) == {"letter.txt"}


@pytest.mark.parametrize(("name", "said"), [("SIGTERM", "terminated"), ("SIGINT", "interrupted")])
def test_a_signal_is_told_in_one_line_that_says_how_to_go_on(run, tmp_path, name, said):
    def end(frame):
        if frame.index == 4:
            os.kill(os.getpid(), getattr(signal, name))

    def work():
        signal.signal(getattr(signal, name), signal.SIG_DFL)
        os.dup2(os.open(tmp_path / "err", os.O_WRONLY | os.O_CREAT), 2)
        take_over()
        run(callback=end)

    assert in_child(work) == 128 + getattr(signal, name)
    told = (tmp_path / "err").read_text()
    assert told == f"semcs: error: {said}: the same command goes on where this one was\n"
    assert run().kept == 3


def test_an_exception_from_outside_keeps_what_is_done(run, tmp_path, caplog):
    caplog.set_level(logging.INFO, "semcs")

    def end(frame):
        if frame.index == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(callback=end)
    assert caplog.messages[-1].endswith("the same command goes on where this one was")
    assert run().kept == 3


def test_progress_is_told_as_it_was():
    progress = Progress().after(3, 5, file_run.Fraction(1, 3)).after(2, 9, file_run.Fraction(7, 30))
    assert Progress.unpacked(progress.packed()) == progress == Progress(2, 5, 9, progress.last)
