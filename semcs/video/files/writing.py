"""Clips into files, by their extension."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from semcs.errors import InputError, check_whole
from semcs.image.files import check_writable, write_bytes_atomic
from semcs.image.whole_files import is_stream, whole_file
from semcs.video.files.animations import ANIMATIONS, AnimationWriter
from semcs.video.files.clip import Reader, Writer
from semcs.video.files.colours import Colours
from semcs.video.files.containers import check_av
from semcs.video.files.decoding import ClipReader
from semcs.video.files.encoding import H264, VP9, Encoder, VideoCodec
from semcs.video.files.joining import Joining
from semcs.video.files.sound import check_sound
from semcs.video.frames import Frame

__all__ = ["Writer", "check_clip_path", "open_writer"]


@dataclass(frozen=True)
class _Container:
    """A kind of video file.

    Attributes:
        name: As FFmpeg calls it.
        codec: By which its video is encoded.
        options: Of the container.
        holds_aspect: Whether pixels may be other than square: VP9 itself doesn't say it, and
            PyAV can't have the container say it.
    """

    name: str
    codec: VideoCodec
    options: tuple[tuple[str, str], ...] = ()
    holds_aspect: bool = True


# What a player needs first stands first.
_FAST = (("movflags", "+faststart"),)
_CONTAINERS = {
    ".mp4": _Container("mp4", H264, _FAST),
    ".m4v": _Container("mp4", H264, _FAST),
    ".mov": _Container("mov", H264, _FAST),
    ".mkv": _Container("matroska", H264),
    ".webm": _Container("webm", VP9, holds_aspect=False),
}


def open_writer(
    path: str | os.PathLike[str], reader: Reader, *, quality: int | None = None
) -> Writer:
    """Prepare to write a clip made of another's frames.

    Args:
        path: Where to. Its extension chooses: H.264 in .mp4, .m4v, .mov and .mkv, VP9 in .webm, or
            an animation without sound in .gif, .webp or .png (APNG). Video files get the source's
            sound, copied; subtitles and data are left out. Of the metadata they keep artist,
            copyright, time of capture and the languages of sound. Frames of an odd side keep it:
            H.264 then stores the colour of every pixel (4:4:4), which not all players take.
            Matroska and WebM round times to milliseconds, GIF to hundredths of a second.
        reader: Of the source.
        quality: From 0 to 100, where 100 is hardly told from the frames; by default near the
            source's size (see `Encoder.chunk`), and 80 for .webp. GIF and APNG have none.

    Raises:
        InputError: If the extension is unknown, the file can't be written or can't hold the
            source's sound or its pixels' shape, `quality` isn't allowed, or PyAV is missing.
    """
    name = os.fspath(path)
    check_clip_path(name)
    if quality is not None:
        quality = check_whole("quality", quality, most=100)
    suffix = Path(name).suffix.lower()
    if suffix in ANIMATIONS:
        return AnimationWriter(name, reader, quality)
    container = _CONTAINERS[suffix]
    check_sound(reader, name, container.name)
    if reader.aspect != 1 and not container.holds_aspect:
        raise InputError(
            f"pixels of {reader.path!r} aren't square ({reader.aspect}), which {suffix} files "
            "aren't given here; .mp4, .m4v, .mov and .mkv are"
        )
    return ClipWriter(name, reader, container, quality)


def check_clip_path(path: str | os.PathLike[str]) -> None:
    """Find out before any work whether a clip can be written to `path`.

    Raises:
        InputError: If its extension is unknown, it can't be written, or needs PyAV, which is
            missing.
    """
    name = os.fspath(path)
    suffix = Path(name).suffix.lower()
    if suffix not in (*_CONTAINERS, *ANIMATIONS):
        allowed = ", ".join((*_CONTAINERS, *ANIMATIONS))
        raise InputError(f"unknown extension {suffix!r} of {name!r}; allowed: {allowed}")
    if is_stream(name):
        raise InputError(f"can't write {name!r}: clips are written to regular files alone")
    check_writable(name)
    if suffix in _CONTAINERS:
        check_av()


class ClipWriter(Writer):
    """Writes a video file."""

    def __init__(
        self, path: str, reader: Reader, container: _Container, quality: int | None
    ) -> None:
        self._path, self._reader, self._container = path, reader, container
        self._quality = quality
        self._colours = reader.colours if isinstance(reader, ClipReader) else Colours()
        self._encoder = Encoder(container.codec, reader, self._colours)

    def encode_chunk(self, frames: Sequence[Frame], path: Path) -> None:
        """Encode some frames into a file of their own; see `Writer.encode_chunk`."""
        write_bytes_atomic(path, self._encoder.chunk(frames, self._quality))

    def join(self, chunks: Sequence[Path], start: Fraction, stop: Fraction | None) -> None:
        """Put all chunks and the source's sound into the clip; see `Writer.join`."""
        import av

        if not chunks:
            raise InputError(f"can't write {self._path!r}: there are no frames")
        options = {"fflags": "+bitexact", **dict(self._container.options)}
        with whole_file(self._path) as partial:
            try:
                with av.open(
                    f"file:{partial}", "w", self._container.name, container_options=options
                ) as file:
                    Joining(self._reader, self._colours, start, stop).into(file, chunks)
            except (av.FFmpegError, ValueError) as error:
                if isinstance(error, InputError):
                    raise
                raise InputError(f"can't write {self._path!r}: {error}") from error
