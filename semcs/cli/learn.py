"""`semcs learn`: a text in, a file out that paints any photo in that style."""

from __future__ import annotations

import logging
from argparse import Namespace
from pathlib import Path

import semcs
from semcs.cli.numbers import number
from semcs.cli.options import Commands, add_command, add_flag, add_networks, add_option, add_seed
from semcs.cli.streams import STANDARD, UsageError, check_outputs, given, read_text

EPILOG = """\
examples:
  semcs learn "a cathedral of clockwork" -o clockwork.safetensors
  semcs learn "my sketchbook" -o mine.safetensors --from page1.jpg page2.jpg
  semcs learn "frozen jungle" -o jungle.safetensors --photos holidays --seconds 300
  semcs stylize photo.jpg -o styled.png --fg-style clockwork.safetensors

A style is learned once, over many photos, and then painted in one pass. Pictures (--from) say by
their colours and textures how it should look, beside the text. Without --photos it is learned on
scenes made by code. The file holds numbers and text alone, nothing that can run."""

_log = logging.getLogger(__name__)


def add_parser(commands: Commands) -> None:
    """Add the command to the command line."""
    summary = "learn a style once, which then paints any photo in one pass"
    parser = add_command(commands, "learn", summary, EPILOG, run)
    parser.add_argument("text", metavar="TEXT", help="how it should look; - for stdin")
    parser.add_argument(
        *("-o", "--output"),
        metavar="FILE",
        required=True,
        help="file of the style to write, such as clockwork.safetensors",
    )
    add_option(
        parser,
        "--from",
        "PICTURE",
        "pictures that it should look like, too",
        dest="pictures",
        nargs="+",
        action="extend",
    )
    add_option(
        parser,
        "--photos",
        "DIR",
        "folder of photos to learn on, such as those that it will be used for (default: scenes "
        "made by code)",
    )
    add_option(
        parser,
        "--seconds",
        "S",
        "how long it may take, without loading the models (default 120)",
        type=number(1, 86_400),
    )
    add_networks(parser)
    add_seed(parser, "of all that is random")
    add_flag(parser, "--quiet", "say nothing but warnings and errors")


def run(args: Namespace) -> int:
    """Run the command; returns the exit code."""
    if args.output == STANDARD:
        raise UsageError("--output is -: a style is written to a file")
    check_outputs(pictures={}, others={"--output": args.output})
    options = given(args, "photos", "seconds", "models", "device", "seed")
    pictures = [Path(file) for file in given(args, "pictures").get("pictures", ())]
    style = semcs.learn_style(
        read_text(args.text), pictures=pictures, progress=not args.quiet, **options
    )
    style.save(args.output)
    about = style.about
    _log.info(
        "wrote %s: %d steps of the %s models in %.0f s",
        *(args.output, about.steps, about.models, about.seconds),
    )
    return 0
