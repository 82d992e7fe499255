"""A few of the crashes that `make crash` makes by the hundred."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from crash import LIGHT, Crashes, fault_of
from PIL import Image


def test_commands_that_are_ended_leave_whole_files_and_nothing_else(tmp_path):
    crashes = Crashes(tmp_path, LIGHT)
    for _ in range(12):
        crashes.once()
    crashes.finish()
    assert crashes.faults == []


def test_half_a_file_would_be_found(tmp_path):
    whole, half = tmp_path / "whole.png", tmp_path / "half.png"
    Image.radial_gradient("L").save(whole)
    half.write_bytes(whole.read_bytes()[:-1000])
    (tmp_path / "half.json").write_text('{"a": ')
    assert fault_of(whole) is None
    assert fault_of(half)
    assert fault_of(tmp_path / "half.json")
    assert fault_of(tmp_path / "none.png")
