"""Clips that PyAV decodes."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING

from semcs.errors import InputError
from semcs.image.memory import check_memory
from semcs.image.picture import check_pixels, pixel_limit
from semcs.video.files.clip import Reader
from semcs.video.files.colours import Colours, colours_of
from semcs.video.files.containers import fraction_of, open_container, video_of
from semcs.video.files.rotation import Turn, turn_of
from semcs.video.frames import Frame

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.index import IndexEntry
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

logger = logging.getLogger(__name__)

_LONGEST = Fraction(5, 2)  # times the longest frame before, that the last one may be shown
_CLOCK = re.compile(r"(\d+):(\d+):(\d+(?:\.\d+)?)")


class ClipReader(Reader):
    """A video file.

    Attributes:
        first_time: Of the first frame in seconds, by the file's own clock.
        colours: What its planes mean.
        turn: What makes its frames upright.
    """

    def __init__(self, path: str) -> None:
        """Decode the first frame.

        Raises:
            InputError: If there is none, or it is too large.
        """
        self.path = path
        with open_container(path) as container:
            stream = _prepared(container, path)
            first = next(_decoded(container, stream, []), None)
            if first is None:
                raise InputError(f"{path!r} has no video frame that can be decoded")
            time_base = fraction_of(stream.time_base)
            assert time_base is not None
            self.time_base = time_base
            self.rate = fraction_of(stream.guessed_rate) or fraction_of(stream.average_rate)
            listed = _indexed(container, stream)
            self.frame_count = sum(not entry.is_discard for entry in listed) or None
            self.first_time = (first.pts or 0) * self.time_base
            told = _told_end(container, stream)
            self._end_is_told = told is not None
            self.end = _from_first(told or _indexed_end(stream), self.first_time)
            aspect = fraction_of(stream.sample_aspect_ratio) or Fraction(1)
        self.turn: Turn = turn_of(first)
        self.colours: Colours = colours_of(first, path)
        self._stored = first.height, first.width
        self.size = self._stored[::-1] if self.turn.swapped else self._stored
        self.aspect = 1 / aspect if self.turn.swapped else aspect

    def frames(self, start: int = 0) -> Iterator[Frame]:
        """The frames from the one of index `start` on; see `Reader.frames`."""
        faults: list[str] = []
        index, time, longest = -1, Fraction(-1), Fraction(0)
        with open_container(self.path) as container:
            stream = _prepared(container, self.path)
            for index, decoded in enumerate(_decoded(container, stream, faults)):
                before, time = time, self._time(decoded, time)
                longest = max(longest, time - before) if index else longest
                if decoded.is_corrupt:
                    faults.append("a frame is damaged")
                if index >= start:
                    rgb = self.colours.to_rgb(decoded, self._stored)
                    yield Frame(index, time, self.turn.of(rgb))
        if faults or self._ends_early(time, longest):
            logger.warning("%r is broken: %d frames could be read", self.path, index + 1)

    def video_bytes(self, first: Fraction, last: Fraction) -> int | None:
        """Bytes of the packets between two times (both included)."""
        import av

        begin, end = (round((self.first_time + at) / self.time_base) for at in (first, last))
        total = 0
        with open_container(self.path) as container:
            stream = video_of(container, self.path)
            with suppress(av.FFmpegError):  # without an index, it is read from its beginning
                container.seek(begin, stream=stream)
            for packet in _packets(container, stream, []):
                if packet.pts is not None and begin <= packet.pts <= end:
                    total += packet.size
                if packet.dts is not None and packet.dts > end:
                    break
        return total or None

    def _time(self, frame: VideoFrame, before: Fraction) -> Fraction:
        """Seconds from the first frame; later than the frame before, whatever the file says."""
        if before < 0:
            return Fraction(0)
        if frame.pts is None:
            return before + 1 / (self.rate or Fraction(25))
        return max(frame.pts * self.time_base - self.first_time, before + self.time_base)

    def _ends_early(self, last: Fraction, longest: Fraction) -> bool:
        """Whether frames must be missing where the end is told, but no number of frames."""
        if not self._end_is_told or self.end is None:
            return False
        usual = max(longest, 1 / (self.rate or Fraction(25)))
        return self.end - last > _LONGEST * usual


def _prepared(container: InputContainer, path: str) -> VideoStream:
    """The video stream, ready to be decoded.

    Raises:
        InputError: If there is none, or its frames are too large.
    """
    stream = video_of(container, path)
    codec = stream.codec_context
    if codec.width and codec.height:
        check_pixels(codec.height, codec.width, max_pixels=None)
        check_memory(codec.height, codec.width)
    # Frames that are decoded in several threads are lost where a later one fails.
    codec.thread_type = "SLICE"
    codec.options = {**codec.options, "max_pixels": str(pixel_limit(None))}
    return stream


def _decoded(
    container: InputContainer, stream: VideoStream, faults: list[str]
) -> Iterator[VideoFrame]:
    """All frames that can be decoded; what couldn't be is added to the faults."""
    import av

    for packet in _packets(container, stream, faults):
        try:
            frames = stream.codec_context.decode(packet)
        except (av.FFmpegError, EOFError, ValueError) as error:
            faults.append(str(error))
            continue
        yield from frames
    try:
        yield from stream.codec_context.decode(None)
    except (av.FFmpegError, EOFError) as error:
        faults.append(str(error))


def _packets(
    container: InputContainer, stream: VideoStream, faults: list[str]
) -> Iterator[Packet[VideoStream]]:
    """All packets that are whole."""
    import av

    demuxed, count = container.demux(stream), 0
    expected = len(_indexed(container, stream))
    while True:
        try:
            packet = next(demuxed, None)
        except (av.FFmpegError, OSError) as error:
            faults.append(str(error))
            return
        if packet is None:
            break
        count += bool(packet.size)
        if packet.is_corrupt:
            faults.append("a packet is damaged")
        elif packet.size:
            yield packet
    if count < expected:
        faults.append("packets are missing")


def _indexed(container: InputContainer, stream: VideoStream) -> Sequence[IndexEntry]:
    """What MP4 and its like list of the stream, cut as their edit list says; others: nothing.

    Their lists are of seekable places alone, or count packets that hold no frame.
    """
    is_listed = "mov" in container.format.name and stream.frames
    return list(stream.index_entries) if is_listed else []


def _told_end(container: InputContainer, stream: VideoStream) -> Fraction | None:
    """When the last frame of the whole file ends, by its clock, as Matroska and AVI say it."""
    if container.format.name == "avi" and stream.frames and stream.time_base:
        return stream.frames * stream.time_base
    told = _CLOCK.match(stream.metadata.get("DURATION", ""))
    if told is None:
        return None
    hours, minutes, seconds = told.groups()
    return 3600 * int(hours) + 60 * int(minutes) + Fraction(seconds)


def _indexed_end(stream: VideoStream) -> Fraction | None:
    """When the last frame ends, by the file's clock, as far as its index goes."""
    if not stream.duration or not stream.time_base:
        return None
    return ((stream.start_time or 0) + stream.duration) * stream.time_base


def _from_first(end: Fraction | None, first: Fraction) -> Fraction | None:
    return end - first if end is not None and end > first else None
