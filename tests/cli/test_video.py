"""`semcs video`: what the API gives, by options; every end is one line."""

from __future__ import annotations

import json
import os
import signal

import numpy as np
import pytest
from clips import make_clip, video_frames
from commandline import assert_one_line, code_of, help_of
from panned import frame, in_child, kill_at_file, make_pan
from PIL import Image
from tiny_regions import TinyRegions

import semcs
from semcs.cli import video
from semcs.video import asked
from semcs.video.runs import file_run
from semcs.video.workers import crew

QUICK = ("--workers", "0", "--quiet")


@pytest.fixture(autouse=True)
def family(make_family, use):
    tiny = make_family(regions=TinyRegions)
    use(tiny)
    return tiny


@pytest.fixture(scope="module")
def pan(tmp_path_factory):
    return make_pan(tmp_path_factory.mktemp("pan") / "clip.mp4", 6).read_bytes()


@pytest.fixture
def clip(folder, pan, monkeypatch):
    """A folder with clip.mp4 of six frames."""
    monkeypatch.setattr(file_run, "CHUNK", 2)
    (folder / "clip.mp4").write_bytes(pan)
    return folder


def written(folder):
    return {path.name for path in folder.iterdir()} - {"photo.png", "mask.png", "clip.mp4"}


def test_it_gives_what_the_api_gives(clip, family):
    options = ("--fg", "blue", "--seed", "3", "--strength", "0.8", "--to", "0.2")
    assert code_of("video", "clip.mp4", "-o", "cli.mp4", *options, *QUICK) == 0
    said = {"fg": "blue", "seed": 3, "strength": 0.8, "stop": 0.2, "workers": 0}
    semcs.stylize_video("clip.mp4", "api.mp4", models=family, **said)
    assert (clip / "cli.mp4").read_bytes() == (clip / "api.mp4").read_bytes()
    assert len(video_frames("cli.mp4")) == 5
    assert written(clip) == {"cli.mp4", "api.mp4"}


def test_one_text_after_the_output(clip):
    assert code_of("video", "clip.mp4", "-o", "out.gif", "blue", *QUICK) == 0
    assert Image.open("out.gif").n_frames == 6


def test_it_says_what_it_did(clip, capfd):
    assert code_of("video", "clip.mp4", "blue", "-o", "out.mp4", "--workers", "0") == 0
    assert "wrote out.mp4: 6 frames (0.2 s) by the tiny models in" in capfd.readouterr().err
    assert code_of("video", "clip.mp4", "blue", "-o", "out.mp4", *QUICK) == 0
    assert capfd.readouterr().err == ""


def test_report(clip):
    options = ("--report", "r.json", "--from", "0.04", "--quality", "50")
    assert code_of("video", "clip.mp4", "blue", "-o", "out.mp4", *options, *QUICK) == 0
    told = json.loads((clip / "r.json").read_text())
    assert (told["input"], told["output"], told["frames"]) == ("clip.mp4", "out.mp4", 5)
    assert told["clip_seconds"] == pytest.approx(0.2)
    assert told["preset"]["name"] == "instant"
    assert told["looks"][0]["text"] == "blue"
    assert told["file_size"] == (clip / "out.mp4").stat().st_size
    assert told["version"] == semcs.__version__


def test_a_preview_is_a_picture_of_one_frame(clip):
    assert code_of("video", "clip.mp4", "blue", "-o", "f.png", "--preview", "0:00.1", *QUICK) == 0
    shown = np.asarray(Image.open("f.png"), int)
    assert shown.shape == (64, 96, 3)
    gaps = [np.abs(shown[..., 1] - frame(index)[..., 1]).mean() for index in range(6)]
    assert int(np.argmin(gaps)) == 2
    assert written(clip) == {"f.png"}


def test_a_region_is_what_a_pixel_is_on(clip):
    options = ("--region", "70,30=blue", "--region", "rest=keep", "--preview", "0")
    assert code_of("video", "clip.mp4", "-o", "f.png", *options, *QUICK) == 0
    changed = np.abs(np.asarray(Image.open("f.png"), int) - frame(0)).sum(2) > 60
    assert changed[30, 70]
    assert 0.02 < changed.mean() < 0.9


def test_so_it_is_in_a_photo(folder):
    argv = ("--region", "48,30=blue", "--preset", "instant", "--quiet")
    assert code_of("stylize", "photo.png", "-o", "out.png", *argv) == 0
    before, after = (np.asarray(Image.open(name), int) for name in ("photo.png", "out.png"))
    changed = np.abs(after - before).sum(2) > 40
    assert changed[30, 48]
    assert 0.02 < changed.mean() < 0.9


def test_a_killed_command_goes_on_and_restart_begins_anew(clip, capfd):
    argv = ("video", "clip.mp4", "blue", "-o", "out.mp4", "--workers", "0")

    def killed():
        kill_at_file(5, after=True)
        code_of(*argv)

    assert in_child(killed) == -signal.SIGKILL
    assert written(clip) == {".out.mp4.semcs-part"}
    assert code_of(*argv) == 0
    assert "out.mp4: goes on after 4 frames" in capfd.readouterr().err
    first = (clip / "out.mp4").read_bytes()
    assert in_child(killed) == -signal.SIGKILL
    assert code_of(*argv, "--restart") == 0
    assert "goes on" not in capfd.readouterr().err
    assert (clip / "out.mp4").read_bytes() == first
    assert written(clip) == {"out.mp4"}


def test_a_broken_end_is_a_warning(clip, capfd):
    front = {"movflags": "faststart"}
    make_clip(clip / "clip.mp4", noise=30, frames=24, container_options=front)
    data = (clip / "clip.mp4").read_bytes()
    (clip / "clip.mp4").write_bytes(data[: len(data) * 6 // 10])
    assert code_of("video", "clip.mp4", "blue", "-o", "out.mp4", *QUICK) == 0
    told = capfd.readouterr().err
    assert told.startswith("semcs: 'clip.mp4' is broken: ")
    assert told.count("\n") == 1
    assert 0 < len(video_frames("out.mp4")) < 24
    assert written(clip) == {"out.mp4"}


WRONG = [
    (("clip.mp4", "blue", "--from", "3", "--to", "0:02"), "--to has to be after --from: 2 s"),
    (("clip.mp4", "blue", "--fg", "gold"), "either STYLE"),
    (("clip.mp4",), "either STYLE"),
    (("-", "blue"), "read from files"),
    (("clip.mp4", "blue", "-o", "-"), "written to files"),
    (("clip.mp4", "blue", "--preview", "1", "--to", "2"), "--to is for clips"),
    (("clip.mp4", "blue", "--preview", "1", "--report", "r.json"), "--report is for clips"),
    (("clip.mp4", "--region", "10,10=blue", "--mask", "mask.png"), "--mask: no --region"),
    (("clip.mp4", "blue", "--report", "out.mp4"), "both out.mp4"),
]
FAILED = [
    (("no.mp4", "blue"), "no.mp4"),
    (("photo.png", "blue"), "still picture"),
    (("clip.mp4", "blue", "--from", "3"), "lasts 0.24 s"),
    (("clip.mp4", "blue", "-o", "out.xyz"), "'.xyz'"),
    (("clip.mp4", "blue", "-o", "no/out.mp4"), "no directory"),
    (("clip.mp4", "blue", "-o", "clip.mp4"), "the source itself"),
    (("clip.mp4", "blue", "--preview", "1", "-o", "f.png"), "lasts 0.24 s"),
    (("clip.mp4", "blue", "--preview", "0", "-o", "f.mp4"), "'.mp4'"),
    (("clip.mp4", "--region", "100,10=blue"), "outside of the picture"),
    (("clip.mp4", "--region", "ghost=blue"), "ghost"),
]


@pytest.mark.parametrize(
    ("code", "argv", "complaint"), [(2, *one) for one in WRONG] + [(1, *one) for one in FAILED]
)
def test_what_is_wrong_is_one_line(clip, capfd, code, argv, complaint):
    out = () if "-o" in argv else ("-o", "out.mp4")
    assert code_of("video", *argv, *out, *QUICK) == code
    assert_one_line(capfd.readouterr().err, complaint)
    assert written(clip) == set()


def test_without_pyav_it_says_what_to_install(clip, capfd, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "av", None)
    assert code_of("video", "clip.mp4", "blue", "-o", "out.mp4", *QUICK) == 1
    assert_one_line(capfd.readouterr().err, "pip install 'semcs[video]'")


def test_a_full_disk_is_one_line(clip, capfd, monkeypatch):
    def full(_descriptor):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    assert code_of("video", "clip.mp4", "blue", "-o", "out.mp4", *QUICK) == 1
    assert_one_line(capfd.readouterr().err, "No space left on device")
    assert written(clip) == set()


def test_the_limits_are_those_of_the_api(capsys):
    assert (video.MOST_WORKERS, video.DEFAULT_PRESET) == (crew.MOST, asked.PRESET)
    assert f"0 to {crew.MOST}" in help_of(capsys, "video")
