"""A few of the crashes that `make crash` makes by the hundred."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import pytest
from crash import LIGHT, SIGNALS, Crashes, fault_of, hear_signals
from PIL import Image


@pytest.fixture(autouse=True)
def heard():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    hear_signals()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_commands_that_are_ended_leave_whole_files_and_nothing_else(tmp_path):
    crashes = Crashes(tmp_path, LIGHT)
    for _ in range(9):
        crashes.once()
    crashes.finish()
    assert crashes.faults == []
    assert [tally.ends for tally in crashes.tallies.values()] == [3] * len(SIGNALS)
    assert "3/0/" in crashes.table()


def test_a_command_that_hears_no_signal_is_a_fault(tmp_path, monkeypatch):
    monkeypatch.setattr(Crashes, "_run_whole", lambda *_: 0.1)
    monkeypatch.setattr(Crashes, "_end", lambda *_, **__: False)
    crashes = Crashes(tmp_path, LIGHT)
    crashes.once()
    assert "isn't ended by" in crashes.faults[0]


def test_half_a_file_would_be_found(tmp_path):
    whole, half = tmp_path / "whole.png", tmp_path / "half.png"
    Image.radial_gradient("L").save(whole)
    half.write_bytes(whole.read_bytes()[:-1000])
    (tmp_path / "half.json").write_text('{"a": ')
    assert fault_of(whole) is None
    assert fault_of(half)
    assert fault_of(tmp_path / "half.json")
    assert fault_of(tmp_path / "none.png")
