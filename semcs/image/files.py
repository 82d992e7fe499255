"""Writing pictures: known formats, metadata carried, whole files or none."""

from __future__ import annotations

import io
import logging
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from semcs.errors import InputError

logger = logging.getLogger(__name__)

_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA")

# A JPEG segment's length field counts itself in its 16 bits.
_JPEG_EXIF_LIMIT = 65533


@dataclass(frozen=True)
class _Format:
    name: str
    suffixes: tuple[str, ...]
    alpha: bool
    options: dict[str, Any] = field(default_factory=dict)


# TIFF stays uncompressed: libtiff, which compresses, refuses EXIF with IFDs of its own.
_FORMATS = (
    _Format("PNG", (".png",), alpha=True),
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
    _format_of(path)
    check_writable(path)


def check_writable(path: str | os.PathLike[str]) -> None:
    """Find out before any work whether a file can be written to `path`.

    Raises:
        InputError: If `path` is a directory, or its directory is missing or can't be written to.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise InputError(f"can't write {os.fspath(path)!r}: it is a directory; give a file's path")
    if not target.parent.is_dir():
        raise InputError(
            f"can't write {os.fspath(path)!r}: there is no directory {str(target.parent)!r}"
        )
    if not os.access(target.parent, os.W_OK):
        raise InputError(
            f"can't write {os.fspath(path)!r}: no permission to write in {str(target.parent)!r}"
        )


def save(image: Image.Image, path: str | os.PathLike[str], *, format: str | None = None) -> None:
    """Write a picture so that `path` holds all of it or stays as it was.

    Args:
        image: Of mode 1, L, LA, P, PA, RGB or RGBA; EXIF, ICC profile and DPI are taken from its
            `info`, where `Picture.restore` puts them.
        path: Where to; its extension chooses the format.
        format: Name of the format, whatever the extension says.

    Raises:
        InputError: If format, path or mode isn't allowed, or encoding or writing fails.
    """
    name = format or _format_of(path).name
    check_writable(path)
    write_bytes_atomic(path, encode(image, format=name))


def encode(image: Image.Image, *, format: str) -> bytes:
    """Encode a picture as the bytes of a file.

    JPEG is written at quality 95 without chroma subsampling. Formats without alpha get the
    picture on white. EXIF, ICC profile and DPI go where the format can hold them.

    Args:
        image: As in `save`.
        format: PNG, JPEG, WEBP, TIFF, BMP or AVIF.

    Raises:
        InputError: If format or mode isn't allowed, or the encoder refuses the picture.
    """
    spec = next((spec for spec in _available() if spec.name == format.upper()), None)
    if spec is None:
        names = ", ".join(spec.name for spec in _available())
        raise InputError(f"unknown picture format {format!r}; allowed: {names}")
    buffer = io.BytesIO()
    try:
        _fit(image, spec).save(buffer, spec.name, **spec.options, **_metadata(image, spec))
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError(
            f"can't encode {image.height}×{image.width} pixels as {spec.name}: {error}"
        ) from error
    return buffer.getvalue()


def write_bytes_atomic(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file so that `path` holds all of `data` or stays as it was.

    The bytes go to a file beside it that then takes its name; a link is written through.

    Raises:
        InputError: If the file can't be written.
    """
    target = Path(os.path.realpath(path))
    partial = target.with_name(f".semcs-{secrets.token_hex(8)}.part")
    try:
        with open(partial, "xb") as file:
            file.write(data)
        os.replace(partial, target)
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"can't write {os.fspath(path)!r}: {reason}") from error
    finally:
        if partial.exists():
            partial.unlink()


def _available() -> list[_Format]:
    Image.init()
    return [spec for spec in _FORMATS if spec.name in Image.SAVE]


def _format_of(path: str | os.PathLike[str]) -> _Format:
    suffix = Path(path).suffix.lower()
    for spec in _available():
        if suffix in spec.suffixes:
            return spec
    suffixes = ", ".join(suffix for spec in _available() for suffix in spec.suffixes)
    raise InputError(f"unknown extension {suffix!r} of {os.fspath(path)!r}; allowed: {suffixes}")


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


def _metadata(image: Image.Image, spec: _Format) -> dict[str, Any]:
    kept = {key: image.info[key] for key in ("exif", "icc_profile", "dpi") if image.info.get(key)}
    if spec.name == "JPEG" and len(kept.get("exif", b"")) > _JPEG_EXIF_LIMIT:
        logger.warning("left out %d bytes of EXIF: too long for JPEG", len(kept.pop("exif")))
    return kept
