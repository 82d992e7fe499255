"""`semcs mask`: a picture in, its foreground out, or any other region of it."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Callable
from typing import Any

import semcs
from semcs.cli.numbers import number
from semcs.cli.options import (
    Commands,
    Options,
    add_command,
    add_flag,
    add_input,
    add_networks,
    add_option,
    add_output,
    add_rule,
)
from semcs.cli.streams import (
    UsageError,
    check_inputs,
    check_outputs,
    encode_for,
    given,
    read,
    write_all,
)

REFINEMENTS = ("none", "guided", "edge", "bilateral", "matting")
SEARCHES = ("find", "click", "not_click", "box", "hint")
SHAPES = ("grow", "feather")
FARTHEST = 10_000.0  # pixels; the limit of `semcs.finding.shape`

EPILOG = """\
examples:
  semcs mask photo.jpg -o mask.png
  semcs mask photo.jpg -o mask.png --soft --refine matting
  semcs mask photo.jpg -o sky.png --find "the sky"
  semcs mask photo.jpg -o cars.png --find "the red car" --grow 2 --feather 4
  semcs mask photo.jpg -o dog.png --click 320,240 --click 300,310 --not-click 40,400
  semcs mask photo.jpg -o house.png --box 120,40,600,420
  semcs mask photo.jpg -o tree.png --hint scribble.png
  semcs mask photo.jpg -o background.png --invert
  curl -s $URL | semcs mask - -o - > mask.png

White is the foreground: the salient object, found by spectral segmentation of the features of a
vision transformer. `semcs stylize` finds the same one, soft, with the same --models and --device.

--find, --click, --box and --hint find any other region, and may be joined: --find car --box ...
looks for cars in the box, and a click corrects what a hint says. Words are those of
docs/regions.md with the bundled models (sky, tree, building, person, car, dog ...; a colour or a
side before it; "sky and water"), any with the paper models. A thing that isn't in the picture is
exit code 1, and no file is written. Pixels count from the top left corner, x to the right.

A mask edited by hand goes back in by `semcs stylize --mask`."""


def add_parser(commands: Commands) -> None:
    """Add the command to the command line."""
    summary = "find a picture's foreground, or any region, white on black"
    parser = add_command(commands, "mask", summary, EPILOG, run)
    add_input(parser)
    add_output(parser, "mask")
    _add_search(parser)
    add_flag(parser, "--invert", "take the other side: the region black, all else white")
    _add_shape(parser)
    add_flag(parser, "--soft", "grey where a pixel is partly in the region")
    add_option(
        parser,
        "--refine",
        "HOW",
        "how the mask's edges are moved onto the picture's: "
        f"{', '.join(REFINEMENTS)} (default edge)",
        choices=REFINEMENTS,
    )
    add_rule(parser)
    add_networks(parser)


def _add_search(options: Options) -> None:
    add_option(options, "--find", "TEXT", "what to find in place of the foreground: 'the sky'")
    for flag, where in (("--click", "on the region"), ("--not-click", "beside it")):
        add_option(
            options,
            flag,
            "X,Y",
            f"a pixel {where}; may be given again for more",
            type=_numbers(2),
            action="append",
        )
    add_option(options, "--box", "X0,Y0,X1,Y1", "a box around it, in pixels", type=_numbers(4))
    add_option(options, "--hint", "FILE", "roughly it, or a scribble on it, white on black")


def _add_shape(options: Options) -> None:
    grow = "pixels by which the outline moves out; negative: in (default 0)"
    add_option(options, "--grow", "PIXELS", grow, type=number(-FARTHEST, FARTHEST))
    feather = "width of a soft band along the outline; the mask then is soft (default 0: none)"
    add_option(options, "--feather", "PIXELS", feather, type=number(0, FARTHEST))


def run(args: Namespace) -> int:
    """Run the command; returns the exit code."""
    check_outputs(pictures={"--output": args.output}, others={})
    common = {"soft": args.soft, "invert": args.invert}
    common |= given(args, "refine", "models", "device")
    if any(name in args for name in (*SEARCHES, *SHAPES)):
        mask = _find(args, common)
    else:
        mask = semcs.saliency_mask(read(args.input), **common, **given(args, "rule"))
    write_all({args.output: encode_for(args.output, mask)})
    return 0


def _find(args: Namespace, common: dict[str, Any]) -> Any:
    """The mask of a search, or of the foreground in another shape."""
    if "rule" in args:
        raise UsageError("--rule goes with the foreground alone, as it is found")
    search = given(args, "click", "not_click", "box", *SHAPES)
    if "hint" in args:
        check_inputs(args.input, args.hint)
        search["hint"] = read(args.hint)
    if not any(name in args for name in SEARCHES):
        search["text"] = "foreground"
    elif "find" in args:
        search["text"] = args.find
    common["soft"] |= bool(search.get("feather"))
    return semcs.find(read(args.input), **search, **common)


def _numbers(count: int) -> Callable[[str], tuple[float, ...]]:
    """An argparse type: so many numbers from 0, joined by commas."""

    def read_numbers(text: str) -> tuple[float, ...]:
        try:
            numbers = tuple(float(part) for part in text.split(","))
        except ValueError:
            numbers = ()
        if len(numbers) != count or not all(0 <= number < 1e6 for number in numbers):
            allowed = "X,Y" if count == 2 else "X0,Y0,X1,Y1"
            raise argparse.ArgumentTypeError(f"{text!r} is not {allowed}, in pixels from 0")
        return numbers

    return read_numbers
