"""`semcs mask`: a picture in, its foreground out."""

from __future__ import annotations

from argparse import Namespace

import semcs
from semcs.cli.options import (
    Commands,
    add_command,
    add_flag,
    add_input,
    add_networks,
    add_option,
    add_output,
    add_rule,
)
from semcs.cli.streams import check_outputs, encode_for, given, read, write_all

REFINEMENTS = ("none", "guided", "edge", "bilateral", "matting")

EPILOG = """\
examples:
  semcs mask photo.jpg -o mask.png
  semcs mask photo.jpg -o mask.png --soft --refine matting
  semcs mask photo.jpg -o sky.png --invert
  curl -s $URL | semcs mask - -o - > mask.png

White is the foreground: the salient object, found by spectral segmentation of the features of a
vision transformer. `semcs stylize` finds the same one, soft, with the same --models and --device.
A mask edited by hand goes back in by `semcs stylize --mask`."""


def add_parser(commands: Commands) -> None:
    """Add the command to the command line."""
    summary = "find a picture's foreground, white on black"
    parser = add_command(commands, "mask", summary, EPILOG, run)
    add_input(parser)
    add_output(parser, "mask")
    add_flag(parser, "--soft", "grey where a pixel is partly foreground")
    add_option(
        parser,
        "--refine",
        "HOW",
        "how the mask's edges are moved onto the picture's: "
        f"{', '.join(REFINEMENTS)} (default edge)",
        choices=REFINEMENTS,
    )
    add_rule(parser)
    add_flag(parser, "--invert", "take the other side: the background white")
    add_networks(parser)


def run(args: Namespace) -> int:
    """Run the command; returns the exit code."""
    check_outputs(pictures={"--output": args.output}, others={})
    mask = semcs.saliency_mask(
        read(args.input),
        soft=args.soft,
        invert=args.invert,
        **given(args, "refine", "rule", "models", "device"),
    )
    write_all({args.output: encode_for(args.output, mask)})
    return 0
