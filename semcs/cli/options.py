"""Options that several commands share.

Options that aren't given are left out of the parsed arguments, so that the API's own defaults
hold; the help repeats them in words. Nothing here imports numpy or torch.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, TypeAlias

from semcs.cli.numbers import number, whole_number
from semcs.errors import MAX_SEED

MODELS = ("auto", "bundled", "paper")
SIZE = 512  # pixels
MIN_SIZE, MAX_SIZE = 32, 8192  # pixels; the limits of `Stylizer.iterate`
MAX_STEPS = 1_000_000
RULES = ("cues", "centre", "border", "majority", "max-abs")  # `semcs.saliency.foreground.Rule`

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Options: TypeAlias = "argparse._ActionsContainer"  # of a parser, or of a group in its help


def add_command(
    commands: Commands,
    name: str,
    summary: str,
    epilog: str = "",
    run: Callable[[argparse.Namespace], int] | None = None,
) -> argparse.ArgumentParser:
    """A command, or an action of a command.

    Args:
        commands: Where it is added.
        name: What is typed.
        summary: What it does, for the list of commands and for its own help.
        epilog: What its help ends with, such as examples; lines stay as they are.
        run: What it does, from parsed arguments to an exit code; None where its actions do that.
    """
    parser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    if run is not None:
        parser.set_defaults(run=run)
        add_flag(parser, "--verbose", "say on stderr what else is noticed, by libraries as well")
    return parser


def add_option(options: Options, flag: str, metavar: str, text: str, **details: Any) -> None:
    """An option with a value, which is left out of the parsed arguments where it isn't given."""
    options.add_argument(flag, metavar=metavar, help=text, default=argparse.SUPPRESS, **details)


def add_flag(options: Options, flag: str, text: str) -> None:
    """An option without a value: False where it isn't given."""
    options.add_argument(flag, action="store_true", help=text)


def add_input(options: Options) -> None:
    """IN, the picture to work on."""
    options.add_argument("input", metavar="IN", help="picture; - for stdin")


def add_output(options: Options, what: str = "picture") -> None:
    """-o OUT, where the result goes."""
    options.add_argument(
        *("-o", "--output"),
        metavar="OUT",
        required=True,
        help=f"{what} to write, in the format of its extension; - for stdout (PNG)",
    )


def add_texts(options: Options) -> None:
    """--fg and --bg."""
    add_option(options, "--fg", "TEXT", "style of the foreground, as a text")
    add_option(options, "--bg", "TEXT", "style of the background, as a text")


def add_mask(options: Options, default: str, of: str = "picture") -> None:
    """--mask, which is None where it isn't given."""
    options.add_argument(
        "--mask",
        metavar="FILE",
        help=f"foreground mask of the {of}, white = foreground (default: {default})",
    )


def add_networks(options: Options) -> None:
    """--models and --device: which networks, and where they run."""
    add_option(
        options,
        "--models",
        "NAME",
        "bundled (small, offline), paper (large, fetched once), or auto: paper on a GPU where "
        "they can be had, else bundled (default auto)",
        choices=MODELS,
    )
    add_option(
        options, "--device", "NAME", "such as cpu or cuda (default: the GPU where there is one)"
    )


def add_size(options: Options, text: str) -> None:
    """--size, the longest side in pixels to work at."""
    options.add_argument(
        "--size",
        metavar="PIXELS",
        type=whole_number(MIN_SIZE, MAX_SIZE),
        default=SIZE,
        help=f"{text} (default %(default)s)",
    )


def add_seed(options: Options, text: str) -> None:
    """--seed of everything random."""
    add_option(options, "--seed", "N", f"{text} (default 0)", type=whole_number(0, MAX_SEED))


def add_steps(options: Options, text: str) -> None:
    """--steps of an optimisation or a training."""
    text = f"{text} (default: the preset's)"
    add_option(options, "--steps", "N", text, type=whole_number(0, MAX_STEPS))


def add_max_seconds(options: Options, text: str) -> None:
    """--max-seconds of an optimisation."""
    text = f"{text} (default: the preset's)"
    add_option(options, "--max-seconds", "SECONDS", text, type=number(0))


def add_metadata(options: Options) -> None:
    """--keep-metadata and --strip-metadata: what the photo's own are worth."""
    amounts = options.add_mutually_exclusive_group()
    for flag, amount, text in (
        (
            "--keep-metadata",
            "all",
            "keep all that OUT's format can hold, such as place, owner, serial numbers and "
            "comments (default: copyright, artist, time of capture, resolution, colour profile)",
        ),
        ("--strip-metadata", "none", "keep none but the colour profile, which the pixels need"),
    ):
        amounts.add_argument(
            flag, dest="metadata", action="store_const", const=amount, default="private", help=text
        )


def add_optimisation(options: Options) -> None:
    """How a picture is optimised, by which networks, and how long that may take."""
    add_networks(options)
    add_size(options, "longest side to work at; the output keeps the input's size")
    add_steps(options, "optimisation steps; 0 writes the instant picture")
    add_max_seconds(options, "take no further step after this time; 0 is no limit")
    add_seed(options, "the same seed gives the same picture on one CPU with as many threads")
    add_flag(options, "--timings", "say on stderr how long each stage took")


def add_rule(options: Options) -> None:
    """Which side of the photo is the foreground."""
    add_option(
        options,
        "--rule",
        "RULE",
        "which side is the foreground: the vote of several cues, or one of them; "
        f"{', '.join(RULES)} (default cues)",
        choices=RULES,
    )
