"""`semcs stylize`: a picture and one or two texts in, a styled picture out."""

from __future__ import annotations

import json
import logging
from argparse import Namespace
from dataclasses import asdict
from typing import Any

import semcs
from semcs.cli.layers import add_layers, check_layers, layer_files
from semcs.cli.options import (
    Commands,
    add_command,
    add_flag,
    add_input,
    add_mask,
    add_metadata,
    add_optimisation,
    add_output,
    add_rule,
)
from semcs.cli.streams import (
    UsageError,
    check_outputs,
    encode_for,
    given,
    read,
    write_all,
)
from semcs.cli.styles import add_controls, add_styles, check_masks, check_styles, look_of
from semcs.cli.stylize_help import DEFAULT_PRESET, EPILOG
from semcs.cli.timings import import_stylizer, say_seconds

_log = logging.getLogger(__name__)


def add_parser(commands: Commands) -> None:
    """Add the command to the command line."""
    summary = "style a picture, its foreground and background, or any of its regions"
    parser = add_command(commands, "stylize", summary, EPILOG, run)
    add_input(parser)
    parser.add_argument("style", metavar="STYLE", nargs="?", help="one text for all of it")
    add_output(parser)
    add_styles(parser.add_argument_group("styles"))
    add_controls(parser.add_argument_group("how they are painted"), DEFAULT_PRESET)
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
    add_metadata(parser.add_argument_group("metadata"))
    add_flag(parser, "--quiet", "say nothing but warnings and errors")


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
        **look_of(args),
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


def _check(args: Namespace) -> None:
    """Everything that can be known to be wrong before the models load."""
    styled = check_styles(args)
    preset = semcs.PRESETS[getattr(args, "preset", DEFAULT_PRESET)]
    everywhere = preset.published.single_text_on == "both"
    handed_in = args.mask is not None or args.mask_module is not None
    maskless = "style" in styled and not handed_in and everywhere
    if args.save_mask is not None and maskless:
        raise UsageError("--save-mask: one STYLE for the whole picture needs no mask")
    check_masks(args, "mask", "mask_module", "save_mask")
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
