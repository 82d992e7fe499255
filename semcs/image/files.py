"""Writing pictures: known formats, harmless metadata carried, whole files or none."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from semcs.errors import InputError, check_choice
from semcs.image.metadata import METADATA, Metadata, save_options
from semcs.image.whole_files import check_writable, is_stream, write_bytes_atomic

__all__ = [
    "check_output_path",
    "check_writable",
    "encode",
    "format_of",
    "save",
    "write_bytes_atomic",
]

_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA")


@dataclass(frozen=True)
class _Format:
    name: str
    suffixes: tuple[str, ...]
    alpha: bool
    options: dict[str, Any] = field(default_factory=dict)


# PNG at level 3 takes half the time of level 6, and 3 % more bytes. TIFF stays uncompressed:
# libtiff, which compresses, refuses EXIF with IFDs of its own.
_FORMATS = (
    _Format("PNG", (".png",), alpha=True, options={"compress_level": 3}),
    _Format("JPEG", (".jpg", ".jpeg"), alpha=False, options={"quality": 95, "subsampling": 0}),
    _Format("WEBP", (".webp",), alpha=True, options={"quality": 95}),
    _Format("TIFF", (".tif", ".tiff"), alpha=True, options={"compression": "raw"}),
    _Format("BMP", (".bmp",), alpha=False),
    _Format("AVIF", (".avif",), alpha=True, options={"quality": 90}),
)


def check_output_path(path: str | os.PathLike[str]) -> None:
    """Find out before any work whether a picture can be written to `path`.

    Raises:
        InputError: If the extension is unknown, or `check_writable` refuses the path.
    """
    format_of(path)
    check_writable(path)


def save(
    image: Image.Image,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    metadata: Metadata = "private",
) -> None:
    """Write a picture so that `path` holds all of it or stays as it was.

    Args:
        image: Of mode 1, L, LA, P, PA, RGB or RGBA; metadata are taken from its `info`, where
            `Picture.restore` puts them.
        path: Where to; its extension chooses the format.
        format: Name of the format, whatever the extension says.
        metadata: As in `encode`.

    Raises:
        InputError: If format, path or mode isn't allowed, or encoding or writing fails.
    """
    name = format or format_of(path)
    check_writable(path)
    write_bytes_atomic(path, encode(image, format=name, metadata=metadata))


def encode(image: Image.Image, *, format: str, metadata: Metadata = "private") -> bytes:
    """Encode a picture as the bytes of a file.

    JPEG is written at quality 95 without chroma subsampling. Formats without alpha get the
    picture on white. Metadata go where the format can hold them.

    Args:
        image: As in `save`.
        format: PNG, JPEG, WEBP, TIFF, BMP or AVIF.
        metadata: "private" writes copyright, artist, time of capture, resolution and colour
            profile, and nothing else: no place, serial number, owner, comment, XMP, IPTC or maker's
            note. "all" writes these, too, but no thumbnail of the old picture. "none" writes the
            colour profile alone.

    Raises:
        InputError: If format, mode or `metadata` isn't allowed, or the encoder refuses the picture.
    """
    check_choice("metadata", metadata, METADATA)
    spec = next((spec for spec in _available() if spec.name == format.upper()), None)
    if spec is None:
        names = ", ".join(spec.name for spec in _available())
        raise InputError(f"unknown picture format {format!r}; allowed: {names}")
    buffer = io.BytesIO()
    try:
        image.load()  # TIFF is turned by that, and forgets its orientation
        carried = save_options(image, spec.name, metadata)
        _bare(_fit(image, spec)).save(buffer, spec.name, **spec.options, **carried)
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError(
            f"can't encode {image.height}×{image.width} pixels as {spec.name}: {error}"
        ) from error
    return buffer.getvalue()


def format_of(path: str | os.PathLike[str]) -> str:
    """Name of the format that a path's extension chooses; PNG for a pipe or device without one.

    Raises:
        InputError: If the extension is unknown.
    """
    suffix = Path(path).suffix.lower()
    for spec in _available():
        if suffix in spec.suffixes:
            return spec.name
    if not suffix and is_stream(path):
        return "PNG"
    suffixes = ", ".join(suffix for spec in _available() for suffix in spec.suffixes)
    raise InputError(f"unknown extension {suffix!r} of {os.fspath(path)!r}; allowed: {suffixes}")


def _available() -> list[_Format]:
    Image.init()
    return [spec for spec in _FORMATS if spec.name in Image.SAVE]


def _fit(image: Image.Image, spec: _Format) -> Image.Image:
    if image.mode not in _MODES:
        raise InputError(f"can't write an image of mode {image.mode}; allowed: {', '.join(_MODES)}")
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        if spec.alpha:
            return rgba
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, rgba).convert("RGB")
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _bare(image: Image.Image) -> Image.Image:
    """The pixels alone: Pillow's writers take some metadata from an image by themselves."""
    bare = image.copy()
    bare.info = {}
    return bare
