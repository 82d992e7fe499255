"""The Dockerfile names what is there; `rehearse.py` takes its steps without Docker."""

from __future__ import annotations

import importlib.util
import re
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from semcs.cli import studio
from semcs.cli.parser import build_parser

if sys.version_info >= (3, 11):
    import tomllib
else:
    tomllib = pytest.importorskip("tomli")

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/places/docker"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def rehearse():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", True)  # docs/ is shipped as it lies there
        spec = importlib.util.spec_from_file_location("rehearse", FOLDER / "rehearse.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def steps(rehearse):
    return rehearse.read_steps()


def said(steps, instruction):
    return [step.rest for step in steps if step.instruction == instruction]


def sources(steps):
    return [name for rest in said(steps, "COPY") for name in rest.split()[:-1]]


def test_its_python_is_allowed(steps):
    (base,) = said(steps, "FROM")
    version = tuple(map(int, re.match(r"python:(\d+)\.(\d+)-slim", base).groups()))
    least = tuple(map(int, PROJECT["requires-python"].removeprefix(">=").split(".")))
    assert version >= least


@pytest.mark.skipif(not (ROOT / "semcs").is_dir(), reason="needs the checkout")
def test_what_it_copies_is_there_and_enough_to_build(steps):
    copied = sources(steps)
    assert all((ROOT / name).exists() for name in copied)
    assert {PROJECT["readme"], *PROJECT["license-files"], "pyproject.toml", "semcs"} == set(copied)


def test_what_it_copies_isnt_ignored(steps):
    lines = (FOLDER / "Dockerfile.dockerignore").read_text().splitlines()
    rules = [line for line in lines if not line.startswith("#")]
    for name in sources(steps):
        (last,) = [rule for rule in rules if fnmatch(name, rule.removeprefix("!"))][-1:]
        assert last == f"!{name}"
    kept = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}
    assert kept == set(sources(steps))


def test_the_extras_that_it_installs_exist(steps):
    (command,) = [rest for rest in said(steps, "RUN") if "/src[" in rest]
    extras = re.search(r"/src\[(.*?)\]", command).group(1).split(",")
    assert set(extras) <= set(PROJECT["optional-dependencies"])
    assert "studio" in extras


def test_it_runs_as_nobody_special(steps):
    (user,) = said(steps, "USER")
    assert any(rest.startswith("useradd ") and rest.endswith(user) for rest in said(steps, "RUN"))
    order = [step.instruction for step in steps]
    assert order.index("USER") > max(i for i, name in enumerate(order) if name in ("RUN", "COPY"))


def test_it_starts_a_command_that_exists(rehearse, steps):
    assert rehearse.words(steps, "ENTRYPOINT") == ["semcs"]
    args = build_parser().parse_args(rehearse.words(steps, "CMD"))
    assert args.host == "0.0.0.0"
    assert said(steps, "EXPOSE") == [str(studio.PORT)]


def test_steps_are_read_as_docker_reads_them(rehearse, tmp_path):
    file = tmp_path / "Dockerfile"
    file.write_text('# one\nFROM a\n\nRUN one \\\n  # between\n    && two\ncmd ["b"]\n')
    assert rehearse.read_steps(file) == [("FROM", "a"), ("RUN", "one && two"), ("CMD", '["b"]')]


def test_a_rehearsal_takes_all_steps_but_those_of_the_system(rehearse, tmp_path, monkeypatch):
    file = tmp_path / "Dockerfile"
    file.write_text(
        "FROM a\nRUN apt-get update\nARG TORCH_INDEX=there\nARG OTHER=kept\n"
        "COPY LICENSE README.md /src/\nCOPY docs/places/docker /src/docker\n"
        'RUN echo "$TORCH_INDEX" "$OTHER" > /src/told && ls /src/docker >> /src/told\n'
        "RUN useradd a\n"
    )
    monkeypatch.setattr(rehearse.subprocess, "run", without_venv(rehearse.subprocess.run))
    rehearse.take(rehearse.read_steps(file), tmp_path / "root", "here")
    told = (tmp_path / "root/src/told").read_text().split()
    assert told == ["here", "kept", "Dockerfile", "Dockerfile.dockerignore", "rehearse.py"]
    assert (tmp_path / "root/src/LICENSE").read_text() == (ROOT / "LICENSE").read_text()


def without_venv(run):
    """`subprocess.run`, but for what makes a virtual environment: that takes seconds."""
    return lambda command, **said: None if "venv" in command else run(command, **said)
