"""Videos that are uploaded: what they are, and their frames as photos."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path, PurePath
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from semcs.errors import InputError, SemcsError
from semcs.studio.pages import Page, Pages, Photo, Video, new_id
from semcs.studio.refusals import Refused
from semcs.studio.settings import Limits
from semcs.studio.uploads import keep_photo, picture_bytes
from semcs.video.files.animations import is_animation_file
from semcs.video.files.clip import Reader
from semcs.video.files.containers import check_av, open_container, video_of
from semcs.video.files.decoding import ClipReader
from semcs.video.files.reading import open_reader
from semcs.video.files.sound import sound_of
from semcs.video.files.writing import open_writer
from semcs.video.part import check_times

Rgb = NDArray[np.uint8]

MEDIA = {
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".mkv": "video/x-matroska",
    ".webm": "video/webm",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".png": "image/apng",
}
ANY_MEDIA = "application/octet-stream"

MOST_MOMENTS = 8  # frames of a video that are kept as photos, beside its first
HEAD = 64  # bytes that tell what a file is

# Where a kind's mark stands in a file, the mark, and what is written of that kind.
_KINDS = (
    (0, b"GIF8", ".gif"),
    (8, b"WEBP", ".webp"),
    (0, b"\x89PNG", ".png"),
    (4, b"ftypqt", ".mov"),
    (4, b"ftyp", ".mp4"),
)
_MATROSKA, _WEBM = b"\x1aE\xdf\xa3", b"webm"
_OTHERS = (".mp4", ".mkv")  # where a kind isn't written, or can't hold the sound


def is_video_known() -> bool:
    """Whether videos can be read: PyAV is installed."""
    try:
        check_av()
    except InputError:
        return False
    return True


def keep_video(pages: Pages, page: Page, file: Path, name: str, limits: Limits) -> Video:
    """Keep a video for a page, and its first frame as a photo.

    Args:
        pages: All of them.
        page: Whose it is.
        file: Its bytes, in the page's folder.
        name: Its file's.
        limits: Of its frames.

    Raises:
        InputError: It is no video that can be styled.
        Refused: There is no room, or PyAV is missing: then with 409.
    """
    if not is_animation_file(str(file)):
        _check_known()
    with saying(file, name):
        reader = open_reader(file)
        first = next(reader.frames(), None)
        if first is None:
            raise InputError(f"{name!r} has no frame that can be decoded")
        kind = _kind_of(file)
        suffix = _suffix(file, kind or _OTHERS[0], reader)
    photo = _keep_frame(pages, page, first.rgb, name, 0.0, limits)
    height, width = reader.size
    video = Video(
        id=new_id(),
        name=name,
        file=file,
        photo=photo.id,
        width=width,
        height=height,
        seconds=None if reader.duration is None else round(reader.duration, 6),
        frames=reader.frame_count,
        rate=None if reader.rate is None else round(float(reader.rate), 3),
        sound=_has_sound(reader),
        media=ANY_MEDIA if kind is None else MEDIA[kind],
        suffix=suffix,
    )
    with page.lock:
        page.videos[video.id] = video
    return video


def keep_moment(pages: Pages, page: Page, video: Video, at: float, limits: Limits) -> Photo:
    """Keep the frame that is shown at a time as a photo; the one that is there, where it is.

    Args:
        pages: All of them.
        page: Whose the video is.
        video: See there.
        at: Seconds from its first frame.
        limits: Of photos.

    Raises:
        InputError: The video ends before, or can't be read.
        Refused: There is no room.
    """
    with said_of(video):
        reader = open_reader(video.file)
        moment, _ = check_times(at, None)
        if reader.end is not None and moment >= reader.end:
            raise InputError(f"at is {at:g}: the video lasts {float(reader.end):g} s")
        time, rgb = _frame_at(reader, moment)
    shown = round(float(time), 3)
    known = video.photo if time == 0 else video.moments.get(shown, "")
    if (photo := page.photos.get(known)) is not None:
        return photo
    photo = _keep_frame(pages, page, rgb, video.name, shown, limits)
    with page.lock:
        video.moments[shown] = photo.id
    return photo


@contextmanager
def saying(file: Path, name: str) -> Iterator[None]:
    """Have errors call a file by the name that it was uploaded as, and name no folder here."""
    try:
        yield
    except SemcsError as error:
        line = str(error).replace(repr(str(file)), repr(name)).replace(str(file), name)
        raise type(error)(line.replace(f"{file.parent}/", "")) from error


def said_of(video: Video) -> Any:
    """The same of a video."""
    return saying(video.file, video.name)


def _check_known() -> None:
    try:
        check_av()
    except InputError as error:
        raise Refused(409, str(error)) from error


def _keep_frame(pages: Pages, page: Page, rgb: Rgb, name: str, at: float, limits: Limits) -> Photo:
    data = picture_bytes(Image.fromarray(rgb), "PNG")
    return keep_photo(pages, page, data, f"{PurePath(name).stem}-{at:g}s.png", limits)


def _has_sound(reader: Reader) -> bool:
    if not isinstance(reader, ClipReader):
        return False
    with open_container(reader.path) as container:
        return bool(sound_of(container))


def _suffix(file: Path, wanted: str, reader: Reader) -> str:
    """What is made of a video: the wanted kind of file where that is written.

    Raises:
        InputError: No kind of file can hold its sound.
    """
    kinds = [wanted] if wanted in (".gif", ".webp", ".png") else [wanted, *_OTHERS]
    failed: InputError | None = None
    for suffix in kinds:
        try:
            open_writer(file.with_suffix(suffix), reader)
        except InputError as error:
            failed = error
        else:
            return suffix
    assert failed is not None
    raise failed


def _kind_of(file: Path) -> str | None:
    """The suffix of what a video is, by its content; None of any other kind than `MEDIA`'s."""
    with file.open("rb") as opened:
        head = opened.read(HEAD)
    if head.startswith(_MATROSKA):
        return ".webm" if _WEBM in head else ".mkv"
    for at, mark, suffix in _KINDS:
        if head[at:].startswith(mark):
            return suffix
    return None


def _frame_at(reader: Reader, at: Fraction) -> tuple[Fraction, Rgb]:
    """The frame that is shown at a time, and when it begins."""
    found = _sought(reader, at) if isinstance(reader, ClipReader) else None
    if found is not None:
        return found
    shown = None
    for frame in reader.frames():
        if shown is not None and frame.time > at:
            break
        shown = frame
    if shown is None:
        raise InputError("no frame can be decoded")
    return shown.time, shown.rgb


def _sought(reader: ClipReader, at: Fraction) -> tuple[Fraction, Rgb] | None:
    """The same by the file's index, so that what is before isn't decoded; None without one."""
    import av

    shown: Any = None
    with open_container(reader.path) as container:
        stream = video_of(container, reader.path)
        try:
            container.seek(round((reader.first_time + at) / reader.time_base), stream=stream)
            for frame in container.decode(stream):
                if frame.pts is None:
                    return None
                if shown is not None and _time(reader, frame) > at:
                    break
                shown = frame
        except av.FFmpegError:
            return None
    if shown is None or _time(reader, shown) > at:
        return None
    stored = reader.size[::-1] if reader.turn.swapped else reader.size
    rgb = reader.colours.to_rgb(shown, (stored[0], stored[1]))
    return _time(reader, shown), reader.turn.of(rgb)


def _time(reader: ClipReader, frame: Any) -> Fraction:
    return Fraction(frame.pts) * reader.time_base - reader.first_time
