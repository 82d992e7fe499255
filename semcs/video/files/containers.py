"""Video files opened by PyAV: local ones alone, which open no others."""

from __future__ import annotations

import os
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from semcs.errors import InputError

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

# FFmpeg's readers of one file alone. Not among them: playlists and lists (hls, dash, concat, imf),
# numbered pictures, recordings in several files, and network sessions, which open other files.
_FORMATS = (
    *("mov", "matroska", "avi", "mpegts", "mpeg", "mpegvideo", "ogg", "flv", "live_flv", "asf"),
    *("wtv", "mxf", "gxf", "nut", "nuv", "rm", "dv", "ivf", "obu", "av1", "h264", "hevc", "vvc"),
    *("evc", "m4v", "h261", "h263", "dirac", "vc1", "cavsvideo", "avs2", "avs3", "dnxhd"),
    *("yuv4mpegpipe", "mjpeg", "jpegxl_anim", "swf", "smk", "bink", "roq", "flic", "film_cpk"),
    *("4xm", "amv", "bethsoftvid", "bfi", "cdxl", "cine", "dxa", "ea", "idcin", "ipmovie", "nsv"),
    *("mtv", "mm", "rpl", "smjpeg", "thp", "vivo", "vmd", "wc3movie", "xmv", "yop", "pva"),
)

_READS_ANY_METADATA = 19  # PyAV's first version that takes it in any encoding by itself

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_LISTS = (b"#EXTM3U", b"ffconcat version", b"<MPD", b"<?xml", b"v=0")


def check_av() -> None:
    """Find out before any work whether video can be read and written.

    Raises:
        InputError: PyAV isn't installed.
    """
    try:
        import av  # noqa: F401
    except ImportError as error:
        raise InputError("video files need PyAV: pip install 'semcs[video]'") from error


def check_local(path: str | os.PathLike[str]) -> str:
    """The path of a file that is there, as text.

    Raises:
        InputError: If there is none, or it is a folder, a pipe, a device or an address.
    """
    name = os.fspath(path)
    if os.path.isfile(name):
        return name
    if os.path.exists(name):
        raise InputError(f"can't read {name!r}: it isn't a regular file")
    if _URL.match(name) and not Path(name).drive:
        raise InputError(f"can't read {name!r}: only local files are opened, no addresses")
    raise InputError(f"can't read {name!r}: no such file")


def open_container(path: str) -> InputContainer:
    """Open a video file, to be closed by the caller.

    Raises:
        InputError: If it is none that can be read, or would open others.
    """
    check_av()
    import av

    options = {"format_whitelist": ",".join(_FORMATS), "protocol_whitelist": "file"}
    keywords: dict[str, Any] = {"options": options}
    if int(av.__version__.partition(".")[0]) < _READS_ANY_METADATA:
        keywords["metadata_errors"] = "replace"
    try:
        return av.open(f"file:{os.path.abspath(path)}", "r", **keywords)
    except (av.FFmpegError, OSError, ValueError) as error:
        raise _unreadable(path) from error


def video_of(container: InputContainer, path: str) -> VideoStream:
    """The first video stream that isn't a cover picture.

    Raises:
        InputError: If there is none.
    """
    from av.stream import Disposition

    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic and stream.codec_context is not None:
            return stream
    raise InputError(f"{path!r} has no video stream")


def fraction_of(rational: Any) -> Fraction | None:
    """A ratio that PyAV gives: since PyAV 19 of its own type, and 0/1 where a file has none."""
    return Fraction(rational.numerator, rational.denominator) if rational else None


def _unreadable(path: str) -> InputError:
    try:
        with open(path, "rb") as file:
            head = file.read(64).lstrip()
    except OSError as error:
        return InputError(f"can't read {path!r}: {error.strerror or error}")
    if head.startswith(_LISTS):
        return InputError(f"{path!r} is a list of other files: only single files are opened")
    return InputError(f"{path!r} isn't a video that can be read, or its beginning is damaged")
