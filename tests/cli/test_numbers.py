"""Every numeric option refuses wrong values in one line, before any network is loaded."""

from __future__ import annotations

import argparse

import pytest
from commandline import assert_one_line, code_of

import semcs
from semcs.cli import mask
from semcs.cli.parser import build_parser, parse
from semcs.finding import shape

COMMANDS = {
    "stylize": ("stylize", "photo.png", "gold", "-o", "out.png"),
    "demo": ("demo",),
    "learn": ("learn", "gold", "-o", "style.safetensors"),
    "mask": ("mask", "photo.png", "-o", "out.png"),
    "video": ("video", "clip.mp4", "gold", "-o", "out.mp4"),
    "folder": ("folder", "photos", "gold", "-o", "out"),
    "score": ("score", "photo.png", "photo.png"),
    "studio": ("studio",),
    "serve": ("serve",),
    "looks show": ("looks", "show", "gold"),
    "looks sheet": ("looks", "sheet", "photo.png", "-o", "out.png"),
}
SIZE = ("a whole number from 32 to 8192", ["31", "8193"], ["32", "8192"])
STEPS = ("a whole number from 0 to 1000000", ["1000001"], ["0", "1000000"])
SECONDS = ("a number from 0", ["inf", "1e400"], ["0", "1e-6", "2.5", "1e300"])
SEED = (f"a whole number from 0 to {2**63 - 1}", [str(2**63)], ["0", str(2**63 - 1)])
SHARE = ("a number from 0 to 1", ["1.01", "2", "inf"], ["0", "0.5", "1", "1e-3"])
PORT = ("a whole number from 0 to 65535", ["65536"], ["0", "65535"])
WORKERS = ("a whole number from 1 to 64", ["0", "65"], ["1", "64"])
GROW = ("a number from -10000 to 10000", ["-10001", "10001", "inf"], ["-3", "0", "2.5"])
# What is allowed, values that are just outside, and values that are inside.
OPTIONS = {
    ("stylize", "--size"): SIZE,
    ("stylize", "--steps"): STEPS,
    ("stylize", "--max-seconds"): SECONDS,
    ("stylize", "--seed"): SEED,
    ("stylize", "--strength"): SHARE,
    ("stylize", "--detail"): SHARE,
    ("stylize", "--keep-color"): SHARE,
    ("stylize", "--scale"): ("a number from 0.25 to 4", ["0.2", "4.1", "inf"], ["0.25", "4"]),
    ("video", "--size"): SIZE,
    ("video", "--steps"): STEPS,
    ("video", "--seed"): SEED,
    ("video", "--strength"): SHARE,
    ("video", "--detail"): SHARE,
    ("video", "--keep-color"): SHARE,
    ("video", "--scale"): ("a number from 0.25 to 4", ["0.2", "4.1", "inf"], ["0.25", "4"]),
    ("video", "--quality"): ("a whole number from 0 to 100", ["101"], ["0", "100"]),
    ("folder", "--size"): SIZE,
    ("folder", "--steps"): STEPS,
    ("folder", "--max-seconds"): SECONDS,
    ("folder", "--seed"): SEED,
    ("folder", "--strength"): SHARE,
    ("folder", "--detail"): SHARE,
    ("folder", "--keep-color"): SHARE,
    ("folder", "--scale"): ("a number from 0.25 to 4", ["0.2", "4.1", "inf"], ["0.25", "4"]),
    ("folder", "--timeout"): ("a number from 1", ["0.5", "0", "inf"], ["1", "60.5"]),
    ("learn", "--seconds"): ("a number from 1 to 86400", ["0.5", "86401", "inf"], ["1", "86400"]),
    ("learn", "--seed"): SEED,
    ("mask", "--grow"): GROW,
    ("mask", "--feather"): ("a number from 0 to 10000", ["10001", "inf"], ["0", "2.5"]),
    ("demo", "--size"): SIZE,
    ("demo", "--steps"): STEPS,
    ("demo", "--max-seconds"): SECONDS,
    ("demo", "--seed"): SEED,
    ("score", "--size"): SIZE,
    ("studio", "--port"): PORT,
    ("studio", "--workers"): WORKERS,
    ("serve", "--port"): PORT,
    ("serve", "--workers"): WORKERS,
    ("looks show", "--seed"): SEED,
    ("looks sheet", "--size"): ("a whole number from 1 to 4096", ["0", "4097"], ["1", "4096"]),
    ("looks sheet", "--columns"): ("a whole number from 1 to 1000", ["0", "1001"], ["1", "1000"]),
    ("looks sheet", "--seed"): SEED,
}
NEVER = ["x", "", "-1", "nan", "1,5", "0x20", "9" * 5000]
WHOLE = ["2.5", "1e2", "inf"]


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_wrong_values_are_named_in_one_line(folder, capsys, built, command, option):
    allowed, outside, _ = OPTIONS[command, option]
    before = set(folder.iterdir())
    never = [value for value in NEVER if value != "-1" or allowed != GROW[0]]
    for value in [*never, *(WHOLE if "whole" in allowed else []), *outside]:
        assert code_of(*COMMANDS[command], option, value) == 2, value
        complaint = f"argument {option}: {value!r} is not {allowed} (see `semcs {command}"
        assert_one_line(capsys.readouterr().err, complaint)
    assert not built
    assert set(folder.iterdir()) == before


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_values_inside_are_taken_as_numbers(command, option):
    allowed, _, inside = OPTIONS[command, option]
    for value in inside:
        args = parse([*COMMANDS[command], option, value])
        taken = getattr(args, option.strip("-").replace("-", "_"))
        assert taken == (int(value) if "whole" in allowed else float(value))


def test_the_table_holds_every_numeric_option():
    def numeric(parser, command=()):
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for name, inner in action.choices.items():
                    yield from numeric(inner, (*command, name))
            elif action.option_strings and getattr(action.type, "func", None) is not None:
                yield " ".join(command), action.option_strings[-1]

    assert set(numeric(build_parser())) == set(OPTIONS)


def test_outlines_move_as_far_as_the_api_lets_them():
    assert mask.FARTHEST == shape.FARTHEST


TIMES = {"0": 0, "3.5": 3.5, "90": 90, "1:20": 80, "0:01.25": 1.25, "01:00:02.5": 3602.5}


@pytest.mark.parametrize("option", ["--from", "--to", "--preview"])
def test_times_are_seconds_or_have_colons(option, capsys):
    names = {"--from": "start", "--to": "stop", "--preview": "preview"}
    for text, seconds in TIMES.items():
        assert getattr(parse([*COMMANDS["video"], option, text]), names[option]) == seconds
    for text in [*NEVER, "1:2:3:4", ":20", "1:", "1:-2", "1e2", "٣", "1.5:20"]:
        assert code_of(*COMMANDS["video"], option, text) == 2, text
        assert_one_line(capsys.readouterr().err, f"argument {option}: {text!r} is not a time")


def test_workers_are_auto_or_a_number(capsys):
    for text, taken in {"auto": "auto", "0": 0, "8": 8}.items():
        assert parse([*COMMANDS["video"], "--workers", text]).workers == taken
    for text in [*NEVER, *WHOLE, "9", "Auto"]:
        assert code_of(*COMMANDS["video"], "--workers", text) == 2
        assert_one_line(capsys.readouterr().err, "is not auto, or a whole number from 0 to 8")


@pytest.mark.parametrize("size", [31, 8193])
def test_the_limits_of_the_size_are_those_of_the_api(photo, tiny_family, size):
    with pytest.raises(semcs.InputError, match=rf"size is {size}\b.* from 32 to 8192"):
        semcs.stylize(photo, "gold", models=tiny_family, size=size)


@pytest.mark.parametrize("size", [32, 8192])
def test_the_api_takes_sizes_at_the_limits(photo, tiny_family, size):
    styled = semcs.stylize(photo, "gold", models=tiny_family, size=size, steps=1)
    assert styled.size == photo.size
    assert semcs.metrics.score(photo, styled, models=tiny_family, size=size).size[0] <= 64
