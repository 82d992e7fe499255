"""`semcs stylize`: a picture and one or two texts in, a styled picture out."""

from __future__ import annotations

import json
import logging
import time
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from semcs.cli.streams import (
    STANDARD,
    UsageError,
    check_inputs,
    check_outputs,
    encode_for,
    given,
    read,
    say_seconds,
    write_all,
)
from semcs.cli.texts import DEFAULT_PRESET
from semcs.style.presets import PRESETS

if TYPE_CHECKING:
    from semcs.stylizer import Result

PARTS = ("style", "fg", "bg")

_log = logging.getLogger(__name__)


def run(args: Namespace) -> int:
    """Run the command; returns the exit code."""
    _check(args)
    began = time.monotonic()
    from semcs.stylizer import Stylizer

    imports = time.monotonic() - began
    stylizer = Stylizer(**given(args, "models", "device"))
    options = ("strength", "detail", "preset", "size", "steps", "max_seconds", "seed")
    result = stylizer(
        read(args.input),
        mask=None if args.mask is None else read(args.mask),
        progress=not args.quiet,
        **_styles(args),
        **given(args, *options),
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


def _styles(args: Namespace) -> dict[str, Any]:
    """The styles by the API's keywords: texts as they are, pictures as their paths or bytes."""
    styles: dict[str, Any] = given(args, "fg", "bg")
    if args.style is not None:
        styles["style"] = args.style
    for part in PARTS:
        file = getattr(args, f"{part}_image", None)
        if file is not None and part in styles:
            raise UsageError(f"{part} has a text and a picture: give one of them")
        if file is not None:
            styles[part] = read(file) if file == STANDARD else Path(file)
    return styles


def _check(args: Namespace) -> None:
    """Everything that can be known to be wrong before the models load."""
    pictures = [getattr(args, f"{part}_image", None) for part in PARTS]
    check_inputs(args.input, args.mask, *pictures)
    styled = {part for part, file in zip(PARTS, pictures) if file is not None}
    styled |= set(given(args, "fg", "bg")) | ({"style"} if args.style is not None else set())
    if ("style" in styled) == bool(styled - {"style"}):
        raise UsageError("say how it should look: either STYLE, or --fg and/or --bg")
    preset = PRESETS[getattr(args, "preset", DEFAULT_PRESET)]
    maskless = "style" in styled and args.mask is None and preset.single_text_on == "both"
    if args.save_mask is not None and maskless:
        raise UsageError("--save-mask: one STYLE for the whole picture needs no mask")
    check_outputs(
        pictures={"--output": args.output, "--save-mask": args.save_mask},
        others={"--report": args.report},
    )


def _files(args: Namespace, result: Result) -> dict[str, bytes]:
    """Every file that was asked for, by path; all are encoded before the first is written."""
    files = {args.output: encode_for(args.output, result.image)}
    if args.save_mask is not None:
        files[args.save_mask] = encode_for(args.save_mask, _mask_picture(result))
    if args.report is not None:
        files[args.report] = (json.dumps(report(result, args), indent=2) + "\n").encode()
    return files


def _mask_picture(result: Result) -> Any:
    import numpy as np
    from PIL import Image

    assert result.mask is not None
    return Image.fromarray(np.rint(result.mask * 255).astype(np.uint8))


def report(result: Result, args: Namespace) -> dict[str, Any]:
    """What was done, with which networks and options, and how it ended, as JSON values."""
    from semcs import __version__

    return {
        "version": __version__,
        "input": args.input,
        "output": args.output,
        "width": result.image.width,
        "height": result.image.height,
        "regions": [
            {"name": region.name, "text": region.text, "strength": region.strength}
            for region in result.regions
        ],
        "looks": result.looks,
        "models": result.models,
        "preset": asdict(result.preset),
        "size": _working_size(args),
        "seed": result.seed,
        "steps": len(result.history),
        "losses": result.history[-1] if result.history else {},
        "seconds": result.seconds,
    }


def _working_size(args: Namespace) -> int:
    from inspect import signature

    from semcs.stylizer import Stylizer

    default = signature(Stylizer.iterate).parameters["size"].default
    return int(given(args, "size").get("size", default))
