"""How the tests of the command line run it and look at what it says."""

from __future__ import annotations

import numpy as np
from PIL import Image

from semcs.cli import main

QUICK = ("--steps", "1", "--size", "64", "--quiet")


def code_of(*argv):
    """The exit code, whether main returns it or argparse exits with it."""
    try:
        return main([str(word) for word in argv])
    except SystemExit as exit_:
        return exit_.code


def help_of(capsys, *command):
    assert code_of(*command, "--help") == 0
    return capsys.readouterr().out


def assert_one_line(text, *words):
    assert text.startswith("semcs: error: ")
    assert text.count("\n") == 1
    for word in words:
        assert word in text


def pixels(path):
    return np.asarray(Image.open(path))
