"""The formats that files are read in: a list, so that no other reader is ever started.

Pillow alone would try every reader that it knows, among them one that runs Ghostscript. Its
readers are called here directly, which also leaves its process-wide table of readers, its limit
and the filters of warnings alone.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageFile

from semcs.errors import InputError

_SIGNATURE_LENGTH = 64  # bytes, for the brands of a HEIF file


@dataclass(frozen=True)
class _Format:
    """A format that is read.

    Attributes:
        name: What Pillow calls it.
        matches: Whether a file that begins with these bytes is of the format.
        reader: Module and name of what makes an image of a binary file.
    """

    name: str
    matches: Callable[[bytes], bool]
    reader: tuple[str, str]


def _starts(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(signatures)


def _has_brand(*brands: bytes) -> Callable[[bytes], bool]:
    def matches(head: bytes) -> bool:
        length = int.from_bytes(head[:4], "big")
        listed = head[8:12], *(head[at : at + 4] for at in range(16, min(length, len(head)), 4))
        return head[4:8] == b"ftyp" and any(brand in brands for brand in listed)

    return matches


_FORMATS = (
    _Format("JPEG", _starts(b"\xff\xd8\xff"), ("PIL.JpegImagePlugin", "jpeg_factory")),
    _Format("PNG", _starts(b"\x89PNG\r\n\x1a\n"), ("PIL.PngImagePlugin", "PngImageFile")),
    _Format(
        "WEBP",
        lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
        ("PIL.WebPImagePlugin", "WebPImageFile"),
    ),
    _Format("AVIF", _has_brand(b"avif", b"avis"), ("PIL.AvifImagePlugin", "AvifImageFile")),
    _Format(
        "HEIF",
        _has_brand(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"),
        ("pillow_heif", "HeifImageFile"),
    ),
    _Format(
        "TIFF",
        _starts(b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
        ("PIL.TiffImagePlugin", "TiffImageFile"),
    ),
    _Format("BMP", _starts(b"BM"), ("PIL.BmpImagePlugin", "BmpImageFile")),
    _Format("GIF", _starts(b"GIF87a", b"GIF89a"), ("PIL.GifImagePlugin", "GifImageFile")),
    _Format(
        "JPEG2000",
        _starts(b"\xff\x4f\xff\x51", b"\0\0\0\x0cjP  \r\n\x87\n"),
        ("PIL.Jpeg2KImagePlugin", "Jpeg2KImageFile"),
    ),
    _Format(
        "PPM",
        lambda head: head[:1] == b"P" and head[1:2] in tuple(b"%c" % kind for kind in b"123456f"),
        ("PIL.PpmImagePlugin", "PpmImageFile"),
    ),
    _Format("QOI", _starts(b"qoif"), ("PIL.QoiImagePlugin", "QoiImageFile")),
)

READ_FORMATS = tuple(spec.name for spec in _FORMATS)
"""Names of the formats that are read; HEIF is HEIC's, and needs `pillow-heif`."""

# What Pillow calls images that the readers above made: a JPEG with more pictures behind it, and a
# BMP without its file header.
_IMAGE_FORMATS = {*READ_FORMATS, "MPO", "DIB"}

# What people hand in, so that it can be refused by name.
_OTHERS = {
    "PostScript or EPS": _starts(b"%!", b"\xc5\xd0\xd3\xc6"),
    "PDF": _starts(b"%PDF"),
    "SVG or XML": _starts(b"<svg", b"<?xml"),
    "HTML": _starts(b"<!DOCTYPE", b"<!doctype", b"<html"),
    "Photoshop": _starts(b"8BPS"),
    "an icon": _starts(b"\0\0\1\0", b"\0\0\2\0", b"icns"),
    "a metafile (WMF or EMF)": _starts(b"\xd7\xcd\xc6\x9a", b"\1\0\0\0"),
    "JPEG XL": _starts(b"\xff\x0a", b"\0\0\0\x0cJXL "),
    "OpenEXR": _starts(b"v/1\1"),
    "Radiance HDR": _starts(b"#?RADIANCE", b"#?RGBE"),
    "DDS": _starts(b"DDS "),
    "FITS": _starts(b"SIMPLE  ="),
    "a video": lambda head: head[4:8] == b"ftyp",
    "an archive": _starts(b"PK\3\4", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf"),
}


@contextmanager
def open_image(file: IO[bytes], *, name: str) -> Iterator[Image.Image]:
    """Read the header of a binary file in one of `READ_FORMATS`; nothing is decoded yet.

    Args:
        file: Open for reading; seekable or not.
        name: What to call it in errors.

    Raises:
        InputError: If it is of no such format or damaged, or HEIC without `pillow-heif`.
    """
    try:
        image = _open(file, name)
    except (InputError, MemoryError):
        raise
    except Exception as error:
        # Pillow's readers raise whatever the damaged bytes lead them to, zlib.error for one.
        raise unreadable(name, error, "is damaged and can't be read") from error
    with image:
        yield image


def unreadable(name: str, error: Exception, fault: str) -> InputError:
    """What to raise where a reader of Pillow's failed.

    Args:
        name: What to call the picture.
        error: What the reader raised.
        fault: What is then wrong with the picture, if it isn't larger than the readers of GIF, TIFF
            and WebP take: they hold to Pillow's own limit, which is the caller's to set.
    """
    if isinstance(error, Image.DecompressionBombError):
        limit = f"PIL.Image.MAX_IMAGE_PIXELS is {Image.MAX_IMAGE_PIXELS}"
        return InputError(f"{name} has more pixels than Pillow may read here: {limit}")
    return InputError(f"{name} {fault}: {one_line(error)}")


def one_line(error: Exception) -> str:
    """What a library says of an error, on one line."""
    return " ".join(str(error).split()) or type(error).__name__


def check_format(image: Image.Image) -> None:
    """Refuse a PIL image whose pixels only a reader outside of the list can decode.

    Raises:
        InputError: If it was opened from a file of another format.
    """
    if isinstance(image, ImageFile.ImageFile) and image.format not in _IMAGE_FORMATS:
        raise InputError(
            f"PIL image was opened from a file of format {image.format}; "
            f"allowed: {', '.join(READ_FORMATS)} (or hand in its copy, image.copy())"
        )


def _open(file: IO[bytes], name: str) -> Image.Image:
    try:
        file.seek(0)
    except (AttributeError, io.UnsupportedOperation):
        file = io.BytesIO(file.read())
    head = file.read(_SIGNATURE_LENGTH)
    if not isinstance(head, bytes):
        raise InputError(f"{name} gives {type(head).__name__}; open it in binary mode ('rb')")
    spec = next((spec for spec in _FORMATS if spec.matches(head)), None)
    if spec is None:
        kind = next((what for what, matches in _OTHERS.items() if matches(head)), None)
        raise InputError(
            f"{name} isn't an image that can be read"
            + ("" if kind is None else f": it is {kind}")
            + f"; allowed: {', '.join(READ_FORMATS)}"
        )
    file.seek(0)
    return _reader_of(spec, name)(file)


def _reader_of(spec: _Format, name: str) -> Callable[[IO[bytes]], Image.Image]:
    module, function = spec.reader
    try:
        reader: Callable[[IO[bytes]], Image.Image] = getattr(
            importlib.import_module(module), function
        )
    except ImportError as error:
        if spec.name != "HEIF":
            raise
        raise InputError(
            f"{name} is HEIC, which needs pillow-heif: pip install 'semcs[heic]'"
        ) from error
    return reader
