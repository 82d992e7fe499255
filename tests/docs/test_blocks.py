"""What the pages tell to type works: commands are parsed, and the code of new users runs."""

from __future__ import annotations

import argparse
import importlib.util
import re
import shlex
from pathlib import Path

import pytest
from pages import PAGES, ROOT, blocks_of, commands_of, spans_of
from PIL import Image
from sklearn.datasets import load_sample_image

from semcs.cli import main
from semcs.cli.parser import build_parser, parse
from semcs.models import families

SIDE = 64  # pixels of the photo
RUN = ["index.md", "start.md", "weights.md"]
TARGETS = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
EXTRAS = set(re.findall(r"^(\w+) = \[", (ROOT / "pyproject.toml").read_text(), re.MULTILINE))
PYTHON = r"(?:^|[ /])python(?: -c)? -m ((?:benchmarks|semcs)[\w.]*)"


@pytest.fixture
def folder(tmp_path, monkeypatch, make_family):
    """A working folder with a photo, where all networks are tiny."""
    photo = Image.fromarray(load_sample_image("flower.jpg")).resize((SIDE, SIDE))
    photo.save(tmp_path / "photo.jpg")
    monkeypatch.chdir(tmp_path)
    tiny = make_family(settings={**families.BUNDLED_SETTINGS, "least_size": 0})
    monkeypatch.setattr(families, "load_family", lambda *_, **__: tiny)
    return tmp_path


def semcs_calls(command: str) -> list[list[str]]:
    """The calls of semcs in a line of a shell, as lists of arguments."""
    words = shlex.split(command, comments=True)
    calls, call = [], None
    for word in words:
        if word in {"|", ";", "&&", ">", "<"}:
            call = None
        elif word == "semcs" and call is None:
            calls.append(call := [])
        elif call is not None:
            call.append(word)
    return calls


CALLS = [
    pytest.param(call, id=f"{page.name}-{' '.join(call)}"[:90])
    for page in PAGES
    for line in commands_of(page)
    if re.search(r"(^|[|] )semcs ", line)
    for call in semcs_calls(line)
]


def test_there_are_calls():
    assert len(CALLS) > 30
    assert semcs_calls('cat a | semcs mask - -o "b c" > d') == [["mask", "-", "-o", "b c"]]


@pytest.mark.parametrize("call", CALLS)
def test_every_command_line_is_understood(call):
    if call[0] != "COMMAND":
        assert callable(parse(call).run)


def test_what_is_understood_has_to_be_so():
    with pytest.raises(SystemExit):
        parse(shlex.split("stylize photo.jpg -o out.png --strenght 1"))


def parsers(parser=None):
    """All parsers of the command line, by what is typed."""
    parser = parser or build_parser()
    found = {parser.prog: parser}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                found |= parsers(child)
    return found


OPTIONS = {prog: set(one._option_string_actions) for prog, one in parsers().items()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_options_and_commands_in_the_text_exist(page):
    """`semcs looks match TEXT`, `--fg`; those of `python -m …` and others' aside."""
    for span in spans_of(page):
        words = span.split()
        if words[:1] == ["semcs"] and words[1:] and re.match("[a-z]", words[1]):
            assert f"semcs {words[1]}" in OPTIONS, span
            known = set().union(*(o for p, o in OPTIONS.items() if p.split()[1:2] == [words[1]]))
            assert {w for w in words if re.match("--[a-z]", w)} <= known, span


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_programs_targets_and_extras_exist(page):
    told = "\n".join([*commands_of(page), *spans_of(page)])
    for module in re.findall(PYTHON, told):
        assert importlib.util.find_spec(module), module
    assert set(re.findall(r"^make ([a-z-]+)", told, re.MULTILINE)) <= TARGETS
    assert set(re.findall(r"semcs\[(\w+)\]", told)) <= EXTRAS


@pytest.mark.parametrize("name", RUN)
def test_python_runs(name, folder):
    blocks = blocks_of(ROOT / "docs" / name, "python")
    assert blocks
    for source in blocks:
        exec(compile(source, name, "exec", dont_inherit=True), {})
    if name != "weights.md":
        assert Image.open("styled.png").size == (SIDE, SIDE)


def test_the_start_runs(folder, monkeypatch, capsys):
    """In the order of the page, but for the demo and the studio, which have tests of their own."""
    monkeypatch.setattr("semcs.looks.names", lambda: ["gold", "snow"])
    for line in commands_of(ROOT / "docs" / "start.md"):
        for call in semcs_calls(line):
            if call[0] not in {"demo", "studio"}:
                assert main(call) == 0, call
    made = {Path(name) for name in ("styled", "snow", "watercolor", "sheet", "parts", "mask")}
    assert {file.relative_to(folder).with_suffix("") for file in folder.glob("*.png")} >= made
    assert "watercolor" in capsys.readouterr().out
