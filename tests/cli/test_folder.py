"""`semcs folder`: what the API does, by options; every end is told."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time

import pytest
from commandline import assert_one_line, code_of, help_of
from PIL import Image
from sklearn.datasets import load_sample_image

import semcs
from semcs import cluster
from semcs.cli import folder as command
from semcs.cli.parser import parse
from semcs.folder import names, worker_count

LOOK = ("--fg", "gold", "--bg", "snow", "--workers", "0", "--models", "bundled")
RUN = ("folder", "in", "-o", "out", *LOOK)


@pytest.fixture(autouse=True)
def built():
    """The bundled networks themselves: other processes know no others."""


@pytest.fixture
def photos(folder):
    """A working folder with `in`, which holds three small photos."""
    (folder / "in").mkdir()
    flower = Image.fromarray(load_sample_image("flower.jpg"))
    for number in range(3):
        photo = flower.crop((60 * number, 0, 60 * number + 384, 384)).resize((64, 64))
        photo.save(folder / "in" / f"{number}.jpg")
    return folder


@pytest.fixture
def asked(monkeypatch):
    """The options that the API was called with; nothing is made."""
    calls = []

    def stand_in(source, output, **options):
        calls.append({"source": source, "output": output, **options})
        return semcs.FolderResult(output, 0, 0, (), 0, (), (), 0.0)

    monkeypatch.setattr(semcs, "stylize_folder", stand_in, raising=False)
    return calls


def outputs(folder):
    return sorted(path.name for path in (folder / "out").iterdir() if path.name[0] != ".")


def test_a_folder_is_made_and_then_skipped(photos, capsys):
    assert code_of(*RUN, "--format", "png") == 0
    assert outputs(photos) == ["0.png", "1.png", "2.png"]
    assert re.search(r"out: 3 made in [\d.]+ s, 0 there already", capsys.readouterr().err)
    assert code_of(*RUN, "--format", "png") == 0
    assert "out: 0 made" in (said := capsys.readouterr().err)
    assert "3 there already" in said


def test_failures_are_told_counted_and_an_exit_code(photos, capsys):
    for name in ("0.jpg", "1.jpg"):
        (photos / "in" / name).write_bytes(b"no picture")
    assert code_of(*RUN) == 1
    said = capsys.readouterr().err
    assert "1 made" in said
    assert "2 failed" in said
    assert said.count("0.jpg") == 1
    assert "--retry" in said
    assert outputs(photos) == ["2.jpg"]
    assert code_of(*RUN, "--quiet") == 1


def test_a_dry_run_lists_what_would_be_done(photos, capsys):
    assert code_of(*RUN, "--dry-run", "--format", "webp") == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].split() == ["new", "0.jpg", "->", "0.webp"]
    assert len(printed) == 3
    assert not (photos / "out").exists()


def test_all_options_arrive(photos, asked):
    assert (
        code_of(
            *("folder", "in", "-o", "out", "--bg", "ice", "--rule", "centre", "--invert-mask"),
            *("--strength", ".5", "--detail", ".2", "--keep-color", ".3", "--scale", "2"),
            *("--avoid", "blue", "--preset", "semcs", "--size", "64", "--steps", "3"),
            *("--seed", "7", "--max-seconds", "9"),
            *("--manifest", "m.csv", "--pattern", "*.jpg", "--pattern", "!x"),
            *("--no-recursive", "--format", "webp", "--also", "mask", "--also", "psd"),
            *("--strip-metadata", "--table", "t.csv", "--scores", "--contact-sheet", "s.pdf"),
            *("--workers", "3", "--timeout", "60", "--retry", "--verify", "--watch"),
            *("--models", "bundled", "--device", "cpu", "--quiet"),
        )
        == 0
    )
    (call,) = asked
    call.pop("stop")
    assert call == {
        **{"source": "in", "output": "out", "bg": "ice", "rule": "centre", "invert_mask": True},
        **{"strength": 0.5, "detail": 0.2, "keep_color": 0.3, "scale": 2.0, "avoid": "blue"},
        **{"preset": "semcs", "size": 64, "steps": 3, "seed": 7, "max_seconds": 9.0},
        **{"manifest": "m.csv", "patterns": ["*.jpg", "!x"], "recursive": False},
        **{"format": "webp", "also": ["mask", "psd"], "metadata": "none", "table": "t.csv"},
        **{"scores": True, "contact_sheet": "s.pdf", "workers": 3, "timeout": 60.0},
        **{"retry": True, "verify": True, "watch": True, "dry_run": False, "mask": None},
        **{"models": "bundled", "device": "cpu", "progress": False},
    }


@pytest.mark.skipif(sys.platform == "win32", reason="such names aren't allowed there")
def test_names_reach_no_terminal_as_they_are(photos, capsys):
    for name in ("new\nline.jpg", "clear\x1b[2J.jpg"):
        (photos / "in" / name).write_bytes(b"no picture")
    assert code_of(*RUN, "--dry-run") == 0
    printed = capsys.readouterr().out
    assert len(printed.splitlines()) == 5
    assert code_of(*RUN) == 1
    said = capsys.readouterr().err
    assert r"clear\x1b[2J.jpg" in printed
    assert r"new\nline.jpg: " in said
    assert "\x1b" not in printed + said
    assert said.count("2 failed") == 2, "once in all, and once for the one reason"


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ((), "say how it should look"),
        (("gold", "--fg", "ice"), "say how it should look"),
        (("gold", "--scores"), "--table"),
        (("gold", "--watch", "--dry-run"), "--dry-run"),
        (("gold", "--mask", "-"), "paths"),
        (("gold", "--table", "a.csv", "--contact-sheet", "a.csv"), "both"),
        (("gold", "--only", "layers"), "invalid choice"),
        (("gold", "--workers", "65"), "from 0 to 64"),
    ],
)
def test_wrong_usage_is_one_line(photos, capsys, asked, said, word):
    assert code_of("folder", "in", "-o", "out", *said) == 2
    assert_one_line(capsys.readouterr().err, word)
    assert not asked


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (("nowhere", "-o", "out"), "nowhere"),
        (("in", "-o", "in"), "overwritten"),
        (("in", "-o", "out", "--table", "a.txt"), ".csv or .parquet"),
        (("in", "-o", "out", "--contact-sheet", "a.txt"), ".pdf"),
        (("in", "-o", "out", "--manifest", "gone.csv"), "gone.csv"),
    ],
)
def test_what_cant_be_used_is_one_line_and_nothing_is_made(photos, capsys, said, word):
    assert code_of("folder", *said, *LOOK) == 1
    assert_one_line(capsys.readouterr().err.splitlines()[-1] + "\n", word)
    assert not (photos / "out").exists()


def test_styles_may_all_be_the_manifests(photos):
    (photos / "m.csv").write_text("path,style\n0.jpg,gold\n")
    assert code_of("folder", "in", "-o", "out", "--manifest", "m.csv", *LOOK[-4:]) == 0
    assert outputs(photos) == ["0.jpg"]


@pytest.mark.skipif(sys.platform == "win32", reason="its signals are others")
def test_ctrl_c_finishes_what_is_begun_and_the_next_run_goes_on(photos):
    run = [sys.executable, "-m", "semcs", *RUN[:-4], "--workers", "1", "--models", "bundled"]
    process = subprocess.Popen(run, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not (photos / "out" / "0.jpg").exists():
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    assert (process.returncode, "made in" in said) in {(130, True), (0, True)}, said
    assert set(outputs(photos)) <= {"0.jpg", "1.jpg", "2.jpg"}
    assert code_of(*RUN) == 0
    assert outputs(photos) == ["0.jpg", "1.jpg", "2.jpg"]


def test_the_limits_are_those_of_the_api():
    assert command.FORMATS == names.FORMS
    assert command.MOST_WORKERS == worker_count.MOST
    assert parse([*RUN, "--workers", "auto"]).workers == "auto"


def test_the_help_teaches(capsys):
    text = help_of(capsys, "folder")
    for word in ("--watch", "--retry", "path,fg,bg", "goes on", "--only mask"):
        assert word in text


def test_a_cluster_gets_the_same_options(photos, monkeypatch, capsys):
    calls = []

    def stand_in(source, output, **said):
        said.pop("progress")(1, 1, 2)
        calls.append({"source": source, "output": output, **said})
        return cluster.ClusterResult(1, 0, 1, 0, 0, {"no picture": 1}, 2.0, output)

    monkeypatch.setattr(cluster, "run_folder_on_ray", stand_in)
    assert code_of("folder", "in", "-o", "out", "--fg", "gold", "--seed", "3", "--ray") == 1
    assert code_of(*("folder", "in", "-o", "out", "gold", "--ray", "host:6379", "--retry")) == 1
    usual = {"source": "in", "output": "out", "manifest": None, "patterns": [], "recursive": True}
    plain = {"size": 512, "invert_mask": False, "also": [], "scores": False, "metadata": "private"}
    assert calls == [
        {**usual, **plain, "address": None, "retry": False, "fg": "gold", "seed": 3},
        {**usual, **plain, "address": "host:6379", "retry": True, "style": "gold"},
    ]
    assert "1 failed: no picture" in capsys.readouterr().err


@pytest.mark.parametrize(
    "said", [("--watch",), ("--dry-run",), ("--table", "t.csv"), ("--workers", "2"), ("--verify",)]
)
def test_what_is_for_one_machine_is_refused_on_a_cluster(photos, capsys, said):
    assert code_of("folder", "in", "-o", "out", "gold", "--ray", "auto", *said) == 2
    assert_one_line(capsys.readouterr().err, f"{said[0]} is for one machine")
