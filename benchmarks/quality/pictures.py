"""A picture of each case by each method, kept with its scores for the next run."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from benchmarks.photos import Rgb, photo_named, sheet_of
from benchmarks.quality.cases import Case
from benchmarks.quality.scores import score
from semcs.models.registry import BUNDLED_MANIFEST
from semcs.saliency import saliency_mask
from semcs.style.presets import Preset
from semcs.stylizer import Stylizer


@dataclass(frozen=True)
class Job:
    """A picture to make and to score.

    Attributes:
        case: Photo and texts.
        method: The method's name.
        settings: What the picture is made with.
        side: Of the photo, in pixels.
        out: Folder where pictures and scores are kept.
        size: Longest side to work at; None: the photo's, or the preset's `least_size` where that
            is more.
    """

    case: Case
    method: str
    settings: Preset
    side: int
    out: Path
    size: int | None = None

    @property
    def working_size(self) -> int:
        """Longest side to work at, in pixels."""
        return self.size or max(self.side, self.settings.network.least_size)

    @property
    def picture(self) -> Path:
        """Where the picture goes: another name for whatever could change it."""
        weights = BUNDLED_MANIFEST.read_text()
        parts = [*asdict(self.case).values(), self.settings, self.side, self.working_size, weights]
        digest = hashlib.sha256(repr(parts).encode()).hexdigest()[:12]
        method = re.sub(r"[^\w.-]+", "-", self.method)
        return self.out / f"{self.case.photo}-{method}-{digest}.png"


@cache
def _stylizer() -> Stylizer:
    torch.set_num_threads(1)
    return Stylizer("bundled")


@cache
def mask_of(photo: str, file: Path | None, side: int) -> NDArray[np.float32]:
    """The default mask of a photo, (side, side)."""
    found = saliency_mask(photo_named(photo, side, file), models=_stylizer().family)
    return np.asarray(found, np.float32)


def make(job: Job) -> dict[str, float]:
    """Make a picture, or find it, and give its scores."""
    file = job.picture.with_suffix(".json")
    if not file.is_file():
        case = job.case
        photo, mask = case.read(job.side), mask_of(case.photo, case.file, job.side)
        styled, seconds = _paint(job, photo, mask)
        job.out.mkdir(parents=True, exist_ok=True)
        Image.fromarray(styled).save(job.picture)
        found = score(case, photo, styled, mask, _stylizer().family.content)
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps({**found, "seconds": seconds}))
        partial.replace(file)
    known: dict[str, float] = json.loads(file.read_text())
    return known


def _paint(job: Job, photo: Rgb, mask: NDArray[np.float32]) -> tuple[Rgb, float]:
    """The styled photo, and the seconds that it took."""
    case = job.case
    texts: dict[str, Any] = {"fg": case.fg, "bg": case.bg, "mask": mask}
    if job.settings.name == "clipstyler":  # it knows no regions
        texts = {"style": f"{case.fg} and {case.bg}"}
    began = time.perf_counter()
    result = _stylizer()(photo, **texts, preset=job.settings, size=job.working_size, progress=False)
    return result.image, time.perf_counter() - began


def contact_sheet(jobs: Sequence[Job], methods: Sequence[str]) -> Image.Image:
    """A row for each case: the photo, then every method's picture."""
    pictures = []
    for index, job in enumerate(jobs):
        if index % len(methods) == 0:
            pictures.append(job.case.read(job.side))
        pictures.append(np.asarray(Image.open(job.picture)))
    return sheet_of(pictures, ["photo", *methods])
