"""`semcs folder --ray`: the same on a cluster."""

from __future__ import annotations

import logging
from argparse import Namespace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from semcs.cli.streams import UsageError, given
from semcs.cli.styles import styles_of

# Options that are for one machine; those without a value are False where they aren't given.
_OF_ONE_MACHINE = ("table", "contact_sheet", "watch", "dry_run", "verify", "timeout", "workers")

_log = logging.getLogger(__name__)


def check_ray(args: Namespace) -> None:
    """Refuse options that are for one machine.

    Raises:
        UsageError: One is given.
    """
    for option in _OF_ONE_MACHINE:
        if getattr(args, option, None) not in (None, False):
            flag = "--" + option.replace("_", "-")
            raise UsageError(f"{flag} is for one machine: it doesn't go with --ray")


def run_on_ray(args: Namespace) -> int:
    """Run the command on a cluster; returns the exit code."""
    from semcs.cluster import run_folder_on_ray

    with tqdm(unit="picture", disable=True if args.quiet else None) as bar:

        def show(done: int, failed: int, todo: int) -> None:
            bar.total = todo
            bar.set_postfix(failed=failed, refresh=False)
            bar.update(done + failed - bar.n)

        result = run_folder_on_ray(
            args.input,
            args.output,
            manifest=args.manifest,
            patterns=args.pattern,
            recursive=not args.no_recursive,
            address=args.ray or None,
            retry=args.retry,
            progress=show,
            **_keywords(args),
        )
    failed = result.failed + result.failed_before
    _log.info(
        "%s: %d made in %.1f s, %d there already, %d failed",
        *(args.output, result.done, result.seconds, result.skipped, failed),
    )
    if result.repeated:
        _log.warning("%d rows name an output that another has as well", result.repeated)
    for reason, count in result.reasons.items():
        _log.warning("%d failed: %s", count, reason)
    return 1 if failed else 0


def _keywords(args: Namespace) -> dict[str, Any]:
    mask = None if args.mask is None else Path(args.mask)
    said = {
        "mask": mask,
        "invert_mask": args.invert_mask,
        "also": args.also,
        "scores": args.scores,
        "metadata": args.metadata,
        **styles_of(args),
        **given(
            args,
            *("rule", "strength", "detail", "keep_color", "scale", "avoid", "preset", "size"),
            *("steps", "max_seconds", "seed", "models", "device", "format", "only"),
        ),
    }
    return {name: value for name, value in said.items() if value is not None}
