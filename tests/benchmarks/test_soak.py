"""Whether a process that works for hours stays as it was."""

from __future__ import annotations

import json
import mmap
import os
import sys

import numpy as np
import pytest

import semcs
from benchmarks import soak
from benchmarks.soak import Sample, growth, picture, process_now, summary

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def samples(memory, handles=10, threads=2):
    return [Sample("mask", 0.5, float(megabytes), handles, threads) for megabytes in memory]


def test_growth_by_hand():
    assert growth([2, 2, *[9] * 6, 3, 3]) == pytest.approx(0.5)
    assert growth([4.0] * 7) == 0


@pytest.mark.parametrize(
    ("memory", "flat"),
    [([100] * 20, True), ([50] * 5 + [100] * 15, True), (range(100, 120), False)],
)
def test_growth_in_the_warm_up_is_left_out(memory, flat):
    found = summary(samples(memory), warm_up=5)
    assert found["flat"] is flat
    assert found["calls"] == 20


def test_a_handle_or_thread_that_is_left_open_is_growth():
    for changed in ({"handles": 11}, {"threads": 3}):
        grown = samples([100] * 10) + samples([100] * 10, **changed)
        assert not summary(grown, warm_up=0)["flat"]


def test_pictures_are_of_ever_other_sizes():
    shapes = {picture(np.random.default_rng(index), 200).shape for index in range(50)}
    assert len(shapes) == 50
    assert all(24 <= side <= 200 for height, width, _ in shapes for side in (height, width))


@linux
def test_the_process_is_seen():
    megabytes, handles, threads = process_now()
    assert megabytes > 50
    with open(os.devnull):
        assert process_now()[1] == handles + 1
    assert threads >= 1


@linux
def test_memory_is_what_the_process_holds_and_no_file(tmp_path):
    size, path = 64_000_000, tmp_path / "file"
    path.write_bytes(bytes(size))
    before, _, _ = process_now()
    mapped = np.memmap(path, np.uint8, "r")
    assert mapped.sum() == 0  # every page of it is resident now
    assert process_now()[0] < before + size / 2e6
    # Mapped anew: an array may get memory that was freed, and still counts as the process's.
    held = np.frombuffer(mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS), np.uint8)
    held[:] = 1
    assert process_now()[0] > before + size / 2e6


@linux
def test_every_use_runs_and_the_numbers_add_up(monkeypatch, tiny_family, tmp_path, capsys):
    pytest.importorskip("matplotlib")
    stylizer = semcs.Stylizer(tiny_family)
    monkeypatch.setattr(semcs, "Stylizer", lambda _: stylizer)
    drawn = tmp_path / "soak.png"
    arguments = ["--calls", "12", "--warm-up", "6", "--most-side", "40", "--plot", str(drawn)]
    monkeypatch.setattr(sys, "argv", ["soak", *arguments, "--json"])
    soak.main()
    found = json.loads(capsys.readouterr().out)
    assert {sample["use"] for sample in found["samples"]} == set(soak.USES)
    assert set(found["growth_of_seconds"]) == set(soak.USES)
    assert len(found["samples"]) == found["calls"] == 12
    assert drawn.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "wrong", [["--calls", "5", "--warm-up", "5"], ["--threads", "0"], ["--most-side", "3"]]
)
def test_numbers_that_make_no_sense(wrong, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["soak", *wrong])
    with pytest.raises(SystemExit):
        soak.main()
    assert "error:" in capsys.readouterr().err
