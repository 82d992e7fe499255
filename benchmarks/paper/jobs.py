"""Which pictures are made, and how one is made and scored."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from benchmarks.paper.published import Texts
from semcs import PRESETS, Preset, Stylizer, metrics, saliency_mask
from semcs.metrics.dists_vgg import Protocol

METHODS = ("semcs-reference", "clipstyler", "gen-art", "semcs", "semcs-slides")
ONE_TEXT_ONLY = ("clipstyler",)  # it knows no regions
PICTURES = (".avif", ".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp")

Rgb = NDArray[np.uint8]


@dataclass(frozen=True)
class Settings:
    """What all pictures of a run have in common.

    Attributes:
        one: The text of the whole picture.
        two: The texts of foreground and background.
        size: Longest side that is worked at, in pixels.
        steps: Instead of the published number; None keeps it.
        protocol: Of DISTS.
        seed: Of all random numbers.
    """

    one: str
    two: tuple[str, str]
    size: int
    steps: int | None
    protocol: Protocol
    seed: int = 0


@dataclass(frozen=True)
class Job:
    """One picture to be made: a photo, a preset, and one text or two."""

    photo: Path
    preset: str
    texts: Texts
    settings: Settings

    @property
    def key(self) -> str:
        """What tells it from every other picture, the photo by its content."""
        content = hashlib.sha256(self.photo.read_bytes()).hexdigest()
        asked = (content, self.preset, self.texts, self.settings, self.options)
        return hashlib.sha256(repr(asked).encode()).hexdigest()[:16]

    @property
    def options(self) -> Preset:
        """The preset, at its published number of steps unless another was asked for."""
        preset, steps = PRESETS[self.preset], self.settings.steps
        return preset if steps is None else preset.change(steps=steps)

    @property
    def said(self) -> dict[str, Any]:
        """The texts as keywords."""
        fg, bg = self.settings.two
        return {"style": self.settings.one} if self.texts == "one" else {"fg": fg, "bg": bg}


def photos_in(folder: Path) -> list[Path]:
    """The pictures in a folder, by name.

    Raises:
        FileNotFoundError: There is no such folder, or no picture in it.
    """
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() in PICTURES)
    if not found:
        raise FileNotFoundError(f"no picture in {folder}: {', '.join(PICTURES)} are read")
    return found


def jobs_of(photos: Sequence[Path], presets: Sequence[str], settings: Settings) -> list[Job]:
    """A job for every photo, preset and number of texts, photo by photo."""
    return [
        Job(photo, preset, texts, settings)
        for photo in photos
        for preset in presets
        for texts in _numbers_of_texts(preset)
    ]


def make(job: Job, stylizer: Stylizer, out: Path) -> dict[str, Any]:
    """Paint a picture, write it under `out`, and score it: the row that is kept.

    Raises:
        SemcsError: The photo can't be read, or the picture can't be made.
    """
    family, settings = stylizer.family, job.settings
    photo = np.asarray(ImageOps.exif_transpose(Image.open(job.photo)).convert("RGB"))
    mask = saliency_mask(photo, models=family)
    # One text for a preset that looks at both sides has no mask, as in the program.
    needed = job.texts == "two" or job.options.published.single_text_on == "foreground"
    began = time.monotonic()
    result = stylizer(
        photo,
        **job.said,
        mask=mask if needed else None,
        preset=job.options,
        size=settings.size,
        seed=settings.seed,
        progress=False,
    )
    seconds = time.monotonic() - began
    file = out / f"{job.photo.stem}-{job.preset}-{job.texts}-{job.key}.png"
    Image.fromarray(result.image).save(file)
    return {
        "key": job.key,
        "photo": job.photo.name,
        "preset": job.preset,
        "texts": job.texts,
        "picture": file.name,
        "seconds": seconds,
        "models": result.models,
        **scores(photo, result.image, mask, job, stylizer),
    }


def scores(
    photo: Rgb, picture: Rgb, mask: NDArray[np.float32], job: Job, stylizer: Stylizer
) -> dict[str, dict[str, float | None]]:
    """DISTS and NIMA of the whole and of each region."""
    settings = job.settings
    found = metrics.score(
        photo,
        picture,
        mask,
        **job.said,
        models=stylizer.family,
        protocol=settings.protocol,
        size=settings.size,
    )
    # The whole can't be rated without NIMA's weights, and neither can a region then.
    rated = {"whole": found.nima_mean}
    if found.nima_mean is not None:
        parts = {"foreground": mask, "background": 1 - mask}
        rated |= {name: _rating(picture, part) for name, part in parts.items()}
    dists = {region.name: region.dists for region in (found.whole, *found.regions)}
    return {"dists": dists, "nima": rated}


def _rating(picture: Rgb, mask: NDArray[np.float32]) -> float:
    seen = np.rint(picture * mask[..., None]).astype(np.uint8)
    rating = metrics.nima(seen).mean
    return float(rating)


def _numbers_of_texts(preset: str) -> Iterator[Texts]:
    yield "one"
    if preset not in ONE_TEXT_ONLY:
        yield "two"
