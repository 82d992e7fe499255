"""`semcs video`: a clip and one or two texts in, the styled clip out."""

from __future__ import annotations

import json
import logging
from argparse import Namespace
from dataclasses import asdict
from typing import Any

import semcs
from semcs.cli.numbers import moment, whole_number, worker_number
from semcs.cli.options import (
    Commands,
    Options,
    add_command,
    add_flag,
    add_mask,
    add_networks,
    add_option,
    add_rule,
    add_seed,
    add_size,
    add_steps,
)
from semcs.cli.streams import (
    STANDARD,
    UsageError,
    check_outputs,
    encode_for,
    given,
    read,
    write_all,
)
from semcs.cli.styles import add_controls, add_styles, check_masks, check_styles, look_of

DEFAULT_PRESET = "instant"
MOST_WORKERS = 8  # `semcs.video.workers.crew.MOST`

EPILOG = """\
examples:
  semcs video clip.mp4 -o styled.mp4 --fg gold --bg "starry night"
  semcs video clip.mov watercolor -o styled.mkv                one text for all
  semcs video clip.mp4 -o styled.mp4 --bg snow                 the foreground keeps its pixels
  semcs video clip.mp4 -o frame.png --fg gold --preview 3.5    one frame, to see how it looks
  semcs video clip.mp4 -o part.mp4 --fg gold --from 1:20 --to 1:32.5
  semcs video clip.mp4 -o styled.mp4 --region "320,240=gold" --region "rest=ink wash"
  semcs video clip.mp4 -o styled.gif mosaic --to 4
  semcs video clip.mp4 -o styled.mp4 --fg "a cathedral of clockwork" --preset semcs

Strokes, cells and stars move with what they lie on. Regions are found in the first frame and
followed; masks and clicks are those of the first frame. Sound, time stamps and rotation stay.
Formats by extension: .mp4, .m4v, .mov, .mkv (H.264), .webm (VP9), .gif, .webp and .png (animated).

Stopped, or killed? The same command goes on where it was, to the same bits: what is done is in the
hidden folder .NAME.semcs-part beside OUT until OUT is whole. --restart begins anew."""

_log = logging.getLogger(__name__)


def add_parser(commands: Commands) -> None:
    """Add the command to the command line."""
    summary = "style a video, its foreground and background, or any of its regions"
    parser = add_command(commands, "video", summary, EPILOG, run)
    parser.add_argument("input", metavar="IN", help="video, GIF, animated WebP or APNG")
    parser.add_argument("style", metavar="STYLE", nargs="?", help="one text for all of it")
    parser.add_argument(
        *("-o", "--output"),
        metavar="OUT",
        required=True,
        help="clip to write, in the format of its extension; with --preview, a picture",
    )
    add_styles(parser.add_argument_group("styles"))
    add_controls(parser.add_argument_group("how they are painted"), DEFAULT_PRESET)
    mask = parser.add_argument_group("foreground mask")
    add_mask(mask, "the salient object, followed through the clip", "first frame")
    add_rule(mask)
    add_flag(mask, "--invert-mask", "take the other side of the mask, found or handed in")
    _add_clip(parser.add_argument_group("clip"))
    _add_work(parser.add_argument_group("work"))
    parser.add_argument(
        "--report", metavar="FILE", help="also write looks, models, options and times: JSON"
    )
    add_flag(parser, "--quiet", "say nothing but warnings and errors")


def _add_clip(options: Options) -> None:
    form = "seconds, MM:SS or HH:MM:SS"
    for flag, name, text in (
        ("--from", "start", f"begin here: {form} (default: the clip's beginning)"),
        ("--to", "stop", f"end here: {form} (default: the clip's end)"),
        ("--preview", "preview", f"only style the frame shown at this time: {form}"),
    ):
        add_option(options, flag, "TIME", text, dest=name, type=moment)
    add_option(
        options,
        "--quality",
        "Q",
        "0 to 100 (default: such that OUT is about as large as IN)",
        type=whole_number(0, 100),
    )


def _add_work(options: Options) -> None:
    add_networks(options)
    add_size(options, "longest side that presets other than instant work at")
    add_steps(options, "training steps of presets other than instant")
    add_seed(options, "the same seed gives the same clip on one CPU with as many threads")
    add_option(
        options,
        "--workers",
        "N",
        f"processes that paint, 0 to {MOST_WORKERS}, or auto: 2 where there are two cores and no "
        "GPU (default auto)",
        type=worker_number(MOST_WORKERS),
    )
    add_flag(options, "--restart", "begin anew, whatever an interrupted run has left")


def run(args: Namespace) -> int:
    """Run the command; returns the exit code."""
    _check(args)
    options = {
        "mask": None if args.mask is None else read(args.mask),
        "progress": not args.quiet,
        **look_of(args),
        **given(args, "models", "device", "workers", "start"),
    }
    if "preview" in args:
        return _preview(args, options)
    result = semcs.stylize_video(
        args.input,
        args.output,
        resume=not args.restart,
        **options,
        **given(args, "stop", "quality"),
    )
    if args.report is not None:
        write_all({args.report: (json.dumps(report(result, args), indent=2) + "\n").encode()})
    _log.info(
        "wrote %s: %d frames (%.1f s) by the %s models in %.1f s",
        *(args.output, result.frames, result.clip_seconds, result.models["family"]),
        result.seconds,
    )
    return 0


def _preview(args: Namespace, options: dict[str, Any]) -> int:
    from semcs.video.runs.preview import preview_video

    options.pop("workers", None)  # for one frame, starting them takes longer than painting it
    picture = preview_video(args.input, args.preview, **options)
    write_all({args.output: encode_for(args.output, picture)})
    _log.info("wrote %s", args.output)
    return 0


def _check(args: Namespace) -> None:
    """Everything that can be known to be wrong before the models load."""
    if args.input == STANDARD or (args.output == STANDARD and "preview" not in args):
        raise UsageError("clips are read from files and written to files, not - (stdin, stdout)")
    check_styles(args)
    check_masks(args, "mask")
    if "preview" in args:
        for option, flag in (("stop", "--to"), ("quality", "--quality"), ("report", "--report")):
            if getattr(args, option, None) is not None:
                raise UsageError(f"--preview writes one frame: {flag} is for clips")
        check_outputs(pictures={"--output": args.output}, others={})
        return
    start = getattr(args, "start", 0)
    if "stop" in args and args.stop <= start:
        raise UsageError(f"--to has to be after --from: {args.stop:g} s isn't after {start:g} s")
    check_outputs(pictures={}, others={"--output": args.output, "--report": args.report})


def report(result: semcs.ClipResult, args: Namespace) -> dict[str, Any]:
    """What was done, with which networks and options, as JSON values."""
    return {
        "version": semcs.__version__,
        "input": args.input,
        **asdict(result),
        "output": args.output,
    }
