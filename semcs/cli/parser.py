"""The parser of the whole command line, put together from the commands."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from semcs import __version__
from semcs.cli import demo, folder, learn, looks, mask, models, score, studio, stylize, video

COMMANDS = (stylize, video, folder, learn, looks, mask, score, studio, models, demo)

EPILOG = """\
examples:
  semcs stylize photo.jpg -o styled.png --fg "pop art" --bg "starry night"
  semcs video clip.mp4 -o styled.mp4 --fg gold --bg "starry night"
  semcs folder photos -o styled --fg gold --bg "starry night"
  semcs learn "a cathedral of clockwork" -o clockwork.safetensors
  semcs looks match "a dark blue watercolour"
  semcs mask photo.jpg -o mask.png --soft
  semcs score photo.jpg styled.png --fg "pop art" --bg "starry night"
  semcs studio
  semcs models list
  semcs demo

`semcs COMMAND --help` tells more, with examples. `-` is stdin or stdout.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted, 143 terminated."""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line; the parsers of its commands are of this class too."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and exit with code 2."""
        line = " ".join(message.split())
        self.exit(2, f"semcs: error: {line} (see `{self.prog} --help`)\n")


def parse(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The arguments of one command; `run` among them is the command's function.

    Raises:
        SystemExit: For `--help`, `--version` and arguments that make no sense (code 2).
    """
    parser = build_parser()
    args, rest = parser.parse_known_args(argv)
    # argparse misses an optional positional that comes after options, as in `IN -o OUT STYLE`.
    if len(rest) == 1 and not rest[0].startswith("-") and getattr(args, "style", "") is None:
        args.style = rest.pop()
    if rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    return args


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = Parser(
        prog="semcs",
        description="Style a photo by text: its foreground and its background, each its own way.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"semcs {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add_parser(commands)
    return parser
