"""The photos, and the texts for their foreground and background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.photos import Rgb, photo_named
from semcs.training.data import read_manifest

SAMPLES = ("flower", "astronaut", "chelsea", "coffee", "rocket")
SUBJECTS = 7  # photos of the training folder, evenly over its photos/subjects
PAIRS = (
    ("gold", "starry night"),
    ("pop art", "fire"),
    ("mosaic", "snow"),
    ("watercolor", "neon"),
)
QUICK_SAMPLES, QUICK_PAIRS = 2, 2


@dataclass(frozen=True)
class Case:
    """A photo and what its regions should look like."""

    photo: str
    file: Path | None
    fg: str
    bg: str

    def read(self, side: int) -> Rgb:
        """The photo's centre square, (side, side, 3)."""
        return photo_named(self.photo, side, self.file)


def cases(data: Path | None, quick: bool, pairs: int = len(PAIRS)) -> list[Case]:
    """Photos × pairs of texts, photo by photo."""
    photos: list[tuple[str, Path | None]] = [(name, None) for name in SAMPLES]
    if data is not None:
        subjects = read_manifest(data, ("photos/subjects",))
        evenly = subjects[:: max(1, len(subjects) // SUBJECTS)][:SUBJECTS]
        photos += [(item.path.stem, item.path.resolve()) for item in evenly]
    if quick:
        photos = photos[:QUICK_SAMPLES]
    chosen = PAIRS[:QUICK_PAIRS] if quick else PAIRS[:pairs]
    return [Case(name, file, fg, bg) for name, file in photos for fg, bg in chosen]


def spread(all_cases: Sequence[Case], count: int) -> list[Case]:
    """`count` of the cases: each photo once before any comes again, then with another pair."""
    photos = list(dict.fromkeys(case.photo for case in all_cases))
    pairs = list(dict.fromkeys((case.fg, case.bg) for case in all_cases))

    def turn(case: Case) -> tuple[int, int]:
        photo, pair = photos.index(case.photo), pairs.index((case.fg, case.bg))
        return (pair - photo) % len(pairs), photo

    return sorted(all_cases, key=turn)[:count]
