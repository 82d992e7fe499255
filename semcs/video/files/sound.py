"""A clip's sound: packets that are copied as they are."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from semcs.errors import InputError
from semcs.video.files.clip import Reader
from semcs.video.files.containers import open_container
from semcs.video.files.decoding import ClipReader

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet

_KEPT = ("language",)  # of a stream's metadata


def check_sound(reader: Reader, path: str, container: str) -> None:
    """Find out before any work whether the source's sound can be copied into a file.

    Args:
        reader: Of the source.
        path: Of the file to be written, for the error.
        container: FFmpeg's name of its format.

    Raises:
        InputError: If the format can't hold it; names one that can.
    """
    if not isinstance(reader, ClipReader):
        return
    with open_container(reader.path) as source:
        codecs = ", ".join(stream.codec_context.name for stream in sound_of(source))
        if _fits(source, container):
            return
        others = {".mp4": "mp4", ".mov": "mov", ".mkv": "matroska"}
        able = [suffix for suffix, name in others.items() if _fits(source, name)]
    raise InputError(
        f"{Path(path).suffix} files can't hold the sound of {reader.path!r} ({codecs}), which is "
        f"copied as it is; those that can: {', '.join(able) or 'none that is written here'}"
    )


def sound_of(source: InputContainer) -> list[AudioStream]:
    """The streams of sound that can be copied."""
    return [stream for stream in source.streams.audio if stream.codec_context is not None]


def is_kept(name: str) -> bool:
    """Whether metadata of a stream of sound go into the new file."""
    return name in _KEPT


def sound_packets(
    source: InputContainer, start: Fraction | None, stop: Fraction | None
) -> Iterator[tuple[int, Fraction, Packet[AudioStream]]]:
    """Index among `sound_of`, time in seconds and packet, in the order of the file.

    Args:
        source: Read from where it stands.
        start: Seconds by the file's clock, from which packets are given; None gives all.
        stop: Seconds by the file's clock, before which packets are given; None gives all.
    """
    import av

    streams = sound_of(source)
    if not streams:
        return
    numbers = {stream.index: number for number, stream in enumerate(streams)}
    demuxed = source.demux(tuple(streams))
    while True:
        try:
            packet = next(demuxed, None)
        except (av.FFmpegError, OSError):
            return  # the end of a broken file, of which the reader warns
        if packet is None:
            return
        stamp = packet.dts if packet.pts is None else packet.pts
        if stamp is None or not packet.size or packet.is_corrupt:
            continue
        time = stamp * packet.time_base
        if (start is None or time >= start) and (stop is None or time < stop):
            yield numbers[packet.stream_index], time, packet


def _fits(source: InputContainer, container: str) -> bool:
    import av

    streams = sound_of(source)
    if not streams:
        return True
    try:
        with av.open(io.BytesIO(), "w", container) as file:
            for stream in streams:
                file.add_stream_from_template(stream, opaque=True)
            file.start_encoding()
    except (av.FFmpegError, ValueError):
        return False
    return True
