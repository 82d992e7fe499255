"""Which styles and where: the options that `semcs stylize` and `semcs video` share."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

import semcs
from semcs.cli.options import Options, add_option, add_texts
from semcs.cli.streams import STANDARD, UsageError, check_inputs, given, read
from semcs.cli.stylize_help import PRESET_SUMMARIES
from semcs.cli.stylize_regions import CONTROLS, check_regions, names_a_side, regions_of

PARTS = {"style": "whole picture", "fg": "foreground", "bg": "background"}
SIDES = ("fg", "bg")
CONTROLS_FOR_ALL = ("strength", "detail", "keep_color", "scale", "avoid")  # of `add_controls`


def add_styles(options: Options) -> None:
    """Which styles, and where."""
    add_texts(options)
    for part, where in PARTS.items():
        add_option(
            options, f"--{part}-image", "FILE", f"style of the {where}, as a picture; - for stdin"
        )
    for part in SIDES:
        add_option(
            options,
            f"--{part}-style",
            "FILE",
            f"style of the {PARTS[part]}, as a file of `semcs learn`",
        )
    options.add_argument(
        "--region",
        metavar="WHERE=LOOK[;CONTROL=VALUE]",
        action="append",
        default=[],
        help="style of one region, as often as wanted, instead of --fg and --bg; earlier ones go "
        "first where they overlap. WHERE: words such as sky, foreground, background, rest, a pixel "
        "on it as X,Y, or a mask file. LOOK: a text, keep, a picture's file, or one of `semcs "
        "learn`. CONTROL: strength, detail, keep-color, scale or avoid, of this region alone",
    )


def add_controls(options: Options, preset: str) -> None:
    """How the styles are painted; `preset` is the default."""
    add_option(
        options,
        "--preset",
        "NAME",
        f"method: {', '.join(PRESET_SUMMARIES)} (default {preset})",
        choices=PRESET_SUMMARIES,
    )
    add_option(
        options,
        "--strength",
        "S",
        "how much of the styles shows over the photo, 0 to 1 (default 1.0)",
        type=CONTROLS["strength"],
    )
    add_option(
        options,
        "--detail",
        "D",
        "how much of the photo's form is given back to painted looks, 0 to 1 (default: each "
        "look's own)",
        type=CONTROLS["detail"],
    )
    add_option(
        options,
        "--keep-color",
        "K",
        "how much of the photo's colours stay under the style's strokes, 0 to 1 (default 0.0)",
        type=CONTROLS["keep-color"],
    )
    add_option(
        options,
        "--scale",
        "X",
        "size of the strokes, 0.25 to 4 (default 1.0)",
        type=CONTROLS["scale"],
    )
    add_option(options, "--avoid", "TEXT", "stay away from this, such as blue")


def styles_of(args: Namespace) -> dict[str, Any]:
    """The styles by the API's keywords: texts as they are, pictures as their paths or bytes."""
    styles: dict[str, Any] = given(args, "fg", "bg")
    if args.style is not None:
        styles["style"] = args.style
    if args.region:
        styles["regions"] = regions_of(args.region)
    for part in PARTS:
        file = getattr(args, f"{part}_image", None)
        if file is not None and part in styles:
            raise UsageError(f"{part} has a text and a picture: give one of them")
        if file is not None:
            styles[part] = read(file) if file == STANDARD else Path(file)
    for part in SIDES:
        file = getattr(args, f"{part}_style", None)
        if file is not None and part in styles:
            raise UsageError(f"{part} has a learned style and another: give one of them")
        if file is not None:
            styles[part] = semcs.Style.load(file)
    return styles


def look_of(args: Namespace) -> dict[str, Any]:
    """All that says how a picture should look, but its mask, by the API's keywords."""
    names = ("rule", *CONTROLS_FOR_ALL, "preset", "size", "steps", "max_seconds", "seed")
    return {"invert_mask": args.invert_mask, **styles_of(args), **given(args, *names)}


def check_styles(args: Namespace, *, may_be_none: bool = False) -> set[str]:
    """Everything about the styles that can be known to be wrong before the models load.

    Args:
        args: The parsed arguments.
        may_be_none: Whether something else may say all styles.

    Returns:
        What has a style: "style" for all, "fg", "bg"; none of them where there are regions.

    Raises:
        UsageError: There is no style, or there are two kinds of them.
    """
    pictures = [getattr(args, f"{part}_image", None) for part in PARTS]
    check_inputs(args.input, args.mask, *pictures)
    styled = {part for part, file in zip(PARTS, pictures) if file is not None}
    styled |= {part for part in SIDES if getattr(args, f"{part}_style", None) is not None}
    styled |= set(given(args, "fg", "bg")) | ({"style"} if args.style is not None else set())
    ways = ["style" in styled, bool(styled - {"style"}), bool(args.region)]
    if sum(ways) > 1 or not (any(ways) or may_be_none):
        raise UsageError("say how it should look: either STYLE, or --fg and/or --bg, or --region")
    check_regions(args.region)
    return styled


def check_masks(args: Namespace, *options: str) -> None:
    """Whether options of the foreground mask have a meaning beside the regions.

    Raises:
        UsageError: No region is one of the mask's sides.
    """
    if not args.region or names_a_side(args.region):
        return
    for option in options:
        if getattr(args, option) is not None:
            flag = option.replace("_", "-")
            raise UsageError(f"--{flag}: no --region is the foreground or the background")
