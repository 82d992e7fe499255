"""Freed memory goes back to the system."""

from __future__ import annotations

import ctypes
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


def test_a_system_that_cannot_is_left_alone(monkeypatch):
    monkeypatch.setattr(freed.sys, "platform", "darwin")
    freed.Freed().give_back()
