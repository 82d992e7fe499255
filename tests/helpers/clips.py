"""Small clips with FFmpeg's libraries, whose frames can be told from each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
from av.stream import Disposition

HEIGHT, WIDTH = 64, 96
CORNERS = ((230, 30, 30), (30, 230, 30), (30, 30, 230), (230, 230, 30))
"""Colours of the upper left, upper right, lower left and lower right corner."""

TICKS = 12800  # a second, which hold 25 and 32 frames a second exactly
SAMPLE_RATE = 48000


def grey_of(index: int) -> int:
    """The grey level by which a frame can be told."""
    return 40 + 5 * index


def index_of(rgb: np.ndarray) -> int:
    """Which frame it is, by the grey level in its middle."""
    height, width = rgb.shape[:2]
    middle = rgb[height // 2 - 8 : height // 2 + 8, width // 2 - 8 : width // 2 + 8]
    return round((float(middle.mean()) - 40) / 5)


def picture(index: int, height: int = HEIGHT, width: int = WIDTH) -> np.ndarray:
    """(H, W, 3) uint8: grey by the index, with a coloured square of 16 pixels in each corner."""
    rgb = np.full((height, width, 3), grey_of(index), np.uint8)
    rgb[:16, :16], rgb[:16, -16:], rgb[-16:, :16], rgb[-16:, -16:] = CORNERS
    return rgb


def corners_of(rgb: np.ndarray) -> list[int]:
    """Which of `CORNERS` is seen in the upper left, upper right, lower left and lower right."""
    seen = (rgb[4:12, 4:12], rgb[4:12, -12:-4], rgb[-12:-4, 4:12], rgb[-12:-4, -12:-4])
    means = [part.reshape(-1, 3).mean(0) for part in seen]
    return [int(np.argmin(np.abs(np.array(CORNERS) - mean).sum(1))) for mean in means]


@dataclass
class Clip:
    """What `make_clip` makes.

    Attributes:
        frames: How many.
        times: Of the frames in ticks of 1/12800 s; every 25th of a second by default.
        offset: Ticks at which the first frame stands.
        sound: The codec of one second of sound a stream; None for no sound.
        turn: Keywords of `set_display_rotation`.
        stored: What is done to each upright picture before it is stored.
        noise: Levels of it that are added to each picture.
        colours: Matrix, range, primaries and transfer by their numbers in ITU-T H.273.
    """

    frames: int = 12
    times: list[int] | None = None
    offset: int = 0
    codec: str = "libx264"
    sound: str | None = None
    streams: int = 1
    turn: dict | None = None
    size: tuple[int, int] = (HEIGHT, WIDTH)
    pixel_format: str = "yuv420p"
    options: dict | None = None
    colours: tuple[int, int, int, int] | None = None
    container: str | None = None
    aspect: Fraction | None = None
    metadata: dict | None = None
    noise: int = 0
    stored: Callable = np.asarray
    rate: int = 25
    container_options: dict | None = None
    cover: bool = False

    def images(self):
        """The pictures, which are what `picture` gives, with noise where that is asked for."""
        rng = np.random.default_rng(0)
        for index in range(self.frames):
            rgb = picture(index, *self.size).astype(np.int16)
            if self.noise:
                rgb += rng.integers(-self.noise, self.noise + 1, rgb.shape, np.int16)
            yield np.ascontiguousarray(self.stored(np.clip(rgb, 0, 255).astype(np.uint8)))

    def stamps(self) -> list[int]:
        """When the frames stand, in ticks."""
        times = self.times or [TICKS // self.rate * index for index in range(self.frames)]
        return [self.offset + time for time in times]


def make_clip(path, clip: Clip | None = None, **changes):
    """Write a clip, and give its path back."""
    clip = clip or Clip(**changes)
    with av.open(
        str(path), "w", clip.container, container_options=clip.container_options or {}
    ) as file:
        file.metadata.update(clip.metadata or {})
        video = _video_stream(file, clip, *next(clip.images()).shape[:2])
        sounds = [_sound_stream(file, clip.sound) for _ in range(clip.streams if clip.sound else 0)]
        for rgb, stamp in zip(clip.images(), clip.stamps()):
            file.mux(video.encode(_frame(rgb, stamp, clip)))
        file.mux(video.encode(None))
        for number, sound in enumerate(sounds):
            _play(file, sound, 220 * (number + 1))
    return path


def _video_stream(file, clip: Clip, height: int, width: int):
    stream = file.add_stream(clip.codec, rate=clip.rate, options=clip.options or {})
    stream.height, stream.width = height, width
    stream.pix_fmt, stream.codec_context.thread_count = clip.pixel_format, 1
    stream.codec_context.time_base = Fraction(1, TICKS)
    if clip.aspect:
        stream.codec_context.sample_aspect_ratio = clip.aspect
    if clip.cover:
        stream.disposition = Disposition.attached_pic
    if clip.turn:
        stream.set_display_rotation(**clip.turn)
    if clip.colours:
        codec = stream.codec_context
        codec.colorspace, codec.color_range, codec.color_primaries, codec.color_trc = clip.colours
    return stream


def _frame(rgb, stamp: int, clip: Clip):
    frame = av.VideoFrame.from_ndarray(rgb, format="rgb24")
    matrix, reach = clip.colours[:2] if clip.colours else (5, 1)
    frame.colorspace = matrix
    frame = frame.reformat(
        format=clip.pixel_format,
        dst_color_range=reach,
        interpolation=2 | 0x2000 | 0x4000 | 0x40000,
    )
    frame.pts, frame.time_base = stamp, Fraction(1, TICKS)
    return frame


def _sound_stream(file, codec: str):
    stream = file.add_stream(codec, rate=SAMPLE_RATE)
    stream.codec_context.layout = "stereo"
    return stream


def _play(file, stream, pitch: float) -> None:
    """Half a second of a tone."""
    wave = np.sin(np.arange(SAMPLE_RATE // 2) * pitch * 2 * np.pi / SAMPLE_RATE)
    samples = stream.codec_context.frame_size or 1024
    format = stream.codec_context.format.name
    for begin in range(0, len(wave) - samples, samples):
        part = np.stack([wave[begin : begin + samples]] * 2).astype(np.float32) * 0.3
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, begin, Fraction(1, SAMPLE_RATE)
        for piece in av.AudioResampler(format, "stereo", SAMPLE_RATE).resample(frame):
            piece.pts, piece.time_base = begin, Fraction(1, SAMPLE_RATE)
            file.mux(stream.encode(piece))
    file.mux(stream.encode(None))


def sound_packets(path) -> list[list[tuple[Fraction, bytes]]]:
    """Time in seconds and bytes of all packets of each stream of sound."""
    with av.open(str(path)) as file:
        if not file.streams.audio:
            return []
        found: dict[int, list] = {stream.index: [] for stream in file.streams.audio}
        for packet in file.demux(tuple(file.streams.audio)):
            if packet.size:
                found[packet.stream_index].append((packet.pts * packet.time_base, bytes(packet)))
    return list(found.values())


def video_frames(path) -> list[tuple[Fraction, np.ndarray]]:
    """Time in seconds, by the file's clock, and stored pixels of all frames."""
    with av.open(str(path)) as file:
        return [
            (frame.pts * frame.time_base, frame.to_ndarray(format="rgb24"))
            for frame in file.decode(video=0)
        ]


def pass_through(
    source, target, *, chunk=5, start=Fraction(0), stop=None, quality=None, change=None
):
    """Copy a clip by semcs in chunks; gives the frames that went in and the chunks' paths."""
    from semcs.video.files.reading import open_reader
    from semcs.video.files.writing import open_writer

    with open_reader(source) as reader:
        writer = open_writer(target, reader, quality=quality)
        frames = [f for f in reader.frames() if f.time >= start and (not stop or f.time < stop)]
        frames = [change(frame) for frame in frames] if change else frames
        chunks = []
        for begin in range(0, len(frames), chunk):
            chunks.append(target.with_suffix(f".{begin}.chunk"))
            writer.encode_chunk(frames[begin : begin + chunk], chunks[-1])
        writer.join(chunks, start, stop)
    return frames, chunks
