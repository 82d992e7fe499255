"""`semcs folder --ray`: the same on a cluster."""

from __future__ import annotations

import logging
import re
from argparse import Namespace
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from semcs.bars import Bar
from semcs.cli.streams import UsageError, given
from semcs.cli.styles import look_of

# Options that are for one machine; those without a value are False where they aren't given.
_OF_ONE_MACHINE = ("table", "contact_sheet", "watch", "dry_run", "verify", "timeout", "workers")

MOST_SHOWN = 10  # reasons of failures at the end

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

    mask: dict[str, Any] = {} if args.mask is None else {"mask": Path(args.mask)}
    with Bar(unit="picture", disable=True if args.quiet else None) as bar:

        def show(done: int, failed: int, todo: int) -> None:
            bar.total = todo
            bar.set_postfix(failed=failed, refresh=False)
            bar.update(done + failed - bar.n)

        result = run_folder_on_ray(
            args.input,
            args.output,
            address=args.ray or None,
            progress=show,
            **options_of_pictures(args),
            **mask,
        )
    failed = result.failed + result.failed_before
    _log.info(
        "%s: %d made in %.1f s, %d there already, %d failed",
        *(args.output, result.done, result.seconds, result.skipped, failed),
    )
    if result.repeated:
        _log.warning("%d rows name an output that another has as well", result.repeated)
    say_failures(result.reasons)
    return 1 if failed else 0


def options_of_pictures(args: Namespace) -> dict[str, Any]:
    """Which pictures, how they should look, but for a mask, and what is made, by any machines."""
    return {
        "manifest": args.manifest,
        "patterns": args.pattern,
        "recursive": not args.no_recursive,
        "also": args.also,
        "scores": args.scores,
        "metadata": args.metadata,
        "retry": args.retry,
        **look_of(args),
        **given(args, "models", "device", "format", "only"),
    }


def say_failures(reasons: Mapping[str, int]) -> None:
    """How many pictures failed for which reason; reasons that differ in numbers alone are one."""
    alike: Counter[str] = Counter()
    for reason, count in reasons.items():
        alike[re.sub(r"\d[\d,]*", "N", reason)] += count
    for reason, count in alike.most_common(MOST_SHOWN):
        _log.warning("%d failed: %s", count, reason)
    if len(alike) > MOST_SHOWN:
        _log.warning("and %d other reasons", len(alike) - MOST_SHOWN)
