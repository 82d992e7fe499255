"""Thousands of damaged inputs in processes of limited memory: a result, or semcs's own error."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path
from random import Random

import pytest
from fuzzing import cases, guided, mutations, pictures
from fuzzing.running import run_cases

from semcs.errors import InputError

COUNT = int(os.environ.get("SEMCS_FUZZ", 2000))


def test_each_case_is_a_result_or_one_clear_error():
    faults = run_cases(0, COUNT)
    assert not faults, "\n\n".join(map(str, faults[:20]))


def test_a_case_is_the_same_every_time():
    def made(number):
        rng = Random(number)
        return mutations.damaged(rng.choice(pictures.samples()), pictures.samples(), rng)

    assert [made(number) for number in range(50)] == [made(number) for number in range(50)]


def test_every_format_that_pillow_writes_is_damaged():
    beginnings = {data[:2] for data in pictures.samples()}
    known = (b"\x89P", b"\xff\xd8", b"RI", b"II", b"BM", b"GI", b"%!", b"P6", b"\0\0")
    assert beginnings.issuperset(known)


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (None, None),
        (InputError("one line"), None),
        (InputError("two\nlines"), "several lines"),
        (InputError("long" * 1300), "5200 letters"),
        (ValueError("raw"), "ValueError: raw"),
        (MemoryError(), "MemoryError"),
    ],
)
def test_what_counts_as_a_fault(error, fault):
    def case(rng):
        if error:
            raise error

    found = cases.fault_of(7, case)
    assert (found is None) if fault is None else (fault in found and found.startswith("case 7:"))


def test_a_program_that_is_started_is_a_fault():
    with get_context("fork").Pool(1) as pool:  # what is watched for once stays so
        assert "did subprocess.Popen" in pool.apply(_fault_of_a_program)


def _fault_of_a_program():
    cases.watch()
    return cases.fault_of(1, lambda rng: subprocess.run(["true"]))


# Case 2 hangs, 4 crashes, 6 takes 3 GB and 8 raises; the others are fine.
STAND_IN = """
import os, sys, time
from fuzzing import worker

def judge(number):
    if number == 2:
        time.sleep(60)
    if number == 4:
        os.abort()
    if number == 6:
        try:
            bytearray(3 * 2**30)
        except MemoryError:
            return "out of memory"
    return "wrong" if number == 8 else None

worker.main(*map(int, sys.argv[1:]), judge=judge, seconds=3)
"""


def test_hangs_crashes_and_memory_are_told_and_the_rest_goes_on():
    found = {f.number: str(f) for f in run_cases(1, 8, worker=(sys.executable, "-c", STAND_IN))}
    assert sorted(found) == [2, 4, 6, 8]
    assert "time.sleep" in found[2] or "in judge" in found[2]
    assert "by -6" in found[4]
    assert "out of memory" in found[6]
    assert found[8].startswith("wrong")
    assert "--only 8" in found[8]


class TestGuided:
    def test_one_input(self):
        guided.one_input(pictures.samples()[0])
        guided.one_input(b"no picture")

    @pytest.mark.skipif(not importlib.util.find_spec("atheris"), reason="atheris isn't installed")
    def test_with_atheris(self, tmp_path):
        command = [
            sys.executable,
            "-m",
            "fuzzing.guided",
            "-runs=300",
            f"-artifact_prefix={tmp_path}/",
        ]
        path = {**os.environ, "PYTHONPATH": str(Path(guided.__file__).parents[1])}
        subprocess.run(command, check=True, env=path, timeout=120)
