"""`semcs stylize`: a picture and one or two texts in, a styled picture out."""

from __future__ import annotations

import json
import logging
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

import semcs
from semcs.cli.layers import add_layers, check_layers, layer_files
from semcs.cli.options import (
    Commands,
    Options,
    add_command,
    add_flag,
    add_input,
    add_mask,
    add_optimisation,
    add_option,
    add_output,
    add_rule,
    add_texts,
)
from semcs.cli.streams import (
    STANDARD,
    UsageError,
    check_inputs,
    check_outputs,
    encode_for,
    given,
    read,
    write_all,
)
from semcs.cli.stylize_help import DEFAULT_PRESET, EPILOG, PRESET_SUMMARIES
from semcs.cli.stylize_regions import CONTROLS, check_regions, names_a_side, regions_of
from semcs.cli.timings import import_stylizer, say_seconds

PARTS = {"style": "whole picture", "fg": "foreground", "bg": "background"}
SIDES = ("fg", "bg")

_log = logging.getLogger(__name__)


def add_parser(commands: Commands) -> None:
    """Add the command to the command line."""
    summary = "style a picture, its foreground and background, or any of its regions"
    parser = add_command(commands, "stylize", summary, EPILOG, run)
    add_input(parser)
    parser.add_argument("style", metavar="STYLE", nargs="?", help="one text for all of it")
    add_output(parser)
    _add_styles(parser.add_argument_group("styles"))
    _add_controls(parser.add_argument_group("how they are painted"))
    mask = parser.add_argument_group("foreground mask")
    add_mask(mask, "the salient object, as `semcs mask` finds it")
    mask.add_argument(
        "--mask-module", metavar="NAME", help="find the mask by another package's module"
    )
    add_rule(mask)
    add_flag(mask, "--invert-mask", "take the other side of the mask, found or handed in")
    mask.add_argument("--save-mask", metavar="FILE", help="also write the foreground mask")
    add_optimisation(parser.add_argument_group("optimisation"))
    parser.add_argument(
        "--report", metavar="FILE", help="also write looks, models, options, losses and times: JSON"
    )
    add_layers(parser)
    _add_metadata(parser.add_argument_group("metadata"))
    add_flag(parser, "--quiet", "say nothing but warnings and errors")


def _add_metadata(options: Options) -> None:
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


def _add_styles(options: Options) -> None:
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
        "first where they overlap. WHERE: words such as sky, foreground, background, rest, or a "
        "mask file. LOOK: a text, keep, a picture's file, or one of `semcs learn`. CONTROL: "
        "strength, detail, keep-color, scale or avoid, of this region alone",
    )


def _add_controls(options: Options) -> None:
    add_option(
        options,
        "--preset",
        "NAME",
        f"method: {', '.join(PRESET_SUMMARIES)} (default {DEFAULT_PRESET})",
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


def run(args: Namespace) -> int:
    """Run the command; returns the exit code."""
    _check(args)
    make_stylizer, imports = import_stylizer()
    stylizer = make_stylizer(**given(args, "models", "device"))
    source = read(args.input)
    result = stylizer(
        source,
        mask=_mask_of(args, source),
        progress=not args.quiet,
        **_styles(args),
        invert_mask=args.invert_mask,
        **given(
            args,
            *("rule", "strength", "detail", "keep_color", "scale", "avoid"),
            *("preset", "size", "steps", "max_seconds", "seed"),
        ),
    )
    write_all(_files(args, result))
    _log.info(
        "wrote %s: %d steps of the %s models in %.1f s",
        args.output,
        len(result.history),
        result.models["family"],
        result.seconds["total"],
    )
    if args.timings:
        say_seconds({"imports": imports, **result.seconds})
    return 0


def _mask_of(args: Namespace, source: str | bytes) -> Any:
    """The mask that was handed in or that another package finds; None where semcs finds it."""
    if args.mask_module is not None:
        from semcs.plugins import find_mask

        return find_mask(source, args.mask_module)
    return None if args.mask is None else read(args.mask)


def _styles(args: Namespace) -> dict[str, Any]:
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


def _check(args: Namespace) -> None:
    """Everything that can be known to be wrong before the models load."""
    pictures = [getattr(args, f"{part}_image", None) for part in PARTS]
    check_inputs(args.input, args.mask, *pictures)
    styled = {part for part, file in zip(PARTS, pictures) if file is not None}
    styled |= {part for part in SIDES if getattr(args, f"{part}_style", None) is not None}
    styled |= set(given(args, "fg", "bg")) | ({"style"} if args.style is not None else set())
    ways = ["style" in styled, bool(styled - {"style"}), bool(args.region)]
    if sum(ways) != 1:
        raise UsageError("say how it should look: either STYLE, or --fg and/or --bg, or --region")
    check_regions(args.region)
    preset = semcs.PRESETS[getattr(args, "preset", DEFAULT_PRESET)]
    everywhere = preset.published.single_text_on == "both"
    handed_in = args.mask is not None or args.mask_module is not None
    maskless = "style" in styled and not handed_in and everywhere
    if args.save_mask is not None and maskless:
        raise UsageError("--save-mask: one STYLE for the whole picture needs no mask")
    if args.region and not names_a_side(args.region):
        for option in ("mask", "mask_module", "save_mask"):
            if getattr(args, option) is not None:
                flag = option.replace("_", "-")
                raise UsageError(f"--{flag}: no --region is the foreground or the background")
    check_outputs(
        pictures={"--output": args.output, "--save-mask": args.save_mask},
        others={"--report": args.report, "--psd": args.psd},
    )
    check_layers(args)
    _check_mask_module(args)


def _check_mask_module(args: Namespace) -> None:
    if args.mask_module is None:
        return
    if args.mask is not None:
        raise UsageError("--mask and --mask-module both say what the foreground is: give one")
    from semcs.plugins import check_mask_module

    check_mask_module(args.mask_module)


def _files(args: Namespace, result: semcs.Result[Any]) -> dict[str, bytes]:
    """Every file that was asked for, by path; all are encoded before the first is written."""
    files = {args.output: encode_for(args.output, result.image, args.metadata)}
    if args.save_mask is not None:
        from semcs.cli.pictures import mask_picture

        assert result.mask is not None
        files[args.save_mask] = encode_for(args.save_mask, mask_picture(result.mask))
    if args.report is not None:
        files[args.report] = (json.dumps(report(result, args), indent=2) + "\n").encode()
    return files | layer_files(args, result)


def report(result: semcs.Result[Any], args: Namespace) -> dict[str, Any]:
    """What was done, with which networks and options, and how it ended, as JSON values."""
    return {
        "version": semcs.__version__,
        "input": args.input,
        "output": args.output,
        "width": result.image.width,
        "height": result.image.height,
        "regions": [
            {
                "name": region.name,
                "text": region.text,
                "strength": region.strength,
                "share": region.share,
            }
            for region in result.regions
        ],
        "looks": result.looks,
        "models": result.models,
        "preset": asdict(result.preset),
        "size": args.size,
        "seed": result.seed,
        "steps": len(result.history),
        "losses": result.history[-1] if result.history else {},
        "seconds": result.seconds,
    }
