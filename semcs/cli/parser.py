"""The arguments of every command.

Options that aren't given are left out of the parsed arguments, so that the API's own defaults
hold; the help repeats them in words.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from semcs import __version__
from semcs.cli import demo, looks, mask, models, score, stylize, texts

MODELS = ("auto", "bundled", "paper")
PROTOCOLS = ("full", "short256")
REFINEMENTS = ("none", "guided", "edge", "bilateral", "matting")


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and exit with code 2."""
        self.exit(2, f"semcs: error: {message} (see `{self.prog} --help`)\n")


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
        epilog=texts.PROGRAM,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"semcs {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_stylize(commands)
    _add_looks(commands)
    _add_mask(commands)
    _add_score(commands)
    _add_models(commands)
    _add_demo(commands)
    return parser


def _add_stylize(commands: Any) -> None:
    parser = _add_command(
        commands,
        "stylize",
        stylize.run,
        "style a picture by one text, or its foreground and background by two",
        texts.stylize_epilog(),
    )
    parser.add_argument("input", metavar="IN", help="picture; - for stdin")
    parser.add_argument("style", metavar="STYLE", nargs="?", help="one text for all of it")
    parser.add_argument(
        "-o", "--output", metavar="OUT", required=True, help="picture to write; - for stdout (PNG)"
    )
    _add_texts(parser)
    for flag, part in (("--fg-image", "foreground"), ("--bg-image", "background")):
        parser.add_argument(
            flag, metavar="F", default=argparse.SUPPRESS, help=f"picture as the {part}'s style"
        )
    parser.add_argument(
        "--style-image",
        metavar="F",
        default=argparse.SUPPRESS,
        help="picture as the style of all of it",
    )
    parser.add_argument(
        "--mask", metavar="M", help="foreground mask of the picture's size, white = foreground"
    )
    parser.add_argument(
        "--preset",
        metavar="P",
        choices=texts.PRESET_SUMMARIES,
        default=argparse.SUPPRESS,
        help=f"{', '.join(texts.PRESET_SUMMARIES)} (default {texts.DEFAULT_PRESET})",
    )
    _add_run(parser)
    parser.add_argument(
        "--strength",
        metavar="S",
        type=float,
        default=argparse.SUPPRESS,
        help="how much of the styles shows, 0 to 1 (default 1.0)",
    )
    parser.add_argument(
        "--detail",
        metavar="D",
        type=float,
        default=argparse.SUPPRESS,
        help="how much of the photo's form looks get back, 0 to 1 (default: each look's own)",
    )
    parser.add_argument("--save-mask", metavar="F", help="also write the foreground mask")
    parser.add_argument(
        "--report", metavar="F.json", help="also write looks, models, options, losses and times"
    )
    _add_quiet(parser)


def _add_looks(commands: Any) -> None:
    parser = _add_command(
        commands, "looks", None, "list the looks, try texts on them, and see them", looks.LOOKS
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    _add_command(actions, "list", looks.run_list, "all looks and some of their names", looks.LIST)
    match = _add_command(
        actions, "match", looks.run_match, "tell what a text leads to", looks.MATCH
    )
    match.add_argument("text", metavar="TEXT", help="how it should look; - for stdin")
    match.add_argument("--json", action="store_true", help="print one JSON object instead")
    show = _add_command(
        actions, "show", looks.run_show, "paint a sample photo in a look", looks.SHOW
    )
    show.add_argument("look", metavar="LOOK", help="a name or a text; - for stdin")
    show.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default=argparse.SUPPRESS,
        help="picture to write; - for stdout (default: LOOK.png)",
    )
    sheet = _add_command(
        actions, "sheet", looks.run_sheet, "paint a photo in all looks, on one sheet", looks.SHEET
    )
    sheet.add_argument("input", metavar="IN", help="picture; - for stdin")
    sheet.add_argument(
        "-o", "--output", metavar="OUT", required=True, help="picture to write; - for stdout (PNG)"
    )
    sheet.add_argument(
        "--looks", metavar="A,B,…", default="", help="names or texts, by commas (default: all)"
    )
    sheet.add_argument(
        "--size",
        metavar="N",
        type=_count,
        default=looks.SHEET_SIZE,
        help="longest side of each picture in pixels (default %(default)s)",
    )
    sheet.add_argument(
        "--columns",
        metavar="N",
        type=_count,
        default=looks.SHEET_COLUMNS,
        help="pictures in a row (default %(default)s)",
    )
    for action in (show, sheet):
        action.add_argument(
            "--seed",
            metavar="N",
            type=_whole_number,
            default=0,
            help="of the looks' random parameters (default 0)",
        )


def _add_mask(commands: Any) -> None:
    parser = _add_command(
        commands, "mask", mask.run, "find a picture's foreground, white on black", texts.MASK
    )
    parser.add_argument("input", metavar="IN", help="picture; - for stdin")
    parser.add_argument(
        "-o", "--output", metavar="OUT", required=True, help="mask to write; - for stdout (PNG)"
    )
    parser.add_argument("--soft", action="store_true", help="grey where it is in between")
    parser.add_argument(
        "--refine",
        metavar="HOW",
        choices=REFINEMENTS,
        default=argparse.SUPPRESS,
        help="how its edges are brought onto the picture's: "
        f"{', '.join(REFINEMENTS)} (default edge)",
    )
    _add_models_option(parser)


def _add_score(commands: Any) -> None:
    parser = _add_command(
        commands, "score", score.run, "measure a styled picture against its photo", texts.SCORE
    )
    parser.add_argument("content", metavar="CONTENT", help="the photo; - for stdin")
    parser.add_argument("output", metavar="OUTPUT", help="what became of it, of the same size")
    parser.add_argument("style", metavar="STYLE", nargs="?", help="the one text asked for")
    _add_texts(parser)
    parser.add_argument(
        "--mask",
        metavar="M",
        help="foreground mask of the photo's size, white = foreground (default: the one that semcs "
        "finds, where --fg or --bg is given)",
    )
    _add_models_option(parser)
    parser.add_argument(
        "--protocol",
        metavar="P",
        choices=PROTOCOLS,
        default=argparse.SUPPRESS,
        help="of DISTS: full, or short256 to shrink the short side to 256 pixels (default full)",
    )
    parser.add_argument(
        "--size",
        metavar="N",
        type=int,
        default=argparse.SUPPRESS,
        help="longest side in pixels to measure at, smaller pictures stay (default 512)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")


def _add_models(commands: Any) -> None:
    parser = _add_command(
        commands, "models", None, "list, fetch, check or find the networks' weights", texts.MODELS
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    for name, run, nargs, summary in (
        ("list", models.run_list, None, "what there is, its licence, and whether it is here"),
        ("download", models.run_download, "+", "fetch models and check them"),
        ("verify", models.run_verify, "*", "check files against their SHA-256; all by default"),
        ("path", models.run_path, "*", "where files are; all that are here by default"),
    ):
        action = _add_command(actions, name, run, summary, "")
        if nargs:
            action.add_argument("names", metavar="NAME", nargs=nargs, help='a model, or "paper"')


def _add_demo(commands: Any) -> None:
    parser = _add_command(
        commands, "demo", demo.run, "style a sample photo and show how it came about", texts.DEMO
    )
    parser.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        default=argparse.SUPPRESS,
        help="folder for the pictures, made where it is missing (default out)",
    )
    _add_texts(parser)
    _add_run(parser)


def _add_command(
    commands: Any,
    name: str,
    run: Callable[[argparse.Namespace], int] | None,
    summary: str,
    epilog: str,
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    if run is not None:
        parser.set_defaults(run=run)
    return parser


def _add_texts(parser: argparse.ArgumentParser) -> None:
    for flag, part in (("--fg", "foreground"), ("--bg", "background")):
        parser.add_argument(
            flag,
            metavar="T",
            default=argparse.SUPPRESS,
            help=f"text for the {part}",
        )


def _add_run(parser: argparse.ArgumentParser) -> None:
    _add_models_option(parser)
    parser.add_argument(
        "--size",
        metavar="N",
        type=int,
        default=argparse.SUPPRESS,
        help="longest side in pixels to work at; the output has the input's size (default 512)",
    )
    parser.add_argument(
        "--steps",
        metavar="N",
        type=_whole_number,
        default=argparse.SUPPRESS,
        help="optimiser steps; 0 is the instant picture (default: the preset's)",
    )
    parser.add_argument(
        "--max-seconds",
        metavar="T",
        type=float,
        default=argparse.SUPPRESS,
        help="take no further step once they have taken T seconds (default: no limit)",
    )
    parser.add_argument(
        "--seed",
        metavar="N",
        type=int,
        default=argparse.SUPPRESS,
        help="the same seed gives the same picture on a CPU (default 0)",
    )
    parser.add_argument(
        "--device",
        metavar="D",
        default=argparse.SUPPRESS,
        help="such as cpu or cuda (default: the GPU where there is one)",
    )
    parser.add_argument("--timings", action="store_true", help="say where the time went, on stderr")


def _add_models_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--models",
        metavar="M",
        choices=MODELS,
        default=argparse.SUPPRESS,
        help="bundled (small, offline), paper (large, fetched once), or auto: paper on a GPU "
        "where they can be had, else bundled (default auto)",
    )


def _add_quiet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing but warnings and errors")


def _whole_number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)
