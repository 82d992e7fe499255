"""Ctrl-C and the like: one line, the usual code, nothing left behind, however early they come."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from commandline import code_of
from PIL import Image

SAID = {"SIGINT": "interrupted", "SIGTERM": "terminated", "SIGHUP": "hung up"}

# Python runs a file of this name before anything else.
SITE = """
import importlib.abc, os, signal, sys

class Sender(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["SEND_AT"]:
            os.environ["SEND_AT"] = ""
            os.kill(os.getpid(), getattr(signal, os.environ["SEND"]))

sys.meta_path.insert(0, Sender())
"""


@pytest.fixture(autouse=True)
def heard():
    """Commands hear signals even where the tests run in the background, with them ignored."""
    numbers = [getattr(signal, name) for name in SAID]
    before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def sent(folder):
    """Runs `semcs` and sends it a signal when it imports a module, or waits with half a file."""

    def run(name, at, *argv):
        (folder.parent / "sitecustomize.py").write_text(SITE)
        paths = [str(folder.parent), os.environ.get("PYTHONPATH", "")]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "SEND": name, "SEND_AT": at}
        done = subprocess.run(
            [sys.executable, "-m", "semcs", *argv], env=env, capture_output=True, text=True
        )
        return done.returncode, done.stderr, {path.name for path in folder.iterdir()}

    return run


@pytest.mark.parametrize("name", SAID)
@pytest.mark.parametrize("at", ["semcs.cli.running", "argparse", "semcs.cli.stylize", "numpy"])
def test_while_python_still_loads(sent, name, at):
    code, err, left = sent(name, at, "mask", "photo.png", "-o", "out.png")
    assert (code, err) == (128 + getattr(signal, name), f"semcs: error: {SAID[name]}\n")
    assert left == {"photo.png", "mask.png"}


def test_from_the_first_import_of_the_command_line_on(sent):
    code, err, _ = sent("SIGINT", "semcs.cli.process", "looks", "list")
    assert (code, err) == (130, "semcs: error: interrupted\n")


def test_nothing_is_loaded_before_it_sees_to_signals():
    code = (
        "import sys; at_start = set(sys.modules); import semcs.cli\n"
        "print(*set(sys.modules) - at_start)"
    )
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert set(loaded) <= {"__future__", "semcs", "semcs.cli", "semcs.lazy"}


@pytest.mark.parametrize("name", SAID)
def test_while_it_writes(folder, name):
    (folder / "out.png").write_bytes(b"old")
    code = (
        "import os, signal, sys\n"
        f"os.fsync = lambda descriptor: os.kill(os.getpid(), signal.{name})\n"
        "from semcs.cli import main\n"
        "sys.argv = ['semcs', 'looks', 'sheet', 'photo.png', '-o', 'out.png', "
        "'--looks', 'blue', '--size', '40']\n"
        "sys.exit(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 128 + getattr(signal, name)
    assert done.stderr == f"semcs: error: {SAID[name]}\n"
    assert {path.name for path in folder.iterdir()} == {"photo.png", "mask.png", "out.png"}
    assert (folder / "out.png").read_bytes() == b"old"


def test_what_a_killed_command_left_goes_with_the_next_one(folder):
    (folder / "out.png").write_bytes(b"old")
    argv = ("looks", "sheet", "photo.png", "-o", "out.png", "--looks", "blue", "--size", "40")
    code = (
        "import os, signal, sys\n"
        "os.fsync = lambda descriptor: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from semcs.cli import main\n"
        f"sys.exit(main({argv!r}))\n"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == -signal.SIGKILL
    names = {path.name for path in folder.iterdir()}
    (leftover,) = names - {"photo.png", "mask.png", "out.png"}
    assert leftover.startswith(".out.png.")
    assert leftover.endswith(".semcs-partial")
    assert (folder / "out.png").read_bytes() == b"old"
    assert code_of(*argv) == 0
    Image.open("out.png").load()
    assert {path.name for path in folder.iterdir()} == names - {leftover}


def test_ignored_signals_stay_ignored(folder):
    code = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "from semcs.cli.process import take_over\n"
        "take_over()\n"
        "os.kill(os.getpid(), signal.SIGHUP)\n"
        "print('still here')\n"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "still here\n"


def test_what_libraries_say_is_heard_with_verbose_only(folder):
    code = (
        "import logging, sys, warnings\n"
        "import semcs.looks\n"
        "def match(text):\n"
        "    warnings.warn('of a library')\n"
        "    logging.getLogger('library').warning('logged')\n"
        "    logging.getLogger('semcs.image').debug('libtiff: odd')\n"
        "    raise MemoryError\n"
        "semcs.looks.match = match\n"
        "from semcs.cli import main\n"
        "sys.exit(main())\n"
    )
    command = [sys.executable, "-c", code, "looks", "match", "gold"]
    quiet = subprocess.run(command, capture_output=True, text=True)
    assert quiet.stderr.startswith("semcs: error: out of memory")
    assert quiet.stderr.count("\n") == 1
    verbose = subprocess.run([*command, "--verbose"], capture_output=True, text=True).stderr
    for words in ("of a library", "logged", "semcs: libtiff: odd", "semcs: error: out of memory"):
        assert words in verbose
