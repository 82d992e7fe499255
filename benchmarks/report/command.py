"""Everything that is measured, on one page: `docs/benchmarks.md`.

    python -m benchmarks.report --data DIR [--masks DIR] [--out out] [--only PART ...]

Runs the benchmarks whose results aren't in --out yet, keeps what they print as `PART.json`, and
renders tables, plots and pictures. With all results kept it takes seconds; `--only` without a part
runs nothing, and deleting a file has it measured anew. A `PART.json` may also be put there by hand:
what `python -m benchmarks.PART --json` printed. DIR is the training folder; the masks are measured
on its `eval/people` if `--masks` names no other folder. Needs `pip install 'semcs[bench]'`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from benchmarks.commands import command_parser, one_line_errors
from benchmarks.judge.model import WEIGHTS as JUDGE
from benchmarks.report.page import Page, table
from benchmarks.report.parts import PARTS, Part, Places
from benchmarks.report.results import ROOT, measure, provenance, weights
from semcs.errors import InputError, SemcsError
from semcs.models.registry import BUNDLED_FOLDER, BUNDLED_MANIFEST

PAGE = ROOT / "docs" / "benchmarks.md"
NOT_MEASURABLE = (
    "CLIP ViT-B/32, DINO and VGG19 with the published weights: there was no access to them. All "
    "figures here are by the bundled networks, and none can be compared with the papers'.",
    "DISTS and NIMA with their published weights, for the same reason; `dists_bundled` is another "
    "measure and stands in for neither.",
    "Anything on a GPU: all times are a CPU's.",
)


def render(page: Page, out: Path, parts: Sequence[Part]) -> str:
    """The whole page.

    Raises:
        InputError: A kept file isn't what its benchmark prints.
    """
    found = [
        "# Benchmarks",
        "Made by `python -m benchmarks.report --data DIR`; every figure comes from there, so don't "
        "edit this page. Intervals are 95 % bootstrap ones over n pictures. How each is measured "
        "stands in the benchmark's docstring and in [metrics.md](metrics.md).",
        "## Models used",
        *_models_used(),
    ]
    missing = []
    for part in parts:
        found.append(f"## {part.title}")
        if (out / f"{part.name}.json").is_file():
            found += _section(part, page, out)
        else:
            missing.append(part.name)
            found.append(f"Not measured (`{part.command}`).")
    found += ["## Not measured"]
    lines = [*NOT_MEASURABLE, *(f"`{name}`: no result is kept." for name in missing)]
    found.append("\n".join(f"- {line}" for line in lines))
    return "\n\n".join(found) + "\n"


def _section(part: Part, page: Page, out: Path) -> list[str]:
    file = out / f"{part.name}.json"
    try:
        result = json.loads(file.read_text(encoding="utf-8"))
        return [provenance(part, file), *part.render(result, page, out)]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{file.name} isn't what {part.benchmark} prints: {error!r}") from error


def _models_used() -> list[str]:
    """The files, and whether they are those of the manifest."""
    lines = [line.split() for line in BUNDLED_MANIFEST.read_text().splitlines()]
    listed = {Path(file.lstrip("*")).stem: sha256 for sha256, file in lines}
    rows = []
    for name, sha256 in weights().items():
        file = JUDGE if name == JUDGE.stem else BUNDLED_FOLDER / f"{name}.safetensors"
        known = "judge" if name == JUDGE.stem else "no"
        if listed.get(name) == sha256:
            known = "yes"
        rows.append([f"`{file.name}`", f"{file.stat().st_size:,}", f"`{sha256}`", known])
    judge = "" if JUDGE.is_file() else " The judge's file is missing here."
    return [
        "The bundled networks ([card](../semcs/models/bundled/README.md)), and a judge that no "
        f"method is optimised against and that isn't part of the package.{judge}",
        table(["file", "bytes", "SHA-256", "in `SHA256SUMS`"], rows),
    ]


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = command_parser("report", __doc__)
    names = [part.name for part in PARTS]
    parser.add_argument("--data", type=Path, help="folder that holds manifest.csv")
    parser.add_argument("--masks", type=Path, help="photos and true masks (see benchmarks.masks)")
    parser.add_argument("--out", type=Path, default=Path("out"), help="results are kept here")
    parser.add_argument("--page", type=Path, default=PAGE, help="default docs/benchmarks.md")
    parser.add_argument(
        "--only", nargs="*", choices=names, metavar="PART", help=f"run only: {', '.join(names)}"
    )
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Measure what is missing and write the page; 1 where a part failed."""
    asked = parse(arguments)
    if lacking := [name for name in ("matplotlib", "skimage") if find_spec(name) is None]:
        raise SystemExit(f"error: {lacking[0]} is missing: pip install 'semcs[bench]'")
    data = asked.data.resolve() if asked.data else None
    masks = asked.masks.resolve() if asked.masks else data and data / "eval" / "people"
    places, failed = Places(asked.out.resolve(), data, masks), False
    for part in PARTS:
        if asked.only is None or part.name in asked.only:
            try:
                measure(part, places)
            except SemcsError as error:
                failed = True
                print(f"{part.name} isn't measured: {error}", file=sys.stderr)
    with one_line_errors():
        text = render(Page(asked.page), places.out, PARTS)
    asked.page.parent.mkdir(parents=True, exist_ok=True)
    asked.page.write_text(text, encoding="utf-8")
    print(asked.page)
    return int(failed)
