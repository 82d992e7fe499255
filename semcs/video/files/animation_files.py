"""Animations put together from stills, one after the other: never is more than one in memory."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import GifImagePlugin, Image

if TYPE_CHECKING:
    from scipy.spatial import KDTree

DEFAULT_QUALITY = 80  # of WebP

Stills = Callable[[], Iterator[bytes]]
"""Begins anew at the first still."""

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT_PIXEL = 255  # index of GIF's colour that leaves what was there
_SAMPLES, _SAMPLE_SIDE = 24, 96  # stills from which a palette is made, and pixels of their sides
_DITHER = 4.0  # times the palette's mean error: from the least to the most that dithering adds


@dataclass(frozen=True)
class Timing:
    """When an animation's frames end, in seconds from its beginning, and how often it is played.

    Attributes:
        ends: One a frame, rising.
        plays: 0 for ever.
    """

    ends: Sequence[Fraction]
    plays: int

    def delays(self, ticks: int, least: int) -> list[int]:
        """For how many ticks each is shown, of so many a second; errors don't add up."""
        delays, at = [], 0
        for end in self.ends:
            delays.append(max(least, round(end * ticks) - at))
            at += delays[-1]
        return delays


def encode_still(rgb: NDArray[np.uint8], suffix: str, quality: int) -> bytes:
    """One frame for the animation of that suffix: WebP, or PNG without loss."""
    buffer = io.BytesIO()
    if suffix == ".webp":
        Image.fromarray(rgb).save(buffer, "WEBP", quality=quality)
    else:
        level = 6 if suffix == ".png" else 1
        Image.fromarray(rgb).save(buffer, "PNG", compress_level=level)
    return buffer.getvalue()


def write_gif(file: BinaryIO, stills: Stills, timing: Timing, size: tuple[int, int]) -> None:
    """One palette for all, dithered by a pattern that lies still, so that colours don't flicker.

    Delays are hundredths of a second, two at least: browsers slow down what is shorter.
    """
    height, width = size
    palette, error = _palette(stills, len(timing.ends))
    colours = palette.tobytes() + bytes(3)
    file.write(b"GIF89a" + struct.pack("<HHBBB", width, height, 0xF7, 0, 0) + colours)
    if timing.plays != 1:
        again = max(0, timing.plays - 1)
        file.write(b"!\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<HB", min(again, 65535), 0))
    pattern, before = _pattern(height, width, _DITHER * error), None
    tree = _tree_of(palette)
    for data, delay in zip(stills(), timing.delays(100, least=2)):
        indices = _indices(data, tree, pattern)
        changed = indices if before is None else _changed(indices, before)
        image = Image.fromarray(changed)
        options: dict[str, Any] = {"duration": 10 * min(delay, 65535), "disposal": 1}
        if before is not None:
            options["transparency"] = _KEPT_PIXEL
        for part in GifImagePlugin.getdata(image, **options):
            file.write(part)
        before = indices
    file.write(b";")


def write_apng(file: BinaryIO, stills: Stills, timing: Timing, size: tuple[int, int]) -> None:
    """Frames without loss, their times in fractions of a second as they are."""
    height, width = size
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    file.write(_PNG_SIGNATURE + _png_chunk(b"IHDR", header))
    file.write(_png_chunk(b"acTL", struct.pack(">II", len(timing.ends), timing.plays)))
    number, begin = 0, Fraction(0)
    for data, end in zip(stills(), timing.ends):
        top, bottom = _short_fraction(end - begin)
        control = struct.pack(">IIIIIHHBB", number, width, height, 0, 0, top, bottom, 0, 0)
        file.write(_png_chunk(b"fcTL", control))
        number += 1
        for pixels in _png_pixels(data):
            if begin == 0:
                file.write(_png_chunk(b"IDAT", pixels))
            else:
                file.write(_png_chunk(b"fdAT", struct.pack(">I", number) + pixels))
                number += 1
        begin = end
    file.write(_png_chunk(b"IEND", b""))


def write_webp(file: BinaryIO, stills: Stills, timing: Timing, size: tuple[int, int]) -> None:
    """Frames encoded each by itself; delays are milliseconds."""
    height, width = size
    sides = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    file.write(b"RIFF\0\0\0\0WEBP")
    file.write(_riff_chunk(b"VP8X", struct.pack("<I", 0b10) + sides))
    file.write(_riff_chunk(b"ANIM", struct.pack("<IH", 0xFFFFFFFF, min(timing.plays, 65535))))
    for data, delay in zip(stills(), timing.delays(1000, least=1)):
        shown = struct.pack("<I", min(delay, 2**24 - 1))[:3]
        # In the place of all that was there, at the upper left; the still without its own header.
        frame = bytes(6) + sides + shown + b"\2" + data[12:]
        file.write(_riff_chunk(b"ANMF", frame))
    length = file.tell()
    file.seek(4)
    file.write(struct.pack("<I", length - 8))


def _palette(stills: Stills, count: int) -> tuple[NDArray[np.uint8], float]:
    """(255, 3) colours of stills from all over the animation.

    And by how many levels they are off in the mean.
    """
    step = max(1, -(-count // _SAMPLES))
    small = []
    for data in islice(stills(), 0, None, step):
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            side = min(_SAMPLE_SIDE, *image.size)
            small.append(np.asarray(image.resize((side, side), Image.Resampling.NEAREST)))
    samples = Image.fromarray(np.concatenate(small))
    found = samples.getcolors(_KEPT_PIXEL)
    if found is not None:
        exact = np.array([colour for _, colour in sorted(found)], np.uint8)
        return np.resize(exact, (_KEPT_PIXEL, 3)), 0.0
    made = samples.quantize(_KEPT_PIXEL, Image.Quantize.MEDIANCUT, kmeans=1)
    colours = np.resize(np.array(made.getpalette(), np.uint8), (_KEPT_PIXEL, 3))
    rgb = np.asarray(samples)
    off = rgb.astype(np.float32) - colours[_nearest(rgb, _tree_of(colours))]
    return colours, float(np.abs(off).mean())


def _pattern(height: int, width: int, levels: float) -> NDArray[np.int16]:
    """(H, W, 1) offsets of Bayer's 8×8 matrix, around 0, over so many levels."""
    matrix = np.zeros((1, 1))
    for _ in range(3):
        matrix = np.block([[4 * matrix, 4 * matrix + 2], [4 * matrix + 3, 4 * matrix + 1]])
    offsets = np.rint(((matrix + 0.5) / 64 - 0.5) * levels).astype(np.int16)
    tiled = np.tile(offsets, (-(-height // 8), -(-width // 8)))
    return tiled[:height, :width, None]


def _indices(data: bytes, colours: KDTree, pattern: NDArray[np.int16]) -> NDArray[np.uint8]:
    """(H, W): which of the colours each pixel gets."""
    with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
        rgb = np.asarray(image) + pattern
    return _nearest(np.clip(rgb, 0, 255).astype(np.uint8), colours)


def _tree_of(colours: NDArray[np.uint8]) -> KDTree:
    from scipy.spatial import KDTree  # takes long to import, and few files need it

    return KDTree(colours)


def _nearest(rgb: NDArray[np.uint8], colours: KDTree) -> NDArray[np.uint8]:
    """The nearest colour's index of each pixel, found once for pixels that are alike."""
    packed = rgb.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    different, which = np.unique(packed, return_inverse=True)
    unpacked = different[:, None] >> np.array([16, 8, 0], np.uint32) & 0xFF
    found = colours.query(unpacked)[1].astype(np.uint8)
    return np.asarray(found[which].reshape(rgb.shape[:2]))


def _changed(indices: NDArray[np.uint8], before: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.where(indices == before, np.uint8(_KEPT_PIXEL), indices)


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def _png_pixels(data: bytes) -> Iterator[bytes]:
    """What the IDAT chunks of a PNG hold."""
    at = len(_PNG_SIGNATURE)
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"IDAT":
            yield data[at + 8 : at + 8 + length]
        at += 12 + length


def _riff_chunk(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _short_fraction(seconds: Fraction) -> tuple[int, int]:
    """Numerator and denominator of 16 bits each."""
    near = seconds.limit_denominator(65535 if seconds < 1 else max(1, int(65535 / seconds)))
    return min(near.numerator, 65535), near.denominator
