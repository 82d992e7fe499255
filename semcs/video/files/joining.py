"""Chunks and the source's sound, copied packet by packet into one file."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from semcs.errors import InputError
from semcs.video.files.clip import Reader, last_end
from semcs.video.files.colours import Colours
from semcs.video.files.containers import fraction_of, open_container
from semcs.video.files.decoding import ClipReader
from semcs.video.files.encoding import CHUNK_FORMAT
from semcs.video.files.sound import is_kept, sound_of, sound_packets

if TYPE_CHECKING:
    from av.container import InputContainer, OutputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

# Of the source's metadata: what pictures keep, too. Places, titles and comments stay out.
_KEPT = ("artist", "copyright", "creation_time", "date")

Timed = tuple[Fraction, "Packet[Any]"]


@dataclass(frozen=True)
class Joining:
    """Which part of which source is joined.

    Attributes:
        reader: Of the source.
        colours: What the planes of the chunks mean; VP9 itself says only half of it.
        start: As in `Writer.join`.
        stop: As in `Writer.join`.
    """

    reader: Reader
    colours: Colours
    start: Fraction
    stop: Fraction | None

    def into(self, file: OutputContainer, chunks: Sequence[Path]) -> None:
        """Write all packets in the order of time."""
        video = _add_video(file, chunks[0])
        self.colours.tag(video.codec_context)
        if not isinstance(self.reader, ClipReader):
            _mux(file, self._pictures(video, chunks, self.start))
            return
        with open_container(self.reader.path) as source:
            file.metadata.update({k: v for k, v in source.metadata.items() if k in _KEPT})
            zero = self._zero(source)
            pictures = self._pictures(video, chunks, zero - self.reader.first_time)
            sound = self._sound(file, source, zero)
            _mux(file, heapq.merge(pictures, sound, key=itemgetter(0)))

    def _zero(self, source: InputContainer) -> Fraction:
        """Seconds by the source's clock that are the new clip's 0.

        A clip that begins with its source keeps its time stamps, unless it's of a format whose
        clock may begin anywhere, such as MPEG's transport stream: those begin at 0.
        """
        assert isinstance(self.reader, ClipReader)
        if self.start > 0:
            return self.reader.first_time + self.start
        if not source.format.flags & _starts_anywhere():
            return min(Fraction(0), self.reader.first_time)
        starts = [
            stream.start_time * stream.time_base
            for stream in sound_of(source)
            if stream.start_time is not None and stream.time_base
        ]
        return min([*starts, self.reader.first_time])

    def _pictures(
        self, stream: VideoStream, chunks: Sequence[Path], zero: Fraction
    ) -> Iterator[Timed]:
        """Packets of all chunks; `zero` is the new clip's 0 in seconds from the first frame."""
        base, shift = self.reader.time_base, round(zero / self.reader.time_base)
        delay = stream.codec_context.reorder_depth
        stamps: list[int] = []  # of the last frames, in the order in which they are shown
        for number, chunk in enumerate(chunks):
            packets = _packets_of(chunk, stream)
            found = [_ticks(packet, base) for packet in packets]
            shown = sorted(found)
            if not stamps:
                step = max(1, round(1 / ((self.reader.rate or 25) * base)))
                stamps = [shown[0] - step * (delay - each) for each in range(delay)]
            stamps += shown
            ends = dict(pairwise(shown))
            if number == len(chunks) - 1:
                ends[shown[-1]] = round(last_end(self.reader, shown[-1] * base, self.stop) / base)
            for packet, stamp, decoded_at in zip(packets, found, stamps):
                packet.stream, packet.time_base = stream, base
                packet.pts, packet.dts = stamp - shift, decoded_at - shift
                packet.duration = max(1, ends.get(stamp, stamp) - stamp)
                yield packet.dts * base, packet
            stamps = stamps[len(packets) :]

    def _sound(
        self, file: OutputContainer, source: InputContainer, zero: Fraction
    ) -> Iterable[Timed]:
        assert isinstance(self.reader, ClipReader)
        streams = []
        for stream in sound_of(source):
            copy = file.add_stream_from_template(stream, opaque=True)
            copy.metadata.update({k: v for k, v in stream.metadata.items() if is_kept(k)})
            copy.disposition = stream.disposition
            streams.append(copy)
        start = zero if self.start > 0 else None
        stop = None if self.stop is None else self.reader.first_time + self.stop
        return _moved(sound_packets(source, start, stop), streams, zero)


def _moved(packets: Iterable[Any], streams: Sequence[Any], zero: Fraction) -> Iterator[Timed]:
    for number, time, packet in packets:
        shift = round(zero / packet.time_base)
        packet.stream = streams[number]
        packet.pts = None if packet.pts is None else packet.pts - shift
        packet.dts = None if packet.dts is None else packet.dts - shift
        yield time - zero, packet


def _mux(file: OutputContainer, packets: Iterable[Timed]) -> None:
    for _, packet in packets:
        file.mux(packet)


def _add_video(file: OutputContainer, chunk: Path) -> VideoStream:
    import av

    with av.open(f"file:{chunk}", "r", CHUNK_FORMAT) as source:
        template = source.streams.video[0]
        stream = file.add_stream_from_template(template, opaque=True)
        stream.codec_context.framerate = fraction_of(template.average_rate) or Fraction(25)
    return stream


def _packets_of(chunk: Path, stream: VideoStream) -> list[Packet[VideoStream]]:
    """All packets of a chunk, in the order in which they are decoded.

    Raises:
        InputError: If the chunk is of another clip.
    """
    import av

    with av.open(f"file:{chunk}", "r", CHUNK_FORMAT) as source:
        own = source.streams.video[0].codec_context
        mine = stream.codec_context
        if (own.extradata, own.width, own.height) != (mine.extradata, mine.width, mine.height):
            raise InputError(f"chunk {str(chunk)!r} is of another clip or another version")
        return [packet for packet in source.demux(video=0) if packet.size]


def _ticks(packet: Packet[Any], base: Fraction) -> int:
    """When a packet's frame is shown; the chunk's own time base is a finer one."""
    assert packet.pts is not None
    return round(packet.pts * packet.time_base / base)


def _starts_anywhere() -> int:
    from av.format import Flags

    return int(cast("Any", Flags.ts_discont).value)
