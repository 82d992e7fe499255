"""Every end of every command: the right code, one line at most, outputs whole or absent."""

from __future__ import annotations

import fcntl
import importlib
import json
import os
import signal
import sys
import traceback
from contextlib import suppress

import pytest
from commandline import assert_one_line
from PIL import Image

import semcs
from semcs.cli import main

BUNDLED = ("--models", "bundled")
QUICK = (*BUNDLED, "--steps", "0", "--size", "64", "--quiet")
TO_STDOUT = {
    "help": ("stylize", "--help"),
    "looks list": ("looks", "list"),
    "looks match": ("looks", "match", "gold"),
    "looks show": ("looks", "show", "blue", "-o", "-"),
    "looks sheet": ("looks", "sheet", "photo.png", "-o", "-", "--looks", "blue", "--size", "40"),
    "mask": ("mask", "photo.png", "-o", "-", *BUNDLED),
    "score": ("score", "photo.png", "photo.png", *BUNDLED),
    "models list": ("models", "list"),
    "models verify": ("models", "verify"),
    "models path": ("models", "path"),
    "stylize": ("stylize", "photo.png", "gold", "-o", "-", *QUICK),
    "stylize --report": ("stylize", "photo.png", "gold", "-o", "o.png", "--report", "-", *QUICK),
    "demo": ("demo", "--out", ".", *QUICK[:-1]),
}
FROM_STDIN = {
    "looks match": ("looks", "match", "-"),
    "looks show": ("looks", "show", "-"),
    "looks sheet": ("looks", "sheet", "-", "-o", "o.png", "--looks", "blue"),
    "mask": ("mask", "-", "-o", "o.png"),
    "score": ("score", "photo.png", "-", *BUNDLED),
    "stylize": ("stylize", "-", "gold", "-o", "o.png", *QUICK),
    "stylize --mask": (
        "stylize",
        "photo.png",
        "--fg",
        "gold",
        "--mask",
        "-",
        "-o",
        "o.png",
        *QUICK,
    ),
}
FILES = {"photo.png", "mask.png"}
LOADED_LATE = (
    *("cv2", "huggingface_hub", "tqdm", "semcs.cli.pictures", "semcs.looks.mixture"),
    *("semcs.metrics.scoring", "semcs.saliency.predictor", "semcs.stylizer.api"),
)


def closed(_number):
    return None


def full(_number):
    return os.open("/dev/full", os.O_WRONLY)


def gone(_number):
    reader, writer = os.pipe()
    os.close(reader)
    return writer


@pytest.fixture(scope="module", autouse=True)
def loaded():
    """What the commands load on first use, so that each fork finds it there."""
    for name in LOADED_LATE:
        importlib.import_module(name)
    Image.init()
    semcs.looks.match("gold")


@pytest.fixture
def ended(folder):
    """Runs a command as a process of its own, forked so that nothing has to be loaded again.

    Streams are given as what opens them; stdout and stderr are files otherwise. Returns the code,
    what is in these files, and the names that the folder holds beside them.
    """

    def run(*argv, stdin=None, stdout=None, stderr=None, encoding="utf-8"):
        names = {1: folder.parent / "stdout", 2: folder.parent / "stderr"}
        for path in names.values():
            path.write_bytes(b"")
        pid = os.fork()
        if pid == 0:
            openers = {0: stdin or (lambda _: os.open(os.devnull, os.O_RDONLY))}
            for number, opener in ((1, stdout), (2, stderr)):
                openers[number] = opener or (lambda n: os.open(names[n], os.O_WRONLY))
            _be_the_command(argv, openers, encoding)
        _, status = os.waitpid(pid, 0)
        out, err = (path.read_bytes().decode(errors="replace") for path in names.values())
        return os.waitstatus_to_exitcode(status), out, err, {p.name for p in folder.iterdir()}

    return run


def _be_the_command(argv, openers, encoding):
    """What Python does with a process, from its start to its end."""
    code = 121
    try:
        signal.alarm(60)
        opened = {number: opener(number) for number, opener in openers.items()}
        opened = {n: None if d is None else os.dup(d) for n, d in opened.items()}
        for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
            with suppress(OSError):
                os.close(number)
            if opened[number] is not None:
                os.dup2(opened[number], number)
            errors = "backslashreplace" if number == 2 else "strict"
            setattr(sys, name, None)
            if opened[number] is not None:
                setattr(sys, name, os.fdopen(number, mode, encoding=encoding, errors=errors))
        sys.argv = ["semcs", *map(str, argv)]
        try:
            code = main()
        except SystemExit as exit_:
            code = exit_.code
        except BaseException:
            traceback.print_exc()
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except OSError:
                code = 120
    finally:
        os._exit(code)


@pytest.mark.parametrize("command", TO_STDOUT)
@pytest.mark.parametrize(
    ("stdout", "said"),
    [(closed, "Bad file descriptor"), (full, "No space left on device"), (gone, None)],
)
def test_stdout_that_takes_nothing(ended, command, stdout, said):
    code, _, err, left = ended(*TO_STDOUT[command], stdout=stdout)
    assert code == 1
    if said is None:
        assert err == ""
    else:
        assert_one_line(err, said)
    assert not [name for name in left if "partial" in name]
    for name in left:
        Image.open(name).load()


@pytest.mark.parametrize("command", FROM_STDIN)
def test_stdin_that_is_closed(ended, command):
    code, _, err, left = ended(*FROM_STDIN[command], stdin=closed)
    assert (code, left) == (1, FILES)
    assert_one_line(err, "can't read stdin: Bad file descriptor")


@pytest.mark.parametrize("command", FROM_STDIN)
def test_stdin_that_holds_neither_picture_nor_text(ended, command):
    code, _, err, left = ended(
        *FROM_STDIN[command], stdin=lambda _: os.open("/bin/sh", os.O_RDONLY)
    )
    assert (code, left) == (1, FILES)
    assert_one_line(err)


@pytest.mark.parametrize("command", ["looks list", "mask", "score", "stylize"])
@pytest.mark.parametrize("stderr", [closed, full, gone])
def test_stderr_that_takes_nothing_changes_no_code(ended, command, stderr):
    assert ended(*TO_STDOUT[command], stderr=stderr)[0] == 0
    assert ended("mask", "no.png", "-o", "-", stderr=stderr)[:2] == (1, "")


@pytest.mark.parametrize("command", ["help", "looks list", "score", "models list", "demo"])
def test_a_terminal_in_ascii(ended, command):
    code, out, err, _ = ended(*TO_STDOUT[command], encoding="ascii")
    assert code == 0
    assert out.isascii()
    assert "Traceback" not in err


def test_words_of_all_languages_in_ascii(ended):
    code, out, _, _ = ended("looks", "match", "золото 🦄", "--json", encoding="ascii")
    assert code in (0, 1)
    assert json.loads(out)
    code, _, err, _ = ended("mask", "水墨画.png", "-o", "o.png", encoding="ascii")
    assert code == 1
    assert_one_line(err)
    assert err.isascii()
    code, _, err, _ = ended("mask", "\udcff.png", "-o", "o.png")
    assert code == 1
    assert_one_line(err)


@pytest.mark.parametrize("command", ["looks show", "looks sheet", "mask", "stylize"])
def test_every_output_may_be_a_pipe_or_a_device(ended, folder, command):
    argv = [*TO_STDOUT[command]]
    place = argv.index("-o") + 1
    argv[place] = "/dev/null"
    assert ended(*argv)[::3] == (0, FILES)
    argv[place] = "/dev/full"
    code, _, err, left = ended(*argv)
    assert (code, left) == (1, FILES)
    assert_one_line(err, "can't write '/dev/full': No space left")
    os.mkfifo(folder / "pipe.png")
    reader = os.open(folder / "pipe.png", os.O_RDONLY | os.O_NONBLOCK)
    fcntl.fcntl(reader, fcntl.F_SETPIPE_SZ, 2**20)  # room for all of it, as nobody reads yet
    argv[place] = "pipe.png"
    code, _, _, left = ended(*argv)
    assert (code, left) == (0, FILES | {"pipe.png"})
    assert os.read(reader, 8) == b"\x89PNG\r\n\x1a\n"
    os.close(reader)


def test_inputs_may_be_pipes(ended, folder):
    reader, writer = os.pipe()
    os.write(writer, (folder / "photo.png").read_bytes())
    os.close(writer)
    os.set_inheritable(reader, True)
    asked = ("score", f"/dev/fd/{reader}", "photo.png", "--fg", "gold", "--json")
    code, out, _, _ = ended(*asked)
    os.close(reader)
    assert code == 0
    assert json.loads(out)["whole"]["ssim"] == pytest.approx(1)


def test_what_doesnt_end_is_refused(ended, monkeypatch):
    monkeypatch.setattr("semcs.cli.streams.LONGEST_INPUT", 10_000_000)
    code, _, err, left = ended("mask", "/dev/zero", "-o", "o.png")
    assert (code, left) == (1, FILES)
    assert_one_line(err, "'/dev/zero' holds more than 10,000,000 bytes")
