"""A part of a clip, by the seconds at which it begins and ends.

Nothing here needs a network: the studio asks for parts before torch is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from semcs.errors import InputError, check_number, shown
from semcs.video.files.clip import Reader
from semcs.video.frames import Frame


@dataclass(frozen=True)
class Part:
    """Which part of a clip is styled, in seconds from its first frame.

    Attributes:
        start: Where it begins.
        stop: Where it ends; None is the clip's end.
    """

    start: Fraction = Fraction(0)
    stop: Fraction | None = None

    def frames(self, reader: Reader, index: int = 0) -> Iterator[Frame]:
        """Its frames, from that of an index in the whole clip on."""
        for frame in reader.frames(index):
            if self.stop is not None and frame.time >= self.stop:
                return
            if frame.time >= self.start:
                yield frame

    def count(self, reader: Reader) -> int | None:
        """How many frames it has, about; None where the file doesn't say."""
        ends = [end for end in (self.stop, reader.end) if end is not None]
        if (self.start == 0 and self.stop is None) or not ends or reader.rate is None:
            return reader.frame_count or _rounded(ends, reader.rate, self.start)
        return _rounded(ends, reader.rate, self.start)

    def check(self, reader: Reader) -> None:
        """Refuse what begins after the clip's end.

        Raises:
            InputError: It does.
        """
        if reader.end is not None and self.start >= reader.end:
            raise InputError(
                f"start is {float(self.start):g}: {reader.path!r} lasts {float(reader.end):g} s"
            )


def check_times(start: object, stop: object) -> tuple[Fraction, Fraction | None]:
    """Seconds at which the part of a clip begins and ends, exactly as they are written.

    Raises:
        InputError: One can't be used, or nothing is between them.
    """
    begin = Fraction(0) if start is None else _seconds("start", start)
    end = None if stop is None else _seconds("stop", stop)
    if end is not None and end <= begin:
        raise InputError(f"stop is {shown(stop)}: it has to be after start, {shown(start or 0)}")
    return begin, end


def _seconds(name: str, value: object) -> Fraction:
    number = check_number(name, value, most=1e9)
    return value if isinstance(value, Fraction) else Fraction(repr(number))


def _rounded(ends: list[Fraction], rate: Fraction | None, start: Fraction) -> int | None:
    if not ends or rate is None:
        return None
    return max(1, round((min(ends) - start) * rate))
