"""Chunks of a clip, each encoded by itself so that their packets can stand one after the other.

All chunks are encoded alike but for their quality, with headers that don't depend on it, in one
thread (the bytes depend on how many there are), and without references to other chunks.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from semcs.errors import InputError
from semcs.video.files.clip import Reader
from semcs.video.files.colours import Colours
from semcs.video.frames import Frame

if TYPE_CHECKING:
    from av.video.stream import VideoStream

CHUNK_FORMAT = "nut"  # holds any codec and time base
_AS_IT_IS = {"fflags": "+bitexact", "avoid_negative_ts": "disabled"}

LARGER = 1.25  # times the source's bytes that a chunk may have by default
TRIES = 4  # at most, of coming near to the source's bytes


@dataclass(frozen=True)
class VideoCodec:
    """An encoder with its scale of constant quality ("CRF", where more is worse).

    Attributes:
        name: As FFmpeg calls it.
        best: CRF at quality 100.
        good: CRF that is tried first where no quality is asked for.
        least: CRF that isn't exceeded to save bytes.
        worst: CRF at quality 0.
        halved: Steps of CRF that halve the bytes, about.
        odd_format: Pixel format for frames of an odd side.
        options: Of the encoder.
    """

    name: str
    best: int
    good: int
    least: int
    worst: int
    halved: float
    odd_format: str
    options: Callable[[], dict[str, str]]

    def crf(self, quality: int) -> float:
        """CRF for a quality from 0 to 100."""
        return self.worst + (self.best - self.worst) * quality / 100

    def pixel_format(self, size: tuple[int, int]) -> str:
        """Every second pixel's colour for even sides; what keeps an odd side as it is, else."""
        return self.odd_format if size[0] % 2 or size[1] % 2 else "yuv420p"


# "stitchable" keeps what is encoded out of the headers. Without "mbtree", whose vector code gives
# other bytes now and then for the same frames (x264 165, widths such as 96).
H264 = VideoCodec(
    *("libx264", 10, 19, 28, 42, 6.0, "yuv444p"),
    lambda: {"preset": "medium", "x264-params": "stitchable=1:open-gop=0:mbtree=0"},
)
VP9 = VideoCodec(
    *("libvpx-vp9", 12, 28, 46, 58, 10.0, "yuv420p"),
    lambda: {"deadline": "good", "cpu-used": "4", "row-mt": "0", "b": "0"},
)


@dataclass(frozen=True)
class Encoder:
    """Encodes chunks for one clip.

    Attributes:
        codec: By which.
        reader: Of the source.
        colours: What the planes shall mean.
    """

    codec: VideoCodec
    reader: Reader
    colours: Colours

    def chunk(self, frames: Sequence[Frame], quality: int | None) -> bytes:
        """The bytes of a chunk's file.

        Args:
            frames: As of `Writer.encode_chunk`.
            quality: From 0 to 100; None comes near to the source's bytes: it begins at a good
                quality (CRF 19 of H.264, 28 of VP9) and goes down while the chunk has more than
                1.25 times the bytes of the source's packets in the same time, but not under CRF
                28 of H.264 and 46 of VP9.
        """
        self._check(frames)
        if quality is not None:
            return self._encoded(frames, self.codec.crf(quality))[0]
        crf, halved = float(self.codec.good), self.codec.halved
        data, size = self._encoded(frames, crf)
        allowed = self.reader.video_bytes(frames[0].time, frames[-1].time)
        for _ in range(TRIES - 1):
            if allowed is None or size <= LARGER * allowed or crf >= self.codec.least:
                break
            step = max(1.0, round(halved * math.log2(size / allowed), 1))
            step = min(step, self.codec.least - crf)
            crf, before = crf + step, size
            data, size = self._encoded(frames, crf)
            # How many steps it took this time; where nothing was saved, the rest at once.
            halved = step / math.log2(before / size) if size < before else math.inf
        return data

    def _check(self, frames: Sequence[Frame]) -> None:
        if not frames:
            raise InputError("a chunk has no frames; at least one is needed")
        for frame in frames:
            if frame.rgb.shape != (*self.reader.size, 3):
                raise InputError(
                    f"frame {frame.index} has shape {frame.rgb.shape}; "
                    f"allowed: {(*self.reader.size, 3)}"
                )

    def _encoded(self, frames: Sequence[Frame], crf: float) -> tuple[bytes, int]:
        """The file, and how many bytes of it are packets."""
        import av

        buffer, size = io.BytesIO(), 0
        pixel_format = self.codec.pixel_format(self.reader.size)
        with av.open(buffer, "w", CHUNK_FORMAT, container_options=_AS_IT_IS) as file:
            options = {**self.codec.options(), "crf": f"{crf:.1f}"}
            added = file.add_stream(self.codec.name, _usual(self.reader.rate), options)
            stream = cast("VideoStream", added)
            codec = stream.codec_context
            codec.height, codec.width = self.reader.size
            codec.time_base = self.reader.time_base
            codec.pix_fmt, codec.thread_count = pixel_format, 1
            codec.sample_aspect_ratio = self.reader.aspect
            self.colours.tag(codec)
            for frame in frames:
                image = self.colours.to_frame(frame.rgb, pixel_format)
                image.pts = round(frame.time / self.reader.time_base)
                image.time_base = self.reader.time_base
                for packet in codec.encode(image):
                    size += packet.size
                    file.mux(packet)
            for packet in codec.encode(None):
                size += packet.size
                file.mux(packet)
        return buffer.getvalue(), size


def _usual(rate: Fraction | None) -> Fraction:
    """A rate that encoders take; it only guides how they spend bits."""
    return (rate or Fraction(25)).limit_denominator(1001) or Fraction(25)
