"""What reads a clip, whatever kind of file it is, and what writes one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from semcs.video.frames import Frame

Pixels = tuple[int, int]


class Reader(ABC):
    """A clip that can be read, also as the context of a `with` block.

    Attributes:
        path: Of the file.
        size: (height, width) of the upright frames, in pixels.
        rate: Frames a second on average; None where the file doesn't say.
        frame_count: As the file says it; None where it doesn't. Broken files hold fewer.
        end: Seconds from the first frame to the end of the last; None where the file doesn't say.
        time_base: Seconds of which all times of frames are whole multiples.
        aspect: Width to height of an upright pixel.
        plays: How often an animation is played; 0 is for ever.
    """

    path: str
    size: Pixels
    rate: Fraction | None = None
    frame_count: int | None = None
    end: Fraction | None = None
    time_base: Fraction
    aspect: Fraction = Fraction(1)
    plays: int = 0

    @property
    def duration(self) -> float | None:
        """Seconds from the first frame to the end of the last; None where the file doesn't say."""
        return None if self.end is None else float(self.end)

    @abstractmethod
    def frames(self, start: int = 0) -> Iterator[Frame]:
        """The frames from the one of index `start` on, as they are shown, each decoded once.

        Those before are decoded, too, but not converted. Where the file is broken, what can be
        read is given, and then a warning logged that names the file and how many frames there were.
        """

    def video_bytes(self, first: Fraction, last: Fraction) -> int | None:
        """Bytes that the file takes for the frames between two times (both included), if known."""
        return None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing stays open: each iterator over frames closes the file that it opened."""
        return


class Writer(ABC):
    """Writes a clip in chunks, so that one which is interrupted can go on at the next chunk."""

    @abstractmethod
    def encode_chunk(self, frames: Sequence[Frame], path: Path) -> None:
        """Encode some frames into a file of their own, whole or not at all.

        The same frames give the same bytes, in any process and with any number of threads.

        Args:
            frames: One at least, in order, of the reader's upright size.
            path: Where to; any name.

        Raises:
            InputError: If the file can't be written, or a frame has another size.
        """

    @abstractmethod
    def join(self, chunks: Sequence[Path], start: Fraction, stop: Fraction | None) -> None:
        """Put all chunks, and the source's sound, into the clip, whole or not at all.

        Args:
            chunks: In the order of their frames, none left out.
            start: Seconds from the source's first frame, at which the clip begins.
            stop: Seconds from the source's first frame, at which it ends; None for its end.

        Raises:
            InputError: If the clip can't be written.
        """


def last_end(reader: Reader, last: Fraction, stop: Fraction | None) -> Fraction:
    """When the last frame ends, in seconds from the source's first.

    Args:
        reader: Of the source.
        last: When that frame begins.
        stop: As in `Writer.join`.
    """
    ends = [end for end in (reader.end, stop) if end is not None and end > last]
    return min(ends) if ends else last + 1 / (reader.rate or Fraction(25))
