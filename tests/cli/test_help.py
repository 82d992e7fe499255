"""`--help` answers at once, and what it says is so."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from inspect import signature
from typing import get_args

import pytest
from commandline import code_of, help_of

import semcs
import semcs.looks
from semcs.cli.demo import run_demo
from semcs.cli.mask import REFINEMENTS
from semcs.cli.options import MODELS, RULES
from semcs.cli.parser import parse
from semcs.cli.stylize_help import DEFAULT_PRESET, PRESET_SUMMARIES, WORDS
from semcs.models import families
from semcs.saliency.foreground import Rule
from semcs.saliency.refine import Method
from semcs.training.vocabulary import STYLES

HEAVY = {"torch", "cv2", "scipy", "sklearn", "huggingface_hub"}


def default(function, option):
    return signature(function).parameters[option].default


def modules_after(*argv):
    """Names of all modules that a process has loaded after a command."""
    code = (
        "import json, sys\n"
        "from semcs.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(json.dumps(list(sys.modules)))"
    )
    out = subprocess.check_output([sys.executable, "-c", code, *argv], text=True)
    return set(json.loads(out.splitlines()[-1]))


def test_it_loads_nothing_heavy():
    assert not modules_after("stylize", "--help") & {*HEAVY, "numpy", "PIL"}


@pytest.mark.parametrize("argv", [("looks", "list"), ("looks", "match", "snow")])
def test_words_load_nothing_heavy(argv):
    assert not modules_after(*argv) & HEAVY


def test_defaults_are_those_of_the_api(capsys):
    api = {
        **{o: default(semcs.Stylizer.iterate, o) for o in ("preset", "size", "seed", "strength")},
        "models": default(semcs.Stylizer, "models"),
    }
    # One line an option, whatever the terminal's width.
    options = " ".join(help_of(capsys, "stylize").split()).split(" --")
    for name, value in api.items():
        said = [text for text in options if text.startswith(f"{name} ") and "default" in text]
        assert re.search(r"\(default (\S+)\)", said[0])[1] == str(value), name
    for command, value in (
        ("demo", default(run_demo, "out")),
        ("mask", default(semcs.saliency_mask, "refine")),
        *(("video", default(semcs.stylize_video, o)) for o in ("preset", "size", "workers")),
    ):
        assert f"(default {value})" in " ".join(help_of(capsys, command).split())


def test_every_preset_is_explained(capsys):
    assert set(PRESET_SUMMARIES) == set(semcs.PRESETS)
    assert default(semcs.Stylizer.iterate, "preset") == DEFAULT_PRESET
    shown = help_of(capsys, "stylize")
    for name, summary in PRESET_SUMMARIES.items():
        assert re.search(rf"^  {name} +{re.escape(summary)}$", shown, re.MULTILINE)


def test_the_words_are_ones_that_the_bundled_model_was_taught():
    words = {word for line in WORDS.values() for word in line.split(", ")}
    assert words <= {phrase for style in STYLES.values() for phrase in style.phrases}


def test_it_counts_the_looks(capsys):
    assert f"{len(semcs.looks.names())} looks" in help_of(capsys, "stylize")


def test_models_are_those_that_load_family_knows():
    with pytest.raises(semcs.InputError, match=f"choose from {', '.join(MODELS)}$"):
        families.load_family("no such")


def test_refinements_are_those_that_there_are():
    assert get_args(Method) == REFINEMENTS
    assert get_args(Rule) == RULES


@pytest.mark.parametrize("action", ["", "list", "match", "show", "sheet"])
def test_actions_of_looks_teach(action, capsys):
    assert "semcs looks" in help_of(capsys, "looks", *action.split())


PAGES = [
    *("", "stylize", "video", "looks", "looks match", "looks show", "looks sheet"),
    *("mask", "score", "studio", "serve", "models", "demo"),
]


@pytest.mark.parametrize("page", PAGES)
def test_examples_can_be_run_as_they_stand(page, capsys):
    lines = re.findall(r"^  (?:.*\| )?semcs (\S.*)", help_of(capsys, *page.split()), re.MULTILINE)
    assert lines
    for line in lines:
        command = re.split(" {4,}| > ", line)[0]  # without what it gives, and where that goes
        assert parse(shlex.split(command)).run


def test_version(capsys):
    assert code_of("--version") == 0
    assert capsys.readouterr().out == f"semcs {semcs.__version__}\n"


def test_as_a_module():
    out = subprocess.check_output([sys.executable, "-m", "semcs", "--version"], text=True)
    assert out == f"semcs {semcs.__version__}\n"
