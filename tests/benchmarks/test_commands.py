from __future__ import annotations

import runpy
import sys

import pytest

import benchmarks
from benchmarks import commands
from semcs.errors import InputError

# Where each command's `main` is.
HOMES = {
    "contact": "contact",
    "cues": "cues",
    "find": "find",
    "eigen": "eigen",
    "folder": "folder.command",
    "gallery": "gallery",
    "grid": "grid",
    "install": "install",
    "licences": "licences",
    "masks": "masks",
    "models": "models.command",
    "order": "order",
    "outside": "outside",
    "paper": "paper.command",
    "quality": "quality.command",
    "real": "real",
    "regions": "regions",
    "report": "report.command",
    "scale": "scale.command",
    "soak": "soak",
    "speed": "speed.command",
    "speed.scaling": "speed.scaling",
    "studio": "studio.command",
    "video": "video.command",
}


@pytest.mark.parametrize("name", HOMES)
def test_help_names_the_command_and_says_what_it_does(name, told):
    said = told(HOMES[name])
    assert said.startswith(f"usage: benchmarks.{name} [-h]")
    assert f"    python -m benchmarks.{name}" in said
    assert f"`{name}`" in benchmarks.__doc__


@pytest.mark.parametrize(
    "name", ["folder", "models", "quality", "report", "scale", "speed", "studio", "video"]
)
def test_packages_run_as_modules(name, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", [name, "--help"])
    with pytest.raises(SystemExit) as stopped:
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")
    assert stopped.value.code == 0
    assert f"usage: benchmarks.{name}" in capsys.readouterr().out


@pytest.mark.parametrize("error", [InputError("no such look"), KeyError("look")])
def test_expected_errors_are_one_line_and_others_are_raised(error):
    expected = SystemExit if isinstance(error, InputError) else KeyError
    with pytest.raises(expected, match="look") as raised, commands.one_line_errors():
        raise error
    if expected is SystemExit:
        assert str(raised.value) == "error: no such look"


def test_other_errors_may_be_expected():
    with pytest.raises(SystemExit, match=r"^error: 'look'$"), commands.one_line_errors(KeyError):
        raise KeyError("look")


def test_results_of_processes_come_in_order():
    assert commands.in_processes(str, [3, 1, 2], workers=1, unit="number") == ["3", "1", "2"]
