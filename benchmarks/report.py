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
import hashlib
import json
import os
import platform
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch

from benchmarks import models, sections
from benchmarks.judge.model import WEIGHTS as JUDGE
from benchmarks.page import Page, table
from benchmarks.quality import MORE, PRESETS
from semcs.errors import InputError, SemcsError
from semcs.models.families import load_family
from semcs.models.registry import BUNDLED_FOLDER, BUNDLED_MANIFEST

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
BUNDLED = ("clip", "content", "painter", "vit")


@dataclass(frozen=True)
class Places:
    """Folders of a run."""

    out: Path
    data: Path | None = None
    masks: Path | None = None

    def fill(self, argument: str) -> str:
        """An argument with its folder in it.

        Raises:
            InputError: That folder wasn't given.
        """
        if "{data}" in argument and self.data is None:
            raise InputError("needs --data")
        if "{masks}" in argument and self.masks is None:
            raise InputError("needs --data or --masks")
        return argument.format(data=self.data, masks=self.masks, out=self.out)


@dataclass(frozen=True)
class Part:
    """A section: how it is measured, kept and rendered.

    Attributes:
        name: Of the kept file and, without `module`, of the module in `benchmarks`.
        title: Over the section.
        render: From the JSON, the page and the kept results' folder to paragraphs.
        arguments: Of the command; {data}, {masks} and {out} stand for folders.
        uses: Weights that it depends on, without their suffix.
        run: Gives the JSON, where the command's own isn't enough.
        sheet: Makes a picture, kept as `<name>.png`.
        module: In `benchmarks`, where it has another name.
    """

    name: str
    title: str
    render: Callable[[Any, Page, Path], list[str]]
    arguments: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    run: Callable[[Places], Any] | None = None
    sheet: Callable[[Path], None] | None = None
    module: str = ""

    @property
    def benchmark(self) -> str:
        """The module's name."""
        return f"benchmarks.{self.module or self.name}"

    @property
    def command(self) -> str:
        """What to type, with names for folders."""
        names = {"data": "DIR", "masks": "MASKS", "out": "out"}
        arguments = (argument.format(**names) for argument in self.arguments)
        return shlex.join(("python", "-m", self.benchmark, *arguments))


def run_models(places: Places) -> dict[str, Any]:
    """The scores with n and intervals, which `benchmarks.models --json` leaves out."""
    data = Path(places.fill("{data}"))
    with TemporaryDirectory() as cache:
        bench = models.Bench(load_family("bundled", "cpu").clip, data, Path(cache))
        return {key: asdict(score) for key, score in models.measure(bench).items()}


PARTS = (
    Part(
        "quality",
        "Methods compared",
        sections.quality,
        (
            *("--data", "{data}", "--out", "{out}/quality", "--sheet", "{out}/quality.png"),
            *("--crops", "16", "--published-steps", "0.5"),  # 40 minutes instead of hours
            *("--methods", *(method.name for method in PRESETS), "not enlarged"),
        ),
        (*BUNDLED, "judge"),
    ),
    Part(
        "ablations",
        "What the parts of semcs do",
        sections.ablations,
        (
            *("--out", "{out}/quality", "--sheet", "{out}/ablations.png", "--crops", "16"),
            *("--pairs", "1", "--methods", "semcs", *(method.name for method in MORE)),
        ),
        (*BUNDLED, "judge"),
        module="quality",
    ),
    Part(
        "masks",
        "Masks",
        sections.masks,
        (
            *("--data", "{masks}", "--out", "{out}/masks"),
            *("--color-weights", "0", "3", "10"),
            *("--rules", "centre", "border", "majority", "max-abs"),
            *("--refine", "none", "guided", "edge"),
        ),
        ("vit",),
        sheet=sections.mask_sheet,
    ),
    Part(
        "models",
        "The bundled networks",
        sections.models,
        ("--data", "{data}"),
        BUNDLED,
        run=run_models,
    ),
    Part("eigen", "Eigenvectors", sections.eigen),
    Part("speed", "Speed", sections.speed, uses=BUNDLED),
)

NOT_MEASURABLE = (
    "CLIP ViT-B/32, DINO and VGG19 with the published weights: there was no access to them. All "
    "figures here are by the bundled networks, and none can be compared with the papers'.",
    "DISTS and NIMA with their published weights, for the same reason; `dists_bundled` is another "
    "measure and stands in for neither.",
    "Anything on a GPU: all times are a CPU's.",
)


def measure(part: Part, places: Places) -> None:
    """Run a part whose result isn't kept, and keep it.

    Raises:
        SemcsError: It failed.
    """
    file = places.out / f"{part.name}.json"
    if not file.is_file():
        used = weights()
        found = part.run(places) if part.run else run_command(part, places)
        text = json.dumps(found, indent=1)
        made = {
            "command": part.command,
            "weights": used,
            "torch": torch.__version__,
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }
        places.out.mkdir(parents=True, exist_ok=True)
        _made(file).write_text(json.dumps(made, indent=1), encoding="utf-8")
        partial = file.with_suffix(".partial")
        partial.write_text(text, encoding="utf-8")
        partial.replace(file)
    picture = file.with_suffix(".png")
    if part.sheet and not picture.is_file():
        part.sheet(picture)


def run_command(part: Part, places: Places) -> Any:
    """The JSON that a benchmark prints, run by itself."""
    arguments = [places.fill(argument) for argument in part.arguments]
    command = [sys.executable, "-m", part.benchmark, *arguments, "--json"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise InputError(f"{part.command} ended with {done.returncode}")
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise InputError(f"{part.command} printed no JSON") from None


def weights() -> dict[str, str]:
    """SHA-256 of the bundled networks and of the judge, as the files are."""
    files = [*sorted(BUNDLED_FOLDER.glob("*.safetensors")), JUDGE]
    return {f.stem: hashlib.sha256(f.read_bytes()).hexdigest() for f in files if f.is_file()}


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
        file = out / f"{part.name}.json"
        found.append(f"## {part.title}")
        if not file.is_file():
            missing.append(part.name)
            found.append(f"Not measured (`{part.command}`).")
            continue
        try:
            result = json.loads(file.read_text(encoding="utf-8"))
            found += [_provenance(part, file), *part.render(result, page, out)]
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"{file.name} isn't what {part.benchmark} prints: {error!r}"
            ) from error
    found += ["## Not measured"]
    lines = [*NOT_MEASURABLE, *(f"`{name}`: no result is kept." for name in missing)]
    found.append("\n".join(f"- {line}" for line in lines))
    return "\n\n".join(found) + "\n"


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


def _provenance(part: Part, file: Path) -> str:
    """How, and with which weights, a kept result was measured."""
    made: dict[str, Any] = {}
    if _made(file).is_file():
        made = json.loads(_made(file).read_text(encoding="utf-8"))
    if made.get("sha256") != hashlib.sha256(file.read_bytes()).hexdigest():
        return f"From a kept result of `{part.benchmark}`; its weights weren't noted."
    now = weights()
    other = [name for name in part.uses if made["weights"].get(name) != now.get(name)]
    text = (
        f"By `{made['command']}`; torch {made['torch']}, Python {made['python']}, "
        f"{made['cores']} cores."
    )
    if other:
        text += f" **Measured with other weights than those above: {', '.join(other)}.**"
    return text


def _made(file: Path) -> Path:
    return file.with_suffix(".made.json")


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks.report",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
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
    try:
        text = render(Page(asked.page), places.out, PARTS)
    except SemcsError as error:
        raise SystemExit(f"error: {error}") from None
    asked.page.parent.mkdir(parents=True, exist_ok=True)
    asked.page.write_text(text, encoding="utf-8")
    print(asked.page)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
