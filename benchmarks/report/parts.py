"""The page's parts: which benchmark each comes from, and how its result becomes a section."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.models.command import measure as measure_models
from benchmarks.quality.methods import MORE, PRESETS
from benchmarks.report import masks as mask_section
from benchmarks.report import methods, networks
from benchmarks.report.page import Page
from semcs.errors import InputError

BUNDLED = ("clip", "content", "painter", "vit")


@dataclass(frozen=True)
class Places:
    """Folders of a run.

    Attributes:
        out: Where results are kept.
        data: The training folder.
        masks: Photos and true masks.
    """

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
    scores = measure_models(Path(places.fill("{data}")))
    return {key: asdict(score) for key, score in scores.items()}


PARTS = (
    Part(
        "quality",
        "Methods compared",
        methods.quality,
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
        methods.ablations,
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
        mask_section.masks,
        (
            *("--data", "{masks}", "--out", "{out}/masks"),
            *("--color-weights", "0", "3", "10"),
            *("--rules", "centre", "border", "majority", "max-abs"),
            *("--refine", "none", "guided", "edge"),
        ),
        ("vit",),
        sheet=mask_section.mask_sheet,
    ),
    Part(
        "models",
        "The bundled networks",
        networks.models,
        ("--data", "{data}"),
        BUNDLED,
        run=run_models,
    ),
    Part("eigen", "Eigenvectors", networks.eigen),
    Part("speed", "Speed", networks.speed, uses=BUNDLED),
)
