"""The command that measures videos, what it measures, and what it costs."""

from __future__ import annotations

import argparse
import json
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from benchmarks.video import command, painters, speed
from benchmarks.video.clips import MAKERS
from benchmarks.video.command import made_names, pair, parse, real_sources
from benchmarks.video.painters import TEXTS
from benchmarks.video.scene import Clip, Step
from semcs.errors import InputError
from semcs.looks.matching import match

RNG = np.random.default_rng(0)
FRAMES = [RNG.integers(0, 256, (40, 48, 3), np.uint8) for _ in range(3)]


# Who paints


def test_the_product_gets_frames_one_by_one(monkeypatch):
    def stylize_video(frames, **options):
        assert options.pop("models") == "bundled"
        assert options == {"fg": "gold", "bg": "snow", "preset": "instant", "seed": 0, "scale": 2}
        assert next(frames) is FRAMES[0]
        yield FRAMES[1]
        yield from frames

    monkeypatch.setattr(painters, "semcs", SimpleNamespace(stylize_video=stylize_video))
    styled = painters.styled_by_product(FRAMES, "gold", "snow", scale=2)
    assert [frame is FRAMES[i] for frame, i in zip(styled, (1, 1, 2))] == [True] * 3


@pytest.fixture
def alone(monkeypatch):
    """The calls of a stylizer that paints the negative."""
    calls = []

    def paint(frame, **options):
        calls.append(options)
        return SimpleNamespace(image=255 - frame)

    monkeypatch.setattr(painters, "stylizer", lambda: paint)
    return calls


def test_frames_painted_alone_are_kept(alone, tmp_path):
    first = painters.kept_alone(FRAMES, "gold", "snow", tmp_path / "new")
    np.testing.assert_array_equal(first, [255 - frame for frame in FRAMES])
    options = {"fg": "gold", "bg": "snow", "preset": "instant", "seed": 0, "progress": False}
    assert alone == [options] * 3
    again = painters.kept_alone(FRAMES, "gold", "snow", tmp_path / "new")
    np.testing.assert_array_equal(again, first)
    assert len(alone) == 3
    painters.kept_alone(FRAMES, "snow", "gold", tmp_path / "new")
    painters.kept_alone(FRAMES[:2], "gold", "snow", tmp_path / "new")
    assert len(alone) == 8


def test_masks_are_followed_and_begin_anew_at_a_cut(monkeypatch):
    calls = []

    class Tracker:
        def __init__(self, family, request, preset):
            calls.append((family, request.fg, request.bg, preset.name))

        def first(self, rgb):
            return self._regions("first", rgb)

        def next(self, rgb, motion):
            assert motion.back.shape == (*rgb.shape[:2], 2)
            return self._regions("next", rgb)

        def _regions(self, how, rgb):
            calls.append(how)
            assert rgb.dtype == np.float32
            return [
                SimpleNamespace(role=role, mask=sign * rgb[..., 0])
                for role, sign in (("background", -1), ("foreground", 1))
            ]

    monkeypatch.setattr(painters, "RegionTracker", Tracker)
    monkeypatch.setattr(painters, "stylizer", lambda: SimpleNamespace(family="family"))
    smooth = np.asarray(Image.fromarray(FRAMES[0][:4, :5]).resize((64, 48), 3))
    frames = [smooth, smooth, RNG.integers(0, 256, smooth.shape, np.uint8)]
    masks = painters.masks_by_product(frames, "gold", "snow")
    assert calls == [("family", "gold", "snow", "instant"), "first", "next", "first"]
    np.testing.assert_allclose(masks, [frame[..., 0] / 255 for frame in frames], atol=1e-6)


def test_one_text_is_for_the_learned_painter():
    looks = [match(text).looks for texts in TEXTS for text in texts]
    assert looks.count(()) == 1


# The command


def asked(*arguments):
    return parse(["--data", "data", *arguments])


def test_what_is_measured():
    everything = asked()
    assert made_names(everything) == tuple(MAKERS)
    assert set(made_names(asked("--quick"))) < set(MAKERS)
    assert made_names(asked("--real", "x")) == ()
    assert made_names(asked("--real", "x", "--clips", "cut")) == ("cut",)
    assert real_sources(asked("--clips", "cut")) == []
    with pytest.raises(InputError, match=r"no data/video/car_shadow"):
        real_sources(everything)
    for wrong in (["--clips"], ["--texts", "gold"]):
        with pytest.raises(SystemExit):
            asked(*wrong)


def test_texts_are_pairs():
    assert pair("gold / starry night") == ("gold", "starry night")
    for text in ("gold", "gold/", "/snow"):
        with pytest.raises(argparse.ArgumentTypeError, match="FG/BG is allowed"):
            pair(text)


@pytest.fixture
def run(monkeypatch, tmp_path, capsys, alone):
    """Runs the command on small clips; frames painted alone are negatives with flicker."""
    mask = np.zeros((40, 48), bool)
    mask[10:30, 10:30] = True
    step = Step(np.zeros((40, 48, 2), np.float32), np.ones((40, 48), bool))
    gray = np.full((40, 48, 3), 100, np.uint8)

    def made(name, data, count):
        frames = [gray + index % 2 for index in range(count)]
        return Clip(name, frames, [step] * (count - 1), [mask] * count)

    def product(frames, fg, bg):
        return [frame + 2 * (index % 2) for index, frame in enumerate(frames)]

    def scores(masks, clip, truths):
        return {"iou": 0.9, "flicker": 0.02, "true_flicker": 0.01}

    monkeypatch.setattr(command, "make_clip", made)
    monkeypatch.setattr("benchmarks.video.measure.styled_by_product", product)
    monkeypatch.setattr("benchmarks.video.measure.masks_alone", lambda frames: None)
    monkeypatch.setattr("benchmarks.video.measure.masks_by_product", lambda *_: None)
    monkeypatch.setattr("benchmarks.video.measure.mask_scores", scores)
    monkeypatch.setattr("benchmarks.video.measure.still_scores", lambda *_: {"agreement": 0.5})

    def run(*arguments):
        out = ["--data", str(tmp_path), "--out", str(tmp_path / "kept")]
        command.main([*out, *arguments])
        return capsys.readouterr().out

    return run


def test_the_whole_command(run, tmp_path):
    texts = ["--texts", "gold/snow", "mosaic/deep sea"]
    found = json.loads(run("--clips", "pan", "cut", *texts, "--sheets", str(tmp_path), "--json"))
    assert [(case["clip"], case["bg"]) for case in found["cases"]] == [
        *(("pan", "snow"), ("pan", "deep sea"), ("cut", "snow"), ("cut", "deep sea"))
    ]
    assert found["overall"]["error_over_source"] == pytest.approx(3)
    assert found["overall"]["error_over_alone"] == pytest.approx(3)
    assert set(found["masks"]) == {"pan", "cut"}
    assert (tmp_path / "cut-mosaic-deep-sea-slice.png").is_file()
    table = run("--clips", "pan").splitlines()
    assert any("≤ 1.5" in line and "(short)" in line for line in table)


def test_made_clips_take_turns_with_the_texts(run):
    found = json.loads(run("--clips", "pan", "slow_pan", "--json"))
    assert [(case["fg"], case["bg"]) for case in found["cases"]] == list(TEXTS[:2])


# Speed


def test_frames_go_there_and_back():
    assert list(speed.there_and_back("abc", 8)) == list("abcbabcb")


def test_made_files_hold_the_frames(tmp_path):
    av = pytest.importorskip("av")
    flat = [np.full((64, 96, 3), level, np.uint8) for level in (50, 100, 150)]
    speed.write_mp4(flat, tmp_path / "a.mp4")
    with av.open(str(tmp_path / "a.mp4")) as container:
        read = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert [frame.shape for frame in read] == [(64, 96, 3)] * 3
    assert [frame.mean() for frame in read] == pytest.approx([50, 100, 150], abs=3)


def test_memory_is_that_of_children_too():
    child = "held = bytearray(b'1') * (60 << 20); import time; time.sleep(2)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    cost = speed.run_watched([sys.executable, "-c", parent])
    assert 60 < cost.memory_mb < 110
    assert cost.seconds > 2


def test_commands_that_fail_are_told():
    failing = "import os, sys; sys.exit('no ' + os.environ['SAID'])"
    with pytest.raises(InputError, match="no frames"):
        speed.run_watched([sys.executable, "-c", failing], SAID="frames")


@pytest.fixture
def watched(monkeypatch, tmp_path):
    """Commands that took 20 s for 60 frames and 50 s for 240."""
    commands = []

    def run(command, **variables):
        commands.append((command, variables))
        return speed.Cost(20 if len(commands) == 1 else 50, 700)

    clip = SimpleNamespace(frames=FRAMES)
    monkeypatch.setattr(speed, "make_clip", lambda *_: clip)
    monkeypatch.setattr(speed, "write_mp4", lambda frames, file: file.write_bytes(b""))
    monkeypatch.setattr(speed, "run_watched", run)
    monkeypatch.setattr(speed, "ROOT", tmp_path)
    return commands


def test_speed_is_of_the_whole_command(watched, tmp_path, capsys):
    command.main(["--data", str(tmp_path), "--speed", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert (found["frames_per_s"], found["marginal_frames_per_s"]) == (4.8, 6)
    assert (found["memory_60_mb"], found["memory_240_mb"]) == (700, 700)
    line, variables = watched[1]
    assert line[1:4] == ["-m", "semcs", "video"]
    assert line[4].endswith("240.mp4")
    assert variables == speed.HELD_TO_AVX2
    assert "(short)" not in speed.table(found)
    assert "(short)" in speed.table({**found, "frames_per_s": 2.9})
