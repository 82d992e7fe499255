"""`semcs models`: which networks there are, and whether their files are there and whole."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from semcs.cli.options import Commands, add_command
from semcs.errors import ModelUnavailableError
from semcs.models import registry

if TYPE_CHECKING:
    from semcs.models import cache

PAPER_GROUP = "paper"

EPILOG = """\
examples:
  semcs models list
  semcs models download paper
  semcs models verify
  semcs models path dino-vits16

NAME is one from the list, or "paper": the three that --models paper runs. They lie in the cache
of the Hugging Face hub; HF_HOME moves it, HF_HUB_OFFLINE=1 keeps semcs from the network."""


def add_parser(commands: Commands) -> None:
    """Add the command and its actions to the command line."""
    parser = add_command(
        commands, "models", "list, fetch, check or find the networks' weights", EPILOG
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    for name, run, nargs, summary in (
        ("list", run_list, None, "what there is, its licence, and whether it is here"),
        ("download", run_download, "+", "fetch models and check them"),
        ("verify", run_verify, "*", "check files against their SHA-256; all by default"),
        ("path", run_path, "*", "where files are; all that are here by default"),
    ):
        action = add_command(actions, name, summary, run=run)
        if nargs:
            action.add_argument("names", metavar="NAME", nargs=nargs, help='a model, or "paper"')


def run_list(args: Namespace) -> int:
    """Print a table of all models; returns the exit code."""
    from semcs.models import cache

    header = ("NAME", "ROLE", "SIZE", "CACHED", "CHECKED AGAINST", "LICENCE", "WHAT")
    rows = [
        (
            row.name,
            row.role,
            "?" if row.size is None else f"{row.size / 1e6:.1f} MB",
            "yes" if row.cached else "no",
            row.check,
            row.licence,
            row.summary,
        )
        for row in cache.describe()
    ]
    _print_table([header, *rows])
    return 0


def run_download(args: Namespace) -> int:
    """Fetch models into the hub's cache and print their paths; returns the exit code."""
    from semcs.models import cache

    for name in _expand(args.names):
        print(name, cache.fetch(registry.get(name)), sep="\t", flush=True)
    return 0


def run_verify(args: Namespace) -> int:
    """Hash files and compare; 1 where one is wrong, or was named and isn't there."""
    from semcs.models import cache

    results = [cache.verify(registry.get(name)) for name in _expand(args.names)]
    header = ("NAME", "RESULT", "CHECKED AGAINST", "SHA-256")
    rows = [
        (r.name, _verdict(r), cache.check_kind(registry.get(r.name)), r.actual or "")
        for r in results
    ]
    _print_table([header, *rows])
    for r in results:
        if r.path is not None and not r.ok:
            print(
                f"semcs: error: {r.name}: {r.path} has sha256 {r.actual}, not {r.expected}",
                file=sys.stderr,
            )
    bad = [r for r in results if not r.ok and (r.path is not None or args.names)]
    return 1 if bad else 0


def run_path(args: Namespace) -> int:
    """Print where models' files are: the path alone for one name, else with names."""
    from semcs.models import cache

    names = _expand(args.names)
    files = {name: cache.path(registry.get(name)) for name in names}
    missing = [name for name, file in files.items() if file is None]
    if args.names and missing:
        raise ModelUnavailableError(
            f"not on this machine: {', '.join(missing)}; "
            f"run `semcs models download {' '.join(missing)}`"
        )
    for name, file in files.items():
        if file is not None:
            print(file if len(args.names) == 1 == len(names) else f"{name}\t{file}")
    return 0


def _expand(names: Sequence[str]) -> list[str]:
    """The models that were named, the paper's three for "paper", all of them for none."""
    expanded: list[str] = []
    for name in names or registry.sources():
        if name == PAPER_GROUP:
            from semcs.models.families import PAPER

            expanded.extend(PAPER.values())
        else:
            expanded.append(registry.get(name).name)
    return list(dict.fromkeys(expanded))


def _verdict(result: cache.VerifyResult) -> str:
    if result.path is None:
        return "not cached"
    return "ok" if result.ok else "WRONG"


def _print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
