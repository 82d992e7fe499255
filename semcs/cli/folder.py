"""`semcs folder`: a folder of pictures in, a folder of styled pictures out."""

from __future__ import annotations

import logging
import signal
import threading
from argparse import Namespace
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

import semcs
from semcs.cli.folder_help import EPILOG
from semcs.cli.folder_ray import check_ray, options_of_pictures, run_on_ray, say_failures
from semcs.cli.numbers import number, worker_number
from semcs.cli.options import (
    Commands,
    Options,
    add_command,
    add_flag,
    add_mask,
    add_max_seconds,
    add_metadata,
    add_networks,
    add_option,
    add_rule,
    add_seed,
    add_size,
    add_steps,
)
from semcs.cli.streams import STANDARD, UsageError, check_outputs, given, visible
from semcs.cli.styles import add_controls, add_styles, check_masks, check_styles

DEFAULT_PRESET = "instant"
MOST_WORKERS = 64  # `semcs.folder.worker_count.MOST`
FORMATS = ("png", "jpeg", "webp", "tiff", "bmp", "avif")  # `semcs.folder.names.FORMS`

_log = logging.getLogger(__name__)


def add_parser(commands: Commands) -> None:
    """Add the command to the command line."""
    summary = "style all pictures of a folder, and go on after any interruption"
    parser = add_command(commands, "folder", summary, EPILOG, run)
    parser.add_argument("input", metavar="IN", help="folder of pictures")
    parser.add_argument("style", metavar="STYLE", nargs="?", help="one text for all of each")
    parser.add_argument(
        "-o", "--output", metavar="OUT", required=True, help="folder to write to; made if missing"
    )
    add_styles(parser.add_argument_group("styles"))
    add_controls(parser.add_argument_group("how they are painted"), DEFAULT_PRESET)
    mask = parser.add_argument_group("foreground mask")
    add_mask(mask, "the salient object of each", "pictures, where all have one size")
    add_rule(mask)
    add_flag(mask, "--invert-mask", "take the other side of the mask, found or handed in")
    _add_choice(parser.add_argument_group("which pictures"))
    _add_products(parser.add_argument_group("what is written"))
    _add_work(parser.add_argument_group("work"))
    add_flag(parser, "--quiet", "say nothing but warnings and errors")


def _add_choice(options: Options) -> None:
    options.add_argument(
        "--manifest",
        metavar="FILE",
        help="CSV, JSON lines (.jsonl) or Parquet that names the pictures, and says for each what "
        "differs: columns path, output, fg, bg, preset, seed and so on",
    )
    options.add_argument(
        "--pattern",
        metavar="GLOB",
        action="append",
        default=[],
        help="only names like this, such as '*.jpg' or '2024/**'; as often as wanted; with ! "
        "before it, none like this",
    )
    add_flag(options, "--no-recursive", "take no pictures of folders within IN")


def _add_products(options: Options) -> None:
    add_option(
        options,
        "--format",
        "FORMAT",
        f"{', '.join(FORMATS)} (default: each picture's own; png where that isn't written)",
        choices=FORMATS,
    )
    add_option(
        options, "--only", "WHAT", "mask: write foreground masks, paint nothing", choices=("mask",)
    )
    options.add_argument(
        "--also",
        metavar="WHAT",
        action="append",
        default=[],
        choices=("mask", "layers", "psd"),
        help="mask, layers or psd: beside each picture write NAME.mask.png, the folder NAME.layers "
        "or NAME.psd; may be given again",
    )
    options.add_argument("--table", metavar="FILE", help="a line for each picture: CSV or .parquet")
    add_flag(options, "--scores", "measure each picture, for --table")
    options.add_argument(
        "--contact-sheet", metavar="FILE", help="photos beside outputs on pages: PNG, JPEG or PDF"
    )
    add_metadata(options)


def _add_work(options: Options) -> None:
    add_networks(options)
    add_size(options, "longest side that presets other than instant work at")
    add_steps(options, "steps of presets other than instant")
    add_max_seconds(options, "take no further step of a picture after this time")
    add_seed(options, "the same seed gives the same pictures on one CPU, by any number of workers")
    add_option(
        options,
        "--workers",
        "N",
        f"processes that paint, 0 to {MOST_WORKERS}, or auto: one for each core, as many as fit "
        "into memory (default auto)",
        type=worker_number(MOST_WORKERS),
    )
    add_option(
        options,
        "--timeout",
        "SECONDS",
        "a picture that takes longer has failed (default: no limit)",
        type=number(1),
    )
    add_flag(options, "--retry", "try again those that failed before")
    add_flag(options, "--verify", "compare bytes where size and time say that nothing changed")
    add_flag(options, "--watch", "go on with what comes into the folder, until Ctrl-C")
    add_flag(options, "--dry-run", "only say what would be done")
    add_option(
        options,
        "--ray",
        "ADDRESS",
        "share the work out by Ray: the cluster at this address, auto for the one that this "
        "machine is in, or none for this machine alone (semcs[ray], docs/scale.md)",
        nargs="?",
        const="",
    )


def run(args: Namespace) -> int:
    """Run the command; returns the exit code."""
    _check(args)
    if "ray" in args:
        return run_on_ray(args)
    stop = threading.Event()
    with _EndsGently(stop, after="the pictures that are begun") as gently:
        result = semcs.stylize_folder(
            args.input, args.output, stop=stop, progress=not args.quiet, **_options(args)
        )
    if args.dry_run:
        for one in result.planned:
            print(visible(f"{one.reason:<15}  {one.name} -> {one.output}"))
    _say(result, args)
    if gently.number is not None and not args.watch:
        return 128 + gently.number
    return 0 if result.is_complete or (args.dry_run and not result.unreadable) else 1


def _options(args: Namespace) -> dict[str, Any]:
    """Keywords of `semcs.stylize_folder`."""
    return {
        **options_of_pictures(args),
        "mask": None if args.mask is None else Path(args.mask),
        "table": args.table,
        "contact_sheet": args.contact_sheet,
        "verify": args.verify,
        "watch": args.watch,
        "dry_run": args.dry_run,
        **given(args, "workers", "timeout"),
    }


def _check(args: Namespace) -> None:
    """Everything that can be known to be wrong before the models load."""
    if STANDARD in (args.input, args.output, args.mask, args.manifest):
        raise UsageError("folders, masks and manifests are paths, not - (stdin, stdout)")
    if "only" not in args:
        check_styles(args, may_be_none=args.manifest is not None)
    check_masks(args, "mask")
    check_outputs(
        pictures={}, others={"--table": args.table, "--contact-sheet": args.contact_sheet}
    )
    if "ray" in args:
        check_ray(args)
    elif args.scores and args.table is None:
        raise UsageError("--scores: give the --table that they are written to")
    if args.watch and args.dry_run:
        raise UsageError("--dry-run looks once; --watch goes on: give one of them")


def _say(result: semcs.FolderResult, args: Namespace) -> None:
    """What was done, and what couldn't be."""
    if args.dry_run:
        first = f"{len(result.planned)} would be made"
    else:
        first = f"{result.done} made in {result.seconds:.1f} s"
    parts = [first, f"{result.skipped} there already"]
    if result.failed:
        parts.append(f"{len(result.failed)} failed")
    if result.ignored:
        parts.append(f"{result.ignored} other files left alone")
    _log.info("%s: %s", args.output, ", ".join(parts))
    for name, why in result.unreadable:
        _log.warning("can't read %s: %s", name, why)
    say_failures(Counter(row.error or "" for row in result.failed))
    if result.failed:
        _log.warning(
            "what came of each is in %s; --retry tries those that failed again",
            result.journal,
        )


class _EndsGently:
    """A block in which Ctrl-C lets what is begun be finished, and a second one ends it at once."""

    def __init__(self, stop: threading.Event, after: str) -> None:
        self.number: int | None = None
        self._stop, self._after, self._before = stop, after, signal.getsignal(signal.SIGINT)

    def __enter__(self) -> _EndsGently:
        if self._before != signal.SIG_IGN:
            signal.signal(signal.SIGINT, self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before != signal.SIG_IGN:
            signal.signal(signal.SIGINT, self._before)

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, self._before)
        self.number = number
        self._stop.set()
        _log.info("ends after %s; Ctrl-C again ends at once", self._after)
