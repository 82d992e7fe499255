"""GIF, animated WebP and APNG as clips, by Pillow."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count as count_from
from pathlib import Path

import numpy as np
from PIL import Image

from semcs.errors import InputError
from semcs.image.files import write_bytes_atomic
from semcs.image.formats import open_image
from semcs.image.memory import check_memory
from semcs.image.picture import check_pixels
from semcs.image.whole_files import whole_file
from semcs.video.files.animation_files import (
    DEFAULT_QUALITY,
    Timing,
    encode_still,
    write_apng,
    write_gif,
    write_webp,
)
from semcs.video.files.clip import Reader, Writer, last_end
from semcs.video.frames import Frame

logger = logging.getLogger(__name__)

ANIMATIONS = {".gif": write_gif, ".webp": write_webp, ".png": write_apng}

_SHORTEST = Fraction(1, 50)  # seconds; shorter delays of GIF are shown for _USUAL by all browsers
_USUAL = Fraction(1, 10)
_DENOMINATOR = 65535  # most that APNG's delays have
_TICKS = 90000  # a second, which hold the usual rates and milliseconds


def is_animation_file(path: str) -> bool:
    """Whether a file is of a format that Pillow reads as animation, by its first bytes."""
    try:
        with open(path, "rb") as file:
            head = file.read(12)
    except OSError as error:
        raise InputError(f"can't read {path!r}: {error.strerror or error}") from error
    is_webp = head[:4] == b"RIFF" and head[8:] == b"WEBP"
    return is_webp or head.startswith((b"GIF87a", b"GIF89a", b"\x89PNG\r\n\x1a\n"))


class AnimationReader(Reader):
    """A GIF, an animated WebP or an APNG; what is transparent in it stands on white."""

    def __init__(self, path: str) -> None:
        """Read all delays, but no frames.

        Raises:
            InputError: If it is a still picture or damaged, or too large.
        """
        self.path = path
        self.time_base = Fraction(1, _TICKS)
        with open(path, "rb") as file, open_image(file, name=repr(path)) as image:
            if _frame_count(image) == 1:
                raise InputError(f"{path!r} is a still picture, no animation")
            check_pixels(image.height, image.width, max_pixels=None)
            check_memory(image.height, image.width)
            self.size = image.height, image.width
            self.plays = _plays(image)
            delays = [delay for _, delay in self._shown(image)]
        if not delays:
            raise InputError(f"{path!r} is damaged: no frame can be decoded")
        self.frame_count, self.end = len(delays), sum(delays, Fraction(0))
        self.rate = self.frame_count / self.end

    def frames(self, start: int = 0) -> Iterator[Frame]:
        """The frames from the one of index `start` on; see `Reader.frames`."""
        time = Fraction(0)
        with open(self.path, "rb") as file, open_image(file, name=repr(self.path)) as image:
            for index, (shown, delay) in enumerate(self._shown(image, warn=True)):
                if index >= start:
                    yield Frame(index, time, _on_white(shown))
                time += delay

    def _shown(
        self, image: Image.Image, warn: bool = False
    ) -> Iterator[tuple[Image.Image, Fraction]]:
        """The image at each of its frames, and for how many seconds that is shown."""
        # An APNG may begin with a picture for those who can't show the animation.
        first = int(getattr(image, "default_image", False))
        count = _frame_count(image)
        for number in count_from(first) if count is None else range(first, count):
            try:
                image.seek(number)
                image.load()
            except Exception as error:  # Pillow's readers raise whatever damaged bytes lead to
                if isinstance(error, MemoryError):
                    raise
                if warn:
                    logger.warning(
                        "%r is broken: %d frames could be read", self.path, number - first
                    )
                return
            yield image, _delay(image)


class AnimationWriter(Writer):
    """Writes a GIF, an animated WebP or an APNG, played as often as the source; without sound.

    Its chunks hold each frame as a picture: for GIF without loss, as its colours are chosen when
    all of it is there, so that they don't change in the middle.
    """

    def __init__(self, path: str, reader: Reader, quality: int | None) -> None:
        """Check the quality.

        Raises:
            InputError: If there is one for a format that has none.
        """
        self._path, self._reader = path, reader
        self._suffix = Path(path).suffix.lower()
        if quality is not None and self._suffix != ".webp":
            raise InputError(f"quality is {quality}: {self._suffix} files have none")
        self._quality = DEFAULT_QUALITY if quality is None else quality

    def encode_chunk(self, frames: Sequence[Frame], path: Path) -> None:
        """Encode some frames into a file of their own; see `Writer.encode_chunk`."""
        buffer = io.BytesIO()
        times = [[frame.time.numerator, frame.time.denominator] for frame in frames]
        with zipfile.ZipFile(buffer, "w") as archive:  # stored, with no dates
            archive.writestr(zipfile.ZipInfo("times.json"), json.dumps(times))
            for number, frame in enumerate(frames):
                data = encode_still(frame.rgb, self._suffix, self._quality)
                archive.writestr(zipfile.ZipInfo(f"{number:06}"), data)
        write_bytes_atomic(path, buffer.getvalue())

    def join(self, chunks: Sequence[Path], start: Fraction, stop: Fraction | None) -> None:
        """Put all chunks into the animation; see `Writer.join`."""
        times = [time for chunk in chunks for time in _times(chunk)]
        if not times:
            raise InputError(f"can't write {self._path!r}: there are no frames")
        ends = [*times[1:], last_end(self._reader, times[-1], stop)]
        timing = Timing([end - times[0] for end in ends], self._reader.plays)

        def stills() -> Iterator[bytes]:
            return (data for chunk in chunks for data in _stills(chunk))

        with whole_file(self._path) as partial, open(partial, "wb") as file:
            ANIMATIONS[self._suffix](file, stills, timing, self._reader.size)


def _times(chunk: Path) -> list[Fraction]:
    with zipfile.ZipFile(chunk) as archive:
        return [Fraction(*pair) for pair in json.loads(archive.read("times.json"))]


def _stills(chunk: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(chunk) as archive:
        for name in sorted(archive.namelist())[:-1]:  # all but times.json
            yield archive.read(name)


def _frame_count(image: Image.Image) -> int | None:
    """None where the file is too broken to count."""
    try:
        return int(getattr(image, "n_frames", 1))
    except Exception as error:  # as in `_shown`
        if isinstance(error, MemoryError):
            raise
        return None


def _on_white(image: Image.Image) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    if image.mode == "RGB" and "transparency" not in image.info:
        return np.array(image)
    rgba = image.convert("RGBA")
    white = Image.new("RGBA", rgba.size, "white")
    return np.array(Image.alpha_composite(white, rgba).convert("RGB"))


def _delay(image: Image.Image) -> Fraction:
    """Seconds for which the image's current frame is shown."""
    seconds = Fraction(image.info.get("duration") or 0) / 1000
    delay = seconds.limit_denominator(_DENOMINATOR)
    return delay if delay >= _SHORTEST or (delay > 0 and image.format != "GIF") else _USUAL


def _plays(image: Image.Image) -> int:
    """How often an animation is played, 0 for ever."""
    loop = image.info.get("loop")
    if image.format != "GIF":
        return int(loop or 0)
    if loop is None:
        return 1
    return int(loop) + 1 if loop else 0  # GIF counts how often it is played again
