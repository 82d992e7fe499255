from __future__ import annotations

import json
import runpy
import sys

import pytest

from benchmarks.scoring import Measure
from benchmarks.speed import clock, command
from benchmarks.speed.measurements import MEASUREMENTS, MEASURES, Measurement

KEYS = {
    "step_speedup",
    "step_over_floor",
    "quality_speedup",
    "bundled_512_s",
    "bundled_512_rss_mb",
    "instant_512_s",
    "instant_command_s",
    "instant_mp12_s",
    "instant_mp12_rss_mb",
    "look_median_s",
    "look_slowest_s",
    "instant_over_peer",
    "mask_480_s",
    "eig_3600_speedup",
    "eig_30000_s",
    "eig_30000_rss_mb",
    "mp12_extra_s",
    "mp12_rss_mb",
    "import_s",
    "help_s",
}


def test_actions_take_turns():
    said = []
    actions = {name: lambda name=name: said.append(name) for name in "ab"}
    seconds = clock.in_turns(actions, 3)
    assert "".join(said) == "ababab"
    assert {name: len(times) for name, times in seconds.items()} == {"a": 3, "b": 3}


@pytest.fixture
def instant(monkeypatch):
    """All measurements with a figure of one's own, and whether they were asked to be quick."""
    asked = []

    def made(keys):
        def run(quick):
            asked.append(quick)
            return {**dict.fromkeys(keys, 1.5), "seconds": [1.5]}

        return Measurement(run, keys)

    fakes = {name: made(each.keys) for name, each in MEASUREMENTS.items()}
    monkeypatch.setattr(command, "MEASUREMENTS", fakes)
    return asked


def test_json_has_exactly_the_keys(instant, capsys):
    command.main(["--json", "--quick"])
    said = capsys.readouterr()
    found = json.loads(said.out)
    details = found.pop("details")
    assert found == dict.fromkeys(KEYS, 1.5)
    assert instant == [True] * len(MEASUREMENTS)
    assert set(MEASUREMENTS) <= set(details)
    assert details["step"]["seconds"] == [1.5]
    assert "step_speedup" in said.err


def test_only_some_are_measured(instant, capsys):
    command.main(["--json", "--only", "mp12", "step"])
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"step_speedup", "step_over_floor", "mp12_extra_s", "mp12_rss_mb"} | {
        "details"
    }
    assert instant == [False] * 2


def test_the_table_has_every_figure_and_says_never(instant, capsys, monkeypatch):
    never = Measurement(lambda quick: {"quality_speedup": None}, ("quality_speedup",))
    monkeypatch.setitem(command.MEASUREMENTS, "quality", never)
    asked = {"help_s": Measure("", 1.0, at_most=True), "import_s": Measure("", 1.0)}
    monkeypatch.setattr(command, "MEASURES", {**MEASURES, **asked})
    command.main([])
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert set(lines) >= KEYS
    assert "never" in lines["quality_speedup"]
    assert "≤ 1 " in lines["help_s"]
    assert "(short)" in lines["help_s"]
    assert "(short)" not in lines["import_s"]


def test_every_figure_is_told_what_it_is():
    given = [key for measurement in MEASUREMENTS.values() for key in measurement.keys]
    assert set(MEASURES) == set(given) == KEYS
    assert len(given) == len(KEYS)


@pytest.mark.parametrize("arguments", [["--only"], ["--only", "nothing"], ["--fast"]])
def test_wrong_arguments_are_told(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        command.main(arguments)
    assert stopped.value.code == 2
    assert "error: " in capsys.readouterr().err


def test_a_failure_is_one_clear_line(monkeypatch):
    def fail(quick):
        raise RuntimeError("stylize: no such preset")

    monkeypatch.setattr(command, "MEASUREMENTS", {"step": Measurement(fail, ("step_speedup",))})
    with pytest.raises(SystemExit, match=r"^error: stylize: no such preset$"):
        command.main(["--only", "step"])


def test_it_runs_as_a_module(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["speed", "--only", "help", "--quick", "--json"])
    runpy.run_module("benchmarks.speed", run_name="__main__")
    assert set(json.loads(capsys.readouterr().out)) == {"help_s", "details"}
