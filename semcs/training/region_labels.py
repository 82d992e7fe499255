"""What segments of photos show, by eye: `region_labels.json`.

For each photo, by its path in the training folder, the file has two lists:

- one word of `KINDS` for each segment of `semcs.training.region_segments`, in the order of the
  segments' numbers; "-" where a segment isn't one thing, or can't be told;
- the segments' sizes in percent of the photo, by which one sees whether the segments that are made
  now are those that were labelled.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from semcs.errors import InputError
from semcs.models.region_words import KINDS
from semcs.training.files import written_whole
from semcs.training.region_kinds import UNKNOWN

LABELS = Path(__file__).with_suffix(".json")
MIXED = "-"
SAME_SIZE = 1.0  # percent of the photo by which a segment's size may differ
HELD_OUT = 9  # every so manieth photo isn't trained on, but for cut-outs
FIRST_HELD_OUT = 4
CUTOUTS = "cutouts/"


class SegmentWords(NamedTuple):
    """What the segments of a photo show.

    Attributes:
        words: One of `KINDS`, or MIXED, for each segment.
        sizes: In percent of the photo, for each segment.
    """

    words: tuple[str, ...]
    sizes: tuple[int, ...]

    def pixel_labels(self, segments: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Labels (H, W) of pixels, places in `KINDS` or UNKNOWN, from their segments' numbers."""
        of_segment = np.full(256, UNKNOWN, np.uint8)
        of_segment[: len(self.words)] = [
            UNKNOWN if word == MIXED else KINDS.index(word) for word in self.words
        ]
        return of_segment[segments]

    def fit(self, segments: NDArray[np.uint8]) -> bool:
        """Whether these (H, W) segments are those that were labelled."""
        sizes = segment_sizes(segments, len(self.sizes))
        return bool(np.abs(sizes - self.sizes).max() <= SAME_SIZE)


def segment_sizes(segments: NDArray[np.uint8], count: int) -> NDArray[np.float64]:
    """Sizes of `count` segments in percent, from the number (H, W) of each pixel's segment."""
    return 100 * np.bincount(segments.ravel(), minlength=count) / segments.size


def read_labels(file: Path = LABELS) -> dict[str, SegmentWords]:
    """The words of each photo, by its path.

    Raises:
        InputError: A word isn't known, or a photo has other than one word and size a segment.
    """
    labels = {
        path: SegmentWords(tuple(words.split()), tuple(int(size) for size in sizes.split()))
        for path, (words, sizes) in json.loads(file.read_text()).items()
    }
    for path, (words, sizes) in labels.items():
        unknown = set(words) - {*KINDS, MIXED}
        if unknown:
            raise InputError(
                f"{file.name}, {path}: {min(unknown)!r} is none of {', '.join(KINDS)}, {MIXED}"
            )
        if len(words) != len(sizes):
            raise InputError(f"{file.name}, {path}: {len(words)} words for {len(sizes)} segments")
    return labels


def write_labels(labels: dict[str, SegmentWords], file: Path) -> None:
    """Write what `read_labels` reads, a photo a line."""
    lines = [
        f"{json.dumps(path)}: {json.dumps([' '.join(words), ' '.join(map(str, sizes))])}"
        for path, (words, sizes) in labels.items()
    ]
    with written_whole(file) as partial:
        partial.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def held_out_paths(labels: dict[str, SegmentWords]) -> set[str]:
    """Photos that no training sees: every `HELD_OUT`-th of the file, but for cut-outs."""
    return {path for path in list(labels)[FIRST_HELD_OUT::HELD_OUT] if not path.startswith(CUTOUTS)}
