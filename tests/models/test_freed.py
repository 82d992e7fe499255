"""Freed memory goes back to the system."""

from __future__ import annotations

import ctypes
import mmap
import subprocess
import sys

import numpy as np
import pytest

import semcs
from benchmarks.soak import process_now
from semcs.models import freed

PIECES, PIECE = 4000, 60_000  # bytes of each
FREED_MB = PIECES * PIECE / 1e6
PIXELS = np.random.default_rng(0).integers(0, 256, (40, 48, 3), dtype=np.uint8)
MASK = PIXELS[..., 0] < 100

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_trim"),
    reason="glibc's memory",
)


def freed_but_kept():
    """Small pieces, and between them free memory that they keep resident."""
    large, small = [], []
    for _ in range(PIECES):
        large.append(np.ones(PIECE, np.uint8))
        small.append(bytearray(700))
    large.clear()
    return small


USES = {
    "mask": lambda family: semcs.saliency_mask(PIXELS, models=family, size=32),
    "picture": lambda family: semcs.stylize(
        PIXELS, fg="gold", mask=MASK, preset="instant", models=family
    ),
}


@pytest.mark.parametrize("use", USES)
def test_after_a_call_little_freed_memory_is_resident(use, tiny_family, monkeypatch):
    USES[use](tiny_family)  # what is loaded once
    monkeypatch.setattr(freed, "PAUSE", 0)
    freed.FREED.give_back()  # what other tests freed, which the pieces would get
    between = freed_but_kept()
    before, _, _ = process_now()
    USES[use](tiny_family)
    assert process_now()[0] < before - FREED_MB / 3
    assert len(between) == PIECES


def test_it_is_left_alone_for_a_while(monkeypatch):
    times, trimmed = iter([10.0, 10.9, 11.0]), []
    monkeypatch.setattr(freed.time, "monotonic", lambda: next(times))
    memory = freed.Freed()
    monkeypatch.setattr(memory, "_trim", trimmed.append)
    for expected in (1, 1, 2):
        memory.give_back()
        assert len(trimmed) == expected


def test_workers_keep_as_much_as_a_picture_needs(monkeypatch):
    resident, trimmed = iter([900, 600, 700, 800, 860, 1, 601, 600]), []
    monkeypatch.setattr(freed, "PAUSE", 0)
    monkeypatch.setattr(freed, "_resident", lambda: next(resident) * 2**20)
    memory = freed.Freed()
    memory.kept = 256 * 2**20
    monkeypatch.setattr(memory, "_trim", trimmed.append)
    # 900 before the first and 600 after it; 700, 800; 860 are too many, and 1 is left; 601 again.
    for expected in (1, 1, 1, 2, 3):
        memory.give_back()
        assert len(trimmed) == expected


def test_a_worker_says_that_it_keeps_it():
    """In a process of its own, since it says so for the whole process."""
    program = "from semcs.models import freed; freed.keep_freed_memory(); print(freed.FREED.kept)"
    command = [sys.executable, "-c", program]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert int(told) == freed.KEPT_BY_WORKERS


def test_what_is_in_memory_is_what_the_system_says():
    with mmap.mmap(-1, 50 * 2**20) as held:
        held.write(b"1" * len(held))
        before = freed._resident()
    assert 40 * 2**20 < before - freed._resident() < 60 * 2**20


def test_a_system_that_cannot_is_left_alone(monkeypatch):
    monkeypatch.setattr(freed.sys, "platform", "darwin")
    freed.Freed().give_back()
