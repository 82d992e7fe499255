"""Which metadata of a picture goes on into the files that are made of it.

"private", the default, keeps what does no harm to whoever took the picture: copyright, artist, time
of capture, resolution and colour profile. Only what is listed here is kept, so that tags nobody
has thought of stay out, too. "all" keeps everything that the format can hold, but the old picture's
thumbnail; "none" keeps the colour profile alone, which the pixels need.
"""

from __future__ import annotations

import logging
from typing import Any, Literal

from PIL import ExifTags, Image, PngImagePlugin

Metadata = Literal["private", "all", "none"]
METADATA: tuple[Metadata, ...] = ("private", "all", "none")

logger = logging.getLogger(__name__)

# Key of `Image.info` under which everything waits for `metadata="all"`. Pillow's own writers put
# some of `info` into files by themselves, but know nothing of this one.
_SOURCE = "semcs source"

_ORIENTATION = ExifTags.Base.Orientation
_ARTIST, _COPYRIGHT, _DATE_TIME = 315, 33432, 306
_X_RESOLUTION, _Y_RESOLUTION, _RESOLUTION_UNIT = 282, 283, 296
_IPTC = 33723

# In the main directory; a picture that was loaded has been turned, and has no orientation any more.
_PRIVATE_TAGS = (_ORIENTATION, _DATE_TIME, _ARTIST, _COPYRIGHT)
# Time of capture and digitising, their time zones and fractions of a second.
_PRIVATE_EXIF_TAGS = (0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9290, 0x9291, 0x9292)

# Tags that say how the source file lays its pixels out (TIFF 6.0 and its supplements), XMP and
# ICC blocks, editor layers: in the EXIF of another file they would be wrong or break it.
_FILE_TAGS = frozenset(
    {254, 255, *range(256, 260), 262, *range(263, 267), 273}
    | {*range(277, 284), 284, *range(288, 294), 296, 301, *range(317, 326), 330, *range(332, 348)}
    | {*range(512, 522), *range(529, 533), 700, 34675, 37724}
)
_FILE_EXIF_TAGS = (40962, 40963)  # width and height, before the picture was turned

_PNG_KEYS_OF_OTHERS = ("XML:com.adobe.xmp", "Raw profile type exif", "Raw profile type APP1")

# A JPEG segment's length field counts itself in its 16 bits; what comes before XMP and IPTC.
_JPEG_SEGMENT = 65533
_XMP_HEADER = 29
_IPTC_HEADER = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00"

_CM_PER_INCH = 2.54


def read_metadata(image: Image.Image, upright: Image.Image) -> dict[str, Any]:
    """The metadata of a loaded picture, as `info` of the images that are made of it.

    Args:
        image: As it was opened.
        upright: The same, turned by its EXIF orientation.

    Returns:
        `exif` and `dpi` of "private", where there are any, and the rest for `save_options`; no
        colour profile.
    """
    source = _everything(image)
    exif = source.get("exif")
    if exif is not None:
        source["exif"] = _without_orientation(exif)
    if "xmp" in source and "xmp" in upright.info:
        source["xmp"] = _bytes(upright.info["xmp"])  # its orientation is gone
    found = {"exif": _private(source.get("exif")), "dpi": source.get("dpi"), _SOURCE: source}
    return {key: value for key, value in found.items() if value}


def save_options(image: Image.Image, form: str, keep: Metadata) -> dict[str, Any]:
    """The metadata to save an image with, as keywords of `Image.save`.

    Args:
        image: With the `info` of `read_metadata`, or as Pillow opened it.
        form: Name of the format.
        keep: How much of it.
    """
    profile = image.info.get("icc_profile")
    options: dict[str, Any] = {"icc_profile": profile} if profile else {}
    source = image.info.get(_SOURCE) or _everything(image)
    if keep == "none":
        turned = _only_orientation(source.get("exif"))
        return {**options, "exif": turned} if turned else options
    if keep == "private":
        source = {"exif": _private(source.get("exif")), "dpi": source.get("dpi")}
    options |= {key: source[key] for key in ("exif", "dpi") if source.get(key)}
    if form in ("WEBP", "AVIF") and "dpi" in options:
        options["exif"] = _with_resolution(options.get("exif"), options["dpi"])
    if form == "JPEG" and len(options.get("exif", b"")) > _JPEG_SEGMENT:
        logger.warning("left out %d bytes of EXIF: too long for JPEG", len(options.pop("exif")))
        options |= {key: kept for key in ("exif",) if (kept := _private(source["exif"]))}
    return {**options, **_more_options(source, form, options.get("exif"))}


def _more_options(source: dict[str, Any], form: str, exif: bytes | None) -> dict[str, Any]:
    """XMP, IPTC, comments and texts, where the format has a place for them."""
    wanted = {key: source[key] for key in ("xmp", "iptc", "comment", "text") if source.get(key)}
    if form == "JPEG":
        options = _jpeg_options(wanted)
    elif form == "PNG":
        options = _png_options(wanted)
    elif form == "TIFF":
        options = _tiff_options(wanted, exif)
    else:
        options = {"xmp": wanted.pop("xmp")} if form != "BMP" and "xmp" in wanted else {}
    if wanted:
        logger.warning("left out %s: %s has no place for it", ", ".join(wanted), form)
    return options


def _jpeg_options(wanted: dict[str, Any]) -> dict[str, Any]:
    """Takes out of `wanted` what it finds a place for, like its siblings below."""
    options: dict[str, Any] = {}
    if len(wanted.get("xmp", b"")) <= _JPEG_SEGMENT - _XMP_HEADER and "xmp" in wanted:
        options["xmp"] = wanted.pop("xmp")
    iptc = wanted.get("iptc", b"")
    block = _IPTC_HEADER + len(iptc).to_bytes(4, "big") + iptc + b"\0" * (len(iptc) % 2)
    if iptc and len(block) <= _JPEG_SEGMENT:
        del wanted["iptc"]
        options["extra"] = b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block
    text = dict(wanted.pop("text", {}))
    comment = wanted.pop("comment", None) or text.pop("Comment", "").encode()
    if text:
        wanted["text"] = text
    if len(comment) > _JPEG_SEGMENT:
        wanted["comment"] = comment
    elif comment:
        options["comment"] = comment
    return options


def _png_options(wanted: dict[str, Any]) -> dict[str, Any]:
    chunks = PngImagePlugin.PngInfo()
    texts = dict(wanted.pop("text", {}))
    if "comment" in wanted:
        texts.setdefault("Comment", _decoded(wanted.pop("comment")))
    for key, value in texts.items():
        chunks.add_text(key, value)
    if "xmp" in wanted:
        chunks.add_itxt("XML:com.adobe.xmp", _decoded(wanted.pop("xmp")))
    return {"pnginfo": chunks} if chunks.chunks else {}


def _tiff_options(wanted: dict[str, Any], exif: bytes | None) -> dict[str, Any]:
    """XMP and IPTC are tags like those of EXIF here."""
    tags = {tag: wanted.pop(key) for key, tag in (("xmp", 700), ("iptc", _IPTC)) if key in wanted}
    if not tags:
        return {}
    directory = _parsed(exif)
    for tag, value in tags.items():
        directory[tag] = value
    return {"exif": directory.tobytes()}


def _everything(image: Image.Image) -> dict[str, Any]:
    """All metadata but the colour profile, each kind in the form in which Pillow writes it."""
    found: dict[str, Any] = {}
    exif = Image.Exif()
    try:
        exif.load(image.info.get("exif") or image.getexif().tobytes())
        iptc = exif.get(_IPTC)
        found["dpi"] = _dpi(image, exif)
        found["exif"] = _of_any_file(exif)
    except Exception as error:
        # Every camera, phone and editor writes EXIF, some of it broken in ways of its own; the
        # pixels are fine.
        logger.warning("dropped EXIF that can't be read: %s", error)
        iptc = None
        found["dpi"] = _dpi(image, Image.Exif())
    found["xmp"] = _bytes(image.info.get("xmp") or image.info.get("XML:com.adobe.xmp"))
    photoshop = image.info.get("photoshop")
    if isinstance(photoshop, dict):
        iptc = photoshop.get(0x0404)
    found["iptc"] = iptc if isinstance(iptc, bytes) else None
    found["comment"] = _bytes(image.info.get("comment"))
    texts = getattr(image, "text", {})
    if isinstance(texts, dict):
        found["text"] = {k: v for k, v in texts.items() if k not in _PNG_KEYS_OF_OTHERS}
    return {key: value for key, value in found.items() if value}


def _of_any_file(exif: Image.Exif) -> bytes | None:
    """EXIF without what describes the file that it was in, serialised.

    Serialising also leaves out the thumbnail, which would show the picture as it was.
    """
    for tag in (_FILE_TAGS | {_IPTC}).intersection(exif):
        del exif[tag]
    if ExifTags.IFD.Exif in exif:
        details = exif.get_ifd(ExifTags.IFD.Exif)
        for tag in _FILE_EXIF_TAGS:
            details.pop(tag, None)
    return exif.tobytes() if len(exif) else None


def _private(data: bytes | None) -> bytes | None:
    if not data:
        return None
    exif, kept = _parsed(data), Image.Exif()
    for tag in _PRIVATE_TAGS:
        if tag in exif:
            kept[tag] = exif[tag]
    details = exif.get_ifd(ExifTags.IFD.Exif)
    times = {tag: details[tag] for tag in _PRIVATE_EXIF_TAGS if tag in details}
    if times:
        kept.get_ifd(ExifTags.IFD.Exif).update(times)
    return kept.tobytes() if len(kept) or times else None


def _without_orientation(data: bytes) -> bytes | None:
    exif = _parsed(data)
    if _ORIENTATION in exif:
        del exif[_ORIENTATION]
    return exif.tobytes() if len(exif) else None


def _only_orientation(data: bytes | None) -> bytes | None:
    exif, kept = _parsed(data), Image.Exif()
    if _ORIENTATION not in exif:
        return None
    kept[_ORIENTATION] = exif[_ORIENTATION]
    return kept.tobytes()


def _with_resolution(data: bytes | None, dpi: tuple[float, float]) -> bytes:
    """EXIF that tells the resolution as well, for formats that have no other place for it."""
    exif = _parsed(data)
    exif[_X_RESOLUTION], exif[_Y_RESOLUTION] = dpi
    exif[_RESOLUTION_UNIT] = 2  # inches
    return exif.tobytes()


def _parsed(data: bytes | None) -> Image.Exif:
    exif = Image.Exif()
    exif.load(data or b"")
    return exif


def _dpi(image: Image.Image, exif: Image.Exif) -> tuple[float, float] | None:
    said = image.info.get("dpi")
    try:
        if said is None:
            per_inch = _CM_PER_INCH if exif.get(_RESOLUTION_UNIT) == 3 else 1
            said = [float(exif[tag]) * per_inch for tag in (_X_RESOLUTION, _Y_RESOLUTION)]
        x, y = (float(value) for value in said)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    # Files also say 0 or 1, for unknown, or more than a JPEG header can hold.
    valid = all(1 < value < 65536 for value in (x, y))
    return (x, y) if valid else None


def _bytes(value: object) -> bytes | None:
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape")
    return value if isinstance(value, bytes) else None


def _decoded(value: bytes) -> str:
    """As UTF-8, which XMP is and comments often are."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
